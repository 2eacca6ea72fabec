"""The capture statement: round trip, and strictness in every field."""

from __future__ import annotations

import json
from typing import Any, get_args

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from archive.errors import DocumentError
from archive.literals import Grade
from archive.proof.merkle import Root
from archive.proof.statement import (
    OUTCOMES,
    CaptureStatement,
    ExtractionSummary,
    Layers,
    NamedRecord,
    Run,
)
from tests.builders import Builder

GOOD = Builder().capture().statement

_DIGEST = st.binary(min_size=32, max_size=32).map(bytes.hex)
_URN = st.uuids().map(lambda id_: f"urn:uuid:{id_}")
_TEXT = st.text(st.characters(codec="utf-8"), max_size=20)
_COUNT = st.integers(0, 2**53)
_ROOT = st.none() | st.builds(Root, _DIGEST, _COUNT)
_WORDS = st.dictionaries(_TEXT, _TEXT, max_size=3)
_RECORD = st.builds(
    NamedRecord,
    _URN,
    st.sampled_from(["response", "revisit", "request", "tls", "text", "claims"]),
    _DIGEST,
    _DIGEST,
    _COUNT,
)
CHANGES = st.fixed_dictionaries(
    {
        "records": st.lists(_RECORD, max_size=4).map(lambda some: (*some, GOOD.records[2])),
        "url": _TEXT,
        "final_url": _TEXT,
        "claimed_date": st.none() | _TEXT,
        "outcome": st.sampled_from(OUTCOMES),
        "reason": st.none() | _TEXT,
        "status": st.none() | _COUNT,
        "grade": st.sampled_from(get_args(Grade)),
        "limitations": st.lists(_TEXT, max_size=3).map(tuple),
        "layers": st.builds(Layers, *[st.none() | _DIGEST] * 5),
        "extraction": st.none()
        | st.builds(ExtractionSummary, _TEXT, st.none() | _TEXT, _TEXT, _TEXT, _WORDS, _WORDS),
        "same_as": st.none() | _DIGEST,
        "paragraphs": _ROOT,
        "claims": _ROOT,
        "software": _WORDS,
        "run": st.none() | st.builds(Run, _URN, _DIGEST, _COUNT, _COUNT),
        "sequence": _COUNT,
        "prior": st.none() | _DIGEST,
        "previous": st.none() | _DIGEST,
    }
)


@given(CHANGES)
def test_statement_round_trips(changes: dict[str, Any]) -> None:
    """Every statement that can be written is read back the same, byte for byte."""
    statement = evolve(GOOD, **changes)
    data = statement.to_bytes()
    assert CaptureStatement.from_bytes(data) == statement
    assert CaptureStatement.from_bytes(data).to_bytes() == data


def parsed() -> dict[str, Any]:
    """A good statement as JSON."""
    value = json.loads(GOOD.to_bytes())
    assert isinstance(value, dict)
    return value


def refuses(value: Any) -> bool:
    """Whether a JSON value is refused as a statement."""
    try:
        CaptureStatement.from_bytes(json.dumps(value).encode())
    except DocumentError:
        return True
    return False


def test_every_field_is_wanted() -> None:
    """A statement without any one of its fields, at any level, is refused, but for `http`."""
    assert not refuses(parsed())
    paths: list[tuple[str, ...]] = [(name,) for name in parsed()]
    paths += [("predicate", name) for name in parsed()["predicate"] if name != "http"]
    for inner in ("envelope", "warcinfo", "digests", "signer", "extraction", "claims"):
        paths += [("predicate", inner, name) for name in parsed()["predicate"][inner]]
    for *parents, name in paths:
        value = parsed()
        holder = value
        for parent in parents:
            holder = holder[parent]
        del holder[name]
        assert refuses(value), (*parents, name)


def test_every_field_is_typed() -> None:
    """A field of the predicate with a value of another kind is refused."""
    for name in parsed()["predicate"]:
        for wrong in (True, [1], -1, 1.5):
            value = parsed()
            value["predicate"][name] = wrong
            assert refuses(value), (name, wrong)


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("critical", ["new"]),
        ("outcome", "fine"),
        ("grade", "gold"),
        ("date", "2026-11-22T07:01:09Z"),
        ("date", "2026-11-22T07:01:09.000000+00:00"),
        ("date", "2026-11-22T07:01:09.000000Z\n"),
        ("prior", "A" * 64),
        ("prior", "a" * 63),
        ("previous", ""),
        ("sequence", True),
        ("sequence", -1),
        ("sequence", "0"),
        ("records", []),
        ("software", {"a": 1}),
        ("signer", {"algorithm": "ed25519", "public_key": "!"}),
    ],
)
def test_wrong_values_are_refused(name: str, wrong: Any) -> None:
    """Critical fields, unknown words and malformed values are refused."""
    value = parsed()
    value["predicate"][name] = wrong
    assert refuses(value)


def test_records_and_subject_must_fit() -> None:
    """Subject and records are of one length, with one outcome record, ids in lower case."""
    value = parsed()
    value["subject"].pop()
    assert refuses(value)
    value = parsed()
    value["predicate"]["records"][0]["role"] = "outcome"
    assert refuses(value)
    value = parsed()
    value["subject"][0]["name"] = value["subject"][0]["name"].upper()
    assert refuses(value)
    value = parsed()
    value["subject"], value["predicate"]["records"] = [], []
    assert refuses(value)


def test_other_statements_are_refused_by_name() -> None:
    """Another statement or predicate type is refused, and the message says which it is."""
    value = parsed()
    value["predicateType"] = "https://slsa.dev/provenance/v1"
    with pytest.raises(DocumentError, match="slsa"):
        CaptureStatement.from_bytes(json.dumps(value).encode())
    value = parsed()
    value["_type"] = "https://in-toto.io/Statement/v0.1"
    assert refuses(value)


@given(st.integers(0), st.binary(max_size=6))
def test_changed_bytes_never_raise_anything_else(place: int, new: bytes) -> None:
    """A statement with bytes replaced is read or refused with DocumentError."""
    data = bytearray(GOOD.to_bytes())
    start = place % len(data)
    data[start : start + len(new)] = new
    try:
        CaptureStatement.from_bytes(bytes(data))
    except DocumentError:
        return


def test_envelope_refers_to_the_last_answer_or_the_outcome() -> None:
    """The envelope's record refers to the last response, else to the outcome."""
    assert GOOD.refers_to == GOOD.records[0].id
    failure = Builder().failure().statement
    assert failure.refers_to == failure.records[0].id
