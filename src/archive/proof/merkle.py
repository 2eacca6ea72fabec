"""Merkle trees (RFC 6962 section 2.1): roots, growing trees, and proofs.

::

    leaf hash = SHA-256(0x00 || data)
    node hash = SHA-256(0x01 || left || right)

A tree over n > 1 leaves splits at the largest power of two smaller than n; the root of the empty
tree is SHA-256 of nothing. A *complete* subtree is over 2^level leaves and begins at a multiple of
that: it is named by ``(level, index)``, its first leaf being index * 2^level. Complete subtrees
never change while a tree grows, so that a tree of n leaves is known by the few largest of them from
left to right, one for each bit of n that is set: its `Frontier`.

An *inclusion proof* (section 2.1.1) is the hashes beside the way from a leaf to the root, from the
leaf upwards. A *consistency proof* (section 2.1.2) is the hashes that make both the old root and
the new one. Proofs are checked by the algorithms of RFC 9162 sections 2.1.3.2 and 2.1.4.2, which
follow from the same definitions.

Salted roots over a capture's paragraphs and claims, so that one can be shown without the others.

::

    salt_i = HMAC-SHA-256(seed, kind || 0x00 || i as 8 bytes big-endian)
    leaf_i = SHA-256(0x00 || salt_i || bytes_i)

`kind` is ``paragraph`` or ``claim`` in ASCII, `i` counts from 0, and the root over the leaves is
RFC 6962's. The seed, 32 random bytes a capture, stands in the claims record and never in the
statement: who holds the statement alone cannot guess a paragraph.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from typing import TypeAlias

from attrs import frozen
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hmac import HMAC

from archive.errors import UsageError
from archive.proof.members import Sha256

__all__ = [
    "CLAIM",
    "EMPTY_ROOT",
    "HASH_SIZE",
    "PARAGRAPH",
    "Frontier",
    "NodeReader",
    "Root",
    "check_consistency",
    "check_inclusion",
    "commit",
    "hash_leaf",
    "hash_node",
    "hash_root",
    "prove_consistency",
    "prove_inclusion",
    "salt",
]

HASH_SIZE = 32
EMPTY_ROOT = hashlib.sha256(b"").digest()
"""The root of the tree without leaves."""
_BATCH = 1 << 14  # leaves hashed at once: bounds memory, and is long enough to be fast

NodeReader: TypeAlias = Callable[[int, int], bytes]
"""Gives the hash of the complete subtree at a level and an index."""


def hash_leaf(data: bytes) -> bytes:
    """The 32-byte hash of one leaf."""
    return hashlib.sha256(b"\x00" + data).digest()


def hash_node(left: bytes, right: bytes) -> bytes:
    """The 32-byte hash of a node over its two children."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def hash_root(leaves: Iterable[bytes]) -> bytes:
    """The 32-byte root over leaf hashes, in order; memory does not grow with their number."""
    return Frontier().extend(leaves).root()


@frozen
class Frontier:
    """A tree that can grow: adding a leaf costs O(1) hashes on average, O(log n) at most.

    Attributes:
        size: how many leaves it has.
        hashes: its largest complete subtrees from left to right, one a set bit of `size`.
    """

    size: int = 0
    hashes: tuple[bytes, ...] = ()

    def extend(self, leaves: Iterable[bytes]) -> Frontier:
        """The tree with more leaf hashes at its end."""
        tree, source = self, iter(leaves)
        while batch := list(islice(source, _BATCH)):
            tree = tree._take(batch)
        return tree

    def root(self) -> bytes:
        """The root over all leaves."""
        return _fold(self.hashes) if self.hashes else EMPTY_ROOT

    def _take(self, nodes: list[bytes]) -> Frontier:
        """Pair level by level: what stays single at a level is complete and kept."""
        sha256 = hashlib.sha256
        left = list(self.hashes)
        total, rest = self.size + len(nodes), self.size
        kept: list[bytes] = []
        while nodes or rest:
            if rest & 1:
                nodes.insert(0, left.pop())
            if len(nodes) & 1:
                kept.append(nodes.pop())
            pairs = iter(nodes)
            nodes = [
                sha256(b"\x01" + one + two).digest() for one, two in zip(pairs, pairs, strict=True)
            ]
            rest >>= 1
        return Frontier(total, tuple(reversed(kept)))


def prove_inclusion(index: int, size: int, read: NodeReader) -> tuple[bytes, ...]:
    """The inclusion proof of one leaf (RFC 6962 section 2.1.1).

    Args:
        index: the leaf's, from 0.
        size: leaves of the tree that the proof is for.
        read: gives the hashes of complete subtrees within that tree.

    Raises:
        UsageError: there is no such leaf.
    """
    if not 0 <= index < size:
        raise UsageError(f"no leaf {index} in a tree of {size}")
    proof = []
    low, high = 0, size
    while high - low > 1:
        middle = low + _split(high - low)
        if index < middle:
            proof.append(_hash_range(middle, high, read))
            high = middle
        else:
            proof.append(_hash_range(low, middle, read))
            low = middle
    return tuple(reversed(proof))


def prove_consistency(old: int, size: int, read: NodeReader) -> tuple[bytes, ...]:
    """The consistency proof between two sizes of a tree (RFC 6962 section 2.1.2).

    Args:
        old: leaves of the older tree; from 0 there is nothing to prove, and the proof is empty.
        size: leaves of the newer tree.
        read: gives the hashes of complete subtrees within the newer tree.

    Raises:
        UsageError: the older tree is larger than the newer.
    """
    if not 0 <= old <= size:
        raise UsageError(f"a tree of {size} does not extend one of {old}")
    if old == 0:
        return ()
    proof = []
    low, high = 0, size
    while old < high:
        middle = low + _split(high - low)
        if old <= middle:
            proof.append(_hash_range(middle, high, read))
            high = middle
        else:
            proof.append(_hash_range(low, middle, read))
            low = middle
    if low:
        proof.append(_hash_range(low, high, read))
    return tuple(reversed(proof))


def check_inclusion(
    proof: Sequence[bytes], index: int, size: int, leaf: bytes, root: bytes
) -> bool:
    """Whether a proof shows that a leaf hash stands at `index` in the tree with that root.

    RFC 9162 section 2.1.3.2. Hashes that have not 32 bytes prove nothing.
    """
    if not 0 <= index < size or any(len(item) != HASH_SIZE for item in (leaf, root, *proof)):
        return False
    place, last, node = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            return False
        if place & 1 or place == last:
            node = hash_node(sibling, node)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            node = hash_node(node, sibling)
        place, last = place >> 1, last >> 1
    return last == 0 and node == root


def check_consistency(
    proof: Sequence[bytes], old: int, size: int, old_root: bytes, root: bytes
) -> bool:
    """Whether a proof shows that the tree of `size` leaves extends the older one of `old`.

    RFC 9162 section 2.1.4.2. An older tree without leaves is never shown: it says nothing.
    """
    if not 0 < old <= size or any(len(item) != HASH_SIZE for item in proof):
        return False
    last, top = old - 1, size - 1
    while last and (last == top or last & 1):
        last, top = last >> 1, top >> 1
    if last == 0:  # the older tree is a node of the newer one, and not repeated in the proof
        return _climb(proof, last, top, old_root) == (old_root, root)
    return bool(proof) and _climb(proof[1:], last, top, proof[0]) == (old_root, root)


def _climb(proof: Sequence[bytes], last: int, top: int, node: bytes) -> tuple[bytes, bytes] | None:
    """Root of the older and of the newer tree, from a node of both; None when too long."""
    old = node
    for sibling in proof:
        if top == 0:
            return None
        if last & 1 or last == top:
            if last:
                old = hash_node(sibling, old)
            node = hash_node(sibling, node)
            while not last & 1 and last:
                last, top = last >> 1, top >> 1
        else:
            node = hash_node(node, sibling)
        last, top = last >> 1, top >> 1
    return (old, node) if top == 0 else None


def _split(size: int) -> int:
    """The largest power of two smaller than `size`."""
    return 1 << ((size - 1).bit_length() - 1)


def _hash_range(low: int, high: int, read: NodeReader) -> bytes:
    """The hash of a subtree, of which only the last one on the right is not complete."""
    nodes = []
    for level in range((high - low).bit_length() - 1, -1, -1):
        if (high - low) >> level & 1:
            nodes.append(read(level, low >> level))
            low += 1 << level
    return _fold(nodes)


def _fold(nodes: Sequence[bytes]) -> bytes:
    """The hash over complete subtrees that shrink from left to right."""
    root = nodes[-1]
    for node in reversed(nodes[:-1]):
        root = hash_node(node, root)
    return root


PARAGRAPH = b"paragraph"
CLAIM = b"claim"


@frozen
class Root:
    """A Merkle root in hexadecimal, and how many leaves it is over."""

    root: Sha256
    size: int


def salt(seed: bytes, kind: bytes, index: int) -> bytes:
    """The 32-byte salt of the leaf `index`."""
    return _salt(HMAC(seed, SHA256()), kind, index)


def commit(seed: bytes, kind: bytes, items: Sequence[bytes]) -> Root:
    """The salted root over `items`."""
    keyed = HMAC(seed, SHA256())
    leaves = (hash_leaf(_salt(keyed, kind, index) + item) for index, item in enumerate(items))
    return Root(hash_root(leaves).hex(), len(items))


def _salt(keyed: HMAC, kind: bytes, index: int) -> bytes:
    """A salt by a copy of the keyed HMAC, which costs a third of a new one."""
    copy = keyed.copy()
    copy.update(kind + b"\x00" + index.to_bytes(8, "big"))
    return copy.finalize()
