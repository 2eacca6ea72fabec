"""Elements that say that they stand apart, and whether what is in them does.

Asides, feet, and elements whose class or id speaks of comments or other stories hold a part of the
article as often as something else. What is in them decides: controls, links that stand alone, and
what comments have besides their words. A class or an id without any of these says nothing.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from attrs import define

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from archive.article.reading.walk import Spot, Stretch, Walk

__all__ = ["NAMED", "find_apart"]

NAMED = frozenset({"comments", "teaser"})
"""What classes and ids tell of."""

LEAD = 320
"""Beside each link that stands alone an element of other stories has no more signs."""

SHORT = 30
"""A line of no more signs that has a digit is a date or a count,"""

DATES = 2
"""and an element of comments has so many of them, where it has no link and no control."""

_CONTROLS = ("form", "input", "button", "select")
_OWNED = re.compile(r"[©℗]|\(c\) ", re.IGNORECASE)


@define
class _Inside:
    """What stands in an element.

    Args:
        signs: of all blocks, white space aside.
        linked: how many of them stand in links.
        alone: blocks that are nothing but links to other pages.
        dated: short blocks with a digit.
        asks: whether there is a control in it.
        owned: whether it says whose the page is.
    """

    signs: int = 0
    linked: int = 0
    alone: int = 0
    dated: int = 0
    asks: bool = False
    owned: bool = False

    def add(self, run: Stretch) -> None:
        """Count a block."""
        self.signs += len(run.key)
        self.linked += run.linked
        self.alone += _is_link(run)
        self.dated += len(run.key) <= SHORT and any(map(str.isdecimal, run.key))
        self.owned |= _OWNED.search(run.text) is not None

    def take(self, other: _Inside) -> None:
        """Count what stands in an element in it."""
        self.signs += other.signs
        self.linked += other.linked
        self.alone += other.alone
        self.dated += other.dated
        self.asks |= other.asks
        self.owned |= other.owned

    def is_apart(self, kind: str) -> bool:
        """Whether an element of a kind that has this in it stands apart."""
        if self.asks or 2 * self.linked >= self.signs:
            return True
        if kind == "comments":
            return self.alone > 0 or self.dated >= DATES
        if kind == "footer" and self.owned:
            return True
        return self.alone > 0 and self.signs - self.linked <= LEAD * self.alone


def find_apart(root: HtmlElement, found: Walk) -> set[Spot]:
    """The elements that tell of another region and hold what is not the article's.

    Args:
        root: the page's tree.
        found: its blocks.
    """
    inside: dict[Spot, _Inside] = {}
    for run in found.runs:
        if run.place.told:
            place, kind = run.place.told[-1]
            known = inside.setdefault(place, _Inside())
            known.add(run)
            known.asks |= kind == "control"
    for element in root.iter(*_CONTROLS):
        near = found.near(element)
        if near is not None and near.told:
            inside.setdefault(near.told[-1][0], _Inside()).asks = True
    for place in _inner_first(inside):
        if len(place.told) > 1:
            inside[place.told[-2][0]].take(inside[place])
    return {place for place, what in inside.items() if what.is_apart(place.told[-1][1])}


def _inner_first(inside: dict[Spot, _Inside]) -> list[Spot]:
    """These elements and those that tell around them, each after all that are in it."""
    for place in list(inside):
        for around, _ in reversed(place.told[:-1]):
            if around in inside:
                break
            inside[around] = _Inside()
    return sorted(inside, key=lambda place: -len(place.told))


def _is_link(run: Stretch) -> bool:
    if run.links is None or 10 * run.linked < 9 * len(run.key):
        return False
    return not all(link.get("href").lstrip().startswith("#") for link in run.links)
