"""What ``archive log`` does with checkpoints and proofs: prints, writes and checks them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from archive.cli.options import open_here
from archive.cli.output import Output
from archive.disk.files import SMALL, read_file
from archive.errors import UsageError
from archive.log.proving import Opened, check_proof
from archive.proof.checkpoint import read_checkpoint
from archive.proof.logproof import LogProof
from archive.proof.opening import Opening
from archive.user.keystore import Keystore
from archive.user.trusting import gather_keys, gather_trust

__all__ = ["check", "checkpoint", "consistency", "prove"]

_SCHEMA = "urn:article-archive:log-{}:v1"
_LARGEST = 3_000_000
"""The most bytes of a proof's or an opening's file."""
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


def prove(
    capture: str,
    paragraphs: tuple[int, ...],
    quote: str | None,
    claims: tuple[int, ...],
    bare: bool,
    collection: Path | None,
    as_json: bool,
) -> None:
    """Write the proof that a capture is logged, alone or with a few of its words opened."""
    output = Output(as_json=as_json)
    if sum(map(bool, (paragraphs, quote is not None, claims))) > 1:
        raise UsageError("give one of --paragraph, --quote and --claim")
    if bare and (paragraphs or claims or quote is not None):
        raise UsageError("an opening is never bare: it needs the envelope that it opens")
    with open_here(collection) as press:
        found = press.get(capture)
        made: LogProof | Opening
        if quote is not None:
            made = press.log.open_quote(found.row, quote)
        elif paragraphs or claims:
            numbers = [number - 1 for number in (*paragraphs, *claims)]
            made = press.log.open(found.row, "claim" if claims else "paragraph", numbers)
        else:
            made = press.log.prove(found.row, bare=bare)
    data = made.to_bytes()
    proof = made.proof if isinstance(made, Opening) else made
    if not as_json:
        output.raw(data)
        return
    said = {"capture": found.id, "index": proof.index}
    size = read_checkpoint(proof.checkpoint).size
    text = data.decode("utf-8")
    output.json({"schema": _SCHEMA.format("prove"), **said, "size": size, "proof": text})


def check(proof: Path, trust: tuple[str, ...], no_user_trust: bool, as_json: bool) -> int:
    """Check a proof file, alone; gives the exit code."""
    output = Output(as_json=as_json)
    keystore, user_trust = Keystore.of_user(), not no_user_trust
    trusted = gather_keys(keystore, trust, user_trust=user_trust)
    found = check_proof(read_file(proof, _LARGEST), trusted)
    by = gather_trust(keystore, trust, user_trust=user_trust).by(found.fingerprint)
    if as_json:
        said = {"url": found.url, "date": found.date, "outcome": found.outcome}
        place = {"index": found.index, "origin": found.origin, "size": found.size}
        signer = {"fingerprint": found.fingerprint, "trusted": by is not None, "by": by}
        opening = _describe(found.opened) if found.opened else None
        more = {"signer": signer, "keyring": found.keyring, "opening": opening}
        output.json({"schema": _SCHEMA.format("check"), **said, **place, **more})
    else:
        output.line(f"entry        {found.index} of {found.size} of the log {found.origin}")
        output.line(f"says         {found.outcome} {found.date} {found.url}")
        output.line(f"signed by    {found.fingerprint}")
        output.line(f"             {f'trusted ({by})' if by else 'NOT trusted'}")
        if found.keyring is not None:
            output.line(f"             by keyring {found.keyring} of the log")
        if found.opened:
            _print_opened(output, found.opened)
    return 0 if by else 4


def _describe(opened: Opened) -> dict[str, Any]:
    leaves = [{"number": number, "text": text} for number, text in opened.leaves]
    return {"kind": opened.kind, "of": opened.of, "text_sha256": opened.text, "leaves": leaves}


def _print_opened(output: Output, opened: Opened) -> None:
    for number, text in opened.leaves:
        output.line()
        output.line((f"{opened.kind} {number} of {opened.of}", "bold"))
        output.line(text)


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
