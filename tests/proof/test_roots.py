"""Merkle roots against RFC 6962's known values and a naive implementation; salted roots."""

from __future__ import annotations

import hashlib
import hmac

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.proof.merkle import CLAIM, PARAGRAPH, commit, hash_leaf, hash_root, salt

# The leaves and roots that the certificate-transparency implementations test with.
LEAVES = [
    bytes.fromhex(text)
    for text in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


def naive_root(leaves: list[bytes]) -> bytes:
    """RFC 6962 section 2.1, word by word."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return hashlib.sha256(b"\0" + leaves[0]).digest()
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return hashlib.sha256(b"\1" + naive_root(leaves[:split]) + naive_root(leaves[split:])).digest()


@pytest.mark.parametrize("size", range(9))
def test_known_roots(size: int) -> None:
    """The roots over the first leaves of the known tree are the published ones."""
    assert hash_root(hash_leaf(leaf) for leaf in LEAVES[:size]).hex() == ROOTS[size]


@given(st.lists(st.binary(max_size=8), max_size=70))
def test_root_is_the_naive_one(leaves: list[bytes]) -> None:
    """Folding as the leaves come gives the root that the recursive definition gives."""
    assert hash_root(map(hash_leaf, leaves)) == naive_root(leaves)


@given(st.binary(min_size=32, max_size=32), st.lists(st.binary(max_size=20), max_size=20))
def test_salted_root_is_the_naive_one(seed: bytes, items: list[bytes]) -> None:
    """The salted root is RFC 6962's over salt and bytes, the salts as the design says."""
    for kind in (PARAGRAPH, CLAIM):
        salted = [
            hmac.new(seed, kind + b"\0" + number.to_bytes(8, "big"), hashlib.sha256).digest() + item
            for number, item in enumerate(items)
        ]
        root = commit(seed, kind, items)
        assert (root.root, root.size) == (naive_root(salted).hex(), len(items))
    if items:
        assert commit(seed, PARAGRAPH, items) != commit(seed, CLAIM, items)
        assert len(salt(seed, CLAIM, 0)) == 32
