"""What entries say: written, read back, and refused when it is anything else."""

from __future__ import annotations

import json
from typing import Any

import pytest
from attrs import evolve

from archive.errors import DocumentError
from archive.proof.bodies import (
    Body,
    ChangedFile,
    Heartbeat,
    Seal,
    TimestampEntry,
    TreeHead,
    Withdrawal,
    WithdrawnRecord,
    read_body,
    write_body,
)
from archive.proof.entry import EntryStatement, Subject, type_of
from archive.proof.keyring import Keyring
from archive.proof.statement import EnvelopeRecord, NamedRecord, SignedBy, Warcinfo
from tests.proof.logs import LOG, LOG_MLDSA, make_key

URN = "urn:uuid:12345678-1234-4234-8234-123456789abc"
KEY = make_key("A").public
BODIES: dict[str, Body] = {
    "seal": Seal("press-20261122070109-00001.warc.gz", "ab" * 32, 10**9, 1200),
    "keyring": Keyring(1, 1, (KEY,), (LOG.verifier, LOG_MLDSA.verifier), {"cd" * 32: 3}),
    "timestamp": TimestampEntry(
        "timestamps/7-1.tsr",
        "ef" * 32,
        "https://tsa.example/",
        "2026-11-22T07:01:09Z",
        TreeHead(7, "01" * 32),
    ),
    "heartbeat": Heartbeat("23" * 32, 12, 14),
    "withdrawn": Withdrawal(
        (WithdrawnRecord(URN, "ab" * 32),), (ChangedFile("x", "cd" * 32, "ef" * 32),), "a court"
    ),
}


def entry(body: Body) -> EntryStatement:
    """An entry that says something."""
    written = write_body(body)
    return EntryStatement(
        kind=written.kind,
        subjects=written.subjects,
        body=written.body,
        envelope=EnvelopeRecord(URN, "urn:entry:x:7", "application/vnd.in-toto.x+dsse"),
        warcinfo=Warcinfo(URN, "45" * 32, "67" * 32),
        date="2026-11-22T07:01:09.123456Z",
        software={"article-archive": "0.1"},
        signer=SignedBy(KEY.der),
        sequence=7,
        prior="89" * 32,
    )


@pytest.mark.parametrize("kind", BODIES)
def test_what_is_written_is_read(kind: str) -> None:
    """Each kind is read, out of its statement's bytes, as what was written."""
    data = entry(BODIES[kind]).to_bytes()
    found = EntryStatement.from_bytes(data)
    assert found.kind == kind
    assert read_body(found) == BODIES[kind]
    assert json.loads(data)["predicateType"] == type_of(kind)


def test_subjects() -> None:
    """The subject is what the entry speaks about, with its digest."""
    subjects = {kind: write_body(body).subjects for kind, body in BODIES.items()}
    assert subjects["seal"] == (Subject("press-20261122070109-00001.warc.gz", "ab" * 32),)
    assert subjects["keyring"][0].sha256 == KEY.fingerprint
    assert subjects["timestamp"] == (Subject("timestamps/7-1.tsr", "ef" * 32),)
    assert subjects["heartbeat"] == (Subject("checkpoint", "23" * 32),)


@pytest.mark.parametrize("kind", BODIES)
def test_no_member_may_be_missing_or_else(kind: str) -> None:
    """With any member of a body taken out or made something else, it is refused."""
    good = entry(BODIES[kind])
    others: tuple[Any, ...] = (-1, 1.0, True, None, "", "rubbish", {"a": 1}, [0])
    for name in good.body:
        short = {key: value for key, value in good.body.items() if key != name}
        free = name in ("authority", "reason")  # any text will do
        changed = [
            {**good.body, name: other}
            for other in others
            if other != good.body[name] and not (free and isinstance(other, str))
        ]
        for body in (short, *changed):
            with pytest.raises(DocumentError):
                read_body(evolve(good, body=body))


@pytest.mark.parametrize("kind", BODIES)
def test_what_a_later_version_adds_is_passed_over(kind: str) -> None:
    """More members, subjects, and records of unknown roles leave what the entry says as it is."""
    good = entry(BODIES[kind])
    record = NamedRecord(URN, "a-later-role", "ab" * 32, "cd" * 32, 3)
    for more in (
        evolve(good, body={**good.body, "more": 1}),
        evolve(good, subjects=(*good.subjects, Subject("more", "ab" * 32))),
        evolve(good, records=(record,)),
    ):
        assert read_body(more) == BODIES[kind]


@pytest.mark.parametrize("kind", BODIES)
def test_no_other_subjects(kind: str) -> None:
    """An entry speaks about what its kind does, and has no records of known roles before it."""
    good = entry(BODIES[kind])
    record = NamedRecord(URN, "text", "ab" * 32, "cd" * 32, 3)
    for bad in (evolve(good, subjects=()), evolve(good, records=(record,))):
        with pytest.raises(DocumentError):
            read_body(bad)


@pytest.mark.parametrize("name", ["", ".", "..", "../x.warc.gz", "/x", "a/b", "a\0b"])
def test_a_seal_names_a_file_in_the_folder(name: str) -> None:
    """A seal's file has no path, so that it cannot lead out of the collection."""
    good = entry(BODIES["seal"])
    with pytest.raises(DocumentError):
        read_body(evolve(good, subjects=(Subject(name, "ab" * 32),)))


@pytest.mark.parametrize(
    "time", ["2026-11-22", "2026-13-22T07:01:09Z", "2026-11-22T07:01:09+01:00"]
)
def test_times_are_utc(time: str) -> None:
    """A time stamp's time is an instant of the calendar, in UTC."""
    good = entry(BODIES["timestamp"])
    with pytest.raises(DocumentError):
        read_body(evolve(good, body={**good.body, "time": time}))


def test_a_text_has_its_own_reader() -> None:
    """A text entry is not read here."""
    with pytest.raises(DocumentError):
        read_body(evolve(entry(BODIES["seal"]), kind="text"))
