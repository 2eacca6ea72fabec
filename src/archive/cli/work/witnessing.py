"""What ``archive witness`` does: cosigns the logs of others."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from http.server import ThreadingHTTPServer
from pathlib import Path

import platformdirs

from archive.cli.options import ask_passphrase
from archive.cli.output import Output
from archive.disk.files import SMALL, read_file
from archive.errors import UsageError
from archive.proof.signer import NoteSigner
from archive.proof.verifier import Verifier
from archive.serve.witness import Witness, make_server
from archive.user.keystore import Keystore

__all__ = ["serve"]


def serve(
    name: str,
    fingerprint: str | None,
    logs: tuple[Path, ...],
    port: int,
    host: str,
    passphrase_fd: int | None,
    as_json: bool,
) -> None:
    """Serve as a witness until interrupted."""
    store = Keystore.of_user()
    own = [key.fingerprint for key in store.list() if key.own]
    if fingerprint is None and len(own) != 1:
        raise UsageError("name the key to sign with", hint="--key FPR; see: archive key list")
    found = store.find(fingerprint or own[0], own=True)
    key = store.load(found.fingerprint, lambda: ask_passphrase(passphrase_fd))
    known = _read_logs(logs)
    signer = NoteSigner.for_checkpoints(name, key)
    _check_apart(signer.verifier, known)
    folder = Path(platformdirs.user_state_path("article-archive")) / "witness" / found.fingerprint
    witness = Witness(known, [signer], folder, lambda: int(time.time()))
    server = _listen(witness, port, host)
    url = f"http://{host}:{server.server_address[1]}"
    output = Output(as_json=as_json)
    if as_json:
        said = {"url": url, "key": signer.verifier.to_vkey(), "logs": sorted(known)}
        output.json({"schema": "urn:article-archive:witness-serve:v1", **said})
    else:
        output.line(f"url          {url}")
        output.line(f"key          {signer.verifier.to_vkey()}")
    with server, suppress(KeyboardInterrupt):
        server.serve_forever()


def _listen(witness: Witness, port: int, host: str) -> ThreadingHTTPServer:
    try:
        return make_server(witness, port, host)
    except OSError as error:
        raise UsageError(f"cannot listen there: {error.strerror}", where=f"{host}:{port}") from None


def _check_apart(own: Verifier, known: Mapping[str, Sequence[Verifier]]) -> None:
    """Refuse to watch a log that the witness's own key signs."""
    if any(key.raw == own.raw for keys in known.values() for key in keys):
        hint = "nobody witnesses himself; make another with: archive key new"
        raise UsageError("this key signs a log that is to be watched", hint=hint)


def _read_logs(paths: tuple[Path, ...]) -> dict[str, list[Verifier]]:
    """The keys of the logs to watch, by the log's name."""
    known: dict[str, list[Verifier]] = {}
    for path in paths:
        for line in read_file(path, SMALL).decode("utf-8", "replace").split():
            if "+" in line:
                verifier = Verifier.from_vkey(line)
                known.setdefault(verifier.name, []).append(verifier)
    if not known:
        raise UsageError("no keys of logs in there", where=str(paths[0]))
    return known
