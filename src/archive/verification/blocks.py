"""A record's block as it passes by: its digests, its header's rules, what is kept (checks 2, 3)."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Protocol

from attrs import define

from archive import digest
from archive.errors import Hint
from archive.proof.bounds import MAX_ENVELOPE, MAX_MANIFEST
from archive.verification.payload import PayloadCheck, has_payload_here
from archive.verification.records import ReadRecord, Recomputed
from archive.warc.group import ENVELOPE_TYPE
from archive.warc.reader import RecordReader
from archive.warc.record import Record
from archive.warc.rules import check_header

if TYPE_CHECKING:
    from archive.verification.layers import Allowance

__all__ = ["ELSEWHERE", "Depth", "is_kept", "look_deep", "read_record"]

_MAX_WARCINFO = 1 << 16
_MAX_OUTCOME = 1 << 18
_OURS = re.compile(r"sha256:[0-9a-f]{64}\Z")
_MAX_HELD = 40_000_000
_HELD_TARGETS = ("urn:text:", "urn:claims:", "urn:import:", "urn:tls:")
_OUTCOME = "urn:outcome:"
_MANIFEST = "urn:manifest:"
_NO_DIGEST = "records without a block digest that can be checked"
_FOREIGN_DIGEST = "records with a block digest that is none, or under an unknown algorithm"
ELSEWHERE = "payloads that stand elsewhere, or under an unknown digest"
"""A gap of records whose payload digest cannot be held against their own block."""
_NOT_DEEP = Hint(
    "payload digests in signed headers, which verify(deep=True) recomputes",
    command="payload digests in signed headers, which --deep recomputes",
)


@define
class Depth:
    """How closely the blocks of one file are looked at, and how much of its group is held.

    `allowance` and `recompute` are there when layers are recomputed.
    """

    payloads: bool
    allowance: Allowance | None = None
    recompute: Callable[[Iterator[memoryview]], Recomputed] | None = None
    held: int = 0


def look_deep() -> Depth:
    """How closely to look where every layer is recomputed."""
    from archive.verification import layers  # loads what reads HTTP

    allowance = layers.Allowance(layers.ALLOWED)
    recompute = partial(layers.recompute, allowance=allowance)
    return Depth(payloads=True, allowance=allowance, recompute=recompute)


class _Watcher(Protocol):
    def update(self, data: memoryview, /) -> None: ...


class _Keeper:
    """Keeps the bytes that pass by."""

    def __init__(self) -> None:
        self.data = bytearray()

    def update(self, data: memoryview, /) -> None:
        self.data += data


def read_record(reader: RecordReader, record: Record, file: str, depth: Depth) -> ReadRecord:
    """Read a record's block and check what can be checked of it alone (checks 2 and 3).

    Args:
        reader: just after `record` was read from it.
        record: its header.
        file: the file's name.
        depth: how closely to look.

    Raises:
        WarcError: the framing breaks inside the block.
    """
    seen = ReadRecord(
        file,
        record.offset,
        record.own_member,
        record.head,
        record.is_usual,
        record.length,
        record.id,
        record.type,
        record.target or "",
        record.date,
        record.payload_digest,
        record.content_type == ENVELOPE_TYPE,
    )
    if not record.is_usual:
        seen.problems = tuple([("headers", problem) for problem in check_header(record)])
    has_payload = depth.payloads and record.payload_digest is not None
    is_simple = record.is_usual and depth.allowance is None and not has_payload
    whole = reader.take_whole() if is_simple else None
    if whole is None:
        _read_block(reader, record, seen, depth)
    else:
        _take_block(whole, record, seen, depth)
    depth.held = 0 if seen.is_envelope else depth.held + len(seen.data or b"")
    return seen


def _take_block(whole: memoryview, record: Record, seen: ReadRecord, depth: Depth) -> None:
    """Check a usual record's block that is at hand whole: what `_read_block` would do with it."""
    seen.block = hashlib.sha256(whole).hexdigest()
    if is_kept(seen, depth):
        seen.data = bytes(whole)
    _compare(f"sha256:{seen.block}" == record.block_digest, seen)
    if record.payload_digest is not None:
        seen.gaps = (_NOT_DEEP,)


def _read_block(reader: RecordReader, record: Record, seen: ReadRecord, depth: Depth) -> None:
    """Check any record's block as it passes by."""
    block = _BlockDigest(record.block_digest or "")
    keeper = _Keeper() if is_kept(seen, depth) else None
    payload = _open_payload(record, seen, depth)
    watchers = [watcher for watcher in (*block.watchers, keeper, payload) if watcher is not None]
    pieces = _watch(reader.pieces(), watchers)
    if depth.recompute is not None and seen.type in ("response", "revisit"):
        seen.layers = depth.recompute(pieces)
    for _ in pieces:
        pass
    seen.block = block.sha256
    seen.data = bytes(keeper.data) if keeper is not None else None
    if block.is_known:
        _compare(block.holds(), seen)
    else:
        foreign = record.block_digest is not None
        seen.gaps += (_FOREIGN_DIGEST if foreign else _NO_DIGEST,)
    if payload is not None and not payload.holds():
        seen.problems += (("blocks", "payload digest is not that of the payload"),)


class _BlockDigest:
    """SHA-256 of a block, and whether it has the digest that its header says, of any algorithm."""

    def __init__(self, written: str) -> None:
        self._hasher = hashlib.sha256()
        self._said = written[7:] if _OURS.match(written) else None
        self._other = None if self._said else digest.parse(written)
        self._other_hasher = self._other.hasher() if self._other else None

    @property
    def watchers(self) -> tuple[_Watcher | None, ...]:
        """What must see the block."""
        return self._hasher, self._other_hasher

    @property
    def sha256(self) -> str:
        """Of what was seen."""
        return self._hasher.hexdigest()

    @property
    def is_known(self) -> bool:
        """Whether the header says a digest that can be compared."""
        return self._said is not None or self._other is not None

    def holds(self) -> bool:
        """Whether it is the block's."""
        if self._other is not None and self._other_hasher is not None:
            return self._other_hasher.digest() == self._other.value
        return self.sha256 == self._said


def _compare(same: bool, seen: ReadRecord) -> None:
    seen.compared = True
    if not same:
        seen.problems += (("blocks", "block digest is not that of the block"),)


def _watch(pieces: Iterator[memoryview], watchers: list[_Watcher]) -> Iterator[memoryview]:
    for piece in pieces:
        for watcher in watchers:
            watcher.update(piece)
        yield piece


def is_kept(seen: ReadRecord, depth: Depth) -> bool:
    """Whether a record's block is held until its group is judged."""
    length = seen.length
    if seen.is_envelope:
        return length <= MAX_ENVELOPE
    if seen.type == "warcinfo":
        return length <= _MAX_WARCINFO
    if seen.target.startswith(_MANIFEST):
        return length <= MAX_MANIFEST and depth.held + length <= _MAX_HELD
    if seen.target.startswith(_OUTCOME):
        return length <= _MAX_OUTCOME and depth.held + length <= _MAX_HELD
    is_held = seen.type in ("response", "request") or seen.target.startswith(_HELD_TARGETS)
    if depth.allowance is None or not is_held:
        return False
    return depth.held + length <= _MAX_HELD


def _open_payload(record: Record, seen: ReadRecord, depth: Depth) -> PayloadCheck | None:
    written = record.payload_digest
    if written is None:
        return None
    wanted = digest.parse(written)
    if wanted is None or not has_payload_here(record):
        seen.gaps = (ELSEWHERE,)
        return None
    if not depth.payloads:
        seen.gaps = (_NOT_DEEP,)
        return None
    return PayloadCheck(wanted, record)
