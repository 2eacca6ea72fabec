"""Merkle tree hashes (RFC 6962 section 2.1).

::

    leaf hash = SHA-256(0x00 || data)
    node hash = SHA-256(0x01 || left || right)

A tree over n > 1 leaves splits at the largest power of two smaller than n; the root of the empty
tree is SHA-256 of nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

__all__ = ["hash_leaf", "hash_root"]


def hash_leaf(data: bytes) -> bytes:
    """The 32-byte hash of one leaf."""
    return hashlib.sha256(b"\x00" + data).digest()


def hash_root(leaves: Iterable[bytes]) -> bytes:
    """The 32-byte root over leaf hashes, in order.

    Complete subtrees are folded as soon as they are there, so that memory stays logarithmic.
    """
    stack: list[tuple[int, bytes]] = []  # (leaves below, hash), sizes falling
    for leaf in leaves:
        size, node = 1, leaf
        while stack and stack[-1][0] == size:
            node = _hash_node(stack.pop()[1], node)
            size *= 2
        stack.append((size, node))
    if not stack:
        return hashlib.sha256(b"").digest()
    root = stack.pop()[1]
    while stack:
        root = _hash_node(stack.pop()[1], root)
    return root


def _hash_node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()
