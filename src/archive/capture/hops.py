"""Fetching one URL: redirects followed, every hop an exchange, every failure a value."""

from __future__ import annotations

import functools
import re
import time
from collections.abc import Callable
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

from attrs import evolve, field, frozen

from archive import url as urls
from archive.capture.connection import Clock, Patience
from archive.capture.exchange import Exchange, Fetch, Settings
from archive.capture.wire import REDIRECTS, Attempt, exchange_bytes
from archive.display import shorten
from archive.errors import UrlError, UsageError
from archive.http import Response
from archive.http.request import write_request
from archive.literals import Limitation, Reason

__all__ = ["default_user_agent", "fetch"]

_ACCEPT = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
_ACCEPT_ENCODING = "gzip"  # what every reader of archives can undo (docs/decisions/0014)
_RANGE = re.compile(r"[ \t]*bytes[ \t]+0+-([0-9]{1,18})/([0-9]{1,18})[ \t]*\Z", re.IGNORECASE)
_PROXIES = ("http", "https", "socks4", "socks4a", "socks5", "socks5h")
REDACTED = b"[redacted]"
"""What the stored request has in place of a value that is kept nowhere."""
_LONGEST = 200  # characters of a URL in a message
_OURS = frozenset({"host", "connection", "content-length", "transfer-encoding", "te", "upgrade"})


def fetch(
    url: str,
    settings: Settings,
    *,
    now: Callable[[], datetime],
    clock: Clock = time.monotonic,
    stop: Callable[[], bool] = lambda: False,
) -> Fetch:
    """Fetch a URL with GET, following redirects.

    Nothing that the network or a server does raises: it is told in the result.

    Args:
        url: as typed.
        settings: limits, headers, proxy, certificates, addresses.
        now: gives the time of day, in UTC.
        clock: gives seconds that never go back.
        stop: asked again and again; once true, the fetch is given up.

    Raises:
        UrlError: not a URL that can be archived.
        UsageError: settings that cannot be.
        StoppedError: `stop` said so.
    """
    normal = urls.normalize(url)
    _check(settings)
    request = _write(normal, normal, settings)
    began = Fetch(
        typed=url,
        url=normal,
        date=now(),
        exchanges=(),
        reason=None,
        error=None,
        limitations=(),
        addresses=(),
        limits=settings.limits,
    )
    limits = settings.limits
    patience = Patience(clock, limits.total, limits.stall, stop)
    journey = _follow(_Journey(normal, request), settings, patience, clock)
    return evolve(
        began,
        exchanges=tuple(_redact(exchange, settings) for exchange in journey.exchanges),
        reason=journey.reason,
        error=journey.error,
        limitations=_limitations(journey.exchanges, settings),
        redacted=_list_redacted(settings),
        addresses=tuple(dict.fromkeys(journey.addresses)),
    )


@functools.cache
def default_user_agent() -> str:
    """How a request names itself unless told otherwise."""
    return f"article-archive/{version('article-archive')} (web archiving tool)"


@frozen
class _Journey:
    """How far a fetch has come: the URL to ask next, or None at the end, and the request for it."""

    next: str | None
    request: bytes
    exchanges: tuple[Exchange, ...] = field(default=())
    addresses: tuple[str, ...] = field(default=())
    reason: Reason | None = None
    error: str | None = None


def _follow(journey: _Journey, settings: Settings, patience: Patience, clock: Clock) -> _Journey:
    while journey.next is not None:
        left = max(settings.limits.body - sum(map(_count_body, journey.exchanges)), 0)
        attempt = exchange_bytes(
            journey.next, journey.request, settings, patience, clock, body=left
        )
        journey = _after(journey, attempt, settings)
    return journey


def _count_body(exchange: Exchange) -> int:
    """How many bytes came after the head."""
    return len(exchange.received) - len(exchange.response.head if exchange.response else b"")


def _after(journey: _Journey, attempt: Attempt, settings: Settings) -> _Journey:
    """The journey with one more hop, and where it goes on."""
    done = evolve(
        journey,
        next=None,
        exchanges=(*journey.exchanges, attempt.exchange),
        addresses=journey.addresses + attempt.addresses,
        reason=attempt.reason,
        error=attempt.error,
    )
    if attempt.reason == "timeout":
        return evolve(done, error=f"{attempt.error}{_place(done)}")
    response = attempt.exchange.response
    if response is None or attempt.reason not in (None, "cut", "too-large", "protocol-error"):
        return done
    location = _location(response)
    if location is None:
        return done if attempt.reason else _judge_status(done, response.status)
    redirects = settings.limits.redirects
    if len(done.exchanges) > redirects:
        error = f"more than the {redirects} redirects allowed{_place(done)}"
        return evolve(done, reason="too-many-redirects", error=error)
    try:
        # The body of a redirect may be cut or large: what matters of it is the head.
        target = urls.join(attempt.exchange.url, location)
    except UrlError as refused:
        return evolve(done, reason="forbidden", error=f"redirect not followed: {refused}")
    request = _write(target, done.exchanges[0].url, settings)
    return evolve(done, next=target, request=request, reason=None, error=None)


def _place(done: _Journey) -> str:
    """At which hop it is, for a message."""
    return f", at hop {len(done.exchanges)}: {shorten(done.exchanges[-1].url, _LONGEST)}"


def _judge_status(done: _Journey, status: int) -> _Journey:
    if 200 <= status < 300:
        return done
    return evolve(done, reason="http-error", error=f"the server answered with status {status}")


def _location(response: Response) -> str | None:
    """Where a response redirects to; bytes outside ASCII are taken as UTF-8, as browsers do."""
    if response.status not in REDIRECTS:
        return None
    found = next((value for name, value in response.fields if name.lower() == "location"), None)
    if found is None:
        return None
    try:
        return found.encode("latin-1").decode("utf-8")
    except UnicodeDecodeError:
        return found


def _limitations(exchanges: tuple[Exchange, ...], settings: Settings) -> tuple[Limitation, ...]:
    found = set[Limitation]()
    if any(exchange.truncated == "disconnect" for exchange in exchanges):
        found.add("cut")
    if exchanges:
        found |= _judge_whole(exchanges[-1])
    if settings.insecure and any(urls.is_secure(exchange.url) for exchange in exchanges):
        found.add("insecure")
    if settings.proxy:
        found.add("proxied")
    if settings.redacted and exchanges:
        found.add("redacted")
    return tuple(sorted(found))


def _judge_whole(last: Exchange) -> set[Limitation]:
    """What the answer shows of itself: that it is not the whole page, or may not be."""
    response = last.response
    if response is None or not (response.complete or response.broken):
        return set()
    content = response.decoded
    if response.broken or _is_part(response) or content.is_damaged:
        return {"cut"}
    return {"unclosed"} if last.unclosed and not content.checked else set()


def _is_part(response: Response) -> bool:
    """Whether it is a part that nobody asked for (RFC 9110, section 15.3.7)."""
    if response.status != 206:
        return False
    found = _RANGE.match(response.field("Content-Range") or "")
    return found is None or int(found[1]) + 1 != int(found[2])


def _list_redacted(settings: Settings) -> tuple[str, ...]:
    """Names of headers whose values are kept nowhere, in lower case."""
    return tuple(sorted({name.strip().lower() for name in settings.redacted}))


def _redact(exchange: Exchange, settings: Settings) -> Exchange:
    """The same exchange, in whose request the value of a secret header is a word."""
    secret = _list_redacted(settings)
    if not secret or not exchange.request:
        return exchange
    lines = exchange.request.split(b"\r\n")
    for at, line in enumerate(lines[1:], 1):
        name, colon, _ = line.partition(b":")
        if colon and name.decode("latin-1").lower() in secret:
            lines[at] = name + b": " + REDACTED
    return evolve(exchange, request=b"\r\n".join(lines))


def _write(url: str, first: str, settings: Settings) -> bytes:
    """The request for `url` in a fetch that began at `first`."""
    origin, target = _split(url)
    proxy = settings.proxy or ""
    if proxy.startswith("http") and not urls.is_secure(url):
        target = url  # a forward proxy is asked for the whole URL (RFC 9112, section 3.2.2)
    fields = {
        "host": ("Host", origin.partition("//")[2]),
        "user-agent": ("User-Agent", settings.user_agent or default_user_agent()),
        "accept": ("Accept", _ACCEPT),
        "accept-encoding": ("Accept-Encoding", _ACCEPT_ENCODING),
        "connection": ("Connection", "close"),
    }
    abroad = origin != _split(first)[0]
    added = []
    for name, value in settings.headers:
        key = name.strip().lower()
        if key in _OURS:
            raise UsageError("this request header cannot be set", where=name)
        # Any other may be a secret, whatever it is called, or tell one server about another.
        if abroad and key != "user-agent" and not key.startswith("accept"):
            continue
        fields.pop(key, None)
        added.append((name, value))
    try:
        return write_request("GET", target, [*fields.values(), *added])
    except UsageError:
        # What it says shows values, and a value may be a secret.
        message = "a request header, or the user agent, has what no request can carry"
        hint = "a name is letters, digits and hyphens; a value is one line of latin-1"
        raise UsageError(message, hint=hint) from None


def _split(url: str) -> tuple[str, str]:
    """Scheme with host and port, and path with query, of a normal URL."""
    place = url.index("/", len("https://"))
    return url[:place], url[place:]


def _check(settings: Settings) -> None:
    limits = settings.limits
    if min(limits.total, limits.stall) <= 0 or min(limits.body, limits.redirects) < 0:
        raise UsageError("limits of time must be above zero, the others not below")
    if settings.ca_file is not None and not Path(settings.ca_file).is_file():
        raise UsageError("no such file of certificates", where=settings.ca_file)
    if settings.proxy is not None:
        _check_proxy(settings.proxy)
    sent = {name.strip().lower() for name, _ in settings.headers}
    for name in _list_redacted(settings):
        if name not in sent:
            raise UsageError("a header to be redacted is not sent", where=name)


def _check_proxy(proxy: str) -> None:
    scheme, separator, rest = proxy.partition("://")
    if not separator or scheme not in _PROXIES or not rest or not proxy.isprintable():
        hint = f"write it as http://host:port; possible are {', '.join(_PROXIES)}"
        raise UsageError("not a proxy's URL", where=urls.redact(proxy)[:200], hint=hint)
    if "@" in rest:
        raise UsageError("user name or password in the proxy's URL", hint="it would be recorded")
