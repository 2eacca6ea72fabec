"""Asking an authority or a witness about a checkpoint, and looking at what it answers.

Nothing is stored here: what comes back has been verified, and goes into the log or beside it by
`archive.log.book`.
"""

from __future__ import annotations

from pathlib import Path

from attrs import frozen

from archive.capture.post import post
from archive.disk.layout import AskedAuthority, AskedWitness
from archive.errors import InputError
from archive.log.stamping import read_asked
from archive.proof.checkpoint import read_checkpoint
from archive.proof.tiles import TiledLog, TileReader
from archive.proof.timestamp import REQUEST_TYPE, make_request, verify_response
from archive.proof.verifier import Verifier
from archive.proof.witness import PATH, CosignRequest, add_cosignatures, read_conflict

__all__ = ["Asked", "Granted", "ask_authority", "ask_witness"]


@frozen
class Asked:
    """What came of asking an authority or a witness.

    Attributes:
        url: who was asked.
        size: entries of the checkpoint that it was asked about.
        time: of a time stamp, UTC.
        error: why nothing came of it, None when it did.
    """

    url: str
    size: int
    time: str | None = None
    error: str | None = None


@frozen
class Granted:
    """A time stamp that verified on receipt: the response, and the time that it says, UTC."""

    response: bytes
    time: str


def ask_authority(asked: AskedAuthority, signed: bytes, root: Path) -> Granted:
    """Ask for a time stamp.

    Args:
        asked: the authority, as the settings name it.
        signed: the checkpoint that it is to be over.
        root: the collection's folder, below which its certificates lie.

    Raises:
        InputError: its certificates cannot be read, or it answers with an error.
        UnreachableError: it does not answer.
        TimestampError: it answers with something that is no time stamp of its own over this.
    """
    authority = read_asked(asked, root)
    request = make_request(signed)
    answer = post(asked.url, request.data, REQUEST_TYPE)
    if answer.status != 200:
        raise InputError(f"the authority answered {answer.status}", where=asked.url)
    found = verify_response(answer.body, signed, [authority], nonce=request.nonce)
    return Granted(answer.body, f"{found.time:%Y-%m-%dT%H:%M:%SZ}")


def ask_witness(asked: AskedWitness, signed: bytes, reader: TileReader) -> bytes:
    """Ask for a cosignature.

    Args:
        asked: the witness, as the settings name it.
        signed: the checkpoint.
        reader: gives the log's tiles, for the proof that it has only grown.

    Returns:
        The checkpoint, cosigned.

    Raises:
        InputError: its key is none, or it refuses.
        UnreachableError: it does not answer.
        IntegrityError: what it answers is no cosignature of its own.
    """
    head = read_checkpoint(signed)
    key = Verifier.from_vkey(asked.key)
    url = asked.url.rstrip("/") + PATH
    answer = post(url, CosignRequest(0, (), signed).to_bytes(), "text/plain")
    size = read_conflict(answer.content_type, answer.body) if answer.status == 409 else None
    if size is not None and size <= head.size:
        log = TiledLog(head.size, head.root, reader)
        proof = log.prove_consistency(size) if 0 < size < head.size else ()
        answer = post(url, CosignRequest(size, proof, signed).to_bytes(), "text/plain")
    if answer.status != 200:
        said = answer.body[:200].decode("utf-8", "replace").strip()
        raise InputError(f"the witness answered {answer.status}: {said}", where=url)
    return add_cosignatures(signed, answer.body, [key])
