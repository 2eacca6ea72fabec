"""Where in the files something stands."""

from __future__ import annotations

from attrs import frozen

__all__ = ["Place"]


@frozen
class Place:
    """Where in the files something stands.

    Attributes:
        file: the file's name as it was given.
        offset: where in the stored file the record begins, in bytes, or None.
        length: how many stored bytes it has, or None when that is not known.
        record: the record's id, bare, or None.
        capture: the id of the capture's envelope record, or None.
        url: the capture's requested URL or the record's target, or None.
    """

    file: str
    offset: int | None = None
    length: int | None = None
    record: str | None = None
    capture: str | None = None
    url: str | None = None
