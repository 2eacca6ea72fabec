"""The one spelling of a URL.

URLs are parsed and written by the WHATWG URL Standard (https://url.spec.whatwg.org/), by a
library: ASCII, host in punycode, percent-coded, default port and dot segments gone; and without
fragment, which never reaches a server. Nothing else is ever merged: ``www.``, tracking parameters,
http and https stay different.
"""

from __future__ import annotations

import re

import ada_url

from archive.errors import UrlError

__all__ = ["MAX_LENGTH", "host", "is_secure", "join", "normalize", "redact"]

MAX_LENGTH = 8192
"""The longest URL that is archived, in bytes of its normal spelling."""

_SCHEMES = ("http:", "https:")
_START = re.compile(r"\s*(?:[a-z][a-z0-9+.-]*:(?=[/\\]))?[/\\]*", re.IGNORECASE)


def normalize(text: str) -> str:
    """The normal spelling of a URL as somebody typed it.

    Args:
        text: what was typed; white space around it does not count.

    Returns:
        An ASCII http or https URL of at most `MAX_LENGTH` bytes, without fragment.

    Raises:
        UrlError: not a URL, another scheme, a user name or password in it, or too long.
    """
    return _spell(text, None)


def join(base: str, reference: str) -> str:
    """Where `reference` (a Location header, a link) leads from `base`.

    Args:
        base: a normal URL.
        reference: absolute or relative.

    Returns:
        A normal URL.

    Raises:
        UrlError: as `normalize`.
    """
    return _spell(reference, base)


def host(url: str) -> str:
    """The host of a normal URL, without port; an IPv6 address keeps its brackets."""
    return str(ada_url.URL(url).hostname)


def is_secure(url: str) -> bool:
    """Whether a normal URL is fetched over TLS."""
    return url.startswith("https:")


def redact(text: str) -> str:
    """Text that was to be a URL, without user name and password, to be shown and kept.

    Where they end cannot be told in what is no URL, so all before the last ``@`` is left out:
    ``https://ann:secret@exa mple.org/`` becomes ``https://…@exa mple.org/``. A URL that can be
    archived has neither, and stays as it is.
    """
    try:
        text.encode("utf-8")
        parsed = ada_url.URL(text)
    except ValueError:
        return _cut(text)
    if parsed.protocol in _SCHEMES and not (parsed.username or parsed.password):
        return text
    return _cut(text)


def _cut(text: str) -> str:
    before, at, rest = text.rpartition("@")
    start = _START.match(before)
    return f"{start[0] if start else ''}…@{rest}" if at else text


def _spell(text: str, base: str | None) -> str:
    try:
        text.encode("utf-8")
        parsed = ada_url.URL(text, base)
    except ValueError:
        hint = "write it whole, as in https://news.example/story" if base is None else None
        raise UrlError("not a URL", where=_shorten(_cut(text)), hint=hint) from None
    has_credentials = bool(parsed.username or parsed.password)
    if has_credentials:  # errors are shown and kept, so never with a password
        parsed.username = parsed.password = ""
    parsed.hash = ""
    spelling = str(parsed.href)
    if parsed.protocol in _SCHEMES and not has_credentials and len(spelling) <= MAX_LENGTH:
        return spelling
    shown = _shorten(redact(spelling))
    if parsed.protocol not in _SCHEMES:
        # In ann:secret@news.example the scheme is a user's name.
        name = "" if shown.startswith("…") else f", not {parsed.protocol}"
        raise UrlError(f"only http and https are archived{name}", where=shown)
    if has_credentials:
        hint = "take it out: it would be signed and kept for ever"
        raise UrlError("user name or password in the URL", where=shown, hint=hint)
    raise UrlError(f"longer than {MAX_LENGTH} bytes", where=shown)


def _shorten(text: str) -> str:
    return text if len(text) <= 200 else text[:200] + "…"
