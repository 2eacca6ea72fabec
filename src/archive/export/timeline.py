"""The captures of a URL as a drawing: time from left to right, versions as bars, marks on them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from attrs import frozen

from archive.collection import Capture, Turn

__all__ = ["Bar", "Dot", "Timeline", "draw"]

WIDTH = 960
_LEFT, _RIGHT = 40, 920
_MOST_DOTS = 500
_ROOM = 22  # units that a bar's number needs

Shape = Literal["captured", "unchanged", "failed"]


@frozen
class Dot:
    """A capture: where, what came of it, and what is said when one points at it."""

    x: float
    shape: Shape
    label: str


@frozen
class Bar:
    """A version: from its first capture to the last before another; `number` from 1."""

    x: float
    width: float
    number: int
    is_failed: bool
    has_room: bool
    is_odd: bool


@frozen
class Timeline:
    """A drawing `WIDTH` units wide.

    Args:
        bars: the versions.
        dots: the captures, thinned out where there are very many.
        ticks: places with a date.
        omitted: captures that are not drawn.
    """

    bars: tuple[Bar, ...]
    dots: tuple[Dot, ...]
    ticks: tuple[tuple[float, str], ...]
    omitted: int
    width: int = WIDTH


def draw(turns: Sequence[Turn]) -> Timeline:
    """The drawing of a history; `turns` is never empty."""
    captures = sorted(
        (capture for turn in turns for capture in turn.version.captures),
        key=lambda capture: capture.row.date,
    )
    first, last = captures[0].date, captures[-1].date
    step = -(-len(captures) // _MOST_DOTS)
    dots = [_dot(capture, first, last) for capture in captures[::step]]
    return Timeline(
        tuple(_bars(turns, first, last)),
        tuple(dots),
        tuple(_ticks(first, last)),
        len(captures) - len(dots),
    )


def _place(moment: datetime, first: datetime, last: datetime) -> float:
    whole = (last - first).total_seconds()
    share = (moment - first).total_seconds() / whole if whole else 0.5
    return round(_LEFT + share * (_RIGHT - _LEFT), 1)


def _dot(capture: Capture, first: datetime, last: datetime) -> Dot:
    told = capture.reason or capture.outcome
    label = f"{capture.date:%Y-%m-%d %H:%M} UTC: {told}"
    shape: Shape = "captured" if capture.outcome == "captured" else "unchanged"
    return Dot(_place(capture.date, first, last), "failed" if capture.failed else shape, label)


def _bars(turns: Sequence[Turn], first: datetime, last: datetime) -> list[Bar]:
    bars = []
    ordered = sorted(enumerate(turns, 1), key=lambda one: one[1].version.first.row.date)
    for place, (number, turn) in enumerate(ordered):
        start = _place(turn.version.first.date, first, last)
        end = _place(turn.version.last.date, first, last)
        following = ordered[place + 1][1].version.first if place + 1 < len(ordered) else None
        room = (_place(following.date, first, last) if following else _RIGHT + _LEFT) - start
        failed = turn.version.first.failed
        bars.append(Bar(start, max(end - start, 0), number, failed, room >= _ROOM, number % 2 == 1))
    return bars


def _ticks(first: datetime, last: datetime) -> list[tuple[float, str]]:
    if first == last:
        return [(_place(first, first, last), f"{first:%Y-%m-%d %H:%M}")]
    style = "%Y-%m-%d" if (last - first).days >= 4 else "%m-%d %H:%M:%S"
    moments = [first + (last - first) * part / 4 for part in range(5)]
    return [(_place(moment, first, last), format(moment, style)) for moment in moments]
