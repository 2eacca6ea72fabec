"""Bringing the index up to the files, and, for writers, moving torn tails aside.

A torn tail is what a killed writer leaves: a partial gzip member, zeros, or records without their
envelope. Nothing in it was ever reported as saved. It is copied to ``warc/quarantine/`` and then
cut off; anything that looks like damage instead is left alone and stops the writer.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from io import BytesIO
from pathlib import Path

from attrs import frozen

from archive.errors import DocumentError, StorageError
from archive.proof.statement import Warcinfo
from archive.store.durable import create_file, make_folder, sync_file, wrap_error
from archive.store.groups import Group, Tail, holds_envelope, read_groups
from archive.store.index import Index, IndexedFile
from archive.store.layout import Layout
from archive.store.rows import Row, describe

__all__ = ["Torn", "catch_up", "is_current", "open_index", "quarantine", "rebuild_index"]

_BATCH = 500
_TAIL_LIMIT = 1 << 28


@frozen
class Torn:
    """A file that does not end with a whole group."""

    path: Path
    tail: Tail


def is_current(layout: Layout, index: Index) -> bool:
    """Whether the index has read every file to its end."""
    return {path.name: path.stat().st_size for path in layout.files()} == {
        name: file.size for name, file in index.files().items()
    }


def catch_up(layout: Layout, index: Index) -> list[Torn]:
    """Read what the files hold beyond the index's marks into the index.

    Returns:
        The files that do not end with a whole group; their rest is not in the index.

    Raises:
        StorageError: a file is gone, or shorter than the index has seen it.
    """
    seen = index.files()
    paths = layout.files()
    missing = set(seen) - {path.name for path in paths}
    if missing:
        raise _lost(layout.warc / sorted(missing)[0], "is gone")
    torn: list[Torn] = []
    for path in paths:
        size = path.stat().st_size
        known = seen.get(path.name) or IndexedFile(path.name, 0, None)
        if size < known.size:
            raise _lost(path, "is shorter than it was")
        if size > known.size:
            torn.extend(_read_on(path, known, size, index))
    return torn


def _lost(path: Path, state: str) -> StorageError:
    return StorageError(
        f"a WARC file {state}: captures are missing",
        where=str(path),
        hint="bring it back, or accept its state with: archive reindex",
    )


def _read_on(path: Path, known: IndexedFile, size: int, index: Index) -> Iterator[Torn]:
    """Index the groups from a mark on, in batches; give what follows the last good one."""
    warcinfo, end = known.warcinfo, size
    rows: dict[str, Row] = {}

    def find(envelope: str) -> Row | None:
        return rows.get(envelope) or index.by_envelope(envelope)

    with open(path, "rb") as file:
        file.seek(known.size)
        for item in read_groups(file, base=known.size, where=path.name):
            if isinstance(item, Warcinfo):
                warcinfo = item
                continue
            found = _describe(item, path, find) if isinstance(item, Group) else item
            if isinstance(found, Tail):
                end = found.offset
                yield Torn(path, found)
                break
            rows[found.envelope] = found
            if len(rows) >= _BATCH:
                index.add(IndexedFile(path.name, found.end, warcinfo), rows.values())
                rows.clear()
    index.add(IndexedFile(path.name, end, warcinfo), rows.values())


def _describe(group: Group, path: Path, find: Callable[[str], Row | None]) -> Row | Tail:
    """A group's row; a group whose records make no sense ends the reading of its file."""
    try:
        return describe(group, path.name, find)
    except DocumentError as error:
        return Tail(group.offset, error.message, torn=False)


def quarantine(layout: Layout, torn: Torn) -> Path:
    """Move a torn tail aside and cut it off its file; only while the lock is held.

    Returns:
        The file it was moved to.

    Raises:
        StorageError: it is damage and no torn tail, or the disk failed.
    """
    path, tail = torn.path, torn.tail
    try:
        with open(path, "r+b") as file:
            file.seek(tail.offset)
            data = file.read(_TAIL_LIMIT + 1)
            if not _is_torn(tail, data):
                raise StorageError(
                    f"the file is damaged: {tail.message}",
                    where=f"{path}, byte {tail.offset}",
                    hint="bring it back from a copy; archive verify says what is left",
                )
            aside = _keep(layout, f"{path.name}.{tail.offset}.torn", data)
            file.truncate(tail.offset)
            sync_file(file, path)
        if tail.offset == 0:
            path.unlink()
    except OSError as error:
        raise wrap_error(error, "moving a torn tail aside", path) from error
    return aside


def _is_torn(tail: Tail, data: bytes) -> bool:
    """Whether a tail ends too early, or in the zeros that a disk leaves after a power cut."""
    if len(data) > _TAIL_LIMIT or holds_envelope(data):
        return False
    if tail.torn:
        return True
    written = data.rstrip(b"\0")
    if not written:
        return True
    *_, last = read_groups(BytesIO(written), base=0, where="tail")
    return isinstance(last, Tail) and last.torn


def _keep(layout: Layout, name: str, data: bytes) -> Path:
    """Write the quarantined bytes, beside what stands there already."""
    make_folder(layout.quarantine)
    names = (name, *(f"{name}.{number}" for number in range(1, 1000)))
    for path in (layout.quarantine / candidate for candidate in names):
        with suppress(FileExistsError):
            create_file(path, data)
            return path
    raise StorageError("too many quarantined tails of one name", where=str(layout.quarantine))


def open_index(layout: Layout) -> Index:
    """The index for writing; a missing, damaged or outdated one is made anew."""
    return Index.open_writing(layout.index) or rebuild_index(layout)


def rebuild_index(layout: Layout) -> Index:
    """Make the index anew from the files, under another name, then rename it."""
    fresh = layout.index.with_name(layout.index.name + ".new")
    try:
        fresh.unlink(missing_ok=True)
        made = Index.create(fresh)
        catch_up(layout, made)
        made.close()
        os.replace(fresh, layout.index)
    except OSError as error:
        raise wrap_error(error, "rebuilding the index", layout.index) from error
    index = Index.open_writing(layout.index)
    if index is None:
        raise StorageError("the index cannot be opened", where=str(layout.index))
    return index
