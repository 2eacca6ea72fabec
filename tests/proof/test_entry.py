"""Entry statements: round trip, and strictness in every field."""

from __future__ import annotations

import json
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from archive import document
from archive.errors import DocumentError
from archive.proof.entry import (
    KINDS,
    TEXT_ROLES,
    EntryStatement,
    Reextraction,
    Subject,
    read_any,
    type_of,
)
from archive.proof.members import write_members
from archive.proof.merkle import Root
from archive.proof.statement import ExtractionSummary, NamedRecord
from tests.builders import Builder

CAPTURE = Builder().capture().statement
STAMP = ExtractionSummary("ok", None, "trafilatura/2.3.1", "2.3.1", {"a": True}, {"lxml": "6"})
AGAIN = Reextraction(
    capture="1" * 64,
    url="https://a.example/",
    final_url="https://a.example/b",
    content="0" * 64,
    text="2" * 64,
    extraction=STAMP,
    paragraphs=Root("3" * 64, 4),
    claims=Root("5" * 64, 6),
)
GOOD = EntryStatement(
    kind="text",
    records=(NamedRecord("urn:uuid:" + "0" * 8 + "-0000" * 3 + "-" + "0" * 12, "claims",
                         "7" * 64, "8" * 64, 9),),
    body=write_members(AGAIN),
    envelope=CAPTURE.envelope,
    warcinfo=CAPTURE.warcinfo,
    date=CAPTURE.date,
    software=CAPTURE.software,
    signer=CAPTURE.signer,
    sequence=3,
    prior="9" * 64,
)  # fmt: skip

_DIGEST = st.binary(min_size=32, max_size=32).map(bytes.hex)
_URN = st.uuids().map(lambda id_: f"urn:uuid:{id_}")
_COUNT = st.integers(0, 2**53)
_TEXT = st.text(st.characters(codec="utf-8"), max_size=20)
_BODY = st.dictionaries(_TEXT, st.none() | _TEXT | _COUNT | st.booleans(), max_size=4)
_CHANGES = st.fixed_dictionaries(
    {
        "kind": st.sampled_from([kind for kind in KINDS if kind != "text"]),
        "subjects": st.lists(st.builds(Subject, _TEXT, _DIGEST), min_size=1, max_size=3).map(tuple),
        "records": st.lists(
            st.builds(NamedRecord, _URN, st.sampled_from(TEXT_ROLES), _DIGEST, _DIGEST, _COUNT),
            max_size=2,
        ).map(tuple),
        "body": _BODY,
        "sequence": _COUNT,
        "prior": st.none() | _DIGEST,
    }
)


@given(_CHANGES)
def test_entries_round_trip(changes: dict[str, Any]) -> None:
    """Every entry that can be written is read back the same, byte for byte."""
    entry = evolve(GOOD, **changes)
    data = entry.to_bytes()
    assert read_any(data) == EntryStatement.from_bytes(data) == entry
    assert EntryStatement.from_bytes(data).to_bytes() == data


def test_a_text_says_what_was_extracted_again() -> None:
    """The body of a text entry is read back as it was, and captures are still read."""
    assert EntryStatement.from_bytes(GOOD.to_bytes()).reextraction() == AGAIN
    assert read_any(CAPTURE.to_bytes()) == CAPTURE
    with pytest.raises(DocumentError, match="not a text but a seal"):
        evolve(GOOD, kind="seal").reextraction()


def _set(value: Any, *path: str | int) -> bytes:
    """The good entry with one member changed; `...` takes it away."""
    told = json.loads(GOOD.to_bytes())
    inner = told
    for name in path[:-1]:
        inner = inner[name]
    if value is ...:
        del inner[path[-1]]
    else:
        inner[path[-1]] = value
    return document.write(told)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (_set("https://in-toto.io/Statement/v0.1", "_type"), "not an in-toto Statement v1"),
        (_set("urn:article-archive:other:v1", "predicateType"), "not a statement of ours"),
        (_set(CAPTURE.to_bytes().decode(), "predicateType"), "not a statement of ours"),
        (_set(["x"], "predicate", "critical"), "critical fields"),
        (_set([], "subject"), "speaks about nothing"),
        (_set("tls", "predicate", "records", 0, "role"), "has the role 'tls'"),
        (_set("A" * 64, "predicate", "records", 0, "header"), "header"),
        (_set("x", "subject", 0, "name"), "not a urn:uuid"),
        (_set(-1, "predicate", "sequence"), "sequence"),
        (_set(True, "predicate", "sequence"), "sequence"),
        (_set("2026-02-30T00:00:00.000000Z", "predicate", "date"), "calendar"),
        (_set(..., "predicate", "prior"), "prior"),
        (_set(..., "predicate", "body", "capture"), "capture"),
        (_set(None, "predicate", "body", "claims"), "claims"),
        (_set([], "predicate", "body"), "body"),
    ],
)  # fmt: skip
def test_what_is_not_as_it_must_be_is_refused(data: bytes, message: str) -> None:
    """A member of another type, missing, unknown and critical, or out of bounds is refused."""
    with pytest.raises(DocumentError, match=message):
        EntryStatement.from_bytes(data)


@given(st.binary(max_size=300))
def test_rubbish_is_refused(data: bytes) -> None:
    """No bytes make the reader fail otherwise than with DocumentError."""
    with pytest.raises(DocumentError):
        read_any(data)


def test_every_kind_has_its_type() -> None:
    """Predicate types are fixed for ever."""
    assert [type_of(kind) for kind in KINDS] == [
        "urn:article-archive:text:v1",
        "urn:article-archive:seal:v1",
        "urn:article-archive:keyring:v1",
        "urn:article-archive:timestamp:v1",
        "urn:article-archive:heartbeat:v1",
        "urn:article-archive:withdrawn:v1",
    ]
