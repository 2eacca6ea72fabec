"""Tests of fetching one URL: requests, redirects, statuses, addresses, settings."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from datetime import UTC, datetime

import pytest
from attrs import evolve

from archive.capture import REASONS, Settings, fetch
from archive.capture import connection as connection_room
from archive.capture.connection import StoppedError
from archive.capture.requests import default_user_agent
from archive.capture.wire import REDIRECT_BODY
from archive.errors import UrlError, UsageError
from archive.literals import NOT_PUBLIC
from tests.capture.settings import LOCAL, get, now
from tests.servers import Nginx, OddServer, Part, TunnelProxy, drip, free_port

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi"


def redirect(target: str, status: int = 302) -> bytes:
    """A redirect to `target`."""
    location = target.encode("latin-1")
    return b"HTTP/1.1 %d Moved\r\nLocation: %s\r\nContent-Length: 0\r\n\r\n" % (status, location)


def test_the_request_is_what_went_out(odd_server: OddServer) -> None:
    """The recorded request is the bytes the server received: Host first, no cookies, close."""
    fetched = get(odd_server.set("/page?q=1", OK) + "#part")
    assert fetched.last is not None
    assert fetched.last.request == odd_server.requests[-1]
    lines = fetched.last.request.decode().split("\r\n")
    assert lines[:3] == [
        "GET /page?q=1 HTTP/1.1",
        f"Host: 127.0.0.1:{odd_server.port}",
        f"User-Agent: {default_user_agent()}",
    ]
    assert "Connection: close" in lines
    assert "cookie" not in fetched.last.request.decode().lower()
    assert "referer" not in fetched.last.request.decode().lower()


def test_a_page_of_nginx_is_fetched(nginx: Nginx) -> None:
    """A real server's page comes whole, with peer, date and timings."""
    page = b"<title>Story</title>" + b"words " * 30_000
    moment = datetime(2026, 11, 22, 7, 1, 9, 5, tzinfo=UTC)
    url = nginx.publish("story.html", page)
    fetched = fetch(f" {url}#top", LOCAL, now=lambda: moment)
    assert (fetched.reason, fetched.status, fetched.failed) == (None, 200, False)
    assert (fetched.typed, fetched.url, fetched.final_url) == (f" {url}#top", url, url)
    assert (fetched.date, fetched.addresses) == (moment, ("127.0.0.1",))
    exchange = fetched.last
    assert exchange is not None
    assert exchange.response is not None
    assert exchange.response.entity == page
    assert exchange.received == exchange.response.head + page
    assert exchange.peer is not None
    assert (exchange.peer.address, exchange.peer.port) == ("127.0.0.1", nginx.http_port)
    assert (exchange.peer.tls_version, exchange.peer.cipher) == (None, None)
    assert exchange.peer.chain == b""
    seconds = exchange.seconds
    assert 0 <= seconds["connect"] <= seconds["first_byte"] <= seconds["total"]


def test_chunked_gzip_of_nginx_is_kept_as_sent(nginx: Nginx) -> None:
    """Transfer coding and content coding stay on the received bytes."""
    nginx.publish("story.html", b"words " * 30_000)
    fetched = get(f"{nginx.http}/gzip/story.html")
    assert fetched.last is not None
    assert fetched.last.response is not None
    assert fetched.last.response.field("transfer-encoding") == "chunked"
    assert fetched.last.response.field("content-encoding") == "gzip"
    assert fetched.last.received.endswith(b"\r\n0\r\n\r\n")


@pytest.mark.parametrize("status", [404, 410, 451, 500, 503, 304, 300, 305, 302])
def test_other_answers_than_success_are_http_errors(odd_server: OddServer, status: int) -> None:
    """An error page, or a redirect without a Location, is kept and fails as http-error."""
    head = b"HTTP/1.1 %d Whatever\r\nContent-Length: %d\r\n\r\n"
    body = b"" if status == 304 else b"gone"
    sent = head % (status, len(body)) + body
    fetched = get(odd_server.set("/gone", sent))
    assert (fetched.reason, fetched.status) == ("http-error", status)
    assert fetched.last is not None
    assert fetched.last.received == sent
    assert fetched.last.truncated is None


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_are_followed_hop_by_hop(odd_server: OddServer, status: int) -> None:
    """Every hop is an exchange with its own bytes, and relative targets are joined."""
    first = odd_server.set("/a/start", redirect("../b?x=1#part", status))
    odd_server.set("/b?x=1", redirect(odd_server.url("/end"), status))
    odd_server.set("/end", OK)
    fetched = get(first)
    assert fetched.reason is None
    urls = [exchange.url for exchange in fetched.exchanges]
    assert urls == [first, odd_server.url("/b?x=1"), odd_server.url("/end")]
    assert fetched.exchanges[0].received == redirect("../b?x=1#part", status)
    assert [e.request for e in fetched.exchanges] == odd_server.requests[-3:]
    assert fetched.final_url == odd_server.url("/end")


def test_bytes_in_location_are_asked_for_as_browsers_ask(odd_server: OddServer) -> None:
    """A Location outside ASCII is taken as UTF-8, else each byte is percent-coded as it is."""
    odd_server.set("/caf%C3%A9", OK)
    odd_server.set("/caf%E9", OK)
    utf8 = b"HTTP/1.1 301 x\r\nLocation: /caf\xc3\xa9\r\nContent-Length: 0\r\n\r\n"
    latin1 = b"HTTP/1.1 301 x\r\nLocation: /caf\xe9\r\nContent-Length: 0\r\n\r\n"
    assert get(odd_server.set("/one", utf8)).status == 200
    two = get(odd_server.set("/two", latin1))
    assert (two.status, two.final_url) == (200, odd_server.url("/caf%E9"))


def test_a_redirect_with_a_cut_body_is_followed(odd_server: OddServer) -> None:
    """A redirect is in the head: its cut body is a limitation, not the end."""
    odd_server.set("/end", OK)
    cut = b"HTTP/1.1 301 x\r\nLocation: /end\r\nContent-Length: 9\r\n\r\nhi"
    fetched = get(odd_server.set("/cut", cut))
    assert (fetched.reason, fetched.status, fetched.limitations) == (None, 200, ("cut",))
    assert fetched.exchanges[0].truncated == "disconnect"


@pytest.mark.parametrize("body", [(b"hi", 30.0), drip(b"x" * 900, 0.1)], ids=["stalls", "drips"])
def test_a_redirect_whose_body_does_not_end_is_followed(
    odd_server: OddServer, body: Sequence[Part]
) -> None:
    """What matters of it is its head: its body is not waited for, and no limit of time is met."""
    odd_server.set("/end", OK)
    head = b"HTTP/1.1 301 x\r\nLocation: /end\r\nContent-Length: 1000\r\n\r\n"
    fetched = get(odd_server.set("/slow", head, *body))
    assert (fetched.reason, fetched.status, fetched.limitations) == (None, 200, ())
    assert fetched.exchanges[0].truncated == "time"
    assert fetched.exchanges[0].received.startswith(head)


def test_an_answer_that_leads_nowhere_is_waited_for(odd_server: OddServer) -> None:
    """A redirect's status without a Location is a page like any other."""
    head = b"HTTP/1.1 302 x\r\nContent-Length: 4\r\n\r\n"
    fetched = get(odd_server.set("/slow", head, b"hi", 2.5, b"ho"))
    assert (fetched.reason, fetched.exchanges[0].truncated) == ("http-error", None)


def test_a_redirect_with_a_large_body_is_followed(odd_server: OddServer) -> None:
    """Of a redirect's body a mebibyte is kept, and the rest is no reason not to follow it."""
    head = b"HTTP/1.1 302 Found\r\nLocation: /end\r\nContent-Length: 3000000\r\n\r\n"
    url = odd_server.set("/start", head + bytes(3_000_000))
    odd_server.set("/end", OK)
    fetched = get(url)
    assert (fetched.reason, fetched.limitations) == (None, ())
    first, last = fetched.exchanges
    assert (first.received, first.truncated) == (head + bytes(REDIRECT_BODY + 1), "length")
    assert (last.received, last.truncated) == (OK, None)


def test_the_allowance_of_bytes_is_for_all_hops(odd_server: OddServer) -> None:
    """What redirects brought is taken off what the page may bring: memory has one bound."""
    hop = b"HTTP/1.1 302 Found\r\nLocation: %b\r\nContent-Length: 400\r\n\r\n" + bytes(400)
    url = odd_server.set("/1", hop % b"/2")
    odd_server.set("/2", hop % b"/3")
    for size, reason in ((200, None), (201, "too-large")):
        page = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % size + bytes(size)
        odd_server.set("/3", page)
        fetched = get(url, body=1000)
        assert fetched.reason == reason
        assert fetched.exchanges[-1].received == page
    assert get(url, body=300).reason == "too-large"


def test_a_redirect_loop_ends_at_the_limit(odd_server: OddServer) -> None:
    """A loop is given up after the redirects allowed, with every hop kept."""
    url = odd_server.set("/loop", redirect("/loop"))
    fetched = get(url, redirects=3)
    assert fetched.reason == "too-many-redirects"
    assert len(fetched.exchanges) == 4
    assert fetched.error == f"more than the 3 redirects allowed, at hop 4: {url}"
    assert get(url, redirects=0).reason == "too-many-redirects"


def test_a_timeout_says_at_which_hop_and_what_was_set(odd_server: OddServer) -> None:
    """The limit that was met is named with its number, and the hop with its URL."""
    slow = odd_server.set("/slow", 30.0)
    url = odd_server.set("/go", redirect("/slow"))
    stalled = get(url, stall=0.3)
    assert stalled.reason == "timeout"
    assert stalled.error == f"nothing came for the 0.3 seconds allowed, at hop 2: {slow}"
    late = get(slow, total=0.4)
    assert late.reason == "timeout"
    assert late.error == f"the 0.4 seconds allowed for the whole fetch are over, at hop 1: {slow}"


@pytest.mark.parametrize(
    "target",
    ["file:///etc/passwd", "ftp://a/", "javascript:1", "http://u:p@a/", "http://[", "data:,x"],
)
def test_redirects_elsewhere_are_forbidden(odd_server: OddServer, target: str) -> None:
    """A redirect to another scheme, or to what cannot be archived, is not followed."""
    fetched = get(odd_server.set("/away", redirect(target)))
    assert fetched.reason == "forbidden"
    assert fetched.error
    assert [exchange.received for exchange in fetched.exchanges] == [redirect(target)]


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "0x7f.1", "2130706433", "127.1", "localhost", "[::ffff:127.0.0.1]"]
)
def test_private_addresses_are_forbidden_however_they_are_written(
    odd_server: OddServer, host: str
) -> None:
    """Loopback is not connected to unless allowed, whatever the spelling."""
    before = len(odd_server.requests)
    odd_server.set("/secret", OK)
    fetched = get(odd_server.url("/secret", host), evolve(LOCAL, allow_private=False))
    assert fetched.reason == "forbidden"
    assert fetched.last is not None
    assert (fetched.last.peer, fetched.last.request, fetched.last.received) == (None, b"", b"")
    assert len(odd_server.requests) == before
    assert fetched.addresses


def test_every_hop_is_judged(odd_server: OddServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """A redirect from an address that is allowed to one that is not ends as forbidden."""
    monkeypatch.setattr(connection_room, "is_public", lambda address: address == "127.0.0.1")
    target = odd_server.url("/secret", "127.0.0.2")
    fetched = get(odd_server.set("/public", redirect(target)), evolve(LOCAL, allow_private=False))
    assert fetched.reason == "forbidden"
    assert [exchange.url for exchange in fetched.exchanges] == [
        odd_server.url("/public"),
        target,
    ]
    assert fetched.addresses == ("127.0.0.1", "127.0.0.2")
    assert fetched.last is not None
    assert fetched.last.received == b""


def test_nobody_listening_is_refused() -> None:
    """A port on which nobody listens fails as refused."""
    fetched = get(f"http://127.0.0.1:{free_port()}/")
    assert fetched.reason == "refused"
    assert fetched.last is not None
    assert (fetched.last.peer, fetched.last.response) == (None, None)


def test_a_name_that_does_not_exist_is_dns() -> None:
    """A name under the top-level domain that never resolves (RFC 6761) fails as dns."""
    fetched = get("http://no-such-host.invalid/")
    assert (fetched.reason, fetched.addresses) == ("dns", ())


def test_headers_of_the_user_replace_the_defaults(odd_server: OddServer) -> None:
    """Given headers are sent, instead of the default of their name where there is one."""
    extra = (("Accept", "text/plain"), ("X-Note", "one"), ("X-Note", "two"))
    settings = evolve(LOCAL, headers=extra, user_agent="Newsroom/1")
    get(odd_server.set("/", OK), settings)
    lines = odd_server.requests[-1].decode().split("\r\n")
    assert [line for line in lines if line.startswith("Accept:")] == ["Accept: text/plain"]
    assert [line for line in lines if line.startswith("X-")] == ["X-Note: one", "X-Note: two"]
    assert "User-Agent: Newsroom/1" in lines


def test_headers_of_the_user_stay_with_the_first_server(
    odd_server: OddServer, nginx: Nginx
) -> None:
    """Headers that were given go to no other origin, but for User-Agent and those of Accept."""
    secrets = (("Cookie", "a=b"), ("Authorization", "x"), ("X-Api-Key", "z"), ("Referer", "r"))
    given = (("user-agent", "Newsroom/1"), ("Accept-Language", "nb"))
    settings = evolve(LOCAL, headers=secrets + given)
    url = nginx.publish("end.html", b"end")
    fetched = get(odd_server.set("/one", redirect("/two")), settings)
    assert all(name.encode() + b": " in fetched.exchanges[1].request for name, _ in secrets)
    odd_server.set("/two", redirect(url))
    abroad = get(odd_server.url("/one"), settings).exchanges[2].request
    names = [line.partition(b":")[0].lower() for line in abroad.split(b"\r\n")[1:-2]]
    assert sorted(names) == [
        *(b"accept", b"accept-encoding", b"accept-language"),
        *(b"connection", b"host", b"user-agent"),
    ]
    assert b"Newsroom/1" in abroad
    assert b"Accept-Language: nb" in abroad


@pytest.mark.parametrize(
    "settings",
    [
        Settings(headers=(("A", "b\r\nC: d"),)),
        Settings(headers=(("A", "b\0"),)),
        Settings(headers=(("A\n", "b"),)),
        Settings(headers=(("Host", "other.example"),)),
        Settings(headers=(("content-length", "5"),)),
        Settings(user_agent="x\r\nCookie: y"),
        Settings(proxy="proxy.example:3128"),
        Settings(proxy="ftp://proxy.example"),
        Settings(proxy="http://user:word@proxy.example:3128"),
        Settings(ca_file="/no/such/file.pem"),
        evolve(LOCAL, limits=evolve(LOCAL.limits, total=0.0)),
        evolve(LOCAL, limits=evolve(LOCAL.limits, body=-1)),
    ],
)
def test_settings_that_cannot_be_are_refused_before_anything_is_sent(settings: Settings) -> None:
    """Bad settings raise UsageError."""
    with pytest.raises(UsageError):
        fetch("http://127.0.0.1:1/", settings, now=now)


@pytest.mark.parametrize("url", ["", "nonsense", "file:///etc/passwd", "http://u:p@a/"])
def test_urls_that_cannot_be_archived_are_refused(url: str) -> None:
    """Bad URLs raise UrlError."""
    with pytest.raises(UrlError):
        fetch(url, LOCAL, now=now)


def test_proxies_of_the_environment_do_not_count(
    odd_server: OddServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only a proxy that was asked for is used: another would hide the peer."""
    for name in ("http_proxy", "https_proxy", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{free_port()}")
    fetched = get(odd_server.set("/", OK))
    assert (fetched.reason, fetched.limitations) == (None, ())


def test_a_proxy_is_used_and_said(
    odd_server: OddServer, nginx: Nginx, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Behind a proxy http and https work, and that is a limitation."""
    monkeypatch.setenv("no_proxy", "*")
    nginx.publish("story.html", b"story")
    with TunnelProxy() as proxy:
        settings = evolve(
            LOCAL,
            proxy=proxy.url,
            ca_file=str(nginx.certificates.root),
        )
        plain = get(odd_server.set("/page", OK), settings)
        secure = get(f"{nginx.https}/story.html", settings)
        assert len(proxy.requests) == 2
    assert (plain.reason, plain.limitations) == (None, ("proxied",))
    assert plain.last is not None
    assert plain.last.received == OK
    whole = odd_server.url("/page").encode()
    assert plain.last.request.startswith(b"GET " + whole + b" HTTP/1.1\r\n")
    assert plain.last.request.replace(whole, b"/page", 1) == odd_server.requests[-1]
    assert (secure.reason, secure.status, secure.limitations) == (None, 200, ("proxied",))
    assert secure.last is not None
    assert secure.last.peer is not None
    assert secure.last.peer.tls_version == "TLSv1.3"
    assert secure.last.peer.chain == b"".join(nginx.certificates.pem)


@pytest.mark.parametrize("host", ["127.0.0.1", "10.1.2.3", "[::1]", "169.254.169.254", "localhost"])
@pytest.mark.parametrize("hop", [False, True])
def test_no_proxy_is_asked_for_what_is_plainly_private(
    odd_server: OddServer, host: str, hop: bool
) -> None:
    """A literal address that is not public is refused before the proxy, and so at a redirect."""
    target = odd_server.url("/secret", host)
    odd_server.set("/public", redirect(target))
    with TunnelProxy() as proxy:
        settings = evolve(LOCAL, allow_private=False, proxy=proxy.url)
        fetched = get(odd_server.url("/public", "named.test") if hop else target, settings)
        assert len(proxy.requests) == int(hop)
    assert fetched.reason == "forbidden"
    assert fetched.error
    assert fetched.error.startswith(f"{NOT_PUBLIC}: {host}")
    assert len(fetched.exchanges) == int(hop)


def test_names_are_the_proxys_to_resolve(odd_server: OddServer) -> None:
    """What a name means behind a proxy is not looked up here: that is what `proxied` says."""
    odd_server.set("/page", OK)
    with TunnelProxy() as proxy:
        settings = evolve(LOCAL, allow_private=False, proxy=proxy.url)
        fetched = get(odd_server.url("/page", "named.test"), settings)
    assert (fetched.reason, fetched.limitations) == (None, ("proxied",))


def test_a_proxy_that_does_not_answer_is_refused(nginx: Nginx) -> None:
    """A dead proxy is a failure of its own, never a direct connection."""
    settings = evolve(LOCAL, proxy=f"http://127.0.0.1:{free_port()}")
    fetched = get(nginx.publish("story.html", b"story"), settings)
    assert (fetched.reason, fetched.limitations) == ("refused", ("proxied",))


def test_a_fetch_can_be_stopped(odd_server: OddServer) -> None:
    """A fetch that waits for a silent server is given up when asked to."""
    stop = threading.Event()

    def stop_soon(_: object) -> None:
        stop.set()

    url = odd_server.set("/silent", stop_soon, 600.0)
    settings = evolve(LOCAL, limits=evolve(LOCAL.limits, total=900.0, stall=900.0))
    with pytest.raises(StoppedError):
        fetch(url, settings, now=now, stop=stop.is_set)


def test_the_reasons_are_those_of_the_design() -> None:
    """The words for failure are fixed: they are signed."""
    assert set(REASONS) == {
        "http-error",
        "dns",
        "refused",
        "tls",
        "timeout",
        "too-large",
        "too-many-redirects",
        "forbidden",
        "protocol-error",
        "cut",
    }
