"""Labelled digests, as WARC/1.1 writes them (section 5.8: ``algorithm ":" digest-value``).

Ours are ``sha256:`` and 64 lower-case hexadecimal digits. Read are also SHA-1, SHA-384, SHA-512
and MD5, in hexadecimal or in base32, which is how most web archives write SHA-1.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from typing import Protocol

from attrs import frozen

__all__ = ["Digest", "Hasher", "brief", "is_foreign", "of", "parse", "sha256"]

_FOREIGN = re.compile(r"[!#$%&'*+\-.^_`|~0-9A-Za-z]+:[!-~]+\Z")
_SIZES = {"md5": 16, "sha1": 20, "sha256": 32, "sha384": 48, "sha512": 64}


class Hasher(Protocol):
    """What `Digest.hasher` gives: feed it bytes, then ask."""

    def update(self, data: bytes | memoryview, /) -> None:
        """Take more bytes."""

    def digest(self) -> bytes:
        """Give the digest of everything taken."""


@frozen
class Digest:
    """An algorithm's name, lower case without a hyphen, and the raw digest bytes."""

    algorithm: str
    value: bytes

    @property
    def hex(self) -> str:
        """The digest in lower-case hexadecimal."""
        return self.value.hex()

    def __str__(self) -> str:
        return f"{self.algorithm}:{self.hex}"

    def hasher(self) -> Hasher:
        """A fresh hash object of this digest's algorithm."""
        return hashlib.new(self.algorithm, usedforsecurity=False)


def sha256(data: bytes) -> str:
    """The SHA-256 of `data` as 64 lower-case hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def brief(text: str) -> bytes:
    """Sixteen bytes that stand for a text of any length where many are remembered."""
    return hashlib.sha256(text.encode("utf-8", "replace")).digest()[:16]


def of(data: bytes) -> Digest:
    """The digest we write for `data`: SHA-256."""
    return Digest("sha256", hashlib.sha256(data).digest())


def parse(text: str) -> Digest | None:
    """Read a labelled digest.

    Args:
        text: such as ``sha256:9f86…`` or ``sha1:B2LTWWPUOYAH7UIPQ7ZUPQ4VMBSVC36A``.

    Returns:
        The digest, or None when the algorithm is unknown or the value has not its length.
    """
    label, colon, value = text.partition(":")
    algorithm = label.strip().lower().replace("-", "")
    size = _SIZES.get(algorithm)
    if not colon or size is None:
        return None
    raw = _decode(value.strip(), size)
    return Digest(algorithm, raw) if raw is not None else None


def is_foreign(text: str) -> bool:
    """Whether a labelled digest is of an algorithm that we do not know, and may be right.

    The standard names none (section 5.8): any token may be a label, as ``blake3`` or ``sha3-256``.
    """
    label, _, value = text.partition(":")
    known = label.strip().lower().replace("-", "") in _SIZES
    return not known and _FOREIGN.match(text) is not None and bool(value)


def _decode(value: str, size: int) -> bytes | None:
    """Hexadecimal when it has that length, else base32 (its padding left off or not)."""
    if not value.isascii():  # upper() would turn some other letters into ASCII ones
        return None
    bare = value.rstrip("=")
    padded = bare + "=" * (-len(bare) % 8)
    if value not in (bare, padded):
        return None
    try:
        if len(bare) == 2 * size:
            return bytes.fromhex(bare) if bare.isalnum() else None
        raw = base64.b32decode(padded.upper())
    except (ValueError, binascii.Error):
        return None
    return raw if len(raw) == size else None
