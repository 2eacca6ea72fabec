"""Tests of `archive.warc.stream`: parts of a source, and what is counted of it."""

from __future__ import annotations

import hashlib
import io

from hypothesis import given
from hypothesis import strategies as st

from archive.warc.stream import Counted, Portion

DATA = st.binary(max_size=200)
SIZES = st.lists(st.integers(0, 50), max_size=20)


@given(DATA, st.integers(0, 250), st.integers(1, 50), SIZES)
def test_a_portion_ends_where_it_is_told(
    data: bytes, left: int, most: int, sizes: list[int]
) -> None:
    """All of a portion is the source's beginning, so long and no longer, little at a time."""
    portion = Portion(io.BytesIO(data), left, most)
    pieces = [portion.read(size) for size in sizes]
    assert all(len(piece) <= min(size, most) for piece, size in zip(pieces, sizes, strict=True))
    while piece := portion.read(1000):
        assert len(piece) <= most
        pieces.append(piece)
    assert b"".join(pieces) == data[:left]


@given(DATA, SIZES)
def test_what_was_read_is_counted_and_hashed(data: bytes, sizes: list[int]) -> None:
    """Position and digest are those of what was given so far, not of the whole source."""
    counted = Counted(io.BytesIO(data), hashlib.sha256())
    given_ = b"".join(counted.read(size) for size in sizes)
    assert counted.position == len(given_)
    assert counted.hasher is not None
    assert counted.hasher.digest() == hashlib.sha256(given_).digest()


def test_closing_reaches_the_file() -> None:
    """Whoever closes a part closes its source; one that cannot be closed is left alone."""

    class Bare:
        def read(self, size: int, /) -> bytes:
            return b""

    file = io.BytesIO(b"a")
    Portion(Counted(file)).close()
    assert file.closed
    Counted(Bare()).close()
