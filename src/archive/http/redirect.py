"""Where a redirect leads: the field Location (RFC 9110, section 10.2.2)."""

from __future__ import annotations

from archive.http.framing import Response

__all__ = ["REDIRECTS", "find_location"]

REDIRECTS = frozenset({301, 302, 303, 307, 308})
"""The statuses with which a server says where something is (RFC 9110, section 15.4)."""


def find_location(response: Response) -> str | None:
    """Where a response redirects to, None when it does not.

    Bytes outside ASCII are taken as browsers take them: as UTF-8, and where they are none, each is
    percent-coded as it is.
    """
    if response.status not in REDIRECTS:
        return None
    found = next((value for name, value in response.fields if name.lower() == "location"), None)
    if found is None:
        return None
    try:
        return found.encode("latin-1").decode("utf-8")
    except UnicodeDecodeError:
        return "".join(one if one.isascii() else f"%{ord(one):02X}" for one in found)
