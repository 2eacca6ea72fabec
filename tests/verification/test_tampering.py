"""What verify says to every kind of tampering: which check fails, and where."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable
from typing import Any

import pytest
from attrs import evolve

from archive.errors import IntegrityError
from archive.proof import dsse
from archive.proof.statement import Http
from archive.verification import Report
from tests.builders import (
    KEY,
    OTHER_KEY,
    Builder,
    Member,
    check,
    edit_block,
    edit_head,
    put_together,
    read_statement,
    replace_envelope,
    take_apart,
    wrap_envelope,
    write_envelope,
)

NAME = "0"


def build() -> list[Member]:
    """Warcinfo and three captures of one page: 1 + 3 × 6 records."""
    builder = Builder()
    members = [builder.begin_file()]
    for _ in range(3):
        members += builder.capture().members
    return members


def place(members: list[Member], kind: str, capture: int = 1) -> int:
    """Where in the file a capture's record of a kind stands."""
    found = [index for index, member in enumerate(members) if member.kind == kind]
    return found[capture]


def offset(members: list[Member], index: int) -> int:
    """Where in the stored file a record begins."""
    return len(put_together(members[:index]))


def failed(report: Report) -> set[str]:
    """The names of the checks that failed."""
    return {item.name for item in report.checks if item.result == "failed"}


def run(members: list[Member]) -> Report:
    """Verify as a whole collection."""
    return check(put_together(members), whole=True)


def assert_found(members: list[Member], expected: str, index: int) -> Report:
    """The verdict is failed, by that check, with a finding at that record's place."""
    report = run(members)
    assert report.verdict == "failed"
    assert report.exit_code == 1
    assert expected in failed(report)
    places = [item.offset for item in report.findings if item.check == expected]
    assert offset(members, index) in places
    assert all(item.file == NAME for item in report.findings)
    return report


def test_untouched_file_verifies() -> None:
    """The file that the other tests change is verified before it is changed."""
    report = run(build())
    assert report.verdict == "verified"
    assert report.findings == ()
    assert report.captures == report.statements == 3


HEAD_EDITS = {
    "http": ("response", b"WARC-Protocol: http/1.1", b"WARC-Protocol: http/1.0"),
    "url": ("response", b"https://news.example/a", b"https://news.example/b"),
    "date": ("response", b"2026-11-22T", b"2025-11-22T"),
    "date-outcome": ("outcome", b"2026-11-22T", b"2025-11-22T"),
    "address": ("response", b"192.0.2.1", b"192.0.2.7"),
    "type": ("text", b"WARC-Type: resource", b"WARC-Type: metadata"),
    "target": ("outcome", b"urn:outcome:https://news", b"urn:outcome:https://olds"),
    "envelope-url": ("statement", b"https://news.example/a", b"https://news.example/b"),
    "envelope-date": ("statement", b"2026-11-22T", b"2025-11-22T"),
    "envelope-extra": ("statement", b"WARC-Type:", b"X-Extra: 1\r\nWARC-Type:"),
    "envelope-space": ("statement", b"WARC-Type: ", b"WARC-Type:  "),
    "extra-field": ("response", b"WARC-Type:", b"X-Extra: 1\r\nWARC-Type:"),
    "case": ("response", b"WARC-Type:", b"warc-type:"),
    "payload-removed": ("response", b"WARC-Payload-Digest:", b"X-Payload-Digest:"),
    "digest-removed": ("response", b"WARC-Block-Digest:", b"X-Block-Digest:"),
    "digest-removed-envelope": ("statement", b"WARC-Block-Digest:", b"X-Block-Digest:"),
}


@pytest.mark.parametrize("edit", HEAD_EDITS)
def test_edited_header_fails_headers(edit: str) -> None:
    """An edited header of any record fails check `headers`, at that record."""
    kind, old, new = HEAD_EDITS[edit]
    members = build()
    index = place(members, kind)
    members[index] = edit_head(members[index], old, new)
    assert_found(members, "headers", index)


@pytest.mark.parametrize("kind", ["response", "request", "outcome", "text", "claims", "statement"])
def test_edited_record_id_fails_coverage(kind: str) -> None:
    """A record under another id is named by no statement, and the one named is missing."""
    members = build()
    index = place(members, kind)
    members[index] = edit_head(members[index], b"<urn:uuid:0", b"<urn:uuid:f")
    if kind == "statement":
        assert_found(members, "headers", index)
    else:
        report = assert_found(members, "coverage", index)
        assert any("not there" in item.message for item in report.findings)


BLOCK_EDITS = {
    "entity": ("response", b"One.", b"Two."),
    "http-header": ("response", b"text/html", b"text/csv"),
    "status": ("response", b"200 OK", b"404 OK"),
    "request": ("request", b"GET /a", b"GET /b"),
    "outcome": ("outcome", b"outcome", b"OUTCOME"),
    "text": ("text", b"One.", b"Six."),
    "text-longer": ("text", b"One.", b"One, and one more."),
    "claims": ("claims", b'"value":"One"', b'"value":"Six"'),
    "seed": ("claims", b'"seed": "', b'"seed":  "'),
}


@pytest.mark.parametrize("digest", [False, True], ids=["as it is", "recomputed"])
@pytest.mark.parametrize("edit", BLOCK_EDITS)
def test_edited_block_fails_blocks(edit: str, digest: bool) -> None:
    """An edited block fails check `blocks` at its record, its digest recomputed or not."""
    kind, old, new = BLOCK_EDITS[edit]
    members = build()
    index = place(members, kind)
    members[index] = edit_block(members[index], old, new, digest=digest)
    report = assert_found(members, "blocks", index)
    if digest:
        assert "headers" in failed(report)
    assert [item for item in report.findings if item.capture and item.url], "the capture is named"


def test_downgraded_digest_fails_headers() -> None:
    """A block digest replaced by the right SHA-1 of an edited block fails headers and blocks."""
    members = build()
    index = place(members, "text")
    edited = edit_block(members[index], b"One.", b"Six.")
    import hashlib

    sha1 = hashlib.sha1(edited.block).hexdigest().encode()
    head = re.sub(rb"sha256:[0-9a-f]{64}", b"sha1:" + sha1, edited.head)
    members[index] = Member(head, edited.block)
    report = assert_found(members, "headers", index)
    assert "blocks" in failed(report)
    assert not [item for item in report.findings if "block digest is not" in item.message]


@pytest.mark.parametrize("kind", ["response", "request", "outcome", "text", "claims"])
def test_deleted_record_fails_coverage(kind: str) -> None:
    """A record that its statement names and that is gone fails check `coverage`."""
    members = build()
    del members[place(members, kind)]
    assert_found(members, "coverage", place(members, "statement"))


def test_deleted_envelope_fails_coverage() -> None:
    """Records whose envelope is gone are named by no statement."""
    members = build()
    index = place(members, "statement", 0)
    del members[index]
    report = assert_found(members, "coverage", index - 5)
    assert "sequence" in failed(report)


def test_deleted_warcinfo_fails_coverage() -> None:
    """A file must begin with its warcinfo record."""
    assert_found(build()[1:], "coverage", 0)


def test_edited_warcinfo_fails_headers_and_blocks() -> None:
    """The warcinfo is signed in every statement: its header and its block."""
    members = build()
    members[0] = edit_block(members[0], b"format: WARC", b"format: WORC", digest=True)
    report = assert_found(members, "blocks", 0)
    assert "headers" in failed(report)


def test_reordered_records_fail_coverage() -> None:
    """Two records of a group that changed places fail check `coverage`."""
    members = build()
    index = place(members, "request")
    members[index], members[index + 1] = members[index + 1], members[index]
    assert_found(members, "coverage", place(members, "statement"))


@pytest.mark.parametrize("kind", ["warcinfo", "response", "text", "statement"])
def test_duplicated_record_fails_coverage(kind: str) -> None:
    """The same record once more, anywhere, fails check `coverage`."""
    members = build()
    original = place(members, kind, 0)
    members.insert(original + 1, members[original])
    assert_found(members, "coverage", original + 1)


@pytest.mark.parametrize("at", [1, 3, 7])
def test_forged_record_fails_coverage(at: int) -> None:
    """A record that no statement names fails check `coverage` wherever it stands."""
    members = build()
    forged = edit_head(members[place(members, "response", 0)], b"<urn:uuid:0", b"<urn:uuid:e")
    members.insert(at, forged)
    assert_found(members, "coverage", at)


def test_appended_record_fails_framing() -> None:
    """A record after the last envelope is a torn tail."""
    members = build()
    forged = edit_head(members[place(members, "response", 0)], b"<urn:uuid:0", b"<urn:uuid:e")
    assert_found([*members, forged], "framing", len(members))


def test_appended_warcinfo_is_not_overlooked() -> None:
    """A second warcinfo is not the file's: it is named by no statement."""
    other = Builder(OTHER_KEY).begin_file()
    members = build()
    assert_found([*members, other], "framing", len(members))


def groups(members: list[Member]) -> list[list[Member]]:
    """The captures of a file."""
    return [members[1:7], members[7:13], members[13:19]]


def test_deleted_capture_in_the_middle_fails_sequence() -> None:
    """A whole capture taken out of the middle fails check `sequence` at the one after it."""
    members = build()
    first, _, third = groups(members)
    assert_found([members[0], *first, *third], "sequence", 12)


@pytest.mark.parametrize("order", [(0, 2), (1, 0, 2), (0, 2, 1)])
def test_a_lone_file_is_held_to_its_order_as_well(order: tuple[int, ...]) -> None:
    """Inside one file a capture deleted or moved fails `sequence`, whatever else is elsewhere."""
    members = build()
    moved = [member for number in order for member in groups(members)[number]]
    report = check(put_together([members[0], *moved]))
    assert failed(report) == {"sequence"}
    words = "a gap, a fork, or another order"
    assert any(words in item.message for item in report.findings)


@pytest.mark.parametrize(
    ("number", "change"), [(0, {"prior": "0" * 64}), (2, {"prior": None}), (2, {"prior": "0" * 64})]
)
def test_wrong_prior_fails_sequence(number: int, change: dict[str, Any]) -> None:
    """Only the first capture has none before it, and every other names the one before it."""
    members = build()[: 7 + 6 * number]
    wrong = evolve(read_statement(members[-1]), **change)
    members = replace_envelope(members, wrong)
    report = assert_found(members, "sequence", len(members) - 1)
    first = (number == 0) != (change["prior"] is None)
    words = "only sequence 0 has no prior" if first else "prior is not the envelope before it"
    assert words in report.findings[0].message


def test_deleted_first_capture_fails_sequence() -> None:
    """A collection whose first captures are gone does not begin at sequence 0."""
    members = build()
    _, second, third = groups(members)
    assert_found([members[0], *second, *third], "sequence", 6)


def test_swapped_captures_fail_sequence() -> None:
    """Two captures that changed places fail check `sequence`."""
    members = build()
    first, second, third = groups(members)
    assert_found([members[0], *first, *third, *second], "sequence", 12)


def test_doubled_capture_fails_sequence_and_coverage() -> None:
    """A capture that stands twice fails check `sequence`, and its ids fail `coverage`."""
    members = build()
    first, second, third = groups(members)
    doubled = [members[0], *first, *second, *second, *third]
    report = assert_found(doubled, "sequence", 18)
    assert "coverage" in failed(report)


def test_forged_capture_by_the_same_key_is_a_fork() -> None:
    """Even the owner of the key cannot put another capture where one was: the chain forks."""
    members = build()
    first, _, third = groups(members)
    builder = Builder()
    builder.begin_file()
    builder.capture()
    other = builder.capture("https://news.example/other").members
    report = run([members[0], *first, *other, *third])
    assert failed(report) == {"sequence"}


STATEMENT_EDITS: dict[str, Callable[[bytes], bytes]] = {
    "url": lambda data: data.replace(b"news.example/a", b"news.example/z"),
    "date": lambda data: data.replace(b'"date":"2026', b'"date":"2025'),
    "outcome": lambda data: data.replace(b'"captured"', b'"unchanged"'),
    "digest": lambda data: re.sub(rb'"text":"[0-9a-f]{2}', b'"text":"00', data),
    "sequence": lambda data: data.replace(b'"sequence":1', b'"sequence":7'),
    "not json": lambda data: data[:-1],
    "critical": lambda data: data.replace(b'"critical":[]', b'"critical":["x"]'),
    "twice": lambda data: data.replace(b'"critical":[]', b'"critical":[],"critical":[]'),
}


@pytest.mark.parametrize("edit", STATEMENT_EDITS)
def test_edited_statement_fails_signature(edit: str) -> None:
    """A statement changed under its old signature, digests recomputed, fails `signature`."""
    members = build()
    index = place(members, "statement")
    envelope = dsse.Envelope.from_bytes(members[index].block)
    payload = STATEMENT_EDITS[edit](envelope.payload)
    assert payload != envelope.payload
    block = evolve(envelope, payload=payload).to_bytes()
    members[index] = wrap_envelope(read_statement(members[index]), block)
    assert_found(members, "signature", index)


ENVELOPE_EDITS: dict[str, Callable[[dsse.Envelope], bytes]] = {
    "keyid": lambda e: evolve(
        e, signatures=(dsse.EnvelopeSignature("0" * 64, e.signatures[0].sig),)
    ).to_bytes(),
    "two signatures": lambda e: evolve(e, signatures=e.signatures * 2).to_bytes(),
    "type": lambda e: evolve(e, payload_type="text/plain").to_bytes(),
    "spacing": lambda e: e.to_bytes().replace(b'","', b'", "', 1),
    "other member": lambda e: e.to_bytes().replace(b"{", b'{"x":1,', 1),
    "signature": lambda e: evolve(
        e, signatures=(dsse.EnvelopeSignature("", b"\0" * 64),)
    ).to_bytes(),
    "no signature": lambda e: evolve(e, signatures=()).to_bytes(),
    "not an envelope": lambda e: b"[]",
    "empty": lambda e: b"",
    "too large": lambda e: b" " * 70_000,
    "deep": lambda e: b"[" * 60_000,
}


@pytest.mark.parametrize("edit", ENVELOPE_EDITS)
def test_edited_envelope_fails_signature(edit: str) -> None:
    """An envelope in any other spelling, with its record's digests right, fails `signature`."""
    members = build()
    index = place(members, "statement")
    block = ENVELOPE_EDITS[edit](dsse.Envelope.from_bytes(members[index].block))
    members[index] = wrap_envelope(read_statement(members[index]), block)
    assert_found(members, "signature", index)


def test_broken_envelope_is_no_gap_in_the_sequence() -> None:
    """What follows an envelope that cannot be read is not held against it: one thing is wrong."""
    members = build()
    index = place(members, "statement")
    members[index] = edit_block(members[index], b'"sig":"', b'"sig":"AAAA', digest=True)
    report = assert_found(members, "signature", index)
    assert failed(report) == {"signature"}
    assert report.captures == 2


def test_statement_that_names_a_record_twice_fails_coverage() -> None:
    """A record counts once, whether it then stands twice or not."""
    members = build()
    statement = read_statement(members[-1])
    named = evolve(statement, records=(*statement.records, statement.records[-1]))
    for group in (members, [*members[:-1], *members[-2:]]):
        changed = replace_envelope(group, named)
        report = assert_found(changed, "coverage", len(changed) - 1)
        found = [item.message for item in report.findings]
        assert "statement names a record twice" in found


@pytest.mark.parametrize(
    "named", [{"target": "urn:statement:https://olds.example/a"}, {"content_type": "text/plain"}]
)
def test_statement_that_names_another_envelope_fails_headers(named: dict[str, str]) -> None:
    """What a signed statement says of its own envelope's record must be what it should be."""
    members = build()
    statement = read_statement(members[-1])
    wrong = evolve(statement, envelope=evolve(statement.envelope, **named))
    members = replace_envelope(members, wrong)
    assert_found(members, "headers", len(members) - 1)


def test_exchanged_envelopes_are_found() -> None:
    """Envelopes of two captures that changed places cover nothing."""
    members = build()
    one, two = place(members, "statement", 0), place(members, "statement", 1)
    members[one], members[two] = members[two], members[one]
    assert_found(members, "coverage", one)


def test_capture_signed_with_another_key_is_untrusted() -> None:
    """A file signed anew, in full, with another key is at best `untrusted`."""
    builder = Builder(OTHER_KEY)
    data = put_together([builder.begin_file(), *builder.capture().members])
    report = check(data, whole=True)
    assert report.verdict == "untrusted"
    assert report.exit_code == 4
    assert report.check("signature").result == "not-checked"
    assert [(item.trusted, item.by) for item in report.signers] == [(False, None)]


def test_one_untrusted_statement_among_trusted_ones_makes_all_untrusted() -> None:
    """Mixed signers: one statement by a key that is not trusted decides the verdict."""
    members = build()
    statement = read_statement(members[-1])
    members = replace_envelope(
        members,
        evolve(statement, signer=evolve(statement.signer, public_key=OTHER_KEY.public.der)),
        OTHER_KEY,
    )
    report = run(members)
    assert report.verdict == "untrusted"
    assert [item.trusted for item in report.signers] == [True, False]


def test_statement_signed_by_another_key_than_it_names_fails_signature() -> None:
    """A signature that is not of the key in the statement is no signature."""
    members = build()
    members[-1] = write_envelope(read_statement(members[-1]), OTHER_KEY)
    assert_found(members, "signature", len(members) - 1)


@pytest.mark.parametrize(
    "der",
    [
        b"",
        b"junk",
        KEY.public.der[:-32] + b"\x01" + b"\0" * 31,
        KEY.public.der[:-32] + b"\xed" + b"\xff" * 30 + b"\x7f",
        KEY.public.der + b"\0",
        b"\x30\x81\x2a" + KEY.public.der[2:],
        b"\x30\x2c\x30\x07" + KEY.public.der[4:9] + b"\x05\x00" + KEY.public.der[9:],
        KEY.public.der[:11] + b"\x01" + KEY.public.der[12:],
    ],
    ids=[
        *("none", "junk", "small order", "not canonical", "trailing byte"),
        *("long form of the length", "null parameters", "unused bits"),
    ],
)
def test_refused_signer_key_fails_signature(der: bytes) -> None:
    """A statement whose key is refused fails `signature`, and never raises."""
    members = build()
    statement = read_statement(members[-1])
    signer = evolve(statement.signer, public_key=der)
    members = replace_envelope(members, evolve(statement, signer=signer))
    assert_found(members, "signature", len(members) - 1)


def test_another_algorithm_is_never_verified() -> None:
    """The algorithm a statement names is looked at: under one that is not known nothing is intact,
    and nothing that it says counts.
    """
    members = build()
    statement = read_statement(members[-1])
    signer = evolve(statement.signer, algorithm="none")
    report = run(replace_envelope(members, evolve(statement, signer=signer)))
    assert (report.verdict, report.exit_code, report.captures) == ("incomplete", 4, 2)
    assert report.check("signature").result == "not-checked"


def test_truncation_inside_a_record_is_a_torn_tail() -> None:
    """A file that ends inside a record fails check `framing`, at that record."""
    members = build()
    data = put_together(members)
    for cut in (1, 20, len(members[-1].to_bytes()) - 1):
        report = check(data[:-cut], whole=True)
        assert report.verdict == "failed"
        torn = [item for item in report.findings if item.check == "framing"]
        assert torn[0].offset == offset(members, len(members) - 1)
        assert "torn" in torn[0].message


@pytest.mark.parametrize("records", [2, 3, 4, 5, 6, 12, 18])
def test_truncation_between_records_of_a_group_is_a_torn_tail(records: int) -> None:
    """A file that ends between two records of a group fails check `framing`."""
    members = build()[:records]
    report = run(members)
    assert report.verdict == "failed"
    assert failed(report) == {"framing"}
    assert "torn tail" in report.findings[0].message


def test_torn_tail_is_not_checked_while_a_writer_is_at_work() -> None:
    """With a writer at work an incomplete end of the last file is not checked, not failed."""
    members = build()
    data = put_together(members)
    for part in (data[:-20], put_together(members[:-2])):
        report = check(part, whole=True, writing=True)
        assert report.verdict == "incomplete"
        assert report.findings == ()
        assert report.check("framing").result == "not-checked"
        assert report.check("coverage").result == "not-checked"
        assert "being written" in (report.check("framing").reason or "")


def test_torn_tail_of_an_earlier_file_fails_even_while_a_writer_is_at_work() -> None:
    """Only the last file can be being written."""
    builder = Builder()
    one = put_together([builder.begin_file(), *builder.capture().members])
    two = put_together([builder.begin_file(), *builder.capture().members])
    report = check(one[:-5], two, whole=True, writing=True)
    assert failed(report) >= {"framing"}


def test_damage_fails_even_while_a_writer_is_at_work() -> None:
    """A writer at work excuses an early end, never wrong bytes."""
    data = bytearray(put_together(build()))
    data[-6] ^= 1
    assert failed(check(bytes(data), whole=True, writing=True)) == {"framing"}


@pytest.mark.parametrize("back", range(1, 9))
def test_wrong_gzip_checksum_or_length_fails_framing(back: int) -> None:
    """Each of the eight bytes behind a member's data, checksum and length, is checked."""
    members = build()
    for index in (0, 5, len(members) - 1):
        data = bytearray(put_together(members))
        data[offset(members, index + 1) - back] ^= 0x10
        report = check(bytes(data), whole=True)
        found = [item for item in report.findings if item.check == "framing"]
        assert found[0].offset == offset(members, index)


@pytest.mark.parametrize("junk", [b"\0", b"\0" * 512, b"x", b"\r\n", b"\x1f\x8b", b"WARC/1.1\r\n"])
@pytest.mark.parametrize("at", [0, 1, 6, 7, 19])
def test_bytes_before_between_and_after_fail_framing(junk: bytes, at: int) -> None:
    """Bytes that are no record fail check `framing` wherever they stand."""
    members = build()
    cut = offset(members, at)
    data = put_together(members)
    report = check(data[:cut] + junk + data[cut:], whole=True)
    assert "framing" in failed(report)


@pytest.mark.parametrize("junk", [b"\r\n", b"x", b"\0" * 9])
@pytest.mark.parametrize("at", [1, 7, 19])
def test_bytes_inside_the_decoded_stream_fail_framing(junk: bytes, at: int) -> None:
    """Decoded bytes that are no record fail as well: as a member of their own, or in one."""
    members = build()
    cut = offset(members, at)
    data = put_together(members)
    alone = data[:cut] + gzip.compress(junk) + data[cut:]
    joined = b"".join(
        gzip.compress(member.to_plain() + junk) if index == at - 1 else member.to_bytes()
        for index, member in enumerate(members)
    )
    for changed in (alone, joined):
        assert "framing" in failed(check(changed, whole=True))


def test_empty_member_fails_framing() -> None:
    """A gzip member that holds nothing is a place to hide nothing: it fails all the same."""
    data = put_together(build())
    for changed in (gzip.compress(b"") + data, data + gzip.compress(b""), gzip.compress(b"")):
        assert "framing" in failed(check(changed, whole=True))


def test_empty_file_fails() -> None:
    """An empty file is not a good one."""
    report = check(b"")
    assert report.verdict == "failed"
    assert report.findings[0].message == "file is empty"
    assert report.unreadable == ()


def test_records_in_one_member_fail_framing_once() -> None:
    """Records that share a gzip member cannot be read alone; said once a file."""
    data = gzip.compress(b"".join(member.to_plain() for member in build()))
    report = check(data, whole=True)
    assert failed(report) == {"framing"}
    assert len(report.findings) == 1


def test_plain_and_recompressed_files_verify_and_say_so() -> None:
    """The signature is over decoded bytes: another compression passes, and is named."""
    members = build()
    plain = check(b"".join(member.to_plain() for member in members), whole=True)
    assert plain.verdict == "verified"
    assert "plain" in (plain.check("framing").reason or "")
    other = check(b"".join(gzip.compress(m.to_plain(), 1) for m in members), whole=True)
    assert other.verdict == "verified"
    assert "another program" in (other.check("framing").reason or "")
    assert run(members).check("framing").reason is None


@pytest.mark.parametrize("at", [0, 5, -1])
def test_one_recompressed_member_is_named_wherever_it_stands(at: int) -> None:
    """Every gzip member's header is looked at, not the first one's alone."""
    members = build()
    stored = [member.to_bytes() for member in members]
    stored[at] = gzip.compress(members[at].to_plain(), 1)
    report = check(b"".join(stored), whole=True)
    assert report.verdict == "verified"
    assert report.check("framing").reason == "gzip members as another program writes them (1)"


def test_plain_file_is_checked_as_strictly() -> None:
    """Without gzip's checksums the digests find an edit."""
    data = b"".join(member.to_plain() for member in build())
    assert failed(check(data.replace(b"<p>One", b"<p>Two", 1), whole=True)) == {"blocks"}
    assert "framing" in failed(check(data + b"\n", whole=True))


def test_taking_apart_and_putting_together_changes_nothing() -> None:
    """The helper of these tests is faithful: what it reads and writes is the same file."""
    data = put_together(build())
    assert put_together(take_apart(data)) == data


def test_a_signed_status_that_is_not_the_response_s_fails_in_depth() -> None:
    """A statement that names another status than the stored response has is found by --deep."""
    builder = Builder()
    members = [builder.begin_file(), *builder.capture().members]
    statement = evolve(read_statement(members[-1]), status=203)
    forged = replace_envelope(members, statement)
    report = check(put_together(forged), whole=True, deep=True)
    assert report.verdict == "failed"
    assert [item.message for item in report.findings] == ["the status is not that of the response"]


@pytest.mark.parametrize(
    ("http", "verdict", "reason"),
    [
        (None, "verified", "layers that differ by HTTP rules 1/2 (1)"),
        (Http(2), "failed", "1 finding"),
        (Http(3), "verified", "layers that differ by HTTP rules 3/2 (1)"),
    ],
    ids=["without", "ours", "later"],
)
def test_layers_by_other_http_rules_are_not_checked(
    http: Http | None, verdict: str, reason: str
) -> None:
    """Layers that differ are a failure only where the verifier reads HTTP as the writer did."""
    builder = Builder()
    members = [builder.begin_file(), *builder.capture().members]
    statement = read_statement(members[-1])
    other = evolve(statement, http=http, layers=evolve(statement.layers, entity="0" * 64))
    report = check(put_together(replace_envelope(members, other)), whole=True, deep=True)
    blocks = report.check("blocks")
    assert (report.verdict, blocks.reason) == (verdict, reason)
    assert blocks.result == ("failed" if verdict == "failed" else "not-checked")
    with pytest.raises(IntegrityError, match="blocks"):
        report.require("blocks")


def test_other_http_rules_excuse_no_other_block() -> None:
    """Where the response itself is another than was signed, its layers are findings as ever."""
    builder = Builder()
    members = [builder.begin_file(), *builder.capture().members]
    data = put_together(members)
    plain = b"".join(member.to_plain() for member in take_apart(data))
    report = check(plain.replace(b"<p>One", b"<p>Two", 1), whole=True, deep=True)
    assert "the entity layer is not what the bytes give" in {f.message for f in report.findings}
