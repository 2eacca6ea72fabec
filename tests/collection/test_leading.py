"""Pages without an article that lead on by themselves, through the whole: followed, kept, said."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

import archive
from archive.adding.leading import LONGEST, find_lead
from archive.http import parse_response
from tests.capture.settings import LOCAL
from tests.collection.press import Clock, check_verified, open_press, outcome, page
from tests.servers import OddServer

HTML = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
STORY = HTML + page()


def meta(content: str, more: bytes = b"") -> bytes:
    """A page that leads on."""
    return HTML + b'<meta http-equiv=refresh content="%s">%s' % (content.encode(), more)


@pytest.mark.parametrize(
    ("gate", "led"),
    [
        (meta("0; url=/story"), "meta-refresh"),
        (meta("5; url=/story", b"<p>You are taken to the story.</p>"), "meta-refresh"),
        (HTML.replace(b"\r\n\r\n", b"\r\nRefresh: 0; url=/story\r\n\r\n") + b"moved", "refresh"),
    ],
    ids=["at once", "after a notice", "field"],
)
def test_a_page_without_an_article_that_leads_on_is_followed(
    press: archive.Collection, odd_server: OddServer, gate: bytes, led: str
) -> None:
    """The article is that of the last page; each hop stands in its records, and why is said."""
    odd_server.set("/story", STORY)
    capture = press.add(odd_server.set("/gate", gate), LOCAL)
    assert (capture.outcome, capture.title) == ("captured", "Mayor resigns")
    assert capture.final_url == odd_server.url("/story")
    hops = outcome(press, capture)["hops"]
    assert [hop.get("led") for hop in hops] == [led, None]
    assert [hop["status"] for hop in hops] == [200, 200]
    check_verified(press)


@pytest.mark.parametrize(
    "gate",
    [
        meta("6; url=/story"),
        meta("0; url=/story", page()),
        meta("0; url=ftp://news.example/"),
        meta("0; url=/gate"),
        meta("0"),
        HTML.replace(b"200 OK", b"404 Not Found") + b'<meta http-equiv=refresh content="0; url=/">',
        HTML.replace(b"text/html", b"image/png") + b'<meta http-equiv=refresh content="0; url=/">',
    ],
    ids=["later", "an article", "elsewhere", "itself", "nowhere", "an error", "no page"],
)
def test_what_is_to_be_read_is_not_left(
    press: archive.Collection, odd_server: OddServer, gate: bytes
) -> None:
    """A page stays where it is read first, has an article, fails, or leads to nothing else."""
    odd_server.set("/story", STORY)
    url = odd_server.set("/gate", gate)
    capture = press.add(url, LOCAL)
    assert capture.final_url == url
    assert "led" not in outcome(press, capture)["hops"][0]
    assert len(outcome(press, capture)["hops"]) == 1


def test_a_page_that_sets_a_cookie_and_loads_itself_again_is_passed(
    press: archive.Collection, odd_server: OddServer
) -> None:
    """With the cookie the same URL is another request; without a new one it is the same page."""
    gate = meta("0; url=/gate").replace(b"\r\n\r\n", b"\r\nSet-Cookie: seen=1\r\n\r\n", 1)

    def answer(connection: socket.socket) -> None:
        connection.sendall(STORY if b"seen=1" in odd_server.requests[-1] else gate)

    capture = press.add(odd_server.set("/gate", answer), LOCAL)
    assert (capture.title, capture.limitations) == ("Mayor resigns", ("cookies",))
    check_verified(press)


def test_two_pages_that_lead_to_each_other_end(
    press: archive.Collection, odd_server: OddServer
) -> None:
    """What was asked before in the same words is not asked again."""
    odd_server.set("/b", meta("0; url=/a"))
    capture = press.add(odd_server.set("/a", meta("0; url=/b")), LOCAL)
    assert capture.outcome == "captured"
    assert capture.final_url == odd_server.url("/b")


def test_pages_that_lead_on_for_ever_are_too_many(
    press: archive.Collection, odd_server: OddServer
) -> None:
    """They count among the redirects."""
    for number in range(12):
        odd_server.set(f"/{number}", meta(f"0; url=/{number + 1}"))
    capture = press.add(odd_server.url("/0"), LOCAL)
    assert capture.reason == "too-many-redirects"
    assert len(outcome(press, capture)["hops"]) == 11


def test_the_time_that_a_page_asks_for_is_waited(tmp_path: Path, odd_server: OddServer) -> None:
    """So many seconds as it says, before the next is asked."""
    clock = Clock()
    odd_server.set("/story", STORY)
    with open_press(tmp_path / "press", clock) as press:
        press.add(odd_server.set("/gate", meta("3; url=/story")), LOCAL)
    assert sum(clock.slept) == pytest.approx(3)


def test_no_page_makes_the_search_fail() -> None:
    """A page that cannot be decoded, or is hostile, leads nowhere."""
    broken = (
        HTML.replace(b"\r\n\r\n", b"\r\nContent-Encoding: gzip\r\n\r\n") + b"\x1f\x8b\x08refresh"
    )
    deep = HTML + b"<div>" * 50_000 + b'<meta http-equiv=refresh content="0; url=/x">'
    assert find_lead("http://a.example/", parse_response(broken)) is None
    assert find_lead("http://a.example/", parse_response(deep)) is not None
    assert LONGEST == 5
