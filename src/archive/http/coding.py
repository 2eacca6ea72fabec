"""Content codings undone (RFC 9110, section 8.4), in bounded memory.

====================  ==========================================================================
``gzip``, ``x-gzip``  RFC 1952, one member or several; checksums are checked
``deflate``           RFC 1950 (zlib), or RFC 1951 (raw), which many servers send under that name
``br``                RFC 7932
``zstd``              RFC 8878, one frame or several; window of at most 8 MiB (RFC 9659)
``identity``          nothing
====================  ==========================================================================

``Content-Encoding: a, b`` was coded with a first, so b is undone first. Bytes after the end of a
gzip, deflate or zstd stream are ignored, as browsers do; brotli's decoder refuses them. An empty
entity is empty in every coding, since servers leave the field on bodies they do not send.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Protocol, cast

import brotli
import zstandard
from isal import isal_zlib

from archive.errors import HttpError

__all__ = ["CONTENT_LIMIT", "MAX_CODINGS", "MAX_STREAMS", "decode_content", "decode_pieces"]

CONTENT_LIMIT = 1 << 28
"""The most bytes that a page's content may unpack to, and that an imported file may have."""

MAX_CODINGS = 8
"""How many codings may lie over one another."""

MAX_STREAMS = 10_000
"""How many gzip members or zstd frames may follow one another."""

_PIECE = 64 * 1024
_ZSTD_INPUT = 512  # a block of 128 KiB may be four bytes long, and the decoder has no output limit
_ZSTD_WINDOW = 8 * 1024 * 1024
_GZIP_START = re.compile(rb"\x1f\x8b\x08")
_ZSTD_START = re.compile(rb"\x28\xb5\x2f\xfd|[\x50-\x5f]\x2a\x4d\x18")
_NEVER = re.compile(rb"(?!)")
_BROKEN = cast("tuple[type[Exception], ...]", (isal_zlib.error, brotli.error, zstandard.ZstdError))


def decode_content(entity: bytes, encodings: str | None, limit: int = CONTENT_LIMIT) -> bytes:
    """The content of an entity whose Content-Encoding is undone.

    Args:
        entity: the body after transfer coding.
        encodings: the Content-Encoding field's value, or None.
        limit: the most bytes that the content, or any layer on the way to it, may have.

    Raises:
        HttpError: unknown coding, broken or cut stream, or over the limit.
    """
    return b"".join(decode_pieces([entity], encodings, limit))


def decode_pieces(pieces: Iterable[bytes], encodings: str | None, limit: int) -> Iterator[bytes]:
    """The same in pieces, so that neither entity nor content need be held.

    Args:
        pieces: the entity, cut anywhere.
        encodings: the Content-Encoding field's value, or None.
        limit: as in `decode_content`.

    Returns:
        The content in pieces; what came before an error was found is already given.

    Raises:
        HttpError: as `decode_content`; an unknown coding at once, the others while iterating.
    """
    layers = [_LAYERS[name] for name in reversed(_names(encodings))]
    content: Iterator[bytes] = iter(pieces)
    if not layers:
        return _limited(content, limit)
    for layer in layers:
        content = _limited(layer(content), limit)
    return content


def _names(encodings: str | None) -> list[str]:
    names = [name.strip(" \t").lower() for name in (encodings or "").split(",")]
    names = [name for name in names if name not in ("", "identity")]
    if len(names) > MAX_CODINGS:
        raise HttpError(f"more than {MAX_CODINGS} content codings")
    for name in names:
        if name not in _LAYERS:
            raise HttpError(f"unknown content coding {name[:40]!r}")
    return names


def _limited(pieces: Iterable[bytes], limit: int) -> Iterator[bytes]:
    total = 0
    for piece in pieces:
        total += len(piece)
        if total > limit:
            raise HttpError(f"content is larger than {limit} bytes")
        yield piece


class _Decoder(Protocol):
    """One stream being decoded: what comes out, whether it ended, and what stood after its end."""

    @property
    def eof(self) -> bool:
        """Whether the stream ended."""

    @property
    def unused_data(self) -> bytes:
        """What was given to `pieces` after the stream's end."""

    def pieces(self, data: bytes) -> Iterator[bytes]:
        """Take more bytes, give what they decode to."""


class _Inflate:
    def __init__(self, wbits: int) -> None:
        self._inflate = isal_zlib.decompressobj(wbits=wbits)

    @property
    def eof(self) -> bool:
        return self._inflate.eof

    @property
    def unused_data(self) -> bytes:
        return self._inflate.unused_data

    def pieces(self, data: bytes) -> Iterator[bytes]:
        out = self._inflate.decompress(data, _PIECE)
        while out:
            yield out
            out = (
                b"" if self.eof else self._inflate.decompress(self._inflate.unconsumed_tail, _PIECE)
            )


class _Brotli:
    unused_data = b""  # bytes after the end are an error of the decoder

    def __init__(self) -> None:
        self._brotli = brotli.Decompressor()

    @property
    def eof(self) -> bool:
        return bool(self._brotli.is_finished())

    def pieces(self, data: bytes) -> Iterator[bytes]:
        out = self._brotli.process(data, output_buffer_limit=_PIECE)
        yield out
        # Output may wait inside although all input was taken: ask until nothing comes.
        while (out and not self.eof) or not self._brotli.can_accept_more_data():
            out = self._brotli.process(b"", output_buffer_limit=_PIECE)
            yield out


class _Zstd:
    def __init__(self) -> None:
        window = zstandard.ZstdDecompressor(max_window_size=_ZSTD_WINDOW)
        self._zstd = window.decompressobj()
        self._rest = b""

    @property
    def eof(self) -> bool:
        return self._zstd.eof

    @property
    def unused_data(self) -> bytes:
        return self._zstd.unused_data + self._rest

    def pieces(self, data: bytes) -> Iterator[bytes]:
        for start in range(0, len(data), _ZSTD_INPUT):
            yield self._zstd.decompress(data[start : start + _ZSTD_INPUT])
            if self._zstd.eof:
                self._rest = data[start + _ZSTD_INPUT :]
                return


def _open_deflate(start: bytes) -> _Inflate:
    """With a zlib header (RFC 1950, section 2.2: method 8, divisible by 31) or without."""
    zlib_header = start[0] & 0x0F == 8 and int.from_bytes(start[:2], "big") % 31 == 0
    return _Inflate(15 if zlib_header else -15)


def _streams(
    pieces: Iterable[bytes],
    name: str,
    open_stream: Callable[[bytes], _Decoder],
    again: re.Pattern[bytes] | None,
) -> Iterator[bytes]:
    """Undo one coding whose streams may follow one another.

    Args:
        pieces: what is coded.
        name: of the coding, for messages.
        open_stream: makes the decoder, given the first bytes (four, or all there are).
        again: how another stream begins that follows the first, other bytes being ignored; None
            when nothing may follow.
    """
    decoder: _Decoder | None = None
    ended = 0
    held = b""
    for piece, last in _with_last(pieces):
        held += piece
        while held and not (decoder is None and len(held) < 4 and not last):
            if decoder is None:
                if ended and not _goes_on(held, name, again, ended):
                    return
                decoder = open_stream(held[:4])
            yield from _guarded(decoder.pieces(held), name)
            held = b""
            if decoder.eof:
                held, decoder, ended = decoder.unused_data, None, ended + 1
    if decoder is not None:
        raise HttpError(f"{name} content ends too early")


def _goes_on(rest: bytes, name: str, again: re.Pattern[bytes] | None, ended: int) -> bool:
    """Whether what stands after the end of a stream is to be decoded too."""
    if again is None:
        raise HttpError(f"{name} content is broken: bytes after its end")
    if not again.match(rest):
        return False
    if ended >= MAX_STREAMS:
        raise HttpError(f"more than {MAX_STREAMS} streams of {name} in one content")
    return True


def _with_last(pieces: Iterable[bytes]) -> Iterator[tuple[bytes, bool]]:
    """The pieces, none of them large, and at the end an empty one marked as the last."""
    for piece in pieces:
        for start in range(0, len(piece), _PIECE):
            yield piece[start : start + _PIECE], False
    yield b"", True


def _guarded(pieces: Iterator[bytes], name: str) -> Iterator[bytes]:
    try:
        yield from pieces
    except _BROKEN as error:
        raise HttpError(f"{name} content is broken: {error}") from None


def _gzip(pieces: Iterable[bytes]) -> Iterator[bytes]:
    return _streams(pieces, "gzip", lambda _: _Inflate(31), _GZIP_START)


def _deflate(pieces: Iterable[bytes]) -> Iterator[bytes]:
    return _streams(pieces, "deflate", _open_deflate, _NEVER)


def _br(pieces: Iterable[bytes]) -> Iterator[bytes]:
    return _streams(pieces, "br", lambda _: _Brotli(), None)


def _zstd(pieces: Iterable[bytes]) -> Iterator[bytes]:
    return _streams(pieces, "zstd", lambda _: _Zstd(), _ZSTD_START)


_LAYERS: dict[str, Callable[[Iterable[bytes]], Iterator[bytes]]] = {
    "gzip": _gzip,
    "x-gzip": _gzip,
    "deflate": _deflate,
    "br": _br,
    "zstd": _zstd,
}
