"""What comparisons said, kept: a SQLite cache beside the index.

Three tables. ``reading``: the digest of a capture's article as read, and how much of it the text
has, by the envelope that has the text and by what extracted it. ``difference``: what comparing two
captures said, by both envelopes. ``page``: the lines of a text that is held against others of its
host. All rows are derived and name
what they were made by; a file of another revision of the rules is none. Every row carries a
checksum, for damage must not say *the same*.

Writers add to it after their commits, `archive reindex` makes it anew; who reads the collection
computes what is missing, and writes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from attrs import frozen

from archive.comparison.result import Comparison, State, Stated
from archive.comparison.rules import RULES
from archive.digest import sha256
from archive.errors import StorageError
from archive.index.cache import Cache
from archive.index.lines import seal

__all__ = ["SAME", "ChangeIndex", "Difference", "KeptDifference", "KeptReading"]

_SCHEMA = """
CREATE TABLE reading (envelope TEXT NOT NULL, extractor TEXT NOT NULL, digest TEXT,
                      permille INTEGER, checksum INTEGER NOT NULL,
                      PRIMARY KEY (envelope, extractor)) WITHOUT ROWID;
CREATE TABLE difference (before TEXT NOT NULL, after TEXT NOT NULL, extractor TEXT NOT NULL,
                         host TEXT NOT NULL, same INTEGER NOT NULL, state TEXT NOT NULL,
                         classes TEXT NOT NULL, silent INTEGER, silent_reason TEXT,
                         checksum INTEGER NOT NULL, PRIMARY KEY (before, after)) WITHOUT ROWID;
CREATE TABLE page (text TEXT PRIMARY KEY, lines TEXT NOT NULL) WITHOUT ROWID;
"""


@frozen
class Difference(Stated):
    """What a comparison says in few words.

    Args:
        same: whether the article has no change.
        state: as a comparison has it.
        classes: the classes of its changes, in their order.
        silent: whether a substantive change is told by nothing; None where that is not judged.
        silent_reason: why it is not judged; None where it is.
    """

    same: bool
    state: State = "compared"
    classes: tuple[str, ...] = ()
    silent: bool | None = False
    silent_reason: str | None = None

    @classmethod
    def of(cls, comparison: Comparison) -> Difference:
        """What a comparison says."""
        return cls(
            comparison.same,
            comparison.state,
            comparison.classes,
            comparison.silent,
            comparison.silent_reason,
        )


SAME = Difference(True)


@frozen
class KeptReading:
    """The digest of a capture's article as read.

    Args:
        envelope: SHA-256 of the envelope that has the text.
        extractor: what the text was extracted by, see `archive.collection.judging`.
        digest: of the reading; None where there is none.
        permille: how many of a thousand words of the article the text has; None where the page
            shows no article.
    """

    envelope: str
    extractor: str
    digest: str | None
    permille: int | None


@frozen
class KeptDifference:
    """What lies between two captures, and what that rests on.

    Args:
        before: SHA-256 of the envelope that has the earlier text.
        after: the same of the later.
        extractor: what both were extracted anew by; empty where the stored texts were compared.
        host: the name of the other pages of the host that told what is noise; empty where the
            outcome rests on none.
        difference: it.
    """

    before: str
    after: str
    extractor: str
    host: str
    difference: Difference


class ChangeIndex(Cache):
    """What lies between captures, as far as it was found out before."""

    NAME = "the index of changes"
    VERSION = 1_000 * RULES + 2
    SCHEMA = _SCHEMA

    def readings(self, envelope: str) -> list[KeptReading]:
        """The digests of a text's readings that are kept."""
        found = self._fetch("SELECT * FROM reading WHERE envelope = ?", envelope)
        return [KeptReading(*self._unseal(sealed)) for sealed in found]

    def difference(self, before: str, after: str) -> KeptDifference | None:
        """What lies between two captures, where it is kept."""
        query = "SELECT * FROM difference WHERE before = ? AND after = ?"
        for sealed in self._fetch(query, before, after):
            values = self._unseal(sealed)
            same, state, classes, silent, reason = values[4:]
            told = None if silent is None else bool(silent)
            difference = Difference(bool(same), state, tuple(classes.split()), told, reason)
            return KeptDifference(values[0], values[1], values[2], values[3], difference)
        return None

    def lines(self, text: str) -> frozenset[str] | None:
        """The keys of a text's lines, by the text's SHA-256, where they are kept."""
        for (lines,) in self._fetch("SELECT lines FROM page WHERE text = ?", text):
            digest, _, keys = str(lines).partition("\n")
            if digest == sha256(keys.encode("utf-8", "surrogatepass")):
                return frozenset(keys.split("\n"))
        return None

    def keep(
        self,
        readings: Iterable[KeptReading],
        differences: Iterable[KeptDifference],
        pages: Iterable[tuple[str, frozenset[str]]],
    ) -> None:
        """Add what was found out; what was known before is replaced.

        Args:
            readings: digests.
            differences: what lies between captures.
            pages: the SHA-256 of texts, and the keys of their lines.
        """
        with self._transaction():
            self._connection.executemany(
                "INSERT OR REPLACE INTO reading VALUES (?, ?, ?, ?, ?)",
                (seal((one.envelope, one.extractor, one.digest, one.permille)) for one in readings),
            )
            self._connection.executemany(
                f"INSERT OR REPLACE INTO difference VALUES ({', '.join('?' * 10)})",  # noqa: S608
                map(_seal_difference, differences),
            )
            self._connection.executemany(
                "INSERT OR REPLACE INTO page VALUES (?, ?)",
                ((text, _seal_lines(lines)) for text, lines in pages),
            )

    def _unseal(self, sealed: tuple[Any, ...]) -> tuple[Any, ...]:
        """The values of a row, its checksum looked at."""
        values = tuple(sealed[:-1])
        if seal(values)[-1] != sealed[-1]:
            raise StorageError(f"{self.NAME} is damaged")
        return values


def _seal_difference(kept: KeptDifference) -> tuple[Any, ...]:
    told = kept.difference
    silent = None if told.silent is None else int(told.silent)
    names = (kept.before, kept.after, kept.extractor, kept.host)
    said = (int(told.same), told.state, " ".join(told.classes), silent, told.silent_reason)
    return seal((*names, *said))


def _seal_lines(lines: frozenset[str]) -> str:
    keys = "\n".join(sorted(lines))
    return f"{sha256(keys.encode('utf-8', 'surrogatepass'))}\n{keys}"
