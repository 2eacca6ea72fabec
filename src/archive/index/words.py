"""The index of texts: full text and shared passages, a SQLite cache beside the other index.

Each distinct text stands once, with its words (FTS5, without the text itself) and a sample of its
shingles (see `archive.comparison.passages`). A commit feeds it with what it stored; a mark says up
to which number of the sequence, and which envelope stands there, so that an index of other files
is none. Like every index it is no evidence: it only says which captures to look at. Readers open it
in place and write nothing; what it lacks they add in memory.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from attrs import frozen

from archive.comparison.folding import cosmetic_key, is_word, words
from archive.comparison.passages import sample
from archive.index.cache import Cache

__all__ = ["Found", "Mark", "TextIndex"]

_SCHEMA = """
CREATE TABLE mark (sequence INTEGER NOT NULL, envelope TEXT NOT NULL);
CREATE TABLE text (number INTEGER PRIMARY KEY, digest TEXT NOT NULL UNIQUE);
CREATE TABLE capture (text INTEGER NOT NULL, date TEXT NOT NULL, sequence INTEGER NOT NULL,
                      id TEXT NOT NULL, PRIMARY KEY (text, date, sequence)) WITHOUT ROWID;
CREATE TABLE shingle (hash INTEGER NOT NULL, text INTEGER NOT NULL, PRIMARY KEY (hash, text))
WITHOUT ROWID;
CREATE VIRTUAL TABLE words USING fts5(title, body, content='', tokenize='unicode61');
"""
_RANKED = 5_000
"""Of more texts that have all words the latest so many are ranked: ranking all takes too long."""
_COMMON = 1_000
"""A passage that more texts have says nothing: it is a site's own line."""
_CAPTURES = 8
"""Captures of one text that are named: the latest, should some not be there any more."""


@frozen
class Mark:
    """Up to where the captures are in the index: the number of an envelope, and its SHA-256."""

    sequence: int
    envelope: str


@frozen
class Found:
    """A text that was found: how well it fits, less is better; its latest captures' ids."""

    rank: float
    captures: tuple[str, ...]


class TextIndex(Cache):
    """Which captures have which words, and which five words in a row."""

    NAME = "the index of texts"
    VERSION = 2
    SCHEMA = _SCHEMA

    def mark(self) -> Mark | None:
        """Up to where it has the captures; None where it has none."""
        found = self._fetch("SELECT sequence, envelope FROM mark")
        return Mark(*found[0]) if found else None

    @contextmanager
    def feed(self, before: Mark | None) -> Iterator[bool]:
        """What is added inside is kept as a whole, or not at all.

        Args:
            before: where the mark must be; gives whether it is there.
        """
        with self._transaction():
            yield self.mark() == before

    def move_mark(self, mark: Mark) -> None:
        """Say up to where it has the captures."""
        self._connection.execute("DELETE FROM mark")
        self._connection.execute("INSERT INTO mark VALUES (?, ?)", (mark.sequence, mark.envelope))

    def knows_text(self, digest: str) -> bool:
        """Whether it has a text, by the key it was added with."""
        return self._number(digest) is not None

    def add(
        self, capture: str, date: str, sequence: int, digest: str, title: str, text: str | None
    ) -> None:
        """Add a capture.

        Args:
            capture: its id.
            date: when it was made, as the index of captures has it.
            sequence: its number.
            digest: what names its title and text.
            title: its title, empty where it has none.
            text: its text; None where `knows_text`.
        """
        with self._wrap_errors():
            number = self._number(digest)
            if number is None:
                new = "INSERT INTO text (digest) VALUES (?)"
                number = self._connection.execute(new, (digest,)).lastrowid
                body = _words(text or "")
                self._connection.execute(
                    "INSERT INTO words (rowid, title, body) VALUES (?, ?, ?)",
                    (number, " ".join(_words(title)), " ".join(body)),
                )
                self._connection.executemany(
                    "INSERT INTO shingle VALUES (?, ?)",
                    ((value, number) for value in sorted(sample(body))),
                )
            line = (number, date, sequence, capture)
            self._connection.execute("INSERT OR IGNORE INTO capture VALUES (?, ?, ?, ?)", line)

    def search(self, phrases: Iterable[str], most: int) -> list[Found]:
        """The texts that have all of some phrases in title or text, the best first.

        Args:
            phrases: each a word, or words in a row.
            most: how many texts at most.
        """
        spaced = [" ".join(_words(phrase)) for phrase in phrases]
        query = " ".join(f'"{row}"' for row in spaced if row)
        if not query:
            return []
        # Of what too many have, the latest: a row's number only grows.
        past = self._fetch(
            "SELECT rowid FROM words WHERE words MATCH ? ORDER BY rowid DESC LIMIT 1 OFFSET ?",
            query,
            _RANKED,
        )
        found = self._fetch(
            "SELECT rowid, bm25(words, 4.0, 1.0) AS fit FROM words WHERE words MATCH ?"
            " AND rowid > ? ORDER BY fit, rowid LIMIT ?",
            query,
            past[0][0] if past else 0,
            most,
        )
        return [Found(fit, self._captures(number)) for number, fit in found]

    def related(self, text: str, most: int) -> list[Found]:
        """The texts that share sampled passages with one, those with the most first.

        A passage that more than 1,000 texts have counts for nothing.

        Args:
            text: any text.
            most: how many texts at most.

        Returns:
            They; a rank is how many sampled passages are shared, negative.
        """
        counts: dict[int, int] = {}
        query = "SELECT text FROM shingle WHERE hash = ? LIMIT ?"
        for value in sample(_words(text)):
            having = self._fetch(query, value, _COMMON + 1)
            for (number,) in having if len(having) <= _COMMON else ():
                counts[number] = counts.get(number, 0) + 1
        best = sorted(counts, key=lambda number: (-counts[number], number))[:most]
        return [Found(-counts[number], self._captures(number)) for number in best]

    def _number(self, digest: str) -> int | None:
        found = self._fetch("SELECT number FROM text WHERE digest = ?", digest)
        return int(found[0][0]) if found else None

    def _captures(self, number: int) -> tuple[str, ...]:
        query = "SELECT id FROM capture WHERE text = ? ORDER BY date DESC, sequence DESC LIMIT ?"
        return tuple(str(id_) for (id_,) in self._fetch(query, number, _CAPTURES))


def _words(text: str) -> list[str]:
    """The words of a text, folded, signs left out; every ideograph is a word."""
    return list(filter(is_word, words(cosmetic_key(text).casefold())))
