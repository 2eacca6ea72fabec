"""Groups as they stand in a WARC file: read in order, each with its place and its statement.

This reading is for the index, for showing and for recovery. It trusts nothing and proves nothing:
that is verification's work.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Generic, TypeVar

from attrs import evolve, frozen

from archive.article.record import LARGEST
from archive.digest import sha256
from archive.disk.regular import open_regular
from archive.errors import DocumentError, WarcError
from archive.proof.bounds import MAX_ENVELOPE
from archive.proof.dsse import Envelope
from archive.proof.entry import EntryStatement, read_head
from archive.proof.later import LaterStatement
from archive.proof.spelling import read_signed
from archive.proof.statement import CaptureStatement, Warcinfo
from archive.warc.group import ENVELOPE_TYPE
from archive.warc.reader import RecordReader
from archive.warc.record import Record
from archive.warc.stream import ByteSource

__all__ = ["EntryGroup", "Group", "Tail", "read_group", "read_groups", "read_text_block"]

_S = TypeVar("_S", CaptureStatement, EntryStatement)

_MOST_RECORDS = 512  # of a group that is kept: more than a statement of this version can name
_MOST_PASSED = 65_538  # of a group of a later version, which is passed over: its lines and two more
_MOST_KEPT = 64_000_000  # bytes of small blocks of a group
_MOST_OF_ALL = 512_000_000  # bytes of all its blocks
_TEXT = "urn:text:"
_SMALL = ("urn:outcome:", _TEXT, "urn:claims:")


@frozen
class _Grouped(Generic[_S]):
    """Records that belong together, envelope last.

    Attributes:
        offset: where the first record begins in the file.
        end: where the next group begins, or the file ends.
        records: headers in order.
        blocks: blocks by record id: all of them, or outcome, text, claims and envelope only.
        statement: what the envelope says (its signature is not checked here).
    """

    offset: int
    end: int
    records: tuple[Record, ...]
    blocks: Mapping[str, bytes]
    statement: _S

    @property
    def envelope(self) -> bytes:
        """The envelope's exact bytes."""
        return self.blocks[self.records[-1].id]

    def block(self, role: str) -> bytes | None:
        """The block of the last record of that role, None when there is none."""
        ids = [item.id for item in self.statement.records if item.role == role]
        return self.blocks.get(ids[-1]) if ids else None


@frozen
class Group(_Grouped[CaptureStatement]):
    """The records of one capture."""


@frozen
class EntryGroup(_Grouped[EntryStatement]):
    """The records of an entry that is no capture."""


@frozen
class Tail:
    """What follows the last whole group of a file.

    Attributes:
        offset: where it begins.
        message: what is wrong with it.
        torn: whether the file merely ends too early.
    """

    offset: int
    message: str
    torn: bool


def read_group(
    path: Path, offset: int, *, everything: bool = False
) -> Warcinfo | Group | EntryGroup | Tail | None:
    """What stands at a place in a WARC file, as `read_groups` gives it; None at the file's end.

    Raises:
        InputError: it is no regular file.
        OSError: it cannot be read.
    """
    with open_regular(path) as file:
        file.seek(offset)
        groups = read_groups(file, base=offset, where=path.name, everything=everything)
        return next(groups, None)


def read_groups(
    source: ByteSource, *, base: int, where: str, everything: bool = False
) -> Iterator[Warcinfo | Group | EntryGroup | Tail]:
    """Read groups from a place in a file to its end.

    Args:
        source: positioned at `base`.
        base: the offset of a record in the stored file.
        where: the file's name, for messages.
        everything: keep all blocks, not only the small ones.

    Yields:
        The file's warcinfo if `base` is 0, each group, and a `Tail` last when the file does not
        end with a whole group.
    """
    walk = _Walk(base, everything)
    try:
        reader = RecordReader(source, where)
        while (record := reader.next_record()) is not None:
            walk.take(record, reader)
            end = base + reader.finish()
            if record.type == "warcinfo":
                yield _read_warcinfo(record, walk.block)
            elif record.get("Content-Type") == ENVELOPE_TYPE:
                yield walk.close(end)
            if not walk.records:
                walk.start = end
    except (WarcError, DocumentError) as error:
        torn = isinstance(error, WarcError) and error.torn
        yield Tail(walk.start, error.message, torn)
        return
    if walk.records:
        # A writer that was killed leaves no more than a statement can name.
        yield Tail(walk.start, "group without its envelope", torn=not walk.is_large)


def read_text_block(path: Path, offset: int) -> bytes | None:
    """The block of the text record of a group, without reading what stands before it.

    Whoever uses it compares it with a digest.

    Args:
        path: of the WARC file.
        offset: where the group's outcome record begins; the small records follow it.

    Raises:
        InputError: it is no regular file.
        WarcError: what stands there is broken.
        OSError: it cannot be read.
    """
    with open_regular(path) as file:
        file.seek(offset)
        for record in islice(reader := RecordReader(file, path.name), len(_SMALL)):
            if (record.target or "").startswith(_TEXT):
                return reader.read_block(LARGEST)
    return None


class _Walk:
    """The group being read, and where it began."""

    def __init__(self, base: int, everything: bool) -> None:
        self._base = base
        self._everything = everything
        self.start = base
        self.records: list[Record] = []
        self.block = b""
        self._blocks: dict[str, bytes] = {}
        self.is_large = False
        """Whether not all of the group is held that is held of others."""
        self._count = 0  # of the group's records, of which not all are kept when they are many

    def take(self, record: Record, reader: RecordReader) -> None:
        """Read a record's block as far as it is kept."""
        kept = self._everything or (record.target or "").startswith(_SMALL)
        if record.type == "warcinfo" or record.get("Content-Type") == ENVELOPE_TYPE:
            self.block = reader.read_block(MAX_ENVELOPE)
        elif kept:
            left = _MOST_OF_ALL if self._everything else _MOST_KEPT
            left -= sum(map(len, self._blocks.values()))
            if self._everything:
                self._blocks[record.id] = reader.read_block(left)
            elif record.length <= min(left, LARGEST):
                self._blocks[record.id] = reader.read_block(record.length)
            else:
                self.is_large = True
        if record.type != "warcinfo":
            self._add(record)

    def _add(self, record: Record) -> None:
        self._count += 1
        if self._count > _MOST_PASSED:
            raise DocumentError(f"a group of more than {_MOST_PASSED} records")
        if len(self.records) > _MOST_RECORDS:  # all headers could take gigabytes
            del self.records[1:]
            self._blocks.clear()
            self.is_large = True
        self.records.append(evolve(record, offset=self._base + record.offset))

    def close(self, end: int) -> Group | EntryGroup:
        """The group that its envelope has just completed."""
        statement, is_known = _read_statement(Envelope.from_bytes(self.block).payload)
        if is_known and not _are_of(self.records[:-1], statement):
            raise DocumentError("the statement names other records than stand before it")
        blocks = {**self._blocks, self.records[-1].id: self.block}
        records = tuple(self.records)
        self.records, self._blocks, self._count = [], {}, 0
        self.is_large = False
        if isinstance(statement, EntryStatement):
            return EntryGroup(self.start, end, records, blocks, statement)
        return Group(self.start, end, records, blocks, statement)


def _are_of(records: Sequence[Record], statement: CaptureStatement | EntryStatement) -> bool:
    """Whether records are those that a statement names, in order.

    Some may be missing, for a right may have taken them away; verification says whether one has.
    """
    named = iter([item.id for item in statement.records])
    return all(record.id in named for record in records)


def _read_statement(payload: bytes) -> tuple[CaptureStatement | EntryStatement, bool]:
    """What a payload says, and whether it is understood: of a later version's its head alone."""
    try:
        said = read_signed(payload)
    except DocumentError:
        return read_head(payload), False
    return (read_head(payload), False) if isinstance(said, LaterStatement) else (said, True)


def _read_warcinfo(record: Record, block: bytes) -> Warcinfo:
    return Warcinfo(record.id, sha256(record.head), sha256(block))
