"""Entry statements: what a collection signs besides captures.

In-toto Statements v1 like those of captures (`archive.proof.statement`), in the same chain of
envelopes, each with a predicate type of its own::

    urn:article-archive:text:v1        a page was extracted again; its records stand before it
    urn:article-archive:seal:v1        a WARC file was closed: its name, length, digest, records
    urn:article-archive:keyring:v1     which keys may sign from here on
    urn:article-archive:timestamp:v1   an authority has dated a checkpoint
    urn:article-archive:heartbeat:v1   the archiver is alive, and has so many captures

The subject is what the statement speaks about: for a text the records before its envelope, else a
file, a keyring, a token, a checkpoint, by name and SHA-256. ``body`` holds what only that kind
says. The envelope stands in a WARC metadata record with the target ``urn:entry:<kind>:<sequence>``.
Every field is written down in ``docs/reference/log-entries.md``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import field, frozen

from archive import document
from archive.document import Members
from archive.errors import DocumentError
from archive.proof.bounds import MAX_ENVELOPE
from archive.proof.salted import Root
from archive.proof.statement import (
    CAPTURE,
    STATEMENT,
    CaptureStatement,
    EnvelopeRecord,
    ExtractionStamp,
    NamedRecord,
    Signer,
    Warcinfo,
    read_date,
    read_texts,
    read_urn,
)

__all__ = ["KINDS", "ROLES", "EntryStatement", "Reextraction", "Subject", "read_any", "type_of"]

KINDS = ("text", "seal", "keyring", "timestamp", "heartbeat")
"""The kinds of entries."""
ROLES = ("text", "claims")
"""The roles of records that stand before an entry's envelope."""


def type_of(kind: str) -> str:
    """The predicate type of a kind of entry."""
    return f"urn:article-archive:{kind}:v1"


_KIND_OF = {type_of(kind): kind for kind in KINDS}


@frozen
class Subject:
    """Something an entry speaks about: its name and SHA-256."""

    name: str
    sha256: str


@frozen(kw_only=True)
class EntryStatement:
    """What one envelope says that is no capture's; see the module.

    Attributes:
        kind: one of `KINDS`.
        subjects: what it speaks about, besides its records.
        records: the records before its envelope; none but for a text.
        body: what only its kind says, as JSON.
        date: the moment it was made, UTC with microseconds.
    """

    kind: str
    subjects: tuple[Subject, ...] = ()
    records: tuple[NamedRecord, ...] = ()
    body: Mapping[str, Any] = field(factory=dict)
    envelope: EnvelopeRecord
    warcinfo: Warcinfo
    date: str
    software: Mapping[str, str]
    signer: Signer
    sequence: int
    prior: str | None

    def to_bytes(self) -> bytes:
        """The statement's JSON, one line; what gets signed."""
        named = [Subject(item.id, item.block) for item in self.records]
        subjects = [
            {"name": item.name, "digest": {"sha256": item.sha256}}
            for item in (*named, *self.subjects)
        ]
        return document.write(
            {
                "_type": STATEMENT,
                "subject": subjects,
                "predicateType": type_of(self.kind),
                "predicate": self._predicate(),
            }
        )

    def _predicate(self) -> dict[str, Any]:
        return {
            "critical": [],
            "date": self.date,
            "body": dict(self.body),
            "records": [item.to_json() for item in self.records],
            "envelope": self.envelope.to_json(),
            "warcinfo": self.warcinfo.to_json(),
            "software": dict(self.software),
            "signer": self.signer.to_json(),
            "sequence": self.sequence,
            "prior": self.prior,
        }

    @classmethod
    def from_bytes(cls, data: bytes) -> EntryStatement:
        """Read a statement strictly.

        Raises:
            DocumentError: not strict JSON, no entry of a known kind, a field missing or ill-typed,
                or a critical field that this version does not know.
        """
        return _read_entry(_read_top(data))

    def reextraction(self) -> Reextraction:
        """The body of a text entry.

        Raises:
            DocumentError: it is another kind of entry, or not as it must be.
        """
        if self.kind != "text":
            raise DocumentError(f"not a text but a {self.kind} entry")
        return Reextraction.from_json(self.body)


@frozen
class Reextraction:
    """What a text entry says: which capture was extracted again, and what came of it.

    Attributes:
        capture: SHA-256 of the capture's envelope.
        url: the capture's requested URL; its records' targets end with `final_url`.
        content: SHA-256 of the content that was extracted from.
        text: SHA-256 of the text record's block, None when there is no text.
    """

    capture: str
    url: str
    final_url: str
    content: str
    text: str | None
    extraction: ExtractionStamp
    paragraphs: Root | None
    claims: Root

    def to_json(self) -> dict[str, Any]:
        """The body's members."""
        return {
            "capture": self.capture,
            "url": self.url,
            "final_url": self.final_url,
            "content": self.content,
            "text": self.text,
            "extraction": self.extraction.to_json(),
            "paragraphs": self.paragraphs.to_json() if self.paragraphs else None,
            "claims": self.claims.to_json(),
        }

    @classmethod
    def from_json(cls, body: Mapping[str, Any]) -> Reextraction:
        """Read a body; DocumentError when it is not as it must be."""
        members = Members(body, "text entry")
        return cls(
            capture=members.sha256("capture"),
            url=members.text("url"),
            final_url=members.text("final_url"),
            content=members.sha256("content"),
            text=members.sha256_or_none("text"),
            extraction=ExtractionStamp.from_json(members.members("extraction")),
            paragraphs=members.map_or_none("paragraphs", Root.from_json),
            claims=Root.from_json(members.members("claims")),
        )


def read_any(data: bytes) -> CaptureStatement | EntryStatement:
    """Read a statement of any kind strictly.

    Raises:
        DocumentError: as `CaptureStatement.from_bytes` and `EntryStatement.from_bytes`.
    """
    top = _read_top(data)
    if top.text("predicateType") == CAPTURE:
        return CaptureStatement.from_bytes(data)
    return _read_entry(top)


def _read_top(data: bytes) -> Members:
    top = Members(document.parse(data, limit=MAX_ENVELOPE, what="statement"), "statement")
    if top.text("_type") != STATEMENT:
        raise DocumentError("not an in-toto Statement v1")
    return top


def _read_entry(top: Members) -> EntryStatement:
    kind = _KIND_OF.get(top.text("predicateType"))
    if kind is None:
        raise DocumentError(f"not a statement of ours but {top.text('predicateType')}")
    predicate = top.members("predicate")
    if predicate.items("critical"):
        raise DocumentError("statement has critical fields this version does not know")
    records, subjects = _read_subjects(top, predicate)
    entry = EntryStatement(
        kind=kind,
        subjects=subjects,
        records=records,
        body=predicate.members("body").value,
        envelope=EnvelopeRecord.from_json(predicate.members("envelope")),
        warcinfo=Warcinfo.from_json(predicate.members("warcinfo")),
        date=read_date(predicate.text("date")),
        software=read_texts(predicate.members("software")),
        signer=Signer.from_json(predicate.members("signer")),
        sequence=predicate.number("sequence"),
        prior=predicate.sha256_or_none("prior"),
    )
    if kind == "text":
        entry.reextraction()
    return entry


def _read_subjects(
    top: Members, predicate: Members
) -> tuple[tuple[NamedRecord, ...], tuple[Subject, ...]]:
    """The records that the entry names, and what else it speaks about."""
    subjects = [Members(item, "subject") for item in top.items("subject")]
    details = [Members(item, "record") for item in predicate.items("records")]
    if not subjects or len(details) > len(subjects):
        raise DocumentError("an entry speaks about nothing, or names records that are no subject")
    digests = [subject.members("digest").sha256("sha256") for subject in subjects]
    names = [subject.text("name") for subject in subjects]
    records = tuple(
        NamedRecord(
            id=read_urn(name),
            role=_role(detail.text("role")),
            header=detail.sha256("header"),
            block=block,
            length=detail.number("length"),
        )
        for name, block, detail in zip(names, digests, details, strict=False)
    )
    rest = zip(names[len(details) :], digests[len(details) :], strict=True)
    return records, tuple(Subject(name, digest) for name, digest in rest)


def _role(role: str) -> str:
    if role not in ROLES:
        raise DocumentError(f"a record before an entry has the role {role!r}")
    return role
