"""Between which moments captures were made, by trusted time stamps (check 10).

A capture whose chain of ``prior`` commits to the entry of a time stamp was made after its token;
one that a stamped checkpoint holds, before it. What a capture says of its own date is held against
both bounds, rounded outwards by the token's accuracy. The date is that of the attempt's beginning,
and attempts may be slow and run beside each other, so that a day is allowed for; what contradicts a
trusted token by more than that is a failure.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import TypeAlias

from attrs import frozen

from archive.verification.place import Place
from archive.verification.tally import Tally

__all__ = ["ALLOWANCE", "Bound", "Dates"]

ALLOWANCE = timedelta(days=1)
"""So much a capture's own date may lie outside: slow attempts begin long before they are signed."""

_LOG = Place("log")
Steps: TypeAlias = tuple[list[int], list[float]]


@frozen
class Bound:
    """What a trusted time stamp says of the entries around it.

    Attributes:
        time: the token's, UTC.
        accuracy: how far off it may be.
        entries: the first so many entries were there before it.
        logged: the entry that names the token, behind which entries were made after it; None where
            no entry does.
    """

    time: datetime
    accuracy: timedelta
    entries: int
    logged: int | None


class Dates:
    """The dates that captures say of themselves, by their places in the log."""

    def __init__(self) -> None:
        self._indices = array("Q")
        self._dates = array("d")

    def take(self, index: int, date: str) -> None:
        """Take the next capture.

        Args:
            index: its place in the log.
            date: what its statement says, ISO 8601 in UTC.
        """
        self._indices.append(index)
        self._dates.append(datetime.fromisoformat(date).timestamp())

    def judge(self, bounds: Sequence[Bound], tally: Tally) -> None:
        """Hold every date against the latest bound before it and the earliest behind it.

        Args:
            bounds: of trusted time stamps that hold.
            tally: takes findings.
        """
        lower = _climb((one.logged, _round(one, -1)) for one in bounds if one.logged is not None)
        upper = _climb((-one.entries, -_round(one, 1)) for one in bounds)
        for index, date in zip(self._indices, self._dates, strict=True):
            after = _find(lower, index - 1)
            before = _find(upper, -index - 1)
            if after is not None and date < after:
                tally.fail("timestamp", _tell(index, date, "before", after, "it stands on"), _LOG)
            elif before is not None and date > -before:
                tally.fail("timestamp", _tell(index, date, "after", -before, "is over it"), _LOG)


def _round(bound: Bound, way: int) -> float:
    """A bound in seconds, outwards: earlier (-1) or later (1) by accuracy and allowance."""
    return (bound.time + way * (bound.accuracy + ALLOWANCE)).timestamp()


def _climb(steps: Iterable[tuple[int, float]]) -> Steps:
    """Places in order, each with the largest value up to it."""
    places: list[int] = []
    values: list[float] = []
    for place, value in sorted(steps):
        places.append(place)
        values.append(max(value, values[-1]) if values else value)
    return places, values


def _find(steps: Steps, place: int) -> float | None:
    """The largest value at a place or before it."""
    at = bisect_right(steps[0], place)
    return steps[1][at - 1] if at else None


def _tell(index: int, date: float, way: str, bound: float, which: str) -> str:
    far = abs(date - bound) + ALLOWANCE.total_seconds()
    said = f"{datetime.fromtimestamp(date, UTC):%Y-%m-%d}"
    return (
        f"entry {index}, a capture, says {said}: {far / 86400:.0f} days {way} the trusted time"
        f" stamp that {which}"
    )
