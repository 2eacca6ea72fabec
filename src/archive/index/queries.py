"""The index: a SQLite cache over the WARC files, rebuilt whenever it is missing or behind.

It holds a row a capture and, for every file, how far it has been read. It is never trust, and
losing it loses nothing. Every line carries a checksum over its values, because what a writer looks
up here is signed: a line that fails it, or a database that SQLite refuses, is a `StorageError`.

No query is left half read: a reader that pauses must not hold off a writer.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, TypeVar

import attrs

from archive.errors import LIST, REINDEX, NotFoundError, StorageError, UsageError
from archive.index.entries import EntryRow
from archive.index.lines import seal
from archive.index.rows import Row
from archive.index.schema import CAPTURES, ENTRIES, FAILURES, is_ours, make_tables, wrap_errors
from archive.proof.statement import Warcinfo
from archive.url import redact

__all__ = ["Index", "IndexedFile"]

_T = TypeVar("_T")
_PAGE = 500


@attrs.frozen
class IndexedFile:
    """A WARC file as far as the index has read it: name, bytes, and its warcinfo if any."""

    name: str
    size: int
    warcinfo: Warcinfo | None


class Index:
    """Rows of captures, by what one looks them up with.

    Args:
        connection: an open database; see `create`, `open_writing`, `open_reading`.
        path: the file it lies in, None in memory.

    Raises:
        StorageError: from every method: the database cannot be read or written, or is damaged.
    """

    def __init__(self, connection: sqlite3.Connection, path: Path | None = None) -> None:
        self._connection = connection
        self._path = path
        self._inode = _find_inode(path)

    @classmethod
    def create(cls, path: Path | None) -> Index:
        """A new, empty index in a file that is not there yet, or in memory."""
        with wrap_errors(path):
            connection = sqlite3.connect(path or ":memory:", check_same_thread=False)
            make_tables(connection)
        return cls(connection, path)

    @classmethod
    def open_writing(cls, path: Path) -> Index | None:
        """Open an index to bring it up to date; None when it is missing, damaged or of old."""
        if not path.is_file():  # a pipe would be waited on for ever
            return None
        return cls._open(path, str(path))

    @classmethod
    def open_reading(cls, path: Path) -> Index | None:
        """Open an index without ever writing to it; None as `open_writing`."""
        if not path.is_file():
            return None
        return cls._open(path, f"{path.resolve().as_uri()}?mode=ro")

    @classmethod
    def _open(cls, path: Path, name: str) -> Index | None:
        uri = name.startswith("file:")
        try:
            connection = sqlite3.connect(name, uri=uri, timeout=30, check_same_thread=False)
        except sqlite3.Error:
            return None
        try:
            ours = is_ours(connection)
        except FAILURES:
            ours = False
        if not ours:
            connection.close()
            return None
        return cls(connection, path)

    @property
    def stands(self) -> bool:
        """Whether its file is still the one that was opened, not deleted or replaced since."""
        return _find_inode(self._path) == self._inode

    def copy_to_memory(self) -> Index:
        """The same index in memory, where it can be brought up to date without touching disk."""
        connection = sqlite3.connect(":memory:", check_same_thread=False)
        with wrap_errors(self._path):
            self._connection.backup(connection)
        return Index(connection)

    def close(self) -> None:
        """Give the database back."""
        self._connection.close()

    def files(self) -> dict[str, IndexedFile]:
        """What has been read of each file, by name."""
        found = {}
        for line in self._fetch("SELECT name, size, id, header, block, checksum FROM file"):
            name, size, *info = self._unseal(line)
            texts = [name, *info] if info[0] is not None else [name]
            if not isinstance(size, int) or not all(isinstance(text, str) for text in texts):
                raise self._damaged()
            found[name] = IndexedFile(name, size, None if info[0] is None else Warcinfo(*info))
        return found

    def add(self, file: IndexedFile, rows: Iterable[Row | EntryRow]) -> None:
        """Add rows and move the file's mark, in one transaction."""
        captures, entries = [], []
        for row in rows:
            if isinstance(row, Row):
                captures.append(CAPTURES.seal(row))
            else:
                entries.append(ENTRIES.seal(row))
        info = file.warcinfo
        named = (info.id, info.header, info.block) if info else (None, None, None)
        mark = seal((file.name, file.size, *named))
        with wrap_errors(self._path), self._connection:
            self._connection.executemany(CAPTURES.insert, captures)
            self._connection.executemany(ENTRIES.insert, entries)
            self._connection.execute("INSERT OR REPLACE INTO file VALUES (?, ?, ?, ?, ?, ?)", mark)

    @contextmanager
    def hold(self) -> Iterator[None]:
        """Look-ups inside share one lock of the database's file; `add` ends it."""
        with wrap_errors(self._path):
            self._connection.execute("BEGIN")
        try:
            yield
        finally:
            self._connection.rollback()

    def count(self) -> int:
        """How many captures there are."""
        return int(self._fetch("SELECT count(*) FROM capture")[0][0])

    def total(self) -> int:
        """How many captures and entries there are."""
        query = "SELECT (SELECT count(*) FROM capture) + (SELECT count(*) FROM entry)"
        return int(self._fetch(query)[0][0])

    def last(self) -> Row | EntryRow | None:
        """The capture or entry that stands last in the files."""
        capture = self._one("ORDER BY number DESC LIMIT 1")
        entry = next(iter(self._entries("ORDER BY number DESC LIMIT 1")), None)
        if capture is None or entry is None:
            return capture or entry
        return capture if capture.sequence > entry.sequence else entry

    def at(self, sequence: int) -> Row | EntryRow | None:
        """The capture or entry with a number of the sequence, which is its index in the log."""
        where = "WHERE sequence = ? LIMIT 1"
        return self._one(where, sequence) or next(iter(self._entries(where, sequence)), None)

    def after(self, sequence: int, most: int) -> list[Row]:
        """The captures behind a number of the sequence, in order.

        Args:
            sequence: -1 for all.
            most: how many at most.
        """
        return self.select("WHERE sequence > ? ORDER BY sequence LIMIT ?", sequence, most)

    def leaves(self, size: int) -> list[bytes]:
        """The leaf hashes of the first envelopes; whoever uses them compares their root.

        Args:
            size: how many.
        """
        query = (
            "SELECT leaf FROM (SELECT sequence, leaf FROM capture"
            " UNION ALL SELECT sequence, leaf FROM entry) WHERE sequence < ? ORDER BY sequence"
        )
        try:
            return [bytes.fromhex(leaf) for (leaf,) in self._fetch(query, size)]
        except (ValueError, TypeError):
            raise self._damaged() from None

    def entries_about(self, name: str) -> list[EntryRow]:
        """What is said about a capture (by its envelope's SHA-256) or another subject, in order."""
        return self._entries("WHERE about = ? ORDER BY number", name)

    def entries(self, kind: str) -> list[EntryRow]:
        """The entries of a kind, in order."""
        return self._entries("WHERE kind = ? ORDER BY number", kind)

    def last_of(self, url: str) -> Row | None:
        """The capture of a requested URL that stands last in the files, whatever came of it.

        Not the one with the latest date: clocks are set back, and of two writers the one that
        began first may store last.
        """
        row = self._one("WHERE url = ? ORDER BY number DESC LIMIT 1", url)
        return self._like(row, url=url)

    def last_good_of(self, url: str) -> Row | None:
        """The last capture of a requested URL, as `last_of`, that did not fail."""
        query = "WHERE url = ? AND outcome != 'failed' ORDER BY number DESC LIMIT 1"
        return self._like(self._one(query, url), url=url, failed=False)

    def by_envelope(self, envelope: str) -> Row | None:
        """The capture whose envelope has this SHA-256."""
        return self._one("WHERE envelope = ? LIMIT 1", envelope)

    def by_response(self, record: str) -> Row | None:
        """The capture that kept this full response, by the record's ``urn:uuid:…``."""
        return self._one("WHERE response = ? LIMIT 1", record)

    def by_prefix(self, prefix: str) -> Row:
        """The one capture whose id begins so.

        Raises:
            UsageError: it fits several, or has under six characters.
            NotFoundError: it fits none.
        """
        prefix = prefix.lower().removeprefix("urn:uuid:")
        if len(prefix) < 6:
            raise UsageError("give six characters of a capture's id, or more", where=redact(prefix))
        rows = self.select("WHERE id >= ? AND id < ? LIMIT 2", prefix, prefix + "g")
        if not rows:
            raise NotFoundError("no such capture", where=redact(prefix), hint=LIST)
        if len(rows) > 1:
            raise UsageError(
                "fits several captures", where=redact(prefix), hint="give more characters"
            )
        return rows[0]

    def of_url(self, url: str) -> list[Row]:
        """Captures of a URL, requested or arrived at, oldest first."""
        found = self.select("WHERE url = ? OR final_url = ?", url, url)
        return sorted(found, key=lambda row: (row.date, row.sequence))  # SQLite sorts whole lines

    def shared_urls(self) -> list[str]:
        """The URLs, requested or arrived at, that have more captures than one."""
        query = (
            "SELECT place FROM (SELECT url AS place, number FROM capture"
            " UNION SELECT final_url, number FROM capture)"
            " GROUP BY place HAVING count(*) > 1 ORDER BY place"
        )
        return [str(place) for (place,) in self._fetch(query)]

    def original_response(
        self, final_url: str, entity: str, status: int, encoding: str | None
    ) -> Row | None:
        """An earlier capture that kept the same entity of the same URL as a full response."""
        row = self._one(
            "WHERE final_url = ? AND entity = ? AND status = ? AND content_encoding IS ?"
            " AND response IS NOT NULL ORDER BY number LIMIT 1",
            final_url,
            entity,
            status,
            encoding,
        )
        wanted = {"status": status, "content_encoding": encoding}
        return self._like(row, final_url=final_url, entity=entity, **wanted)

    def same_extraction(
        self, url: str, final_url: str, content: str, content_type: str | None, extractor: str
    ) -> Row | None:
        """An earlier capture whose same content was extracted by the same extractor."""
        row = self._one(
            "WHERE url = ? AND final_url = ? AND content = ? AND content_type IS ?"
            " AND extractor = ? AND same_as IS NULL"
            " AND (text IS NULL OR words IS NOT NULL) ORDER BY number LIMIT 1",
            url,
            final_url,
            content,
            content_type,
            extractor,
        )
        wanted = {"content_type": content_type, "extractor": extractor, "same_as": None}
        return self._like(row, url=url, final_url=final_url, content=content, **wanted)

    def of_list(self, run_list: str) -> list[Row]:
        """Captures of all runs over one list of URLs, in order."""
        return self.select("WHERE run_list = ? ORDER BY number", run_list)

    def all(self, *, after: Row | None = None, stored: bool = False) -> Iterator[Row]:
        """Every capture there is now, oldest first.

        Args:
            after: the capture behind which to begin.
            stored: in the order in which they were stored, not by date.
        """
        order = "ORDER BY number" if stored else "ORDER BY date, number"
        numbers = [number for (number,) in self._fetch(f"SELECT number FROM capture {order}")]  # noqa: S608
        if len(numbers) != max(numbers, default=0):  # lines are only ever added, counted from 1
            raise self._damaged()
        if after is not None:
            found = self._fetch("SELECT number FROM capture WHERE envelope = ?", after.envelope)
            numbers = numbers[numbers.index(found[0][0]) + 1 :] if found else []
        for start in range(0, len(numbers), _PAGE):
            page = numbers[start : start + _PAGE]
            rows = self.select(f"WHERE number IN ({', '.join('?' * len(page))}) {order}", *page)
            if len(rows) != len(page):
                raise self._damaged()
            yield from rows

    def _one(self, clause: str, *values: object) -> Row | None:
        return next(iter(self.select(clause, *values)), None)

    def _like(self, row: Row | None, **wanted: object) -> Row | None:
        """A row that is what was asked for: a damaged tree of SQLite's may lead to any other."""
        if row is not None and any(getattr(row, name) != wanted[name] for name in wanted):
            raise self._damaged()
        return row

    def select(self, clause: str, *values: object) -> list[Row]:
        """The captures that a clause of SQL selects and orders.

        Args:
            clause: from WHERE on, with a sign of interrogation for each value.
            values: they.
        """
        found = self._fetch(f"{CAPTURES.select} {clause}", *values)
        return [self._insist(CAPTURES.read(sealed)) for sealed in found]

    def _entries(self, clause: str, *values: object) -> list[EntryRow]:
        found = self._fetch(f"{ENTRIES.select} {clause}", *values)
        return [self._insist(ENTRIES.read(sealed)) for sealed in found]

    def _fetch(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        with wrap_errors(self._path):
            return self._connection.execute(query, values).fetchall()

    def _unseal(self, sealed: Sequence[Any]) -> tuple[Any, ...]:
        """The values of a line, its checksum looked at."""
        values = tuple(sealed[:-1])
        if seal(values)[-1] != sealed[-1]:
            raise self._damaged()
        return values

    def _insist(self, row: _T | None) -> _T:
        if row is None:
            raise self._damaged()
        return row

    def _damaged(self) -> StorageError:
        return StorageError("the index is damaged", where=str(self._path), hint=REINDEX)


def _find_inode(path: Path | None) -> tuple[int, int] | None:
    if path is not None:
        with suppress(OSError):
            found = os.stat(path)
            return found.st_dev, found.st_ino
    return None
