"""From a draft to the exact bytes of a group, its statement signed.

Pure but for the randomness handed in: what the lock told (place in the chain, earlier captures,
the file) comes as parameters.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Generic, TypeVar, cast

from attrs import evolve, frozen

from archive.digest import sha256
from archive.errors import StorageError
from archive.index.rows import Row
from archive.literals import Grade, Outcome, Role
from archive.proof import dsse
from archive.proof.bounds import MAX_ENVELOPE
from archive.proof.entry import EntryStatement
from archive.proof.keys import PrivateKey
from archive.proof.statement import (
    CaptureStatement,
    EnvelopeRecord,
    NamedRecord,
    SignedBy,
    Warcinfo,
)
from archive.store.draft import Draft, EntryDraft, Part
from archive.warc.group import ENVELOPE_TYPE, REVISIT_PROFILE, record_fields, target
from archive.warc.record import Fields, make_urn, write_date
from archive.warc.writer import serialize_head

__all__ = ["Assembled", "Position", "assemble", "assemble_entry", "refer_back"]

_S = TypeVar("_S", CaptureStatement, EntryStatement)

_NOT_ON_REVISIT = frozenset({"WARC-Payload-Digest", "WARC-Truncated"})


@frozen
class Position:
    """Where a capture comes in the collection.

    Attributes:
        sequence: its number over all envelopes.
        prior: SHA-256 of the envelope before it, None for the first.
        previous: SHA-256 of the envelope of the same URL's capture before it, or None.
        warcinfo: the warcinfo record of the file it goes to.
        outcome: ``captured``, ``unchanged`` or ``failed``.
    """

    sequence: int
    prior: str | None
    previous: str | None
    warcinfo: Warcinfo
    outcome: Outcome


@frozen
class Assembled(Generic[_S]):
    """The records of a group as bytes: (header, block) each, envelope last; and its statement."""

    records: tuple[tuple[bytes, bytes], ...]
    statement: _S

    @property
    def envelope(self) -> bytes:
        """The envelope's exact bytes."""
        return self.records[-1][1]


def refer_back(draft: Draft, original: Row) -> Draft:
    """The same draft with its last response written as a revisit of an earlier one.

    Args:
        draft: with `head_length` and an entity digest.
        original: a capture whose full response has the same entity, status and content coding.
    """
    index = max(place for place, part in enumerate(draft.parts) if part.role == "response")
    part = draft.parts[index]
    head = part.block[: draft.head_length]
    extra: Fields = (
        ("WARC-Refers-To", f"<{original.response}>"),
        ("WARC-Refers-To-Target-URI", original.final_url),
        ("WARC-Refers-To-Date", original.date),
        ("WARC-Profile", REVISIT_PROFILE),
        *((name, value) for name, value in part.extra if name not in _NOT_ON_REVISIT),
        ("WARC-Truncated", "length"),
        ("WARC-Payload-Digest", f"sha256:{draft.layers.entity}"),
    )
    revisit = evolve(part, role="revisit", block=head, extra=extra)
    parts = (*draft.parts[:index], revisit, *draft.parts[index + 1 :])
    return evolve(draft, parts=parts)


def assemble(
    draft: Draft,
    place: Position,
    *,
    key: PrivateKey,
    software: Mapping[str, str],
    rng: Callable[[int], bytes],
) -> Assembled[CaptureStatement]:
    """Complete the headers, write the statement, sign it.

    A statement whose envelope would pass the cap becomes a failed capture with the reason
    ``too-large``, of the outcome record alone.
    """
    assembled = _assemble(draft, place, key, software, rng)
    if len(assembled.envelope) > MAX_ENVELOPE:
        return _assemble(_shrink(draft), evolve(place, outcome="failed"), key, software, rng)
    return assembled


def _shrink(draft: Draft) -> Draft:
    outcome = next(part for part in draft.parts if part.role == "outcome")
    return Draft(
        url=draft.url,
        final_url=draft.url,
        date=draft.date,
        grade=cast("Grade", draft.grade),
        limitations=draft.limitations,
        reason="too-large",
        status=draft.status,
        parts=(evolve(outcome, refers_to=None),),
        layers=type(draft.layers)(),
        attempt=draft.attempt,
        claimed_date=draft.claimed_date,
        run=draft.run,
        http=draft.http,
    )


def assemble_entry(
    draft: EntryDraft,
    sequence: int,
    prior: str | None,
    warcinfo: Warcinfo,
    *,
    key: PrivateKey,
    software: Mapping[str, str],
    rng: Callable[[int], bytes],
) -> Assembled[EntryStatement]:
    """Complete the headers of an entry's records, write the statement, sign it.

    Raises:
        StorageError: the envelope would pass the cap.
    """
    date = write_date(draft.date)
    ids = [make_urn(rng) for _ in draft.parts]
    records, named = _write_parts(draft.parts, ids, date, warcinfo)
    name = f"{draft.kind}:{sequence}"
    statement = EntryStatement(
        kind=draft.kind,
        subjects=draft.subjects,
        records=named,
        body=draft.body,
        envelope=EnvelopeRecord(make_urn(rng), target("entry", name), ENVELOPE_TYPE),
        warcinfo=warcinfo,
        date=date,
        software=software,
        signer=SignedBy(key.public.der),
        sequence=sequence,
        prior=prior,
    )
    block = dsse.sign(statement.to_bytes(), key, *draft.also).to_bytes()
    if len(block) > MAX_ENVELOPE:
        raise StorageError(f"a {draft.kind} entry is too large to be signed")
    head = _write_head(Part("entry", name, block), statement.envelope.id, date, warcinfo, ())
    return Assembled((*records, (head, block)), statement)


def _assemble(
    draft: Draft,
    place: Position,
    key: PrivateKey,
    software: Mapping[str, str],
    rng: Callable[[int], bytes],
) -> Assembled[CaptureStatement]:
    date = write_date(draft.date)
    ids = [make_urn(rng) for _ in draft.parts]
    records, named = _write_parts(draft.parts, ids, date, place.warcinfo)
    statement = _state(draft, place, named, key, software, make_urn(rng))
    block = dsse.sign(statement.to_bytes(), key).to_bytes()
    envelope = Part("statement", draft.url, block)
    links = (("WARC-Refers-To", statement.refers_to),)
    head = _write_head(envelope, statement.envelope.id, date, place.warcinfo, links)
    return Assembled((*records, (head, block)), statement)


def _write_parts(
    parts: Sequence[Part], ids: list[str], date: str, warcinfo: Warcinfo
) -> tuple[list[tuple[bytes, bytes]], tuple[NamedRecord, ...]]:
    """The records before an envelope, and how its statement names them."""
    named: list[NamedRecord] = []
    records: list[tuple[bytes, bytes]] = []
    for id_, part in zip(ids, parts, strict=True):
        head = _write_head(part, id_, date, warcinfo, _links(part, ids))
        role = cast("Role", part.role)
        named.append(NamedRecord(id_, role, sha256(head), part.sha256, len(part.block)))
        records.append((head, part.block))
    return records, tuple(named)


def _write_head(part: Part, id_: str, date: str, warcinfo: Warcinfo, links: Fields) -> bytes:
    fields = record_fields(
        part.role,
        id_=id_,
        date=date,
        url=part.url,
        warcinfo=warcinfo.id,
        block_sha256=part.sha256,
        length=len(part.block),
        links=links,
        extra=part.extra,
        content_type=part.content_type,
    )
    return serialize_head(fields)


def _links(part: Part, ids: list[str]) -> Fields:
    places = (("WARC-Concurrent-To", part.concurrent_to), ("WARC-Refers-To", part.refers_to))
    return tuple((field, ids[place]) for field, place in places if place is not None)


def _state(
    draft: Draft,
    place: Position,
    named: tuple[NamedRecord, ...],
    key: PrivateKey,
    software: Mapping[str, str],
    envelope_id: str,
) -> CaptureStatement:
    return CaptureStatement(
        records=named,
        envelope=EnvelopeRecord(envelope_id, target("statement", draft.url), ENVELOPE_TYPE),
        warcinfo=place.warcinfo,
        url=draft.url,
        final_url=draft.final_url,
        date=write_date(draft.date),
        claimed_date=draft.claimed_date,
        outcome=place.outcome,
        reason=draft.reason,
        status=draft.status,
        grade=cast("Grade", draft.grade),
        limitations=draft.limitations,
        http=draft.http,
        layers=evolve(draft.layers, block=_block_digest(named)),
        extraction=draft.extraction,
        same_as=draft.same_as,
        paragraphs=draft.paragraphs,
        claims=draft.claims,
        software=software,
        run=draft.run,
        signer=SignedBy(key.public.der),
        sequence=place.sequence,
        prior=place.prior,
        previous=place.previous,
    )


def _block_digest(named: tuple[NamedRecord, ...]) -> str | None:
    """The block digest of the last response, or of the imported file."""
    answers = [item.block for item in named if item.role in ("response", "revisit", "import")]
    return answers[-1] if answers else None
