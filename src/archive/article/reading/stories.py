"""Lists of other stories: links in a row that each lead to another page, with what is theirs.

Two or more elements that stand side by side, each with one link to another page that reads like a
headline and little besides, are a list of stories, wherever they stand. The blocks in them are
other articles' words.
"""

from __future__ import annotations

from typing import Any

from archive.article.reading.block import reads_like_headline
from archive.article.reading.walk import Place, Run

__all__ = ["find_stories"]

BESIDE = 320
"""Beside its link an item has no more signs: a lead, a date, a section."""

DATE = 4
"""A date beside a headline has no more words."""

BLOCKS = 6
"""Nor more blocks."""

_CLIMB = 5
"""How many elements around a link are looked at for one with others beside it."""

_DEEPEST = 8
"""How deep in an item a block stands at most."""


def find_stories(runs: list[Run]) -> set[int]:
    """Which blocks of a page belong to a list of stories.

    Args:
        runs: the page's blocks, in order.
    """
    heads = [run for run in runs if _is_headline(run)]
    if len(heads) < 2:
        return set()
    inside = _contents(_alone_around(heads), runs)
    small = {place.element: place for place in inside if _is_item(inside[place], runs)}
    listed: set[int] = set()
    for place in small.values():
        other = _next(place, small)
        if other is not None:
            listed.update(inside[place], inside[other])
    return listed


def _alone_around(heads: list[Run]) -> set[Place]:
    """The places that have one of these headlines in them and no other."""
    owned: dict[Place, int] = {}
    for head in heads:
        place: Place | None = head.place
        for _ in range(_CLIMB):
            if place is None or place.element.tag in ("body", "html"):
                break
            owned[place] = owned.get(place, 0) + 1
            place = place.around
    return {place for place, count in owned.items() if count == 1}


def _contents(items: set[Place], runs: list[Run]) -> dict[Place, list[int]]:
    """The blocks in each of these places."""
    inside: dict[Place, list[int]] = {place: [] for place in items}
    for at, run in enumerate(runs):
        place: Place | None = run.place
        for _ in range(_DEEPEST):
            if place is None:
                break
            if place in inside:
                inside[place].append(at)
            place = place.around
    return inside


def _is_headline(run: Run) -> bool:
    """Whether a block is one link to another page, worded like a headline, and perhaps a date."""
    if run.links is None or len(run.links) > 3 or 10 * run.linked < 7 * len(run.key):
        return False
    words = " ".join("".join(word for link in run.links.values() for word in link).split())
    if not reads_like_headline(words, words.replace(" ", "")):
        return False
    targets = {link.get("href") for link in run.links}
    if len(targets) != 1 or next(iter(targets)).lstrip().startswith("#"):
        return False
    rest = run.text.replace(words, "")
    dated = any(sign.isdecimal() for sign in rest) and len(rest.split()) <= DATE
    return dated or 10 * run.linked >= 9 * len(run.key)


def _is_item(inside: list[int], runs: list[Run]) -> bool:
    rest = sum(len(runs[at].key) - runs[at].linked for at in inside)
    return len(inside) <= BLOCKS and rest <= BESIDE


def _next(place: Place, small: dict[Any, Place]) -> Place | None:
    """The item that stands right after one, in an element of the same name."""
    element: Any = place.element.getnext()
    while element is not None and element.tag in ("hr", "br", "script", "style"):
        element = element.getnext()
    if element is None or element.tag != place.element.tag:
        return None
    return small.get(element)
