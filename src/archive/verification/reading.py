"""One pass over the bytes of one file or record: digests, header rules, and what is kept of each.

Nothing here judges: it gives values, in the order of the files, so that another process may do it.
Where a file cannot be read further, its `End` says why.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Generator, Iterable, Iterator
from typing import Literal

from attrs import field, frozen

from archive.errors import WarcError
from archive.verification.blocks import Depth, look_deep, read_record
from archive.verification.records import ReadRecord
from archive.warc.members import find_member, pass_over
from archive.warc.reader import RecordReader
from archive.warc.record import Record
from archive.warc.stream import ByteSource, Counted, sniff

__all__ = [
    "Begin",
    "End",
    "Gap",
    "NamedSource",
    "Step",
    "Stray",
    "is_ours",
    "read_files",
]

_MAX_GAPS = 100  # in one file, behind which it is read on
_MAX_AGAIN = 1 << 28  # bytes that may be read again in all, to find the next member
_LOOKED_AT = 1 << 16  # bytes of a file that is none, to say what it is
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
        empty: how many hold nothing.
        digest: SHA-256 of the file as stored, where that was asked for and all was read.
        length: how many bytes were read of it.
    """

    problem: str | None = None
    offset: int = 0
    torn: bool = False
    unreadable: bool = False
    compressed: bool = True
    foreign: int = 0
    empty: int = 0
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


@frozen
class Gap:
    """A part of a file that could not be read; what follows it is read again.

    Attributes:
        problem: what is wrong there.
        offset: where it begins.
        end: where the next gzip member with a record begins.
    """

    problem: str
    offset: int
    end: int


Step = Begin | ReadRecord | Gap | End | Stray
"""What reading gives: of each file its `Begin`, its records and gaps, its `End`; at last the
strays."""


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


def _read_file(
    source: NamedSource, deep: bool, *, hashed: bool
) -> Iterator[ReadRecord | Gap | End]:
    """One file, and behind each part of it that cannot be read what is intact."""
    reading = _Reading(source, deep=deep)
    start, again, gaps = 0, 0, 0
    while True:
        try:
            stored = Counted(source.open(), hashlib.sha256() if hashed and not start else None)
        except OSError as error:
            yield End(f"cannot be opened: {error.strerror or error}")
            return
        try:
            pass_over(stored, start)
            yield from reading.read(stored, start)
            return
        except WarcError as error:
            gaps, again = gaps + 1, again + stored.position - error.offset
            may_go_on = gaps <= _MAX_GAPS and again <= _MAX_AGAIN and reading.compressed
            found = find_member(source.open, error.offset + 1) if may_go_on else None
            if found is None:
                yield End(error.message, error.offset, error.torn)
                return
            yield Gap(error.message, error.offset, found)
            start = found
        except OSError as error:
            yield End(f"cannot be read: {error.strerror or error}")
            return
        finally:
            stored.close()


class _Reading:
    """One file being read, perhaps in several goes.

    Args:
        source: the file.
        deep: also recompute payload digests and layers.
    """

    def __init__(self, source: NamedSource, *, deep: bool) -> None:
        self._source = source
        self._deep = deep
        self._depth = look_deep() if deep else Depth(payloads=True)
        self._is_first = True
        self._foreign = self._empty = 0
        self.compressed = False
        """Whether it is stored in gzip, as far as is known."""

    def read(self, stored: Counted, base: int) -> Iterator[ReadRecord | End]:
        """Its records from an offset on, and its end.

        Args:
            stored: the file as stored, positioned there.
            base: the offset.

        Raises:
            WarcError: it cannot be read further.
        """
        try:
            reader = RecordReader(stored, self._source.name, base=base)
            self.compressed = reader.compressed
            record = reader.next_record()
        except WarcError as error:
            if base or not self._is_first:
                raise
            yield self._refuse(error)
            return
        if record is None:
            raise WarcError("file is empty", torn=True)
        try:
            yield from self._read_records(reader, record, stored)
        finally:
            self._foreign += reader.foreign
            self._empty += reader.empty
        found = stored.hasher.hexdigest() if stored.hasher else None
        yield End(
            compressed=reader.compressed,
            foreign=self._foreign,
            empty=self._empty,
            digest=found,
            length=stored.position,
        )

    def _read_records(
        self, reader: RecordReader, record: Record | None, stored: Counted
    ) -> Iterator[ReadRecord]:
        depth = self._depth
        while record is not None:
            if depth.allowance is not None:
                depth.allowance.note_stored(stored.position)
            seen = read_record(reader, record, self._source.name, depth)
            if self._is_first and is_ours(seen):
                depth.payloads = self._deep
            self._is_first = False
            try:
                record = reader.next_record()
            except WarcError:
                yield seen
                raise
            end = stored.position if record is None else record.offset
            if end > seen.offset:
                seen.stored = end - seen.offset
            yield seen

    def _refuse(self, error: WarcError) -> End:
        """The end of a file of which not even the first record can be read."""
        from archive.article.containers import find_container  # loads what reads pages

        opened = self._source.open()
        try:
            start = opened.read(_LOOKED_AT)
        finally:
            Counted(opened).close()
        kind = find_container(start, text=False)
        if kind is not None and not kind.is_warc:
            return End(f"not a WARC file but {kind.name}", unreadable=True)
        return End(error.message, error.offset, error.torn, unreadable=sniff(start[:5]) is None)
