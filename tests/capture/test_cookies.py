"""Tests of cookies that are set on the way to a page: kept for one attempt, sent to their own."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest
from attrs import evolve

from archive.capture.cookies import LONGEST, MOST, Cookies
from tests.capture.settings import LOCAL, get
from tests.servers import OddServer, Part, certificates

PAGE = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi"


def set_and_go(target: str, *cookies: str) -> bytes:
    """A redirect that sets cookies."""
    fields = "".join(f"Set-Cookie: {cookie}\r\n" for cookie in cookies)
    head = f"HTTP/1.1 302 Found\r\nLocation: {target}\r\n{fields}Content-Length: 0\r\n\r\n"
    return head.encode("latin-1")


def ask_back(server: OddServer, cookie: bytes, otherwise: bytes) -> Part:
    """A page for who brings a cookie, something else for who does not."""

    def answer(connection: socket.socket) -> None:
        brought = b"\r\nCookie: " + cookie + b"\r\n" in server.requests[-1]
        connection.sendall(PAGE if brought else otherwise)

    return answer


def held(*values: str, url: str = "http://news.example/a/b") -> Cookies:
    """The cookies that an answer set."""
    cookies = Cookies()
    cookies.take(url, tuple(("Set-Cookie", value) for value in values))
    return cookies


def test_a_page_that_asks_its_cookie_back_is_reached(odd_server: OddServer) -> None:
    """A redirect to itself that sets a cookie was too many redirects; it is said, not hidden."""
    url = odd_server.url("/self")
    odd_server.set("/self", ask_back(odd_server, b"seen=1", set_and_go("/self", "seen=1; Path=/")))
    fetched = get(url)
    assert (fetched.reason, fetched.status, fetched.limitations) == (None, 200, ("cookies",))
    first, last = fetched.exchanges
    assert b"cookie" not in first.request.lower()
    assert b"\r\nCookie: seen=1\r\n" in last.request
    assert last.request == odd_server.requests[-1]


def test_no_cookie_outlives_its_attempt(odd_server: OddServer) -> None:
    """The next attempt begins with none, and one that is not sent is no limitation."""
    url = odd_server.set("/set", set_and_go("/end", "seen=1; Path=/elsewhere"))
    odd_server.set("/end", PAGE)
    for _ in range(2):
        fetched = get(url)
        assert fetched.limitations == ()
        assert all(b"cookie" not in hop.request.lower() for hop in fetched.exchanges)


def test_cookies_join_those_of_the_user(odd_server: OddServer) -> None:
    """One field has both, and what is redacted shows neither."""
    odd_server.set("/go", set_and_go("/end", "b=2"))
    odd_server.set("/end", PAGE)
    own = evolve(LOCAL, headers=(("Cookie", "a=1"),))
    fetched = get(odd_server.url("/go"), own)
    assert b"\r\nCookie: a=1; b=2\r\n" in fetched.exchanges[-1].request
    secret = get(odd_server.url("/go"), evolve(own, redacted=("cookie",)))
    assert b"\r\nCookie: [redacted]\r\n" in secret.exchanges[-1].request
    assert secret.limitations == ("cookies", "redacted")


def test_no_cookie_leaves_tls(odd_server: OddServer, tmp_path: Path) -> None:
    """What was set over https goes to no http, Secure or not; from http to https it may go."""
    files = certificates(tmp_path)
    trusting = evolve(LOCAL, ca_file=str(files.root))
    odd_server.set("/end", PAGE)
    with OddServer(files.context()) as secure:
        secure.set("/end", PAGE)
        down = get(secure.set("/go", set_and_go(odd_server.url("/end"), "s=1; Path=/")), trusting)
        up = get(odd_server.set("/go", set_and_go(secure.url("/end"), "p=1; Path=/")), trusting)
    assert (down.reason, down.limitations) == (None, ())
    assert b"cookie" not in down.exchanges[-1].request.lower()
    assert (up.reason, up.limitations) == (None, ("cookies",))
    assert b"\r\nCookie: p=1\r\n" in up.exchanges[-1].request


@pytest.mark.parametrize(
    ("cookie", "url", "sent"),
    [
        ("a=1", "http://news.example/x", None),
        ("a=1; Path=/", "http://news.example/x", "a=1"),
        ("a=1; Path=/; Domain=news.example", "http://www.news.example/", "a=1"),
        ("a=1; Path=/", "http://www.news.example/", None),
        ("a=1; Path=/; Domain=other.example", "http://other.example/", None),
        ("a=1; Path=/; Domain=example", "http://other.example/", None),
        ("a=1; Path=/; Max-Age=0", "http://news.example/", None),
        ("a=1; Path=/; Secure", "http://news.example/", None),
        ("a=b c\x01; Path=/", "http://news.example/", None),
        ("a=\xe9; Path=/", "http://news.example/", "a=\xe9"),
    ],
)
def test_a_cookie_goes_where_it_belongs(cookie: str, url: str, sent: str | None) -> None:
    """Paths, domains, ends and bytes that no request can carry are heeded."""
    assert held(cookie).value(url) == sent


def test_a_cookie_of_another_host_is_not_taken_nor_a_public_suffix() -> None:
    """A site of co.uk sets none for all of co.uk."""
    cookies = held("a=1; Path=/; Domain=.co.uk", url="http://a.co.uk/")
    assert cookies.value("http://b.co.uk/") is None


def test_cookies_are_bounded_in_number_and_length() -> None:
    """As many as browsers must keep, and as long: what is more is passed over."""
    fits = "a=" + "x" * (LONGEST - 2)
    assert held(fits).value("http://news.example/a/") == fits
    assert held(fits + "x").value("http://news.example/a/") is None
    assert held("a=" + "x" * 1_000_000).value("http://news.example/a/") is None
    for count in (MOST, MOST + 1, 10_000):
        value = held(*(f"c{n}=1" for n in range(count))).value("http://news.example/a/")
        assert value is not None
        assert len(value.split("; ")) == MOST


def test_many_answers_do_not_make_the_jar_larger() -> None:
    """The bound holds over the whole attempt."""
    cookies = held(*(f"a{n}=1" for n in range(MOST)))
    cookies.take("http://news.example/a/b", (("Set-Cookie", "more=1"),))
    value = cookies.value("http://news.example/a/")
    assert value is not None
    assert "more" not in value
