"""The decoded bytes of a stored WARC file, with the place each piece stands at.

A WARC file is stored plain, or compressed by gzip (RFC 1952): a run of members, by custom one
member a record (WARC/1.1 annex D). Every member is read to its end, so that its CRC-32 and length
are checked; reserved flag bits and bytes that are no member are errors. Members that hold nothing
are passed over and counted: some archives' programs leave them between records.

Sources that stand before another bound what is read of it (`Portion`), or count and hash it
(`Counted`).
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterator
from typing import Any, Protocol, cast

from attrs import define
from isal import isal_zlib

from archive.errors import WarcError

__all__ = ["ByteSource", "Counted", "Portion", "Stream", "open_stream", "read_member", "sniff"]

_INPUT = 1 << 18
_STORED = 1 << 15  # what a member leaves over is copied each time, so that less is faster
_OUTPUT = 1 << 20
_GZIP = b"\x1f\x8b"
_PLAIN = b"WARC/"
_OURS = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00"  # as isal begins a member; its last byte varies
_RESERVED = 0xE0
_EXTRA, _STRINGS = 4, (8, 16)  # flags: an extra field; a name and a comment, each up to a zero
_MAX_FIELDS = 1024  # bytes of these in one member
_Damage = cast("type[Exception]", isal_zlib.error)


class ByteSource(Protocol):
    """Anything with ``read``: an open file, a `io.BytesIO`."""

    def read(self, size: int, /) -> bytes:
        """Give up to `size` bytes; none at the end."""


class Stream(Protocol):
    """Decoded bytes in pieces that never reach over a gzip member's end."""

    offset: int
    """Where, in the stored file, the latest piece begins (gzip: where its member begins)."""
    fresh: bool
    """Whether the latest piece is the first of its gzip member; never for plain files."""
    compressed: bool
    """Whether the file is stored in gzip."""

    position: int
    """How many stored bytes the pieces given so far took up."""
    foreign: int
    """How many gzip members began as our writer begins none."""
    empty: int
    """How many gzip members held nothing."""

    def read_rest(self) -> bytes:
        """More of the present gzip member; empty once it is read and checked to its end.

        Raises:
            WarcError: as `read_piece`.
        """

    def read_piece(self) -> bytes:
        """The next decoded piece, empty at the end.

        Raises:
            WarcError: broken compression, with its place; `torn` when it merely ends too early.
        """


def sniff(start: bytes) -> str | None:
    """Tell how a file is stored from its first bytes.

    Args:
        start: the first five bytes, or the whole of a shorter file.

    Returns:
        ``"gzip"``, ``"plain"``, or None when it is neither. A shorter beginning of either counts.
    """
    if not start:
        return None
    if start[:2] == _GZIP[: len(start)]:
        return "gzip"
    return "plain" if start[:5].upper() == _PLAIN[: len(start)] else None


def open_stream(source: ByteSource) -> Stream:
    """Decode a stored WARC file.

    Args:
        source: positioned at the file's (or a record's) first byte.

    Raises:
        WarcError: neither gzip nor WARC.
    """
    start = source.read(_STORED)
    kind = sniff(start[:5])
    if kind == "gzip":
        return _Gzip(source, start)
    if kind == "plain" or not start:
        return _Plain(source, start)
    raise WarcError("neither a WARC file nor gzip")


def read_member(source: ByteSource, size: int) -> Iterator[bytes]:
    """What one gzip member of a known size decodes to, in pieces of up to 1 MiB.

    Args:
        source: positioned at the member's first byte.
        size: how many stored bytes it has.

    Raises:
        WarcError: it is damaged, or ends before or after its size.
    """
    member = isal_zlib.decompressobj(31)
    while size and (data := source.read(min(size, _INPUT))):
        size -= len(data)
        while data:
            try:
                piece = member.decompress(data, _OUTPUT)
            except _Damage as error:
                raise WarcError(f"gzip member is damaged: {error}") from None
            data = member.unconsumed_tail
            if piece:
                yield piece
    if size or not member.eof or member.unused_data:
        raise WarcError("gzip member is not as long as it should be")


class _Plain:
    compressed = False
    foreign = 0
    empty = 0
    fresh = False

    def __init__(self, source: ByteSource, start: bytes) -> None:
        self._source = source
        self._start: bytes | None = start
        self.position = 0
        self.offset = 0

    def read_rest(self) -> bytes:
        return b""

    def read_piece(self) -> bytes:
        piece = self._start if self._start is not None else self._source.read(_INPUT)
        self._start = None
        self.offset = self.position
        self.position += len(piece)
        return piece


class _Gzip:
    compressed = True

    def __init__(self, source: ByteSource, start: bytes) -> None:
        self._source = source
        self._input = start
        self.position = 0  # stored offset of the first byte of _input
        self._member: Any = None
        self.offset = 0
        self.fresh = False
        self.foreign = 0
        self.empty = 0

    def read_rest(self) -> bytes:
        self.fresh = False
        return self._inflate()

    def read_piece(self) -> bytes:
        self.fresh = False
        if self._member is None and not self._open_member():
            return b""
        while True:
            piece = self._inflate()
            if piece:
                return piece
            if self._member is None:
                self.empty += self.fresh
                if not self._open_member():
                    return b""

    def _open_member(self) -> bool:
        """Start the next member, if there is one; its first ten bytes must be a gzip header."""
        while len(self._input) < 10 and (more := self._source.read(_STORED)):
            self._input += more
        head = self._input[:9]
        self.offset = self.position
        if not head:
            return False
        if head[:3] != _OURS[: min(3, len(head))]:
            raise WarcError("bytes that are no gzip member", offset=self.position)
        if len(self._input) < 10:
            raise WarcError("gzip member cut in its header", offset=self.position, torn=True)
        if head[3] & _RESERVED:
            raise WarcError("reserved gzip flags are set", offset=self.position)
        if head != _OURS:
            self.foreign += 1
            if head[3]:
                self._check_fields(head[3])
        self._member = isal_zlib.decompressobj(31)
        self.fresh = True
        return True

    def _check_fields(self, flags: int) -> None:
        """Nothing of any length may hide in a member's header, which no digest covers."""
        limit = 10 + _MAX_FIELDS
        while len(self._input) < limit and (more := self._source.read(_STORED)):
            self._input += more
        end = 10
        if flags & _EXTRA:
            end += 2 + int.from_bytes(self._input[10:12], "little")
        for flag in _STRINGS:
            if flags & flag and end < limit:
                end = self._input.find(b"\0", end, limit) + 1 or len(self._input)
        if end > limit or (end == len(self._input) and end >= limit):
            message = f"gzip header with over {_MAX_FIELDS} bytes of fields"
            raise WarcError(message, offset=self.position)

    def _inflate(self) -> bytes:
        member = self._member
        if member is None:
            return b""
        while True:
            data = self._input or self._source.read(_STORED)
            if not data:
                raise WarcError("gzip member cut short", offset=self.offset, torn=True)
            try:
                piece: bytes = member.decompress(data, _OUTPUT)
            except _Damage as error:
                raise WarcError(f"gzip member is damaged: {error}", offset=self.offset) from None
            rest = member.unused_data if member.eof else member.unconsumed_tail
            self.position += len(data) - len(rest)
            self._input = rest
            if member.eof:
                self._member = None
            if piece or member.eof:
                return piece


@define
class Portion:
    """No more of a source than `left` bytes, and at most so many at a time."""

    source: ByteSource
    left: int = sys.maxsize
    most: int = sys.maxsize

    def read(self, size: int, /) -> bytes:
        """Give up to `size` bytes; none at the portion's end."""
        data = self.source.read(min(size, self.left, self.most))
        self.left -= len(data)
        return data

    def close(self) -> None:
        """Close the source, if it can be closed."""
        _close(self.source)


@define
class Counted:
    """A source that knows how far it was read, and hashes what it gives if asked to."""

    source: ByteSource
    hasher: hashlib._Hash | None = None
    position: int = 0

    def read(self, size: int, /) -> bytes:
        """Give up to `size` bytes; none at the end."""
        data = self.source.read(size)
        self.position += len(data)
        if self.hasher is not None:
            self.hasher.update(data)
        return data

    def close(self) -> None:
        """Close the source, if it can be closed."""
        _close(self.source)


def _close(source: ByteSource) -> None:
    close = getattr(source, "close", None)
    if close is not None:
        close()
