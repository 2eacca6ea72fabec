"""What happened to a URL from one version to the next: changed, gone, back again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from attrs import frozen

from archive.collection.capture import Capture, Version, identity, says_nothing

__all__ = ["Turn", "trace"]

Kind = Literal["first", "changed", "gone", "failed", "empty", "back"]

_GONE = (404, 410)


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


def trace(versions: Sequence[Version]) -> list[Turn]:
    """How each version of a URL came about.

    Args:
        versions: as `archive.collection.list_versions` gives them.
    """
    captures = [capture for version in versions for capture in version.captures]
    captures.sort(key=lambda capture: (capture.row.date, capture.row.sequence))
    telling = [capture for capture in captures if not says_nothing(capture)]
    numbers: dict[tuple[object, ...], int] = {}
    turns: list[Turn] = []
    for number, version in enumerate(versions, 1):
        first = version.first
        since = _before(first, telling)
        again = numbers.setdefault(identity(first), number)
        turns.append(
            Turn(
                version,
                _kind(first, since, telling),
                since,
                again if again != number else None,
                since is not None and not first.failed and since.final_url != first.final_url,
            )
        )
    return turns


def _before(capture: Capture, captures: Sequence[Capture]) -> Capture | None:
    place = capture.row.date, capture.row.sequence
    earlier = [one for one in captures if (one.row.date, one.row.sequence) < place]
    return earlier[-1] if earlier else None


def _kind(capture: Capture, since: Capture | None, captures: Sequence[Capture]) -> Kind:
    if capture.failed:
        return "gone" if capture.status in _GONE else "failed"
    if capture.words is None:
        return "empty"
    if since is not None and since.words is not None:
        return "changed"
    place = capture.row.date, capture.row.sequence
    seen = any(
        one.words is not None and (one.row.date, one.row.sequence) < place for one in captures
    )
    return "back" if seen else "first"
