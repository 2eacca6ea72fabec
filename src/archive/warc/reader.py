"""The strict reader of WARC files: every byte is accounted for, or an error says where.

It reads a file from its first byte to its last, record by record, with bounded memory. What hides
the place of the next record is an error and ends the reading; what merely breaks the header's
grammar is noted in `Record.problems`. Unlike most readers it never skips forward to something that
looks like a record; a verifier may begin anew behind a gap that it tells of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from archive.errors import WarcError
from archive.warc.record import Record, parse_head
from archive.warc.stream import ByteSource, open_stream

__all__ = ["MAX_HEAD", "RecordReader"]

MAX_HEAD = 1 << 16
"""The longest record header that is read, in bytes."""

_BLANK = re.compile(rb"\n\r?\n")
_END = b"\r\n\r\n"


class RecordReader:
    """Records of one file, in order.

    Call `next_record`, then read its block with `pieces` or `read_block` (or not at all: the rest
    of a block is passed over, and what follows it is checked, by the next `next_record`).

    Args:
        source: anything with ``read``.
        where: the file's name, for error messages.
        base: where in the file the source stands; in gzip at a member's beginning.

    Raises:
        WarcError: neither WARC nor gzip.
    """

    def __init__(self, source: ByteSource, where: str | None = None, *, base: int = 0) -> None:
        self._where = where
        try:
            self._stream = open_stream(source)
        except WarcError as error:
            raise self._named(error) from None
        self._stream.position = base
        self._piece = b""
        self._at = 0  # how much of _piece has been taken
        self._left = 0  # bytes of the present block not yet taken
        self._open = False
        self.offset = 0
        """Where the latest record begins in the stored file."""

    @property
    def compressed(self) -> bool:
        """Whether the file is stored in gzip."""
        return self._stream.compressed

    @property
    def foreign(self) -> int:
        """How many gzip members so far begin as our writer begins none."""
        return self._stream.foreign

    @property
    def empty(self) -> int:
        """How many gzip members so far held nothing."""
        return self._stream.empty

    def __iter__(self) -> Iterator[Record]:
        """All records; blocks that are not read are passed over."""
        while (record := self.next_record()) is not None:
            yield record

    def next_record(self) -> Record | None:
        """The next record's header, or None at the end of the file.

        Raises:
            WarcError: broken framing or compression, with its offset; `torn` when the file merely
                ends too early.
        """
        try:
            self._finish_block()
            if self._at == len(self._piece) and not self._read_piece():
                return None
            return self._read_head()
        except WarcError as error:
            raise self._named(error) from None

    def finish(self) -> int:
        """Check the present record to its end, its gzip member's checksum included.

        Returns:
            The stored offset behind it; when its gzip member holds more records, behind what of
            that member has been read.

        Raises:
            WarcError: as `next_record`.
        """
        try:
            self._finish_block()
            if self._at == len(self._piece):
                self._piece, self._at = self._stream.read_rest(), 0
        except WarcError as error:
            raise self._named(error) from None
        stream = self._stream
        return stream.position if stream.compressed else stream.offset + self._at

    def pieces(self) -> Iterator[memoryview]:
        """The rest of the present block, in pieces of up to 1 MiB.

        Raises:
            WarcError: as `next_record`.
        """
        while self._left:
            if self._at == len(self._piece):
                try:
                    self._need_piece("block")
                except WarcError as error:
                    raise self._named(error) from None
            piece = memoryview(self._piece)[self._at : self._at + self._left]
            self._at += len(piece)
            self._left -= len(piece)
            yield piece

    def take_whole(self) -> memoryview | None:
        """The rest of the present block when it is at hand in one piece, else None."""
        end = self._at + self._left
        if end > len(self._piece):
            return None
        piece = memoryview(self._piece)[self._at : end]
        self._at, self._left = end, 0
        return piece

    def read_block(self, limit: int) -> bytes:
        """The rest of the present block as bytes.

        Args:
            limit: the most bytes to hold.

        Raises:
            WarcError: the block is longer than `limit`, or as `next_record`.
        """
        if self._left > limit:
            raise WarcError(
                f"block of {self._left} bytes, more than {limit}",
                offset=self.offset,
                where=self._where,
            )
        return b"".join(self.pieces())

    def _finish_block(self) -> None:
        """Pass over what is left of the block, then the two CRLF behind it."""
        if not self._open:
            return
        if self._left:
            for _ in self.pieces():
                pass
        end = self._take(4)
        if end != _END:
            torn = _END.startswith(end) and len(end) < 4
            message = "file ends inside a record" if torn else "no two CRLF after the block"
            raise WarcError(message, offset=self.offset, torn=torn)
        self._open = False

    def _take(self, size: int) -> bytes:
        """Up to `size` small bytes, fewer only at the end of the file."""
        taken = self._piece[self._at : self._at + size]
        self._at += len(taken)
        while len(taken) < size and self._read_piece():
            more = self._piece[: size - len(taken)]
            self._at = len(more)
            taken += more
        return taken

    def _read_piece(self) -> bool:
        self._piece = self._stream.read_piece()
        self._at = 0
        if self._open and self._stream.fresh:
            raise WarcError("record runs over its gzip member's end", offset=self.offset)
        return bool(self._piece)

    def _need_piece(self, part: str) -> None:
        if not self._read_piece():
            raise WarcError(f"file ends inside a record's {part}", offset=self.offset, torn=True)

    def _read_head(self) -> Record:
        compressed = self._stream.compressed
        own_member = not compressed or (self._stream.fresh and self._at == 0)
        self.offset = self._stream.offset if compressed else self._stream.offset + self._at
        self._open = True
        while (found := _BLANK.search(self._piece, self._at, self._at + MAX_HEAD)) is None:
            self._check_start()
            kept = self._piece[self._at :]
            if len(kept) >= MAX_HEAD:
                raise WarcError(f"record header over {MAX_HEAD} bytes", offset=self.offset)
            self._need_piece("header")
            self._piece = kept + self._piece
        self._check_start()
        head = self._piece[self._at : found.end()]
        self._at = found.end()
        record = parse_head(head, self.offset, own_member=own_member)
        self._left = record.length
        return record

    def _check_start(self) -> None:
        start = self._piece[self._at : self._at + 5]
        if start.upper() != b"WARC/"[: len(start)]:
            raise WarcError("bytes that are no WARC record", offset=self.offset)

    def _named(self, error: WarcError) -> WarcError:
        return WarcError(error.message, offset=error.offset, where=self._where, torn=error.torn)
