"""One pass over one record: its digests, its header rules, and what later steps need to know."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from typing import Protocol

from attrs import define, field, frozen

from archive import digest
from archive.proof.dsse import MAX_SIZE
from archive.verification.layers import Recomputed, recompute
from archive.verification.payload import PayloadCheck, has_payload_here
from archive.verification.tally import Place, Tally
from archive.warc.group import ENVELOPE_TYPE
from archive.warc.reader import Reader
from archive.warc.record import Record
from archive.warc.rules import check_header

__all__ = ["Depth", "Seen", "read_record"]

_MAX_WARCINFO = 1 << 16
_OURS = re.compile(r"sha256:[0-9a-f]{64}\Z")
_MAX_HELD = 40_000_000
_NOT_DEEP = "payload digests in signed headers, which --deep recomputes"
_HELD_TARGETS = ("urn:text:", "urn:claims:")


@frozen
class Depth:
    """How closely blocks are looked at: payload digests, and the layers under them."""

    payloads: bool
    layers: bool


@define(eq=False)
class Seen:
    """What is kept of a record that was read.

    Attributes:
        record: its header.
        file: the name of the file it stands in.
        stored: its stored length, known when the next record begins.
        header: SHA-256 of the exact header bytes.
        block: SHA-256 of the block.
        data: the block itself, where it is needed: envelopes, warcinfo, and text and claims when
            looking deep.
        layers: what a response was found to hold, when looking deep.
        problems: what is wrong with the record alone, as (check, message).
    """

    record: Record
    file: str
    header: str
    problems: list[tuple[str, str]]
    block: str = ""
    stored: int | None = None
    data: bytes | None = field(default=None, repr=False)
    layers: Recomputed | None = None

    @property
    def id(self) -> str:
        """The record id, bare; empty when there is none."""
        return self.record.id

    @property
    def type(self) -> str:
        """WARC-Type in lower case."""
        return self.record.type

    @property
    def target(self) -> str:
        """WARC-Target-URI, bare; empty when there is none."""
        return self.record.target or ""

    @property
    def place(self) -> Place:
        """Where the record stands."""
        record = self.record
        return Place(
            self.file, record.offset, self.stored, record.id or None, None, record.target or None
        )

    def place_in(self, capture: str, url: str) -> Place:
        """Where the record stands, as part of a capture."""
        return Place(self.file, self.record.offset, self.stored, self.id or None, capture, url)

    @property
    def is_envelope(self) -> bool:
        """Whether the record says that it holds an envelope."""
        return self.record.content_type == ENVELOPE_TYPE


class _Watcher(Protocol):
    def update(self, data: memoryview, /) -> None: ...


class _Keeper:
    """Keeps the bytes that pass by."""

    def __init__(self) -> None:
        self.data = bytearray()

    def update(self, data: memoryview, /) -> None:
        self.data += data


def read_record(
    reader: Reader, record: Record, file: str, tally: Tally, depth: Depth, held: int
) -> Seen:
    """Read a record's block and check what can be checked of it alone (checks 2 and 3).

    Args:
        reader: just after `record` was read from it.
        record: its header.
        file: the file's name.
        tally: takes counts.
        depth: how closely to look.
        held: how many bytes of earlier records of the same group are held.

    Raises:
        WarcError: the framing breaks inside the block.
    """
    problems = [("headers", problem) for problem in check_header(record)]
    seen = Seen(record, file, hashlib.sha256(record.head).hexdigest(), problems)
    tally.count("headers")
    has_payload = depth.payloads and record.payload_digest is not None
    is_simple = record.is_usual and not depth.layers and not has_payload
    whole = reader.take_whole() if is_simple else None
    if whole is None:
        _read_block(reader, seen, tally, depth, held)
    else:
        _take_block(whole, seen, tally, depth, held)
    return seen


def _take_block(whole: memoryview, seen: Seen, tally: Tally, depth: Depth, held: int) -> None:
    """Check a usual record's block that is at hand whole: what `_read_block` would do with it."""
    seen.block = hashlib.sha256(whole).hexdigest()
    if _is_kept(seen, depth, held):
        seen.data = bytes(whole)
    _compare(f"sha256:{seen.block}" == seen.record.block_digest, seen, tally)
    if seen.record.payload_digest is not None:
        tally.skip("blocks", _NOT_DEEP)


def _read_block(reader: Reader, seen: Seen, tally: Tally, depth: Depth, held: int) -> None:
    hasher = hashlib.sha256()
    watchers: list[_Watcher] = [hasher]
    written = seen.record.block_digest or ""
    is_ours = _OURS.match(written) is not None
    other = None if is_ours else digest.parse(written)
    other_hasher = other.hasher() if other else None
    if other_hasher is not None:
        watchers.append(other_hasher)
    keeper = _Keeper() if _is_kept(seen, depth, held) else None
    if keeper is not None:
        watchers.append(keeper)
    payload = _open_payload(seen.record, tally, depth)
    if payload is not None:
        watchers.append(payload)
    pieces = _watch(reader.pieces(), watchers)
    if depth.layers and seen.type == "response":
        seen.layers = recompute(pieces)
    for _ in pieces:
        pass
    seen.block = hasher.hexdigest()
    seen.data = bytes(keeper.data) if keeper is not None else None
    if other is not None and other_hasher is not None:
        _compare(other_hasher.digest() == other.value, seen, tally)
    elif is_ours:
        _compare(seen.block == written[7:], seen, tally)
    else:
        tally.skip("blocks", "records without a block digest that can be checked")
    if payload is not None and not payload.holds():
        seen.problems.append(("blocks", "payload digest is not that of the payload"))


def _compare(same: bool, seen: Seen, tally: Tally) -> None:
    tally.count("blocks")
    if not same:
        seen.problems.append(("blocks", "block digest is not that of the block"))


def _watch(pieces: Iterator[memoryview], watchers: list[_Watcher]) -> Iterator[memoryview]:
    for piece in pieces:
        for watcher in watchers:
            watcher.update(piece)
        yield piece


def _is_kept(seen: Seen, depth: Depth, held: int) -> bool:
    length = seen.record.length
    if seen.is_envelope:
        return length <= MAX_SIZE
    if seen.type == "warcinfo":
        return length <= _MAX_WARCINFO
    return depth.layers and seen.target.startswith(_HELD_TARGETS) and held + length <= _MAX_HELD


def _open_payload(record: Record, tally: Tally, depth: Depth) -> PayloadCheck | None:
    written = record.payload_digest
    if written is None:
        return None
    wanted = digest.parse(written)
    if wanted is None or not has_payload_here(record):
        tally.skip("blocks", "payloads that stand elsewhere, or under an unknown digest")
        return None
    if not depth.payloads:
        tally.skip("blocks", _NOT_DEEP)
        return None
    return PayloadCheck(wanted, record)
