"""The chunked transfer coding (RFC 9112, section 7.1), undone as it comes, in bounded memory.

::

    *( size [ ";" extension ] CRLF bytes CRLF )
    "0" [ ";" extension ] CRLF *( trailer CRLF ) CRLF

A line may end in LF alone, and blanks may stand around a size. The body is whole once the last
chunk came: what follows it says nothing of the page. The result depends on the bytes alone, never
on the pieces in which they come.
"""

from __future__ import annotations

import re

__all__ = ["MAX_LINE", "MAX_TRAILERS", "ChunkReader", "is_size"]

MAX_LINE = 16 * 1024
"""The most bytes of a line with a chunk's size."""

MAX_TRAILERS = 512 * 1024
"""The most bytes of trailers that are read."""

_LARGEST = 2**63 - 1
_SIZE = re.compile(rb"([ \t]*+)(0*+)([0-9A-Fa-f]{0,16})([ \t]*+)(?:;.*)?\Z", re.DOTALL)
_BEGINNING = re.compile(rb"[ \t]*+[0-9A-Fa-f]*+[ \t]*+(?:;.*|\r)?\Z", re.DOTALL)
_FIELD = re.compile(rb"[!#$%&'*+\-.^_`|~0-9A-Za-z]+[ \t]*:|[ \t]")


class ChunkReader:
    """Takes the bytes of a chunked body, and gives those of the entity.

    Attributes:
        whole: whether the last chunk came.
        ended: whether nothing more belongs to the message.
        problem: why the coding is broken; None while it is not.
        trailing: how many bytes came after the end.
        oddities: what was odd, each once.
    """

    def __init__(self) -> None:
        self.whole = False
        self.ended = False
        self.problem: str | None = None
        self.trailing = 0
        self.oddities: dict[str, None] = {}
        self._line = bytearray()
        self._left = 0  # bytes of the chunk that are still to come
        self._closing = False  # whether a chunk's bytes came, and the line's end behind them not
        self._trailers = 0

    def feed(self, data: bytes) -> list[bytes]:
        """Take more bytes, give the entity's among them."""
        entity: list[bytes] = []
        at = 0
        while at < len(data) and self.problem is None and not self.ended:
            if self._left:
                piece = data[at : at + self._left]
                entity.append(piece)
                self._left -= len(piece)
                at += len(piece)
                self._closing = self._left == 0
            elif self._closing:
                self._close_chunk(data[at])
                at += 1
            else:
                at = self._feed_line(data, at)
        if self.ended:
            self.trailing += len(data) - at
        return entity

    def _close_chunk(self, byte: int) -> None:
        """Take a byte of the line's end behind a chunk."""
        if byte == ord("\r") and not self._line:
            self._line.append(byte)
        elif byte == ord("\n"):
            if not self._line:
                self.oddities["chunk-lf"] = None
            self._line.clear()
            self._closing = False
        else:
            self._break("no line's end behind a chunk")

    def _feed_line(self, data: bytes, at: int) -> int:
        """Take bytes up to the end of a line, and give where the next begins."""
        most = self._most() + 1
        end = data.find(b"\n", at, at + most - len(self._line))
        if end < 0:
            took = min(len(data) - at, most - len(self._line))
            self._line += data[at : at + took]
            if not self.whole and not _BEGINNING.match(self._line):
                self._break("no chunk's size")
            elif len(self._line) >= most:
                self._overflow()
            return at + took
        self._line += data[at:end]
        line = bytes(self._line)
        self._line.clear()
        if self.whole:
            self._trailers += len(line) + 1
        self._take_line(line.removesuffix(b"\r"))
        if self.problem is None and not line.endswith(b"\r"):
            self.oddities["chunk-lf"] = None
        return end + 1

    def _most(self) -> int:
        """How many bytes a line may have."""
        return MAX_TRAILERS - self._trailers if self.whole else MAX_LINE

    def _overflow(self) -> None:
        if not self.whole:
            self._break("the line of a chunk's size is too long")
            return
        self.oddities["trailer"] = None
        self.ended = True

    def _take_line(self, line: bytes) -> None:
        if self.whole:
            if not line:
                self.ended = True
            elif not _FIELD.match(line):
                self.oddities["trailer"] = None
        else:
            self._take_size(line)

    def _take_size(self, line: bytes) -> None:
        found = _SIZE.match(line)
        if found is None or not (found[2] or found[3]):
            self._break("no chunk's size")
            return
        size = int(found[3] or b"0", 16)
        if size > _LARGEST:
            self._break("a chunk's size is too large")
            return
        if found[1] or (found[4] and b";" not in line):
            self.oddities["chunk-blanks"] = None
        self._left = size
        self.whole = size == 0

    def _break(self, problem: str) -> None:
        self.problem = problem
        self.oddities["chunk-broken"] = None


def is_size(line: bytes) -> bool:
    """Whether a body's first line, without its end, is a chunk's size."""
    found = _SIZE.match(line)
    return found is not None and bool(found[2] or found[3])
