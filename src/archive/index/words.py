"""The index of texts: full text and shared passages, a SQLite cache beside the other index.

Each distinct text stands once, by its SHA-256, with its words (FTS5, without the text itself) and
its shingles (runs of five words, as numbers; see `archive.comparison.passages`). Like every index
it is no evidence: it only says which captures to look at. One that is missing, damaged or behind is
completed in memory; ``archive reindex`` writes it.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from archive.comparison import shingles
from archive.comparison.folding import is_word, tokenise
from archive.errors import REINDEX, StorageError

__all__ = ["TextIndex"]

_VERSION = 1
_SCHEMA = f"""
CREATE TABLE text (number INTEGER PRIMARY KEY, digest TEXT NOT NULL UNIQUE);
CREATE TABLE capture (id TEXT PRIMARY KEY, text INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX capture_text ON capture (text);
CREATE TABLE shingle (hash INTEGER NOT NULL, text INTEGER NOT NULL, PRIMARY KEY (hash, text))
WITHOUT ROWID;
CREATE VIRTUAL TABLE words USING fts5(title, body, content='', tokenize='unicode61');
PRAGMA user_version = {_VERSION};
"""
_OBJECTS = "SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY name LIMIT 100"
_BATCH = 500


class TextIndex:
    """Which captures have which words, and which five words in a row.

    Args:
        connection: an open database; see `create` and `open`.

    Raises:
        StorageError: from every method: the database cannot be read or written.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    @classmethod
    def create(cls, path: Path | None) -> TextIndex:
        """A new, empty index in a file that is not there yet, or in memory."""
        with _wrap_errors():
            connection = sqlite3.connect(path or ":memory:")
            connection.executescript(_SCHEMA)
        return cls(connection)

    @classmethod
    def open(cls, path: Path) -> TextIndex:
        """A copy in memory of the index in a file; empty where that is missing, damaged or old."""
        made = cls.create(None)
        if not path.is_file():
            return made
        copy = sqlite3.connect(":memory:")
        try:
            kept = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
            try:
                kept.backup(copy)
            finally:
                kept.close()
            copy.execute("PRAGMA trusted_schema = OFF")
            version = copy.execute("PRAGMA user_version").fetchone()[0]
            own = made._connection.execute(_OBJECTS).fetchall()
            if version == _VERSION and copy.execute(_OBJECTS).fetchall() == own:
                made.close()
                return cls(copy)
        except (sqlite3.Error, OverflowError, UnicodeError):
            pass
        copy.close()
        return made

    def close(self) -> None:
        """Give the database back."""
        self._connection.close()

    def known(self) -> set[str]:
        """The ids of the captures that it has."""
        with _wrap_errors():
            return {id_ for (id_,) in self._connection.execute("SELECT id FROM capture")}

    def knows_text(self, digest: str) -> bool:
        """Whether it has a text, by the key it was added with."""
        return self._number(digest) is not None

    def add(self, capture: str, digest: str, title: str, text: str | None) -> None:
        """Add a capture.

        Args:
            capture: its id.
            digest: what names its title and text.
            title: its title, empty where it has none.
            text: its text; None where `knows_text`.
        """
        with _wrap_errors(), self._connection:
            number = self._number(digest)
            if number is None:
                new = "INSERT INTO text (digest) VALUES (?)"
                number = self._connection.execute(new, (digest,)).lastrowid
                self._connection.execute(
                    "INSERT INTO words (rowid, title, body) VALUES (?, ?, ?)",
                    (number, _spaced(title), _spaced(text or "")),
                )
                self._connection.executemany(
                    "INSERT INTO shingle VALUES (?, ?)",
                    ((value, number) for value in sorted(shingles(text or ""))),
                )
            self._connection.execute("INSERT INTO capture VALUES (?, ?)", (capture, number))

    def search(self, phrases: Iterable[str], most: int) -> list[list[str]]:
        """The captures that have all of some phrases in title or text, the best first.

        Args:
            phrases: each a word, or words in a row.
            most: how many texts at most.

        Returns:
            For each text found the ids of its captures.
        """
        query = " ".join(f'"{spaced}"' for phrase in phrases if (spaced := _spaced(phrase)))
        if not query:
            return []
        with _wrap_errors():
            found = self._connection.execute(
                "SELECT rowid FROM words WHERE words MATCH ? ORDER BY bm25(words, 4.0, 1.0), rowid"
                " LIMIT ?",
                (query, most),
            ).fetchall()
        return [self._captures(number) for (number,) in found]

    def related(self, text: str, most: int) -> list[tuple[int, list[str]]]:
        """The captures that share five words in a row with a text, those with the most first.

        Args:
            text: any text.
            most: how many texts at most.

        Returns:
            For each text found how many shingles are shared, and the ids of its captures.
        """
        counts: dict[int, int] = {}
        values = sorted(shingles(text))
        for start in range(0, len(values), _BATCH):
            part = values[start : start + _BATCH]
            marks = ", ".join("?" * len(part))
            query = f"SELECT text, count(*) FROM shingle WHERE hash IN ({marks}) GROUP BY text"  # noqa: S608
            with _wrap_errors():
                for number, count in self._connection.execute(query, part):
                    counts[number] = counts.get(number, 0) + count
        best = sorted(counts, key=lambda number: (-counts[number], number))[:most]
        return [(counts[number], self._captures(number)) for number in best]

    def write(self, path: Path) -> None:
        """Write it to a file, under another name, then rename it."""
        fresh = path.with_name(path.name + ".new")
        with _wrap_errors():
            fresh.unlink(missing_ok=True)
            target = sqlite3.connect(fresh)
            try:
                self._connection.backup(target)
            finally:
                target.close()
            os.replace(fresh, path)

    def _number(self, digest: str) -> int | None:
        with _wrap_errors():
            query = "SELECT number FROM text WHERE digest = ?"
            found = self._connection.execute(query, (digest,)).fetchone()
        return None if found is None else int(found[0])

    def _captures(self, number: int) -> list[str]:
        with _wrap_errors():
            query = "SELECT id FROM capture WHERE text = ? ORDER BY id"
            return [str(id_) for (id_,) in self._connection.execute(query, (number,))]


def _spaced(text: str) -> str:
    """The words of a text with spaces between, signs left out; every ideograph is a word."""
    return " ".join(token for token, _, _ in tokenise(text, 0, len(text)) if is_word(token))


@contextmanager
def _wrap_errors() -> Iterator[None]:
    try:
        yield
    except (sqlite3.Error, OSError, UnicodeError) as error:
        message = f"the index of texts failed: {error}"
        raise StorageError(message, hint=REINDEX) from error
