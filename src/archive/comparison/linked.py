"""Links that changed while the words around them did not, and links that came or went alone.

A link inside a block is compared with the link on the same words of the same block. A block that is
nothing but a link with few words, such as a button below each of thirty items, is compared by where
it leads.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from archive.article.reading import Block, Reading
from archive.comparison.folding import tight_key
from archive.comparison.furniture import is_share_link
from archive.comparison.readings import find_target
from archive.comparison.result import Change, Significance

__all__ = ["compare_links"]

Found = tuple[str, str]
"""Where a link leads, and its words."""


def compare_links(
    pages: tuple[Reading, Reading],
    pairs: Sequence[tuple[int, int]],
    lone: tuple[Sequence[int], Sequence[int]],
) -> Iterator[Change]:
    """The changes of links between two pages.

    Args:
        pages: the two readings.
        pairs: the blocks of the article that are the same, edited or not.
        lone: for each side the blocks that are one link and have no partner.
    """
    for one, two in pairs:
        old, new = pages[0].blocks[one], pages[1].blocks[two]
        if old.links != new.links:
            yield from _in_block((old, new), (pages[0].url, pages[1].url))
    gone = [link for at in lone[0] for link in _links(pages[0].blocks[at], pages[0].url)[:1]]
    come = [link for at in lone[1] for link in _links(pages[1].blocks[at], pages[1].url)[:1]]
    for at in range(max(len(gone), len(come))):
        yield _change(gone[at] if at < len(gone) else None, come[at] if at < len(come) else None)


def _in_block(blocks: tuple[Block, Block], urls: tuple[str, str]) -> Iterator[Change]:
    one, two = (_links(block, url) for block, url in zip(blocks, urls, strict=True))
    gone = [link for link in one if link not in two]
    come = [link for link in two if link not in one]
    for link in gone:
        found = next((other for other in come if other[1] == link[1]), None)
        if found is not None:
            come.remove(found)
        if found is not None or tight_key(link[1]) in blocks[1].key:
            yield _change(link, found)
    yield from (_change(None, link) for link in come if tight_key(link[1]) in blocks[0].key)


def _links(block: Block, url: str) -> list[Found]:
    found = (
        (find_target(link.href, url), link.text)
        for link in block.links
        if not is_share_link(link.href, url)
    )
    return [(target, text) for target, text in found if target is not None and text]


def _change(old: Found | None, new: Found | None) -> Change:
    before, after = (f"{link[1]} → {link[0]}" if link else "" for link in (old, new))
    hosts = {link[0].split("/")[2] for link in (old, new) if link}
    heavy: Significance = "substantive" if len(hosts) > 1 else "minor"
    return Change(
        "page", ("link",), heavy, "article", before, after, (0, len(before)), (0, len(after))
    )
