"""What cosignatures sign, byte for byte as the specification lays it out."""

from __future__ import annotations

import struct

import pytest

from archive.errors import DocumentError
from archive.proof import cosignature
from archive.proof.checkpoint import Checkpoint

ROOT = bytes(range(32))


def test_the_structure_is_the_specifications() -> None:
    """Label, name, time, origin, first leaf, end and root, each of its length and big-endian."""
    checkpoint = Checkpoint("log.example/press", 0x0102030405060708, ROOT)
    time = 0x1112131415161718
    assert cosignature.write_structure("witness.example", checkpoint, time) == struct.pack(
        ">12sB15sQB17sQQ32s",
        b"subtree/v1\n\0",
        15,
        b"witness.example",
        time,
        17,
        b"log.example/press",
        0,
        0x0102030405060708,
        ROOT,
    )


@pytest.mark.parametrize(("length", "fits"), [(0, False), (1, True), (255, True), (256, False)])
def test_a_name_has_one_byte_for_its_length(length: int, fits: bool) -> None:
    """1 to 255 bytes of UTF-8: what one byte can count, and no empty name."""
    checkpoint = Checkpoint("log.example/press", 1, ROOT)
    if fits:
        assert bytes([length]) in cosignature.write_structure("x" * length, checkpoint, 0)
        return
    with pytest.raises(DocumentError, match="1 to 255"):
        cosignature.write_structure("x" * length, checkpoint, 0)


@pytest.mark.parametrize("time", [0, 1, 2**63 - 1])
def test_a_time_stands_before_its_signature(time: int) -> None:
    """Eight bytes big-endian, then what was signed."""
    value = cosignature.join(time, b"signed")
    assert value == struct.pack(">Q", time) + b"signed"
    assert cosignature.split(value) == (time, b"signed")


@pytest.mark.parametrize("value", [b"", bytes(8), b"\x80" + bytes(8), b"\xff" * 20])
def test_a_time_that_cannot_be_is_none(value: bytes) -> None:
    """Nothing behind the time, or a time of 2^63 and more: no signature with a time."""
    assert cosignature.split(value) is None
