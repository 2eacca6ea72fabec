"""Tests of TLS: versions, chains, and certificates that are not accepted."""

from __future__ import annotations

import gzip
import os
import socket
import ssl
import time
from pathlib import Path

import pytest
import trustme
from attrs import evolve

from archive.capture import Settings
from tests.capture.settings import LOCAL, get
from tests.servers import CertificateFiles, Nginx, OddServer, certificates

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi"


def trusting(files: CertificateFiles) -> Settings:
    """Settings that trust this authority."""
    return evolve(LOCAL, ca_file=str(files.root))


def test_version_cipher_and_chain_are_told(nginx: Nginx) -> None:
    """The peer says TLS version and cipher, and gives the chain as presented, leaf first."""
    nginx.publish("story.html", b"story")
    for base, version in ((nginx.https, "TLSv1.3"), (nginx.https12, "TLSv1.2")):
        fetched = get(f"{base}/story.html", trusting(nginx.certificates))
        assert (fetched.reason, fetched.status, fetched.limitations) == (None, 200, ())
        assert fetched.last is not None
        assert fetched.last.peer is not None
        assert fetched.last.peer.tls_version == version
        assert fetched.last.peer.cipher
        assert len(nginx.certificates.pem) == 2
        assert fetched.last.peer.chain == b"".join(nginx.certificates.pem)
        assert fetched.last.received.endswith(b"\r\n\r\nstory")


def test_the_environment_may_name_the_certificates(
    nginx: Nginx, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SSL_CERT_FILE counts when no file was given."""
    nginx.publish("story.html", b"story")
    assert get(f"{nginx.https}/story.html").reason == "tls"
    monkeypatch.setenv("SSL_CERT_FILE", str(nginx.certificates.root))
    assert get(f"{nginx.https}/story.html").reason is None


@pytest.mark.parametrize("secure", ["https", "https12"])
def test_an_unknown_authority_fails_with_the_chain_kept(nginx: Nginx, secure: str) -> None:
    """A certificate that nobody trusted vouches for fails as tls, nothing sent, chain kept."""
    fetched = get(f"{getattr(nginx, secure)}/story.html")
    assert (fetched.reason, fetched.limitations) == ("tls", ())
    assert fetched.last is not None
    assert (fetched.last.request, fetched.last.received) == (b"", b"")
    assert fetched.last.peer is not None
    assert fetched.last.peer.chain == b"".join(nginx.certificates.pem)
    assert fetched.last.peer.address == "127.0.0.1"


def test_a_certificate_for_another_name_fails(tmp_path: Path) -> None:
    """A trusted certificate of another host fails as tls; the server never sees a request."""
    files = certificates(tmp_path, "other.example")
    with OddServer(files.context()) as server:
        fetched = get(server.set("/", OK), trusting(files))
        assert server.requests == []
    assert fetched.reason == "tls"
    assert fetched.last is not None
    assert fetched.last.peer is not None
    assert fetched.last.peer.chain == b"".join(files.pem)


def test_insecure_fetches_all_the_same_and_says_so(nginx: Nginx, tmp_path: Path) -> None:
    """With verification off the page comes, and the limitation stands on every https fetch."""
    plain = nginx.publish("story.html", b"story")
    settings = evolve(LOCAL, insecure=True)
    fetched = get(f"{nginx.https}/story.html", settings)
    assert (fetched.reason, fetched.limitations) == (None, ("insecure",))
    assert get(plain, settings).limitations == ()
    files = certificates(tmp_path, "other.example")
    with OddServer(files.context(ssl.TLSVersion.TLSv1_2)) as server:
        fetched = get(server.set("/", OK), settings)
    assert (fetched.reason, fetched.limitations) == (None, ("insecure",))
    assert fetched.last is not None
    assert fetched.last.received == OK


def test_http_behind_an_https_url_is_a_tls_failure(nginx: Nginx) -> None:
    """A server that does not speak TLS fails as tls, without a retry in the clear."""
    fetched = get(nginx.publish("story.html", b"story").replace("http:", "https:"))
    assert fetched.reason == "tls"
    assert fetched.last is not None
    assert (fetched.last.peer, fetched.last.request, fetched.last.received) == (None, b"", b"")


@pytest.mark.parametrize(
    "organization",
    [
        "SSL connection using TLSv9.9 / ROT13-NONE ",
        "SSL connection using TLSv1.0 / NULL-NULL / x",
        "SSL connection using TLSv1.3\r\nSSL connection using TLSv1.0 / NULL",
    ],
)
def test_a_certificate_cannot_say_how_it_was_reached(tmp_path: Path, organization: str) -> None:
    """Version and cipher are those of the handshake, whatever words a certificate holds."""
    authority = trustme.CA(organization_name=organization)
    leaf = authority.issue_cert(
        "127.0.0.1", organization_name=organization, organization_unit_name=organization
    )
    authority.cert_pem.write_to_path(tmp_path / "root.pem")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    leaf.configure_cert(context)
    with OddServer(context) as server:
        settings = evolve(LOCAL, ca_file=str(tmp_path / "root.pem"))
        fetched = get(server.set("/", OK), settings)
    assert fetched.reason is None
    assert fetched.last is not None
    assert fetched.last.peer is not None
    assert fetched.last.peer.tls_version == "TLSv1.3"
    assert str(fetched.last.peer.cipher).startswith("TLS_")


def test_a_handshake_that_stalls_is_a_time_out(odd_server: OddServer) -> None:
    """A server that accepts and then says nothing to TLS fails as timeout."""
    fetched = get(odd_server.set("/", OK).replace("http:", "https:"), stall=0.3)
    assert (fetched.reason, fetched.limitations) == ("timeout", ())
    assert fetched.last is not None
    assert (fetched.last.peer, fetched.last.request) == (None, b"")


def test_a_record_of_tls_that_drips_is_a_time_out(tmp_path: Path) -> None:
    """Bytes of a TLS record that never becomes whole do not put off the end."""

    def drip_record(connection: socket.socket) -> None:
        os.write(connection.fileno(), b"\x17\x03\x03\x40\x00")
        for _ in range(100):
            time.sleep(0.05)
            os.write(connection.fileno(), b"x")
        connection.shutdown(socket.SHUT_RDWR)

    files = certificates(tmp_path)
    with OddServer(files.context()) as server:
        url = server.set("/", b"HTTP/1.1 200 OK\r\n\r\nhello", drip_record)
        fetched = get(url, trusting(files), total=1.0)
    assert fetched.reason == "timeout"
    assert fetched.last is not None
    assert fetched.last.truncated == "time"
    assert fetched.last.received.endswith(b"hello")


@pytest.mark.parametrize(
    ("answer", "reason", "limitations"),
    [
        (b"\r\nhello", None, ("unclosed",)),
        (b"Content-Encoding: gzip\r\n\r\n" + gzip.compress(b"hello"), None, ()),
        (b"Content-Encoding: gzip\r\n\r\n" + gzip.compress(b"hello")[:-9], None, ("cut",)),
        (b"Content-Length: 5\r\n\r\nhello", None, ()),
        (b"Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n", None, ()),
        (b"Content-Length: 6\r\n\r\nhello", "cut", ("cut",)),
        (b"Content-Type: text/html\r\n", "cut", ("cut",)),
    ],
    ids=["to the end", "gzip", "cut gzip", "length", "chunks", "short", "head"],
)
def test_a_stream_without_its_tls_end(
    tmp_path: Path, answer: bytes, reason: str | None, limitations: tuple[str, ...]
) -> None:
    """It is unclosed only where nothing else says that the body is whole, and cut where it is."""

    def hang_up(connection: socket.socket) -> None:
        connection.shutdown(socket.SHUT_RDWR)

    files = certificates(tmp_path)
    sent = b"HTTP/1.1 200 OK\r\n" + answer
    with OddServer(files.context()) as server:
        closed = get(server.set("/closed", sent), trusting(files))
        fetched = get(server.set("/hung-up", sent, hang_up), trusting(files))
    assert "unclosed" not in closed.limitations
    assert (fetched.reason, fetched.limitations) == (reason, limitations)
    assert fetched.last is not None
    assert fetched.last.received == sent
    assert fetched.last.truncated == ("disconnect" if reason else None)


def test_a_large_body_over_tls_is_exact(tmp_path: Path) -> None:
    """Many TLS records give the bytes that were sent."""
    files = certificates(tmp_path)
    sent = b"HTTP/1.1 200 OK\r\nContent-Length: 3000000\r\n\r\n" + bytes(range(250)) * 12_000
    with OddServer(files.context()) as server:
        fetched = get(server.set("/", sent), trusting(files))
    assert fetched.reason is None
    assert fetched.last is not None
    assert fetched.last.received == sent
