"""Cases, verdicts about them, and the figures that come of it."""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from attrs import Factory, define, frozen

__all__ = ["Case", "Figure", "Measure", "Target", "Verdict", "half_of", "tally"]


def half_of(name: str) -> str:
    """The half that a case of this name is in."""
    return "held" if zlib.crc32(name.encode()) & 1 else "dev"


@frozen(eq=False)
class Case:
    """Something to judge: what the measure needs for it; cases with one key share a process."""

    name: str
    half: str
    data: Any = None
    key: str = ""


@frozen
class Verdict:
    """Whether the program was right about one thing.

    Args:
        figure: which figure it counts in.
        name: of the case.
        half: of the case.
        right: whether it was.
        told: what the program said, for the list of misses.
        weight: how much it counts, and `gained` of how much; whole cases count one.
        gained: see `weight`; None for all or nothing.
    """

    figure: str
    name: str
    half: str
    right: bool
    told: str = ""
    weight: int = 1
    gained: int | None = None


@frozen
class Target:
    """What the issue asks of a figure: a share of at least, or so many misses at most.

    Args:
        title: what is counted, in words.
        share: the least share of right verdicts in per cent, or None.
        misses: the most wrong verdicts, or None.
    """

    title: str
    share: float | None = None
    misses: int | None = None

    def told(self) -> str:
        """The bound in words."""
        if self.share is not None:
            return f"≥ {self.share:g} %"
        return f"≤ {self.misses} wrong" if self.misses is not None else "no target"

    def met(self, right: int, total: int) -> bool:
        """Whether so many of so many are enough."""
        if not total:
            return True
        if self.share is not None:
            return 100 * right / total >= self.share
        return self.misses is None or total - right <= self.misses


@frozen(eq=False)
class Measure:
    """One measure: its cases, how one is judged, and what its figures are to be.

    Args:
        name: as given to ``--only``.
        cases: makes the cases; called in every process, with whether a sample is enough.
        judge: says of one case what was right and wrong.
        targets: the figures by name.
    """

    name: str
    cases: Callable[[bool], Sequence[Case]]
    judge: Callable[[Case], Iterable[Verdict]]
    targets: dict[str, Target]


@define
class Figure:
    """A figure as counted."""

    name: str
    target: Target
    right: Counter[str] = Factory(Counter)
    total: Counter[str] = Factory(Counter)
    misses: list[str] = Factory(list)

    def add(self, verdict: Verdict) -> None:
        """Count a verdict."""
        gained = verdict.gained
        if gained is None:
            gained = verdict.weight if verdict.right else 0
        for half in (verdict.half, "both"):
            self.total[half] += verdict.weight
            self.right[half] += gained
        if not verdict.right:
            self.misses.append(f"[{verdict.half}] {verdict.name}: {verdict.told}")

    def line(self) -> str:
        """The figure, its halves and its target."""
        right, total = self.right["both"], self.total["both"]
        share = f"{100 * right / total:.2f} %" if total else "–"
        halves = ", ".join(
            f"{half} {self.right[half]}/{self.total[half]}"
            for half in ("dev", "held")
            if self.total[half]
        )
        met = "met" if self.target.met(right, total) else "MISSED"
        met = "" if self.target.share is None and self.target.misses is None else f", {met}"
        return (
            f"{self.name}: {self.target.title}: {right} of {total} ({share}; {halves}); "
            f"{self.target.told()}{met}"
        )

    def to_json(self) -> dict[str, Any]:
        """All of it."""
        return {
            "figure": self.name,
            "title": self.target.title,
            "target": self.target.told(),
            "met": self.target.met(self.right["both"], self.total["both"]),
            "right": dict(self.right),
            "total": dict(self.total),
            "misses": self.misses,
        }


def tally(targets: dict[str, Target], verdicts: Iterable[Verdict]) -> list[Figure]:
    """The figures of some verdicts, in the order of their targets."""
    figures = {name: Figure(name, target) for name, target in targets.items()}
    for verdict in sorted(verdicts, key=lambda one: (one.figure, one.name)):
        figures[verdict.figure].add(verdict)
    return list(figures.values())
