"""Verdicts, lone files and collections, looking deep, the report and its words."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
import subprocess
import sys
from typing import Any, get_args

import pytest
from attrs import astuple, evolve

from archive.errors import IntegrityError, UsageError
from archive.proof.merkle import Root
from archive.verification import CHECKS, NAMES, Report, Trust, describe, show
from archive.verification.checks import CheckName, Need, Rule, list_checks
from archive.verification.report import Check, Finding
from tests.builders import (
    OTHER_KEY,
    Builder,
    Member,
    Page,
    check,
    check_sources,
    edit_block,
    edit_head,
    make_key,
    put_together,
    replace_envelope,
    small_file,
    source_of,
)
from tests.places import ROOT


def rich() -> list[Member]:
    """One file with a capture, the same unchanged, a failure and an import."""
    builder = Builder()
    members = [builder.begin_file()]
    first = builder.capture()
    members += [*first.members, *builder.unchanged(first).members, *builder.failure().members]
    return [*members, *builder.imported("https://news.example/x", b"Scraped.\n").members]


def two_files() -> tuple[bytes, bytes]:
    """Two files of one collection, two captures each."""
    builder = Builder()
    files = []
    for _ in range(2):
        members = [builder.begin_file()]
        members += builder.capture().members + builder.capture().members
        files.append(put_together(members))
    return files[0], files[1]


def results(report: Report) -> dict[str, str]:
    """Result by check."""
    return {item.name: item.result for item in report.checks}


@pytest.mark.parametrize("deep", [False, True])
def test_every_kind_of_capture_verifies(deep: bool) -> None:
    """Captured, unchanged, failed and imported captures verify, at every depth."""
    report = check(put_together(rich()), whole=True, deep=deep)
    assert report.verdict == "verified"
    assert report.ok
    assert report.exit_code == 0
    assert (report.files, report.captures, report.statements) == (1, 4, 4)
    assert [name for name, result in results(report).items() if result != "passed"] == [
        "text",
        "log",
        "consistency",
        "timestamp",
        "witness",
    ]


def test_nothing_given_is_nothing_verified() -> None:
    """No file at all, and a file with a warcinfo only, give `nothing`, never `verified`."""
    for report in (check(), check(Builder().begin_file().to_bytes(), whole=True)):
        assert report.verdict == "nothing"
        assert report.exit_code == 4
        assert not report.ok


def test_nobody_trusted_is_untrusted() -> None:
    """Without trust from outside nothing in the file makes it verified."""
    report = check(put_together(rich()), trust=Trust())
    assert report.verdict == "untrusted"
    assert report.check("coverage").result == "passed"


def test_required_check_that_was_not_made_is_incomplete() -> None:
    """A required check that is not passed makes `incomplete`; a failed one outranks it."""
    data = put_together(rich())
    assert check(data, required=["log"]).verdict == "incomplete"
    assert check(data, required=["signature"]).verdict == "verified"
    assert check(data, trust=Trust(), required=["signature"]).verdict == "incomplete"
    assert check(data[:-1], required=["log"]).verdict == "failed"
    with pytest.raises(UsageError):
        check(data, required=["luck"])


def test_require_raises_for_what_did_not_pass() -> None:
    """`report.require` raises IntegrityError for failed and unchecked checks, by name."""
    report = check(put_together(rich()), whole=True)
    report.require("framing", "headers", "signature", "coverage", "sequence")
    with pytest.raises(IntegrityError, match="blocks incomplete"):
        report.require("blocks")
    with pytest.raises(IntegrityError, match="log not checked"):
        report.require("framing", "log")
    with pytest.raises(UsageError):
        report.require("luck")


def test_files_of_a_collection_follow_one_another() -> None:
    """The second file of a collection goes on where the first one ended."""
    one, two = two_files()
    report = check(one, two, whole=True)
    assert report.verdict == "verified"
    assert report.check("sequence").reason is None
    assert report.check("sequence").count == 4


def test_collection_in_another_order_or_with_a_file_missing_fails_sequence() -> None:
    """Files exchanged, or the first one gone, fail check `sequence`."""
    one, two = two_files()
    for files in ((two, one), (two,)):
        report = check(*files, whole=True)
        assert report.verdict == "failed"
        assert results(report)["sequence"] == "failed"


def test_file_given_twice_fails_coverage() -> None:
    """The same records under two names are two records of one id."""
    one, _ = two_files()
    assert results(check(one, one))["coverage"] == "failed"


def test_lone_file_says_what_is_elsewhere() -> None:
    """A lone file that is not a collection's first verifies, and names what lies before it."""
    _, two = two_files()
    report = check(two)
    assert report.verdict == "verified"
    assert report.check("sequence").result == "passed"
    reason = report.check("sequence").reason or ""
    assert "earlier captures that are elsewhere (1)" in reason
    assert "previous captures of a URL that are elsewhere (1)" in reason


def test_lone_capture_from_the_middle_has_no_checked_sequence() -> None:
    """Where no link at all could be followed, check `sequence` is not checked."""
    builder = Builder()
    builder.begin_file()
    builder.capture()
    members = [builder.begin_file(), *builder.capture().members]
    report = check(put_together(members))
    assert report.check("sequence").result == "not-checked"
    assert report.verdict == "verified"


def test_lone_files_of_two_collections_verify_together() -> None:
    """Files of different collections and keys do not disturb each other."""
    other = Builder(OTHER_KEY)
    second = put_together([other.begin_file(), *other.capture().members])
    trust = Trust({make_key(n).public.fingerprint: "pinned" for n in (1, 2)})
    report = check(put_together(rich()), second, trust=trust)
    assert report.verdict == "verified"
    assert [item.by for item in report.signers] == ["pinned", "pinned"]


def test_foreign_file_beside_a_signed_one_is_unsigned_and_fails_in_a_collection() -> None:
    """A file without envelopes takes `verified` away; inside a collection it is a failure."""
    builder = Builder(OTHER_KEY)
    foreign = [builder.begin_file("other/1"), *builder.capture().members[:1]]
    data = put_together(foreign)
    assert check(put_together(rich()), data).verdict == "unsigned"
    assert results(check(put_together(rich()), data, whole=True))["coverage"] == "failed"


@pytest.mark.parametrize("software", ["article-archive/0", "somebody else"])
def test_warcinfo_that_no_statement_names_is_never_verified(software: str) -> None:
    """A file of a warcinfo alone fails inside a collection, and elsewhere takes `verified` away."""
    builder = Builder()
    good = put_together([builder.begin_file(), *builder.capture().members])
    forged = Builder(OTHER_KEY).begin_file(software).to_bytes()
    later = put_together([builder.begin_file(), *builder.capture().members])
    report = check(good, forged, later, whole=True)
    assert [item.message for item in report.findings] == ["warcinfo named by no statement"]
    for report in (check(good, forged), check(forged, good)):
        assert report.verdict == "incomplete"
        assert report.findings == ()
        assert report.check("coverage").result == "not-checked"
    last = check(good, forged, whole=True)  # a writer that died leaves this too: no failure
    assert last.verdict == "incomplete"
    assert last.findings == ()
    assert last.check("coverage").result == "not-checked"


def test_after_broken_framing_no_check_is_passed() -> None:
    """What was not read is not passed: every check over it says so, with the file's name."""
    one, two = two_files()
    report = check(one[:-5] + b"x", two)
    assert results(report)["framing"] == "failed"
    for name in ("headers", "blocks", "signature", "coverage", "sequence"):
        assert report.check(name).result == "not-checked"
        assert "the rest of 0 was not read" in (report.check(name).reason or "")


def test_without_deep_blocks_say_what_was_not_recomputed() -> None:
    """Layers and roots are named as not recomputed unless looking deep: in Python's words, and in
    those of the command where the command prints them.
    """
    builder = Builder()
    data = put_together([builder.begin_file(), *builder.failure().members])
    report = check(data)
    said = "layers and roots of captures, which {} recomputes (1)"
    assert said.format("verify(deep=True)") in (report.check("blocks").reason or "")
    printed = [one["reason"] for one in report.to_dict()["checks"] if one["name"] == "blocks"]
    assert said.format("--deep") in printed[0]
    assert said.format("--deep") in "\n".join(describe(report))
    assert "--" not in "".join(one.reason or "" for one in report.checks)
    assert check(data, deep=True).check("blocks").reason is None


def test_wrong_previous_fails_sequence() -> None:
    """A capture that names another previous capture of its URL than the last one is a finding."""
    for wrong in (None, "0" * 64):
        builder = Builder()
        members = [builder.begin_file(), *builder.capture().members]
        last = builder.capture()
        members += replace_envelope(last.members, evolve(last.statement, previous=wrong))
        report = check(put_together(members), whole=True)
        assert [item.check for item in report.findings] == ["sequence"]


def test_previous_of_the_first_capture_of_a_url_fails_sequence() -> None:
    """Where all is read from the first capture on, none before it can be named."""
    builder = Builder()
    members = [builder.begin_file(), *builder.capture().members]
    other = builder.capture("https://news.example/b")
    members += replace_envelope(other.members, evolve(other.statement, previous="0" * 64))
    for whole in (False, True):
        found = [item.message for item in check(put_together(members), whole=whole).findings]
        assert found == ["previous names a capture that is not there"]


def test_statement_that_contradicts_its_records_fails_headers() -> None:
    """What a signed statement says of date, URL and length must be what its records say."""
    changes: list[dict[str, Any]] = [
        {"date": "2026-01-01T00:00:00.000000Z"},
        {"url": "https://news.example/other"},
        {"final_url": "https://news.example/other"},
    ]
    for change in changes:
        builder = Builder()
        capture = builder.capture()
        assert builder.warcinfo is not None
        said = evolve(capture.statement, **change)
        data = put_together([builder.warcinfo, *replace_envelope(capture.members, said)])
        report = check(data, whole=True)
        assert results(report)["headers"] == "failed"
        assert results(report)["signature"] == "passed"


@pytest.mark.parametrize(
    "change",
    [{"reason": "dns"}, {"outcome": "failed"}, {"grade": "html"}, {"grade": "text"}],
    ids=str,
)
def test_statement_that_contradicts_itself_fails_headers(change: dict[str, str]) -> None:
    """Grade, outcome and reason must fit each other and the kinds of records."""
    builder = Builder()
    capture = builder.capture()
    assert builder.warcinfo is not None
    said = evolve(capture.statement, **change)  # type: ignore[arg-type]
    data = put_together([builder.warcinfo, *replace_envelope(capture.members, said)])
    assert {item.check for item in check(data, whole=True).findings} == {"headers"}


def test_date_that_is_none_fails() -> None:
    """A signed date must be one of the calendar."""
    builder = Builder()
    capture = builder.capture()
    assert builder.warcinfo is not None
    said = evolve(capture.statement, date="2026-02-30T07:01:09.000000Z")
    data = put_together([builder.warcinfo, *replace_envelope(capture.members, said)])
    messages = [item.message for item in check(data, whole=True).findings]
    assert any("date" in message and "calendar" in message for message in messages)


def test_capture_from_the_wire_without_a_response_fails_headers() -> None:
    """What is said to come from the wire needs a response, and is no imported file."""
    contradictions: list[dict[str, Any]] = [
        {"outcome": "captured", "reason": None},
        {"grade": "wire"},
    ]
    for words in contradictions:
        builder = Builder()
        url = "https://news.example/x"
        made = builder.failure(url) if "outcome" in words else builder.imported(url, b"x\n")
        assert builder.warcinfo is not None
        said = evolve(made.statement, **words)
        data = put_together([builder.warcinfo, *replace_envelope(made.members, said)])
        assert results(check(data, whole=True))["headers"] == "failed"


@pytest.mark.parametrize("layer", ["block", "text"])
def test_layer_that_is_not_its_record_fails_blocks(layer: str) -> None:
    """The block and text layers are the digests of their records."""
    builder = Builder()
    capture = builder.capture()
    assert builder.warcinfo is not None
    layers = evolve(capture.statement.layers, **{layer: "0" * 64})
    said = evolve(capture.statement, layers=layers)
    data = put_together([builder.warcinfo, *replace_envelope(capture.members, said)])
    assert results(check(data, whole=True))["blocks"] == "failed"


@pytest.mark.parametrize("layer", ["header", "entity", "content"])
def test_deep_recomputes_the_layers_of_a_response(layer: str) -> None:
    """A signed but wrong header, entity or content digest shows only when looking deep."""
    builder = Builder()
    capture = builder.capture()
    assert builder.warcinfo is not None
    layers = evolve(capture.statement.layers, **{layer: "0" * 64})
    said = evolve(capture.statement, layers=layers)
    data = put_together([builder.warcinfo, *replace_envelope(capture.members, said)])
    assert check(data, whole=True).verdict == "verified"
    report = check(data, whole=True, deep=True)
    assert [item.message for item in report.findings] == [
        f"the {layer} layer is not what the bytes give"
    ]


def test_deep_undoes_transfer_and_content_coding() -> None:
    """Entity is the body after transfer coding, content after content coding."""
    content = b"<p>One.</p>" * 50_000
    entity = gzip.compress(content)
    chunks = b"".join(
        b"%x\r\n%b\r\n" % (len(entity[at : at + 100]), entity[at : at + 100])
        for at in range(0, len(entity), 100)
    )
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n\r\n"
    page = Page(body=chunks + b"0\r\n\r\n", head=head, entity=entity, content=content)
    builder = Builder()
    data = put_together([builder.begin_file(), *builder.capture(page=page).members])
    report = check(data, whole=True, deep=True)
    assert report.findings == ()
    broken = evolve(page, content=b"other")
    builder = Builder()
    data = put_together([builder.begin_file(), *builder.capture(page=broken).members])
    assert results(check(data, whole=True, deep=True))["blocks"] == "failed"


@pytest.mark.parametrize("root", ["paragraphs", "claims"])
def test_deep_recomputes_the_roots(root: str) -> None:
    """A signed but wrong root over paragraphs or claims shows when looking deep."""
    builder = Builder()
    capture = builder.capture()
    assert builder.warcinfo is not None
    wrong = evolve(getattr(capture.statement, root), root="0" * 64)
    said = evolve(capture.statement, **{root: wrong})
    data = put_together([builder.warcinfo, *replace_envelope(capture.members, said)])
    assert check(data, whole=True).verdict == "verified"
    report = check(data, whole=True, deep=True)
    assert [item.check for item in report.findings] == ["blocks"]
    assert root in report.findings[0].message


def test_deep_checks_payload_digests_of_ours() -> None:
    """A signed header's payload digest is recomputed only when looking deep, and says so."""
    data = put_together(rich())
    shallow = check(data, whole=True).check("blocks")
    assert "verify(deep=True)" in (shallow.reason or "")
    deep = check(data, whole=True, deep=True).check("blocks")
    assert "deep" not in (deep.reason or "")


def test_taken_over_text_must_be_the_earlier_captures() -> None:
    """An unchanged capture whose text is not that of the capture it names fails `blocks`."""
    builder = Builder()
    first = builder.capture()
    again = builder.unchanged(first)
    assert builder.warcinfo is not None
    layers = evolve(again.statement.layers, text=hashlib.sha256(b"other").hexdigest())
    members = replace_envelope(again.members, evolve(again.statement, layers=layers))
    data = put_together([builder.warcinfo, *first.members, *members])
    assert [item.check for item in check(data, whole=True).findings] == ["blocks"]


@pytest.mark.parametrize("root", ["paragraphs", "claims"])
def test_taken_over_roots_must_be_the_earlier_captures(root: str) -> None:
    """An unchanged capture with another root, or none, than the capture it names fails `blocks`."""
    for wrong in (Root("0" * 64, 1), None):
        builder = Builder()
        first = builder.capture()
        again = builder.unchanged(first)
        assert builder.warcinfo is not None
        changed: Any = {root: wrong}
        said = evolve(again.statement, **changed)
        members = [*first.members, *replace_envelope(again.members, said)]
        report = check(put_together([builder.warcinfo, *members]), whole=True)
        assert [item.check for item in report.findings] == ["blocks"]
        assert "not that capture's text" in report.findings[0].message


def test_claims_root_and_claims_record_come_together() -> None:
    """A claims root without a claims record, or a record without the root, fails `blocks`."""
    builder = Builder()
    capture = builder.capture()
    assert builder.warcinfo is not None
    bare = replace_envelope(capture.members, evolve(capture.statement, claims=None))
    kept = [member for member in capture.members if member.kind != "claims"]
    records = tuple(item for item in capture.statement.records if item.role != "claims")
    rootless = replace_envelope(kept, evolve(capture.statement, records=records))
    for members in (bare, rootless):
        report = check(put_together([builder.warcinfo, *members]), whole=True)
        assert [item.check for item in report.findings] == ["blocks"]
        assert "do not come together" in report.findings[0].message


def test_claims_root_changed_together_with_the_claims_record_is_no_contradiction() -> None:
    """Deep: root and record must fit each other, whoever wrote them; both anew, they do."""
    builder = Builder()
    capture = builder.capture()
    assert builder.warcinfo is not None
    other = Builder().capture(page=Page(claims=("Another",)))
    at = next(n for n, member in enumerate(capture.members) if member.kind == "claims")
    swapped = [*capture.members[:at], other.members[at], *capture.members[at + 1 :]]
    records = list(capture.statement.records)
    records[at] = other.statement.records[at]
    for root, verdict in (
        (other.statement.claims, "verified"),
        (capture.statement.claims, "failed"),
    ):
        said = evolve(capture.statement, records=tuple(records), claims=root)
        data = put_together([builder.warcinfo, *replace_envelope(swapped, said)])
        assert check(data, whole=True, deep=True).verdict == verdict


def test_revisit_of_another_entity_fails() -> None:
    """A revisit's payload digest must be its entity layer, and that of the response named."""
    builder = Builder()
    first = builder.capture()
    again = builder.unchanged(first)
    assert builder.warcinfo is not None
    layers = evolve(again.statement.layers, entity="0" * 64)
    members = replace_envelope(again.members, evolve(again.statement, layers=layers))
    data = put_together([builder.warcinfo, *first.members, *members])
    for deep in (False, True):
        report = check(data, whole=True, deep=deep)
        assert {item.check for item in report.findings} == {"blocks"}


CHUNKED = Page(
    head=b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
    body=b"4\r\n<p>1\r\n4\r\n</p>\r\n0\r\n\r\n",
    entity=b"<p>1</p>",
)


def sha256(data: bytes) -> str:
    """A digest as it is written."""
    return hashlib.sha256(data).hexdigest()


def test_deep_compares_a_revisit_with_the_entity_of_its_original() -> None:
    """Where the original states no payload digest, its entity is recomputed, when looking deep."""
    for entity, found in (
        (sha256(b"<p>1</p>"), []),
        ("0" * 64, ["the entity layer is not that of the original response"]),
    ):
        builder = Builder()
        members = [builder.begin_file(), *(first := builder.capture(page=CHUNKED)).members]
        layers = evolve(first.statement.layers, entity=entity)
        again = builder.unchanged(evolve(first, statement=evolve(first.statement, layers=layers)))
        data = put_together([*members, *again.members])
        assert check(data, whole=True).verdict == "verified"
        report = check(data, whole=True, deep=True)
        assert [item.message for item in report.findings] == found
        assert "original" not in (report.check("blocks").reason or "")


@pytest.mark.parametrize("hashed", [CHUNKED.body, b"<p>1</p>"], ids=["as it is", "undone"])
def test_payload_digests_of_a_file_that_is_not_ours_are_checked(hashed: bytes) -> None:
    """A stranger's record in our form has its payload hashed, in either reading of chunks."""
    builder = Builder()
    warcinfo = builder.begin_file("stranger/1")
    response = builder.capture(page=CHUNKED).members[0]
    for digest, verdict in ((sha256(hashed), "unsigned"), ("0" * 64, "failed")):
        stated = f"WARC-Payload-Digest: sha256:{digest}\r\nWARC-Block-Digest:".encode()
        edited = edit_head(response, b"WARC-Block-Digest:", stated)
        report = check(put_together([warcinfo, edited]))
        assert report.verdict == verdict
        assert "payload" not in (report.check("blocks").reason or "")
        found = [item.message for item in report.findings]
        assert found == ["payload digest is not that of the payload"] * (verdict == "failed")


def test_the_record_before_broken_framing_is_judged() -> None:
    """What was read whole counts, and what is wrong with it is told, whatever comes behind it."""
    builder = Builder()
    members = [builder.begin_file(), *builder.capture().members]
    good = put_together(members)
    report = check(good + b"junk")
    assert report.captures == report.statements == 1
    assert [(item.check, item.offset) for item in report.findings] == [("framing", len(good))]
    members[1] = edit_block(members[1], b"One.", b"Two.")
    start = put_together(members[:2])
    found = [(item.check, item.message) for item in check(start + b"junk").findings]
    assert ("blocks", "block digest is not that of the block") in found


def test_text_taken_over_from_nothing_fails_in_a_whole_collection() -> None:
    """`same_as` that names no earlier envelope fails where everything earlier was read."""
    builder = Builder()
    first = builder.capture()
    again = builder.unchanged(first)
    assert builder.warcinfo is not None
    members = replace_envelope(again.members, evolve(again.statement, same_as="d" * 64))
    data = put_together([builder.warcinfo, *first.members, *members])
    report = check(data, whole=True)
    assert [item.message for item in report.findings] == [
        "text taken over from a capture that is not there"
    ]
    assert check(data).verdict == "verified"


def test_text_taken_over_from_another_page_fails() -> None:
    """`same_as` must name a capture of the same URL, final URL and content."""
    builder = Builder()
    first = builder.capture()
    other = builder.capture("https://news.example/other")
    again = builder.unchanged(first)
    assert builder.warcinfo is not None
    said = evolve(
        again.statement,
        same_as=other.envelope,
        paragraphs=other.statement.paragraphs,
        claims=other.statement.claims,
    )
    members = [*first.members, *other.members, *replace_envelope(again.members, said)]
    for whole in (False, True):
        report = check(put_together([builder.warcinfo, *members]), whole=whole)
        assert [item.message for item in report.findings] == [
            "text taken over from a capture of another page or content"
        ]


def test_revisit_of_nothing_fails_in_a_whole_collection_without_deep() -> None:
    """A revisit whose original response was never stored fails where all was read."""
    builder = Builder()
    first = builder.capture()
    said = first.statement
    missing = evolve(said.records[0], id=builder.next_id())
    said = evolve(said, records=(missing, *said.records[1:]))
    again = builder.unchanged(evolve(first, statement=said))
    assert builder.warcinfo is not None
    data = put_together([builder.warcinfo, *first.members, *again.members])
    report = check(data, whole=True)
    assert [item.message for item in report.findings] == [
        "the revisit record's original response is not there"
    ]
    lone = check(data)
    assert lone.verdict == "verified"
    assert "revisits whose original is elsewhere" in (lone.check("blocks").reason or "")


@pytest.mark.parametrize("part", ["url", "date", "entity"])
def test_revisit_that_misquotes_its_original_fails(part: str) -> None:
    """What a revisit says of its original's target, date and payload must be so."""
    builder = Builder()
    first = builder.capture()
    said = first.statement
    if part == "url":
        misquoted = evolve(said, url="https://news.example/other")
    elif part == "date":
        misquoted = evolve(said, date="2025-01-01T00:00:00.000000Z")
    else:
        misquoted = evolve(said, layers=evolve(said.layers, entity="0" * 64))
    again = builder.unchanged(evolve(first, statement=misquoted))
    assert builder.warcinfo is not None
    data = put_together([builder.warcinfo, *first.members, *again.members])
    messages = [item.message for item in check(data, whole=True).findings]
    word = {"url": "Target-URI", "date": "Refers-To-Date", "entity": "payload digest"}[part]
    assert any(word in message and "original's" in message for message in messages)


def test_lone_files_that_fork_fail_sequence() -> None:
    """Two envelopes of one signer that follow the same one are a fork, in whatever files."""
    builder = Builder()
    one = put_together([builder.begin_file(), *builder.capture().members])
    files = [one]
    for number in (1, 2):
        branch = evolve(builder, previous=dict(builder.previous), ids=100 * number)
        url = f"https://news.example/{number}"
        files.append(put_together([branch.begin_file(), *branch.capture(url).members]))
    assert check(*files[:2]).verdict == "verified"
    report = check(*files)
    assert [item.message for item in report.findings] == [
        "two envelopes follow the same one: a fork"
    ]


def test_what_is_taken_over_from_elsewhere_is_counted() -> None:
    """A lone file with an unchanged capture says that the text's capture is elsewhere."""
    builder = Builder()
    builder.begin_file()
    first = builder.capture()
    members = [builder.begin_file(), *builder.unchanged(first).members]
    report = check(put_together(members), deep=True)
    assert report.verdict == "verified"
    reason = report.check("blocks").reason or ""
    assert "texts taken over" in reason
    assert "revisits" in reason


def test_finding_says_where_in_stored_bytes() -> None:
    """A finding's offset and length cut its record out of the stored file."""
    members = rich()
    index = next(i for i, member in enumerate(members) if member.kind == "text")
    members[index] = edit_block(members[index], b"One", b"Six")
    data = put_together(members)
    finding = next(item for item in check(data).findings if item.check == "blocks")
    assert finding.offset is not None
    assert finding.length is not None
    cut = gzip.decompress(data[finding.offset : finding.offset + finding.length])
    assert cut == members[index].to_plain()
    assert finding.record
    assert finding.record in cut.decode()


def test_report_as_json_has_the_contracts_fields() -> None:
    """`to_json` gives the fields that others rely on, and is JSON."""
    report = check(put_together(rich())[:-1], trust=Trust())
    value = json.loads(json.dumps(report.to_json()))
    assert value["schema"] == "urn:article-archive:verify:v1"
    assert {"verdict", "files", "captures", "statements", "signers", "checks", "findings"} <= set(
        value
    )
    assert set(value["signers"][0]) == {"fingerprint", "trusted", "by"}
    assert set(value["checks"][0]) == {"name", "result", "count", "reason", "complete"}
    fields = {"check", "file", "offset", "length", "record", "capture", "url", "message"}
    assert set(value["findings"][0]) == fields
    assert [item["name"] for item in value["checks"]] == list(NAMES)


def test_checks_are_numbered_as_they_stand() -> None:
    """The checks are numbered from 1 on, in order, each said in full, named as its type."""
    assert [rule.number for rule in CHECKS] == list(range(1, len(CHECKS) + 1))
    assert get_args(CheckName) == NAMES
    assert all(all(astuple(rule)) for rule in CHECKS)
    assert {name for need in get_args(Need) for name in list_checks(need)} == set(NAMES)


def test_every_check_of_the_table_is_made_and_no_other() -> None:
    """The names under which the modules count, and report what is wrong, are those of the table."""
    counted, failed = set[str](), set[str]()
    for path in (ROOT / "src/archive/verification").glob("*.py"):
        calls = re.findall(r"\.(count|fail|condemn)\(\s*\"(\w+)\"", path.read_text("utf-8"))
        counted |= {name for what, name in calls if what == "count"}
        failed |= {name for what, name in calls if what != "count"}
    assert counted == set(NAMES)
    assert failed == set(NAMES)


def test_the_reference_says_of_each_check_what_the_table_says() -> None:
    """Number, name, clause, what it needs and when it is complete, row by row."""
    page = (ROOT / "docs/reference/verification.md").read_text(encoding="utf-8")
    rows = [line for line in page.splitlines() if re.match(r"\| [0-9]+ \|", line)]
    assert len(rows) == 2 * len(CHECKS)
    for rule, first, second in zip(CHECKS, rows, rows[len(CHECKS) :], strict=False):
        assert first.startswith(f"| {rule.number} | {rule.name} | ")
        assert second == f"| {rule.number} | {rule.name} | {rule.needs} | {rule.complete} |"


@pytest.mark.parametrize("rule", CHECKS, ids=lambda rule: rule.name)
def test_what_a_check_needs_is_what_it_is_not_made_without(rule: Rule) -> None:
    """Of a lone file whose records cannot be read, only framing is judged."""
    report = check(b"WARC/1.1 rubbish")
    assert report.check("framing").result == "failed"
    if rule.needs != "files":
        assert report.check(rule.name).result == "not-checked"
    said = check(put_together(small_file())).check(rule.name)
    assert (said.result == "not-checked") == (rule.needs in ("pages", "log"))


def test_words_carry_the_meaning_of_every_verdict() -> None:
    """Whatever the verdict, the report says what it does not show."""
    data = put_together(rich())
    reports = [check(data), check(data, trust=Trust()), check(data[:-1]), check(b""), check()]
    for report in reports:
        lines = describe(report)
        text = " ".join(lines)
        assert all(rule.name in text for rule in CHECKS)
        assert "not checked" in text
        assert "publisher sent them" in text
        assert "\n" not in "".join(lines)
    assert "archiver's own word" in " ".join(describe(reports[0]))


def test_words_escape_what_came_from_files() -> None:
    """Control and bidirectional characters of a file never reach the terminal raw."""
    finding = Finding(
        check="headers", message="bad \x1b[31m", file="a\u202eb\n.warc", offset=3, url="u\x07\ud800"
    )
    checks = tuple(Check(name, "failed", 1, "\x9b") for name in NAMES)
    report = Report("failed", 1, 0, 0, (), checks, (finding,) * 30)
    text = "".join(describe(report))
    assert text.isprintable()
    assert "and 10 more" in text
    assert show("plain é 文") == "plain é 文"
    assert show("\u202e") == "\\u202e"


def test_long_urls_are_shortened_in_findings() -> None:
    """A URL of 8 kB is cut in the words for readers, and a stranger's longer one in values too."""
    long = "https://news.example/" + "a" * 8000
    builder = Builder()
    capture = builder.capture(long)
    assert builder.warcinfo is not None
    said = evolve(capture.statement, reason="dns")
    data = put_together([builder.warcinfo, *replace_envelope(capture.members, said)])
    report = check(data, whole=True)
    assert {item.url for item in report.findings} == {long}
    assert max(len(line) for line in describe(report)) < 400
    assert any("characters)" in line for line in describe(report))
    longer = edit_head(capture.members[0], b"/aaa", b"/" + b"a" * 20_000)
    [finding, *_] = check(put_together([builder.warcinfo, longer])).findings
    assert len(finding.url or "") < 8300


def test_trust_is_fixed_once_made() -> None:
    """Changing the mapping that a Trust was made of does not change the Trust."""
    keys = {"a": "pinned"}
    trust = Trust(keys)
    keys["b"] = "pinned"
    assert trust.by("a") == "pinned"
    assert trust.by("b") is None


def test_verification_loads_neither_extractor_nor_network() -> None:
    """Importing and running verification loads neither trafilatura nor pycurl nor lxml."""
    code = (
        "import sys; from archive.verification import Trust;"
        "from archive.verification.reading import read_files;"
        "from archive.verification.verdict import verify;"
        "verify(read_files([], deep=False), Trust());"
        "print([n for n in ('trafilatura', 'pycurl', 'lxml', 'h11') if n in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "[]"


def test_sources_are_read_one_after_the_other() -> None:
    """A generator of files is enough: each is opened when its turn comes."""
    one, two = two_files()
    opened = (source_of(data, name) for data, name in ((one, "a"), (two, "b")))
    assert check_sources(opened, Trust(), whole=True).files == 2
