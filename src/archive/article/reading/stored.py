"""A reading as bytes, for another process: an array of its members, blocks as arrays in it.

Whoever reads them trusts nothing: a page may have taken over the process that wrote them.
"""

from __future__ import annotations

from typing import Any

from archive import document
from archive.article.reading.block import REGIONS, Block, Link, Reading
from archive.errors import DocumentError

__all__ = ["LARGEST", "parse_reading", "write_reading"]

LARGEST = 64_000_000
"""The most bytes of a reading."""

_PARTS = [str, list, list]
_KINDS = [str, str, str, str, bool, int, list, list, bool, bool, int, int]
"""The members of a block, in their order."""
_VARIANTS = (None, "amp", "print")


def write_reading(reading: Reading) -> bytes:
    """The bytes of a reading."""
    parts = [reading.url, reading.blocks, reading.dated, reading.past, reading.variant]
    return document.write(parts)


def parse_reading(data: bytes) -> Reading:
    """Read what `write_reading` gives.

    Args:
        data: the bytes.

    Raises:
        DocumentError: they are no reading.
    """
    parts = document.parse(data, limit=LARGEST, what="reading")
    if not isinstance(parts, list) or len(parts) != 5 or [*map(type, parts[:3])] != _PARTS:
        raise DocumentError("not a reading")
    url, rows, times, past, variant = parts
    if variant not in _VARIANTS or not (past is None or _is_place(past, len(rows))):
        raise DocumentError("not a reading")
    return Reading(
        tuple([_block(row, len(rows)) for row in rows]),
        url,
        tuple([_time(time, len(rows)) for time in times]),
        past,
        variant,
    )


def _block(row: Any, many: int) -> Block:
    if not isinstance(row, list) or [*map(type, row)] != _KINDS or row[2] not in REGIONS:
        raise DocumentError("not a block of a reading")
    links, place = row[6], row[7]
    if not all(_are_texts(link, 2) for link in links) or not _are_texts(place, len(place)):
        raise DocumentError("not a block of a reading")
    if not all(0 <= row[at] <= many for at in (-2, -1)) or row[5] < 0:
        raise DocumentError("a block of a reading that is not there")
    row[6], row[7] = tuple([Link(*link) for link in links]), tuple(place)
    return Block(*row)


def _time(time: Any, many: int) -> tuple[str, int]:
    if not isinstance(time, list) or [*map(type, time)] != [str, int] or not -1 <= time[1] < many:
        raise DocumentError("not a date of a reading")
    return time[0], time[1]


def _are_texts(found: Any, count: int) -> bool:
    return isinstance(found, list) and [*map(type, found)] == [str] * count


def _is_place(found: Any, many: int) -> bool:
    return type(found) is int and 0 <= found <= many
