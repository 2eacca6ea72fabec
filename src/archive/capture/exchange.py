"""What a capture on the wire is made of: values, without behaviour of their own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, Literal, get_args

from attrs import asdict, evolve, frozen

from archive.errors import UsageError
from archive.http import Lead, Response
from archive.literals import Limitation, Reason

__all__ = [
    "REASONS",
    "Exchange",
    "Fetch",
    "FindLead",
    "Limits",
    "Peer",
    "Settings",
    "Truncated",
]

REASONS: tuple[Reason, ...] = get_args(Reason)
"""Every word a failed fetch may give as its reason."""

Truncated = Literal["length", "time", "disconnect"]
"""Why bytes are missing, in the words of WARC-Truncated (WARC/1.1, section 5.13)."""


@frozen
class Limits:
    """When to give up.

    `total` seconds for a fetch with all its redirects; `stall` seconds in which nothing comes (or
    no connection is made); `body` bytes after the heads, of all hops together (of a redirect a
    mebibyte at most); `redirects` followed.
    """

    total: float = 60.0
    stall: float = 20.0
    body: int = 64 * 1024 * 1024
    redirects: int = 10

    def __attrs_post_init__(self) -> None:
        for name in ("total", "stall"):
            _expect(name, getattr(self, name), (int, float), "seconds")
        for name in ("body", "redirects"):
            _expect(name, getattr(self, name), (int,), "a number")

    def to_dict(self) -> dict[str, Any]:
        """Its members."""
        return asdict(self)


def _expect(name: str, value: object, kinds: tuple[type, ...], what: str) -> None:
    """Refuse a value of another type than these before anything is fetched with it."""
    if not isinstance(value, kinds) or (bool not in kinds and isinstance(value, bool)):
        raise UsageError(f"{name} is not {what} but a value of type {type(value).__name__}")


@frozen(init=False)
class Settings:
    """How to fetch.

    `limits` say when to give up; each may be given by its own name instead: ``Settings(total=5)``.
    `allow_private` lets addresses through that are not public; `insecure` leaves certificates
    unchecked; `proxy` is a URL (http, https, socks4, socks4a, socks5, socks5h) without user name;
    `user_agent` replaces the default; `headers` are sent too, or instead of the default of that
    name, and after a redirect to another origin only ``User-Agent`` and ``Accept…``; `ca_file`
    holds the trusted certificates (PEM), else SSL_CERT_FILE, else certifi's; of headers named in
    `redacted` the value is sent, and kept nowhere.
    """

    limits: Limits
    allow_private: bool
    insecure: bool
    proxy: str | None
    user_agent: str | None
    headers: tuple[tuple[str, str], ...]
    ca_file: str | None
    redacted: tuple[str, ...]

    def __init__(
        self,
        limits: Limits | None = None,
        allow_private: bool = False,
        insecure: bool = False,
        proxy: str | None = None,
        user_agent: str | None = None,
        headers: tuple[tuple[str, str], ...] = (),
        ca_file: str | None = None,
        redacted: tuple[str, ...] = (),
        *,
        total: float | None = None,
        stall: float | None = None,
        body: int | None = None,
        redirects: int | None = None,
    ) -> None:
        named = {"total": total, "stall": stall, "body": body, "redirects": redirects}
        own: dict[str, Any] = {name: value for name, value in named.items() if value is not None}
        _expect("limits", limits, (Limits, type(None)), "Limits")
        chosen = evolve(limits or Limits(), **own)
        given = (allow_private, insecure, proxy, user_agent, headers, ca_file, redacted)
        self.__attrs_init__(chosen, *given)

    def __attrs_post_init__(self) -> None:
        for name in ("allow_private", "insecure"):
            _expect(name, getattr(self, name), (bool,), "True or False")
        for name in ("proxy", "user_agent", "ca_file"):
            _expect(name, getattr(self, name), (str, type(None)), "a text")
        _expect("headers", self.headers, (tuple, list), "a tuple of pairs")
        _expect("redacted", self.redacted, (tuple, list), "a tuple of names")
        for pair in self.headers:
            _expect("a header", pair, (tuple, list), "a pair of name and value")

    def to_dict(self) -> dict[str, Any]:
        """Its members, the limits among them; header values may be secrets and are left out."""
        told = asdict(self)
        return {**told, "headers": [name for name, _ in self.headers]}


@frozen
class Peer:
    """The other end of a connection.

    `address` and `port` are the proxy's when there is one; `tls_version` (``TLSv1.3``) and
    `cipher` are None without TLS or when no TLS connection came about; `chain` is the certificates
    as presented, PEM, leaf first, kept also when they were not accepted; empty without TLS.
    """

    address: str
    port: int
    tls_version: str | None
    cipher: str | None
    chain: bytes


@frozen
class Exchange:
    """One request and what came back.

    `request` is the bytes that went out, `received` all bytes that came in, exactly; `peer` is
    None when there was no connection, `response` when no complete head was understood; `truncated`
    tells why bytes are missing at the end; `seconds` has ``connect`` (names and TLS included),
    ``first_byte`` and ``total``, as far as it went, from the beginning of this exchange; `interim`
    is how many of the received bytes are informational heads; `unclosed` whether a body that runs
    to the end of the connection ended without TLS saying so (RFC 8446, section 6.1); `led` by what
    the next hop followed, if not by a redirect.
    """

    url: str
    request: bytes
    received: bytes
    peer: Peer | None
    response: Response | None
    truncated: Truncated | None
    seconds: dict[str, float]
    interim: int = 0
    unclosed: bool = False
    led: Literal["refresh", "meta-refresh"] | None = None

    @property
    def answer(self) -> bytes:
        """The bytes of the final answer."""
        return self.received[self.interim :]


@frozen
class Fetch:
    """One attempt to fetch one URL, redirects included.

    `typed` is the URL as given, `url` its normal spelling; `date` the moment the attempt began
    (UTC); `exchanges` one for each hop that was tried, in order; `reason` None on success, else
    one of `REASONS`, with `error` saying it in a sentence; `limitations` are sorted
    (``cookies``, ``cut``, ``insecure``, ``proxied``, ``redacted``, ``unclosed``); `addresses` those
    that were tried; `limits` those that held; `redacted` the names of headers whose values the
    requests do not show.
    """

    typed: str
    url: str
    date: datetime
    exchanges: tuple[Exchange, ...]
    reason: Reason | None
    error: str | None
    limitations: tuple[Limitation, ...]
    addresses: tuple[str, ...]
    limits: Limits
    redacted: tuple[str, ...] = ()

    @property
    def last(self) -> Exchange | None:
        """The last exchange, or None when there was none."""
        return self.exchanges[-1] if self.exchanges else None

    @property
    def final_url(self) -> str:
        """The URL of the last exchange."""
        return self.last.url if self.last else self.url

    @property
    def status(self) -> int | None:
        """The status of the last exchange, or None when it has no response."""
        return self.last.response.status if self.last and self.last.response else None

    @property
    def failed(self) -> bool:
        """Whether it did not succeed; the bytes that came are there all the same."""
        return self.reason is not None


FindLead = Callable[[str, Response], Lead | None]
"""Finds where a page leads on by itself: it has no article, and says so. Given URL and answer."""
