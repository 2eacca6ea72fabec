"""The blocks of a page as values, and where each stands for its reader."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property
from itertools import accumulate
from typing import Literal, NamedTuple, get_args

from attrs import field, frozen

from archive.article.keys import tight_key
from archive.article.reading.variants import Variant

__all__ = ["REGIONS", "Block", "Link", "Reading", "Region", "find_starts", "reads_like_headline"]

Region = Literal["article", "head", "aside", "comments", "navigation", "footer", "other"]
REGIONS: tuple[str, ...] = get_args(Region)
"""Every region, those of the article first."""

WORDS = 4
"""A headline has so many words or more, or so many signs:"""
SIGNS = 16
"""of which a kana, a syllable of Hangul or an ideograph counts as two."""

_FULL = re.compile(
    "[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003ffff]"
)


class Link(NamedTuple):
    """A link in a block.

    Args:
        href: where it leads, as the page has it.
        text: its words on one line.
    """

    href: str
    text: str


class Block(NamedTuple):
    """A run of text that no other element than an inline one interrupts.

    Args:
        text: its words on one line, struck-out ones between two tildes.
        key: its tight key.
        region: where it stands for a reader.
        tag: the element that it is the text of, such as ``p`` or ``td``.
        said: whether the extracted text has it.
        linked: how many of the signs of its key stand in links.
        links: its links.
        place: the elements around that tell a region, by what they tell, from the outermost, but
            those around the whole article.
        headline: whether it is the article's headline, or a part of it.
        listed: whether it is one of a list of other stories.
        box: where it begins an element with other blocks, the number of the first block after the
            smallest such element; else 0.
        group: the number of the first block in the element around its own: items of one list have
            the same.
    """

    text: str
    key: str
    region: Region
    tag: str
    said: bool
    linked: int
    links: tuple[Link, ...]
    place: tuple[str, ...]
    headline: bool
    listed: bool
    box: int = 0
    group: int = 0

    @property
    def is_article(self) -> bool:
        """Whether it is the article's: its text, or its head."""
        return self.region in ("article", "head")

    @property
    def target(self) -> str | None:
        """Where it leads, if it is nothing but one link to another page."""
        if 10 * self.linked < 9 * len(self.key) or not self.links:
            return None
        first = self.links[0].href
        alone = all(link.href == first for link in self.links)
        return first if alone and not first.lstrip().startswith("#") else None


@frozen
class Reading:
    """What a reader sees of a page, block by block, in order.

    Args:
        blocks: the blocks.
        url: the page's URL, which its links are relative to.
        dated: the values of the attribute ``datetime`` and the block that each stands in.
        past: of a page with more, the number of blocks that were read; else None.
        variant: what the page was made for, ``amp`` or ``print``; None for a browser's window.
    """

    blocks: tuple[Block, ...] = field(repr=False)
    url: str = ""
    dated: tuple[tuple[str, int], ...] = field(default=(), repr=False)
    past: int | None = None
    variant: Variant | None = None

    @classmethod
    def of_lines(cls, text: str) -> Reading:
        """The reading of what is known as text alone: each line is a block of the article."""
        lines = (line.strip() for line in text.split("\n"))
        return cls(
            tuple(
                Block(line, tight_key(line), "article", "p", True, 0, (), (), False, False)
                for line in lines
                if line
            )
        )

    @cached_property
    def text(self) -> str:
        """All blocks, one a line."""
        return "".join(f"{block.text}\n" for block in self.blocks)

    @cached_property
    def starts(self) -> tuple[int, ...]:
        """Where each block begins in `text`, in code points."""
        return find_starts(self.blocks)

    @property
    def headline(self) -> str | None:
        """The article's headline as shown, or None."""
        parts = [block.text for block in self.blocks if block.headline]
        return " ".join(parts) or None


def reads_like_headline(text: str, key: str, words: int = WORDS, signs: int = SIGNS) -> bool:
    """Whether the words of a link are those of a headline, not of a button or a document.

    Args:
        text: the words.
        key: their tight key.
        words: how many words are enough.
        signs: how many signs are.
    """
    if text.count(" ") + 1 >= words or len(key) >= signs:
        return True
    return 2 * len(key) >= signs and len(key) + len(_FULL.findall(key)) >= signs


def find_starts(blocks: Sequence[Block]) -> tuple[int, ...]:
    """Where each of some blocks begins where they stand one a line, in code points."""
    ends = accumulate((len(block.text) + 1 for block in blocks), initial=0)
    return tuple(ends)[:-1]
