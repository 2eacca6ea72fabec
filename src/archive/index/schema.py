"""The tables of the index in SQLite, and what its database may not be."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from archive.errors import REINDEX, StorageError
from archive.index.entries import EntryRow
from archive.index.lines import Table
from archive.index.rows import Row

__all__ = ["CAPTURES", "ENTRIES", "FAILURES", "is_ours", "make_tables", "wrap_errors"]

_VERSION = 8
CAPTURES: Table[Row] = Table("capture", Row)
ENTRIES: Table[EntryRow] = Table("entry", EntryRow)
_SCHEMA = f"""
CREATE TABLE file (name TEXT PRIMARY KEY, size INTEGER NOT NULL,
                   id TEXT, header TEXT, block TEXT, checksum INTEGER NOT NULL);
{CAPTURES.schema};
CREATE INDEX capture_sequence ON capture (sequence);
CREATE INDEX capture_id ON capture (id);
CREATE INDEX capture_envelope ON capture (envelope);
CREATE INDEX capture_url ON capture (url, date);
CREATE INDEX capture_final ON capture (final_url, date);
CREATE INDEX capture_response ON capture (response) WHERE response IS NOT NULL;
CREATE INDEX capture_run ON capture (run_list) WHERE run_list IS NOT NULL;
{ENTRIES.schema};
CREATE INDEX entry_sequence ON entry (sequence);
CREATE INDEX entry_about ON entry (about);
PRAGMA user_version = {_VERSION};
"""  # columns are our own attribute names
_OBJECTS = "SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY name LIMIT 100"
FAILURES = (sqlite3.Error, OverflowError, UnicodeError)  # what damage makes sqlite3 raise


def make_tables(connection: sqlite3.Connection) -> None:
    """Make the tables in a database that is empty."""
    with connection:
        for command in f"BEGIN; {_SCHEMA}".split(";"):
            connection.execute(command)


def is_ours(connection: sqlite3.Connection) -> bool:
    """Whether a database is an index of this version with its tables and nothing besides.

    Anything else may be in a file, such as a view over an endless query.

    Raises:
        any of `FAILURES`: it is damaged.
    """
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    connection.execute("PRAGMA trusted_schema = OFF")
    return connection.execute(_OBJECTS).fetchall() == _own_objects() and version == _VERSION


@cache
def _own_objects() -> list[tuple[Any, ...]]:
    """The tables and indexes as `make_tables` makes them."""
    with closing(sqlite3.connect(":memory:")) as connection:
        make_tables(connection)
        return connection.execute(_OBJECTS).fetchall()


@contextmanager
def wrap_errors(path: Path | None) -> Iterator[None]:
    """Say of what SQLite refuses that the index failed.

    Raises:
        StorageError: one of `FAILURES` was raised within.
    """
    try:
        yield
    except FAILURES as error:
        raise StorageError(f"the index failed: {error}", where=str(path), hint=REINDEX) from error
