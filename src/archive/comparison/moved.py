"""Which words of the article stand only beside it on the other page.

An extractor that loses a paragraph edits nothing. But where the other page has the paragraph in a
place alone that its markup sets aside, a reader of the article does not see it there: it was taken
out, or was put in. What sets aside is an element that tells so, a link around all of it, or the
heading of another story or box at the beginning of the element that it stands in.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from itertools import accumulate

from archive.article.reading import Block
from archive.article.reading.apart import NAMED

__all__ = ["NESTED", "Moved"]

NESTED = 8
"""Of the headings that a block stands under so many are looked at, the innermost."""

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})


class Moved:
    """What was taken out of the article, and what was put in, between two pages.

    Args:
        old: the blocks of the earlier page.
        new: those of the later one.
    """

    def __init__(self, old: Sequence[Block], new: Sequence[Block]) -> None:
        self._pages = old, new

    def is_out(self, at: int, to: int) -> bool:
        """Whether the earlier page's text has words that the later one only sets aside.

        Args:
            at: the number of their block in the earlier page.
            to: in the later page.
        """
        old, new = self._pages
        if not _is_lost(old[at], new[to]):
            return False
        ignored = NAMED if self._stands else frozenset[str]()
        return _is_apart(old[at], new[to], ignored) or self._is_headed(1, to, at)

    def is_in(self, at: int, to: int) -> bool:
        """Whether the later page's text has words that the earlier one only set aside.

        Names alone set nothing aside: in a page that lost its class names nothing was put in.
        """
        old, new = self._pages
        if not _is_lost(new[to], old[at]):
            return False
        return _is_apart(new[to], old[at], NAMED) or self._is_headed(0, at, to)

    @cached_property
    def _stands(self) -> bool:
        """Whether all elements stand where they stood: then names alone set nothing aside."""
        old, new = self._pages
        return len(old) == len(new) and all(
            (one.tag, one.box, one.group) == (two.tag, two.box, two.group)
            for one, two in zip(old, new, strict=True)
        )

    def _is_headed(self, side: int, at: int, other: int) -> bool:
        """Whether a block of one side stands under a heading of something else only there."""
        headings = self._headings[side][at] - self._headings[1 - side][other]
        return not headings.isdisjoint(self._foreign[side])

    @cached_property
    def _headings(self) -> tuple[list[frozenset[str]], list[frozenset[str]]]:
        return _headings(self._pages[0]), _headings(self._pages[1])

    @cached_property
    def _foreign(self) -> tuple[set[str], set[str]]:
        old, new = self._pages
        return _foreign(old, new), _foreign(new, old)


def _is_lost(one: Block, two: Block) -> bool:
    """Whether one page's text has a block, and the other one's neither has it nor should."""
    return one.is_article and one.said and not two.is_article and not two.said


def _is_apart(one: Block, two: Block, ignored: frozenset[str] = frozenset()) -> bool:
    """Whether an element or a link sets words aside that it does not on the other page."""
    if one.target is None and two.target is not None:
        return True
    return bool(set(two.place).difference(one.place, ignored))


def _headings(blocks: Sequence[Block]) -> list[frozenset[str]]:
    """For each block the headings at the beginning of the elements that it stands in."""
    found: list[frozenset[str]] = []
    around: list[tuple[int, str]] = []
    for at, block in enumerate(blocks):
        while around and around[-1][0] <= at:
            around.pop()
        if block.box and block.tag in _HEADINGS:
            around.append((block.box, block.key))
        found.append(frozenset([key for _, key in around[-NESTED:]]))
    return found


def _foreign(blocks: Sequence[Block], others: Sequence[Block]) -> set[str]:
    """The headings of elements without anything of the article, and none of the other article's."""
    counts = [0, *accumulate(block.is_article for block in blocks)]
    known = {block.key for block in others if block.is_article}
    return {
        block.key
        for at, block in enumerate(blocks)
        if block.box and block.tag in _HEADINGS and counts[at] == counts[block.box]
    } - known
