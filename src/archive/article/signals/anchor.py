"""Where on a page its article begins, and which parts of the page are about something else.

The article begins at its first h1; without one, at the first place that says one of the page's own
headlines. What stands in a list of other stories, among comments, in an aside or in the page's foot
is not said of the article, whatever it is called there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from attrs import frozen

from archive.article.signals.finder import Finder
from archive.article.signals.page import Page

__all__ = [
    "Anchor",
    "Elsewhere",
    "find_anchor",
    "is_elsewhere",
    "is_in_head",
    "place_of_paragraph",
]

MOST = 256
"""How many parts of a page that are about something else are remembered."""

DEEPEST = 256
"""How deep elements may nest."""

NEAR = 20_000
"""How many bytes before its headline an article's element begins."""

PARAGRAPH = 120
"""A piece of text of more bytes is a paragraph."""

_CONTAINER = re.compile(
    rb"<(/?)(article|aside|div|figure|footer|form|header|li|main|nav|ol|section|ul)"
    rb"(?=[\s/>])([^<>]*)>",
    re.IGNORECASE,
)
_CALLED = re.compile(
    rb"(?:(?<=[\"'= _-])|(?<=list))(?:comment(?:s|list|section|-)?|related|recommend\w*|"
    rb"teasers?|sidebar|trending|popular|"
    rb"more-(?:stories|news|from|on|articles)|most-?(?:read|viewed)|newsletter|disqus|outbrain|"
    rb"complementary|taboola|read-?(?:more|next|also)|also-read|see-also|latest-news|ticker|carousel|"
    rb"kommentare?|leserkommentare|commentaires?|comentarios?|commenti|reacties|discussion)(?![a-z])",
    re.IGNORECASE,
)
"""How the classes, ids and roles of such parts are called; looked for in all of a tag."""
_NEVER = frozenset({b"aside", b"nav", b"footer", b"figure", b"form"})
_LONG_TEXT = re.compile(rb">[^<>]{%d,}<" % (PARAGRAPH + 1))
_BETWEEN = re.compile(rb"</header|</?nav|<main|<article|</ul", re.IGNORECASE)
"""What stands between a page's mast-head and its article."""


@frozen
class Anchor:
    """Where the headline is.

    Args:
        start: its beginning in the view.
        end: its end.
        is_h1: whether it is an h1; else a place that says the headline.
    """

    start: int
    end: int
    is_h1: bool = True


def find_anchor(page: Page, headlines: tuple[str, ...]) -> Anchor | None:
    """The place of the headline, or None where the page shows none.

    Args:
        page: the page.
        headlines: what it claims to be called.
    """
    first = next(iter(page.named("h1")), None)
    if first is not None:
        return Anchor(first.start, first.end)
    found: list[int] = []
    for line in {headline for headline in headlines if len(headline) > 8}:
        encoded = page.source.encoded(line)
        for start, end in page.markup if encoded else ():
            at = page.source.view.find(b">" + (encoded or b""), start, end)
            if at >= 0:
                found.append(at)
                break
    title = next(iter(page.named("title")), None)
    found = [at for at in found if title is None or not title.start <= at <= title.until]
    return Anchor(min(found), min(found), is_h1=False) if found else None


def place_of_paragraph(page: Page, start: int, end: int, nth: int) -> int:
    """Where the n-th paragraph behind a place begins; the end where there are fewer up to there."""
    count = 0
    for first, last in page.markup:
        if last <= start or first >= end:
            continue
        for match in _LONG_TEXT.finditer(page.source.view, max(first, start), min(last, end)):
            count += 1
            if count == nth:
                return match.start()
    return end


def is_in_head(page: Page, anchor: Anchor | None, place: int, paragraphs: int) -> bool:
    """Whether a place is near the headline: in the head of the article, not of the page."""
    if anchor is None:
        return True
    if place >= anchor.end:
        return place_of_paragraph(page, anchor.end, place, paragraphs + 1) >= place
    return not _BETWEEN.search(page.source.view, place, anchor.start)


class Elsewhere:
    """The parts of a page behind its headline that hold other stories, comments and the like.

    Tags are read from the headline on, and only as far as a place that is asked about.

    Args:
        page: the page.
        anchor: where its headline is, or None where there is none.
    """

    def __init__(self, page: Page, anchor: Anchor | None) -> None:
        self._begin = self._read_to = anchor.end if anchor else 0
        self._tags = _containers(page, self._begin)
        self._next = next(self._tags, None)
        self._stack: list[tuple[bytes, int, bool]] = []
        self._closed: list[tuple[int, int]] = []
        self._has_article = anchor is not None and _opens_article(page, anchor.start)

    def holds(self, place: int) -> bool:
        """Whether a place is in one of these parts; what stands before the headline is not."""
        if place < self._begin:
            return False
        while self._next is not None and self._next.start() < place:
            self._take(self._next)
            self._next = next(self._tags, None)
        if place >= self._read_to:
            self._read_to = place
            return any(other for _, _, other in self._stack)
        return any(start <= place < end for start, end in self._closed) or any(
            other and start <= place for _, start, other in self._stack
        )

    def _take(self, tag: re.Match[bytes]) -> None:
        name, start = tag[2].lower(), tag.start()
        if tag[1]:
            self._close(name, start)
            return
        other = name in _NEVER or _CALLED.search(tag[3]) is not None
        other |= name == b"article" and self._has_article
        if len(self._stack) < DEEPEST:
            self._stack.append((name, start, other))

    def _close(self, name: bytes, end: int) -> None:
        """Close the innermost open element of a name, and those left open in it."""
        if not any(opened == name for opened, _, _ in self._stack):
            return
        while self._stack:
            opened, start, other = self._stack.pop()
            if other and len(self._closed) < MOST:
                self._closed.append((start, end))
            if opened == name:
                return


def _containers(page: Page, begin: int) -> Iterator[re.Match[bytes]]:
    """The tags of elements that hold others, behind a place."""
    for start, end in page.markup:
        if end > begin:
            yield from _CONTAINER.finditer(page.source.view, max(start, begin), end)


def _opens_article(page: Page, place: int) -> bool:
    """Whether an article element is open at a place: then others behind it are other stories."""
    view, start = page.source.view, max(0, place - NEAR)
    return view.rfind(b"<article", start, place) > view.rfind(b"</article", start, place)


def is_elsewhere(page: Page, finder: Finder, anchor: Anchor | None, place: int) -> bool:
    """Whether a place is in a part of the page that holds other stories, comments and the like."""
    if finder.elsewhere is None:
        finder.elsewhere = Elsewhere(page, anchor)
    return finder.elsewhere.holds(place)
