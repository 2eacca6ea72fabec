"""A WARC record as values (ISO 28500:2017, WARC/1.1, section 4).

::

    record  = header CRLF block CRLF CRLF
    header  = "WARC/1.1" CRLF *( name ":" value CRLF )

The header bytes up to and with the blank line are kept exactly as they stand in the file.
"""

from __future__ import annotations

from attrs import frozen

__all__ = ["Fields", "Record", "bare_id"]

Fields = tuple[tuple[str, str], ...]
"""Header fields in order, as (name, value)."""


@frozen
class Record:
    """One record's header, and where it stands.

    Attributes:
        version: ``WARC/1.1``, ``WARC/1.0`` …
        fields: names and values in order, folded lines joined.
        head: the exact header bytes, blank line included.
        length: the block's length in bytes (Content-Length).
        offset: where the record begins in the stored file; when several records share one gzip
            member, where that member begins.
        own_member: whether the record begins a gzip member (always True in a plain file).
        problems: what in the header breaks the grammar without hiding where the block is.
    """

    version: str
    fields: Fields
    head: bytes
    length: int
    offset: int
    own_member: bool
    problems: tuple[str, ...] = ()

    def get(self, name: str) -> str | None:
        """The first value of a field, whatever its case, or None."""
        wanted = name.lower()
        return next((value for key, value in self.fields if key.lower() == wanted), None)

    @property
    def type(self) -> str:
        """WARC-Type in lower case, empty when it is missing."""
        return (self.get("WARC-Type") or "").lower()

    @property
    def id(self) -> str:
        """WARC-Record-ID without its angle brackets, empty when it is missing."""
        return bare_id(self.get("WARC-Record-ID") or "")

    @property
    def target(self) -> str | None:
        """WARC-Target-URI, without the angle brackets that WARC/1.0 writers put around it."""
        value = self.get("WARC-Target-URI")
        return bare_id(value) if value is not None else None


def bare_id(value: str) -> str:
    """``<urn:uuid:…>`` without its angle brackets."""
    return value[1:-1] if value.startswith("<") and value.endswith(">") else value
