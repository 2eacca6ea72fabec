"""Statements of later versions: what can be known of them, which is their head.

A verifier meets files that are newer than itself. It must call none of them *failed* for that, and
nothing *passed* that it did not understand. So every statement of ours, of whatever kind and
version, has a head of the same form: where it stands (``sequence``, ``prior``, ``previous``,
``chain``), which records are its own (``records``, or a ``manifest`` where they are many), and what
its envelope's record looks like. From the head alone signature, coverage, sequence and log are
checked. What else it says is not looked at.

Not understood is a statement of an unknown kind or version, with a name in ``critical``, or with a
word where this version knows a closed list of words. One of an unknown kind that
is marked ``supplement`` changes the meaning of no other, so that nothing is amiss without it. The
whole rule is written down in ``docs/reference/compatibility.md``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Annotated, Any, get_args

from attrs import field, frozen

from archive.document import Members
from archive.errors import DocumentError
from archive.literals import Grade
from archive.proof.bounds import MAX_LINES
from archive.proof.entry import (
    KINDS,
    EntryStatement,
    has_known_chain,
    read_kind,
    read_opened,
    type_of,
)
from archive.proof.keys import ALGORITHM
from archive.proof.members import (
    ELSEWHERE,
    NULLABLE,
    Date,
    Sha256,
    Urn,
    read_members,
)
from archive.proof.statement import (
    CAPTURE,
    OUTCOMES,
    CaptureStatement,
    ChainPlace,
    EnvelopeRecord,
    NamedRecord,
    SignedBy,
    Warcinfo,
    count_elsewhere,
    open_statement,
    read_records,
)

__all__ = [
    "LaterStatement",
    "Line",
    "Manifest",
    "read_growing",
    "read_lines",
]

_KNOWN = frozenset({CAPTURE, *map(type_of, KINDS)})
_NEVER_SUPPLEMENTS = frozenset({"capture", "keyring", "seal", "restart"})
_LINE = re.compile(
    rb"([^\x00-\x20\x7f]{1,2048}) ([a-z0-9-]{1,64}) ([0-9a-f]{64}) ([0-9a-f]{64}) "
    rb"(0|[1-9][0-9]{0,17})((?: [^\x00-\x20\x7f=]+=[^\x00-\x20\x7f]*)*)\Z"
)
_KIND = "the kind of statement"


@frozen
class Manifest:
    """The first record of a large group, which lists the others, and what it must be.

    Attributes:
        id, header, block, length: of its record, as statements name records.
        count: how many lines it has.
        root: RFC 6962's tree hash over the lines without their LF.
    """

    id: Urn
    header: Sha256
    block: Sha256
    length: int
    count: int
    root: Sha256


@frozen
class Line:
    """What a manifest says of one record.

    Attributes:
        id, role, header, block, length: as in a statement.
        of: id of the record whose payload a revisit repeats, or None.
        entity: SHA-256 of the body after transfer coding, or None.
    """

    id: str
    role: str
    header: str
    block: str
    length: int
    of: str | None = None
    entity: str | None = None


@frozen(kw_only=True)
class LaterStatement:
    """The head of a statement that this version does not understand.

    Attributes:
        kind: its kind and version, such as ``note:v1``.
        reason: what of it is not understood, in words.
        is_supplement: whether it changes the meaning of no other statement.
        records: the records before its envelope, where it names them itself.
        manifest: what names them in its place.
        url, previous: None where it has none.
        elsewhere: how many records it names that stand in other groups or files.
        is_placed: whether the chain that it stands in is one of a known form.
    """

    kind: Annotated[str, ELSEWHERE]
    reason: Annotated[str, ELSEWHERE]
    is_supplement: Annotated[bool, ELSEWHERE]
    is_placed: Annotated[bool, ELSEWHERE]
    date: Date
    url: Annotated[str | None, ELSEWHERE]
    records: tuple[NamedRecord, ...] = field(factory=tuple)
    manifest: Annotated[Manifest | None, NULLABLE] = None
    envelope: EnvelopeRecord
    warcinfo: Warcinfo
    software: Annotated[Any, ELSEWHERE]
    signer: SignedBy
    chain: Annotated[ChainPlace | None, NULLABLE] = None
    sequence: int
    prior: Sha256 | None
    previous: Annotated[str | None, ELSEWHERE] = None
    elsewhere: Annotated[int, ELSEWHERE] = 0

    @property
    def is_capture(self) -> bool:
        """Whether it is a capture, of whatever version."""
        return self.kind.startswith("capture:")

    @property
    def refers_to(self) -> str | None:
        """The record that its envelope's record refers to, None for none."""
        if self.envelope.refers_to is not None:
            return self.envelope.refers_to or None
        if not self.is_capture:
            return None
        wanted = ("response", "revisit"), ("outcome",)
        found = ([one.id for one in self.records if one.role in roles] for roles in wanted)
        return next((ids[-1] for ids in found if ids), None)


def read_growing(data: bytes) -> CaptureStatement | EntryStatement | LaterStatement:
    """Read a statement of ours strictly; of one that is not understood, its head.

    Raises:
        DocumentError: it is no statement of ours, its head is broken, or it is understood and not
            as its kind must be.
    """
    top = open_statement(data)
    kind = read_kind(top)
    reasons = _list_reasons(top.text("predicateType"), top.members("predicate"))
    reason = next(reasons, None)
    return read_opened(top) if reason is None else _read_later(top, kind, reason)


def _list_reasons(kind: str, predicate: Members) -> Iterator[str]:
    """Every one, the kind last: a supplement that says more than that is none to be passed over."""
    if predicate.members("signer").text("algorithm") != ALGORITHM:
        yield "the algorithm of its signature"
    if predicate.items("critical"):
        yield "what it calls critical"
    if not has_known_chain(predicate):
        yield "the chain that it stands in"
    if kind == CAPTURE and predicate.text("grade") not in get_args(Grade):
        yield "its grade"
    if kind == CAPTURE and predicate.text("outcome") not in OUTCOMES:
        yield "its outcome"
    if kind == type_of("keyring") and "roles" in predicate.members("body"):
        yield "the roles of its keys"
    if kind in _KNOWN and "manifest" in predicate and not predicate.is_null("manifest"):
        yield "a manifest in place of its records"
    if kind not in _KNOWN:
        yield _KIND


def _read_later(top: Members, kind: str, reason: str) -> LaterStatement:
    predicate = top.members("predicate")
    family = kind.partition(":")[0]
    is_placed = has_known_chain(predicate)
    marked = reason == _KIND and predicate.value.get("supplement") is True
    later = read_members(
        LaterStatement,
        predicate,
        kind=kind,
        reason=reason,
        is_supplement=marked and family not in _NEVER_SUPPLEMENTS,
        is_placed=is_placed,
        url=predicate.text_or_none("url") if "url" in predicate else None,
        previous=_read_previous(predicate),
        elsewhere=count_elsewhere(predicate),
        software=predicate.members("software").value,
        records=_read_records(top, predicate),
        **({} if is_placed else {"chain": None}),
    )
    if later.manifest is not None and (later.records or later.manifest.count > MAX_LINES):
        raise DocumentError("a statement with a manifest names records besides, or too many")
    return later


def _read_previous(predicate: Members) -> str | None:
    is_there = "previous" in predicate and not predicate.is_null("previous")
    return predicate.sha256("previous") if is_there else None


def _read_records(top: Members, predicate: Members) -> tuple[NamedRecord, ...]:
    if "records" not in predicate:
        if "manifest" not in predicate or predicate.is_null("manifest"):
            raise DocumentError("a statement has neither records nor a manifest")
        return ()
    details = [Members(item, "record") for item in predicate.items("records")]
    subjects = [Members(item, "subject") for item in top.items("subject")]
    if len(details) > len(subjects):
        raise DocumentError("a statement names records that are no subject of it")
    return read_records(subjects, details)


def read_lines(data: bytes) -> tuple[list[bytes], list[Line]]:
    """The lines of a manifest without their LF, as bytes and as what they say.

    Raises:
        DocumentError: a line is not as it must be, or they are too many.
    """
    if data and not data.endswith(b"\n"):
        raise DocumentError("the last line of a manifest has no end")
    lines = data.split(b"\n")[:-1]
    if len(lines) > MAX_LINES:
        raise DocumentError(f"a manifest of more than {MAX_LINES} lines")
    return lines, [_read_line(line) for line in lines]


def _read_line(line: bytes) -> Line:
    found = _LINE.match(line)
    if found is None:
        raise DocumentError("a line of a manifest is not as it must be")
    try:
        id_, role, header, block, length, more = (part.decode("utf-8") for part in found.groups())
    except UnicodeDecodeError:
        raise DocumentError("a line of a manifest is not UTF-8") from None
    said = dict(item.partition("=")[::2] for item in reversed(more.split()))
    return Line(id_, role, header, block, int(length), said.get("of"), said.get("entity"))
