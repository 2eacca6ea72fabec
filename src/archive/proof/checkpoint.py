"""Checkpoints (https://c2sp.org/tlog-checkpoint): the head of a log, as a signed note.

::

    <origin: the log's name, not empty>
    <number of leaves, decimal, no leading zeroes>
    <root hash, base64 of 32 bytes>
    <extension lines, none of them empty; we write none>

Who signs what: see `archive.proof.verifier`. A checkpoint is read from a note's text before or
after its signatures are verified; only what `open_checkpoint` gives has been verified. Extension
lines are kept, so that the text can be written again, and never used: not every kind of signature
covers them.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterable

from attrs import frozen

from archive.errors import DocumentError
from archive.proof.merkle import EMPTY_ROOT, HASH_SIZE
from archive.proof.note import Note, Signature, SignatureChecker

__all__ = [
    "MAX_LEAVES",
    "Checkpoint",
    "OpenedCheckpoint",
    "open_checkpoint",
    "read_checkpoint",
    "read_count",
    "read_hash",
    "write_hash",
]

MAX_LEAVES = 2**63 - 1
"""The largest number of leaves that is read."""
_COUNT = re.compile(r"(?:0|[1-9][0-9]{0,18})\Z")


@frozen
class Checkpoint:
    """What a log says it holds.

    Attributes:
        origin: the log's name.
        size: how many leaves the tree has.
        root: the tree's root, 32 bytes.
        extensions: further lines, of no meaning here.
    """

    origin: str
    size: int
    root: bytes
    extensions: tuple[str, ...] = ()

    @classmethod
    def from_text(cls, text: str) -> Checkpoint:
        """Read a note's text.

        Raises:
            DocumentError: not a checkpoint, or a tree without leaves whose root is not that.
        """
        lines = text.split("\n")
        if len(lines) < 4 or lines.pop() != "" or not all(lines):
            raise DocumentError("checkpoint has not three lines or more that all say something")
        origin, size, root, *extensions = lines
        checkpoint = cls(
            origin, read_count(size, "size"), read_hash(root, "root"), tuple(extensions)
        )
        if checkpoint.size == 0 and checkpoint.root != EMPTY_ROOT:
            raise DocumentError("checkpoint of a log without entries has the root of others")
        return checkpoint

    def to_text(self) -> str:
        """The note's text."""
        return "\n".join((self.origin, str(self.size), write_hash(self.root), *self.extensions, ""))


@frozen
class OpenedCheckpoint:
    """A checkpoint that at least one known key has signed.

    Attributes:
        checkpoint: what the log says.
        verified: the good signatures of known keys.
        unverified: signatures of keys that are not known: they say nothing.
    """

    checkpoint: Checkpoint
    verified: tuple[Signature, ...]
    unverified: tuple[Signature, ...]


def read_checkpoint(data: bytes) -> Checkpoint:
    """What a signed checkpoint says, unverified: to learn whose keys to verify it with.

    Raises:
        DocumentError: not a signed checkpoint.
    """
    return Checkpoint.from_text(Note.from_bytes(data).text)


def open_checkpoint(data: bytes, known: Iterable[SignatureChecker]) -> OpenedCheckpoint:
    """Read a signed checkpoint and verify it with the keys that are known.

    Raises:
        DocumentError: not a signed checkpoint.
        IntegrityError: a known key's signature is wrong, or no known key has signed.
    """
    opened = Note.from_bytes(data).open(known)
    checkpoint = Checkpoint.from_text(opened.text)
    return OpenedCheckpoint(checkpoint, opened.verified, opened.unverified)


def read_count(text: str, what: str) -> int:
    """A number as it stands in a line of a log's files.

    Raises:
        DocumentError: not decimal without leading zeroes, or larger than `MAX_LEAVES`.
    """
    if _COUNT.match(text) is None or int(text) > MAX_LEAVES:
        raise DocumentError(f"{what} is not a decimal number without leading zeroes")
    return int(text)


def read_hash(line: str, what: str) -> bytes:
    """A hash as it stands in a line of a log's files.

    Raises:
        DocumentError: not the base64 of 32 bytes, spelled as it is written.
    """
    try:
        value = base64.b64decode(line, validate=True)
    except (ValueError, binascii.Error):
        raise DocumentError(f"{what} is not base64") from None
    if len(value) != HASH_SIZE or write_hash(value) != line:
        raise DocumentError(f"{what} is not the base64 of {HASH_SIZE} bytes")
    return value


def write_hash(value: bytes) -> str:
    """The base64 of a hash."""
    return base64.b64encode(value).decode("ascii")
