"""The index of texts: full text and shared passages, a SQLite cache beside the other index.

Each distinct text stands once, with its entries and signs (see `archive.index.terms`): FTS5 without
text and without places keeps in which texts an entry is, which takes a sixth of what places take.
A commit feeds it with what it stored; a mark says up to which number of the sequence, and which
envelope stands there, so that an index of other files is none. Like every index it is no evidence:
it only says which captures to look at. Readers open it in place and write nothing; what it lacks
they add in memory.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from hashlib import sha256
from math import log

from attrs import frozen

from archive.errors import REINDEX, StorageError
from archive.index.cache import Cache
from archive.index.terms import (
    COUNTED,
    MOST_COUNTED,
    TITLE,
    list_entries,
    list_passages,
    make_signs,
    terms,
)

__all__ = ["Found", "Mark", "TextIndex"]

_SCHEMA = f"""
PRAGMA page_size = 8192;
CREATE TABLE mark (sequence INTEGER NOT NULL, envelope TEXT NOT NULL);
CREATE TABLE text (number INTEGER PRIMARY KEY, key BLOB NOT NULL UNIQUE,
                   terms INTEGER NOT NULL, total INTEGER NOT NULL);
CREATE TABLE signs (text INTEGER PRIMARY KEY, title BLOB NOT NULL, body BLOB NOT NULL);
CREATE TABLE capture (text INTEGER NOT NULL, date TEXT NOT NULL, sequence INTEGER NOT NULL,
                      PRIMARY KEY (text, date, sequence)) WITHOUT ROWID;
CREATE VIRTUAL TABLE words USING fts5(entries, content='', columnsize=0, detail=none,
                                      tokenize="ascii tokenchars '{COUNTED}~'");
CREATE VIRTUAL TABLE vocabulary USING fts5vocab(words, instance);
"""
_RANKED = 5_000
"""Of more texts that have all words the latest so many are ranked: ranking all takes too long."""
_COMMON = 1_000
"""A passage that more texts have says nothing: it is a site's own line."""
_EVIDENCE = 50_000
"""When passages were met so often in texts, no more are looked up: they tell which share most."""
_CAPTURES = 8
"""Captures of one text that are named: the latest, should some not be there any more."""
_Having = dict[int, tuple[int, list[int]]]
"""Texts: how many terms each has, and how often each of the rows that were asked for."""
_SATURATION, _LENGTH = 1.2, 0.75
"""k1 and b of BM25, as FTS5 has them; it cannot rank itself where it has no places."""


@frozen
class Mark:
    """Up to where the captures are in the index: the number of an envelope, and its SHA-256."""

    sequence: int
    envelope: str


@frozen
class Found:
    """A text that was found: how well it fits, less is better; its latest captures' numbers."""

    rank: float
    captures: tuple[int, ...]


Judge = Callable[[tuple[int, ...]], bool]
"""Whether a text, named by its captures' numbers, is one of those that are asked for."""


class TextIndex(Cache):
    """Which captures have which words, and which five words in a row."""

    NAME = "the index of texts"
    VERSION = 3
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

    def add(self, date: str, sequence: int, digest: str, title: str, text: str | None) -> None:
        """Add a capture.

        Args:
            date: when it was made, as the index of captures has it.
            sequence: its number.
            digest: what names its title and text.
            title: its title, empty where it has none.
            text: its text; None where `knows_text`.
        """
        with self._wrap_errors():
            number = self._number(digest)
            if number is None:
                number = self._add_text(digest, terms(title), terms(text or ""))
            line = (number, date, sequence)
            self._connection.execute("INSERT OR IGNORE INTO capture VALUES (?, ?, ?)", line)

    def _add_text(self, digest: str, title: Sequence[str], body: Sequence[str]) -> int:
        number, total = self._count()
        number, length = number + 1, len(title) + len(body)
        put = self._connection.execute
        line = (number, _key(digest), length, total + length)
        put("INSERT INTO text VALUES (?, ?, ?, ?)", line)
        signs = make_signs(body)
        put("INSERT INTO signs VALUES (?, ?, ?)", (number, make_signs(title), signs))
        entries = " ".join(list_entries(title, body, signs))
        put("INSERT INTO words (rowid, entries) VALUES (?, ?)", (number, entries))
        return number

    def compact(self) -> None:
        """Give back the space that adding one by one took."""
        with self._wrap_errors():
            self._connection.execute("INSERT INTO words (words) VALUES ('optimize')")
            self._connection.commit()
            self._connection.execute("VACUUM")

    def search(self, phrases: Iterable[str], most: int, bears_out: Judge) -> list[Found]:
        """The texts that have all of some phrases in title or text, the best first.

        Args:
            phrases: each a word, or words in a row.
            most: how many texts at most.
            bears_out: asked where there is a phrase of several terms, since signs alone let some
                texts pass that have others in its place.
        """
        rows = [row for phrase in phrases if (row := terms(phrase))]
        if not rows:
            return []
        asked = dict.fromkeys(term for row in rows for term in row)
        match = " AND ".join(f'"{term}"' for term in asked)
        try:
            ranked = self._rank(rows, match, self._having(rows, match))
        except (TypeError, ValueError, ArithmeticError) as error:  # other values than were written
            raise StorageError(f"{self.NAME} is damaged", hint=REINDEX) from error
        in_a_row = any(len(row) > 1 for row in rows)
        return self._choose(ranked, most, bears_out if in_a_row else None)

    def _choose(
        self, ranked: Iterable[tuple[float, int]], most: int, judge: Judge | None
    ) -> list[Found]:
        """The first texts that a judge lets pass, with their captures."""
        found: list[Found] = []
        for rank, number in ranked:
            captures = self._captures(number)
            if judge is None or judge(captures):
                found.append(Found(rank, captures))
            if len(found) == most:
                break
        return found

    def _having(self, rows: Sequence[Sequence[str]], match: str) -> _Having:
        """The latest texts that have all terms, those of a row in a row by their signs.

        Args:
            rows: terms.
            match: what FTS5 is asked for all of them.

        Returns:
            How many terms each has, and how often each row; 1 for a row of one term.
        """
        signs = [make_signs(row) for row in rows if len(row) > 1]
        if not signs:
            query = (
                "SELECT number, terms FROM words CROSS JOIN text ON number = words.rowid"
                " WHERE words MATCH ? ORDER BY words.rowid DESC LIMIT ?"
            )
            found = self._fetch(query, match, _RANKED)
            return {number: (length, [1] * len(rows)) for number, length in found}
        test = " AND (instr(body, ?) OR instr(title, ?))" * len(signs)
        query = (
            "SELECT number, terms, title, body FROM words CROSS JOIN signs ON signs.text ="  # noqa: S608
            f" words.rowid CROSS JOIN text ON number = words.rowid WHERE words MATCH ?{test}"
            " ORDER BY words.rowid DESC LIMIT ?"
        )
        twice = [sign for sign in signs for _ in range(2)]
        return {
            number: (length, [_count_row(row, title, body) for row in rows])
            for number, length, title, body in self._fetch(query, match, *twice, _RANKED)
        }

    def _rank(
        self, rows: Sequence[Sequence[str]], match: str, having: _Having
    ) -> list[tuple[float, int]]:
        """Texts by how well they fit, the best first: BM25, with the sign that FTS5 gives it."""
        texts, total = self._count()
        scores = dict.fromkeys(having, 0.0)
        for at, row in enumerate(rows if having else ()):
            spread = min(self._count_texts(term, texts) for term in set(row))
            often = self._count_term(row[0], spread, match, having) if len(row) == 1 else {}
            weight = max(log((texts - spread + 0.5) / (spread + 0.5)), 1e-6)
            for number, (length, counts) in having.items():
                count = often.get(number, counts[at])
                long = 1 - _LENGTH + _LENGTH * length * texts / total
                scores[number] -= weight * count * (_SATURATION + 1) / (count + _SATURATION * long)
        return sorted((score, number) for number, score in scores.items())

    def _count_texts(self, term: str, texts: int) -> int:
        """How many texts have a term; about how many, where they are more than are ranked."""
        some = "SELECT rowid AS number FROM words WHERE words MATCH ? LIMIT ?"
        query = f"SELECT count(*), max(number) FROM ({some})"  # noqa: S608
        [(count, last)] = self._fetch(query, f'"{term}"', _RANKED)
        return int(count * texts / last) if count == _RANKED else int(count)

    def _count_term(self, term: str, spread: int, match: str, having: _Having) -> dict[int, int]:
        """How often a term is in those of some texts that have it more than once."""
        begin, first = term + COUNTED, min(having)
        if spread < _RANKED:
            found = self._fetch(
                "SELECT doc, term FROM vocabulary WHERE term > ? AND term < ? AND doc >= ?",
                begin,
                begin + ":",  # behind every digit
                first,
            )
            return {number: int(counted[len(begin) :]) for number, counted in found}
        query = "SELECT rowid FROM words WHERE words MATCH ? AND rowid >= ?"
        return {
            number: count
            for count in range(2, MOST_COUNTED + 1)
            for (number,) in self._fetch(query, f'"{begin}{count}" AND {match}', first)
        }

    def related(self, text: str, most: int, is_other: Judge) -> list[Found]:
        """The texts that share sampled passages with one, those with the most first.

        A passage that more than 1,000 texts have counts for nothing.

        Args:
            text: any text.
            most: how many texts at most.
            is_other: asked of each, the best first, until there are so many.

        Returns:
            They; a rank is how many sampled passages are shared, negative.
        """
        counts: Counter[int] = Counter()
        query = "SELECT rowid FROM words WHERE words MATCH ? LIMIT ?"
        body = terms(text)
        met = 0
        for passage in sorted(list_passages(body, make_signs(body))):  # near ones lie together
            having = self._fetch(query, f'"{passage}"', _COMMON + 1)
            if len(having) <= _COMMON:
                counts.update(number for (number,) in having)
                met += len(having)
            if met > _EVIDENCE:
                break
        ranked = sorted((-count, number) for number, count in counts.items())
        return self._choose(ranked, most, is_other)

    def _count(self) -> tuple[int, int]:
        """How many texts there are, and how many terms all of them have."""
        found = self._fetch("SELECT number, total FROM text ORDER BY number DESC LIMIT 1")
        return found[0] if found else (0, 0)

    def _number(self, digest: str) -> int | None:
        found = self._fetch("SELECT number FROM text WHERE key = ?", _key(digest))
        return int(found[0][0]) if found else None

    def _captures(self, number: int) -> tuple[int, ...]:
        query = (
            "SELECT CAST(sequence AS INTEGER) FROM capture WHERE text = ?"
            " ORDER BY date DESC, sequence DESC LIMIT ?"
        )
        return tuple(sequence for (sequence,) in self._fetch(query, number, _CAPTURES))


def _key(digest: str) -> bytes:
    """What a text is looked up by: half a digest, for nobody is led astray by another's."""
    return sha256(digest.encode("utf-8", "surrogatepass")).digest()[:16]


def _count_row(row: Sequence[str], title: bytes, body: bytes) -> int:
    """How often terms stand in a row, by their signs; one of a single term is counted elsewhere."""
    if len(row) == 1:
        return 1
    signs = make_signs(row)
    return TITLE * title.count(signs) + body.count(signs)
