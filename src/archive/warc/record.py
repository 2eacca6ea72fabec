"""A WARC record as values (ISO 28500:2017, WARC/1.1, section 4).

::

    record  = header CRLF block CRLF CRLF
    header  = "WARC/1.1" CRLF *( name ":" value CRLF )

The header bytes up to and with the blank line are kept exactly as they stand in the file.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from attrs import field, frozen

__all__ = ["Fields", "Record", "bare_id", "make_urn", "write_date"]

Fields = tuple[tuple[str, str], ...]
"""Header fields in order, as (name, value)."""


@frozen
class Record:
    """One record's header, and where it stands.

    Attributes:
        version: ``WARC/1.1``, ``WARC/1.0`` …
        head: the exact header bytes, blank line included.
        length: the block's length in bytes (Content-Length).
        offset: where the record begins in the stored file; when several records share one gzip
            member, where that member begins.
        own_member: whether the record begins a gzip member (always True in a plain file).
        type: WARC-Type in lower case, empty when it is missing.
        id: WARC-Record-ID without its angle brackets, empty when it is missing.
        target: WARC-Target-URI, without the angle brackets that WARC/1.0 writers put around it.
        date: WARC-Date.
        block_digest: WARC-Block-Digest.
        payload_digest: WARC-Payload-Digest.
        content_type: Content-Type.
        problems: what in the header breaks the grammar without hiding where the block is.

    Each is the first of its name in the header; target, date, digests and content type are None
    when there is none.
    """

    version: str
    head: bytes
    length: int
    offset: int
    own_member: bool
    type: str
    id: str
    target: str | None
    date: str | None
    block_digest: str | None
    payload_digest: str | None
    content_type: str | None
    problems: tuple[str, ...] = ()
    _fields: Fields | None = field(default=None, repr=False)

    @property
    def is_usual(self) -> bool:
        """Whether the header has the form our writer gives most records, and so keeps all rules."""
        return self._fields is None

    @property
    def fields(self) -> Fields:
        """Names and values in order, folded lines joined."""
        if self._fields is not None:
            return self._fields
        lines = self.head.decode("ascii").split("\r\n")[1:-2]
        return tuple([(name, value) for name, _, value in [x.partition(": ") for x in lines]])

    def get(self, name: str) -> str | None:
        """The first value of a field, whatever its case, or None."""
        wanted = name.lower()
        return next((value for key, value in self.fields if key.lower() == wanted), None)


def bare_id(value: str) -> str:
    """``<urn:uuid:…>`` without its angle brackets."""
    return value[1:-1] if value.startswith("<") and value.endswith(">") else value


def make_urn(rng: Callable[[int], bytes]) -> str:
    """A new record id, ``urn:uuid:…``, from 16 bytes of `rng`."""
    return UUID(bytes=rng(16), version=4).urn


def write_date(moment: datetime) -> str:
    """A moment as WARC-Date writes it: UTC, microseconds."""
    return moment.replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"
