"""Log proofs: golden ones, malformed ones, and any bytes at all."""

from __future__ import annotations

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from archive.errors import DocumentError, IntegrityError
from archive.proof.logproof import LogProof
from archive.proof.merkle import hash_leaf, hash_root, prove_inclusion
from tests.proof.logs import LOG, LOG_MLDSA, WITNESS, entries, head, signed

LEAVES = [hash_leaf(entry) for entry in entries(300)]


def make(index: int, size: int, extra: bytes | None = None) -> LogProof:
    """The proof of one entry in the first `size`."""
    proof = prove_inclusion(
        index, size, lambda level, place: hash_root(LEAVES[place << level : (place + 1) << level])
    )
    return LogProof(index, proof, signed(head(size), LOG, LOG_MLDSA), extra)


GOLDEN = make(5, 11).to_bytes()


def test_what_the_file_looks_like() -> None:
    """The file has the specification's lines in its order, and the checkpoint as it is."""
    lines = make(5, 11, b"\x00more").to_bytes().decode().split("\n")
    assert lines[:3] == ["c2sp.org/tlog-proof@v1", "extra AG1vcmU=", "index 5"]
    assert [len(line) for line in lines[3:8]] == [44, 44, 44, 44, 0]
    assert lines[8:10] == ["press.example/log", "11"]
    assert "\n".join(lines[8:]).startswith(head(11).to_text() + "\n\u2014 press.example/log ")


def test_every_entry_is_proved() -> None:
    """In logs of many sizes each entry's file is read back and proves that entry alone."""
    for size in (1, 2, 3, 7, 8, 300):
        for index in {0, size // 2, size - 1}:
            proof = LogProof.from_bytes(make(index, size).to_bytes())
            assert proof == make_same(proof)
            opened = proof.verify(LEAVES[index], [LOG.verifier])
            assert opened.checkpoint == head(size)
            with pytest.raises(IntegrityError):
                proof.verify(hash_leaf(b"other"), [LOG.verifier])
            with pytest.raises(IntegrityError):
                proof.verify(LEAVES[index], [WITNESS.verifier])
            with pytest.raises(IntegrityError):
                evolve(proof, index=index + 1).verify(LEAVES[index], [LOG.verifier])


def make_same(proof: LogProof) -> LogProof:
    """The proof written and read once more."""
    return LogProof.from_bytes(proof.to_bytes())


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"proof@v1", b"proof@v2"),
        (b"c2sp", b" c2sp"),
        (b"index 5", b"index 05"),
        (b"index 5", b"index -5"),
        (b"index 5", b"index"),
        (b"index 5", b"Index 5"),
        (b"index 5", b"index 5\nindex 5"),
        (b"index 5", b"index 5\nextra AA=="),
        (b"index 5", b"extra\nindex 5"),
        (b"index 5", b"extra AB==\nindex 5"),
        (b"index 5", b"extra AA\nindex 5"),
        (b"index 5", b"extra AA==\nextra AA==\nindex 5"),
        (b"index 5\n", b""),
        (b"index 5\n", b"index 5\nAAAA\n"),
        (b"index 5\n", b"index 5\n" + b"A" * 43 + b"=\n" + (b"A" * 43 + b"=\n") * 63),
        (b"index 5\n", b"index 5\r\n"),
        (b"index 5\n", b"index 5\n\n"),
        (b"index 5", "index \u0665".encode()),
        (b"\n\npress.example", b"\npress.example"),
        (b"\n\npress.example", b"\n\n\npress.example"),
        (b"\n11\n", b"\n011\n"),
        (b"\n\n\xe2\x80\x94", b"\n\xe2\x80\x94"),
    ],
)
def test_malformed_files(old: bytes, new: bytes) -> None:
    """What is not a log proof to the letter is refused."""
    assert GOLDEN.count(old) >= 1
    with pytest.raises(DocumentError):
        LogProof.from_bytes(GOLDEN.replace(old, new, 1))


def test_huge_files() -> None:
    """A file that is larger than any proof can be is refused."""
    for data in (GOLDEN + b"x" * 1_000_001, b"x" * 300_000 + b"\n\n" + GOLDEN):
        with pytest.raises(DocumentError):
            LogProof.from_bytes(data)


@given(st.binary(max_size=200) | st.binary(max_size=80).map(b"c2sp.org/tlog-proof@v1\n".__add__))
def test_any_bytes(data: bytes) -> None:
    """Any bytes are refused cleanly."""
    with pytest.raises(DocumentError):
        LogProof.from_bytes(data)


@given(st.data())
def test_one_byte_changed(data: st.DataObject) -> None:
    """A changed byte is refused or makes the proof fail, unless it is a signer's name."""
    place = data.draw(st.integers(min_value=0, max_value=len(GOLDEN) - 1))
    changed = bytearray(GOLDEN)
    changed[place] ^= data.draw(st.integers(min_value=1, max_value=255))
    known = [LOG.verifier, LOG_MLDSA.verifier]
    try:
        opened = LogProof.from_bytes(bytes(changed)).verify(LEAVES[5], known)
    except (DocumentError, IntegrityError):
        return
    assert (opened.checkpoint, len(opened.unverified)) == (head(11), 1)


@pytest.mark.parametrize(("index", "fits"), [(1000, True), (10_000, False)])
def test_the_longest_head(index: int, fits: bool) -> None:
    """All before the checkpoint may have 1,400,000 bytes, and not one more."""
    proof = LogProof(index, (), signed(head(3), LOG), bytes(1_049_970))
    data = proof.to_bytes()
    assert data.index(b"\n\n") == (1_400_000 if fits else 1_400_001)
    if fits:
        assert LogProof.from_bytes(data) == proof
        return
    with pytest.raises(DocumentError, match="too large"):
        LogProof.from_bytes(data)
