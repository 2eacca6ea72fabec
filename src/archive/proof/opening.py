"""Openings: single paragraphs or claims of a capture, proved without the others, as one file.

A statement commits to a capture's paragraphs and claims by salted roots (`archive.proof.merkle`).
An opening gives a few of their leaves, each with its salt and its way to the root, and the proof
that the statement is logged, with its envelope (`archive.proof.logproof`)::

    archive-opening/v1
    root <paragraph or claim> <how many leaves it is over>
    leaf <its index, decimal, from 0>
    salt <base64>
    data <base64 of the paragraph's or claim's bytes>
    <base64 of a hash>               the inclusion proof, from the leaf upwards
    …
    leaf …                           further leaves of the same root, ascending
    same-as <base64 of an envelope>  where the statement names one: its text is that capture's
    <an empty line>
    <a proof as one file, with the capture's envelope as extra data>

Nothing in it tells of the other leaves but how many there are; a salt is made from a seed that
stays in the collection. Who has the whole text can recognise it by the digest that the statement
gives. The file's name ends with ``.opening``.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator
from typing import Literal, TypeAlias, cast

from attrs import frozen

from archive.errors import DocumentError
from archive.proof.checkpoint import read_count, read_hash, write_hash
from archive.proof.logproof import MAX_HASHES, LogProof
from archive.proof.merkle import HASH_SIZE, Root, check_inclusion, hash_leaf

__all__ = ["MAX_LEAVES", "TITLE", "Leaf", "LeafKind", "Opening"]

LeafKind: TypeAlias = Literal["paragraph", "claim"]

MAX_LEAVES = 64
"""The most leaves of one file."""

TITLE = "archive-opening/v1"
"""The first line of the file."""

_MAX_HEAD = 800_000
_KINDS = ("paragraph", "claim")


@frozen
class Leaf:
    """One paragraph or claim.

    Attributes:
        index: its number, from 0.
        salt: 32 bytes.
        data: its bytes.
        hashes: its inclusion proof.
    """

    index: int
    salt: bytes
    data: bytes
    hashes: tuple[bytes, ...]


@frozen
class Opening:
    """Leaves of one root of a capture's statement.

    Attributes:
        kind: what they are.
        size: how many leaves the root is over.
        leaves: those that are shown, by ascending index.
        proof: of the capture's envelope, which is in it.
        same_as: the envelope of the earlier capture whose text this is, or None.
    """

    kind: LeafKind
    size: int
    leaves: tuple[Leaf, ...]
    proof: LogProof
    same_as: bytes | None = None

    @classmethod
    def from_bytes(cls, data: bytes) -> Opening:
        """Read the file strictly.

        Raises:
            DocumentError: malformed, too large, or spelled in another way than it is written.
        """
        head, gap, rest = data.partition(b"\n\n")
        if not gap or len(head) > _MAX_HEAD:
            raise DocumentError("not an opening: no proof in it, or too large")
        try:
            title, *lines = head.decode("ascii").split("\n")
        except UnicodeDecodeError:
            raise DocumentError("opening is not ASCII") from None
        if title != TITLE:
            raise DocumentError("not an opening of version 1")
        same_as = _field(lines.pop(), "same-as") if _has_same(lines) else None
        kind, size = _read_root(lines.pop(0) if lines else "")
        opening = cls(kind, size, tuple(_read_leaves(lines)), LogProof.from_bytes(rest), same_as)
        indexes = [leaf.index for leaf in opening.leaves]
        if not 0 < len(indexes) <= MAX_LEAVES or indexes != sorted(set(indexes)):
            raise DocumentError(f"an opening has 1 to {MAX_LEAVES} leaves, in order")
        if opening.proof.extra is None:
            raise DocumentError("the opening does not carry the capture's envelope")
        if opening.to_bytes() != data:
            raise DocumentError("opening is spelled in another way than it is written")
        return opening

    def to_bytes(self) -> bytes:
        """The file."""
        lines = [TITLE, f"root {self.kind} {self.size}"]
        for leaf in self.leaves:
            lines += [
                f"leaf {leaf.index}",
                f"salt {_write(leaf.salt)}",
                f"data {_write(leaf.data)}",
            ]
            lines += map(write_hash, leaf.hashes)
        if self.same_as is not None:
            lines.append(f"same-as {_write(self.same_as)}")
        return "\n".join([*lines, "", ""]).encode("ascii") + self.proof.to_bytes()

    def is_of(self, root: Root) -> bool:
        """Whether every leaf is one of a statement's root."""
        top = bytes.fromhex(root.root)
        return self.size == root.size and all(
            check_inclusion(leaf.hashes, leaf.index, root.size, _hash(leaf), top)
            for leaf in self.leaves
        )


def _hash(leaf: Leaf) -> bytes:
    return hash_leaf(leaf.salt + leaf.data)


def _has_same(lines: list[str]) -> bool:
    return bool(lines) and lines[-1].startswith("same-as ")


def _read_root(line: str) -> tuple[LeafKind, int]:
    words = line.split(" ")
    if len(words) != 3 or words[0] != "root" or words[1] not in _KINDS:
        raise DocumentError("opening does not say of which root it is")
    return cast("LeafKind", words[1]), read_count(words[2], "number of leaves")


def _read_leaves(lines: list[str]) -> Iterator[Leaf]:
    """The leaves, each of which has the lines up to the next."""
    starts = [at for at, line in enumerate(lines) if line.startswith("leaf ")]
    if starts[:1] != [0]:
        raise DocumentError("opening does not begin with a leaf")
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        own = lines[start:end]
        if not 3 <= len(own) <= 3 + MAX_HASHES:
            raise DocumentError(f"a leaf has a salt, its data, and at most {MAX_HASHES} hashes")
        salt = _field(own[1], "salt")
        if len(salt) != HASH_SIZE:
            raise DocumentError(f"a salt has {HASH_SIZE} bytes")
        index = read_count(own[0].removeprefix("leaf "), "index of a leaf")
        hashes = tuple(read_hash(line, "hash of an opening") for line in own[3:])
        yield Leaf(index, salt, _field(own[2], "data"), hashes)


def _field(line: str, name: str) -> bytes:
    head, _, value = line.partition(" ")
    if head != name:
        raise DocumentError(f"opening has no {name} where it belongs")
    try:
        return base64.b64decode(value, validate=True)
    except (ValueError, binascii.Error):
        raise DocumentError(f"{name} of an opening is not base64") from None


def _write(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")
