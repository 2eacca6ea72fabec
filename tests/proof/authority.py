"""A real time-stamping authority of the tests' own: ``openssl ts``, with certificates as wanted.

Each `Authority` has a root and a certificate for time stamps in a folder; `answer` is what it
replies to a request. A forger is an authority too: with another root under the same name, with a
certificate that signs itself, that has expired, or that is for something else.
"""

from __future__ import annotations

import subprocess
import threading
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Self

from attrs import define, field, frozen
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from tests.places import program

NOW = datetime.now(UTC)
_YEAR = timedelta(days=365)
_CONFIGURATION = """
[tsa]
default_tsa = tsa1
[tsa1]
dir = {folder}
serial = {folder}/serial
signer_cert = {folder}/tsa.pem
signer_key = {folder}/tsa.key
signer_digest = {digest}
default_policy = 1.2.3.4.1
other_policies = 1.2.3.4.5
digests = sha1, sha256, sha384, sha512
accuracy = secs:1, millisecs:500, microsecs:100
ordering = no
tsa_name = no
ess_cert_id_chain = no
ess_cert_id_alg = sha256
{certs}
"""


@frozen
class Authority:
    """Certificates and keys in a folder, and how tokens are made with them."""

    folder: Path

    @property
    def root(self) -> bytes:
        """The root certificate, PEM."""
        return (self.folder / "root.pem").read_bytes()

    @property
    def certificate(self) -> bytes:
        """The certificate that signs time stamps, PEM."""
        return (self.folder / "tsa.pem").read_bytes()

    def answer(self, request: bytes) -> bytes:
        """The response to a request, both DER."""
        query, reply = self.folder / "query.tsq", self.folder / "reply.tsr"
        query.write_bytes(request)
        subprocess.run(
            [
                str(program("openssl")),
                *("ts", "-reply", "-config", str(self.folder / "tsa.cnf")),
                *("-queryfile", str(query), "-out", str(reply)),
            ],
            check=True,
            capture_output=True,
            cwd=self.folder,
        )
        return reply.read_bytes()

    def accepts(self, response: bytes, message: bytes) -> bool:
        """What the ``openssl ts`` command says of a response over a message, by the root alone."""
        (self.folder / "judged.tsr").write_bytes(response)
        (self.folder / "judged.data").write_bytes(message)
        done = subprocess.run(
            [
                str(program("openssl")),
                *("ts", "-verify", "-in", "judged.tsr", "-data", "judged.data"),
                *("-CAfile", "root.pem", "-untrusted", "tsa.pem"),
            ],
            check=False,
            capture_output=True,
            cwd=self.folder,
        )
        return done.returncode == 0 and b"Verification: OK" in done.stdout


def make_authority(
    folder: Path,
    *,
    usage: x509.ObjectIdentifier = ExtendedKeyUsageOID.TIME_STAMPING,
    critical: bool = True,
    self_signed: bool = False,
    expired: bool = False,
    intermediate: bool = False,
    certs: bool = False,
    digest: str = "sha256",
) -> Authority:
    """An authority in a new folder; every one of them has the same names in its certificates."""
    folder.mkdir()
    root_key, key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    root = _certify("Test Root", root_key, "Test Root", root_key, ca=True)
    issuer, issuer_key = "Test Root", root_key
    chain = [root]
    if intermediate:
        issuer, issuer_key = "Test Intermediate", ec.generate_private_key(ec.SECP256R1())
        chain.append(_certify(issuer, issuer_key, "Test Root", root_key, ca=True))
    if self_signed:
        issuer, issuer_key = "Test TSA", key
    span = (NOW - 3 * _YEAR, NOW - _YEAR) if expired else (NOW - _YEAR, NOW + _YEAR)
    tsa = _certify("Test TSA", key, issuer, issuer_key, usage=(usage, critical), span=span)
    pem = [item.public_bytes(Encoding.PEM) for item in chain]
    (folder / "root.pem").write_bytes(pem[0])
    (folder / "chain.pem").write_bytes(b"".join(pem))
    (folder / "intermediate.pem").write_bytes(b"".join(pem[1:]))
    (folder / "tsa.pem").write_bytes(tsa.public_bytes(Encoding.PEM))
    (folder / "tsa.key").write_bytes(
        key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    )
    (folder / "serial").write_text("01\n")
    line = f"certs = {folder}/chain.pem" if certs else ""
    text = _CONFIGURATION.format(folder=folder, certs=line, digest=digest)
    (folder / "tsa.cnf").write_text(text)
    return Authority(folder)


def _certify(
    name: str,
    key: ec.EllipticCurvePrivateKey,
    issuer: str,
    issuer_key: ec.EllipticCurvePrivateKey,
    *,
    ca: bool = False,
    usage: tuple[x509.ObjectIdentifier, bool] | None = None,
    span: tuple[datetime, datetime] = (NOW - 4 * _YEAR, NOW + 4 * _YEAR),
) -> x509.Certificate:
    names = [x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, word)]) for word in (name, issuer)]
    builder = (
        x509.CertificateBuilder()
        .subject_name(names[0])
        .issuer_name(names[1])
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(span[0])
        .not_valid_after(span[1])
        .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()),
            critical=False,
        )
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )
    if usage is not None:
        builder = builder.add_extension(x509.ExtendedKeyUsage([usage[0]]), critical=usage[1])
    return builder.sign(issuer_key, SHA256())


@define
class Server:
    """An authority behind HTTP on loopback, as RFC 3161 section 3.4 wants it."""

    authority: Authority
    _server: ThreadingHTTPServer = field(init=False)

    def __enter__(self) -> Self:
        authority, lock = self.authority, threading.Lock()

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                request = self.rfile.read(int(self.headers["Content-Length"]))
                with lock:  # one serial file
                    reply = authority.answer(request)
                self.send_response(200)
                self.send_header("Content-Type", "application/timestamp-reply")
                self.send_header("Content-Length", str(len(reply)))
                self.end_headers()
                self.wfile.write(reply)

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self._server.server_address[1]}/"

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
