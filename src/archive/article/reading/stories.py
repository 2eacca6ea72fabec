"""Lists of other stories: links in a row that each lead to another page, with what is theirs.

Two or more elements that stand side by side, each with one link to another page that reads like a
headline and little besides, are a list of stories, wherever they stand. Beside one that does, a
shorter headline is one too. The blocks in them are other articles' words.
"""

from __future__ import annotations

from typing import Any

from archive.article.reading.block import reads_like_headline
from archive.article.reading.walk import Spot, Stretch

__all__ = ["find_stories"]

BESIDE = 320
"""Beside its link an item has no more signs: a lead, a date, a section."""

SHORT_WORDS = 3
"""Beside another story's, a headline may have so few words,"""

SHORT_SIGNS = 12
"""or so few signs: *Old bridge closed*."""

DATE = 4
"""A date beside a headline has no more words."""

BLOCKS = 6
"""Nor more blocks."""

_CLIMB = 5
"""How many elements around a link are looked at for one with others beside it."""

_DEEPEST = 8
"""How deep in an item a block stands at most."""


def find_stories(runs: list[Stretch]) -> set[int]:
    """Which blocks of a page belong to a list of stories.

    Args:
        runs: the page's blocks, in order.
    """
    heads = {at for at, run in enumerate(runs) if _leads_elsewhere(run)}
    full = {at for at in heads if reads_like_headline(*_words(runs[at]))}
    if not full or len(heads) < 2:
        return set()
    owned = _owned(heads, runs)
    alone = {place for place, inside in owned.items() if len(full & inside or inside) == 1}
    inside = _contents(alone, runs)
    small = {place.element: place for place in alone if _is_item(inside[place], runs)}
    listed: set[int] = set()
    for place in small.values():
        other = _next(place, small)
        if other is not None and _are_stories(owned[place], owned[other], full, runs):
            listed.update(inside[place], inside[other])
    return listed


def _are_stories(one: set[int], two: set[int], full: set[int], runs: list[Stretch]) -> bool:
    """Whether neighbours lead to different pages, one of them at least by a full headline."""
    return not full.isdisjoint(one | two) and _targets(one, runs) != _targets(two, runs)


def _owned(heads: set[int], runs: list[Stretch]) -> dict[Spot, set[int]]:
    """The places around these headlines, each with those in it."""
    owned: dict[Spot, set[int]] = {}
    for at in heads:
        place: Spot | None = runs[at].place
        for _ in range(_CLIMB):
            if place is None or place.element.tag in ("body", "html"):
                break
            owned.setdefault(place, set()).add(at)
            place = place.around
    return owned


def _contents(items: set[Spot], runs: list[Stretch]) -> dict[Spot, list[int]]:
    """The blocks in each of these places."""
    inside: dict[Spot, list[int]] = {place: [] for place in items}
    for at, run in enumerate(runs):
        place: Spot | None = run.place
        for _ in range(_DEEPEST):
            if place is None:
                break
            if place in inside:
                inside[place].append(at)
            place = place.around
    return inside


def _targets(heads: set[int], runs: list[Stretch]) -> set[str | None]:
    """Where headlines lead: a link that was never ended makes no list of what comes after it."""
    return {link.get("href") for at in heads for link in runs[at].links or ()}


def _words(run: Stretch) -> tuple[str, str]:
    """The words of a block's links on one line, and their tight key."""
    words = " ".join("".join(word for link in (run.links or {}).values() for word in link).split())
    return words, words.replace(" ", "")


def _leads_elsewhere(run: Stretch) -> bool:
    """Whether a block is one link to another page, and perhaps a date; worded as no button is."""
    if run.links is None or len(run.links) > 3 or 10 * run.linked < 7 * len(run.key):
        return False
    words, key = _words(run)
    if not reads_like_headline(words, key, SHORT_WORDS, SHORT_SIGNS):
        return False
    targets = {link.get("href") for link in run.links}
    if len(targets) != 1 or next(iter(targets)).lstrip().startswith("#"):
        return False
    rest = run.text.replace(words, "")
    dated = any(sign.isdecimal() for sign in rest) and len(rest.split()) <= DATE
    return dated or 10 * run.linked >= 9 * len(run.key)


def _is_item(inside: list[int], runs: list[Stretch]) -> bool:
    rest = sum(len(runs[at].key) - runs[at].linked for at in inside)
    return len(inside) <= BLOCKS and rest <= BESIDE


def _next(place: Spot, small: dict[Any, Spot]) -> Spot | None:
    """The item that stands right after one, in an element of the same name."""
    element: Any = place.element.getnext()
    while element is not None and element.tag in ("hr", "br", "script", "style"):
        element = element.getnext()
    if element is None or element.tag != place.element.tag:
        return None
    return small.get(element)
