"""An HTTP/1.1 request in bytes (RFC 9112, sections 3 and 5), without a body."""

from __future__ import annotations

from collections.abc import Iterable

import h11

from archive.errors import UsageError

__all__ = ["write_request"]


def write_request(method: str, target: str, fields: Iterable[tuple[str, str]]) -> bytes:
    """The bytes of a request without a body.

    Args:
        method: such as ``GET``.
        target: path and query, or the whole URL when it goes to a forward proxy
            (RFC 9112, section 3.2).
        fields: names and values, in the order they are to be sent; ``Host`` must be among them.

    Raises:
        UsageError: a name or value that cannot stand in a request, such as one with CR, LF or NUL,
            or with characters outside latin-1; or no ``Host``.
    """
    headers = [(_bytes(name), _bytes(value.strip(" \t"))) for name, value in fields]
    connection = h11.Connection(h11.CLIENT)
    try:
        request = h11.Request(method=method, target=target, headers=headers)
        return (connection.send(request) or b"") + (connection.send(h11.EndOfMessage()) or b"")
    except (h11.LocalProtocolError, UnicodeError) as error:
        raise UsageError(f"cannot be sent as a request: {str(error)[:200]}") from None


def _bytes(text: str) -> bytes:
    try:
        return text.encode("latin-1")
    except UnicodeEncodeError:
        raise UsageError("a request header has characters outside latin-1", where=text) from None
