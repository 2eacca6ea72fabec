"""The tree over the envelopes that the files hold, in the order in which they hold them.

Kept are 32 bytes an envelope.
"""

from __future__ import annotations

from collections.abc import Iterator

from archive.proof.merkle import HASH_SIZE, Frontier, hash_leaf

__all__ = ["EnvelopeTree"]


class EnvelopeTree:
    """Leaf hashes as they come, and the root over the first so many of them."""

    def __init__(self) -> None:
        self._leaves = bytearray()
        self._grown: dict[int, Frontier] = {}

    @property
    def size(self) -> int:
        """How many envelopes were taken."""
        return len(self._leaves) // HASH_SIZE

    def take(self, data: bytes | None) -> None:
        """Take the next envelope; None is one that was too large to be one, and no log's entry."""
        self._leaves += hash_leaf(data) if data is not None else bytes(HASH_SIZE)

    def list_leaves(self, end: int, start: int = 0) -> Iterator[bytes]:
        """The leaf hashes from one index up to another."""
        leaves = memoryview(self._leaves)[start * HASH_SIZE : end * HASH_SIZE]
        for place in range(0, len(leaves), HASH_SIZE):
            yield bytes(leaves[place : place + HASH_SIZE])

    def root(self, size: int) -> bytes:
        """The root over the first envelopes; a tree that was grown once is gone on from."""
        start = max((known for known in self._grown if known <= size), default=0)
        tree = self._grown.get(start, Frontier()).extend(self.list_leaves(size, start))
        self._grown[size] = tree
        return tree.root()
