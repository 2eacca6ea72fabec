"""What is read back is compared to the last byte, whatever its size."""

from __future__ import annotations

import io

import pytest

from archive.store.append import _are
from archive.warc.stream import read_member
from archive.warc.writer import END, compress

HEAD = b"WARC/1.1\r\nContent-Length: 1\r\n\r\n"
SIZES = [0, 1, (1 << 20) - 1, 1 << 20, (1 << 20) + 1, 5 << 20]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("byte", [b"\0", b"ab\xff"])
def test_a_record_is_what_its_member_decodes_to(size: int, byte: bytes) -> None:
    """A written record, of any size, equals its parts; with a byte more or less it does not."""
    block = (byte * size)[:size]
    member = compress(HEAD, block)

    def stands(*parts: bytes) -> bool:
        return _are(read_member(io.BytesIO(member + b"next"), len(member)), parts)

    assert stands(HEAD, block, END)
    assert not stands(HEAD, block + b"x", END)
    assert not stands(HEAD, block, END[:-1])
    assert not stands(HEAD, block, END, b"x")
    assert not stands(HEAD[:-1] + b"x", block, END)
