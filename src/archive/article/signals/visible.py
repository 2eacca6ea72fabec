"""What a reader sees beside the text: bylines, datelines, notes, credits, copyright lines."""

from __future__ import annotations

import re
from functools import partial

from archive.article import dates
from archive.article.bylines import Byline, may_begin_byline, names, read_byline, read_label
from archive.article.claims import Strength
from archive.article.rosters import reads_like_name
from archive.article.signals import wording
from archive.article.signals.anchor import (
    Anchor,
    find_anchor,
    is_elsewhere,
    is_in_head,
    place_of_paragraph,
)
from archive.article.signals.corrections import Corrections, end_of_article
from archive.article.signals.finder import Finder
from archive.article.signals.markup import Element, elements
from archive.article.signals.page import Page, parts
from archive.article.signals.source import clean

__all__ = ["read_visible"]

BEFORE, AFTER = 4_000, 50_000
"""How many bytes before and after the first h1 there is something to be read: a kicker and a byline
stand above some headlines, never a menu's length above; behind so many come other stories."""

BYLINE = 12_000
"""How many bytes after the h1 an element called a byline is the article's: further down come those
of other stories."""

NEAR = 600
"""How many bytes after a name or a "by" another name belongs to it: the tags of a link and of a
picture fit between two authors, a teaser does not."""

AROUND = 6_000
"""How many bytes before a byline the figure or aside that it is in begins: a picture's sources in
every width take some thousands, and looking back further costs on every byline."""

FOOT = 30_000
"""In how many bytes at the end of a page copyright lines are looked for: footers with all their
links are as long; above them the sign stands in captions, for pictures."""

FIRST = 2
"""Before how many paragraphs have gone by a byline or a bare date is the article's. A standfirst
and a first paragraph stand above some bylines; dates further down are dates of what is told."""

CLOSE = 120
"""How many bytes after a paragraph a signature stands: closing and opening tags, no other words."""

LONG = 120
"""A piece of text of more bytes is a paragraph: bylines, dates and credits are shorter, and what is
shorter of the text itself begins with none of their words."""


_DIGIT = re.compile(r"\d")
_CALLED = (b"uthor", b"yline", b"utor", b"uteur", b"riter", b"eporter", b"ournalist")
"""What is looked for in the tags of bylines, before their words are told apart."""


def read_visible(page: Page, finder: Finder) -> None:
    """Add what is visible around the headline and in the text after it, and copyright lines."""
    anchor = find_anchor(page, finder.headlines())
    start = max(0, anchor.start - BEFORE) if anchor else 0
    end = (anchor.start if anchor else 0) + AFTER
    behind = anchor.end if anchor else 0
    third = place_of_paragraph(page, behind, end, FIRST + 1) if not (anchor and anchor.is_h1) else 0
    _bylines(page, finder, anchor, (start, max(behind + BYLINE, third)))
    until = end_of_article(page, anchor.start if anchor else 0, end)
    _Lines(page, finder, anchor).read(start, end, until)
    _copyright(page, finder)


def _bylines(page: Page, finder: Finder, anchor: Anchor | None, within: tuple[int, int]) -> None:
    """Elements that are called a byline; the first, and what follows it closely."""
    until, last = within[0], None
    found = elements(
        page,
        *_CALLED,
        most=64,
        within=within,
        wanted=partial(_is_byline, page),
    )
    for element in found:
        if element.tag_start < until:
            continue
        if _is_aside(page, element.tag_start):
            continue
        if last is not None and element.tag_start > last + NEAR:
            break
        if is_elsewhere(page, finder, anchor, element.tag_start):
            continue
        if _byline(page, finder, element):
            until = last = element.end


def _is_byline(page: Page, attributes: dict[bytes, tuple[int, int]]) -> bool:
    for attribute in (b"rel", b"class", b"itemprop", b"data-testid", b"data-qa", b"id"):
        for word in page.value(attributes.get(attribute)).split():
            if wording.BYLINE.search(word) and not wording.ELSE.search(word):
                return True
    return False


def _byline(page: Page, finder: Finder, element: Element) -> bool:
    """Add the names and dates in a byline; whether there were any names."""
    inner = element.inner
    whole = " ".join(page.stripped(*inner).split()) if _is_short(element) else ""
    if whole and names(whole) == [whole] and reads_like_name(whole):
        value = page.stripped(*inner)
        return finder.add("author", "visible-text", element.path, inner, value=value)
    texts = [clean(page.source.text(*span)) for span in parts(page, *inner)]
    texts = [" ".join(text.split()) for text in texts if len(text) <= 200]
    byline = read_byline("\n".join(texts), finder.language)
    found = False
    for name in byline.names:
        if reads_like_name(name, announced=name in byline.announced):
            strength: Strength = "stated" if name in texts else "parsed"
            place = finder.within(inner, name)
            found |= finder.add(
                "author", "visible-text", element.path, place, strength=strength, value=name
            )
    for term, date in byline.dates if found else ():
        _add_date(finder, element.path, inner, term, date)
    return found


def _add_date(
    finder: Finder, path: str, span: tuple[int, int], term: str | None, date: str
) -> None:
    """Add a date with the property that its label gives; one that is for something else is left."""
    if term == "":
        return
    place = finder.within(span, date)
    strength: Strength = "parsed" if term else "inferred"
    finder.add(term or "datePublished", "visible-text", path, place, value=date, strength=strength)


def _is_aside(page: Page, place: int) -> bool:
    """Whether a place is inside a figure, an aside or a navigation: another author's work."""
    view, start = page.source.view, max(0, place - AROUND)
    return any(
        view.rfind(b"<" + name, start, place) > view.rfind(b"</" + name, start, place)
        for name in (b"fig", b"aside", b"nav")
    )


def _is_short(element: Element) -> bool:
    return element.inner[1] - element.inner[0] < 300


def _tells_of_page(byline: Byline, said: list[str], *, is_near: bool) -> bool:
    """Whether a byline is one: all of it read, with a label, or near the top of the page.

    Args:
        byline: it.
        said: those of the names that it announces which read like names.
        is_near: whether it stands near the top.
    """
    labelled = any(term is not None for term, _ in byline.dates)
    if not byline.is_whole or not (labelled or (is_near and (said or byline.dates))):
        return False
    others = (name for name in byline.names if name not in said)
    return not labelled or all(map(reads_like_name, others))  # else something else was updated


class _Lines:
    """Goes over the text between tags, piece by piece."""

    def __init__(self, page: Page, finder: Finder, anchor: Anchor | None) -> None:
        self.page = page
        self.finder = finder
        self.anchor = anchor
        self.long = 0
        self.paragraph = -CLOSE
        self.bylines = 1 << 62
        self.named = 0
        self.awaits: tuple[str, int] | None = None
        self.corrections = Corrections(page, finder)

    def read(self, start: int, end: int, until: int) -> None:
        """Read the pieces from a place to another, and for corrections until a third."""
        for first, last in self.page.markup:
            if first >= max(end, until) or last <= start:
                continue
            # what stands before this part, a script or comment, ends as a tag does
            within = max(first - 1, start), min(last, max(end, until))
            for match in wording.NODE.finditer(self.page.source.view, *within):
                place, behind = match.span(1)
                text = clean(self.page.source.text(place, min(behind, place + 400)))
                if place < until and self.corrections.take(place, behind, text):
                    self._count(place, behind)
                elif place < end and match.start() >= first:
                    self._piece(place, behind, text)

    def _count(self, start: int, end: int) -> None:
        """Remember that a paragraph has gone by, if it is one."""
        if end - start > LONG:
            self.long += 1
            self.paragraph = end

    def _piece(self, start: int, end: int, text: str) -> None:
        if self.awaits and start < self.awaits[1] and self._awaited(start, end, text):
            return
        if end - start > LONG:
            self._paragraph(start, end, text)
            return
        if self._is_byline(start, end, text):
            return
        line = wording.LINE.match(text)
        if line and line.lastgroup:
            self._line(line, text, start, end)
        elif not self._label(end, text):
            self._unannounced(start, end, text)

    def _is_byline(self, start: int, end: int, text: str) -> bool:
        """Whether a piece is names that a label announces, or dates, or both; adds what it says."""
        if not (may_begin_byline(text) or (self.long <= FIRST and _DIGIT.search(text))):
            return False
        byline = read_byline(text, self.finder.language)
        said = [name for name in byline.announced if reads_like_name(name, announced=True)]
        is_near = start < self.bylines and self.long <= FIRST
        if not _tells_of_page(byline, said, is_near=is_near):
            return False
        if self._is_elsewhere(start):
            return True
        if is_near and said and not _is_aside(self.page, start):
            for name in said:
                self._add("author", start, end, name)
            self.bylines = min(self.bylines, end + NEAR)
        self._add_dates(byline, (start, end), is_own=bool(said) or not byline.names)
        if byline.awaits:
            self.awaits, self.named = ("author", end + NEAR), 0
        return True

    def _add_dates(self, byline: Byline, span: tuple[int, int], *, is_own: bool) -> None:
        """Add the dates of a byline; without a label those of the article's own, near its top."""
        for term, date in byline.dates:
            if term or (is_own and is_in_head(self.page, self.anchor, span[0], FIRST)):
                _add_date(self.finder, "//text()", span, term, date)

    def _is_elsewhere(self, start: int) -> bool:
        return is_elsewhere(self.page, self.finder, self.anchor, start)

    def _label(self, end: int, text: str) -> bool:
        """Whether a piece is nothing but a label; then what it announces stands behind it."""
        label = read_label(text) if may_begin_byline(text) else None
        if not label or (label in ("author", "contributor") and self.long > FIRST):
            return label is not None
        self.awaits, self.named = (label, end + NEAR), 0
        return True

    def _unannounced(self, start: int, end: int, text: str) -> None:
        """A short piece that no word announces: a credit, a date near the top, who signed."""
        if len(text) < 60 and (match := wording.CREDIT.match(text)):
            self._add("creditText", start, end, match[1])
        elif self.long <= FIRST and len(text) < 60 and _DIGIT.search(text) and dates.iso(text):
            if is_in_head(self.page, self.anchor, start, FIRST):
                self._add("datePublished", start, end, text, strength="inferred")
        elif start - self.paragraph < CLOSE and (
            match := wording.SIGNATURE.match(text)
            or wording.DESK.match(text)
            or self._full_name(start, end, text)
        ):
            self._sign(start, end, match[0])

    def _awaited(self, start: int, end: int, text: str) -> bool:
        """Whether a piece is what the one before announced: names or a date."""
        term, until = self.awaits or ("", 0)
        if not any(c.isalnum() for c in text) or text.casefold() in wording.CONJUNCTIONS:
            return True
        self.awaits = None
        if self.named and wording.BLOCK.search(self.page.source.view, self.named, start):
            self.named = 0
            return False
        if term in ("dateModified", "datePublished") and dates.iso(text):
            self._add(term, start, end, text)
            return True
        names_it = term in ("author", "contributor") and len(text) < 100
        if names_it and self._names(term, start, end, text):
            self.awaits, self.named = (term, min(until, end + NEAR)), end
            return True
        return False

    def _line(self, line: re.Match[str], text: str, start: int, end: int) -> None:
        """A piece that begins by saying what it is: a date, or who wrote or helped."""
        kind, rest = line.lastgroup, text[line.end() :]
        if kind in ("update", "date"):
            term = "dateModified" if kind == "update" else "datePublished"
            self._dates(term, start, end, rest)
        elif kind == "also" or (start < self.bylines and (self.long <= FIRST or not rest)):
            term = "author" if kind == "by" else "contributor"
            if not rest:
                self.awaits, self.named = (term, end + NEAR), 0
            elif len(rest) < 100:
                self._names(term, start, end, rest)

    def _dates(self, term: str, start: int, end: int, text: str) -> None:
        """What follows the words for a date; behind a separator another one may be announced."""
        date, *more = wording.APART.split(text)
        for piece in more:
            other = wording.LINE.match(piece)
            if other and other.lastgroup in ("update", "date"):
                self._line(other, piece, start, end)
        if not date:
            self.awaits = (term, end + NEAR)
        elif any(c.isdigit() for c in date) and len(date) < 60:
            self._add(term, start, end, date.strip())

    def _paragraph(self, start: int, end: int, text: str) -> None:
        """A dateline at its beginning, an agency in brackets at its end."""
        self._count(start, end)
        if self.long <= 3:
            match = wording.DATELINE.match(text) or wording.CAPITALS.match(text)
            if match:
                self._add("dateline", start, end, match[1].strip(" ,"))
                if match.re is wording.DATELINE:
                    first, last = match.span(2)
                    span = self.finder.within((start, end), text[first - 1 : last])
                    self._add("creditText", *span, match[2])
        tail = clean(self.page.source.text(max(start, end - 60), end))
        if tail.endswith((")", "]")) and (match := wording.CLOSING_CREDIT.search(tail)):
            self._add("creditText", start, end, match[1])

    def _names(self, term: str, start: int, end: int, text: str) -> bool:
        found = [name for name in names(text) if reads_like_name(name)]
        if found and _is_aside(self.page, start):
            return False
        for name in found:
            self._add(term, start, end, name)
        if found and term == "author":
            self.bylines = min(self.bylines, end + NEAR)
        return bool(found)

    def _full_name(self, start: int, end: int, text: str) -> re.Match[str] | None:
        """A name alone in an emphasised paragraph that no other paragraph follows closely."""
        view = self.page.source.view
        before, after = (
            wording.EMPHASIS.search(view, max(0, start - 300), start),
            wording.ENDS.match(view, end),
        )
        if (
            not (before and after)
            or wording.FOLLOWED.match(view, after.end())
            or len(text.split()) > 4
        ):
            return None
        return wording.FULL_NAME.match(text) if reads_like_name(text) else None

    def _sign(self, start: int, end: int, text: str) -> None:
        """Names or initials that stand alone right after a paragraph: who signed it."""
        view = self.page.source.view
        before = max(0, start - 1000)
        if not wording.SIGNED_IN.search(view, max(0, start - 200), start):
            return
        if any(view.find(picture, before, start) >= 0 for picture in (b"<img", b"<fig", b"<svg")):
            return
        for name in names(text.strip("()")):
            self._add("author", start, end, name, strength="inferred")

    def _add(
        self,
        term: str,
        start: int,
        end: int,
        part: str | None = None,
        strength: Strength = "parsed",
    ) -> None:
        span = self.finder.within((start, end), part) if part else (start, end)
        self.finder.add(term, "visible-text", "//text()", span, value=part, strength=strength)


def _copyright(page: Page, finder: Finder) -> None:
    """Lines with the copyright sign, at the foot of the page."""
    view = page.source.view
    foot = len(view) - FOOT
    signs = [encoded for sign in wording.SIGNS if (encoded := page.source.encoded(sign))]
    for first, end in page.markup:
        start = max(first, foot)
        for sign in signs if start < end else ():
            at = view.find(sign, start, end)
            while at >= 0:
                rest = wording.REST.match(view, at, end)
                if rest:
                    finder.add("copyrightNotice", "visible-text", "//text()", rest.span())
                at = view.find(sign, at + 300, end)
