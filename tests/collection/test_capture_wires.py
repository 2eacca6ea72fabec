"""Odd wires through the whole: what the server sent is what the record holds, and it verifies."""

from __future__ import annotations

import gzip
import hashlib

import brotli
import pytest
import zstandard
from attrs import evolve

import archive
from tests.capture.settings import LOCAL
from tests.collection.press import (
    Record,
    capture_records,
    check_verified,
    page,
    predicate,
    read_records,
)
from tests.http.streams import CHUNKED, CUTS, GOOD, OK, PROTOCOL_ERRORS
from tests.servers import OddServer, Part, drip, reset

REFUSED = [name for name in PROTOCOL_ERRORS if name != "unknown transfer coding"]
STILL_CUT = [name for name in CUTS if name != "half the trailers"]
IMPATIENT = evolve(LOCAL, limits=evolve(LOCAL.limits, stall=0.3))


def by_type(records: list[Record], kind: str) -> list[Record]:
    """The records of one WARC-Type."""
    return [record for record in records if record["WARC-Type"] == kind]


def check_wire(
    press: archive.Collection, capture: archive.Capture, sent: bytes, server: OddServer
) -> Record:
    """Insist that the capture holds these bytes of the server, its request, and verifies."""
    check_verified(press)
    records = capture_records(press, capture)
    [response] = by_type(records, "response")
    [request] = by_type(records, "request")
    interim = [record for record in records if record["WARC-Target-URI"].startswith("urn:interim:")]
    assert b"".join(record.block for record in (*interim, response)) == sent
    assert request.block == server.requests[-1]
    assert request["WARC-Concurrent-To"] == response["WARC-Record-ID"]
    assert response["WARC-IP-Address"] == "127.0.0.1"
    said = predicate(press, capture)
    assert (said["outcome"], said["reason"]) == (capture.outcome, capture.reason)
    assert tuple(said["limitations"]) == capture.limitations
    return response


@pytest.mark.parametrize("name", GOOD)
def test_odd_but_good_wires(press: archive.Collection, odd_server: OddServer, name: str) -> None:
    """An odd answer that HTTP allows is captured byte for byte, with its entity's digest."""
    sent, entity = GOOD[name]
    url = odd_server.set("/good", sent)
    capture = press.add(url, LOCAL)
    assert (capture.outcome, capture.reason, capture.limitations) == ("captured", None, ())
    response = check_wire(press, capture, sent, odd_server)
    assert response.get("WARC-Truncated") is None
    assert response["WARC-Target-URI"] == url
    assert capture.content == entity
    single = response.block.count(b"\r\n\r\n") == 1
    plain = single and b"Transfer-Encoding" not in sent and not sent.endswith(b"and more\r\n")
    assert (response.get("WARC-Payload-Digest") is not None) == plain


@pytest.mark.parametrize("name", REFUSED)
def test_wires_that_are_not_http(
    press: archive.Collection, odd_server: OddServer, name: str
) -> None:
    """What the reader refuses is a signed failure, protocol-error, that holds every byte."""
    sent = PROTOCOL_ERRORS[name]
    capture = press.add(odd_server.set("/bad", sent), LOCAL)
    assert (capture.outcome, capture.reason) == ("failed", "protocol-error")
    assert capture.status is None
    assert capture.error
    response = check_wire(press, capture, sent, odd_server)
    assert response.get("WARC-Payload-Digest") is None
    assert capture.article is None
    assert predicate(press, capture)["extraction"] is None


@pytest.mark.parametrize("name", [n for n in STILL_CUT if CUTS[n] and n != "only a 103"])
def test_wires_that_are_cut(press: archive.Collection, odd_server: OddServer, name: str) -> None:
    """An answer without its end is a signed failure, cut, marked so in the record."""
    sent = CUTS[name]
    capture = press.add(odd_server.set("/cut", sent), LOCAL)
    assert (capture.outcome, capture.reason, capture.limitations) == ("failed", "cut", ("cut",))
    response = check_wire(press, capture, sent, odd_server)
    assert response["WARC-Truncated"] == "disconnect"
    assert response.get("WARC-Payload-Digest") is None


def test_heads_before_an_answer_stand_in_a_record_of_their_own(
    press: archive.Collection, odd_server: OddServer
) -> None:
    """Informational heads are a record beside the response, which holds the final answer alone."""
    heads = b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n"
    final = OK + b"Content-Type: text/html\r\nContent-Length: %d\r\n\r\n" % len(page())
    url = odd_server.set("/hints", heads + final + page())
    first, second = press.add(url, LOCAL), press.add(url, LOCAL)
    assert (first.outcome, second.outcome) == ("captured", "unchanged")
    assert first.title == "Mayor resigns"
    for capture, block in ((first, final + page()), (second, final)):
        records = capture_records(press, capture)
        answer, interim, request = records[:3]
        assert (answer.block, interim.block) == (block, heads)
        assert interim["WARC-Type"] == "resource"
        assert interim["WARC-Target-URI"] == f"urn:interim:{url}"
        assert interim["Content-Type"] == "message/http"
        assert interim["WARC-Concurrent-To"] == answer["WARC-Record-ID"]
        assert request["WARC-Concurrent-To"] == answer["WARC-Record-ID"]
        said = predicate(press, capture)
        assert said["http"] == {"rules": 2}
        assert said["digests"]["header"] == hashlib.sha256(final).hexdigest()
        assert said["records"][1]["role"] == "interim"
    check_verified(press)
    assert press.verify(deep=True).verdict == "verified"


def test_heads_without_an_answer(press: archive.Collection, odd_server: OddServer) -> None:
    """Where no final answer came, the informational heads are all that is kept of the answer."""
    heads = CUTS["only a 103"]
    capture = press.add(odd_server.set("/hints", heads), LOCAL)
    assert (capture.reason, capture.status, capture.limitations) == ("cut", None, ("cut",))
    interim, request, outcome, _ = capture_records(press, capture)
    assert (interim.block, interim.get("WARC-Concurrent-To")) == (heads, None)
    assert request.block == odd_server.requests[-1]
    assert outcome.get("WARC-Refers-To") is None
    assert press.verify(deep=True).verdict == "verified"


def test_a_server_that_says_nothing(press: archive.Collection, odd_server: OddServer) -> None:
    """Without a byte of answer there is no response record: request, outcome and envelope only."""
    capture = press.add(odd_server.set("/nothing", CUTS["nothing"]), LOCAL)
    assert (capture.outcome, capture.reason) == ("failed", "cut")
    request, outcome, envelope = capture_records(press, capture)
    assert request.block == odd_server.requests[-1]
    assert request.get("WARC-Concurrent-To") is None
    assert outcome.get("WARC-Refers-To") is None
    assert envelope["WARC-Refers-To"] == outcome["WARC-Record-ID"]
    check_verified(press)


def test_a_reset_is_cut(press: archive.Collection, odd_server: OddServer) -> None:
    """A reset inside a body keeps what came and is cut."""
    sent = OK + b"\r\nhello"
    capture = press.add(odd_server.set("/reset", sent, 0.2, reset), LOCAL)
    assert (capture.reason, capture.limitations) == ("cut", ("cut",))
    assert check_wire(press, capture, sent, odd_server)["WARC-Truncated"] == "disconnect"


def test_a_slow_drip_is_captured(press: archive.Collection, odd_server: OddServer) -> None:
    """An answer that comes byte by byte is captured whole."""
    sent = OK + b"Content-Length: 5\r\n\r\nhello"
    capture = press.add(odd_server.set("/drip", *drip(sent, 0.005)), LOCAL)
    assert capture.outcome == "captured"
    check_wire(press, capture, sent, odd_server)


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (OK + b"Content-Length: 9\r\n\r\nhello", 200),
        (CHUNKED + b"5\r\nhello\r\n", 200),
        (OK[:9], None),
    ],
    ids=["in the body", "in a chunked body", "in the head"],
)
def test_a_stall_is_a_time_out(
    press: archive.Collection, odd_server: OddServer, sent: bytes, status: int | None
) -> None:
    """A server that stalls gives a signed time-out with what came, marked as cut by time."""
    capture = press.add(odd_server.set("/stall", sent, 600.0), IMPATIENT)
    assert (capture.outcome, capture.reason, capture.status) == ("failed", "timeout", status)
    assert check_wire(press, capture, sent, odd_server)["WARC-Truncated"] == "time"


@pytest.mark.parametrize("head", [OK + b"\r\n", OK + b"Content-Length: 300000\r\n\r\n"])
def test_a_body_over_the_limit(
    press: archive.Collection, odd_server: OddServer, head: bytes
) -> None:
    """A body over the limit is a signed failure, too-large, cut by length."""
    sent = head + b"x" * 300_000
    settings = evolve(LOCAL, limits=evolve(LOCAL.limits, body=100_000))
    capture = press.add(odd_server.set("/large", sent), settings)
    assert (capture.outcome, capture.reason) == ("failed", "too-large")
    kept = sent[: len(head) + 100_001]
    assert check_wire(press, capture, kept, odd_server)["WARC-Truncated"] == "length"


def test_a_broken_chunk_keeps_its_head(press: archive.Collection, odd_server: OddServer) -> None:
    """A chunked body that breaks is captured with a limitation, and the layers verify."""
    sent = CHUNKED + b"5\r\nhello\r\nzz\r\nand the rest"
    capture = press.add(odd_server.set("/chunk", sent), LOCAL)
    assert (capture.reason, capture.status) == (None, 200)
    assert capture.limitations == ("cut",)
    response = check_wire(press, capture, sent, odd_server)
    assert response.get("WARC-Truncated") is None
    assert capture.content == b"hello"
    assert press.verify(deep=True).verdict == "verified"


@pytest.mark.parametrize(
    ("name", "code"),
    [("gzip", gzip.compress), ("br", brotli.compress), ("zstd", zstandard.compress)],
)
@pytest.mark.parametrize("chunked", [False, True])
def test_coded_pages_are_kept_coded_and_read(
    press: archive.Collection, odd_server: OddServer, name: str, code: object, chunked: bool
) -> None:
    """A coded page is stored as sent, its content signed decoded, and its text is found."""
    assert callable(code)
    coded = code(page())
    framing = b"Content-Length: %d\r\n\r\n%s" % (len(coded), coded)
    if chunked:
        framing = b"Transfer-Encoding: chunked\r\n\r\n%x\r\n%s\r\n0\r\n\r\n" % (len(coded), coded)
    head = OK + b"Content-Type: text/html\r\nContent-Encoding: " + name.encode() + b"\r\n"
    capture = press.add(odd_server.set("/coded", head + framing), LOCAL)
    response = check_wire(press, capture, head + framing, odd_server)
    assert (response.get("WARC-Payload-Digest") is None) == chunked
    assert capture.content == page()
    assert capture.title == "Mayor resigns"
    assert capture.article is not None
    assert "behind closed doors" in capture.article.text


@pytest.mark.parametrize("coding", [b"gzip", b"br", b"snappy"])
def test_a_coding_that_cannot_be_undone_loses_no_bytes(
    press: archive.Collection, odd_server: OddServer, coding: bytes
) -> None:
    """A page in a broken or unknown content coding is captured, without text, with the reason."""
    sent = OK + b"Content-Encoding: " + coding + b"\r\n\r\n\x80\x00 not that at all"
    capture = press.add(odd_server.set("/coding", sent), LOCAL)
    assert (capture.outcome, capture.article) == ("captured", None)
    check_wire(press, capture, sent, odd_server)
    said = predicate(press, capture)
    assert said["digests"]["content"] is None
    assert said["extraction"]["outcome"] == "none"
    assert coding.decode() in said["extraction"]["reason"]


@pytest.mark.parametrize("status", [404, 410, 451, 503])
def test_error_pages_are_captures(
    press: archive.Collection, odd_server: OddServer, status: int
) -> None:
    """An error page is a signed http-error that holds status and page."""
    sent = b"HTTP/1.1 %d Gone\r\nContent-Length: 4\r\n\r\ngone" % status
    capture = press.add(odd_server.set("/gone", sent), LOCAL)
    assert (capture.outcome, capture.reason) == ("failed", "http-error")
    assert capture.status == status
    check_wire(press, capture, sent, odd_server)


@pytest.mark.parametrize(
    "field",
    [
        b"Content-Type: text/html\r\n\tWARC-Type: response",
        b"Content-Type: text/html\rWARC-Type: response",
        b"Content-Encoding: identity\r\n WARC-Injected: yes",
        b"Location: /x%0d%0aWARC-Injected: yes",
        b"Date: x\r\n y",
    ],
)
def test_no_line_break_of_a_server_reaches_a_record_header(
    press: archive.Collection, odd_server: OddServer, field: bytes
) -> None:
    """Whatever the server puts in its header, record headers hold only fields of ours."""
    sent = OK + field + b"\r\nContent-Length: 2\r\n\r\nhi"
    capture = press.add(odd_server.set("/inject", sent), LOCAL)
    check_wire(press, capture, sent, odd_server)
    for record in read_records(press):
        assert b"injected" not in record.head.lower()
        assert len(record.all("WARC-Type")) == 1
        assert b"\r" not in record.head.replace(b"\r\n", b"")


def test_no_line_break_in_a_url_reaches_a_record_header(
    press: archive.Collection, odd_server: OddServer
) -> None:
    """Line breaks in a URL as typed, or in a redirect, are gone from the normal spelling."""
    odd_server.set("/endWARC-Injected:%20yes", OK + b"Content-Length: 2\r\n\r\nhi")
    location = b"HTTP/1.1 302 x\r\nLocation: /end\r\n\tWARC-Injected: yes\r\n\r\n"
    url = odd_server.set("/start", location)
    capture = press.add(url.replace("/start", "/st\r\nart"), LOCAL)
    assert capture.url == url
    check_verified(press)
    for record in capture_records(press, capture):
        assert record.all("WARC-Injected") == []
        assert b"\r" not in record.head.replace(b"\r\n", b"")


PARTS: dict[str, list[Part]] = {
    "one piece": [OK + b"Content-Length: 5\r\n\r\nhello"],
    "two heads": [b"HTTP/1.1 100 Continue\r\n\r\n" + OK + b"Content-Length: 5\r\n\r\nhello"],
}


@pytest.mark.parametrize("name", PARTS)
def test_what_was_read_back_is_what_came(
    press: archive.Collection, odd_server: OddServer, name: str
) -> None:
    """A capture's response and content, read again from the collection, are those of the wire."""
    capture = press.get(press.add(odd_server.set("/again", *PARTS[name]), LOCAL).id)
    assert capture.response is not None
    assert (capture.response.status, capture.response.entity) == (200, b"hello")
    assert capture.content == b"hello"
