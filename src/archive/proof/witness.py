"""The witness protocol (https://c2sp.org/tlog-witness), both ends, without the network.

A log sends ``POST <prefix>/add-checkpoint``::

    old <size of the checkpoint that the witness last cosigned, 0 if none>
    <base64 of a hash>               the consistency proof from there
    …
    <an empty line>
    <the signed checkpoint>

and gets the lines of one cosignature or more, or:

======  ===========================================================================
400     malformed, or the old size is larger than the checkpoint's
404     the witness does not know the log, which is its origin
403     none of the log's keys has signed the checkpoint
409     the old size is not that of the last cosigned checkpoint, whose size is the
        body (``text/x.tlog.size``); or the size is and the root is not (plain text)
422     the consistency proof does not hold
======  ===========================================================================

The checks stand in the specification's order. Whoever serves this does, for one log at a time:
`judge`, then keep the checkpoint durably, then `cosign`: never the other way round, and never two
at once, or a log could be cosigned backwards.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from attrs import frozen

from archive.errors import DocumentError, IntegrityError
from archive.proof.checkpoint import (
    Checkpoint,
    open_checkpoint,
    read_checkpoint,
    read_count,
    read_hash,
    write_hash,
)
from archive.proof.merkle import check_consistency
from archive.proof.note import MAX_SIGNATURES, Note, Signature, SignatureChecker
from archive.proof.signer import NoteSigner

__all__ = [
    "MAX_HASHES",
    "MAX_REQUEST",
    "PATH",
    "SIZE_TYPE",
    "TEXT_TYPE",
    "Accepted",
    "CosignRequest",
    "CosignResponse",
    "add_cosignatures",
    "cosign",
    "judge",
    "read_conflict",
]

PATH = "/add-checkpoint"
MAX_REQUEST = 128 * 1024
"""The largest request that is read, in bytes."""
MAX_HASHES = 63
"""The longest consistency proof that may be sent."""
SIZE_TYPE = "text/x.tlog.size"
TEXT_TYPE = "text/plain; charset=utf-8"


@frozen
class CosignRequest:
    """What a log sends.

    Attributes:
        old: the size that the witness is thought to have.
        proof: the consistency proof from there.
        checkpoint: the signed checkpoint's bytes.
    """

    old: int
    proof: tuple[bytes, ...]
    checkpoint: bytes

    @classmethod
    def from_bytes(cls, data: bytes) -> CosignRequest:
        """Read a body strictly; DocumentError when it is malformed or too large."""
        head, gap, checkpoint = data.partition(b"\n\n")
        if not gap or len(data) > MAX_REQUEST:
            raise DocumentError("request has no empty line, or is too large")
        try:
            first, *lines = head.decode("ascii").split("\n")
        except UnicodeDecodeError:
            raise DocumentError("request is not ASCII") from None
        if not first.startswith("old ") or len(lines) > MAX_HASHES:
            raise DocumentError(f"request has no old size, or more than {MAX_HASHES} hashes")
        old = read_count(first.removeprefix("old "), "old size")
        proof = tuple(read_hash(line, "hash of a request") for line in lines)
        read_checkpoint(checkpoint)
        return cls(old, proof, checkpoint)

    def to_bytes(self) -> bytes:
        """The body."""
        lines = [f"old {self.old}", *map(write_hash, self.proof), "", ""]
        return "\n".join(lines).encode("ascii") + self.checkpoint


@frozen
class CosignResponse:
    """What a witness answers: status, content type, body."""

    status: int
    content_type: str
    body: bytes


@frozen
class Accepted:
    """A checkpoint that may be cosigned once it has been kept.

    Attributes:
        checkpoint: what it says; it is this origin's latest from now on.
        signed: its bytes as they were sent.
    """

    checkpoint: Checkpoint
    signed: bytes


def judge(
    body: bytes,
    logs: Mapping[str, Sequence[SignatureChecker]],
    latest: Mapping[str, Checkpoint],
) -> Accepted | CosignResponse:
    """Decide on a request.

    Args:
        body: the request's.
        logs: by origin, the keys of the logs that the witness knows.
        latest: by origin, the last checkpoint that it has cosigned.

    Returns:
        The checkpoint to keep and cosign, or the answer that refuses it.
    """
    try:
        request = CosignRequest.from_bytes(body)
        checkpoint = read_checkpoint(request.checkpoint)
    except DocumentError as error:
        return _refuse(400, error.message)
    origin = checkpoint.origin
    if origin not in logs:
        return _refuse(404, "this witness does not know the log")
    try:
        open_checkpoint(request.checkpoint, logs[origin])
    except IntegrityError as error:
        return _refuse(403, error.message)
    if request.old > checkpoint.size:
        return _refuse(400, "the old size is larger than the checkpoint's")
    return _judge_history(request, checkpoint, latest.get(origin))


def _judge_history(
    request: CosignRequest, checkpoint: Checkpoint, last: Checkpoint | None
) -> Accepted | CosignResponse:
    size = last.size if last else 0
    if request.old != size:
        return CosignResponse(409, SIZE_TYPE, b"%d\n" % size)
    if last is not None and checkpoint.size == size and checkpoint.root != last.root:
        return _refuse(409, "another root was cosigned at this size: the log has forked")
    if last is None or size in (0, checkpoint.size):
        holds = not request.proof
    else:
        holds = check_consistency(request.proof, size, checkpoint.size, last.root, checkpoint.root)
    if not holds:
        return _refuse(422, "the consistency proof does not hold")
    return Accepted(checkpoint, request.checkpoint)


def cosign(accepted: Accepted, signers: Iterable[NoteSigner], time: int) -> CosignResponse:
    """The answer to a request, once the checkpoint has been kept.

    Args:
        accepted: what `judge` gave.
        signers: the witness's keys.
        time: seconds since 1970.
    """
    text = accepted.checkpoint.to_text()
    lines = "".join(signer.sign(text, time).to_line() for signer in signers)
    return CosignResponse(200, TEXT_TYPE, lines.encode())


def add_cosignatures(signed: bytes, body: bytes, known: Iterable[SignatureChecker]) -> bytes:
    """The checkpoint with the cosignatures of a witness's answer.

    Args:
        signed: the signed checkpoint that was sent.
        body: the answer's.
        known: the witness's keys; what others signed is left out.

    Raises:
        DocumentError: the body is not signature lines.
        IntegrityError: a known key's signature is wrong, or there is none.
    """
    try:
        lines = body.decode("utf-8").split("\n") if len(body) <= MAX_REQUEST else []
    except UnicodeDecodeError:
        raise DocumentError("the witness's answer is not UTF-8") from None
    if len(lines) < 2 or lines.pop() != "" or len(lines) > MAX_SIGNATURES:
        raise DocumentError("the witness's answer is not signature lines")
    note = Note.from_bytes(signed)
    answer = Note(note.text, tuple(map(Signature.from_line, lines)))
    return note.add(answer.open(known).verified).to_bytes()


def read_conflict(content_type: str, body: bytes) -> int | None:
    """The size in a 409 answer; None for a fork, or an answer that is not as it must be."""
    text = body.decode("ascii", "replace")
    if content_type != SIZE_TYPE or not text.endswith("\n"):
        return None
    try:
        return read_count(text[:-1], "size")
    except DocumentError:
        return None


def _refuse(status: int, message: str) -> CosignResponse:
    return CosignResponse(status, TEXT_TYPE, message.encode() + b"\n")
