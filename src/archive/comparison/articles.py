"""The words of an article as its reader has them, and where they stand in text and reading."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from functools import cached_property

from attrs import frozen

from archive.article.reading import Block, Reading
from archive.article.reading.block import find_starts

__all__ = ["Article", "Locator"]

Span = tuple[int, int]


@frozen
class Article:
    """The blocks of one page that are its article's, one a line.

    Args:
        reading: all blocks of the page.
        numbers: which of them, in order.
    """

    reading: Reading
    numbers: tuple[int, ...]

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """Them."""
        return tuple([self.reading.blocks[number] for number in self.numbers])

    @cached_property
    def text(self) -> str:
        """Their words, a block a line."""
        return "".join([f"{block.text}\n" for block in self.blocks])

    @cached_property
    def starts(self) -> tuple[int, ...]:
        """Where each begins in `text`."""
        return find_starts(self.blocks)

    def at(self, place: int) -> int | None:
        """Which of them a place in `text` is in; None where there are none."""
        return max(0, bisect_right(self.starts, place) - 1) if self.numbers else None

    def within(self, span: Span) -> Sequence[Block]:
        """Those that a span touches."""
        first, last = self.at(span[0]), self.at(max(span[0], span[1] - 1))
        return () if first is None or last is None else self.blocks[first : last + 1]


class Locator:
    """Where places of an article stand in its extracted text, or else in the reading.

    Args:
        article: the article as read.
        text: the text as extracted.
    """

    def __init__(self, article: Article, text: str) -> None:
        self.article = article
        self._text = text
        self._tight = ""
        self._places: list[int] | None = None

    def in_text(self, span: Span) -> Span | None:
        """A span in the extracted text; None where the text has not these words in one piece."""
        start = self._place(span[0])
        if span[0] == span[1] or start is None:
            return None if start is None else (start, start)
        last = self._place(span[1] - 1)
        if last is None:
            return None
        found = self._text[start : last + 1]
        same = "".join(found.split()) == "".join(self.article.text[slice(*span)].split())
        return (start, last + 1) if same else None

    def gap_in_text(self, place: int) -> int:
        """Where something would stand in the text that it has not: after what comes before it."""
        at = self.article.at(place)
        while at is not None and at >= 0:
            start = self.article.starts[at]
            found = self.in_text((start, start + len(self.article.blocks[at].text)))
            if found is not None:
                whole = place < start + len(self.article.blocks[at].text)
                return (self._place(place) or found[0]) if whole else found[1]
            at -= 1
        return 0

    def in_reading(self, span: Span) -> Span:
        """A span in the reading."""
        return self._in_reading(span[0]), self._in_reading(span[1])

    def _in_reading(self, place: int) -> int:
        at = self.article.at(place)
        if at is None:
            return 0
        start = self.article.reading.starts[self.article.numbers[at]]
        return start + place - self.article.starts[at]

    def _place(self, place: int) -> int | None:
        """Where a sign of the article stands in the text."""
        at = self.article.at(place)
        if at is None:
            return None
        words = self.article.blocks[at].text
        offset = place - self.article.starts[at]
        begin = self._text.find(words)
        if begin >= 0:
            return begin + offset
        return self._tight_place(words, offset)

    def _tight_place(self, words: str, offset: int) -> int | None:
        """The same where the text has other white space in these words."""
        if self._places is None:
            self._places = [i for i, sign in enumerate(self._text) if not sign.isspace()]
            self._tight = "".join(self._text.split())
        begin = self._tight.find("".join(words.split()))
        before = len("".join(words[:offset].split()))
        if begin < 0 or begin + before >= len(self._places):
            return None
        return self._places[begin + before]
