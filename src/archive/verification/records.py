"""What is kept of a record that was read: digests, and the few words that later steps need.

The fields of a header are not kept beside its bytes: they are read from them again where needed.
"""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from operator import attrgetter
from typing import Any

from attrs import define, field, fields, frozen

from archive.verification.checks import CheckName
from archive.verification.place import Place
from archive.warc.record import Fields, parse_head

__all__ = ["PassedRecord", "ReadRecord", "Recomputed"]


@frozen
class Recomputed:
    """SHA-256 of the layers of one response block, None where it has no such layer.

    `header` is the final head's, `heads` that of it with the informational heads before it.
    `status` is the response's status code. `problem` says why the content cannot be decoded;
    `undecoded` whether it was left alone, because more than the file's allowance would have come
    of it.
    """

    header: str | None = None
    heads: str | None = None
    entity: str | None = None
    content: str | None = None
    problem: str | None = None
    undecoded: bool = False
    status: int | None = None


@frozen
class PassedRecord:
    """What is kept of a record of a large group: its digests, and where it stands."""

    file: str
    offset: int
    id: str
    header: str
    block: str
    length: int
    target: str

    @classmethod
    def of(cls, seen: ReadRecord) -> PassedRecord:
        """What is kept of a record that was read."""
        where = (seen.file, seen.offset)
        return cls(*where, seen.id, seen.header, seen.block, seen.length, seen.target)

    @property
    def place(self) -> Place:
        """Where the record stands."""
        return Place(self.file, self.offset, None, self.id or None, None, self.target or None)

    def place_in(self, capture: str, url: str) -> Place:
        """Where the record stands, as part of a capture."""
        return Place(self.file, self.offset, None, self.id or None, capture, url)


@define(eq=False)
class ReadRecord:
    """One record.

    Attributes:
        file: the name of the file it stands in.
        offset: where it begins in the stored file.
        own_member: whether it begins a gzip member.
        head: the exact header bytes.
        is_usual: whether they have the form our writer gives most records.
        length: the block's length in bytes.
        id: the record id, bare; empty when there is none.
        type: WARC-Type in lower case.
        target: WARC-Target-URI, bare; empty when there is none.
        date: WARC-Date.
        payload_digest: WARC-Payload-Digest.
        is_envelope: whether the record says that it holds an envelope.
        block: SHA-256 of the block.
        compared: whether the block was compared with the header's digest.
        problems: what is wrong with the record alone, as (check, message).
        gaps: what of its digests could not be checked, in words.
        stored: its stored length, known when the next record begins.
        data: the block itself, where it is needed: envelopes, warcinfo, outcomes, and text and
            claims when looking deep.
        layers: what a response was found to hold, when looking deep.
    """

    file: str
    offset: int
    own_member: bool
    head: bytes
    is_usual: bool
    length: int
    id: str
    type: str
    target: str
    date: str | None
    payload_digest: str | None
    is_envelope: bool
    block: str = ""
    compared: bool = False
    problems: tuple[tuple[CheckName, str], ...] = ()
    gaps: tuple[str, ...] = ()
    stored: int | None = None
    data: bytes | None = field(default=None, repr=False)
    layers: Recomputed | None = None

    @property
    def header(self) -> str:
        """SHA-256 of the header bytes."""
        return sha256(self.head).hexdigest()

    @property
    def place(self) -> Place:
        """Where the record stands."""
        return Place(
            self.file, self.offset, self.stored, self.id or None, None, self.target or None
        )

    def place_in(self, capture: str, url: str) -> Place:
        """Where the record stands, as part of a capture."""
        return Place(self.file, self.offset, self.stored, self.id or None, capture, url)

    @property
    def fields(self) -> Fields:
        """Names and values of the header, read from its bytes."""
        return parse_head(self.head, self.offset).fields

    def get(self, name: str) -> str | None:
        """The first value of a header field, whatever its case, or None."""
        return parse_head(self.head, self.offset).get(name)

    def __reduce__(self) -> tuple[Any, ...]:
        """How it is pickled, when one process reads and another judges: as plain values."""
        return ReadRecord, _list_values(self)


_list_values: Callable[[ReadRecord], tuple[Any, ...]] = attrgetter(
    *(one.name for one in fields(ReadRecord))
)
