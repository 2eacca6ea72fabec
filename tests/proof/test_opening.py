"""Openings as files: written as they are read, strict, bounded, true only of their own root."""

from __future__ import annotations

import contextlib

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from archive.errors import DocumentError
from archive.proof.checkpoint import Checkpoint
from archive.proof.logproof import LogProof
from archive.proof.merkle import (
    CLAIM,
    PARAGRAPH,
    commit,
    hash_leaf,
    hash_root,
    prove_inclusion,
    salt,
)
from archive.proof.opening import MAX_LEAVES, Leaf, Opening
from archive.proof.signer import NoteSigner, sign_note
from tests.builders import make_key

SEED = bytes(range(32))
_HEAD = sign_note(
    Checkpoint("log.example", 1, bytes(32)).to_text(),
    [NoteSigner.for_notes("log.example", make_key(1))],
    0,
)
PROOF = LogProof(0, (), _HEAD, b"{}")


def opening(items: list[bytes], chosen: list[int]) -> Opening:
    """An opening of some of these paragraphs, with a proof of nothing."""
    hashes = [hash_leaf(salt(SEED, PARAGRAPH, at) + item) for at, item in enumerate(items)]

    def read(level: int, index: int) -> bytes:
        return hash_root(hashes[index << level : (index + 1) << level])

    leaves = (
        Leaf(at, salt(SEED, PARAGRAPH, at), items[at], prove_inclusion(at, len(items), read))
        for at in chosen
    )
    return Opening("paragraph", len(items), tuple(leaves), PROOF)


@given(st.lists(st.binary(max_size=9), min_size=1, max_size=17), st.data())
def test_leaves_of_any_text_are_of_its_root_and_of_no_other(
    items: list[bytes], data: st.DataObject
) -> None:
    """A file reads back as it was; its leaves are of this root, not of one over other words."""
    chosen = sorted(data.draw(st.sets(st.integers(0, len(items) - 1), min_size=1)))
    made = opening(items, chosen)
    assert Opening.from_bytes(made.to_bytes()) == made
    assert made.is_of(commit(SEED, PARAGRAPH, items))
    assert not made.is_of(commit(SEED, CLAIM, items))
    assert not made.is_of(commit(SEED, PARAGRAPH, [*items, b"more"]))
    other = [*items[: chosen[0]], items[chosen[0]] + b"!", *items[chosen[0] + 1 :]]
    assert not made.is_of(commit(SEED, PARAGRAPH, other))
    swapped = evolve(made.leaves[0], data=made.leaves[0].data + b"!")
    assert not evolve(made, leaves=(swapped, *made.leaves[1:])).is_of(
        commit(SEED, PARAGRAPH, items)
    )


@given(st.integers(0, 10**6), st.integers(1, 255))
def test_no_changed_byte_reads_as_the_same_leaves_of_the_root(at: int, change: int) -> None:
    """Whatever byte of the leaves is changed, the file is refused, or it is not of the root."""
    items = [b"one", b"two", b"three", b"four", b"five"]
    whole = opening(items, [1, 4]).to_bytes()
    end = whole.index(b"\n\n")
    at %= end
    changed = whole[:at] + bytes([whole[at] ^ change]) + whole[at + 1 :]
    with contextlib.suppress(DocumentError):
        assert not Opening.from_bytes(changed).is_of(commit(SEED, PARAGRAPH, items))


@pytest.mark.parametrize(
    ("count", "reads"), [(1, True), (MAX_LEAVES, True), (MAX_LEAVES + 1, False)]
)
def test_a_file_has_a_bounded_number_of_leaves(count: int, reads: bool) -> None:
    """One to sixty-four leaves are read, none and one more are refused."""
    data = opening([b"x"] * (MAX_LEAVES + 2), list(range(count))).to_bytes()
    if reads:
        assert len(Opening.from_bytes(data).leaves) == count
        return
    with pytest.raises(DocumentError, match="1 to 64 leaves"):
        Opening.from_bytes(data)


_GOOD = opening([b"one", b"two"], [0, 1]).to_bytes()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"archive-opening/v1\n",
        _GOOD.replace(b"/v1", b"/v2", 1),
        _GOOD.replace(b"root paragraph 2", b"root sentence 2"),
        _GOOD.replace(b"root paragraph 2", b"root paragraph 02"),
        _GOOD.replace(b"root paragraph 2\n", b""),
        _GOOD.replace(b"leaf 0", b"leaf 00"),
        _GOOD.replace(b"leaf 0", b"leaf 1"),
        _GOOD.replace(b"leaf 0\n", b""),
        _GOOD.replace(b"salt ", b"sale ", 1),
        _GOOD.replace(b"salt ", b"salt AAAA", 1),
        _GOOD.replace(b"data b25l", b"data b25m="),
        _GOOD.replace(b"data b25l", b"data ?"),
        _GOOD.replace(b"\n\n", b"\nsame-as ?\n\n", 1),
        _GOOD.replace(b"\nextra e30=", b""),
        _GOOD.replace(b"root", "ro\u00f6t".encode()),
        b"archive-opening/v1\nroot paragraph 2\n\n" + PROOF.to_bytes(),
        b"archive-opening/v1\n" + b"A" * 800_000 + b"\n\n" + PROOF.to_bytes(),
    ],
)
def test_what_is_spelled_otherwise_is_refused(data: bytes) -> None:
    """A file that is not as it would be written is refused with a reason, whatever is wrong."""
    with pytest.raises(DocumentError):
        Opening.from_bytes(data)


def test_a_small_file_is_good_before_it_is_spoilt() -> None:
    """The file whose spoilt copies are refused is read."""
    assert Opening.from_bytes(_GOOD).is_of(commit(SEED, PARAGRAPH, [b"one", b"two"]))
