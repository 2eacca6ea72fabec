"""One GET of a small file from a server that the user named: the file whole, or why not.

No redirect is followed and nothing is retried. As with `archive.capture.post` the server may have
any address, for nobody but the user has named it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pycurl

from archive.capture.post import UnreachableError, prepare
from archive.errors import InputError

__all__ = ["Downloader", "open_downloader"]

_GONE = (404, 410)


class Downloader:
    """Gets files, one after the other, over one connection where the server keeps it."""

    def __init__(self, curl: pycurl.Curl) -> None:
        self._curl = curl

    def get(self, url: str, largest: int) -> bytes | None:
        """The file at a URL; None when the server says that there is none.

        Args:
            url: http or https.
            largest: bytes that are received at most.

        Raises:
            UnreachableError: no answer within 20 seconds.
            InputError: it is larger, or the server answers anything but 200, 404 or 410.
        """
        received = bytearray()

        def take(data: bytes) -> int:
            received.extend(data)
            return len(data) if len(received) <= largest else -1

        try:
            prepare(self._curl, url)
            self._curl.setopt(pycurl.WRITEFUNCTION, take)
            self._curl.perform()
        except (pycurl.error, UnicodeError) as error:
            if len(received) > largest:
                raise InputError(f"larger than {largest} bytes", where=url) from None
            reason = str(error.args[-1]).strip() or f"libcurl error {error.args[0]}"
            raise UnreachableError(f"no answer: {reason}", where=url) from None
        status = self._curl.getinfo(pycurl.RESPONSE_CODE)
        if status in _GONE:
            return None
        if status != 200:
            target = self._curl.getinfo(pycurl.REDIRECT_URL)
            hint = f"it points to {target}" if target else None
            raise InputError(f"the server answered {status}", where=url, hint=hint)
        return bytes(received)


@contextmanager
def open_downloader() -> Iterator[Downloader]:
    """A downloader; its connection is closed at the end."""
    curl = pycurl.Curl()
    try:
        yield Downloader(curl)
    finally:
        curl.close()
