"""One pass over the bytes of one file or record: digests, header rules, and what is kept of each.

Nothing here judges: it gives values, in the order of the files, so that another process may do it.
Where a file cannot be read further, its `End` says why.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Generator, Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Literal, Protocol

from attrs import define, field, frozen

from archive import digest
from archive.errors import Hint, WarcError
from archive.proof.bounds import MAX_ENVELOPE
from archive.verification.payload import PayloadCheck, has_payload_here
from archive.verification.records import ReadRecord, Recomputed
from archive.warc.group import ENVELOPE_TYPE
from archive.warc.reader import RecordReader
from archive.warc.record import Record
from archive.warc.rules import check_header
from archive.warc.stream import ByteSource, Counted

if TYPE_CHECKING:
    from archive.verification.layers import Allowance

__all__ = ["ELSEWHERE", "Begin", "End", "NamedSource", "Step", "Stray", "is_ours", "read_files"]

_MAX_WARCINFO = 1 << 16
_MAX_OUTCOME = 1 << 18
_OURS = re.compile(r"sha256:[0-9a-f]{64}\Z")
_MAX_HELD = 40_000_000
ELSEWHERE = "payloads that stand elsewhere, or under an unknown digest"
"""A gap of records whose payload digest cannot be held against their own block."""
_NOT_DEEP = Hint(
    "payload digests in signed headers, which verify(deep=True) recomputes",
    command="payload digests in signed headers, which --deep recomputes",
)
_HELD_TARGETS = ("urn:text:", "urn:claims:", "urn:import:", "urn:tls:")
_OUTCOME = "urn:outcome:"
_WRITER = re.compile(rb"(?mi)^software:[ \t]*article-archive\b")


@frozen
class NamedSource:
    """A stored WARC file: its name in findings, and how to open it.

    `open` gives something with ``read``, positioned at the file's first byte; it is closed when it
    has a ``close``. An OSError from either is a finding.
    """

    name: str
    open: Callable[[], ByteSource] = field(repr=False)


@frozen
class Begin:
    """A file begins; `is_last` says whether it is the last one."""

    name: str
    is_last: bool


@frozen
class End:
    """A file ends.

    Attributes:
        problem: why it could not be read further, or None.
        offset: where.
        torn: whether it merely ends too early.
        unreadable: whether it is neither WARC nor gzip.
        compressed: whether it is stored in gzip.
        foreign: how many of its gzip members begin as our writer begins none.
        digest: SHA-256 of the file as stored, where that was asked for and all was read.
        length: how many bytes were read of it.
    """

    problem: str | None = None
    offset: int = 0
    torn: bool = False
    unreadable: bool = False
    compressed: bool = True
    foreign: int = 0
    digest: str | None = None
    length: int = 0


@frozen
class Stray:
    """Something lies beside the files that are read and is none of them.

    Attributes:
        name: in findings.
        kind: ``file``; ``special``, what is called like a WARC file and is a pipe, a device, or a
            link that leads nowhere; ``folder``, with WARC files in it; ``litter``, which desktops
            leave behind in every folder.
    """

    name: str
    kind: Literal["file", "special", "folder", "litter"] = "file"


Step = Begin | ReadRecord | End | Stray
"""What reading gives: of each file its `Begin`, its records, its `End`; at last the strays."""


@define
class _Depth:
    """How closely the blocks of one file are looked at, and how much of its group is held.

    `allowance` and `recompute` are there when layers are recomputed.
    """

    payloads: bool
    allowance: Allowance | None = None
    recompute: Callable[[Iterator[memoryview]], Recomputed] | None = None
    held: int = 0


def read_files(
    sources: Iterable[NamedSource],
    *,
    deep: bool,
    hashed: bool = False,
    strays: Iterable[Stray] = (),
) -> Generator[Step, None, None]:
    """Read stored files, one after the other, every byte once.

    Args:
        sources: the files; those of a collection in the order of its sequence.
        deep: also recompute payload digests and layers.
        hashed: also hash every file as stored, but for the last, which has no seal yet.
        strays: what lies beside them.
    """
    for source, is_last in _mark_last(sources):
        yield Begin(source.name, is_last)
        yield from _read_file(source, deep, hashed=hashed and not is_last)
    yield from strays


def is_ours(warcinfo: ReadRecord) -> bool:
    """Whether a file's first record says that our software wrote it."""
    return warcinfo.type == "warcinfo" and _WRITER.search(warcinfo.data or b"") is not None


def _mark_last(sources: Iterable[NamedSource]) -> Iterator[tuple[NamedSource, bool]]:
    held: NamedSource | None = None
    for source in sources:
        if held is not None:
            yield held, False
        held = source
    if held is not None:
        yield held, True


def _read_file(source: NamedSource, deep: bool, *, hashed: bool) -> Iterator[ReadRecord | End]:
    try:
        opened = source.open()
    except OSError as error:
        yield End(f"cannot be opened: {error.strerror or error}")
        return
    stored = Counted(opened, hashlib.sha256() if hashed else None)
    try:
        yield from _read_records(stored, source.name, deep)
    except WarcError as error:
        yield End(error.message, error.offset or 0, error.torn)
    except OSError as error:
        yield End(f"cannot be read: {error.strerror or error}")
    finally:
        stored.close()


def _read_records(stored: Counted, name: str, deep: bool) -> Iterator[ReadRecord | End]:
    try:
        reader = RecordReader(stored, name)
    except WarcError as error:
        yield End(error.message, unreadable=True)
        return
    record = reader.next_record()
    if record is None:
        raise WarcError("file is empty", torn=True)
    depth = _look_deep() if deep else _Depth(payloads=True)
    is_first = True
    while record is not None:
        if depth.allowance is not None:
            depth.allowance.note_stored(stored.position)
        seen = _read_record(reader, record, name, depth)
        if is_first and is_ours(seen):
            depth.payloads = deep
        is_first = False
        try:
            record = reader.next_record()
        except WarcError:
            yield seen
            raise
        end = stored.position if record is None else record.offset
        if end > seen.offset:
            seen.stored = end - seen.offset
        yield seen
    found = stored.hasher.hexdigest() if stored.hasher else None
    yield End(
        compressed=reader.compressed,
        foreign=reader.foreign,
        digest=found,
        length=stored.position,
    )


def _look_deep() -> _Depth:
    from archive.verification import layers  # loads what reads HTTP

    allowance = layers.Allowance(layers.ALLOWED)
    recompute = partial(layers.recompute, allowance=allowance)
    return _Depth(payloads=True, allowance=allowance, recompute=recompute)


class _Watcher(Protocol):
    def update(self, data: memoryview, /) -> None: ...


class _Keeper:
    """Keeps the bytes that pass by."""

    def __init__(self) -> None:
        self.data = bytearray()

    def update(self, data: memoryview, /) -> None:
        self.data += data


def _read_record(reader: RecordReader, record: Record, file: str, depth: _Depth) -> ReadRecord:
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


def _take_block(whole: memoryview, record: Record, seen: ReadRecord, depth: _Depth) -> None:
    """Check a usual record's block that is at hand whole: what `_read_block` would do with it."""
    seen.block = hashlib.sha256(whole).hexdigest()
    if _is_kept(seen, depth):
        seen.data = bytes(whole)
    _compare(f"sha256:{seen.block}" == record.block_digest, seen)
    if record.payload_digest is not None:
        seen.gaps = (_NOT_DEEP,)


def _read_block(reader: RecordReader, record: Record, seen: ReadRecord, depth: _Depth) -> None:
    """Check any record's block as it passes by."""
    block = _BlockDigest(record.block_digest or "")
    keeper = _Keeper() if _is_kept(seen, depth) else None
    payload = _open_payload(record, seen, depth)
    watchers = [watcher for watcher in (*block.watchers, keeper, payload) if watcher is not None]
    pieces = _watch(reader.pieces(), watchers)
    if depth.recompute is not None and seen.type == "response":
        seen.layers = depth.recompute(pieces)
    for _ in pieces:
        pass
    seen.block = block.sha256
    seen.data = bytes(keeper.data) if keeper is not None else None
    if block.is_known:
        _compare(block.holds(), seen)
    else:
        seen.gaps += ("records without a block digest that can be checked",)
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


def _is_kept(seen: ReadRecord, depth: _Depth) -> bool:
    length = seen.length
    if seen.is_envelope:
        return length <= MAX_ENVELOPE
    if seen.type == "warcinfo":
        return length <= _MAX_WARCINFO
    if seen.target.startswith(_OUTCOME):
        return length <= _MAX_OUTCOME and depth.held + length <= _MAX_HELD
    is_held = seen.type == "response" or seen.target.startswith(_HELD_TARGETS)
    if depth.allowance is None or not is_held:
        return False
    return depth.held + length <= _MAX_HELD


def _open_payload(record: Record, seen: ReadRecord, depth: _Depth) -> PayloadCheck | None:
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
