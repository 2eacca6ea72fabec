"""Fetching one URL: redirects followed, every hop an exchange, every failure a value."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from datetime import datetime

from attrs import evolve, field, frozen

from archive import url as urls
from archive.capture.addresses import names_private
from archive.capture.connection import Clock, Patience, StoppedError
from archive.capture.cookies import Cookies
from archive.capture.exchange import Exchange, Fetch, FindLead, Settings
from archive.capture.requests import (
    check_settings,
    list_redacted,
    redact_request,
    write_page_request,
)
from archive.capture.wire import Attempt, exchange_bytes
from archive.display import shorten
from archive.errors import UrlError
from archive.http import Response, find_location
from archive.literals import NOT_PUBLIC, Limitation, Reason

__all__ = ["fetch"]

_RANGE = re.compile(r"[ \t]*bytes[ \t]+0+-([0-9]{1,18})/([0-9]{1,18})[ \t]*\Z", re.IGNORECASE)
_STEP_SECONDS = 0.2  # how long one waits until it looks whether to stop
_LONGEST = 200  # characters of a URL in a message


def fetch(
    url: str,
    settings: Settings,
    *,
    now: Callable[[], datetime],
    clock: Clock = time.monotonic,
    stop: Callable[[], bool] = lambda: False,
    sleep: Callable[[float], None] = time.sleep,
    find_lead: FindLead | None = None,
) -> Fetch:
    """Fetch a URL with GET, following redirects, and pages without an article that lead on.

    Nothing that the network or a server does raises: it is told in the result.

    Args:
        url: as typed.
        settings: limits, headers, proxy, certificates, addresses.
        now: gives the time of day, in UTC.
        clock: gives seconds that never go back.
        stop: asked again and again; once true, the fetch is given up.
        sleep: waits for seconds.
        find_lead: finds where a page leads on by itself; without it none is followed.

    Raises:
        UrlError: not a URL that can be archived.
        UsageError: settings that cannot be.
        StoppedError: `stop` said so.
    """
    normal = urls.normalize(url)
    check_settings(settings)
    patience = Patience(clock, settings.limits.total, settings.limits.stall, stop)
    way = _Way(normal, settings, patience, clock, sleep, find_lead)
    first = way.ask(normal)
    date = now()
    journey = _follow(way.begin(first), way)
    return Fetch(
        typed=url,
        url=normal,
        date=date,
        exchanges=tuple(redact_request(exchange, settings) for exchange in journey.exchanges),
        reason=journey.reason,
        error=journey.error,
        limitations=_limitations(journey.exchanges, settings, cookies=way.cookies.sent),
        addresses=tuple(dict.fromkeys(journey.addresses)),
        limits=settings.limits,
        redacted=list_redacted(settings),
    )


@frozen
class _Journey:
    """How far a fetch has come: the URL to ask next, or None at the end, and the request for it."""

    next: str | None
    request: bytes
    exchanges: tuple[Exchange, ...] = field(default=())
    addresses: tuple[str, ...] = field(default=())
    reason: Reason | None = None
    error: str | None = None


@frozen
class _Way:
    """What holds for all hops of an attempt: how to ask, how long, and which cookies it was given.

    Attributes:
        first: the URL that it begins at.
        settings: of it.
        patience: how long everything may take.
        clock: gives seconds.
        sleep: waits for seconds.
        find_lead: finds where a page leads on by itself; None where nobody asks.
        cookies: that were set on the way.
    """

    first: str
    settings: Settings
    patience: Patience
    clock: Clock
    sleep: Callable[[float], None]
    find_lead: FindLead | None
    cookies: Cookies = field(factory=Cookies)

    def ask(self, url: str) -> bytes:
        """The request for a URL."""
        cookie = self.cookies.value(url)
        return write_page_request(url, self.first, self.settings, cookie=cookie)

    def begin(self, request: bytes) -> _Journey:
        """The journey before its first hop."""
        return self.go_on(_Journey(self.first, request), self.first, request)

    def go_on(self, done: _Journey, target: str, request: bytes) -> _Journey:
        """The journey that asks for `target` next; at its end where that is not allowed."""
        hidden = self.settings.proxy is not None and not self.settings.allow_private
        host = urls.host(target)
        if hidden and names_private(host):  # where a proxy connects to cannot be seen
            error = f"{NOT_PUBLIC}: {host}{_place(done)}"
            return evolve(done, next=None, reason="forbidden", error=error)
        return evolve(done, next=target, request=request, reason=None, error=None)

    def wait(self, seconds: float) -> None:
        """Let a page have the time that it asks for.

        Raises:
            StoppedError: the caller asked for an end.
        """
        left = min(seconds, max(self.patience.left(), 0.0))
        while left > 0:
            if self.patience.stop():
                raise StoppedError
            self.sleep(min(left, _STEP_SECONDS))
            left -= _STEP_SECONDS


def _follow(journey: _Journey, way: _Way) -> _Journey:
    while journey.next is not None:
        left = max(way.settings.limits.body - sum(map(_count_body, journey.exchanges)), 0)
        attempt = exchange_bytes(
            journey.next, journey.request, way.settings, way.patience, way.clock, body=left
        )
        journey = _after(journey, attempt, way)
    return journey


def _count_body(exchange: Exchange) -> int:
    """How many bytes came after the head."""
    return len(exchange.received) - len(exchange.response.head if exchange.response else b"")


def _after(journey: _Journey, attempt: Attempt, way: _Way) -> _Journey:
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
    way.cookies.take(attempt.exchange.url, response.fields)
    location = find_location(response)
    if location is not None:
        return _redirect(done, location, way)
    if attempt.reason is not None:
        return done
    judged = _judge_status(done, response.status)
    return judged if judged.reason else _lead_on(judged, response, way)


def _redirect(done: _Journey, location: str, way: _Way) -> _Journey:
    """Go where a redirect says; its body may be cut or large, what matters of it is the head."""
    if len(done.exchanges) > way.settings.limits.redirects:
        return _too_many(done, way)
    try:
        target = urls.join(done.exchanges[-1].url, location)
    except UrlError as refused:
        return evolve(done, reason="forbidden", error=f"redirect not followed: {refused}")
    return way.go_on(done, target, way.ask(target))


def _too_many(done: _Journey, way: _Way) -> _Journey:
    most = way.settings.limits.redirects
    error = f"more than the {most} redirects allowed{_place(done)}"
    return evolve(done, reason="too-many-redirects", error=error)


def _lead_on(done: _Journey, response: Response, way: _Way) -> _Journey:
    """Go where a page without an article leads by itself, or stay at it.

    One stays where that is no page that can be archived, or where the very same was asked before
    and gave this: such a page waits for something else.
    """
    last = done.exchanges[-1]
    lead = way.find_lead(last.url, response) if way.find_lead is not None else None
    if lead is None:
        return done
    try:
        target = urls.join(last.url, lead.url)
    except UrlError:
        return done
    request = way.ask(target)
    if any((hop.url, hop.request) == (target, request) for hop in done.exchanges):
        return done
    if len(done.exchanges) > way.settings.limits.redirects:
        return _too_many(done, way)
    way.wait(lead.seconds)
    led = evolve(done, exchanges=(*done.exchanges[:-1], evolve(last, led=lead.by)))
    return way.go_on(led, target, request)


def _place(done: _Journey) -> str:
    """At which hop it is, for a message."""
    if not done.exchanges:
        return ""
    return f", at hop {len(done.exchanges)}: {shorten(done.exchanges[-1].url, _LONGEST)}"


def _judge_status(done: _Journey, status: int) -> _Journey:
    if 200 <= status < 300:
        return done
    return evolve(done, reason="http-error", error=f"the server answered with status {status}")


def _limitations(
    exchanges: tuple[Exchange, ...], settings: Settings, *, cookies: bool
) -> tuple[Limitation, ...]:
    found = set[Limitation]()
    if cookies:
        found.add("cookies")
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
