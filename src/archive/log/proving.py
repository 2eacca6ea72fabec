"""Checking a proof or an opening alone: an envelope, its place in a log, and whose log it is."""

from __future__ import annotations

from attrs import evolve, frozen

from archive.digest import sha256
from archive.errors import DocumentError, IntegrityError
from archive.proof.checkpoint import read_checkpoint
from archive.proof.dsse import Envelope
from archive.proof.keys import PublicKey
from archive.proof.logproof import TITLE, LogProof
from archive.proof.merkle import Root, hash_leaf
from archive.proof.opening import TITLE as OPENING
from archive.proof.opening import LeafKind, Opening
from archive.proof.spelling import read_statement
from archive.proof.statement import CaptureStatement
from archive.proof.verifier import ED25519, Verifier, raw_key

__all__ = ["Opened", "Proved", "check_proof", "is_proof"]

_TITLES = tuple(f"{title}\n".encode() for title in (TITLE, OPENING))


@frozen
class Opened:
    """What an opening shows of a capture.

    Attributes:
        kind: what it shows.
        of: how many of these the capture has.
        leaves: each one's number, from 1, and its words; a claim's are JSON.
        text: SHA-256 of the whole text, hexadecimal: who has that text can recognise it.
    """

    kind: LeafKind
    of: int
    leaves: tuple[tuple[int, str], ...]
    text: str | None


@frozen
class Proved:
    """What a proof shows, if its signer is trusted.

    Attributes:
        url, date, outcome: what the capture's statement says.
        index: its place in the log.
        origin: the log's name.
        size: how many entries the checkpoint commits to.
        fingerprint: of the key that signed statement and checkpoint.
        opened: the paragraphs or claims that it shows; None for a proof alone.
    """

    url: str
    date: str
    outcome: str
    index: int
    origin: str
    size: int
    fingerprint: str
    opened: Opened | None = None


def is_proof(data: bytes) -> bool:
    """Whether a file begins as a proof or an opening does."""
    return data.startswith(_TITLES)


def check_proof(data: bytes) -> Proved:
    """Check a proof that carries its envelope as extra data, which the proof itself vouches for.

    Args:
        data: the file, as `archive.log.book.CollectionLog.prove` or ``open`` makes it.

    Raises:
        DocumentError: not such a file.
        IntegrityError: the envelope is not signed by its signer, the checkpoint is not signed by
            the same key, the log does not hold the envelope at its own place, or the statement
            does not commit to what an opening shows.
    """
    if not data.startswith(f"{OPENING}\n".encode()):
        return _check(LogProof.from_bytes(data))[0]
    opening = Opening.from_bytes(data)
    proved, said = _check(opening.proof)
    return evolve(proved, opened=_open(opening, said))


def _open(opening: Opening, said: CaptureStatement) -> Opened:
    """What an opening shows, once the statement was found to commit to it."""
    root = _root(said, opening)
    if root is None or not opening.is_of(root):
        raise IntegrityError(f"the statement does not commit to these {opening.kind}s")
    if opening.same_as is None:
        if said.same_as is not None:
            raise IntegrityError("the capture whose text this is is not in the opening")
    else:
        if sha256(opening.same_as) != said.same_as:
            raise IntegrityError("the opening names another capture's text than the statement")
        earlier = read_statement(Envelope.from_bytes(opening.same_as).payload)
        if not isinstance(earlier, CaptureStatement) or _root(earlier, opening) != root:
            raise IntegrityError("the capture whose text this is commits to other words")
    leaves = tuple(
        (leaf.index + 1, leaf.data.decode("utf-8", "replace")) for leaf in opening.leaves
    )
    return Opened(opening.kind, opening.size, leaves, said.layers.text)


def _root(said: CaptureStatement, opening: Opening) -> Root | None:
    return said.paragraphs if opening.kind == "paragraph" else said.claims


def _check(proof: LogProof) -> tuple[Proved, CaptureStatement]:
    """Check a proof; what it shows, and the statement in it."""
    if proof.extra is None:
        raise DocumentError("the proof does not carry the capture's envelope")
    envelope = Envelope.from_bytes(proof.extra)
    said = read_statement(envelope.payload)
    if not isinstance(said, CaptureStatement):
        raise DocumentError("the proof is of an entry that is no capture")
    key = PublicKey.from_der(said.signer.public_key)
    if not envelope.signed_by(key):
        raise IntegrityError("the envelope is not signed by the key that it names")
    origin = read_checkpoint(proof.checkpoint).origin
    head = proof.verify(
        hash_leaf(proof.extra), [Verifier.of(origin, ED25519, raw_key(key))]
    ).checkpoint
    if proof.index != said.sequence:
        message = f"entry {proof.index} of the log says that it is entry {said.sequence}"
        raise IntegrityError(message, hint="it was signed for another log, or put in twice")
    proved = Proved(
        said.url, said.date, said.outcome, proof.index, origin, head.size, key.fingerprint
    )
    return proved, said
