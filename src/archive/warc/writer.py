"""The writer: exact header bytes, and one gzip member a record.

Header bytes are serialised by warcio. A value with CR, LF or NUL never gets through.
"""

from __future__ import annotations

import io
import itertools
import re

from isal import isal_zlib
from warcio.statusandheaders import StatusAndHeaders

from archive.errors import WarcError
from archive.warc.record import Fields

__all__ = ["END", "compress", "serialize_head"]

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
    if len(block) <= _PIECE:
        return bytes(isal_zlib.compress(b"".join((head, block, END)), _LEVEL, 31))
    # A large block is not copied, and neither is what becomes of it.
    member = io.BytesIO()
    deflate = isal_zlib.compressobj(_LEVEL, isal_zlib.DEFLATED, 31)
    view = memoryview(block)
    member.write(deflate.compress(head))
    for start in range(0, len(block), _PIECE):
        member.write(deflate.compress(view[start : start + _PIECE]))
    member.write(deflate.compress(END))
    member.write(deflate.flush())
    return member.getvalue()
