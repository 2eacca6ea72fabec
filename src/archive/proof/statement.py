"""The capture statement: an in-toto Statement v1 whose predicate describes one capture.

https://github.com/in-toto/attestation/blob/main/spec/v1/statement.md, with the predicate type
``urn:article-archive:capture:v1``. Every field is written down in ``docs/reference/statement.md``.

The subject lists the capture's records, each with the SHA-256 of its block; ``predicate.records``
adds, in the same order, each one's role, the SHA-256 of its exact header bytes, and its length.
The envelope's own record cannot stand in it, so its id, target and content type are named in
advance, and its header is rebuilt and compared by whoever verifies.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Annotated, Any, get_args

from attrs import field, frozen

from archive import document
from archive.document import Members
from archive.errors import DocumentError
from archive.literals import Grade, Outcome
from archive.proof.bounds import MAX_ENVELOPE
from archive.proof.keys import ALGORITHM
from archive.proof.members import (
    ELSEWHERE,
    NULLABLE,
    OPTIONAL,
    Date,
    Form,
    Key,
    Named,
    RoleName,
    Sha256,
    Urn,
    read_members,
    read_urn,
    write_members,
)
from archive.proof.merkle import Root

__all__ = [
    "CAPTURE",
    "OUTCOMES",
    "STATEMENT",
    "Announced",
    "CaptureStatement",
    "ChainPlace",
    "EnvelopeRecord",
    "ExtractionSummary",
    "Http",
    "Layers",
    "NamedRecord",
    "Run",
    "SignedBy",
    "Source",
    "Warcinfo",
    "count_elsewhere",
    "open_statement",
    "read_records",
    "refuse_critical",
    "write_statement",
]

STATEMENT = "https://in-toto.io/Statement/v1"
CAPTURE = "urn:article-archive:capture:v1"
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)


@frozen
class Source:
    """Where somebody else's record stood: the file, its SHA-256, the place in it, the id there."""

    container: str
    sha256: Sha256
    offset: int
    length: int
    id: str


@frozen
class NamedRecord:
    """One record of the capture: id, role, SHA-256 of header and block, block length in bytes.

    Id and block stand in the subject. `source` is there of a record that somebody else made: it is
    held to its digests alone, and its id may be any.
    """

    id: Annotated[str, ELSEWHERE]
    role: RoleName
    header: Sha256
    block: Annotated[str, ELSEWHERE]
    length: int
    source: Annotated[Source | None, NULLABLE] = None


def _read_link(members: Members, name: str) -> str:
    return "" if members.is_null(name) else read_urn(members, name)


@frozen
class EnvelopeRecord:
    """The record that will hold the envelope, named before it exists.

    `refers_to` is the record that it refers to, empty for none. It is None where the statement does
    not say: then the kind decides, as this version writes it.
    """

    id: Urn
    target: str
    content_type: str
    refers_to: Annotated[str | None, Form(_read_link, lambda id_: id_ or None), OPTIONAL] = None


@frozen
class Warcinfo:
    """The warcinfo record of the file the capture stands in: id, SHA-256 of header and block."""

    id: Urn
    header: Sha256
    block: Sha256


@frozen
class Layers:
    """SHA-256 by layer, None where there is none.

    Attributes:
        header: the last response's head; by the first HTTP rules, which left them in its block,
            informational heads included.
        block: the last response's whole block, or the imported file.
        entity: the body after transfer coding (the WARC payload).
        content: the body after content coding, what a reader sees.
        text: the extracted text, as its record holds it.
    """

    header: Sha256 | None = None
    block: Sha256 | None = None
    entity: Sha256 | None = None
    content: Sha256 | None = None
    text: Sha256 | None = None


@frozen
class ExtractionSummary:
    """What extracted the text, and how it went.

    Attributes:
        outcome: ``ok``, ``none``, ``timeout``, ``crash``, ``too-large``.
        reason: why there is no text, or None.
        extractor: its id, options and post-rules included.
        version: the extractor's own version.
        options: the options it ran with.
        built_on: versions of what it stands on.
    """

    outcome: str
    reason: str | None
    extractor: str
    version: str
    options: Mapping[str, Any]
    built_on: Mapping[str, str]


@frozen
class Http:
    """The number of the rules by which HTTP was read: `archive.http.RULES` of the writer."""

    rules: int


@frozen
class Run:
    """The list of URLs a capture belongs to: run id, SHA-256 of the list, place, length."""

    id: Urn
    list: Sha256
    index: int
    size: int


@frozen
class Announced:
    """A further signature that an envelope has: its algorithm and public key."""

    algorithm: str
    public_key: Key


def _read_announced(members: Members, name: str) -> tuple[Announced, ...]:
    return tuple(read_members(Announced, Members(item, name)) for item in members.items(name))


_ANNOUNCED = Form(_read_announced, lambda items: [write_members(item) for item in items])


@frozen
class SignedBy:
    """The key that signs, so that a lone file can be checked; trust comes from elsewhere.

    `also` announces further signatures, None where there are none.
    """

    algorithm: str = field(default=ALGORITHM, kw_only=True)
    public_key: Key
    also: Annotated[tuple[Announced, ...] | None, _ANNOUNCED, OPTIONAL] = field(
        default=None, kw_only=True
    )


@frozen
class ChainPlace:
    """Which chain a statement stands in, where that is not the collection's own.

    Attributes:
        id: of the chain; `sequence`, `prior` and `previous` are of it alone.
        after: SHA-256 of the collection's envelope before it, None where there was none.
    """

    id: Urn
    after: Sha256 | None


@frozen(kw_only=True)
class CaptureStatement:
    """What one envelope says; see the module and ``docs/reference/statement.md``.

    `elsewhere` is how many records it names that stand in other groups or files.
    """

    url: str
    final_url: str
    date: Date
    claimed_date: str | None = None
    outcome: Outcome
    reason: str | None = None
    status: int | None = None
    grade: Grade
    limitations: tuple[str, ...] = ()
    http: Annotated[Http | None, OPTIONAL] = None
    records: tuple[NamedRecord, ...]
    envelope: EnvelopeRecord
    warcinfo: Warcinfo
    layers: Annotated[Layers, Named("digests")] = field(factory=Layers)
    extraction: ExtractionSummary | None = None
    same_as: Sha256 | None = None
    paragraphs: Root | None = None
    claims: Root | None = None
    software: Mapping[str, str]
    run: Run | None = None
    signer: SignedBy
    chain: Annotated[ChainPlace | None, NULLABLE] = None
    sequence: int
    prior: Sha256 | None
    previous: Sha256 | None
    elsewhere: Annotated[int, ELSEWHERE] = 0

    @property
    def http_rules(self) -> int:
        """The rules by which HTTP was read; statements that name none are older than the second."""
        return 1 if self.http is None else self.http.rules

    def to_bytes(self) -> bytes:
        """The statement's JSON, one line; what gets signed."""
        subjects = [(item.id, item.block) for item in self.records]
        return write_statement(CAPTURE, subjects, self)

    @classmethod
    def from_bytes(cls, data: bytes) -> CaptureStatement:
        """Read a statement strictly.

        Raises:
            DocumentError: not strict JSON, another type of statement, a field missing or
                ill-typed, or a critical field that this version does not know.
        """
        top = open_statement(data)
        if top.text("predicateType") != CAPTURE:
            raise DocumentError(f"not a capture statement but {top.text('predicateType')}")
        return cls.from_members(top)

    @classmethod
    def from_members(cls, top: Members) -> CaptureStatement:
        """Read a statement of this type that `open_statement` has opened.

        Raises:
            DocumentError: a field missing or ill-typed, or a critical field that this version does
                not know.
        """
        predicate = top.members("predicate")
        subjects = [Members(item, "subject") for item in top.items("subject")]
        details = [Members(item, "record") for item in predicate.items("records")]
        if not subjects or len(subjects) != len(details):
            raise DocumentError("subject and records differ in length, or are empty")
        records = read_records(subjects, details)
        if [item.role for item in records].count("outcome") != 1:
            raise DocumentError("statement does not name exactly one outcome record")
        refuse_critical(predicate)
        elsewhere = count_elsewhere(predicate)
        return read_members(cls, predicate, records=records, elsewhere=elsewhere)

    @property
    def refers_to(self) -> str:
        """The record the envelope's record refers to: the last response, else the outcome."""
        answers = [item.id for item in self.records if item.role in ("response", "revisit")]
        outcomes = [item.id for item in self.records if item.role == "outcome"]
        return (answers or outcomes)[-1]


def write_statement(kind: str, subjects: Iterable[tuple[str, str]], said: Any) -> bytes:
    """A statement's JSON, one line.

    Args:
        kind: its predicate type.
        subjects: what it is about: name and SHA-256 of each.
        said: what its predicate says, as `archive.proof.members` writes it.
    """
    return document.write(
        {
            "_type": STATEMENT,
            "subject": [{"name": name, "digest": {"sha256": sum_}} for name, sum_ in subjects],
            "predicateType": kind,
            "predicate": {"critical": [], **write_members(said)},
        }
    )


def open_statement(data: bytes) -> Members:
    """The members of an in-toto Statement v1; DocumentError when it is none."""
    top = Members(document.parse(data, limit=MAX_ENVELOPE, what="statement"), "statement")
    if top.text("_type") != STATEMENT:
        raise DocumentError("not an in-toto Statement v1")
    return top


def count_elsewhere(predicate: Members) -> int:
    """How many records a statement names that stand elsewhere, in other groups or files."""
    is_there = "elsewhere" in predicate and not predicate.is_null("elsewhere")
    return len(predicate.items("elsewhere")) if is_there else 0


def refuse_critical(predicate: Members) -> None:
    """DocumentError when a predicate has fields that must be understood, and are not."""
    if predicate.items("critical"):
        raise DocumentError("statement has critical fields this version does not know")


def _read_id(subject: Members, detail: Members) -> str:
    """The id of a record, which only another's may spell as it likes."""
    is_theirs = "source" in detail and not detail.is_null("source")
    return subject.text("name") if is_theirs else read_urn(subject, "name")


def read_records(
    subjects: Iterable[Members], details: Iterable[Members]
) -> tuple[NamedRecord, ...]:
    """The records that a statement names, as many as both say something of; else DocumentError."""
    return tuple(
        read_members(
            NamedRecord,
            detail,
            id=_read_id(subject, detail),
            block=subject.members("digest").sha256("sha256"),
        )
        for subject, detail in zip(subjects, details, strict=False)
    )
