"""The capture statement: an in-toto Statement v1 whose predicate describes one capture.

https://github.com/in-toto/attestation/blob/main/spec/v1/statement.md, with the predicate type
``urn:article-archive:capture:v1``. Every field is written down in ``docs/reference/statement.md``.

The subject lists the capture's records, each with the SHA-256 of its block; ``predicate.records``
adds, in the same order, each one's role, the SHA-256 of its exact header bytes, and its length.
The envelope's own record cannot stand in it, so its id, target and content type are named in
advance, and its header is rebuilt and compared by whoever verifies.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from attrs import field, frozen

from archive import document
from archive.document import Members
from archive.errors import DocumentError
from archive.proof.bounds import MAX_ENVELOPE
from archive.proof.keys import ALGORITHM
from archive.proof.salted import Root

__all__ = [
    "CAPTURE",
    "GRADES",
    "OUTCOMES",
    "ROLES",
    "STATEMENT",
    "CaptureStatement",
    "EnvelopeRecord",
    "ExtractionStamp",
    "Layers",
    "NamedRecord",
    "Run",
    "Signer",
    "Warcinfo",
    "read_date",
    "read_texts",
    "read_urn",
]

STATEMENT = "https://in-toto.io/Statement/v1"
CAPTURE = "urn:article-archive:capture:v1"
OUTCOMES = ("captured", "unchanged", "failed")
GRADES = ("wire", "warc", "html", "text")
ROLES = ("response", "revisit", "request", "tls", "outcome", "text", "claims", "import")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6}Z\Z")
_URN = re.compile(r"urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\Z")


@frozen
class NamedRecord:
    """One record of the capture: id, role, SHA-256 of block and header, block length in bytes."""

    id: str
    role: str
    header: str
    block: str
    length: int

    def to_json(self) -> dict[str, Any]:
        """What the predicate says of it; id and block stand in the subject."""
        return {"role": self.role, "header": self.header, "length": self.length}


@frozen
class EnvelopeRecord:
    """The record that will hold the envelope, named before it exists."""

    id: str
    target: str
    content_type: str

    def to_json(self) -> dict[str, Any]:
        """Its members."""
        return {"id": self.id, "target": self.target, "content_type": self.content_type}

    @classmethod
    def from_json(cls, members: Members) -> EnvelopeRecord:
        """Read what `to_json` gives; DocumentError when it is not as it must be."""
        return cls(
            read_urn(members.text("id")), members.text("target"), members.text("content_type")
        )


@frozen
class Warcinfo:
    """The warcinfo record of the file the capture stands in: id, SHA-256 of header and block."""

    id: str
    header: str
    block: str

    def to_json(self) -> dict[str, Any]:
        """Its members."""
        return {"id": self.id, "header": self.header, "block": self.block}

    @classmethod
    def from_json(cls, members: Members) -> Warcinfo:
        """Read what `to_json` gives; DocumentError when it is not as it must be."""
        return cls(read_urn(members.text("id")), members.sha256("header"), members.sha256("block"))


@frozen
class Layers:
    """SHA-256 by layer, None where there is none.

    Attributes:
        header: the bytes before the entity in the last response's block (its head, interim
            responses included).
        block: the last response's whole block, or the imported file.
        entity: the body after transfer coding (the WARC payload).
        content: the body after content coding, what a reader sees.
        text: the extracted text, as its record holds it.
    """

    header: str | None = None
    block: str | None = None
    entity: str | None = None
    content: str | None = None
    text: str | None = None


@frozen
class ExtractionStamp:
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

    def to_json(self) -> dict[str, Any]:
        """Its members."""
        return {
            "outcome": self.outcome,
            "reason": self.reason,
            "extractor": self.extractor,
            "version": self.version,
            "options": dict(self.options),
            "built_on": dict(self.built_on),
        }

    @classmethod
    def from_json(cls, members: Members) -> ExtractionStamp:
        """Read what `to_json` gives; DocumentError when it is not as it must be."""
        return cls(
            outcome=members.text("outcome"),
            reason=members.text_or_none("reason"),
            extractor=members.text("extractor"),
            version=members.text("version"),
            options=members.members("options").value,
            built_on=read_texts(members.members("built_on")),
        )


@frozen
class Run:
    """The list of URLs a capture belongs to: run id, SHA-256 of the list, place, length."""

    id: str
    list: str
    index: int
    size: int

    def to_json(self) -> dict[str, Any]:
        """Its members."""
        return {"id": self.id, "list": self.list, "index": self.index, "size": self.size}

    @classmethod
    def from_json(cls, members: Members) -> Run:
        """Read what `to_json` gives; DocumentError when it is not as it must be."""
        return cls(
            read_urn(members.text("id")),
            members.sha256("list"),
            members.number("index"),
            members.number("size"),
        )


@frozen
class Signer:
    """The key that signs, so that a lone file can be checked; trust comes from elsewhere."""

    public_key: bytes
    algorithm: str = ALGORITHM

    def to_json(self) -> dict[str, Any]:
        """Its members; the key in DER, base64."""
        return {
            "algorithm": self.algorithm,
            "public_key": base64.b64encode(self.public_key).decode("ascii"),
        }

    @classmethod
    def from_json(cls, members: Members) -> Signer:
        """Read what `to_json` gives; DocumentError when it is not as it must be."""
        try:
            key = base64.b64decode(members.text("public_key"), validate=True)
        except (ValueError, binascii.Error):
            raise DocumentError("public_key of signer is not base64") from None
        return cls(key, members.text("algorithm"))


@frozen(kw_only=True)
class CaptureStatement:
    """What one envelope says; see the module and ``docs/reference/statement.md``."""

    records: tuple[NamedRecord, ...]
    envelope: EnvelopeRecord
    warcinfo: Warcinfo
    url: str
    final_url: str
    date: str
    claimed_date: str | None = None
    outcome: str
    reason: str | None = None
    status: int | None = None
    grade: str
    limitations: tuple[str, ...] = ()
    layers: Layers = field(factory=Layers)
    extraction: ExtractionStamp | None = None
    same_as: str | None = None
    paragraphs: Root | None = None
    claims: Root | None = None
    software: Mapping[str, str]
    run: Run | None = None
    signer: Signer
    sequence: int
    prior: str | None
    previous: str | None

    def to_bytes(self) -> bytes:
        """The statement's JSON, one line; what gets signed."""
        subject = [{"name": item.id, "digest": {"sha256": item.block}} for item in self.records]
        return document.write(
            {
                "_type": STATEMENT,
                "subject": subject,
                "predicateType": CAPTURE,
                "predicate": _write_predicate(self),
            }
        )

    @classmethod
    def from_bytes(cls, data: bytes) -> CaptureStatement:
        """Read a statement strictly.

        Raises:
            DocumentError: not strict JSON, another type of statement, a field missing or
                ill-typed, or a critical field that this version does not know.
        """
        top = Members(document.parse(data, limit=MAX_ENVELOPE, what="statement"), "statement")
        if top.text("_type") != STATEMENT:
            raise DocumentError("not an in-toto Statement v1")
        if top.text("predicateType") != CAPTURE:
            raise DocumentError(f"not a capture statement but {top.text('predicateType')}")
        predicate = top.members("predicate")
        return _read_predicate(predicate, _read_records(top, predicate))

    @property
    def refers_to(self) -> str:
        """The record the envelope's record refers to: the last response, else the outcome."""
        answers = [item.id for item in self.records if item.role in ("response", "revisit")]
        outcomes = [item.id for item in self.records if item.role == "outcome"]
        return (answers or outcomes)[-1]


def _write_predicate(statement: CaptureStatement) -> dict[str, Any]:
    layers = statement.layers
    return {
        "critical": [],
        "url": statement.url,
        "final_url": statement.final_url,
        "date": statement.date,
        "claimed_date": statement.claimed_date,
        "outcome": statement.outcome,
        "reason": statement.reason,
        "status": statement.status,
        "grade": statement.grade,
        "limitations": list(statement.limitations),
        "records": [item.to_json() for item in statement.records],
        "envelope": statement.envelope.to_json(),
        "warcinfo": statement.warcinfo.to_json(),
        "digests": {
            "header": layers.header,
            "block": layers.block,
            "entity": layers.entity,
            "content": layers.content,
            "text": layers.text,
        },
        "extraction": statement.extraction.to_json() if statement.extraction else None,
        "same_as": statement.same_as,
        "paragraphs": statement.paragraphs.to_json() if statement.paragraphs else None,
        "claims": statement.claims.to_json() if statement.claims else None,
        "software": dict(statement.software),
        "run": statement.run.to_json() if statement.run else None,
        "signer": statement.signer.to_json(),
        "sequence": statement.sequence,
        "prior": statement.prior,
        "previous": statement.previous,
    }


def _read_records(top: Members, predicate: Members) -> tuple[NamedRecord, ...]:
    subjects = [Members(item, "subject") for item in top.items("subject")]
    details = [Members(item, "record") for item in predicate.items("records")]
    if not subjects or len(subjects) != len(details):
        raise DocumentError("subject and records differ in length, or are empty")
    records = tuple(
        NamedRecord(
            id=read_urn(subject.text("name")),
            role=_word(detail, "role", ROLES),
            header=detail.sha256("header"),
            block=subject.members("digest").sha256("sha256"),
            length=detail.number("length"),
        )
        for subject, detail in zip(subjects, details, strict=True)
    )
    if [item.role for item in records].count("outcome") != 1:
        raise DocumentError("statement does not name exactly one outcome record")
    return records


def _read_predicate(predicate: Members, records: tuple[NamedRecord, ...]) -> CaptureStatement:
    if predicate.items("critical"):
        raise DocumentError("statement has critical fields this version does not know")
    layers = predicate.members("digests")
    return CaptureStatement(
        records=records,
        envelope=EnvelopeRecord.from_json(predicate.members("envelope")),
        warcinfo=Warcinfo.from_json(predicate.members("warcinfo")),
        url=predicate.text("url"),
        final_url=predicate.text("final_url"),
        date=read_date(predicate.text("date")),
        claimed_date=predicate.text_or_none("claimed_date"),
        outcome=_word(predicate, "outcome", OUTCOMES),
        reason=predicate.text_or_none("reason"),
        status=predicate.number_or_none("status"),
        grade=_word(predicate, "grade", GRADES),
        limitations=predicate.texts("limitations"),
        layers=Layers(
            *(
                layers.sha256_or_none(name)
                for name in ("header", "block", "entity", "content", "text")
            )
        ),
        extraction=predicate.map_or_none("extraction", ExtractionStamp.from_json),
        same_as=predicate.sha256_or_none("same_as"),
        paragraphs=predicate.map_or_none("paragraphs", Root.from_json),
        claims=predicate.map_or_none("claims", Root.from_json),
        software=read_texts(predicate.members("software")),
        run=predicate.map_or_none("run", Run.from_json),
        signer=Signer.from_json(predicate.members("signer")),
        sequence=predicate.number("sequence"),
        prior=predicate.sha256_or_none("prior"),
        previous=predicate.sha256_or_none("previous"),
    )


def read_texts(members: Members) -> dict[str, str]:
    """An object of strings; DocumentError when it is not one."""
    return {name: members.text(name) for name in members.value}


def _word(members: Members, name: str, words: tuple[str, ...]) -> str:
    word = members.text(name)
    if word not in words:
        raise DocumentError(f"{name} is {word!r}, not one of {', '.join(words)}")
    return word


def read_date(text: str) -> str:
    """A date as statements write it, as it stands; DocumentError when it is none."""
    if _DATE.match(text) is None:
        raise DocumentError("date is not UTC with microseconds")
    try:
        datetime.fromisoformat(text)
        is_known = text[11:13] != "24"  # from 3.14 on, Python takes it for the next midnight
    except ValueError:
        is_known = False
    if not is_known:
        raise DocumentError("date is no date of the calendar")
    return text


def read_urn(text: str) -> str:
    """A record id as statements write it; DocumentError when it is none."""
    if _URN.match(text) is None:
        raise DocumentError("not a urn:uuid in lower case")
    return text
