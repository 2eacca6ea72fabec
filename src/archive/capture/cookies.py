"""Cookies that are set on the way to a page: kept for one attempt, sent as browsers send them.

Sites set one and redirect to themselves; without it that goes on for ever. Whose cookie goes where
is decided by `http.cookiejar`, with its rules for domains and paths; further, what came over TLS
is never sent without it. An attempt begins with none, and what it was given is forgotten with it.
What was sent stands in the request's record like everything else.
"""

from __future__ import annotations

import re
from email.message import Message
from http.client import HTTPResponse
from http.cookiejar import Cookie, CookieJar, DefaultCookiePolicy
from itertools import islice
from typing import cast
from urllib.request import Request

from archive import url as urls

__all__ = ["LONGEST", "MOST", "Cookies"]

MOST = 50
"""So many cookies of one answer are kept, and so many are kept in all (RFC 6265, section 6.1)."""

LONGEST = 4096
"""So many characters a cookie may have, attributes included (RFC 6265, section 6.1)."""


_CONTROL = re.compile(r"[^\t\x20-\x7e\x80-\xff]")  # what no request can carry


class _Policy(DefaultCookiePolicy):
    """`http.cookiejar`'s rules, and that no cookie leaves TLS that came over it."""

    def __init__(self) -> None:
        # One that names no domain is its host's alone (RFC 6265, section 5.3, step 6).
        only = DefaultCookiePolicy.DomainStrictNonDomain
        super().__init__(rfc2965=False, strict_domain=True, strict_ns_domain=only)

    def set_ok(self, cookie: Cookie, request: Request) -> bool:
        if urls.is_secure(request.full_url):
            cookie.secure = True
        return super().set_ok(cookie, request)


class _Headers:
    """Fields of an answer as `http.cookiejar` asks for them: only those that set cookies."""

    def __init__(self, values: list[str]) -> None:
        self._message = Message()
        for value in values:
            self._message["Set-Cookie"] = value

    def info(self) -> Message:
        """What `http.cookiejar` takes of a response."""
        return self._message


class Cookies:
    """The cookies of one attempt.

    Attributes:
        sent: whether any was.
    """

    def __init__(self) -> None:
        self._policy = _Policy()
        self._jar = CookieJar(self._policy)
        self.sent = False

    def take(self, url: str, fields: tuple[tuple[str, str], ...]) -> None:
        """Keep what an answer sets; what is too long, too much or not its own is passed over.

        Args:
            url: that it answers.
            fields: of its head.
        """
        values = [value for name, value in fields if name.lower() == "set-cookie"]
        fit = (value for value in values if len(value) <= LONGEST and not _CONTROL.search(value))
        usable = list(islice(fit, MOST))
        if not usable:
            return
        answer = cast("HTTPResponse", _Headers(usable))  # of which it takes `info` alone
        for cookie in self._jar.make_cookies(answer, _asking(url)):
            if len(self._jar) < MOST and self._policy.set_ok(cookie, _asking(url)):
                self._jar.set_cookie(cookie)

    def value(self, url: str) -> str | None:
        """The value of the field Cookie in a request for `url`; None where none is sent."""
        request = _asking(url)
        self._jar.add_cookie_header(request)
        value: str | None = request.get_header("Cookie")
        self.sent = self.sent or value is not None
        return value


def _asking(url: str) -> Request:
    """A request as `http.cookiejar` takes one; none is ever sent by it."""
    return Request(url)  # noqa: S310 nothing is opened
