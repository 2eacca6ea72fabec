"""Correction notes as a page prints them: in the text, its footer, asides and dialogs.

A note is a block of the page, whatever elements are inside it. Its label may stand in an element of
its own, in the same block or the one before. What is a link, or stands in a navigation, tells of
another page. Where the headline stands in an article (or main) element with paragraphs in it, notes
are looked for to its end; comments and other stories come after it.
"""

from __future__ import annotations

import re

from attrs import evolve, frozen

from archive.article.signals.finder import Finder
from archive.article.signals.notes import (
    SHORTEST,
    Label,
    find_label,
    is_date_before,
    is_no_note,
    is_note,
    may_be_note,
    plain,
    tells_of_change,
    weight,
)
from archive.article.signals.page import Page
from archive.article.signals.source import clean

__all__ = ["Corrections", "end_of_article"]

FAR = 400_000
"""How many bytes after the headline its article may end."""

NEAR = 600
"""How many bytes after a label the note that it announces begins."""

BEFORE, LONGEST = 4_000, 16_000
"""How many bytes before and after a word the block that it stands in begins and ends."""

AROUND = 20_000
"""How many bytes before a note the navigation begins that it may stand in."""

PARAGRAPHS = 3
"""An element with fewer paragraphs holds no article."""

_BLOCK = re.compile(
    rb"</?(?:p|div|li|[uod]l|d[td]|h[1-6]|hr|br|section|article|aside|footer|header|main|nav|dialog|"
    rb"details|summary|fig(?:ure|caption)|t(?:able|r|d|h|body)|blockquote|address|form|body)"
    rb"(?=[\s/>])[^<>]*>",
    re.IGNORECASE,
)
_AROUND = re.compile(rb"<(/?)(?:article|main)(?=[\s/>])", re.IGNORECASE)
_OTHER = re.compile(
    rb"<(?:/?(?:aside|section|nav|footer|form|ul|ol|article|main|body)|table|iframe)(?=[\s/>])",
    re.IGNORECASE,
)
_CELL = re.compile(
    rb"[^<>]*>\s*(?:<(?:caption|t(?:body|head|r))(?=[\s>])[^<>]*>\s*){0,4}<t[dh](?=[\s>])[^<>]*>"
    rb"((?:(?!</t[dh])[\s\S])*)",
    re.IGNORECASE,
)
_SPLIT = re.compile(
    rb"(?:</?(?:span|b|strong|i|em|u|font|mark|small)(?=[\s>])[^<>]*>){1,4}(?=[^\W\d_]|[\x80-\xff])",
    re.IGNORECASE,
)
_LINK = re.compile(
    rb"\s*(?:<(?!/?a\b)[^<>]*>\s*){0,6}<a\b[^<>]*>(?:(?!</?a\b).)*</a\s*>\s*(?:<[^<>]*>\s*){0,6}",
    re.IGNORECASE | re.DOTALL,
)
_LINK_ENDS = re.compile(rb"(?:\s*+</(?:span|b|strong|i|em)\s*>){0,3}\s*+</a\b", re.IGNORECASE)
_EDGE = re.compile(rb"(?:\s|<[^<>]*>)*")
_LAST_TAG = re.compile(rb"\s*<[^<>]*>\s*\Z")


def end_of_article(page: Page, headline: int, otherwise: int) -> int:
    """Where the article ends: behind its element, before lists, sections and the like.

    Args:
        page: the page.
        headline: where its headline begins.
        otherwise: where to end when there is no such element.
    """
    view = page.source.view
    opened: list[int] = []
    for found in _AROUND.finditer(view, 0, min(len(view), headline + FAR)):
        if not found[1]:
            opened.append(found.start())
        elif opened:
            start = opened.pop()
            around = start < headline < found.start()
            if around and view.count(b"<p", headline, found.start()) >= PARAGRAPHS:
                return _end_behind(page, found.end())
    return otherwise


def _end_behind(page: Page, start: int) -> int:
    """Where something else begins behind an article: not a table whose first cell is a label."""
    view = page.source.view
    for found in _OTHER.finditer(view, start, start + FAR):
        cell = _CELL.match(view, found.end(), found.end() + NEAR)
        label = find_label(plain(page.stripped(*cell.span(1)))) if cell else None
        if label is None or not label.alone:
            return found.start()
    return start


@frozen
class _Block:
    """A block of the page.

    Args:
        first: its first byte.
        last: the one after its last.
        text: its words on one line.
        paragraph: whether it is a ``p`` element.
    """

    first: int
    last: int
    text: str
    paragraph: bool = False

    @property
    def said(self) -> str:
        """Its words as they are searched."""
        return plain(self.text)


class Corrections:
    """Reads a page's text, piece by piece, for notes.

    Args:
        page: the page.
        finder: what notes are added to.
    """

    def __init__(self, page: Page, finder: Finder) -> None:
        self._page = page
        self._view = page.source.view
        self._finder = finder
        self._read = 0
        self._taken = 0
        self._announced: _Block | None = None

    def take(self, start: int, end: int, text: str) -> bool:
        """Read a piece of text between two tags.

        Returns:
            Whether it is a part of a note, or of the label of one.
        """
        if start < self._read:
            return start < self._taken
        if self._announced and start > self._announced.last + NEAR:
            self._announced = None
        may = may_be_note(text) or self._goes_on(start, text) or self._breaks_off(end, text)
        if not (self._announced or may):
            return False
        block = self._block(start, end)
        self._read = block.last
        if self._is_note(block, start, end):
            self._taken = block.last
        return start < self._taken

    def _goes_on(self, start: int, text: str) -> bool:
        """Whether a piece goes on with a word whose initial is an element of its own."""
        if not text[:1].islower() or self._view[start - 1 : start] != b">":
            return False
        before = self._view.rfind(b"<", max(0, start - NEAR), start)
        return before > 0 and self._view[before - 1 : before].isalpha()

    def _breaks_off(self, end: int, text: str) -> bool:
        """Whether a piece ends inside a word, the rest of which is an element of its own.

        A date ends before the label that it stands in front of.
        """
        if not text[-1:].isalpha() or _SPLIT.match(self._view, end) is None:
            return False
        return not is_date_before(plain(text))

    def _is_note(self, block: _Block, start: int, end: int) -> bool:
        """Whether a block is a note, which is added, or a label, which is remembered."""
        piece = plain(clean(self._page.source.text(start, end)))
        label = find_label(block.said)
        if label is None:
            block, label = self._set_apart(block, piece)
        if self._is_elsewhere(block, end if label and label.alone else None):
            self._announced = None
            return False
        if label is not None:
            self._announced = block if label.alone else None
            return label.alone or self._add_labelled(block, label)
        announced = self._announced
        if announced is None:
            return tells_of_change(block.said) and self._add(block)
        if weight(block.said) < SHORTEST or is_date_before(block.said):
            return False  # between label and note
        self._announced = None
        both = _Block(announced.first, block.last, f"{announced.text} {block.text}")
        return is_note(f"{announced.said.rstrip(' :：')}: {block.said}") and self._add(both)

    def _add_labelled(self, block: _Block, label: Label) -> bool:
        """Add a note with its label."""
        if label.editors and not is_note(block.said):
            return False
        return weight(block.said[label.end :].strip()) >= SHORTEST and self._add(block)

    def _set_apart(self, block: _Block, piece: str) -> tuple[_Block, Label | None]:
        """A block whose label is an element by itself, with spaces around it; or as it is."""
        before, _, behind = block.said.partition(piece)
        if not is_date_before(before):
            return block, None
        before = f"{before.rstrip()} " if before.strip() else ""
        label = self._label_of_its_own(piece, len(before), behind)
        if label is None:
            return block, None
        return evolve(block, text=f"{before}{piece} {behind.strip()}".rstrip()), label

    def _label_of_its_own(self, piece: str, place: int, behind: str) -> Label | None:
        """The label that is an element by itself at the beginning of a block."""
        label = find_label(piece)
        if label is None or not label.alone or is_no_note(behind):
            return None
        alone = is_date_before(behind) or not any(map(str.isalnum, behind))
        return evolve(label, end=place + len(piece), alone=alone)

    def _block(self, start: int, end: int) -> _Block:
        """The block that a piece is in."""
        first, name = max(0, start - BEFORE), b""
        for found in _BLOCK.finditer(self._view, first, start):
            first, name = found.end(), found[0][:3].lower()
        behind = _BLOCK.search(self._view, end, end + LONGEST)
        last = behind.start() if behind else min(len(self._view), end + LONGEST)
        text = " ".join(self._page.stripped(first, last).split())
        return _Block(first, last, text, name in (b"<p ", b"<p>"))

    def _is_elsewhere(self, block: _Block, label: int | None) -> bool:
        """Whether a block tells of another page: it is a link, or stands in a navigation.

        A paragraph that is a link may lead to where a correction is explained.

        Args:
            block: the block.
            label: where a label ends that stands in it alone.
        """
        if label is not None and _LINK_ENDS.match(self._view, label):
            return True
        if not block.paragraph and _LINK.fullmatch(self._view[block.first : block.last]):
            return True
        start = max(0, block.first - AROUND)
        opened, closed = (self._view.rfind(tag, start, block.first) for tag in (b"<nav", b"</nav"))
        return opened > closed

    def _add(self, block: _Block) -> bool:
        """Add the words of a block; where no tag stands between them, as they stand."""
        return self._finder.add(
            "correction",
            "visible-text",
            "//text()",
            self._trimmed(block.first, block.last),
            value=block.text,
            strength="parsed",
        )

    def _trimmed(self, first: int, last: int) -> tuple[int, int]:
        """A span without the tags and white space at its ends."""
        before = _EDGE.match(self._view, first, last)
        first = before.end() if before else first
        while first < last and (tag := _LAST_TAG.search(self._view, max(first, last - 400), last)):
            last = tag.start()
        return first, last
