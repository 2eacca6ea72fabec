"""Who sees the demonstration's log: an authority made of openssl, and a second process."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from archive.errors import InputError
from archive.proof.verifier import Verifier

__all__ = ["can_date", "run_authority", "run_witness"]

_CONFIGURATION = """\
[tsa]
default_tsa = demo
[demo]
serial = serial
signer_cert = tsa.pem
signer_key = tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
ess_cert_id_alg = sha256
"""


def can_date() -> bool:
    """Whether openssl is there, which makes the time stamps."""
    return shutil.which("openssl") is not None


@contextmanager
def run_witness(folder: Path, keys: Sequence[Verifier]) -> Iterator[str]:
    """A witness in a process of its own; gives what the settings say of it.

    Args:
        folder: where it keeps its key and what it has seen.
        keys: of the log that it watches.

    Raises:
        InputError: it did not begin.
    """
    folder = folder.resolve()  # a relative one would be overlooked, and the user's own taken
    lines = "".join(f"{key.to_vkey()}\n" for key in keys)
    (folder / "log-keys.txt").write_text(lines, encoding="utf-8")
    own = {"XDG_CONFIG_HOME": str(folder / "config"), "XDG_STATE_HOME": str(folder / "state")}
    environment = {**os.environ, **own}
    archive = [sys.executable, "-m", "archive"]
    made = [*archive, "key", "new", "--json"]
    subprocess.run(  # noqa: S603 our own program
        made, env=environment, check=True, capture_output=True, stdin=subprocess.DEVNULL
    )
    serving = [*archive, "witness", "serve", "--name", "witness.example", "--port", "0", "--json"]
    command = [*serving, "--log", str(folder / "log-keys.txt")]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE)  # noqa: S603
    try:
        told = json.loads(process.stdout.readline() or b"{}") if process.stdout else {}
        if "key" not in told:
            raise InputError("the witness of the demonstration did not begin")
        yield f'[[witness]]\nurl = "{told["url"]}"\nkey = "{told["key"]}"\n'
    finally:
        process.terminate()
        process.communicate()


@contextmanager
def run_authority(folder: Path, collection: Path) -> Iterator[str]:
    """A time-stamping authority on loopback; gives what the settings say of it."""
    _make_certificates(folder)
    for name in ("tsa-root.pem", "tsa.pem"):
        shutil.copy(folder / name, collection / "keys" / name)
    (folder / "tsa.cnf").write_text(_CONFIGURATION, encoding="ascii")
    (folder / "serial").write_text("01\n", encoding="ascii")

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            (folder / "query").write_bytes(body)
            command = ["openssl", "ts", "-reply", "-config", "tsa.cnf", "-queryfile", "query"]
            reply = subprocess.run(  # noqa: S603 a fixed command
                command, cwd=folder, check=False, capture_output=True, stdin=subprocess.DEVNULL
            ).stdout
            self.send_response(200)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.send_header("Content-Length", str(len(reply)))
            self.end_headers()
            self.wfile.write(reply)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield (
            f'[[timestamp]]\nurl = "http://127.0.0.1:{server.server_address[1]}"\n'
            'root = "keys/tsa-root.pem"\ncertificate = "keys/tsa.pem"\n'
        )
    finally:
        server.shutdown()
        server.server_close()


def _make_certificates(folder: Path) -> None:
    """A root, and a certificate of it for time stamps, both for the one day."""
    now = datetime.now(UTC)
    root_name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Demo root")])
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Demo time stamps")])
    root_key, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())

    def begin(subject: x509.Name, public: ec.EllipticCurvePublicKey) -> x509.CertificateBuilder:
        return (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(root_name)
            .public_key(public)
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - timedelta(hours=1))
            .not_valid_after(now + timedelta(days=1))
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
        )

    root = begin(root_name, root_key.public_key()).add_extension(
        x509.BasicConstraints(ca=True, path_length=None), critical=True
    )
    usage = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
    issuer = x509.AuthorityKeyIdentifier.from_issuer_public_key(root_key.public_key())
    leaf = begin(name, key.public_key()).add_extension(usage, critical=True)
    leaf = leaf.add_extension(issuer, critical=False)
    for path, builder in (("tsa-root.pem", root), ("tsa.pem", leaf)):
        made = builder.sign(root_key, SHA256())
        (folder / path).write_bytes(made.public_bytes(Encoding.PEM))
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (folder / "tsa.key").write_bytes(pem)
