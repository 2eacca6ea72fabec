"""The next gzip member with a record, in a file that is damaged before it.

Only who has said that something is missing may go on behind it: `archive.warc.reader` never does.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import cast

from isal import isal_zlib

from archive.warc.stream import ByteSource, Counted, Portion, sniff

__all__ = ["find_member", "pass_over"]

_MEMBER = re.compile(rb"\x1f\x8b\x08[\x00-\x1f]")
_BLOCK = 1 << 20
_Damage = cast("type[Exception]", isal_zlib.error)
_LOOKED_AT = 4096  # stored bytes of what may be a member


def find_member(open_source: Callable[[], ByteSource], start: int) -> int | None:
    """Where the next gzip member begins that holds the beginning of a record; None without one.

    Args:
        open_source: opens the stored file.
        start: the offset from which on to look.

    Raises:
        OSError: the file cannot be read.
    """
    source = Counted(open_source())
    try:
        pass_over(source, start)
        held, base = b"", start
        while True:
            more = source.read(_BLOCK)
            held += more
            for found in _MEMBER.finditer(held):
                whole = len(held) - found.start() >= _LOOKED_AT
                if (whole or not more) and _begins_record(held[found.start() :][:_LOOKED_AT]):
                    return base + found.start()
            if not more:
                return None
            kept = held[-_LOOKED_AT:]
            base += len(held) - len(kept)
            held = kept
    finally:
        source.close()


def _begins_record(data: bytes) -> bool:
    try:
        start: bytes = isal_zlib.decompressobj(31).decompress(data, 64)
    except _Damage:
        return False
    return len(start) >= 5 and sniff(start[:5]) == "plain"


def pass_over(source: Counted, size: int) -> None:
    """Read so many bytes of a source and forget them."""
    rest = Portion(source, left=size, most=_BLOCK)
    while rest.read(_BLOCK):
        pass
