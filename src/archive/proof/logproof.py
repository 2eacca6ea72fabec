"""Proofs that an entry is in a log, as one file (https://c2sp.org/tlog-proof).

::

    c2sp.org/tlog-proof@v1
    extra <base64>                   may be left out; nobody vouches for it
    index <the entry's, decimal, from 0>
    <base64 of a hash>               the inclusion proof, from the leaf upwards: see merkle
    …
    <an empty line>
    <the log's signed checkpoint, as it is>

Whoever has the entry, the log's key and this file needs nothing else. The file's name ends with
``.tlog-proof``.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterable

from attrs import frozen

from archive.errors import DocumentError, IntegrityError
from archive.proof.checkpoint import (
    OpenedCheckpoint,
    open_checkpoint,
    read_checkpoint,
    read_count,
    read_hash,
    write_hash,
)
from archive.proof.merkle import check_inclusion
from archive.proof.note import MAX_SIZE as MAX_NOTE
from archive.proof.note import SignatureChecker

__all__ = ["MAX_EXTRA", "MAX_HASHES", "TITLE", "LogProof"]

MAX_HASHES = 63
"""The longest proof: a tree has at most 2^63 leaves."""
TITLE = "c2sp.org/tlog-proof@v1"
MAX_EXTRA = 1_000_000
"""The most bytes of extra data."""
_MAX_HEAD = 1_400_000


@frozen
class LogProof:
    """An entry's place in a log.

    Attributes:
        index: the entry's, from 0.
        hashes: the inclusion proof.
        checkpoint: the signed checkpoint's bytes.
        extra: what somebody put there, or None; never trusted.
    """

    index: int
    hashes: tuple[bytes, ...]
    checkpoint: bytes
    extra: bytes | None = None

    @classmethod
    def from_bytes(cls, data: bytes) -> LogProof:
        """Read the file strictly.

        Raises:
            DocumentError: malformed, too large, or spelled in another way than it is written.
        """
        head, gap, checkpoint = data.partition(b"\n\n")
        if not gap or len(head) > _MAX_HEAD or len(checkpoint) > MAX_NOTE:
            raise DocumentError("not a log proof: no checkpoint in it, or too large")
        try:
            title, *lines = head.decode("ascii").split("\n")
        except UnicodeDecodeError:
            raise DocumentError("log proof is not ASCII") from None
        if title != TITLE:
            raise DocumentError("not a log proof of version 1")
        extra = None
        if lines and lines[0].startswith("extra "):
            extra = _decode(lines.pop(0).removeprefix("extra "))
        if not lines or not lines[0].startswith("index "):
            raise DocumentError("log proof has no index")
        index = read_count(lines.pop(0).removeprefix("index "), "index")
        if len(lines) > MAX_HASHES:
            raise DocumentError(f"log proof has more than {MAX_HASHES} hashes")
        hashes = tuple(read_hash(line, "hash of a log proof") for line in lines)
        read_checkpoint(checkpoint)
        proof = cls(index, hashes, checkpoint, extra)
        if proof.to_bytes() != data:
            raise DocumentError("log proof is spelled in another way than it is written")
        return proof

    def to_bytes(self) -> bytes:
        """The file."""
        lines = [TITLE]
        if self.extra is not None:
            lines.append("extra " + base64.b64encode(self.extra).decode("ascii"))
        lines += [f"index {self.index}", *map(write_hash, self.hashes), "", ""]
        return "\n".join(lines).encode("ascii") + self.checkpoint

    def verify(self, leaf: bytes, known: Iterable[SignatureChecker]) -> OpenedCheckpoint:
        """Verify that a log whose key is known holds a leaf hash.

        Returns:
            The checkpoint, and who signed it: for a quorum of witnesses see
            `archive.proof.policy`.

        Raises:
            IntegrityError: no known key signed the checkpoint, or the leaf is not proved.
        """
        opened = open_checkpoint(self.checkpoint, known)
        head = opened.checkpoint
        if not check_inclusion(self.hashes, self.index, head.size, leaf, head.root):
            raise IntegrityError("the proof does not show that the log holds this entry")
        return opened


def _decode(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (ValueError, binascii.Error):
        raise DocumentError("extra data of a log proof is not base64") from None
