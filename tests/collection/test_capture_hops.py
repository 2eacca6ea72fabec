"""Redirects, TLS and failures through the whole: the records each leaves, and that it verifies."""

from __future__ import annotations

from pathlib import Path

import pytest
from attrs import evolve

import archive
from archive.capture import Settings
from archive.capture import connection as connection_room
from tests.capture.settings import LOCAL
from tests.collection.press import (
    Record,
    capture_records,
    check_verified,
    outcome,
    page,
    predicate,
)
from tests.servers import CertificateFiles, Nginx, OddServer, certificates, free_port

HTML = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + page()


def trusting(files: CertificateFiles, *, insecure: bool = False) -> Settings:
    """Settings for loopback that trust this authority."""
    return evolve(LOCAL, ca_file=str(files.root), insecure=insecure)


def redirect(target: str) -> bytes:
    """A redirect."""
    return b"HTTP/1.1 302 Found\r\nLocation: %s\r\nContent-Length: 0\r\n\r\n" % target.encode()


def roles(records: list[Record]) -> list[str]:
    """Each record in a word: its type, or what its urn says."""
    return [
        record["WARC-Target-URI"].split(":")[1]
        if record["WARC-Target-URI"].startswith("urn:")
        else record["WARC-Type"]
        for record in records
    ]


def test_each_hop_is_a_pair_and_each_chain_stands_once(
    press: archive.Collection, nginx: Nginx, tmp_path: Path
) -> None:
    """A redirect over TLS leaves a pair a hop, and the chain of certificates a server once."""
    nginx.publish("story.html", page())
    files = certificates(tmp_path)
    roots = tmp_path / "roots.pem"
    roots.write_bytes(files.root.read_bytes() + nginx.certificates.root.read_bytes())
    end = f"{nginx.https}/story.html"
    with OddServer(files.context()) as server:
        server.set("/two", redirect(end))
        first = server.set("/one", redirect("/two"))
        capture = press.add(first, evolve(LOCAL, ca_file=str(roots)))
    assert (capture.outcome, capture.final_url) == ("captured", end)
    records = capture_records(press, capture)
    pair = ["response", "request"]
    tail = ["outcome", "text", "claims", "statement"]
    assert roles(records) == [*pair, "tls", *pair, *pair, "tls", *tail]
    one, _, chain, two, _, three, asked, nginx_chain, told, text, claims, envelope = records
    assert [r["WARC-Target-URI"] for r in (one, two, three)] == [first, server.url("/two"), end]
    assert (chain.block, nginx_chain.block) == (
        b"".join(files.pem),
        b"".join(nginx.certificates.pem),
    )
    assert chain["WARC-Concurrent-To"] == one["WARC-Record-ID"]
    assert nginx_chain["WARC-Concurrent-To"] == three["WARC-Record-ID"]
    assert asked["WARC-Concurrent-To"] == three["WARC-Record-ID"]
    assert told["WARC-Refers-To"] == three["WARC-Record-ID"]
    assert text["WARC-Concurrent-To"] == three["WARC-Record-ID"]
    assert claims["WARC-Refers-To"] == three["WARC-Record-ID"]
    assert envelope["WARC-Refers-To"] == three["WARC-Record-ID"]
    assert told["WARC-Target-URI"] == f"urn:outcome:{first}"
    assert envelope["WARC-Target-URI"] == f"urn:statement:{first}"
    assert text["WARC-Target-URI"] == f"urn:text:{end}"
    assert {record["WARC-Date"] for record in records} == {records[0]["WARC-Date"]}
    assert [hop["status"] for hop in outcome(press, capture)["hops"]] == [302, 302, 200]
    check_verified(press)


@pytest.mark.parametrize(("base", "version"), [("https", "tls/1.3"), ("https12", "tls/1.2")])
def test_tls_is_told_in_the_response_header(
    press: archive.Collection, nginx: Nginx, base: str, version: str
) -> None:
    """Over TLS, WARC-Protocol stands twice, with the cipher suite and the chain as presented."""
    nginx.publish("story.html", page())
    capture = press.add(f"{getattr(nginx, base)}/story.html", trusting(nginx.certificates))
    assert (capture.outcome, capture.limitations) == ("captured", ())
    records = capture_records(press, capture)
    assert records[0].all("WARC-Protocol") == ["http/1.1", version]
    assert records[0]["WARC-Cipher-Suite"]
    assert records[2].block == b"".join(nginx.certificates.pem)
    assert all(record.all("WARC-Protocol") == [] for record in records[1:])
    check_verified(press)


@pytest.mark.parametrize("base", ["https", "https12"])
def test_an_unknown_authority_is_signed_with_its_chain(
    press: archive.Collection, nginx: Nginx, base: str
) -> None:
    """A certificate that is not accepted leaves chain, outcome and envelope, and nothing else."""
    capture = press.add(f"{getattr(nginx, base)}/story.html", LOCAL)
    assert (capture.outcome, capture.reason, capture.status) == ("failed", "tls", None)
    records = capture_records(press, capture)
    assert roles(records) == ["tls", "outcome", "statement"]
    assert records[0].block == b"".join(nginx.certificates.pem)
    assert records[0].get("WARC-Concurrent-To") is None
    assert records[2]["WARC-Refers-To"] == records[1]["WARC-Record-ID"]
    digests = predicate(press, capture)["digests"]
    assert set(digests.values()) == {None}
    check_verified(press)


def test_insecure_is_a_limitation(press: archive.Collection, nginx: Nginx) -> None:
    """A page that was fetched without checking certificates says so in its statement."""
    nginx.publish("story.html", page())
    capture = press.add(f"{nginx.https}/story.html", evolve(LOCAL, insecure=True))
    assert (capture.outcome, capture.limitations) == ("captured", ("insecure",))
    assert predicate(press, capture)["limitations"] == ["insecure"]
    assert "tls" in roles(capture_records(press, capture))
    check_verified(press)


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://a.example/", "http://u:p@h/"])
def test_a_redirect_elsewhere_is_forbidden(
    press: archive.Collection, odd_server: OddServer, target: str
) -> None:
    """A redirect to what is no web page is kept, not followed, and fails as forbidden."""
    url = odd_server.set("/away", redirect(target))
    capture = press.add(url, LOCAL)
    assert (capture.outcome, capture.reason) == ("failed", "forbidden")
    assert (capture.final_url, capture.status) == (url, 302)
    records = capture_records(press, capture)
    assert roles(records) == ["response", "request", "outcome", "statement"]
    assert records[0].block == redirect(target)
    check_verified(press)


def test_a_redirect_to_a_private_address_is_forbidden(
    press: archive.Collection, odd_server: OddServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A hop to loopback is not made; what came before it is kept, and the status is not its own."""
    monkeypatch.setattr(connection_room, "is_public", lambda address: address == "127.0.0.1")
    secret = odd_server.url("/secret", "127.0.0.2")
    first = odd_server.set("/public", redirect(secret))
    before = len(odd_server.requests)
    capture = press.add(first, evolve(LOCAL, allow_private=False))
    assert (capture.reason, capture.status) == ("forbidden", None)
    assert (capture.url, capture.final_url) == (first, secret)
    assert len(odd_server.requests) == before + 1
    records = capture_records(press, capture)
    assert roles(records) == ["response", "request", "outcome", "statement"]
    assert records[0]["WARC-Target-URI"] == first
    assert [hop["url"] for hop in outcome(press, capture)["hops"]] == [first, secret]
    assert outcome(press, capture)["addresses"] == ["127.0.0.1", "127.0.0.2"]
    check_verified(press)


def test_loopback_is_forbidden_unless_allowed(
    press: archive.Collection, odd_server: OddServer
) -> None:
    """By default a page on this machine is a signed failure, and nothing is sent."""
    before = len(odd_server.requests)
    capture = press.add(odd_server.set("/", HTML))
    assert (capture.outcome, capture.reason) == ("failed", "forbidden")
    assert len(odd_server.requests) == before
    assert roles(capture_records(press, capture)) == ["outcome", "statement"]
    check_verified(press)


@pytest.mark.parametrize("hop", [False, True])
def test_nobody_listening_is_signed(
    press: archive.Collection, odd_server: OddServer, hop: bool
) -> None:
    """A refused connection is a signed failure, at once or after a redirect."""
    dead = f"http://127.0.0.1:{free_port()}/"
    url = odd_server.set("/to", redirect(dead)) if hop else dead
    capture = press.add(url, LOCAL)
    assert (capture.outcome, capture.reason) == ("failed", "refused")
    assert (capture.url, capture.final_url, capture.status) == (url, dead, None)
    pair = ["response", "request"] if hop else []
    assert roles(capture_records(press, capture)) == [*pair, "outcome", "statement"]
    assert capture.grade == predicate(press, capture)["grade"] == ("wire" if hop else "none")
    check_verified(press)


def test_a_name_that_does_not_exist_is_signed(press: archive.Collection) -> None:
    """A name without address is a signed failure of outcome and envelope."""
    capture = press.add("http://no-such-host.invalid/story", LOCAL)
    assert (capture.outcome, capture.reason) == ("failed", "dns")
    assert roles(capture_records(press, capture)) == ["outcome", "statement"]
    assert outcome(press, capture)["addresses"] == []
    check_verified(press)


@pytest.mark.parametrize(
    ("wire", "reason"),
    [
        (b"<html>hello", "protocol-error"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhello", "cut"),
        (b"HTTP/1.1 200 OK\r\nContent-Le", "cut"),
        (b"", "cut"),
        (b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n", "http-error"),
    ],
    ids=["no HTTP", "short body", "half a head", "nothing", "404"],
)
def test_a_redirect_that_ends_badly(
    press: archive.Collection, odd_server: OddServer, wire: bytes, reason: str
) -> None:
    """A failure after a redirect keeps both hops, and its final URL is the hop that failed."""
    end = odd_server.set("/end", wire)
    capture = press.add(odd_server.set("/first", redirect("/end")), LOCAL)
    assert (capture.outcome, capture.reason, capture.final_url) == ("failed", reason, end)
    responses = [r for r in capture_records(press, capture) if r["WARC-Type"] == "response"]
    assert [r.block for r in responses] == [redirect("/end"), *([wire] if wire else [])]
    assert predicate(press, capture)["final_url"] == end
    check_verified(press)


def test_a_redirect_loop_keeps_every_hop(press: archive.Collection, odd_server: OddServer) -> None:
    """A loop is given up at the limit, with a pair of records for each hop."""
    url = odd_server.set("/loop", redirect("/loop"))
    settings = evolve(LOCAL, limits=evolve(LOCAL.limits, redirects=3))
    capture = press.add(url, settings)
    assert (capture.outcome, capture.reason) == ("failed", "too-many-redirects")
    records = capture_records(press, capture)
    assert roles(records) == ["response", "request"] * 4 + ["outcome", "statement"]
    check_verified(press)


def test_a_redirected_capture_is_found_by_both_urls(
    press: archive.Collection, odd_server: OddServer
) -> None:
    """History finds a capture by the URL that was asked for and by the one it came to."""
    end = odd_server.set("/story", HTML)
    first = odd_server.set("/short", redirect("/story"))
    capture = press.add(first, LOCAL)
    for url in (first, end):
        assert [found.id for found in press.captures_of(url)] == [capture.id]
        assert [version.title for version in press.history(url)] == ["Mayor resigns"]


def test_what_was_typed_stays_in_the_outcome(
    press: archive.Collection, odd_server: OddServer
) -> None:
    """The URL as typed is kept, the normal spelling is fetched and named in every record."""
    url = odd_server.set("/story", HTML)
    typed = f" {url.replace('http:', 'HTTP:')}/../story#top "
    capture = press.add(typed, LOCAL)
    assert capture.url == url
    told = outcome(press, capture)
    assert (told["typed"], told["url"]) == (typed, url)


@pytest.mark.parametrize("url", ["", "nonsense", "file:///etc/passwd", "http://u:p@a/"])
def test_what_is_no_url_is_refused_before_anything_is_written(
    press: archive.Collection, url: str
) -> None:
    """A URL that cannot be archived raises, and leaves no capture."""
    with pytest.raises(archive.UrlError):
        press.add(url, LOCAL)
    assert list(press.captures()) == []


def test_a_suspicious_page_says_so(press: archive.Collection, odd_server: OddServer) -> None:
    """A page that looks like a challenge is captured as suspicious, and the index knows why."""
    body = b"<html><head><title>Just a moment...</title></head><body>wait</body></html>"
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
    capture = press.add(odd_server.set("/wall", head + body), LOCAL)
    assert (capture.outcome, capture.limitations) == ("captured", ("suspicious",))
    assert capture.suspicion == "challenge page (Cloudflare)"
    assert outcome(press, capture)["suspicion"] == capture.suspicion
    press.reindex()
    assert press.get(capture.id).suspicion == capture.suspicion
    check_verified(press)
