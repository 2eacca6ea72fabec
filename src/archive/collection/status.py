"""What a collection holds and how it stands."""

from __future__ import annotations

from typing import Any

from attrs import asdict, frozen

from archive.disk.layout import CollectionSettings, Layout
from archive.disk.lock import is_locked
from archive.index.completion import Torn
from archive.index.queries import Index
from archive.index.reading import Reading

__all__ = ["Status", "look"]


@frozen
class Status:
    """What a collection holds.

    Attributes:
        origin: the name of its log.
        key: fingerprint of the key that signs.
        files: (name, bytes) of each WARC file.
        captures: how many.
        indexed: whether the index on disk is up to date.
        writing: whether a writer holds the lock now.
        torn: files that do not end with a whole capture, in words.
        quarantined: names of torn tails that were moved aside.
    """

    origin: str
    key: str
    files: tuple[tuple[str, int], ...]
    captures: int
    indexed: bool
    writing: bool
    torn: tuple[str, ...]
    quarantined: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """Its members."""
        return asdict(self)


def look(layout: Layout, settings: CollectionSettings, reading: Reading) -> Status:
    """What a collection holds, without changing anything."""
    aside = sorted(layout.quarantine.glob("*")) if layout.quarantine.is_dir() else []
    captures, writing, torn = _count(layout, reading)
    return Status(
        origin=settings.origin,
        key=settings.key,
        files=tuple((path.name, path.stat().st_size) for path in layout.files()),
        captures=captures,
        indexed=reading.is_indexed,
        writing=writing,
        torn=tuple(map(str, torn)),
        quarantined=tuple(path.name for path in aside),
    )


def _count(layout: Layout, reading: Reading) -> tuple[int, bool, tuple[Torn, ...]]:
    """How many captures, whether a writer is at work, and, if none is, what is torn."""
    for _ in range(2):  # what seemed torn may have been a commit that has ended since
        captures = reading.ask(Index.count)
        torn = reading.torn
        writing = is_locked(layout.lock)
        if writing or not torn:
            break
    return captures, writing, () if writing else torn
