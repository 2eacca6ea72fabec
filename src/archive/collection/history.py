"""The versions of a URL, and how each came about: changed, gone, back again."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import Any, Literal

from attrs import frozen

from archive.article import Article
from archive.collection.capture import Capture
from archive.collection.references import place
from archive.display import escape_html

__all__ = ["Turn", "Version", "list_versions", "trace"]

Kind = Literal["first", "changed", "gone", "failed", "empty", "back"]

_GONE = (404, 410)


@frozen
class Version:
    """Consecutive captures of one URL whose article is the same.

    Attempts refused here, before any server was asked, are versions of their own kind and end none.

    Attributes:
        captures: in time order, never empty.
    """

    captures: tuple[Capture, ...]

    @property
    def first(self) -> Capture:
        """The capture that saw it first."""
        return self.captures[0]

    @property
    def last(self) -> Capture:
        """The capture that saw it last."""
        return self.captures[-1]

    @property
    def article(self) -> Article | None:
        """The article they share, None when they have none."""
        return self.first.article

    @property
    def title(self) -> str | None:
        """The title they share."""
        return self.first.title

    def _repr_html_(self) -> str:
        """For notebooks: the title, and when it was seen."""
        first, last = (f"{one.date:%Y-%m-%d %H:%M:%S} UTC" for one in (self.first, self.last))
        told = f"{len(self.captures)} captures, {first} to {last}"
        title = escape_html(self.title or "(no title)")
        return f'<p dir="auto"><b>{title}</b><br>{escape_html(told)}</p>'

    def to_dict(self) -> dict[str, Any]:
        """Its first capture's members, when it was first and last seen, and by which captures."""
        return {
            **self.first.to_dict(),
            "first": self.first.row.date,
            "last": self.last.row.date,
            "captures": len(self.captures),
            "ids": [capture.id for capture in self.captures],
        }


def list_versions(captures: Iterable[Capture]) -> list[Version]:
    """Group captures of one URL, in time order, into versions, in the order they were first seen.

    What was refused here says nothing about the page: of a page seen, refused, and seen again as it
    was, the first and the third capture are one version.
    """
    runs: list[list[Capture]] = []
    seen: list[Capture] = []  # the run of the last capture that says something about the page
    for capture in captures:
        run = runs[-1] if runs and _says_nothing(capture) else seen
        if run and _identity(run[-1]) == _identity(capture):
            run.append(capture)
            continue
        runs.append([capture])
        if not _says_nothing(capture):
            seen = runs[-1]
    return [Version(tuple(run)) for run in runs]


def _says_nothing(capture: Capture) -> bool:
    """Whether the attempt was refused here, and not one byte came from a server."""
    row = capture.row
    return row.reason == "forbidden" and row.status is None and row.entity is None


def _identity(capture: Capture) -> tuple[object, ...]:
    """What makes two captures the same version: their article, or how they failed."""
    row = capture.row
    if row.failed:
        return ("failed", row.reason, row.status)
    return ("article", row.title, row.text) if row.text else ("none", row.status, row.content)


@frozen
class Turn:
    """How a version came about.

    Args:
        version: it.
        kind: ``first`` of the article; ``changed``; ``gone`` (the server says so); ``failed`` for
            any other reason; ``empty`` where the page has no article; ``back`` after one of these.
        since: the last capture before it that says something about the page; None of the first.
        again: the number, from 1, of the earlier version that it is the same as, or None.
        moved: whether it was found at another address than the capture before it.
    """

    version: Version
    kind: Kind
    since: Capture | None
    again: int | None
    moved: bool

    def to_dict(self) -> dict[str, Any]:
        """What ``archive history --json`` prints of it, but for the schema."""
        version = self.version
        return {
            **version.to_dict(),
            "turn": self.kind,
            "since": self.since.id if self.since else None,
            "again": self.again,
        }


def trace(versions: Sequence[Version]) -> list[Turn]:
    """How each version of a URL came about.

    Args:
        versions: as `list_versions` gives them.
    """
    captures = [capture for version in versions for capture in version.captures]
    telling = sorted((one for one in captures if not _says_nothing(one)), key=_place)
    places = list(map(_place, telling))
    seen = next((_place(one) for one in telling if one.words is not None), None)
    numbers: dict[tuple[object, ...], int] = {}
    turns: list[Turn] = []
    for number, version in enumerate(versions, 1):
        first = version.first
        before = bisect_left(places, _place(first))
        since = telling[before - 1] if before else None
        again = numbers.setdefault(_identity(first), number)
        turns.append(
            Turn(
                version,
                _kind(first, since, was_seen=seen is not None and seen < _place(first)),
                since,
                again if again != number else None,
                since is not None and not first.failed and since.final_url != first.final_url,
            )
        )
    return turns


def _place(capture: Capture) -> tuple[str, int]:
    return place(capture.row)


def _kind(capture: Capture, since: Capture | None, *, was_seen: bool) -> Kind:
    if capture.failed:
        return "gone" if capture.status in _GONE else "failed"
    if capture.words is None:
        return "empty"
    if since is not None and since.words is not None:
        return "changed"
    return "back" if was_seen else "first"
