"""The index: a SQLite cache over the WARC files, rebuilt whenever it is missing or behind.

It holds a row a capture and, for every file, how far it has been read. It is never trust, and
losing it loses nothing.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import attrs

from archive.errors import NotFoundError, UsageError
from archive.proof.statement import Warcinfo
from archive.store.rows import Row

__all__ = ["Index", "IndexedFile"]

_VERSION = 1
_COLUMNS = tuple(attribute.name for attribute in attrs.fields(Row))
_SCHEMA = f"""
CREATE TABLE file (name TEXT PRIMARY KEY, size INTEGER NOT NULL,
                   id TEXT, header TEXT, block TEXT);
CREATE TABLE capture (number INTEGER PRIMARY KEY, {", ".join(_COLUMNS)});
CREATE UNIQUE INDEX capture_id ON capture (id);
CREATE INDEX capture_envelope ON capture (envelope);
CREATE INDEX capture_url ON capture (url, date);
CREATE INDEX capture_final ON capture (final_url, date);
CREATE INDEX capture_response ON capture (response) WHERE response IS NOT NULL;
CREATE INDEX capture_run ON capture (run_list) WHERE run_list IS NOT NULL;
PRAGMA user_version = {_VERSION};
"""  # columns are our own attribute names
_INSERT = f"INSERT INTO capture ({', '.join(_COLUMNS)}) VALUES ({', '.join('?' * len(_COLUMNS))})"  # noqa: S608


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
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    @classmethod
    def create(cls, path: Path | None) -> Index:
        """A new, empty index in a file that is not there yet, or in memory."""
        connection = sqlite3.connect(path or ":memory:", check_same_thread=False)
        connection.executescript(_SCHEMA)
        return cls(connection)

    @classmethod
    def open_writing(cls, path: Path) -> Index | None:
        """Open an index to bring it up to date; None when it is missing, damaged or of old."""
        if not path.exists():
            return None
        return cls._open(str(path))

    @classmethod
    def open_reading(cls, path: Path) -> Index | None:
        """Open an index without ever writing to it; None as `open_writing`."""
        if not path.exists():
            return None
        return cls._open(f"{path.resolve().as_uri()}?mode=ro")

    @classmethod
    def _open(cls, name: str) -> Index | None:
        connection = sqlite3.connect(
            name, uri=name.startswith("file:"), timeout=30, check_same_thread=False
        )
        try:
            version = connection.execute("PRAGMA user_version").fetchone()[0]
            connection.execute("SELECT 1 FROM capture LIMIT 1").fetchone()
        except sqlite3.DatabaseError:
            version = None
        if version != _VERSION:
            connection.close()
            return None
        return cls(connection)

    def copy_to_memory(self) -> Index:
        """The same index in memory, where it can be brought up to date without touching disk."""
        connection = sqlite3.connect(":memory:", check_same_thread=False)
        self._connection.backup(connection)
        return Index(connection)

    def close(self) -> None:
        """Give the database back."""
        self._connection.close()

    def files(self) -> dict[str, IndexedFile]:
        """What has been read of each file, by name."""
        rows = self._connection.execute("SELECT name, size, id, header, block FROM file")
        return {
            name: IndexedFile(name, size, Warcinfo(id_, header, block) if id_ else None)
            for name, size, id_, header, block in rows
        }

    def add(self, file: IndexedFile, rows: Iterable[Row]) -> None:
        """Add rows and move the file's mark, in one transaction."""
        info = file.warcinfo
        mark = (info.id, info.header, info.block) if info else (None, None, None)
        with self._connection:
            self._connection.executemany(_INSERT, [_values(row) for row in rows])
            self._connection.execute(
                "INSERT OR REPLACE INTO file VALUES (?, ?, ?, ?, ?)", (file.name, file.size, *mark)
            )

    def count(self) -> int:
        """How many captures there are."""
        return int(self._connection.execute("SELECT count(*) FROM capture").fetchone()[0])

    def last(self) -> Row | None:
        """The capture that stands last in the files."""
        return self._one("ORDER BY number DESC LIMIT 1")

    def last_of(self, url: str) -> Row | None:
        """The latest capture of a requested URL, whatever came of it."""
        return self._one("WHERE url = ? ORDER BY date DESC, number DESC LIMIT 1", url)

    def last_good_of(self, url: str) -> Row | None:
        """The latest capture of a requested URL that did not fail."""
        return self._one(
            "WHERE url = ? AND outcome != 'failed' ORDER BY date DESC, number DESC LIMIT 1", url
        )

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
            raise UsageError("give six characters of a capture's id, or more", where=prefix)
        rows = list(self._many("WHERE id >= ? AND id < ? LIMIT 2", prefix, prefix + "g"))
        if not rows:
            raise NotFoundError("no such capture", where=prefix, hint="see: archive list")
        if len(rows) > 1:
            raise UsageError("fits several captures", where=prefix, hint="give more characters")
        return rows[0]

    def of_url(self, url: str) -> list[Row]:
        """Captures of a URL, requested or arrived at, oldest first."""
        where = "WHERE url = ? OR final_url = ? ORDER BY date, number"
        return list(self._many(where, url, url))

    def original_response(
        self, final_url: str, entity: str, status: int, encoding: str | None
    ) -> Row | None:
        """An earlier capture that kept the same entity of the same URL as a full response."""
        return self._one(
            "WHERE final_url = ? AND entity = ? AND status = ? AND content_encoding IS ?"
            " AND response IS NOT NULL ORDER BY number LIMIT 1",
            final_url,
            entity,
            status,
            encoding,
        )

    def same_extraction(
        self, url: str, final_url: str, content: str, content_type: str | None, extractor: str
    ) -> Row | None:
        """An earlier capture whose same content was extracted by the same extractor."""
        return self._one(
            "WHERE url = ? AND final_url = ? AND content = ? AND content_type IS ?"
            " AND extractor = ? AND same_as IS NULL ORDER BY number LIMIT 1",
            url,
            final_url,
            content,
            content_type,
            extractor,
        )

    def of_list(self, run_list: str) -> list[Row]:
        """Captures of all runs over one list of URLs, in order."""
        return list(self._many("WHERE run_list = ? ORDER BY number", run_list))

    def all(self) -> Iterator[Row]:
        """Every capture, oldest first."""
        return self._many("ORDER BY date, number")

    def _one(self, clause: str, *values: object) -> Row | None:
        return next(self._many(clause, *values), None)

    def _many(self, clause: str, *values: object) -> Iterator[Row]:
        query = f"SELECT {', '.join(_COLUMNS)} FROM capture {clause}"  # noqa: S608 clauses are ours
        for values_ in self._connection.execute(query, values):
            yield _row(values_)


def _values(row: Row) -> list[Any]:
    values = attrs.asdict(row, recurse=False)
    values["limitations"] = json.dumps(row.limitations)
    return [values[name] for name in _COLUMNS]


def _row(values: tuple[Any, ...]) -> Row:
    named = dict(zip(_COLUMNS, values, strict=True))
    named["limitations"] = tuple(json.loads(named["limitations"]))
    return Row(**named)
