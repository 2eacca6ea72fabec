"""One POST to a time-stamping authority or a witness: a body sent, a body received, within limits.

No redirect is followed, nothing is retried, and whatever goes wrong is an `UnreachableError`: who
asks goes on without an answer, and asks again at the next chance. Unlike pages, these servers are
named by the archiver himself, so they may have any address.
"""

from __future__ import annotations

import os

import certifi
import pycurl
from attrs import frozen

from archive.errors import ArchiveError

__all__ = ["Answer", "UnreachableError", "post", "prepare"]

_SECONDS = 20
_LARGEST = 1 << 20


class UnreachableError(ArchiveError):
    """A server that is named in the settings gave no answer."""

    code = "unreachable"
    exit_code = 6


@frozen
class Answer:
    """What came back: HTTP status, content type, body."""

    status: int
    content_type: str
    body: bytes


def post(url: str, body: bytes, content_type: str) -> Answer:
    """Send a body, and give what comes back, whatever its status.

    Args:
        url: http or https.
        body: to send.
        content_type: of it.

    Raises:
        UnreachableError: no answer within 20 seconds, or one of more than 1 MiB.
    """
    received = bytearray()

    def take(data: bytes) -> int:
        received.extend(data)
        return len(data) if len(received) <= _LARGEST else -1

    curl = pycurl.Curl()
    try:
        prepare(curl, url)
        curl.setopt(pycurl.POSTFIELDS, body)
        curl.setopt(pycurl.HTTPHEADER, [f"Content-Type: {content_type}", "Expect:"])
        curl.setopt(pycurl.WRITEFUNCTION, take)
        curl.perform()
        kind = curl.getinfo(pycurl.CONTENT_TYPE) or ""
        return Answer(curl.getinfo(pycurl.RESPONSE_CODE), kind, bytes(received))
    except (pycurl.error, UnicodeError) as error:
        reason = str(error.args[-1]).strip() or f"libcurl error {error.args[0]}"
        raise UnreachableError(f"no answer: {reason}", where=url) from None
    finally:
        curl.close()


def prepare(curl: pycurl.Curl, url: str) -> None:
    """Set what every request to a server that the user named has in common.

    Raises:
        UnicodeError: the URL is not ASCII.
    """
    curl.setopt(pycurl.URL, url)
    curl.setopt(pycurl.PROTOCOLS, pycurl.PROTO_HTTP | pycurl.PROTO_HTTPS)
    curl.setopt(pycurl.USERAGENT, "article-archive (web archiving tool)")
    curl.setopt(pycurl.CAINFO, os.environ.get("SSL_CERT_FILE") or certifi.where())
    curl.setopt(pycurl.NOSIGNAL, 1)
    curl.setopt(pycurl.PROXY, "")  # no command obeys the environment's, see docs/how-to
    curl.setopt(pycurl.TIMEOUT, _SECONDS)
