"""Elements that stand in an article and are none of it, by their form: boxes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive.article.reading.walk import Spot, Stretch, Walk, is_in

if TYPE_CHECKING:
    from lxml.html import HtmlElement

__all__ = ["find_boxes", "find_sign_ups"]

BLOCKS = 6
"""A box that asks for an address has no more blocks."""

SIGNS = 400
"""Nor more signs."""


def find_boxes(runs: list[Stretch]) -> tuple[dict[int, int], list[int]]:
    """Where elements with several blocks begin and end.

    Args:
        runs: the page's blocks, in order.

    Returns:
        For each block that begins an element with others the first block after that element; and
        for each block the first one in the element around its own.
    """
    first: dict[Spot, int] = {}
    for at, run in enumerate(runs):
        place: Spot | None = run.place.block
        while place is not None and place not in first:
            first[place] = at
            place = place.around
    last: dict[Spot, int] = {}
    for at in reversed(range(len(runs))):
        place = runs[at].place.block
        while place is not None and place not in last:
            last[place] = at
            place = place.around
    found: dict[int, int] = {}
    for place, at in first.items():
        end = last[place] + 1
        if end > at + 1 and (at not in found or end < found[at]):
            found[at] = end
    groups = [first.get(run.place.block.around or run.place, 0) for run in runs]
    return found, groups


def find_sign_ups(root: HtmlElement, found: Walk) -> set[int]:
    """The blocks of small boxes with a form that asks for an address of mail.

    Args:
        root: the page's tree.
        found: its blocks.
    """
    listed: set[int] = set()
    for form in root.iter("form"):
        if not any(_asks(field) for field in form.iter("input")):
            continue
        box = form.getparent()
        place = found.places.get(box) if box is not None else None
        if place is None or place.block is not place:
            continue
        inside = [at for at, run in enumerate(found.runs) if is_in(run.place, place)]
        size = sum(len(found.runs[at].key) for at in inside)
        if len(inside) <= BLOCKS and size <= SIGNS:
            listed.update(inside)
    return listed


def _asks(field: object) -> bool:
    """Whether a field of a form asks for an address of mail."""
    get = field.get  # type: ignore[attr-defined]
    name = f"{get('type')} {get('name')} {get('autocomplete')}".lower()
    return "mail" in name
