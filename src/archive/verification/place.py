"""Where in the files something stands."""

from __future__ import annotations

from attrs import frozen

__all__ = ["Place"]


@frozen
class Place:
    """Where something was found; see `Finding`."""

    file: str
    offset: int | None = None
    length: int | None = None
    record: str | None = None
    capture: str | None = None
    url: str | None = None
