"""Contradictions between a statement and the records it names, all of them signed."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from attrs import evolve

from archive import document
from archive.verification import Report
from tests.builders import (
    Builder,
    Capture,
    Member,
    check,
    edit_block,
    edit_head,
    put_together,
    replace_envelope,
)

OTHER = b"<urn:uuid:99999999-9999-4999-8999-999999999999>"


def verify_edited(
    kind: str, edit: Callable[[Member], Member], capture: Capture | None = None, **said: Any
) -> Report:
    """The report on a capture of which one record was other, before it was signed."""
    builder = Builder()
    capture = capture or builder.capture()
    builder.begin_file()
    at = next(n for n, member in enumerate(capture.members) if member.kind == kind)
    edited = edit(capture.members[at])
    records = list(capture.statement.records)
    records[at] = evolve(
        records[at],
        header=hashlib.sha256(edited.head).hexdigest(),
        block=hashlib.sha256(edited.block).hexdigest(),
        length=len(edited.block),
    )
    members = [*capture.members[:at], edited, *capture.members[at + 1 :]]
    statement = evolve(capture.statement, records=tuple(records), **said)
    first = Builder().begin_file()
    return check(put_together([first, *replace_envelope(members, statement)]), whole=True)


def test_capture_signed_as_it_is_verifies() -> None:
    """What the other tests change is verified before it is changed."""
    assert verify_edited("outcome", lambda member: member).verdict == "verified"


def test_capture_in_which_nothing_was_received_holds_no_answer_and_failed() -> None:
    """Grade none beside a response, or with an article, contradicts itself."""
    report = verify_edited("outcome", lambda member: member, grade="none")
    told = " ".join(item.message for item in report.findings)
    assert "grade none holds a response" in told
    assert "nothing was received did not fail" in told


@pytest.mark.parametrize("kind", ["response", "request", "outcome", "text", "claims"])
def test_link_to_another_warcinfo_fails_headers(kind: str) -> None:
    """A record that belongs to another file's warcinfo than its statement contradicts it."""
    report = verify_edited(kind, lambda member: _replace(member, "WARC-Warcinfo-ID", OTHER))
    assert [item.check for item in report.findings] == ["headers"]
    assert f"Warcinfo-ID of the {kind}" in report.findings[0].message


@pytest.mark.parametrize(
    ("kind", "field"),
    [("request", "WARC-Concurrent-To"), ("outcome", "WARC-Refers-To")],
)
def test_link_out_of_the_capture_fails_headers(kind: str, field: str) -> None:
    """A record that refers to a record of another capture contradicts its statement."""
    report = verify_edited(kind, lambda member: _replace(member, field, OTHER))
    assert [item.check for item in report.findings] == ["headers"]
    assert "outside its capture" in report.findings[0].message


def test_link_in_an_unusual_header_is_found_too() -> None:
    """A header of another form than our writer's is held to the same links."""

    def edit(member: Member) -> Member:
        moved = edit_head(member, b"\r\n\r\n", b"\r\nX-More: 1\r\n\r\n")
        return _replace(moved, "WARC-Concurrent-To", OTHER)

    report = verify_edited("request", edit)
    assert [item.check for item in report.findings] == ["headers"]
    assert "outside its capture" in report.findings[0].message


@pytest.mark.parametrize("kind", ["response", "request"])
def test_first_target_that_is_not_the_url_fails_headers(kind: str) -> None:
    """The first response and the first request are for the URL that the statement names."""
    report = verify_edited(
        kind, lambda member: edit_head(member, b"news.example/a", b"else.example/")
    )
    assert {item.check for item in report.findings} == {"headers"}
    messages = [item.message for item in report.findings]
    assert f"target of the first {kind} is not the statement's URL" in messages


@pytest.mark.parametrize(
    ("member", "value"),
    [
        ("url", "https://news.example/b"),
        ("final_url", "https://news.example/b"),
        ("status", 404),
        ("status", None),
        ("status", 200.0),
        ("status", True),
        ("reason", "dns"),
        ("url", None),
    ],
)
def test_outcome_record_that_contradicts_its_statement_fails_blocks(
    member: str, value: object
) -> None:
    """What the outcome record tells of URL, final URL, status and reason is the statement's."""
    agreed: dict[str, object] = {
        "url": "https://news.example/a",
        "final_url": "https://news.example/a",
        "status": 200,
        "reason": None,
    }
    for told, findings in ((agreed, []), ({**agreed, member: value}, ["blocks"])):
        report = verify_edited("outcome", partial(_tell, told=told))
        assert [item.check for item in report.findings] == findings
        assert all(f"{member} in the outcome record" in item.message for item in report.findings)


@pytest.mark.parametrize("block", [b"", b"{", b"[]", b'{"url":1,"url":1}', b"\xff", b"[" * 100])
def test_outcome_record_that_is_no_strict_object_fails_blocks(block: bytes) -> None:
    """An outcome record is read as strictly as a statement."""
    report = verify_edited(
        "outcome", lambda member: edit_block(member, member.block, block, digest=True)
    )
    assert [item.check for item in report.findings] == ["blocks"]
    assert "outcome record" in report.findings[0].message


def test_capture_whose_envelope_was_too_large_may_tell_what_it_received() -> None:
    """Of such a capture only the outcome record is kept, written before it failed."""
    builder = Builder()
    builder.begin_file()
    told: dict[str, object] = {
        "url": "https://news.example/gone",
        "final_url": "https://other.example/",
        "reason": None,
    }
    capture = builder.failure()
    for reason, findings in (("too-large", 0), ("dns", 2)):
        report = verify_edited(
            "outcome", lambda member: _tell(member, told), capture, reason=reason
        )
        assert len(report.findings) == findings


def test_outcome_record_too_large_to_hold_is_counted() -> None:
    """An outcome record of a size that ours never have is not compared, and that is said."""
    block = b'{"url":"https://else.example/","more":"' + b"x" * (1 << 18) + b'"}'
    report = verify_edited(
        "outcome", lambda member: edit_block(member, member.block, block, digest=True)
    )
    assert report.findings == ()
    assert "outcome records too large" in (report.check("blocks").reason or "")


def _replace(member: Member, field: str, value: bytes) -> Member:
    pattern = rb"(?m)^%b: <[^>]*>" % field.encode()
    assert re.search(pattern, member.head)
    return Member(re.sub(pattern, field.encode() + b": " + value, member.head), member.block)


def _tell(member: Member, told: dict[str, object]) -> Member:
    return _rewrite(member, document.write(told))


def _rewrite(member: Member, block: bytes) -> Member:
    return edit_block(member, member.block, block, digest=True)
