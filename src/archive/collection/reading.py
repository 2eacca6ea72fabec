"""Reading a collection: never a write, no lock needed, no index needed, read-only media will do."""

from __future__ import annotations

from archive.errors import InputError, StorageError
from archive.store.groups import Group, read_groups
from archive.store.index import Index
from archive.store.layout import Layout
from archive.store.recovery import Torn, catch_up, is_current
from archive.store.rows import Row

__all__ = ["Reading"]


class Reading:
    """Rows and groups of one collection, as its files stand now.

    An index that is missing or behind is completed in memory; the one on disk stays as it is.

    Args:
        layout: where the collection lies.
    """

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._index: Index | None = None
        self._state: dict[str, tuple[int, int]] = {}
        self.torn: tuple[Torn, ...] = ()
        """Files that do not end with a whole group, as of the last `index`."""

    @property
    def index(self) -> Index:
        """An index that is up to date with the files."""
        state = self._look()
        if self._index is None or state != self._state:
            self.close()
            self._index = self._open()
            self._state = state
        return self._index

    @property
    def is_indexed(self) -> bool:
        """Whether the index on disk is up to date."""
        index = Index.open_reading(self._layout.index)
        if index is None:
            return False
        try:
            return is_current(self._layout, index)
        finally:
            index.close()

    def read(self, row: Row) -> Group:
        """A capture's group with all its blocks.

        Raises:
            InputError: it does not stand where the index says.
        """
        path = self._layout.warc / row.file
        place = f"{path}, byte {row.offset}"
        try:
            with open(path, "rb") as file:
                file.seek(row.offset)
                found = next(
                    read_groups(file, base=row.offset, where=row.file, everything=True), None
                )
        except OSError as error:
            raise InputError(f"unreadable: {error.strerror}", where=place) from None
        if not isinstance(found, Group) or not found.records[-1].id.endswith(row.id):
            hint = "see: archive verify"
            raise InputError("the capture does not stand where it did", where=place, hint=hint)
        return found

    def find(self, name: str) -> Row | None:
        """The row of an envelope's SHA-256, or of a full response's ``urn:uuid:…``."""
        index = self.index
        return index.by_response(name) if name.startswith("urn:") else index.by_envelope(name)

    def close(self) -> None:
        """Give the index back."""
        if self._index is not None:
            self._index.close()
            self._index = None

    def _look(self) -> dict[str, tuple[int, int]]:
        """Length and time of last change of every file."""
        stats = {path.name: path.stat() for path in self._layout.files()}
        return {name: (stat.st_size, stat.st_mtime_ns) for name, stat in stats.items()}

    def _open(self) -> Index:
        """The index on disk if it is up to date, else one in memory, based on it if possible."""
        self.torn = ()
        index = Index.open_reading(self._layout.index)
        if index is None:
            return self._read_all(Index.create(None))
        if is_current(self._layout, index):
            return index
        copy = index.copy_to_memory()
        index.close()
        try:
            return self._read_all(copy)
        except StorageError:
            # A file is gone or shorter: what is left is all there is to show.
            copy.close()
            return self._read_all(Index.create(None))

    def _read_all(self, index: Index) -> Index:
        self.torn = tuple(catch_up(self._layout, index))
        return index
