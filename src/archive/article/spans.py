"""Spans as stored: two positions in order, of bytes for claims, of code points for quotations."""

from __future__ import annotations

from archive.document import Members
from archive.errors import DocumentError

__all__ = ["Span", "read_span"]

Span = tuple[int, int]
"""The first position and the last, which is exclusive."""


def read_span(members: Members, name: str) -> Span | None:
    """A member that is a span or null.

    Args:
        members: the object that it is a member of.
        name: what it is called.

    Raises:
        DocumentError: the member is missing or something else.
    """
    value = members.value.get(name)
    if value is None and name in members:
        return None
    if isinstance(value, list) and len(value) == 2 and all(type(end) is int for end in value):
        start, end = value
        if 0 <= start <= end:
            return start, end
    raise DocumentError(f"{name} is not two positions in order")
