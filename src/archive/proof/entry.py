"""Entry statements: what a collection signs besides captures.

In-toto Statements v1 like those of captures (`archive.proof.statement`), in the same chain of
envelopes, each with a predicate type of its own::

    urn:article-archive:text:v1        a page was extracted again; its records stand before it
    urn:article-archive:seal:v1        a WARC file was closed: its name, length, digest, records
    urn:article-archive:keyring:v1     which keys may sign from here on
    urn:article-archive:timestamp:v1   an authority has dated a checkpoint
    urn:article-archive:heartbeat:v1   the archiver is alive, and has so many captures
    urn:article-archive:withdrawn:v1   a right has taken records away; this version writes none

The subject is what the statement speaks about: for a text the records before its envelope, else a
file, a keyring, a token, a checkpoint, by name and SHA-256. ``body`` holds what only that kind
says. The envelope stands in a WARC metadata record with the target ``urn:entry:<kind>:<sequence>``.
Every field is written down in ``docs/reference/log-entries.md``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Any, get_args

from attrs import field, frozen

from archive.document import Members
from archive.errors import DocumentError
from archive.literals import Role
from archive.proof.members import ELSEWHERE, NULLABLE, Date, Sha256, read_members
from archive.proof.merkle import Root
from archive.proof.statement import (
    CAPTURE,
    CaptureStatement,
    ChainPlace,
    EnvelopeRecord,
    ExtractionSummary,
    NamedRecord,
    SignedBy,
    Warcinfo,
    count_elsewhere,
    open_statement,
    read_records,
    refuse_critical,
    write_statement,
)

__all__ = [
    "KINDS",
    "ROLES",
    "TEXT_ROLES",
    "EntryStatement",
    "Reextraction",
    "Subject",
    "has_known_chain",
    "read_any",
    "read_head",
    "read_kind",
    "read_opened",
    "type_of",
]

KINDS = ("text", "seal", "keyring", "timestamp", "heartbeat", "withdrawn")
"""The kinds of entries."""
ROLES = frozenset(get_args(Role))
"""The roles of records that this version knows."""
TEXT_ROLES: tuple[Role, ...] = ("text", "claims")
"""The roles of records that stand before the envelope of a text."""


def type_of(kind: str) -> str:
    """The predicate type of a kind of entry."""
    return f"urn:article-archive:{kind}:v1"


_KIND_OF = {type_of(kind): kind for kind in KINDS}
_OURS = re.compile(r"urn:article-archive:([a-z0-9-]+:v[0-9]+)\Z")


@frozen
class Subject:
    """Something an entry speaks about: its name and SHA-256."""

    name: str
    sha256: str


@frozen(kw_only=True)
class EntryStatement:
    """What one envelope says that is no capture's; see the module.

    Attributes:
        kind: one of `KINDS`; of a statement whose head alone was read its kind and version, such
            as ``note:v1``.
        subjects: what it speaks about, besides its records.
        records: the records before its envelope; none but for a text, and those of roles that this
            version does not know.
        elsewhere: how many records it names that stand in other groups or files.
        body: what only its kind says, as JSON.
        date: the moment it was made, UTC with microseconds.
    """

    kind: Annotated[str, ELSEWHERE]
    subjects: Annotated[tuple[Subject, ...], ELSEWHERE] = ()
    date: Date
    body: Mapping[str, Any] = field(factory=dict)
    records: tuple[NamedRecord, ...] = ()
    envelope: EnvelopeRecord
    warcinfo: Warcinfo
    software: Mapping[str, str]
    signer: SignedBy
    chain: Annotated[ChainPlace | None, NULLABLE] = None
    sequence: int
    prior: Sha256 | None
    elsewhere: Annotated[int, ELSEWHERE] = 0

    def to_bytes(self) -> bytes:
        """The statement's JSON, one line; what gets signed."""
        named = [(item.id, item.block) for item in self.records]
        others = [(item.name, item.sha256) for item in self.subjects]
        return write_statement(type_of(self.kind), named + others, self)

    @classmethod
    def from_bytes(cls, data: bytes) -> EntryStatement:
        """Read a statement strictly.

        Raises:
            DocumentError: not strict JSON, no entry of a known kind, a field missing or ill-typed,
                or a critical field that this version does not know.
        """
        return _read_entry(open_statement(data))

    def reextraction(self) -> Reextraction:
        """The body of a text entry.

        Raises:
            DocumentError: it is another kind of entry, or not as it must be.
        """
        if self.kind != "text":
            raise DocumentError(f"not a text but a {self.kind} entry")
        return read_members(Reextraction, Members(self.body, "text entry"))


@frozen
class Reextraction:
    """What a text entry says: which capture was extracted again, and what came of it.

    Attributes:
        capture: SHA-256 of the capture's envelope.
        url: the capture's requested URL; its records' targets end with `final_url`.
        content: SHA-256 of the content that was extracted from.
        text: SHA-256 of the text record's block, None when there is no text.
    """

    capture: Sha256
    url: str
    final_url: str
    content: Sha256
    text: Sha256 | None
    extraction: ExtractionSummary
    paragraphs: Root | None
    claims: Root


def read_any(data: bytes) -> CaptureStatement | EntryStatement:
    """Read a statement of any kind strictly.

    Raises:
        DocumentError: as `CaptureStatement.from_bytes` and `EntryStatement.from_bytes`.
    """
    return read_opened(open_statement(data))


def read_opened(top: Members) -> CaptureStatement | EntryStatement:
    """As `read_any`, of a statement that is opened."""
    if top.text("predicateType") == CAPTURE:
        return CaptureStatement.from_members(top)
    return _read_entry(top)


def read_head(data: bytes) -> EntryStatement:
    """The head alone of a statement of ours, which this version need not understand.

    A later version may know its kind, its words, or what it calls critical. Nothing that it says is
    taken from it but where it stands in the sequence, so that reading can go on behind it.

    Raises:
        DocumentError: it is no statement of ours, or its head is broken.
    """
    top = open_statement(data)
    kind = read_kind(top)
    predicate = top.members("predicate")
    given: dict[str, Any] = {} if has_known_chain(predicate) else {"chain": None}
    empty: dict[str, Any] = {"subjects": (), "records": (), "body": {}, "elsewhere": 0}
    return read_members(EntryStatement, predicate, kind=kind, **empty, **given)


def read_kind(top: Members) -> str:
    """Kind and version of a statement of ours, such as ``note:v1``; else DocumentError."""
    found = _OURS.match(top.text("predicateType"))
    if found is None:
        raise DocumentError(f"not a statement of ours but {top.text('predicateType')}")
    return found[1]


def has_known_chain(predicate: Members) -> bool:
    """Whether a statement says in which chain it stands, if at all, in words that are known."""
    if "chain" not in predicate or predicate.is_null("chain"):
        return True
    try:
        read_members(ChainPlace, predicate.members("chain"))
    except DocumentError:
        return False
    return True


def _read_entry(top: Members) -> EntryStatement:
    kind = _KIND_OF.get(top.text("predicateType"))
    if kind is None:
        raise DocumentError(f"not a statement of ours but {top.text('predicateType')}")
    predicate = top.members("predicate")
    refuse_critical(predicate)
    records, subjects = _read_subjects(top, predicate)
    given = {"subjects": subjects, "records": records, "elsewhere": count_elsewhere(predicate)}
    entry = read_members(EntryStatement, predicate, kind=kind, **given)
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
    for detail in details:
        role = detail.text("role")
        if role in ROLES and role not in TEXT_ROLES:
            raise DocumentError(f"a record before an entry has the role {role!r}")
    records = read_records(subjects, details)
    others = subjects[len(details) :]
    return records, tuple(
        Subject(other.text("name"), other.members("digest").sha256("sha256")) for other in others
    )
