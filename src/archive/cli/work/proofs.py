"""What ``archive log`` does with checkpoints and proofs: prints, writes and checks them."""

from __future__ import annotations

from pathlib import Path

from archive.cli.options import open_here
from archive.cli.output import Output
from archive.disk.files import SMALL, read_file
from archive.log.proving import check_proof
from archive.proof.checkpoint import read_checkpoint
from archive.user.keystore import Keystore
from archive.user.trusting import gather_trust

__all__ = ["check", "checkpoint", "consistency", "prove"]

_SCHEMA = "urn:article-archive:log-{}:v1"
_VERDICTS = {
    "same": "the same: nothing was added",
    "grown": "grown: all that was there is there, and more behind it",
    "backwards": "BACKWARDS: there is less than there was",
    "sideways": "SIDEWAYS: history was rewritten",
}


def checkpoint(collection: Path | None, as_json: bool) -> None:
    """Print the signed checkpoint."""
    output = Output(as_json=as_json)
    with open_here(collection) as press:
        signed = press.log.checkpoint()
    if not as_json:
        output.raw(signed)
        return
    head = read_checkpoint(signed)
    said = {"origin": head.origin, "size": head.size, "root": head.root.hex()}
    output.json({"schema": _SCHEMA.format("checkpoint"), **said, "signed": signed.decode()})


def prove(capture: str, collection: Path | None, as_json: bool) -> None:
    """Write the proof that a capture is logged."""
    output = Output(as_json=as_json)
    with open_here(collection) as press:
        found = press.get(capture)
        proof = press.log.prove(found.row)
    if not as_json:
        output.raw(proof.to_bytes())
        return
    said = {"capture": found.id, "index": proof.index}
    size = read_checkpoint(proof.checkpoint).size
    text = proof.to_bytes().decode("utf-8")
    output.json({"schema": _SCHEMA.format("prove"), **said, "size": size, "proof": text})


def check(proof: Path, trust: tuple[str, ...], no_user_trust: bool, as_json: bool) -> int:
    """Check a proof file, alone; gives the exit code."""
    output = Output(as_json=as_json)
    found = check_proof(read_file(proof, SMALL))
    by = gather_trust(Keystore.of_user(), trust, user_trust=not no_user_trust).by(found.fingerprint)
    if as_json:
        said = {"url": found.url, "date": found.date, "outcome": found.outcome}
        place = {"index": found.index, "origin": found.origin, "size": found.size}
        signer = {"fingerprint": found.fingerprint, "trusted": by is not None, "by": by}
        output.json({"schema": _SCHEMA.format("check"), **said, **place, "signer": signer})
    else:
        output.line(f"entry        {found.index} of {found.size} of the log {found.origin}")
        output.line(f"says         {found.outcome} {found.date} {found.url}")
        output.line(f"signed by    {found.fingerprint}")
        output.line(f"             {f'trusted ({by})' if by else 'NOT trusted'}")
    return 0 if by else 4


def consistency(old: Path, new: Path | None, collection: Path | None, as_json: bool) -> int:
    """Check that one checkpoint extends another; gives the exit code."""
    output = Output(as_json=as_json)
    later = read_file(new, SMALL) if new is not None else None
    with open_here(collection) as press:
        verdict, proof = press.log.compare(read_file(old, SMALL), later)
    if as_json:
        hashes = [node.hex() for node in proof]
        output.json({"schema": _SCHEMA.format("consistency"), "verdict": verdict, "proof": hashes})
    else:
        output.line(_VERDICTS[verdict])
    return 0 if verdict in ("same", "grown") else 1
