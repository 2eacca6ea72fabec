"""The reading of a page: its blocks, each with where it stands."""

from __future__ import annotations

from collections.abc import Sequence

from lxml.html import HtmlElement

from archive.article.reading.block import Block, Link, Reading
from archive.article.reading.boxes import find_boxes, find_sign_ups
from archive.article.reading.regions import lay_out
from archive.article.reading.stories import find_stories
from archive.article.reading.walk import Spot, Walk, walk

__all__ = ["read_page"]


def read_page(root: HtmlElement, url: str, text: str | None, titles: Sequence[str] = ()) -> Reading:
    """Read what a page shows.

    Args:
        root: its tree, as its reader sees it (`archive.article.shown`); it is not changed.
        url: its URL, which its links are relative to.
        text: the article's text, or None where there is none.
        titles: what the page gives as its headline.
    """
    found = walk(root)
    layout = lay_out(root, found, text, titles)
    stories = find_stories(found.runs) | find_sign_ups(root, found)
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
    return Reading(tuple(blocks), url, _dated(root, found), past)


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
