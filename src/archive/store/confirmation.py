"""Rows of the index confirmed from the WARC files, before anything they say is signed.

The index is a cache that anybody with access to the folder can write: its checksums have no key. So
a writer takes nothing from a row on trust that goes into a statement: what was the same before,
which envelope comes before, which response a revisit stands for. What the row says must stand at
the places it names, be signed by this collection's own key, and give the very same row.

Of a group no more is read than that takes: the headers up to the last response, and the records
from the outcome on. The digests of what is left, such as the page, are the statement's own; the
title, which nothing signs, is taken from the row.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import BinaryIO

from attrs import frozen

from archive.article.article import count_words, has_words
from archive.article.record import LARGEST
from archive.article.suspicion import MANY_WORDS
from archive.digest import sha256
from archive.disk.layout import Layout
from archive.disk.regular import open_regular
from archive.errors import DocumentError, InputError, StorageError, WarcError
from archive.index.entries import EntryRow, describe_entry
from archive.index.groups import EntryGroup, Group, Tail, read_group
from archive.index.rows import GroupPlace, Row, describe_statement, read_attempt
from archive.proof.bounds import MAX_ENVELOPE
from archive.proof.dsse import Envelope
from archive.proof.entry import EntryStatement
from archive.proof.keys import PublicKey
from archive.proof.merkle import hash_leaf
from archive.proof.spelling import read_statement
from archive.proof.statement import CaptureStatement, NamedRecord, Warcinfo
from archive.warc.group import ENVELOPE_TYPE
from archive.warc.reader import RecordReader
from archive.warc.record import Record
from archive.warc.stream import Portion

__all__ = ["Confirmation", "UnconfirmedError"]

_KEPT = 4096
_MOST_BEFORE = 3  # outcome, text, claims
_SIP = 2048  # stored bytes at a time, so that of a large block little is inflated


class UnconfirmedError(StorageError):
    """The index says what the files do not: it is to be made anew, and asked again."""


class Confirmation:
    """What of the index a writer has seen for itself.

    Args:
        layout: where the collection lies.
        key: the public half of the key that signs.
    """

    def __init__(self, layout: Layout, key: PublicKey) -> None:
        self._layout = layout
        self._keys: tuple[PublicKey, ...] = (key,)
        self._known: dict[str, tuple[Row, CaptureStatement]] = {}  # by the envelope's SHA-256
        self._entries: dict[str, EntryRow] = {}

    def accept(self, keys: Sequence[PublicKey]) -> None:
        """Take what any of these keys has signed, such as those of earlier keyrings."""
        self._keys = tuple(keys)

    def _is_signed(self, envelope: Envelope) -> bool:
        return any(envelope.signed_by(key) for key in self._keys)

    def keep(self, row: Row, statement: CaptureStatement) -> None:
        """Take a row as confirmed, such as one that this writer has just stored."""
        if len(self._known) >= _KEPT:
            self._known.clear()
        self._known[row.envelope] = (row, statement)

    def bears_out(self, row: Row | EntryRow) -> bool:
        """Whether the files bear a row out."""
        if isinstance(row, EntryRow):
            return self.confirm_entry(row)
        return self.confirm(row) is not None

    def confirm(self, row: Row) -> CaptureStatement | None:
        """The statement that a row was made from; None when the files do not bear the row out."""
        known = self._known.get(row.envelope)
        if known is not None and known[0] == row:
            return known[1]
        try:
            with open_regular(self._layout.file(row.file)) as file:
                statement = self._read(file, row)
        except (InputError, OSError):
            return None
        if statement is not None:
            self.keep(row, statement)
        return statement

    def confirm_entry(self, row: EntryRow) -> bool:
        """Whether the files bear an entry's row out."""
        known = self._entries.get(row.envelope)
        if known == row:
            return True
        found = self._read_at(row.file, row.offset)
        try:
            if not isinstance(found, EntryGroup) or describe_entry(found, row.file) != row:
                return False
            if not self._is_signed(Envelope.from_bytes(found.envelope)):
                return False
        except DocumentError:
            return False
        self.keep_entry(row)
        return True

    def keep_entry(self, row: EntryRow) -> None:
        """Take an entry's row as confirmed."""
        self._entries = {row.envelope: row}  # only the last one is ever asked for

    def read_warcinfo(self, name: str) -> Warcinfo | None:
        """What a file begins with, None when that cannot be read."""
        found = self._read_at(name, 0)
        return found if isinstance(found, Warcinfo) else None

    def forget(self) -> None:
        """Take nothing as confirmed any more."""
        self._known.clear()
        self._entries = {}

    def _read_at(self, name: str, offset: int) -> Warcinfo | Group | EntryGroup | Tail | None:
        try:
            return read_group(self._layout.file(name), offset)
        except (InputError, OSError):
            return None

    def _read(self, file: BinaryIO, row: Row) -> CaptureStatement | None:
        """The statement, when the file bears out all that the row says.

        Raises:
            InputError: what stands there cannot be read.
        """
        file.seek(row.outcome_offset)
        tail = _read_tail(file, row)
        envelope = Envelope.from_bytes(tail.envelope)
        if sha256(tail.envelope) != row.envelope or not self._is_signed(envelope):
            return None
        statement = read_statement(envelope.payload)
        if isinstance(statement, EntryStatement):
            return None
        items = statement.records[-len(tail.records) :] if tail.records else ()
        if not tail.fits(items):
            return None
        file.seek(row.offset)
        heads = _read_heads(file, statement)
        if [sha256(head) for head in heads] != [x.header for x in statement.records[: len(heads)]]:
            return None
        place = GroupPlace(
            tail.id,
            row.envelope,
            hash_leaf(tail.envelope).hex(),
            row.file,
            row.offset,
            row.outcome_offset + tail.size,
            row.outcome_offset,
            row.outcome_offset + tail.envelope_at,
            heads,
        )
        outcome, text = (tail.block(role, items) for role in ("outcome", "text"))
        attempt = read_attempt(outcome)
        if statement.same_as is None and not _has_words(text, row.words):
            return None
        found = describe_statement(statement, attempt, row.article, place)
        return statement if found == row else None


@frozen
class _Tail:
    """The records of a group from its outcome on.

    Attributes:
        records: before the envelope, (header, block) each; the block of claims is left out.
        id, envelope: of the envelope's record.
        envelope_at, size: where that begins and ends, from the outcome record on.
    """

    records: tuple[tuple[Record, bytes | None], ...]
    id: str
    envelope: bytes
    envelope_at: int
    size: int

    def fits(self, items: Sequence[NamedRecord]) -> bool:
        """Whether a statement names these records."""
        return len(items) == len(self.records) and all(
            (record.id, sha256(record.head)) == (item.id, item.header)
            and (block is None or sha256(block) == item.block)
            for (record, block), item in zip(self.records, items, strict=True)
        )

    def block(self, role: str, items: Sequence[NamedRecord]) -> bytes | None:
        """The block of a role's record."""
        pairs = zip(self.records, items, strict=True)
        return next((block for (_, block), item in pairs if item.role == role), None)


def _read_tail(file: BinaryIO, row: Row) -> _Tail:
    reader = RecordReader(file, row.file)
    records: list[tuple[Record, bytes | None]] = []
    while len(records) <= _MOST_BEFORE and (record := reader.next_record()) is not None:
        if record.content_type == ENVELOPE_TYPE:
            block = reader.read_block(MAX_ENVELOPE)
            return _Tail(tuple(records), record.id, block, record.offset, reader.finish())
        kept = not (record.target or "").startswith("urn:claims:")
        kept = kept and record.length <= LARGEST
        records.append((record, reader.read_block(LARGEST) if kept else None))
    raise WarcError("no envelope where there should be one", where=row.file)


def _read_heads(file: BinaryIO, statement: CaptureStatement) -> list[bytes]:
    """The headers of a group's first records, up to the last response's, at least one."""
    roles = [item.role for item in statement.records]
    answers = [place for place, role in enumerate(roles) if role in ("response", "revisit")]
    reader = RecordReader(Portion(file, most=_SIP))
    heads: list[bytes] = []
    while len(heads) <= max(answers, default=0) and (record := reader.next_record()) is not None:
        heads.append(record.head)
    return heads


def _has_words(text: bytes | None, words: int | None) -> bool:
    """Whether a text may have so many words, as far as anything signed depends on it.

    That is whether they are few; so where the beginning alone has enough, the rest is not counted.
    """
    try:
        read = None if text is None else text.decode("utf-8")
    except UnicodeDecodeError:
        read = None  # a text that cannot be read has no words
    if read is None or words is None:
        return read is None and words is None
    return words >= MANY_WORDS if has_words(read, MANY_WORDS) else words == count_words(read)
