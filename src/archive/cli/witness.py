"""``archive witness``: cosign the logs of others."""

from __future__ import annotations

import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from archive.cli.options import as_json, ask_passphrase, passphrase_option
from archive.cli.output import Output
from archive.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from http.server import ThreadingHTTPServer

    from archive.proof.verifier import Verifier
    from archive.serve.witness import Witness

__all__ = ["command"]

_EPILOG = """\
\b
Examples:
  archive witness serve --name witness.example --log their-keys.txt
  archive witness serve --name witness.example --log their-keys.txt --port 8081
"""


@click.group("witness", no_args_is_help=False, epilog=_EPILOG)
def command() -> None:
    """Watch the logs of others: cosign that they only ever grow."""


@command.command("serve", short_help="Serve as a witness.", epilog=_EPILOG)
@click.option("--name", metavar="NAME", required=True, help="The witness's name, such as a host.")
@click.option("--key", "fingerprint", metavar="FPR", help="Sign with this key of yours.")
@click.option(
    "--log",
    "logs",
    metavar="FILE",
    multiple=True,
    required=True,
    type=click.Path(path_type=Path),
    help="Keys of logs to watch, a line each, as archive log status prints them.",
)
@click.option("--port", type=click.IntRange(0, 65535), default=8081, show_default=True)
@click.option("--host", metavar="ADDRESS", default="127.0.0.1", show_default=True)
@passphrase_option
@as_json
def serve(
    name: str,
    fingerprint: str | None,
    logs: tuple[Path, ...],
    port: int,
    host: str,
    passphrase_fd: int | None,
    as_json: bool,
) -> None:
    """Serve as a witness (C2SP tlog-witness) until interrupted.

    A log's checkpoint is cosigned when it extends the last one cosigned, which is kept in your
    state folder. First the witness's key is printed, for those who ask it or trust it. It must be
    another than the logs' own.
    """
    import platformdirs

    from archive.proof.signer import NoteSigner
    from archive.serve.witness import Witness
    from archive.user.keystore import Keystore

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
    from archive.serve.witness import make_server

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
    from archive.disk.files import read_file
    from archive.proof.verifier import Verifier

    known: dict[str, list[Verifier]] = {}
    for path in paths:
        for line in read_file(path, 1 << 20).decode("utf-8", "replace").split():
            if "+" in line:
                verifier = Verifier.from_vkey(line)
                known.setdefault(verifier.name, []).append(verifier)
    if not known:
        raise UsageError("no keys of logs in there", where=str(paths[0]))
    return known
