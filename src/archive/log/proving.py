"""Checking a proof or an opening alone: an envelope, its place in a log, and whose log it is."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import evolve, frozen

from archive.digest import sha256
from archive.errors import DocumentError, IntegrityError
from archive.log.carried import follow_keyrings
from archive.proof.checkpoint import read_checkpoint
from archive.proof.dsse import Envelope
from archive.proof.extra import Extra
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
        fingerprint: of the key that signed the statement; the checkpoint too, or keys that came
            after it by the log's keyrings.
        keyring: the version of the keyring by which the key counts there; None in a proof that
            carries none.
        opened: the paragraphs or claims that it shows; None for a proof alone.
    """

    url: str
    date: str
    outcome: str
    index: int
    origin: str
    size: int
    fingerprint: str
    keyring: int | None = None
    opened: Opened | None = None


def is_proof(data: bytes) -> bool:
    """Whether a file begins as a proof or an opening does."""
    return data.startswith(_TITLES)


def check_proof(data: bytes, trusted: Sequence[PublicKey] = ()) -> Proved:
    """Check a proof that carries its envelope as extra data, which the proof itself vouches for.

    Args:
        data: the file, as `archive.log.book.CollectionLog.prove` or ``open`` makes it.
        trusted: keys that are believed; one of these may have signed the checkpoint of a proof
            that carries no keyrings.

    Raises:
        DocumentError: not such a file.
        IntegrityError: the envelope is not signed by its signer, the checkpoint neither by the same
            key nor by those that the keyrings name after it, the log does not hold the envelope at
            its own place, or the statement does not commit to what an opening shows.
    """
    if not data.startswith(f"{OPENING}\n".encode()):
        return _check(LogProof.from_bytes(data), trusted)[0]
    opening = Opening.from_bytes(data)
    proved, said = _check(opening.proof, trusted)
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


def _check(proof: LogProof, trusted: Sequence[PublicKey]) -> tuple[Proved, CaptureStatement]:
    """Check a proof; what it shows, and the statement in it."""
    if proof.extra is None:
        raise DocumentError("the proof does not carry the capture's envelope")
    extra = Extra.from_bytes(proof.extra)
    envelope = Envelope.from_bytes(extra.envelope)
    said = read_statement(envelope.payload)
    if not isinstance(said, CaptureStatement):
        raise DocumentError("the proof is of an entry that is no capture")
    key = PublicKey.from_der(said.signer.public_key)
    if not envelope.signed_by(key):
        raise IntegrityError("the envelope is not signed by the key that it names")
    origin = read_checkpoint(proof.checkpoint).origin
    keyrings = follow_keyrings(extra.keyrings)
    plain = [Verifier.of(origin, ED25519, raw_key(one)) for one in (key, *trusted)]
    known = keyrings.log_keys() if keyrings else dict.fromkeys(plain)
    opened = proof.verify(hash_leaf(extra.envelope), known)
    if keyrings is not None:
        keyrings.hold(opened, proof.index, key)
    if said.chain is None and proof.index != said.sequence:
        message = f"entry {proof.index} of the log says that it is entry {said.sequence}"
        raise IntegrityError(message, hint="it was signed for another log, or put in twice")
    proved = Proved(
        url=said.url,
        date=said.date,
        outcome=said.outcome,
        index=proof.index,
        origin=origin,
        size=opened.checkpoint.size,
        fingerprint=key.fingerprint,
        keyring=keyrings.version_at(proof.index) if keyrings else None,
    )
    return proved, said
