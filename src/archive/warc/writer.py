"""The writer: exact header bytes, and one gzip member a record.

Header bytes are serialised by warcio. A value with CR, LF or NUL never gets through.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from isal import isal_zlib
from warcio.statusandheaders import StatusAndHeaders

from archive.errors import WarcError
from archive.warc.record import Fields

__all__ = ["END", "compress", "compress_pieces", "serialize_head"]

END = b"\r\n\r\n"
"""What stands after every block."""

_LEVEL = 2
_PIECE = 1 << 20
_BAD = re.compile("[\r\n\0]")


def serialize_head(fields: Fields) -> bytes:
    """The exact header bytes of a WARC/1.1 record, blank line included.

    Args:
        fields: every field in the order it is to stand; Content-Length among them.

    Raises:
        WarcError: CR, LF or NUL in a name or value.
    """
    if _BAD.search("".join(itertools.chain.from_iterable(fields))):
        name = next(name for name, value in fields if _BAD.search(name + value))
        raise WarcError(f"line break or NUL in {name!r}")
    head = StatusAndHeaders("", list(fields), protocol="WARC/1.1").to_bytes(encoding="utf-8")
    return bytes(head)


def compress(head: bytes, block: bytes) -> bytes:
    """A whole record as one gzip member: header, block, two CRLF."""
    return b"".join(compress_pieces(head, block))


def compress_pieces(head: bytes, block: bytes) -> Iterator[bytes]:
    """The same in pieces, so that neither a large block nor what becomes of it is held again."""
    if len(block) <= _PIECE:
        yield bytes(isal_zlib.compress(b"".join((head, block, END)), _LEVEL, 31))
        return
    deflate = isal_zlib.compressobj(_LEVEL, isal_zlib.DEFLATED, 31)
    view = memoryview(block)
    yield deflate.compress(head)
    for start in range(0, len(block), _PIECE):
        yield deflate.compress(view[start : start + _PIECE])
    yield deflate.compress(END)
    yield deflate.flush()
