"""Salted roots over a capture's paragraphs and claims, so that one can be shown without the others.

::

    salt_i = HMAC-SHA-256(seed, kind || 0x00 || i as 8 bytes big-endian)
    leaf_i = SHA-256(0x00 || salt_i || bytes_i)

`kind` is ``paragraph`` or ``claim`` in ASCII, `i` counts from 0, and the root over the leaves is
RFC 6962's. The seed, 32 random bytes a capture, stands in the claims record and never in the
statement: who holds the statement alone cannot guess a paragraph.
"""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hmac import HMAC

from archive.proof.members import Sha256
from archive.proof.merkle import hash_leaf, hash_root

__all__ = ["CLAIM", "PARAGRAPH", "Root", "commit", "salt"]

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
