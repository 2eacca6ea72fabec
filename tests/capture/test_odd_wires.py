"""Odd answers over a raw socket: whatever comes is kept exactly, and judged by a word."""

from __future__ import annotations

import gzip
import itertools
from typing import Any

import brotli
import pytest
import zstandard
from attrs import evolve

from archive.capture import fetch
from archive.capture.connection import StoppedError
from archive.http import decode_content
from tests.capture.settings import LOCAL, get, now
from tests.http.streams import CHUNKED, CUTS, GOOD, OK, PROTOCOL_ERRORS
from tests.servers import OddServer, Part, drip, reset

REFUSED = [name for name in PROTOCOL_ERRORS if name != "unknown transfer coding"]
STILL_CUT = [name for name in CUTS if name != "half the trailers"]


@pytest.mark.parametrize("name", GOOD)
def test_odd_but_good_answers_are_kept_and_understood(odd_server: OddServer, name: str) -> None:
    """An unusual answer that HTTP allows is a success, with its exact bytes and its entity."""
    sent, entity = GOOD[name]
    fetched = get(odd_server.set("/odd", sent))
    assert (fetched.reason, fetched.error, fetched.limitations) == (None, None, ())
    assert fetched.last is not None
    assert fetched.last.received == sent
    assert fetched.last.truncated is None
    assert fetched.last.response is not None
    assert fetched.last.response.complete
    assert fetched.last.response.entity == entity


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_not_http_is_a_protocol_error_with_all_its_bytes(
    odd_server: OddServer, name: str
) -> None:
    """A head that is refused fails as protocol-error, and every byte that came is kept."""
    sent = PROTOCOL_ERRORS[name]
    fetched = get(odd_server.set("/odd", sent))
    assert fetched.reason == "protocol-error"
    assert fetched.error
    assert fetched.last is not None
    assert fetched.last.received == sent
    assert fetched.last.response is None
    assert fetched.last.truncated is None
    assert fetched.status is None


@pytest.mark.parametrize("name", STILL_CUT)
def test_an_answer_without_its_end_is_cut(odd_server: OddServer, name: str) -> None:
    """A head or body without its end fails as cut, marked so, with the bytes that came."""
    sent = CUTS[name]
    fetched = get(odd_server.set("/odd", sent))
    assert (fetched.reason, fetched.limitations) == ("cut", ("cut",))
    assert fetched.last is not None
    assert fetched.last.received == sent
    assert fetched.last.truncated == "disconnect"
    assert (fetched.status == 200) == sent.startswith(OK)


def test_half_the_trailers_cut_nothing_off(odd_server: OddServer) -> None:
    """Behind the last chunk the page is whole (RFC 9112, section 8), whatever is missing there."""
    fetched = get(odd_server.set("/odd", CUTS["half the trailers"]))
    assert (fetched.reason, fetched.limitations) == (None, ())
    assert fetched.last is not None
    assert fetched.last.truncated is None


def test_a_broken_chunk_keeps_what_came(odd_server: OddServer) -> None:
    """A chunked body that breaks keeps status, entity so far, and all bytes after it; it is cut."""
    sent = CHUNKED + b"5\r\nhello\r\nzz\r\n and the rest" + b"." * 100_000
    fetched = get(odd_server.set("/odd", sent))
    assert (fetched.reason, fetched.limitations) == (None, ("cut",))
    assert fetched.last is not None
    assert (fetched.last.received, fetched.last.truncated) == (sent, None)
    assert fetched.last.response is not None
    assert fetched.last.response.entity == b"hello"


def test_a_body_of_which_nothing_can_be_read_is_a_protocol_error(odd_server: OddServer) -> None:
    """Chunks of which not even the first is one give no page."""
    sent = CHUNKED + b"zz\r\n and the rest"
    fetched = get(odd_server.set("/odd", sent))
    assert (fetched.reason, fetched.status) == ("protocol-error", 200)
    assert fetched.last is not None
    assert (fetched.last.received, fetched.last.truncated) == (sent, None)


@pytest.mark.parametrize(
    "first",
    [
        b"HTTP/1.1 302 Found\r\nLocation: /there\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"HTTP/1.1 302 Found\r\nLocation: /there\r\nContent-Length: 9\r\n\r\nhe",
        b"HTTP/1.1 302 Found\r\nLocation: /there\r\n",
    ],
    ids=["broken chunks", "cut body", "no blank line"],
)
def test_redirects_are_followed_whatever_their_body_does(
    odd_server: OddServer, first: bytes
) -> None:
    """A redirect counts as soon as its field is understood."""
    odd_server.set("/there", OK + b"Content-Length: 2\r\n\r\nhi")
    fetched = get(odd_server.set("/here", first))
    assert (fetched.reason, fetched.status) == (None, 200)
    assert fetched.final_url == odd_server.url("/there")


def test_a_reset_is_a_cut(odd_server: OddServer) -> None:
    """A connection that is reset inside a body that runs to the end is cut, not a success."""
    sent = OK + b"\r\nhello"
    fetched = get(odd_server.set("/odd", sent, 0.2, reset))
    assert (fetched.reason, fetched.limitations) == ("cut", ("cut",))
    assert fetched.last is not None
    assert fetched.last.received == sent
    assert fetched.last.truncated == "disconnect"
    assert fetched.last.response is not None
    assert not fetched.last.response.complete


def test_a_server_that_does_not_hang_up_is_no_failure(odd_server: OddServer) -> None:
    """After a complete message the connection need not be closed by the server."""
    sent = OK + b"Content-Length: 5\r\n\r\nhello"
    fetched = get(odd_server.set("/odd", sent, 600.0))
    assert fetched.reason is None
    assert fetched.last is not None
    assert fetched.last.received == sent


@pytest.mark.parametrize(
    ("name", "coded"),
    [
        ("gzip", gzip.compress(b"hello", mtime=0)),
        ("br", brotli.compress(b"hello")),
        ("zstd", zstandard.compress(b"hello")),
    ],
)
def test_coded_bodies_are_kept_coded(odd_server: OddServer, name: str, coded: bytes) -> None:
    """Gzip alone is asked for; whatever coding comes is kept as it came, and can be undone."""
    head = OK + b"Content-Encoding: " + name.encode() + b"\r\n\r\n"
    fetched = get(odd_server.set("/coded", head + coded))
    assert fetched.last is not None
    assert fetched.last.response is not None
    assert fetched.last.received == head + coded
    response = fetched.last.response
    assert decode_content(response.entity, response.field("content-encoding"), 9) == b"hello"
    wanted = b"Accept-Encoding: gzip\r\n"
    assert wanted in odd_server.requests[-1]


def test_a_slow_drip_is_read_to_its_end(odd_server: OddServer) -> None:
    """An answer that comes byte by byte is complete when patience lasts."""
    sent = OK + b"Content-Length: 5\r\n\r\nhello"
    fetched = get(odd_server.set("/drip", *drip(sent, 0.01)))
    assert fetched.reason is None
    assert fetched.last is not None
    assert fetched.last.received == sent


@pytest.mark.parametrize(
    ("limits", "parts"),
    [
        ({"total": 1.5}, [OK + b"\r\n", *drip(b"x" * 1000, 0.05)]),
        ({"stall": 1.0}, [OK + b"Content-Length: 9\r\n\r\nhello", 600.0]),
        ({"stall": 1.0}, [OK[:9], 600.0]),
        ({"stall": 1.0}, [600.0]),
    ],
    ids=["drip", "stall in the body", "stall in the head", "silence"],
)
def test_time_out_keeps_what_came(
    odd_server: OddServer, limits: dict[str, Any], parts: list[Part]
) -> None:
    """A drip ends at the total time, a stall at the stall time; what came is kept."""
    fetched = get(odd_server.set("/slow", *parts), **limits)
    assert fetched.reason == "timeout"
    assert fetched.last is not None
    assert fetched.last.truncated == "time"
    sent = b"".join(part for part in parts if isinstance(part, bytes))
    assert sent.startswith(fetched.last.received)
    assert len(fetched.last.received) >= len(parts[0] if isinstance(parts[0], bytes) else b"")


def test_the_total_time_holds_for_a_server_that_is_always_ahead(odd_server: OddServer) -> None:
    """Bytes that are always ready do not put off the end: it is looked at before each receiving."""
    ticks = itertools.count()
    sent = CHUNKED + b"1\r\nx\r\n" * 1_000_000
    url = odd_server.set("/ahead", sent)
    settings = evolve(LOCAL, limits=evolve(LOCAL.limits, total=60.0, stall=60.0))
    fetched = fetch(url, settings, now=now, clock=lambda: float(next(ticks)))
    assert fetched.reason == "timeout"
    assert fetched.last is not None
    assert fetched.last.truncated == "time"
    assert sent.startswith(fetched.last.received)


def test_a_fetch_from_a_server_that_is_always_ahead_can_be_stopped(odd_server: OddServer) -> None:
    """Whether to stop is asked before each receiving, not only while waiting."""
    asked = itertools.count()
    url = odd_server.set("/ahead", CHUNKED + b"1\r\nx\r\n" * 1_000_000)
    with pytest.raises(StoppedError):
        fetch(url, LOCAL, now=now, stop=lambda: next(asked) > 20)


def test_a_refused_head_that_stalls_stays_a_protocol_error(odd_server: OddServer) -> None:
    """A refused answer that never ends is a protocol error, marked as cut by time."""
    fetched = get(odd_server.set("/odd", b"hello", 600.0), stall=1.0)
    assert fetched.reason == "protocol-error"
    assert fetched.last is not None
    assert (fetched.last.received, fetched.last.truncated) == (b"hello", "time")


@pytest.mark.parametrize("head", [OK + b"\r\n", OK + b"Content-Length: 300000\r\n\r\n", CHUNKED])
def test_a_body_over_the_limit_is_too_large(odd_server: OddServer, head: bytes) -> None:
    """A body that is longer than allowed fails as too-large, with the bytes that came."""
    sent = head + b"30000\r\n" * (head is CHUNKED) + b"x" * 300_000
    fetched = get(odd_server.set("/large", sent), body=100_000)
    assert fetched.reason == "too-large"
    assert fetched.last is not None
    assert sent.startswith(fetched.last.received)
    assert len(fetched.last.received) == len(head) + 100_001
    assert fetched.last.truncated == "length"


def test_the_limit_on_bodies_is_exact(odd_server: OddServer) -> None:
    """A body of exactly the limit passes; one byte more does not, though it came whole."""
    url = odd_server.set("/exact", OK + b"Content-Length: 100\r\n\r\n" + b"x" * 100 + b"trailing")
    assert get(url, body=100).reason is None
    fetched = get(url, body=99)
    assert fetched.reason == "too-large"
    assert fetched.last is not None
    assert fetched.last.received.endswith(b"trailing")


def test_a_refused_answer_over_the_limit_is_bounded(odd_server: OddServer) -> None:
    """What follows a refused head is read no further than the limit on bodies."""
    fetched = get(odd_server.set("/odd", b"junk" * 50_000), body=100_000)
    assert fetched.reason == "protocol-error"
    assert fetched.last is not None
    assert len(fetched.last.received) == 100_001
    assert fetched.last.truncated == "length"
