"""Statements read by one pattern, against the same bytes read member by member."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from archive.errors import DocumentError
from archive.proof import spelling
from archive.proof.entry import EntryStatement, read_any
from archive.proof.merkle import Root
from archive.proof.spelling import read_statement
from archive.proof.statement import CaptureStatement, ExtractionSummary, Http, Run
from tests.builders import Builder, Capture
from tests.proof.test_statement import CHANGES, GOOD


def _captures() -> list[Capture]:
    builder = Builder()
    first = builder.capture()
    later = [builder.unchanged(first), builder.failure(), builder.imported("urn:a:b", b"text")]
    return [first, *later]


FULL = evolve(
    GOOD,
    reason="why",
    claimed_date="2020-01-01",
    limitations=("one", "two, three", ""),
    http=Http(2),
    run=Run("urn:uuid:00000000-0000-4000-8000-000000000001", "c" * 64, 3, 4),
    same_as="d" * 64,
    prior="e" * 64,
    previous="f" * 64,
    paragraphs=Root("a" * 64, 1),
)
LISTED = evolve(
    GOOD,
    extraction=ExtractionSummary(
        "ok", None, "x/1+rule", "1", {"fast": True, "rules": ["one", "two"]}, {"lxml": "6"}
    ),
)
STATEMENTS = [LISTED, *(capture.statement for capture in _captures()), FULL]
PIECES = (
    *("", '"', "\\", "{", "}", "[", "]", ",", ":", "null", "0", "-1", "1.0", "1e3", "true", " "),
    *("\n", "\0", "é", '\\u0041"', "\\ud800", '""', "[]", "{}", '"a":1', '"a":1,"a":2', "NaN"),
    *('"critical":[],', '"x":null,', '"reason":null,', '"role":"outcome"', '"outcome"', "response"),
    *('"http":null,', '"http":{"rules":2},', '"rules":', '"http":{"rules":-1},'),
    *("a" * 64, "A" * 64, "urn:uuid:", "9" * 19, "00", "[[[[", '"url":"x",', "\ufeff", "٣"),
)


def test_http_rules_are_read_and_written_where_there_are_some() -> None:
    """A statement without rules has no such member, and null is no value for it."""
    assert b'"http"' not in evolve(GOOD, http=None).to_bytes()
    assert read_statement(FULL.to_bytes()) == FULL == CaptureStatement.from_bytes(FULL.to_bytes())
    with pytest.raises(DocumentError):
        read_statement(FULL.to_bytes().replace(b'"http":{"rules":2}', b'"http":null'))


def check(data: bytes) -> None:
    """Both ways give the same statement, or the same error."""
    found: list[CaptureStatement | EntryStatement | str] = []
    for read in (read_statement, read_any):
        try:
            found.append(read(data))
        except DocumentError as error:
            found.append(error.message)
    assert found[0] == found[1]


@pytest.mark.parametrize("statement", STATEMENTS)
def test_our_own_statements_are_read_by_the_pattern(statement: CaptureStatement) -> None:
    """What is written as ours are is read by the pattern, or the quick way is never taken."""
    assert spelling._match(statement.to_bytes()) == statement


@given(CHANGES)
def test_any_statement_reads_the_same_both_ways(changes: dict[str, Any]) -> None:
    """Every statement that can be written is the same, whichever way it is read."""
    statement = evolve(GOOD, **changes)
    assert read_statement(statement.to_bytes()) == statement


@pytest.mark.parametrize("statement", [STATEMENTS[2], FULL])
def test_no_changed_byte_makes_the_two_ways_differ(statement: CaptureStatement) -> None:
    """Every byte of a statement, replaced or left out: the same value or the same error."""
    data = statement.to_bytes()
    for at in range(len(data)):
        for byte in (b"", b'"', b"\\", b"0"):
            check(data[:at] + byte + data[at + 1 :])


@given(st.sampled_from(STATEMENTS), st.data())
def test_no_changed_piece_makes_the_two_ways_differ(
    statement: CaptureStatement, data: st.DataObject
) -> None:
    """Pieces of JSON put in, put over others, or moved: the same value or the same error."""
    text = statement.to_bytes().decode("utf-8")
    for _ in range(data.draw(st.integers(1, 3))):
        start = data.draw(st.integers(0, len(text)))
        end = min(len(text), start + data.draw(st.integers(0, 80)))
        piece = data.draw(st.sampled_from(PIECES) | st.just(text[start:end] * 2))
        text = text[:start] + piece + text[end:]
    check(text.encode("utf-8"))


@given(st.sampled_from(STATEMENTS), st.data())
def test_no_changed_member_makes_the_two_ways_differ(
    statement: CaptureStatement, data: st.DataObject
) -> None:
    """Values between a colon and the next comma, replaced: the same value or the same error."""
    parts = statement.to_bytes().decode("utf-8").split(",")
    at = data.draw(st.integers(0, len(parts) - 1))
    name, colon, _ = parts[at].rpartition(":")
    parts[at] = name + colon + data.draw(st.sampled_from(PIECES))
    check(",".join(parts).encode("utf-8"))


def test_records_that_do_not_fit_are_refused_both_ways() -> None:
    """Lists of another length, no record at all, and no outcome or two: the same error."""
    subject, detail = '{"name":"', '{"role":"'
    text = GOOD.to_bytes().decode("utf-8")
    outcome = next(record for record in GOOD.records if record.role == "outcome")
    others = tuple(record for record in GOOD.records if record.role != "outcome")
    for records in ((), others, (*GOOD.records, outcome), (outcome,)):
        check(evolve(GOOD, records=records).to_bytes())
    for start in (subject, detail):
        at = text.index(start)
        end = text.index(start, at + 1)
        check((text[:at] + text[end:]).encode("utf-8"))
        check((text[:at] + text[at:end] + text[at:]).encode("utf-8"))


def test_statement_over_the_limit_is_refused_both_ways() -> None:
    """The pattern takes nothing that the strict reader finds too large."""
    check(evolve(GOOD, reason="x" * 70_000).to_bytes())
    with pytest.raises(DocumentError, match="larger"):
        read_statement(evolve(GOOD, reason="x" * 70_000).to_bytes())


@pytest.mark.parametrize("date", ["2026-02-30T07:01:09.000000Z", "2026-01-01T24:00:00.000000Z"])
def test_dates_that_no_calendar_has_are_refused_both_ways(date: str) -> None:
    """The pattern takes no date that the strict reader refuses."""
    data = evolve(GOOD, date=date).to_bytes()
    check(data)
    with pytest.raises(DocumentError, match="calendar"):
        read_statement(data)


def test_hour_24_is_refused_both_ways_by_every_python(monkeypatch: pytest.MonkeyPatch) -> None:
    """24:00, which Python's calendar takes from 3.14 on, is no date of a statement."""

    class Later(datetime):
        @classmethod
        def fromisoformat(cls, text: str) -> Later:
            return super().fromisoformat(text.replace("T24", "T00"))

    monkeypatch.setattr("archive.proof.members.datetime", Later)
    data = evolve(GOOD, date="2026-01-01T24:00:00.000000Z").to_bytes()
    check(data)
    with pytest.raises(DocumentError, match="calendar"):
        read_statement(data)
