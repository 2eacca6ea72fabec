"""A cache in a SQLite file beside the index, which is no evidence and may be lost at any time.

Readers open it in place and write nothing; writers make it anew where it is missing, damaged, or of
an earlier version. Damage that shows later is a `StorageError`, after which one goes on without it.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, ClassVar, Self

from archive.errors import REINDEX, StorageError

__all__ = ["Cache", "drop_journals"]

_OBJECTS = "SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY name LIMIT 100"
_FAILURES = (sqlite3.Error, OSError, OverflowError, UnicodeError)
_PATIENCE = {"rw": 0.2, "ro": 2.0}
"""Seconds to wait for another process that writes it: the next commit catches up what one could not
add, and who reads would have to read much more without it."""


class Cache:
    """A database of one schema.

    Args:
        connection: an open database; see `create`, `open_reading` and `open_writing`.

    Raises:
        StorageError: from every method: the database cannot be read or written.
    """

    NAME: ClassVar[str]
    """What it is, in words with an article."""
    VERSION: ClassVar[int]
    """Of its schema and of what is written into it."""
    SCHEMA: ClassVar[str]

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    @classmethod
    def create(cls, path: Path | None) -> Self:
        """A new, empty one in a file that is not there yet, or in memory."""
        with cls._wrap_errors():
            connection = sqlite3.connect(path or ":memory:")
            connection.executescript(f"{cls.SCHEMA};PRAGMA user_version = {cls.VERSION}")
            _hasten(connection)
        return cls(connection)

    @classmethod
    def open_reading(cls, path: Path) -> Self | None:
        """The one in a file, which stays as it is; None where that is missing, damaged or old."""
        return cls._open(path, "ro")

    @classmethod
    def open_writing(cls, path: Path) -> Self:
        """The one in a file, to be added to; made anew where it is missing, damaged or old.

        Raises:
            StorageError: it cannot be made, or another process is at it.
        """
        found = cls._open(path, "rw")
        if found is None:
            fresh = path.with_name(path.name + ".new")
            with cls._wrap_errors():
                fresh.unlink(missing_ok=True)
                cls.create(fresh).close()
                drop_journals(path)
                os.replace(fresh, path)
            found = cls._open(path, "rw")
            if found is None:
                raise StorageError(f"{cls.NAME} cannot be opened", where=str(path))
        with cls._wrap_errors():
            _hasten(found._connection)
        return found

    @classmethod
    def _open(cls, path: Path, mode: str) -> Self | None:
        try:
            if not path.is_file() or _logs_ahead(path):
                return None
            name = f"{path.resolve().as_uri()}?mode={mode}"
            connection = sqlite3.connect(name, uri=True, timeout=_PATIENCE[mode])
        except (sqlite3.Error, OSError):
            return None
        opened = None
        try:
            version = connection.execute("PRAGMA user_version").fetchone()[0]
            connection.execute("PRAGMA trusted_schema = OFF")
            found = connection.execute(_OBJECTS).fetchall()
            if version == cls.VERSION and found == _own_objects(cls):  # type: ignore[arg-type]  # can be hashed
                opened = cls(connection)
        except _FAILURES as error:
            if mode == "rw" and getattr(error, "sqlite_errorcode", 0) == sqlite3.SQLITE_BUSY:
                raise StorageError(f"{cls.NAME} is being written", where=str(path)) from error
        finally:
            if opened is None:
                connection.close()
        return opened

    def close(self) -> None:
        """Give the database back."""
        self._connection.close()

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        """What is written inside is kept as a whole, or not at all."""
        with self._wrap_errors():
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._connection.commit()
            finally:
                if self._connection.in_transaction:
                    self._connection.rollback()

    def _fetch(self, query: str, *values: object) -> Sequence[tuple[Any, ...]]:
        with self._wrap_errors():
            return self._connection.execute(query, values).fetchall()

    @classmethod
    @contextmanager
    def _wrap_errors(cls) -> Iterator[None]:
        try:
            yield
        except _FAILURES as error:
            raise StorageError(f"{cls.NAME} failed: {error}", hint=REINDEX) from error


def drop_journals(path: Path) -> None:
    """Take away what a killed writer left beside a database: it would spoil one put in its place.

    Raises:
        OSError: it cannot be taken away.
    """
    for suffix in ("-journal", "-wal", "-shm"):
        journal = path.with_name(path.name + suffix)
        if journal.exists():
            path.unlink(missing_ok=True)  # first, for without its journal it is damaged
            journal.unlink()


def _logs_ahead(path: Path) -> bool:
    """Whether it is written by a write-ahead log: who only reads such a database makes files."""
    with open(path, "rb") as file:
        version = file.read(20)[18:]  # "The Database Header": 1 for a rollback journal, 2 for WAL
    return version != b"\1\1" or path.with_name(path.name + "-wal").exists()


def _hasten(connection: sqlite3.Connection) -> None:
    """A cache that is lost is made anew, and what was in it stands in the files."""
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute("PRAGMA secure_delete = OFF")  # Debian's SQLite overwrites what it frees


@cache
def _own_objects(kind: type[Cache]) -> list[tuple[Any, ...]]:
    """The tables of a cache as `Cache.create` makes them."""
    made = kind.create(None)
    try:
        return made._connection.execute(_OBJECTS).fetchall()
    finally:
        made.close()
