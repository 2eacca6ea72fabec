"""Checking a proof file alone: an envelope, its place in a log, and whose log it is."""

from __future__ import annotations

from attrs import frozen

from archive.errors import DocumentError, IntegrityError
from archive.proof.checkpoint import read_checkpoint
from archive.proof.dsse import Envelope
from archive.proof.keys import PublicKey
from archive.proof.logproof import LogProof
from archive.proof.merkle import hash_leaf
from archive.proof.spelling import read_statement
from archive.proof.statement import CaptureStatement
from archive.proof.verifier import ED25519, Verifier, raw_key

__all__ = ["Proved", "check_proof"]


@frozen
class Proved:
    """What a proof shows, if its signer is trusted.

    Attributes:
        url, date, outcome: what the capture's statement says.
        index: its place in the log.
        origin: the log's name.
        size: how many entries the checkpoint commits to.
        fingerprint: of the key that signed statement and checkpoint.
    """

    url: str
    date: str
    outcome: str
    index: int
    origin: str
    size: int
    fingerprint: str


def check_proof(data: bytes) -> Proved:
    """Check a proof that carries its envelope as extra data, which the proof itself vouches for.

    Args:
        data: the file, as `archive.log.book.CollectionLog.prove` makes it.

    Raises:
        DocumentError: not such a file.
        IntegrityError: the envelope is not signed by its signer, the checkpoint is not signed by
            the same key, or the log does not hold the envelope.
    """
    proof = LogProof.from_bytes(data)
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
    return Proved(
        said.url, said.date, said.outcome, proof.index, origin, head.size, key.fingerprint
    )
