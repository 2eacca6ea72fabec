"""A capture or an entry that is ready to be stored but for what only the lock can tell.

Which number it gets, what stands before it, whether it is unchanged and which file it goes to is
known only while the lock is held: see `archive.store.assembly`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import cached_property
from typing import Any

from attrs import field, frozen

from archive.digest import sha256
from archive.index.rows import NO_ARTICLE, ArticleName, OutcomeSummary
from archive.literals import Limitation
from archive.proof.bodies import Body, write_body
from archive.proof.entry import Subject
from archive.proof.keys import PrivateKey
from archive.proof.merkle import Root
from archive.proof.statement import ExtractionSummary, Http, Layers, Run
from archive.warc.record import Fields

__all__ = ["Draft", "EntryDraft", "Part"]


@frozen
class Part:
    """One record to be: its role, its block, and what its header says beyond the usual.

    Attributes:
        url: the URL that follows the role's target prefix.
        extra: further header fields, such as WARC-IP-Address.
        concurrent_to, refers_to: the place of another part of the same draft, for the header
            fields of these names, or None.
        content_type: another Content-Type than the role's own.
    """

    role: str
    url: str
    block: bytes
    extra: Fields = ()
    concurrent_to: int | None = None
    refers_to: int | None = None
    content_type: str | None = None

    @cached_property
    def sha256(self) -> str:
        """SHA-256 of the block, computed once."""
        return sha256(self.block)


@frozen(kw_only=True)
class Draft:
    """One capture to be.

    Attributes:
        date: the moment the attempt began, UTC.
        failed: whether `reason` says why nothing usable came of it.
        layers: digests by layer; the block's is filled in when the records are written.
        head_length: where, in the last response's block, the entity begins; None when there is
            no response that a revisit could stand for.
        attempt: what the outcome record, which is one of the parts, tells.
        article: title, words and source of the text, among the parts or named by `same_as`.
        http: the rules by which HTTP was read, of what came over the wire.
    """

    url: str
    final_url: str
    date: datetime
    grade: str
    limitations: tuple[Limitation, ...]
    reason: str | None
    status: int | None
    parts: tuple[Part, ...]
    layers: Layers
    attempt: OutcomeSummary
    head_length: int | None = None
    extraction: ExtractionSummary | None = None
    same_as: str | None = None
    paragraphs: Root | None = None
    claims: Root | None = None
    claimed_date: str | None = None
    run: Run | None = None
    article: ArticleName = NO_ARTICLE
    http: Http | None = None

    @property
    def failed(self) -> bool:
        """Whether nothing usable came of the attempt."""
        return self.reason is not None


@frozen(kw_only=True)
class EntryDraft:
    """An entry to be, but for what only the lock can tell.

    Attributes:
        kind: one of `archive.proof.entry.KINDS`.
        date: the moment it was made, UTC.
        parts: the records that stand before its envelope.
        subjects: what it speaks about besides them.
        body: what only its kind says.
        also: keys that sign besides the writer's: of a keyring, as its thresholds want.
        article: title, words and source of a text, which is one of the parts.
    """

    kind: str
    date: datetime
    parts: tuple[Part, ...] = ()
    subjects: tuple[Subject, ...] = ()
    body: Mapping[str, Any] = field(factory=dict)
    also: tuple[PrivateKey, ...] = ()
    article: ArticleName = NO_ARTICLE

    @classmethod
    def of(cls, body: Body, date: datetime, *also: PrivateKey) -> EntryDraft:
        """The entry that says a body."""
        said = write_body(body)
        return cls(kind=said.kind, date=date, subjects=said.subjects, body=said.body, also=also)
