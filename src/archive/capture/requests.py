"""What is asked of a server: the request's bytes, and the settings that decide them, checked.

``Referer`` is never sent for a page of its own accord: it would tell one site about another.
"""

from __future__ import annotations

import functools
from importlib.metadata import version
from pathlib import Path

from attrs import evolve

from archive import url as urls
from archive.capture.exchange import Exchange, Settings
from archive.errors import UsageError
from archive.http.request import write_request

__all__ = [
    "REDACTED",
    "check_settings",
    "default_user_agent",
    "list_redacted",
    "redact_request",
    "write_page_request",
]

_ACCEPT = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
_ACCEPT_ENCODING = "gzip"  # what every reader of archives can undo (docs/decisions/0014)
_PROXIES = ("http", "https", "socks4", "socks4a", "socks5", "socks5h")
REDACTED = b"[redacted]"
"""What the stored request has in place of a value that is kept nowhere."""
_OURS = frozenset({"host", "connection", "content-length", "transfer-encoding", "te", "upgrade"})


@functools.cache
def default_user_agent() -> str:
    """How a request names itself unless told otherwise."""
    return f"article-archive/{version('article-archive')} (web archiving tool)"


def list_redacted(settings: Settings) -> tuple[str, ...]:
    """Names of headers whose values are kept nowhere, in lower case."""
    return tuple(sorted({name.strip().lower() for name in settings.redacted}))


def redact_request(exchange: Exchange, settings: Settings) -> Exchange:
    """The same exchange, in whose request the value of a secret header is a word."""
    secret = list_redacted(settings)
    if not secret or not exchange.request:
        return exchange
    lines = exchange.request.split(b"\r\n")
    for at, line in enumerate(lines[1:], 1):
        name, colon, _ = line.partition(b":")
        if colon and name.decode("latin-1").lower() in secret:
            lines[at] = name + b": " + REDACTED
    return evolve(exchange, request=b"\r\n".join(lines))


def write_page_request(
    url: str, first: str, settings: Settings, *, cookie: str | None = None
) -> bytes:
    """The request for a page.

    Args:
        url: that is asked for.
        first: at which the fetch began: another origin is not told the user's own headers.
        settings: what else is said.
        cookie: what was set on the way; joined to the user's own.

    Raises:
        UsageError: a header cannot be sent.
    """
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
    if cookie is not None:
        added = _with_cookie(added, cookie)
    try:
        return write_request("GET", target, [*fields.values(), *added])
    except UsageError:
        # What it says shows values, and a value may be a secret.
        message = "a request header, or the user agent, has what no request can carry"
        hint = "a name is letters, digits and hyphens; a value is one line of latin-1"
        raise UsageError(message, hint=hint) from None


def _with_cookie(headers: list[tuple[str, str]], cookie: str) -> list[tuple[str, str]]:
    """Headers with a cookie more: all of them in one field (RFC 6265, section 5.4)."""
    own = [value for name, value in headers if name.strip().lower() == "cookie"]
    others = [pair for pair in headers if pair[0].strip().lower() != "cookie"]
    return [*others, ("Cookie", "; ".join([*own, cookie]))]


def _split(url: str) -> tuple[str, str]:
    """Scheme with host and port, and path with query, of a normal URL."""
    place = url.index("/", len("https://"))
    return url[:place], url[place:]


def check_settings(settings: Settings) -> None:
    """Refuse settings that cannot be, before anything is sent.

    Raises:
        UsageError: what is wrong with them.
    """
    limits = settings.limits
    if min(limits.total, limits.stall) <= 0 or min(limits.body, limits.redirects) < 0:
        raise UsageError("limits of time must be above zero, the others not below")
    if settings.ca_file is not None and not Path(settings.ca_file).is_file():
        raise UsageError("no such file of certificates", where=settings.ca_file)
    if settings.proxy is not None:
        _check_proxy(settings.proxy)
    sent = {name.strip().lower() for name, _ in settings.headers}
    for name in list_redacted(settings):
        if name not in sent:
            raise UsageError("a header to be redacted is not sent", where=name)


def _check_proxy(proxy: str) -> None:
    scheme, separator, rest = proxy.partition("://")
    if not separator or scheme not in _PROXIES or not rest or not proxy.isprintable():
        hint = f"write it as http://host:port; possible are {', '.join(_PROXIES)}"
        raise UsageError("not a proxy's URL", where=urls.redact(proxy)[:200], hint=hint)
    if "@" in rest:
        raise UsageError("user name or password in the proxy's URL", hint="it would be recorded")
