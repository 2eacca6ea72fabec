"""Payload digests of records (ISO 28500:2017 section 5.9).

The payload of an HTTP record is what follows the head. Where that stands in a transfer coding,
some writers hash it as it stands and others undo the coding first: either is accepted. So is what
follows the final head, where informational ones stand before it. The payload of any other record is
its block. Of a revisit, or of a segment of a longer record, the payload stands elsewhere and cannot
be checked here.
"""

from __future__ import annotations

import re

from archive.digest import Digest, Hasher
from archive.warc.record import Record

__all__ = ["PayloadCheck", "has_payload_here"]

_BLANK = re.compile(rb"\n\r?\n")
_CHUNKED = re.compile(rb"(?im)^transfer-encoding[ \t]*:")
_INFORMATIONAL = re.compile(rb"\s*HTTP/[0-9.]{1,5}[ \t]+1[0-9][0-9]\b", re.IGNORECASE)
_MAX_HEAD = 1 << 19


def has_payload_here(record: Record) -> bool:
    """Whether the payload that a record's payload digest is over stands in its own block."""
    if record.is_usual:
        return True
    elsewhere = record.type in ("revisit", "continuation")
    return not elsewhere and record.get("warc-segment-number") is None


class PayloadCheck:
    """Hashes a payload as its record's block passes by.

    Args:
        wanted: what the header says.
        record: the header that says it.
    """

    def __init__(self, wanted: Digest, record: Record) -> None:
        self._wanted = wanted
        self._raw: Hasher = wanted.hasher()
        self._head: bytearray | None = None
        self._is_response = record.type == "response"
        self._coded: _Unchunked | None = None
        if (record.content_type or "").lower().startswith("application/http"):
            self._head = bytearray()

    def update(self, data: memoryview, /) -> None:
        """Take the next bytes of the block."""
        if self._head is None:
            self._raw.update(data)
            if self._coded is not None:
                self._coded.update(data)
            return
        searched = max(0, len(self._head) - 2)
        self._head += data
        if (found := _BLANK.search(self._head, searched)) is not None:
            self._open_body(bytes(self._head), found.end())
        elif len(self._head) > _MAX_HEAD:
            self._head = None

    def holds(self) -> bool:
        """Whether the digest is the payload's, in either reading."""
        if self._raw.digest() == self._wanted.value:
            return True
        return self._coded is not None and self._coded.digest() == self._wanted.value

    def _open_body(self, start: bytes, end: int) -> None:
        self._head = None
        self._raw.update(start[end:])
        # Some hash what follows the final head, others all that follows the first.
        is_read = _CHUNKED.search(start, 0, end) or _INFORMATIONAL.match(start)
        if self._is_response and is_read:
            self._coded = _Unchunked(self._wanted.hasher())
            self._coded.update(memoryview(start))


class _Unchunked:
    """Hashes an entity whose transfer coding is undone."""

    def __init__(self, hasher: Hasher) -> None:
        from archive.http import ResponseReader

        self._reader = ResponseReader()
        self._hasher = hasher

    def update(self, data: memoryview, /) -> None:
        self._reader.feed(bytes(data))
        self._hasher.update(self._reader.take())

    def digest(self) -> bytes:
        self._reader.finish()
        self._hasher.update(self._reader.take())
        return self._hasher.digest()
