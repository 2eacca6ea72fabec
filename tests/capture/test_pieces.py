"""Tests of how `archive.capture.wire` holds what a server sends in small pieces."""

from __future__ import annotations

import tracemalloc

from archive.capture.wire import _Pieces


def test_small_pieces_take_little_more_than_their_bytes() -> None:
    """Bytes that come two at a time, as in TLS records, are not held as so many objects."""
    count = 200_000
    tracemalloc.start()
    try:
        pieces = _Pieces()
        for number in range(count):
            pieces.append(number.to_bytes(3)[1:])
        held, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert pieces.join() == b"".join(number.to_bytes(3)[1:] for number in range(count))
    assert held < 3 * 2 * count
