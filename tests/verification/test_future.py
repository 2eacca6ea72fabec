"""Files from the future: what a later version wrote is never called failed, nor passed unread.

Every fixture has its expected result, check by check, as ``docs/reference/compatibility.md`` says.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from archive.errors import DocumentError
from archive.proof.bodies import ChangedFile, Seal, Withdrawal
from archive.proof.bounds import MAX_LINES
from archive.proof.later import read_lines
from archive.verification import Report
from archive.verification.place import Place
from archive.verification.seals import Seals
from archive.verification.tally import Tally
from tests.builders import KEY, OTHER_KEY, Member, check, put_together, take_apart
from tests.verification.future import ENTITY, Future, Listed

CHECKED = ("framing", "headers", "blocks", "signature", "coverage", "sequence")
LATER = "made by a later version"
Change = Callable[[dict[str, Any]], None]


def build(*, captures: int = 1) -> tuple[Future, list[Member]]:
    """A builder at its first file, and what it has written: some captures of one URL."""
    builder = Future()
    members = [builder.begin_file()]
    for _ in range(captures):
        members += builder.capture().members
    return builder, members


def end(builder: Future, members: list[Member], *, whole: bool = True) -> Report:
    """One more capture of today behind it all, and what verifying says."""
    members += builder.capture("https://news.example/end").members
    return check(put_together(members), whole=whole)


def expect(report: Report, verdict: str, **results: str) -> None:
    """The verdict is this, the named checks end so, and the others of a file passed."""
    found = {name: report.check(name).result for name in CHECKED}
    assert found == {name: results.get(name, "passed") for name in CHECKED}, report.findings
    assert report.verdict == verdict


def reason(report: Report, name: str) -> str:
    """What is said beside a check."""
    return report.check(name).reason or ""


def test_an_entry_of_an_unknown_kind_is_not_checked() -> None:
    """Intact, in its place, and not understood: everything but what it means is checked."""
    builder, members = build()
    members += builder.later()
    report = end(builder, members)
    expect(report, "incomplete", headers="not-checked")
    assert f"{LATER}, the kind of statement is not known: note:v1 (1)" in reason(report, "headers")
    assert (report.captures, report.statements, report.exit_code) == (2, 3, 4)


def test_a_changed_byte_in_it_fails_all_the_same() -> None:
    """What is newer is held to its signature, its records' digests and its place in the chain."""
    builder, members = build()
    note = builder.later(records=[Listed(), Listed()])
    members += [Member(note[0].head, b"HTTP/1.1 200 OK\r\n\r\ny"), *note[1:]]
    expect(end(builder, members), "failed", headers="not-checked", blocks="failed")
    builder, members = build()
    builder.later()
    members += builder.later()
    expect(end(builder, members), "failed", headers="not-checked", sequence="failed")


@pytest.mark.parametrize("count", [0, 1, 5])
def test_a_supplement_is_a_note(count: int) -> None:
    """Of an unknown kind that changes no other's meaning, all is checked and a note is made."""
    builder, members = build()
    members += builder.later(records=[Listed()] * count, supplement=True)
    report = end(builder, members)
    expect(report, "verified")
    assert "supplements of a kind that this version does not know: note:v1 (1)" in reason(
        report, "headers"
    )


@pytest.mark.parametrize(
    ("kind", "says"),
    [
        ("capture:v2", {}),
        ("seal:v2", {}),
        ("restart:v1", {}),
        ("keyring:v9", {}),
        ("note:v1", {"critical": ["x"]}),
    ],
)
def test_not_everything_can_be_a_supplement(kind: str, says: dict[str, Any]) -> None:
    """Captures, keyrings, seals and restarts never are; nor what has something critical in it."""
    builder, members = build()
    members += builder.later(kind, supplement=True, **says)
    assert end(builder, members).verdict == "incomplete"


@pytest.mark.parametrize("kind", ["cosigned:v1", "restart:v1", "corroboration:v1", "page:v1"])
def test_kinds_that_are_to_come(kind: str) -> None:
    """Kinds that this version does not know yet are not checked."""
    builder, members = build()
    members += builder.later(kind)
    expect(end(builder, members), "incomplete", headers="not-checked")


@pytest.mark.parametrize("count", [0, 5, 600, 20_000])
def test_a_large_group_is_checked_whole(count: int) -> None:
    """A supplement with a manifest, of any number of records: all passed, and one note."""
    builder, members = build()
    members += builder.later("unit:v1", records=[Listed()] * count, lists=True, supplement=True)
    report = end(builder, members)
    expect(report, "verified")
    assert "(1)" in reason(report, "headers")
    assert report.check("coverage").count == 1 + 6 + count + 2 + 6


def large(
    change: Callable[[list[Member]], list[Member]], **says: Any
) -> tuple[Future, list[Member]]:
    """A capture, and a supplement with a manifest and three records, changed once signed."""
    builder, members = build()
    group = builder.later(
        "unit:v1",
        records=[Listed(), Listed("x-later"), Listed()],
        lists=True,
        supplement=True,
        **says,
    )
    return builder, members + change(group)


def test_more_in_a_line_is_passed_over() -> None:
    """A further field in a manifest's line changes nothing."""
    builder, members = large(lambda group: group, line=lambda line: f"{line} weight=3 of=x")
    expect(end(builder, members), "verified")


@pytest.mark.parametrize(
    ("change", "failed"),
    [
        (lambda group: group[1:], {"coverage"}),
        (lambda group: [group[1], group[0], *group[2:]], {"coverage"}),
        (lambda group: [group[0], group[2], group[1], *group[3:]], {"coverage"}),
        (lambda group: [*group[:1], *group[2:]], {"coverage"}),
        (lambda group: [*group[:2], group[1], *group[2:]], {"coverage"}),
        (lambda group: [group[0], Member(group[1].head, b"y" * 20), *group[2:]], {"blocks"}),
        (lambda group: [edit(group[0], b"x-later", b"response"), *group[1:]], {"blocks"}),
    ],
)
def test_a_large_group_that_is_not_its_manifest_fails(
    change: Callable[[list[Member]], list[Member]], failed: set[str]
) -> None:
    """Without its manifest, in another order, one missing, doubled or changed: failed."""
    builder, members = large(change)
    report = end(builder, members)
    assert report.verdict == "failed"
    assert {name for name in CHECKED if report.check(name).result == "failed"} >= failed


def edit(member: Member, old: bytes, new: bytes) -> Member:
    """A record with other words in its block, of another length than its header says."""
    assert old in member.block
    return Member(
        member.head, member.block.replace(old, new).ljust(len(member.block))[: len(member.block)]
    )


def test_what_a_lone_file_leaves_out_of_a_large_group_is_not_checked() -> None:
    """In a lone file, records of a manifest that are not there are left out; in a collection they
    are missing.
    """
    builder, members = large(lambda group: [*group[:1], *group[2:]])
    report = end(builder, members, whole=False)
    expect(report, "verified", coverage="not-checked")
    assert "left out (1)" in reason(report, "coverage")
    builder, members = large(lambda group: [*group[:1], *group[2:]])
    expect(end(builder, members), "failed", coverage="failed")


def withdraw(builder: Future, taken: Member, **body: Any) -> list[Member]:
    """An entry that says that a record was taken away."""
    line = next(one for one in taken.head.split(b"\r\n") if b"Record-ID" in one)
    id_ = line.decode().partition("<")[2].rstrip(">")
    block = next(one for one in taken.head.split(b"\r\n") if b"Block-Digest" in one)
    named = {"id": id_, "block": block.decode().rpartition(":")[2], **body}
    return builder.later("withdrawn:v1", body={"records": [named], "files": [], "reason": "law"})


@pytest.mark.parametrize("lists", [True, False])
def test_a_record_that_was_withdrawn_is_not_checked(lists: bool) -> None:
    """Missing, and named by a later entry with its digest: not checked, by which entry."""
    builder, members = build()
    group = builder.later("unit:v1", records=[Listed()] * 3, lists=lists, supplement=True)
    taken = group.pop(2)
    members += [*group, *withdraw(builder, taken)]
    report = end(builder, members)
    expect(report, "incomplete", coverage="not-checked")
    assert "withdrawn by entry 2 (1)" in reason(report, "coverage")


def test_a_page_that_was_withdrawn_leaves_the_rest_of_its_capture() -> None:
    """The response of a capture of today may be taken away too: what is left is checked."""
    builder, members = build()
    capture = builder.capture("https://news.example/b")
    taken = capture.members.pop(0)
    members += [*capture.members, *withdraw(builder, taken)]
    data = put_together([*members, *builder.capture("https://news.example/end").members])
    for deep in (False, True):
        report = check(data, whole=True, deep=deep)
        assert report.findings == ()
        expect(report, "incomplete", coverage="not-checked")


def test_another_digest_withdraws_nothing() -> None:
    """Only what is named by id *and* digest is excused."""
    builder, members = build()
    group = builder.later("unit:v1", records=[Listed()] * 3, lists=True, supplement=True)
    taken = group.pop(2)
    members += [*group, *withdraw(builder, taken, block="0" * 64)]
    expect(end(builder, members), "failed", coverage="failed")


def test_a_revisit_of_what_is_not_there_is_not_checked() -> None:
    """A revisit in a large group may repeat a response of any group before: absent, not checked;
    there, and of another entity: failed.
    """
    for of, entity, result in (("urn:x", ENTITY, "passed"), ("", "0" * 64, "failed")):
        builder, members = build()
        first = builder.later(
            "unit:v1", records=[Listed(more=f"entity={ENTITY}")], lists=True, supplement=True
        )
        id_ = of or first[0].block.decode().split()[0]
        again = Listed("revisit", more=f"of={id_} entity={entity}")
        members += first
        members += builder.later("unit:v1", records=[again], lists=True, supplement=True)
        report = end(builder, members)
        expect(report, "failed" if result == "failed" else "verified", blocks=result)
        if of:
            assert "revisits of records that are elsewhere (1)" in reason(report, "blocks")


def test_two_dates_in_a_large_group() -> None:
    """Each record of a large group has a date of its own; their order is not judged."""
    builder, members = build()
    dates = ["2026-11-22T08:00:00.000000Z", "2026-11-22T07:00:00.000000Z"]
    records = [Listed(date=date) for date in dates]
    members += builder.later("unit:v1", records=records, lists=True, supplement=True)
    expect(end(builder, members), "verified")


def test_another_partys_envelope_is_a_record() -> None:
    """A capture with records of roles that are unknown, such as somebody else's envelope, is held
    to the digests of these, and a note says how many there are.
    """
    builder, members = build()
    capture = builder.capture("https://news.example/b")
    other = builder.record(
        "application/vnd.dsse.envelope+json",
        "urn:other:1",
        b"{}",
        date=capture.statement.date,
        type_="metadata",
    )
    capture.members.insert(-1, other)
    data = put_together([*members, *with_record(builder, capture, other, "their-envelope")])
    report = check(data, whole=True)
    expect(report, "verified")
    assert "records of roles that this version does not know (1)" in reason(report, "coverage")
    changed = take_apart(data)
    changed[-2] = Member(other.head, b"[]")
    assert {one.check for one in check(put_together(changed), whole=True).findings} == {"blocks"}


def with_record(
    builder: Future, capture: Any, member: Member, role: str, **more: Any
) -> list[Member]:
    """A capture whose statement names one record more, and says more of it."""
    from archive import document
    from archive.proof import dsse
    from tests.verification.future import _named, _sha256, wrap

    said = document.parse(capture.statement.to_bytes(), limit=1 << 20)
    entry = _named(member, "id")
    said["subject"].append({"name": entry.pop("id"), "digest": {"sha256": entry.pop("block")}})
    said["predicate"]["records"].append({"role": role, **entry, **more})
    said["predicate"]["envelope"]["refers_to"] = capture.statement.refers_to
    block = dsse.sign(document.write(said), KEY).to_bytes()
    builder.prior = _sha256(block)
    return [*capture.members[:-1], wrap(said["predicate"], block)]


def test_faults_of_other_peoples_records_are_notes() -> None:
    """A record that somebody else made is held to its signed digests alone: its id may be any, and
    stand twice; its header may break rules. Without `source` the same fails.
    """
    source = {"container": "x.warc", "sha256": "0" * 64, "offset": 7, "length": 9, "id": "x:1"}
    for more, verdict in (({"source": source}, "verified"), ({}, "failed")):
        builder, members = build()
        for number in range(2):
            capture = builder.capture(f"https://news.example/{number}")
            date = capture.statement.date
            other = builder.record("text/plain", "x:", b"x", date=date, type_="odd")
            lines = [
                b"WARC-Record-ID: <x:1>" if b"Record-ID" in one else one
                for one in other.head.split(b"\r\n")
                if b"WARC-Date" not in one
            ]
            other = Member(b"\r\n".join(lines), other.block)
            capture.members.insert(-1, other)
            members += with_record(builder, capture, other, "interim", **more)
            builder.previous.pop(capture.statement.url)
        report = check(put_together(members), whole=True)
        assert report.verdict == verdict, report.findings
        if more:
            assert "faults of records that somebody else made" in reason(report, "headers")
            assert "faults of records that somebody else made (1)" in reason(report, "coverage")


def test_a_second_chain_is_followed_for_itself() -> None:
    """Statements of a unit's chain have numbers of their own, and stand behind the collection's."""
    unit = "urn:uuid:00000000-0000-4000-8000-000000000001"
    builder, members = build()
    for _ in range(2):
        members += builder.later(chain=unit, supplement=True)
        members += builder.capture("https://news.example/b").members
    expect(end(builder, members), "verified")
    builder, members = build()
    builder.later(chain=unit, supplement=True)  # which is lost
    members += builder.later(chain=unit, supplement=True)
    expect(end(builder, members), "failed", sequence="failed")


def test_a_chain_behind_nothing_fails() -> None:
    """What a chain says that it stands behind is an envelope of the collection."""
    builder, members = build()
    before, builder.prior = builder.prior, "0" * 64
    members += builder.later(chain="urn:uuid:00000000-0000-4000-8000-000000000001", supplement=True)
    builder.prior = before
    expect(end(builder, members), "failed", sequence="failed")


def test_a_chain_of_an_unknown_form_is_not_checked() -> None:
    """Where a statement stands cannot be told from words that are not known."""
    builder, members = build()
    before = builder.sequence, builder.prior
    members += builder.later(chain={"fork": 1}, sequence=70, prior=None)
    builder.sequence, builder.prior = before
    expect(end(builder, members), "incomplete", headers="not-checked", sequence="not-checked")


def announce(change: Callable[[dict[str, Any]], None]) -> Report:
    """A statement with a second signature, announced or not."""
    from base64 import b64encode

    from archive import document
    from archive.proof import dsse
    from tests.verification.future import wrap

    builder, members = build()
    capture = builder.capture("https://news.example/b")
    said = document.parse(capture.statement.to_bytes(), limit=1 << 20)
    predicate = said["predicate"]
    other = {"algorithm": "ed25519", "public_key": b64encode(OTHER_KEY.public.der).decode()}
    predicate["signer"]["also"] = [other]
    predicate["envelope"]["refers_to"] = capture.statement.refers_to
    change(predicate["signer"])
    block = dsse.sign(document.write(said), KEY, OTHER_KEY).to_bytes()
    members += [*capture.members[:-1], wrap(predicate, block)]
    return check(put_together(members), whole=True)


def test_a_second_signature_that_is_announced() -> None:
    """Known, it is checked; by an unknown algorithm it is not, and the verdict is unchanged;
    unannounced it fails.
    """

    def rename(signer: dict[str, Any]) -> None:
        signer["also"][0]["algorithm"] = "ml-dsa-44"

    def forget(signer: dict[str, Any]) -> None:
        del signer["also"]

    report = announce(lambda _: None)
    expect(report, "verified")
    assert report.check("signature").complete
    report = announce(rename)
    expect(report, "verified")
    assert not report.check("signature").complete
    assert "further signatures by algorithms" in reason(report, "signature")
    assert announce(forget).check("signature").result == "failed"


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda said: said["critical"].append("embargo"), "what it calls critical"),
        (lambda said: said.update(grade="memento"), "its grade"),
        (lambda said: said.update(outcome="partial"), "its outcome"),
        (lambda said: said.update(manifest={"x": 1}, records=[]), ""),
    ],
)
def test_a_capture_that_is_not_understood(change: Change, why: str) -> None:
    """Critical members, an unknown grade or outcome: not checked, and nothing of it is shown. A
    head that is broken fails.
    """
    builder, members = build()
    members += builder.revise(builder.capture("https://news.example/b"), change)
    report = end(builder, members)
    if not why:
        assert report.verdict == "failed"
        return
    expect(report, "incomplete", headers="not-checked", blocks="not-checked")
    assert f"{LATER}, {why} is not known: capture:v1 (1)" in reason(report, "headers")
    assert report.captures == 2


@pytest.mark.parametrize(
    "change",
    [
        lambda said: said.update(
            reason_url="x", log={"origin": "news.example/log", "keyring": None}
        ),
        lambda said: said["limitations"].append("weather"),
        lambda said: said["digests"].update(screen="0" * 64),
        lambda said: said.update(http={"rules": 99}),
        lambda said: said.update(signed=said["date"], chain=None),
    ],
)
def test_what_is_merely_added_changes_nothing(change: Change) -> None:
    """Further members, limitations, layers and HTTP rules leave a capture what it is."""
    builder, members = build()
    members += builder.revise(builder.capture("https://news.example/b"), change)
    report = end(builder, members)
    expect(report, "verified")
    assert report.captures == 3


def test_records_that_stand_elsewhere_are_not_checked() -> None:
    """Records of other groups that a statement names are counted, and the check is not complete."""
    there = [{"id": "urn:x", "file": "a.warc", "offset": 3}]
    for kind in ("capture", "note:v1"):
        builder, members = build()
        if kind == "capture":
            capture = builder.capture("https://news.example/b")
            members += builder.revise(capture, lambda said: said.update(elsewhere=there))
        else:
            members += builder.later(kind, supplement=True, elsewhere=there)
        report = end(builder, members)
        expect(report, "verified")
        assert not report.check("coverage").complete
        assert "records of other groups or files that a statement names (1)" in reason(
            report, "coverage"
        )


@pytest.mark.parametrize("names", ["first", "second", "neither"])
def test_a_capture_of_version_2_between_two(names: str) -> None:
    """Of one URL: the next may name it as `previous`, or the one before it; nothing else."""
    builder, members = build()
    url = "https://news.example/a"
    first = builder.previous[url]
    members += builder.later("capture:v2", url=url, previous=first, records=[Listed("outcome")])
    said = {"first": first, "second": builder.prior, "neither": "0" * 64}
    builder.previous[url] = said[names] or ""
    members += builder.capture(url).members
    report = end(builder, members)
    failed = {"sequence": "failed"} if names == "neither" else {}
    expect(
        report,
        "failed" if failed else "incomplete",
        headers="not-checked",
        blocks="not-checked",
        **failed,
    )
    if not failed:
        assert "where one of a later version stands between (1)" in reason(report, "sequence")


def test_what_stands_on_a_capture_of_version_2_is_not_checked() -> None:
    """A text that is taken over from it, and a revisit of its response, cannot be followed."""
    builder, members = build()
    first = builder.capture("https://news.example/b")
    members += builder.revise(first, lambda said: said["critical"].append("x"))
    first.envelope = builder.prior or ""
    members += builder.unchanged(first).members
    report = end(builder, members)
    expect(report, "incomplete", headers="not-checked", blocks="not-checked")
    assert "texts taken over from captures of a later version (1)" in reason(report, "blocks")
    assert "revisits of records in groups of a later version (1)" in reason(report, "blocks")


@pytest.mark.parametrize(
    "says",
    [
        {"prior": 1},
        {"date": "today"},
        {"signer": None},
        {"previous": "x"},
        {"software": None},
        {"critical": None},
        {"manifest": {"count": 1}},
        {"url": 1},
    ],
)
def test_a_broken_head_fails(says: dict[str, Any]) -> None:
    """A statement of an unknown kind, a member of whose head is not what it must be, is none."""
    builder, members = build()
    members += builder.later(supplement=True, **says)
    report = end(builder, members)
    assert (report.verdict, report.check("signature").result) == ("failed", "failed")


@pytest.mark.parametrize("kind", ["note", "Note:v1", "note:v1:x", "note:1"])
def test_a_name_that_is_not_ours_fails(kind: str) -> None:
    """A predicate type outside our names under our Content-Type is no statement of ours."""
    builder, members = build()
    members += builder.later(kind, supplement=True)
    assert end(builder, members).check("signature").result == "failed"


@pytest.mark.parametrize(
    "data", [b"x", b"a b\n", b"urn:x text " + b"0" * 64 + b" 1\n", b"\xff\n", b"a\r\n"]
)
def test_a_line_of_a_manifest_is_read_strictly(data: bytes) -> None:
    """What is no line refuses the manifest."""
    with pytest.raises(DocumentError):
        read_lines(data)


def test_a_manifest_has_so_many_lines() -> None:
    """65,536 lines are read, one more is refused."""
    line = b"urn:x text " + b"0" * 64 + b" " + b"0" * 64 + b" 1\n"
    raw, lines = read_lines(line * MAX_LINES)
    assert (len(raw), lines[-1].length) == (MAX_LINES, 1)
    with pytest.raises(DocumentError):
        read_lines(line * (MAX_LINES + 1))


def test_a_later_text_of_a_capture_of_version_2_is_not_checked() -> None:
    """A text that was extracted again from what is not understood cannot be held against it."""
    builder, members = build()
    members += builder.later("capture:v2", records=[Listed("outcome")])
    root = {"root": "0" * 64, "size": 0}
    said = {"outcome": "none", "reason": None, "extractor": "x", "version": "0"}
    body: dict[str, Any] = {
        "capture": builder.prior,
        "url": "https://news.example/x",
        "final_url": "https://news.example/x",
        "content": "0" * 64,
        "text": None,
        "extraction": {**said, "options": {}, "built_on": {}},
        "paragraphs": None,
        "claims": root,
    }
    again = builder.later("text:v1", body=body)
    members += again
    report = end(builder, members)
    assert "texts of captures made by a later version (1)" in reason(report, "coverage")
    assert {one.check for one in report.findings} == {"headers"}  # it has no claims record


@pytest.mark.parametrize(("after", "failed"), [("b" * 64, 0), ("c" * 64, 1)])
def test_a_sealed_file_is_held_to_what_it_became(after: str, failed: int) -> None:
    """A file that records were withdrawn from, once or more, is what the last entry says of it."""
    tally = Tally()
    seals = Seals(tally)
    seals.take(Seal("x.warc.gz", "a" * 64, 100, 5), Place("x"))
    seals.take_file("x.warc.gz", "b" * 64, 90, 4, ours=True)
    for number, (before, changed) in enumerate((("d" * 64, after), ("a" * 64, "d" * 64))):
        files = (ChangedFile("x.warc.gz", before, changed),)
        seals.take_changes(Withdrawal((), files, "law"), number)
    seals.compare()
    assert len(tally.findings) == failed
    tally.count("framing")
    check_ = next(one for one in tally.close() if one.name == "framing")
    assert ("files changed by what entry 0 withdrew" in (check_.reason or "")) is not bool(failed)
