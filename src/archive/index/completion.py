"""Bringing the index up to the files, and, for writers, moving torn tails aside.

A torn tail is what a killed writer leaves: a partial gzip member, zeros, or records without their
envelope. Nothing in it was ever reported as saved. It is copied to ``warc/quarantine/`` and then
cut off; anything that looks like damage instead is left alone and stops the writer.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from attrs import frozen

from archive.digest import sha256
from archive.disk.durable import wrap_error, wrap_read_error
from archive.disk.layout import Layout
from archive.disk.regular import check_regular
from archive.errors import Hint, StorageError
from archive.index.cache import drop_journals
from archive.index.entries import EntryRow, describe_entry
from archive.index.groups import EntryGroup, Group, Tail, read_group, read_groups
from archive.index.queries import Index, IndexedFile
from archive.index.rows import Row, describe
from archive.proof.entry import KINDS
from archive.proof.statement import Warcinfo

__all__ = [
    "Torn",
    "Unread",
    "catch_up",
    "fits",
    "is_current",
    "open_index",
    "rebuild_index",
    "refuse_chains",
]

_BATCH = 500


@frozen
class Torn:
    """A file that does not end with a whole group.

    Attributes:
        tail: what follows its last whole group.
        warcinfo: the file's first record, None when it could not be read.
    """

    path: Path
    tail: Tail
    warcinfo: Warcinfo | None

    def __str__(self) -> str:
        return f"{self.path.name}, byte {self.tail.offset}: {self.tail.message}"


@frozen
class Unread:
    """Something in an intact group that cannot be read: it is a capture or entry all the same.

    Attributes:
        file: the WARC file's name.
        offset: where the group begins.
        message: what it is.
    """

    file: str
    offset: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}, byte {self.offset}: {self.message}"


Note = Callable[[Unread], None]


def _ignore(_: Unread) -> None:
    """Nobody wants to know."""


def is_current(layout: Layout, index: Index) -> bool:
    """Whether the index has read every file to its end.

    Raises:
        StorageError: the index cannot be read, or a file cannot be looked at.
    """
    sizes = {name: file.size for name, file in index.files().items()}
    return sizes == {path.name: _measure(path) for path in layout.files()}


def fits(layout: Layout, index: Index) -> bool:
    """Whether the index is one of these files: its last capture ends them as they were read.

    It has a row for each number of the sequence, too, up to that of the last.

    An index of another state of the collection, such as one before a backup was brought back,
    would have the wrong captures signed as prior. Files that are gone or shorter are for
    `catch_up` to tell.

    Raises:
        StorageError: the index or the file cannot be read.
    """
    last, files = index.last(), index.files()
    if last is not None and (last.file not in files or files[last.file].size != last.end):
        return False
    if last is not None and index.total() != last.sequence + 1:
        return False
    path = layout.warc / last.file if last is not None else layout.warc
    if last is None or not path.exists() or _measure(path) < last.end:
        return True
    try:
        found = read_group(path, last.offset)
    except OSError as error:
        raise wrap_read_error(error, "reading a WARC file", path) from error
    # Where it ends counts too: a row with a later end could hide the captures that come after it.
    return isinstance(found, Group | EntryGroup) and (sha256(found.envelope), found.end) == (
        last.envelope,
        last.end,
    )


def catch_up(layout: Layout, index: Index, note: Note = _ignore) -> list[Torn]:
    """Read what the files hold beyond the index's marks into the index.

    Args:
        layout: where the collection lies.
        index: of it.
        note: told what in an intact group cannot be read.

    Returns:
        The files that do not end with a whole group; their rest is not in the index. An empty
        file is one of them.

    Raises:
        StorageError: a file is gone, or shorter than the index has seen it, or unreadable.
    """
    seen = index.files()
    paths = layout.files()
    missing = set(seen) - {path.name for path in paths}
    if missing:
        raise _lost(layout.warc / sorted(missing)[0], "is gone")
    torn: list[Torn] = []
    for path in paths:
        size = _measure(path)
        known = seen.get(path.name) or IndexedFile(path.name, 0, None)
        if size < known.size:
            raise _lost(path, "is shorter than it was")
        if size == 0:
            torn.append(Torn(path, Tail(0, "file is empty", torn=True), None))
        elif size > known.size:
            torn.extend(_read_on(path, known, size, index, note))
    return torn


def refuse_chains(layout: Layout, index: Index) -> None:
    """Refuse to write where numbers stand twice, as in chains that a later version may have made.

    This version numbers its entries, and finds them in the log, by one sequence.

    Raises:
        StorageError: there are more entries than numbers.
    """
    last = index.last()
    if last is not None and index.total() > last.sequence + 1:
        raise StorageError(
            "entries of several chains, or of a fork, have the same numbers: nothing can be added",
            where=str(layout.warc),
            hint="add with the version that wrote them; reading and verifying go on",
        )


def _measure(path: Path) -> int:
    try:
        found = path.stat()
        check_regular(found.st_mode, path)
        return found.st_size
    except OSError as error:
        raise wrap_read_error(error, "looking at a WARC file", path) from error


def _lost(path: Path, state: str) -> StorageError:
    return StorageError(
        f"a WARC file {state}: captures are missing",
        where=str(path),
        hint=Hint(
            "bring it back, or accept its state with: Collection.reindex()",
            command="bring it back, or accept its state with: archive reindex",
        ),
    )


def _read_on(path: Path, known: IndexedFile, size: int, index: Index, note: Note) -> Iterator[Torn]:
    """Index the groups from a mark on, in batches; give what follows the last good one."""
    warcinfo, end = known.warcinfo, size
    rows: dict[str, Row | EntryRow] = {}

    def find(envelope: str) -> Row | None:
        row = rows.get(envelope)
        return row if isinstance(row, Row) else index.by_envelope(envelope)

    for item in _read_groups(path, known.size):
        if isinstance(item, Warcinfo):
            warcinfo = item
            continue
        if isinstance(item, Tail):
            end = item.offset
            yield Torn(path, item, warcinfo)
            break
        found = _describe(item, path.name, find, note)
        rows[found.envelope] = found
        if len(rows) >= _BATCH:
            index.add(IndexedFile(path.name, found.end, warcinfo), rows.values())
            rows.clear()
    if end:  # a file that is torn from its first byte on is none yet
        index.add(IndexedFile(path.name, end, warcinfo), rows.values())


def _read_groups(path: Path, base: int) -> Iterator[Warcinfo | Group | EntryGroup | Tail]:
    try:
        with open(path, "rb") as file:
            file.seek(base)
            yield from read_groups(file, base=base, where=path.name)
    except OSError as error:
        raise wrap_read_error(error, "reading a WARC file", path) from error


def _describe(
    group: Group | EntryGroup, file: str, find: Callable[[str], Row | None], note: Note
) -> Row | EntryRow:
    """A group's row; what of it cannot be read is noted."""

    def tell(message: str) -> None:
        note(Unread(file, group.offset, message))

    if isinstance(group, Group):
        return describe(group, file, find, tell)
    if group.statement.kind not in KINDS:
        tell(f"a statement that this version does not understand: {group.statement.kind}")
    return describe_entry(group, file, tell)


def open_index(layout: Layout) -> Index:
    """The index for writing; only while the lock is held.

    A missing, damaged or outdated one, or one of other files, is made anew.

    Raises:
        StorageError: it cannot be made, or what it had read of a file is not there any more.
    """
    index = Index.open_writing(layout.index)
    if index is None:
        return rebuild_index(layout)
    marks: dict[str, int] = {}
    try:
        marks = {name: file.size for name, file in index.files().items()}
        if fits(layout, index):
            return index
    except StorageError:
        pass
    index.close()
    return rebuild_index(layout, marks)


def rebuild_index(
    layout: Layout,
    marks: Mapping[str, int] | None = None,
    report: Callable[[str], None] = lambda _: None,
) -> Index:
    """Make the index anew from the files, under another name, then rename it.

    Args:
        layout: where the collection lies.
        marks: how far files have been read once; the new index must get as far.
        report: told in words what could not be read: what is in no row, and tails of files.

    Raises:
        StorageError: it cannot be written, or a file has become shorter or unreadable.
    """
    fresh = layout.index.with_name(layout.index.name + ".new")
    try:
        fresh.unlink(missing_ok=True)
        made = Index.create(fresh)
        try:
            for torn in catch_up(layout, made, lambda unread: report(str(unread))):
                report(str(torn))
            _compare_marks(layout, made, marks or {})
        finally:
            made.close()
        drop_journals(layout.index)
        os.replace(fresh, layout.index)
    except OSError as error:
        raise wrap_error(error, "rebuilding the index", layout.index) from error
    index = Index.open_writing(layout.index)
    if index is None:
        raise StorageError("the index cannot be opened", where=str(layout.index))
    return index


def _compare_marks(layout: Layout, made: Index, marks: Mapping[str, int]) -> None:
    read = made.files()
    for name, size in marks.items():
        if name not in read or read[name].size < size:
            raise _lost(layout.warc / name, "holds less than it did")
