"""Reading a collection: never a write, no lock needed, no index needed, read-only media will do."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from archive.digest import sha256
from archive.disk.layout import Layout, read_settings
from archive.errors import VERIFY, InputError, StorageError
from archive.index.completion import Torn, catch_up, fits, is_current
from archive.index.entries import EntryRow
from archive.index.groups import EntryGroup, Group, Tail, read_group
from archive.index.queries import Index
from archive.index.rows import Row
from archive.proof.statement import Warcinfo

__all__ = ["Reading"]

_T = TypeVar("_T")
_MOVED = "the capture does not stand where it did"


class Reading:
    """Rows and groups of one collection, as its files stand now.

    An index that is missing, behind or damaged is completed or made anew in memory; the one on disk
    stays as it is.

    Args:
        layout: where the collection lies.
    """

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._index: Index | None = None
        self._iterated: list[Index] = []  # one a listing at work; not closed under it
        self._state: dict[str, tuple[int, int]] = {}
        self._is_damaged = False  # the index on disk, as a query has shown
        self.torn: tuple[Torn, ...] = ()
        """Files that do not end with a whole group, as of the last `index`."""

    def ask(self, query: Callable[[Index], _T]) -> _T:
        """What an index that is up to date with the files answers.

        Raises:
            StorageError: the files cannot be read; and whatever the query raises.
        """
        try:
            return query(self._refresh())
        except StorageError:
            if self._is_damaged:
                raise
        return query(self.distrust())

    def __reduce__(self) -> tuple[Any, ...]:
        return _reopen, (self._layout.root, read_settings(self._layout).origin)

    def rows(self, *, after: Row | None = None, stored: bool = False) -> Iterator[Row]:
        """Every capture there is now, oldest first; what is added meanwhile is not among them.

        Args:
            after: the capture behind which to begin.
            stored: in the order in which they were stored, not by date.

        Raises:
            StorageError: the files cannot be read.
        """
        given = 0
        try:
            with self._iterate() as index:
                for row in index.all(after=after, stored=stored):
                    given += 1
                    yield row
            return
        except StorageError:
            if self._is_damaged:
                raise
        self.distrust()
        with self._iterate() as index:
            yield from islice(index.all(after=after, stored=stored), given, None)

    @contextmanager
    def _iterate(self) -> Iterator[Index]:
        """The index, which stays open for as long as somebody is at it."""
        index = self._refresh()
        self._iterated.append(index)
        try:
            yield index
        finally:
            self._iterated.remove(index)
            if index is not self._index and index not in self._iterated:
                index.close()

    def _refresh(self) -> Index:
        """The index, opened anew when the files have changed."""
        state = self._look()
        if self._index is None or state != self._state:
            self.close()
            self._index = self._open()
            self._state = state
        return self._index

    def distrust(self) -> Index:
        """An index made from the files alone, from now on: the one on disk is damaged."""
        self._is_damaged = True
        self.close()
        return self._refresh()

    @property
    def is_indexed(self) -> bool:
        """Whether the index on disk is up to date; none is needed while there are no files."""
        index = Index.open_reading(self._layout.index)
        if index is None:
            return not self._layout.index.exists() and not self._layout.files()
        try:
            return is_current(self._layout, index) and fits(self._layout, index)
        except (InputError, StorageError):
            return False
        finally:
            index.close()

    def read(self, row: Row) -> Group:
        """A capture's group with all its blocks, compared with what its statement says of them.

        The signature is not checked here; that is verification's work.

        Raises:
            InputError: it does not stand where the index says, or is not what was signed.
        """
        found = self._read_at(row)
        if not isinstance(found, Group):
            raise self._refuse(row, _MOVED)
        return found

    def read_entry(self, row: EntryRow) -> EntryGroup:
        """An entry's group, as `read`."""
        found = self._read_at(row)
        if not isinstance(found, EntryGroup):
            raise self._refuse(row, _MOVED)
        return found

    def read_small(self, row: Row | EntryRow) -> Group | EntryGroup:
        """A group with its small blocks only: enough for what its envelope says.

        Raises:
            InputError: it does not stand where the index says.
        """
        found = self._find_group(row)
        if not isinstance(found, Group | EntryGroup) or sha256(found.envelope) != row.envelope:
            raise self._refuse(row, "the entry does not stand where it did")
        return found

    def read_envelope(self, sequence: int) -> bytes:
        """The envelope with a number, as it stands in the WARC files.

        Raises:
            InputError: it is not there.
        """
        row = self.ask(lambda index: index.at(sequence))
        if row is None:
            raise InputError(f"entry {sequence} is not in the files", hint=VERIFY)
        return self.read_small(row).envelope

    def texts_of(self, envelope: str) -> list[EntryRow]:
        """The texts extracted later of a capture, by its envelope's SHA-256, oldest first."""
        found = self.ask(lambda index: index.entries_about(envelope))
        return [row for row in found if row.kind == "text"]

    def _read_at(self, row: Row | EntryRow) -> Group | EntryGroup:
        found = self._find_group(row, everything=True)
        if not isinstance(found, Group | EntryGroup):
            raise self._refuse(row, _MOVED)
        if not found.records[-1].id.endswith(row.id):
            raise self._refuse(row, _MOVED)
        if sha256(found.envelope) != row.envelope or not _is_as_stated(found):
            raise self._refuse(row, "what stands there is not what was signed")
        return found

    def _find_group(
        self, row: Row | EntryRow, *, everything: bool = False
    ) -> Warcinfo | Group | EntryGroup | Tail | None:
        """What stands in a row's file where the row says."""
        path = self._layout.file(row.file)
        try:
            return read_group(path, row.offset, everything=everything)
        except OSError as error:
            place = f"{path}, byte {row.offset}"
            raise InputError(f"unreadable: {error.strerror}", where=place) from None

    def _refuse(self, row: Row | EntryRow, message: str) -> InputError:
        place = f"{self._layout.warc / row.file}, byte {row.offset}"
        return InputError(message, where=place, hint=VERIFY)

    def find(self, name: str) -> Row | None:
        """The row of an envelope's SHA-256, or of a full response's ``urn:uuid:…``."""
        if name.startswith("urn:"):
            return self.ask(lambda index: index.by_response(name))
        return self.ask(lambda index: index.by_envelope(name))

    def close(self) -> None:
        """Give the index back."""
        if self._index is not None and self._index not in self._iterated:
            self._index.close()
        self._index = None

    def _look(self) -> dict[str, tuple[int, int]]:
        """Length and time of last change of every file."""
        found: dict[str, tuple[int, int]] = {}
        for path in self._layout.files():
            with suppress(FileNotFoundError):  # taken back by a writer since it was listed
                stat = path.stat()
                found[path.name] = (stat.st_size, stat.st_mtime_ns)
        return found

    def _open(self) -> Index:
        """The index on disk if it is up to date, else one in memory, based on it if possible."""
        self.torn = ()
        kept = None if self._is_damaged else Index.open_reading(self._layout.index)
        if kept is not None:
            try:
                if fits(self._layout, kept):
                    return self._complete(kept)
            except StorageError:
                # A file is gone or shorter: what is left is all there is to show.
                pass
            kept.close()
        return self._read_all(Index.create(None))

    def _complete(self, kept: Index) -> Index:
        if is_current(self._layout, kept):
            return kept
        copy = kept.copy_to_memory()
        self._read_all(copy)
        kept.close()
        return copy

    def _read_all(self, index: Index) -> Index:
        self.torn = tuple(catch_up(self._layout, index))
        return index


def _reopen(root: Path, origin: str) -> Reading:
    """What a pickled one becomes: the same collection, opened to be read.

    Raises:
        NoCollectionError: there is none any more.
        InputError: another one lies there.
    """
    layout = Layout(root)
    found = read_settings(layout).origin
    if found != origin:
        raise InputError(f"another collection lies there: {found}, not {origin}", where=str(root))
    return Reading(layout)


def _is_as_stated(group: Group | EntryGroup) -> bool:
    """Whether every header and block has the digests that the group's statement names."""
    named = zip(group.statement.records, group.records, strict=False)  # the envelope is not named
    return all(
        sha256(record.head) == item.header and sha256(group.blocks[item.id]) == item.block
        for item, record in named
    )
