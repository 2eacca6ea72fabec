"""The reading of a page: its blocks, each with where it stands."""

from __future__ import annotations

import re
from collections.abc import Sequence

from attrs import evolve
from lxml.etree import LxmlError
from lxml.html import HtmlElement

from archive.article.reading.block import Block, Link, Reading
from archive.article.reading.boxes import find_boxes, find_sign_ups
from archive.article.reading.embeds import find_placeholders
from archive.article.reading.regions import lay_out
from archive.article.reading.stories import find_stories
from archive.article.reading.variants import variant_of
from archive.article.reading.walk import Spot, Walk, walk

__all__ = ["complete", "cut", "finish", "read_page"]


_MARKS = re.compile(r"^- |\|(?:-+\|)*|\n- ")
"""How the text marks items of lists and cells of tables."""

_BROKEN = (LxmlError, MemoryError, RecursionError)
"""What a hostile page may raise; it has no reading then."""


def cut(root: HtmlElement) -> Walk | None:
    """Cut a page into blocks, before its tree loses what has no text; None where it breaks that.

    Args:
        root: its tree, as its reader sees it (`archive.article.shown`); it is not changed.
    """
    try:
        return walk(root)
    except _BROKEN:
        return None


def finish(
    root: HtmlElement,
    url: str,
    found: Walk,
    text: str | None,
    titles: Sequence[str],
    *,
    is_shown: bool = True,
) -> Reading | None:
    """The reading of a page whose text is known by now; None where the page breaks it.

    Args:
        root: its tree.
        url: its URL.
        found: its blocks.
        text: the article's text; empty or None where there is none.
        titles: what the page gives as its headline.
        is_shown: whether the page shows that text to its readers.
    """
    try:
        page = read_page(root, url, text, titles, found)
        return complete(page, text or "", is_shown=is_shown)
    except _BROKEN:
        return None


MANY = 400
"""A line of more signs may be many blocks:"""

PIECE = 40
"""two thirds of pieces of so many signs"""

PIECES = 12
"""at so many places stand in the page."""


def read_page(
    root: HtmlElement,
    url: str,
    text: str | None,
    titles: Sequence[str] = (),
    found: Walk | None = None,
) -> Reading:
    """Read what a page shows.

    Args:
        root: its tree, as its reader sees it (`archive.article.shown`); it is not changed.
        url: its URL, which its links are relative to.
        text: the article's text, or None where there is none.
        titles: what the page gives as its headline.
        found: its blocks, where they were cut before the tree lost something.
    """
    found = found or walk(root)
    layout = lay_out(root, found, text, titles)
    stories = find_stories(found.runs) | find_sign_ups(root, found)
    ours = [at for at, region in enumerate(layout.regions) if region in ("article", "head")]
    for at in find_placeholders(found.runs, layout.said, ours) - layout.headline:
        layout.regions[at] = "other"
    boxes, groups = find_boxes(found.runs)
    blocks: list[Block] = []
    for at, run in enumerate(found.runs):
        links = run.links or {}
        listed = at in stories and at not in layout.headline
        blocks.append(
            Block(
                run.text,
                run.key,
                "aside" if listed else layout.regions[at],
                str(run.place.block.element.tag),
                layout.said[at],
                run.linked,
                tuple(Link(a.get("href"), " ".join("".join(w).split())) for a, w in links.items()),
                layout.told[at],
                at in layout.headline,
                listed,
                boxes.get(at, 0),
                groups[at],
            )
        )
    past = None if found.complete else len(blocks)
    return Reading(tuple(blocks), url, _dated(root, found), past, variant_of(root, url))


def complete(page: Reading, text: str, *, is_shown: bool = True) -> Reading:
    """A page's reading with the lines of its text that no block shows, at its end.

    Where the page shows its text there are none on real pages; but whatever the text has is
    compared. Where a page was read to a bound only, lines are looked for as whole blocks. A text
    that no reader was shown is all at the end, and nothing that the page shows is the article's but
    its headline.

    Args:
        page: what the page shows.
        text: the article's text.
        is_shown: whether the page shows that text to its readers.
    """
    if not is_shown:
        blocks = [b._replace(region="other") if b.region == "article" else b for b in page.blocks]
        return evolve(page, blocks=(*blocks, *Reading.of_lines(text).blocks))
    keys = {block.key for block in page.blocks}
    lines = Reading.of_lines(_MARKS.sub("\n", text)).blocks
    missing = [line for line in lines if line.key not in keys]
    if missing and page.past is None:
        shown = "".join(block.key for block in page.blocks)
        missing = [line for line in missing if not _is_shown(line.key, shown)]
    return evolve(page, blocks=(*page.blocks, *missing)) if missing else page


def _is_shown(key: str, shown: str) -> bool:
    """Whether a page shows a line, or a third of it at least: an extractor drops words."""
    if key in shown:
        return True
    third = max(len(key) // 3, 1)
    if any(key[at : at + third] in shown for at in (0, third, len(key) - third)):
        return True
    return len(key) > MANY and _is_put_together(key, shown)


def _is_put_together(key: str, shown: str) -> bool:
    """Whether a long line is many blocks: an extractor may find an article again, as one line."""
    starts = range(0, len(key) - PIECE, len(key) // PIECES)
    found = sum(key[at : at + PIECE] in shown for at in starts)
    return 3 * found >= 2 * len(starts)


def _dated(root: HtmlElement, found: Walk) -> tuple[tuple[str, int], ...]:
    """The value of each ``time`` element, and the block that it stands in; -1 for none."""
    times = [(element, element.get("datetime")) for element in root.iter("time")]
    if not any(value for _, value in times):
        return ()
    numbers: dict[Spot, int] = {}
    for at, run in enumerate(found.runs):
        numbers.setdefault(run.place.block, at)
    return tuple(
        (value, numbers.get(place.block, -1) if (place := found.near(element)) else -1)
        for element, value in times
        if value
    )
