"""Which blocks of one page are which of the other, and which of them are the article's.

All blocks of the two pages are paired in order, by their words: the article's with the article's
first, then what stands in the same region, then whatever region it stands in. A pair is no change,
and is the article's if either page places it there: where an extractor lost or kept a block, or
classes changed, nothing was edited. But words that one page has in its text, and that the other one
has only in a place that its markup sets aside, were taken out of the article, or put in
(`archive.comparison.moved`).

What stays unpaired is the article's where its own page places it there, with two exceptions: what
an extractor dropped on one side only and was edited at the same time is found by likeness; and a
block that is nothing but one link to another story is the article's only where the other page has
the same link in other words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Sequence
from urllib.parse import urljoin, urlsplit

from attrs import frozen
from rapidfuzz.distance import Indel

from archive.article.reading import Block, Reading
from archive.article.reading.block import reads_like_headline
from archive.comparison.furniture import (
    find_advertised,
    find_boxes,
    is_labelled_link,
    is_share_link,
)
from archive.comparison.moved import Moved
from archive.comparison.sequences import Run, common, gaps

__all__ = ["Paired", "find_target", "pair_blocks"]

ALIKE = 0.6
"""How much of two blocks' signs must be the same for one to be the other, edited."""

LIKE_LINK = 0.7
"""The same for links to two different pages."""

SEARCHED = 900
"""Gaps of more pairs of blocks are not searched for blocks that are alike."""

TOGGLE = 3
"""The words that open what is folded are no more than so many."""

LINKS = 40_000
"""So many pairs of links are looked at for some that are alike: each link with those about as far
down in the other page."""

LONG = 4_000
"""Nor are blocks of more signs looked at."""

Pairs = list[tuple[int, int]]

_RANDOM = re.compile(r"(?=.*\d)[\w\-.=%]{8,}\Z")


@frozen
class Paired:
    """The blocks of two pages.

    Args:
        pairs: the blocks that are the same, by their numbers, in order.
        article: for each side the numbers of the blocks that are the article's.
        links: for each side those of them that are one link, without a partner.
        beside: for each side the blocks without a partner that are none of the article's.
    """

    pairs: tuple[tuple[int, int], ...]
    article: tuple[tuple[int, ...], tuple[int, ...]]
    links: tuple[tuple[int, ...], tuple[int, ...]]
    beside: tuple[tuple[int, ...], tuple[int, ...]]


def pair_blocks(one: Reading, two: Reading, language: str | None = None) -> Paired:
    """Pair the blocks of two pages, and say which of them are the article's.

    Args:
        one: the earlier page.
        two: the later page.
        language: the first part of the tag of their language, or None.
    """
    old, new = one.blocks, two.blocks
    moved = Moved(old, new)
    pairs: Pairs = []
    if not _are_same(old, new):
        pairs = _same_article(old, new)
        pairs = _fill(pairs, old, new, lambda block: (block.region, block.key), moved)
    pairs = _fill(pairs, old, new, lambda block: block.key, moved)
    kept = (
        {i for i, block in enumerate(old) if block.is_article},
        {j for j, block in enumerate(new) if block.is_article},
    )
    for i, j in pairs:
        if i in kept[0] or j in kept[1]:
            kept[0].add(i)
            kept[1].add(j)
    alone = (
        {*range(len(old))}.difference(i for i, _ in pairs),
        {*range(len(new))}.difference(j for _, j in pairs),
    )
    if alone[0] or alone[1]:
        for run in gaps(pairs, len(old), len(new)):
            _add_edited(run, old, new, kept, moved)
        for side, blocks in enumerate((old, new)):
            kept[side].difference_update(find_boxes(blocks, language) & alone[side])
    _drop_toggles((old, new), kept, alone)
    _drop_advertised((one, two), kept, pairs, language)
    links = _sort_links((one, two), kept, alone, language)
    return Paired(
        tuple(pairs),
        (tuple(sorted(kept[0])), tuple(sorted(kept[1]))),
        links,
        (tuple(sorted(alone[0] - kept[0])), tuple(sorted(alone[1] - kept[1]))),
    )


def _are_same(old: Sequence[Block], new: Sequence[Block]) -> bool:
    """Whether two pages have the same words block by block: then nothing else says which is which.

    What is the article's may have been found elsewhere, where it has words twice.
    """
    return len(old) == len(new) and all(
        one.key == two.key for one, two in zip(old, new, strict=True)
    )


def _same_article(old: Sequence[Block], new: Sequence[Block]) -> Pairs:
    """The article's blocks that both pages have, in order."""
    ours = [i for i, block in enumerate(old) if block.is_article]
    theirs = [j for j, block in enumerate(new) if block.is_article]
    found = common([old[i].key for i in ours], [new[j].key for j in theirs], len)
    return [(ours[i], theirs[j]) for i, j in found]


def _fill(
    pairs: Pairs,
    old: Sequence[Block],
    new: Sequence[Block],
    name: Callable[[Block], Hashable],
    moved: Moved,
) -> Pairs:
    """More pairs between these, of blocks of the same name."""
    found = list(pairs)
    for start, end, begin, stop in gaps(pairs, len(old), len(new)):
        if start == end or begin == stop:
            continue
        ours, theirs = old[start:end], new[begin:stop]
        inner = common([name(b) for b in ours], [name(b) for b in theirs], lambda _: 1)
        both = [(start + i, begin + j) for i, j in inner]
        found += [(i, j) for i, j in both if not moved.is_out(i, j) and not moved.is_in(i, j)]
    return sorted(found)


def _add_edited(
    run: Run,
    old: Sequence[Block],
    new: Sequence[Block],
    kept: tuple[set[int], set[int]],
    moved: Moved,
) -> None:
    """Count as the article's what one page places elsewhere and is the other's block, edited."""
    ours, theirs = range(run[0], run[1]), range(run[2], run[3])
    if not 0 < len(ours) * len(theirs) <= SEARCHED:
        return
    for at in sorted(kept[0].intersection(ours)):
        if not old[at].headline:
            left = (to for to in theirs if not moved.is_out(at, to))
            _add_one([to for to in left if _is_alike(old[at], new[to])], kept[1])
    for at in sorted(kept[1].intersection(theirs)):
        if not new[at].headline:
            left = (to for to in ours if not moved.is_in(to, at))
            _add_one([to for to in left if _is_alike(new[at], old[to])], kept[0])


def _add_one(alike: list[int], kept: set[int]) -> None:
    """Count one of the blocks that are alike as the article's, unless one of them is."""
    if kept.isdisjoint(alike):
        kept.update(alike[:1])


def _is_alike(one: Block, two: Block) -> bool:
    if two.listed or max(len(one.key), len(two.key)) > LONG or len(one.key) < 8:
        return False
    return Indel.normalized_similarity(one.key, two.key, score_cutoff=ALIKE) >= ALIKE


def _drop_toggles(
    pages: tuple[Sequence[Block], Sequence[Block]],
    kept: tuple[set[int], set[int]],
    alone: tuple[set[int], set[int]],
) -> None:
    """Take out of the article the few words that open what is folded, where they came or went."""
    found = [
        {at for at in alone[side] if pages[side][at].tag == "summary"} & kept[side]
        for side in (0, 1)
    ]
    for side in (0, 1):
        if not found[1 - side]:
            kept[side].difference_update(
                at for at in found[side] if pages[side][at].text.count(" ") < TOGGLE
            )


def _drop_advertised(
    pages: tuple[Reading, Reading],
    kept: tuple[set[int], set[int]],
    pairs: Pairs,
    language: str | None,
) -> None:
    """Take out of the article what either page advertises, though both have words of it."""
    one, two = (find_advertised(page.blocks, page.url, language) for page in pages)
    both = [(i, j) for i, j in pairs if i in one or j in two] if one or two else []
    kept[0].difference_update(one, (i for i, _ in both))
    kept[1].difference_update(two, (j for _, j in both))


def _sort_links(
    pages: tuple[Reading, Reading],
    kept: tuple[set[int], set[int]],
    alone: tuple[set[int], set[int]],
    language: str | None,
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Take out of the article links to other stories; those left that only came or went."""
    targets = _lone_links(pages[0], alone[0], language), _lone_links(pages[1], alone[1], language)
    found: list[tuple[int, ...]] = []
    for side, page in enumerate(pages):
        ours, known = targets[side], set(targets[1 - side].values())
        gone = {at for at in ours if at in kept[side] and ours[at] not in known}
        new = gone - _edited(page, gone, pages[1 - side], list(targets[1 - side]))
        stories = {at for at in new if _is_story(page.blocks[at], page.url)}
        links = new - stories
        kept[side].difference_update(stories, links)
        alone[side].difference_update(links)
        found.append(tuple(sorted(links)))
    return found[0], found[1]


def _lone_links(page: Reading, alone: set[int], language: str | None) -> dict[int, str | None]:
    """The blocks without a partner that are one link and not the text's, and where they lead.

    A link behind a label (*Read also:*) is one wherever the text has it.
    """
    found: dict[int, str | None] = {}
    for at in sorted(alone):
        block = page.blocks[at]
        if block.headline:
            continue
        if is_labelled_link(block, language):
            found[at] = find_target(block.links[0].href, page.url)
        elif block.target is not None and not block.said:
            found[at] = find_target(block.target, page.url)
    return found


def _is_story(block: Block, url: str) -> bool:
    """Whether a lone link is another story's by its words, or only shares the page."""
    if block.target is not None and is_share_link(block.target, url):
        return True
    return reads_like_headline(block.text, block.key)


def _edited(page: Reading, gone: set[int], other: Reading, lone: Sequence[int]) -> set[int]:
    """Which of these links stand in the other page with other words and another target."""
    reach = LINKS // max(len(gone), 1)
    found = set()
    for rank, at in enumerate(sorted(gone)):
        middle = rank * len(lone) // len(gone)
        near = lone[max(0, middle - reach) : middle + reach] if len(lone) > reach else lone
        if len(page.blocks[at].key) <= LONG and _is_like_any(page.blocks[at], other, near):
            found.add(at)
    return found


def _is_like_any(block: Block, other: Reading, lone: Iterable[int]) -> bool:
    return any(
        Indel.normalized_similarity(block.key, other.blocks[at].key, score_cutoff=LIKE_LINK)
        >= LIKE_LINK
        for at in lone
    )


def find_target(href: str, url: str) -> str | None:
    """Where a link leads, without fragment and without parameters that look random.

    Args:
        href: as the page has it.
        url: the page's URL.

    Returns:
        None for scripts, mail and places in the same page.
    """
    if href.lstrip().startswith("#"):
        return None
    try:
        parts = urlsplit(urljoin(url, href.strip()))
    except ValueError:
        return None
    if parts.scheme not in ("http", "https"):
        return None
    query = "&".join(item for item in parts.query.split("&") if not _is_random(item))
    return f"//{parts.netloc.lower()}{parts.path.rstrip('/')}{'?' + query if query else ''}"


def _is_random(item: str) -> bool:
    return _RANDOM.match(item.partition("=")[2]) is not None or item.startswith("utm_")
