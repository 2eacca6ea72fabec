"""The libraries' decoders, made alike: bytes in, bounded pieces out, and where the stream ended."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol, cast

import brotli
import zstandard
from isal import isal_zlib

__all__ = ["BROKEN", "Brotli", "Decoder", "Inflate", "Zstd", "open_deflate"]

BROKEN = cast("tuple[type[Exception], ...]", (isal_zlib.error, brotli.error, zstandard.ZstdError))
"""What they raise of a stream that is damaged."""

_PIECE = 64 * 1024
_WINDOW = 8 * 1024 * 1024  # of zstd (RFC 9659)


class Decoder(Protocol):
    """One stream being decoded: what comes out, whether it ended, and what stood after its end."""

    @property
    def eof(self) -> bool:
        """Whether the stream ended."""

    @property
    def unused_data(self) -> bytes:
        """What was given to `pieces` after the stream's end."""

    def pieces(self, data: bytes) -> Iterator[bytes]:
        """Take more bytes, give what they decode to."""


class Inflate:
    """gzip and deflate (RFC 1950 to 1952), by isal."""

    def __init__(self, wbits: int) -> None:
        self._inflate = isal_zlib.decompressobj(wbits=wbits)

    @property
    def eof(self) -> bool:
        """As `Decoder` has it."""
        return self._inflate.eof

    @property
    def unused_data(self) -> bytes:
        """As `Decoder` has it."""
        return self._inflate.unused_data

    def pieces(self, data: bytes) -> Iterator[bytes]:
        """As `Decoder` has it."""
        out = self._inflate.decompress(data, _PIECE)
        while out:
            yield out
            out = (
                b"" if self.eof else self._inflate.decompress(self._inflate.unconsumed_tail, _PIECE)
            )


class Brotli:
    """Brotli (RFC 7932)."""

    unused_data = b""  # bytes after the end, in one step with it, are an error of the decoder

    def __init__(self) -> None:
        self._brotli = brotli.Decompressor()

    @property
    def eof(self) -> bool:
        """As `Decoder` has it."""
        return bool(self._brotli.is_finished())

    def pieces(self, data: bytes) -> Iterator[bytes]:
        """As `Decoder` has it."""
        out = self._brotli.process(data, output_buffer_limit=_PIECE)
        yield out
        # Output may wait inside although all input was taken: ask until nothing comes.
        while (out and not self.eof) or not self._brotli.can_accept_more_data():
            out = self._brotli.process(b"", output_buffer_limit=_PIECE)
            yield out


class Zstd:
    """Zstandard (RFC 8878)."""

    def __init__(self) -> None:
        window = zstandard.ZstdDecompressor(max_window_size=_WINDOW)
        self._zstd = window.decompressobj()

    @property
    def eof(self) -> bool:
        """As `Decoder` has it."""
        return self._zstd.eof

    @property
    def unused_data(self) -> bytes:
        """As `Decoder` has it."""
        return self._zstd.unused_data

    def pieces(self, data: bytes) -> Iterator[bytes]:
        """As `Decoder` has it."""
        yield self._zstd.decompress(data)


def open_deflate(start: bytes) -> Inflate:
    """With a zlib header (RFC 1950, section 2.2: method 8, divisible by 31) or without."""
    zlib_header = start[0] & 0x0F == 8 and int.from_bytes(start[:2], "big") % 31 == 0
    return Inflate(15 if zlib_header else -15)
