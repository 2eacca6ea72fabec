"""Reading goes past what is merely odd or newer, says what it could not read, and loses nothing."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path

import pytest
from attrs import evolve

import archive
from archive.index.groups import EntryGroup, Tail, read_groups
from archive.index.rows import NO_ARTICLE, Row
from archive.proof import dsse
from archive.proof.entry import EntryStatement, Subject
from archive.proof.statement import EnvelopeRecord, SignedBy, Warcinfo
from archive.store.draft import Draft, EntryDraft
from archive.warc.group import ENVELOPE_TYPE
from archive.warc.record import Fields
from archive.warc.writer import compress, serialize_head
from tests.builders import KEY
from tests.collection.press import Clock, check_verified
from tests.store import shelf

ODD = {
    "claims": (b"no JSON at all", "claims record is not strict JSON"),
    "text": (b"a \xff b\n", "text record is not UTF-8"),
    "outcome": (b'{"error": 4}\n', "outcome record"),
}


def odd(draft: Draft, role: str, block: bytes) -> Draft:
    """The same capture with another block of a role, and digests that fit it."""
    parts = tuple(evolve(one, block=block) if one.role == role else one for one in draft.parts)
    if role != "text":
        return evolve(draft, parts=parts)
    layers = evolve(draft.layers, text=hashlib.sha256(block).hexdigest())
    return evolve(draft, parts=parts, layers=layers, article=NO_ARTICLE)


def store_odd(press: archive.Collection, role: str, clock: Clock) -> Row:
    """One text, an odd one, and one more, in an index that is then deleted."""
    shelf.add_text(press, 0)
    clock.advance(5)
    row: Row
    [row] = shelf.writer(press).commit([odd(shelf.draft_text(7, clock), role, ODD[role][0])])
    shelf.layout(press).index.unlink()
    return row


@pytest.mark.parametrize("role", ODD)
def test_what_is_odd_hides_nothing_that_follows(tmp_path: Path, role: str) -> None:
    """A signed capture whose claims, text or outcome record is none is listed like those around it;
    reindex names it, and writers go on.
    """
    clock = Clock()
    with shelf.collection(tmp_path, clock=clock) as press:
        row = store_odd(press, role, clock)
    with shelf.collection(tmp_path, clock=clock) as press:
        clock.advance(9)
        after = shelf.add_text(press, 2)
        assert [one.id for one in press.captures()][1:] == [row.id, after.id]
        told: list[str] = []
        assert press.reindex(told.append) == 3
        assert [ODD[role][1] in one and str(row.offset) in one for one in told] == [True]
        assert [ODD[role][1] in one for one in press.get(row.id).unread] == [True]
        clock.advance(9)
        shelf.add_text(press, 3)  # which confirms the row from the files
        assert press.search("article") != []
        assert press.status().torn == ()


def test_an_odd_text_is_none_and_odd_claims_leave_the_text(tmp_path: Path) -> None:
    """Text that is not UTF-8 is no article; without its claims an article has no title."""
    clock = Clock()
    with shelf.collection(tmp_path, clock=clock) as press:
        first = press.get(store_odd(press, "text", clock).id)
        assert (first.text, first.article, first.words) == (None, None, None)
        clock.advance(9)
        draft = odd(shelf.draft_text(8, clock), "claims", b"[]")
        [row] = shelf.writer(press).commit([draft])
        assert row is not None
        second = press.get(row.id).reread()
        assert second.article is not None
        assert (second.title, second.words, len(second.claims)) == (None, 3, 0)


@pytest.mark.parametrize("number", [0, 1])
def test_what_is_as_it_should_be_is_not_called_odd(tmp_path: Path, number: int) -> None:
    """Of a collection without oddities nothing is said to be unread."""
    with shelf.collection(tmp_path, 2) as press:
        told: list[str] = []
        assert press.reindex(told.append) == 2
        assert told == []
        assert list(press)[number].unread == ()
        check_verified(press)


def test_an_entry_of_a_later_version_stops_no_reader(tmp_path: Path) -> None:
    """A statement of a kind that nobody knows yet is passed over by list, status, reindex and add,
    and named.
    """
    with shelf.collection(tmp_path, 1) as press:
        draft = EntryDraft(kind="note", date=Clock().now(), subjects=(Subject("x", "0" * 64),))
        shelf.writer(press).append([draft])
        after = shelf.add_text(press, 1)
        assert [one.id for one in press.captures()][1:] == [after.id]
    with shelf.collection(tmp_path) as press:
        told: list[str] = []
        assert press.reindex(told.append) == 2
        assert ["does not understand: note:v1" in one for one in told] == [True]
        assert shelf.add_text(press, 2).row.sequence == after.row.sequence + 1
        assert press.status().torn == ()


def record(number: int, kind: str, block: bytes) -> bytes:
    """A record with a number for its id, as its own gzip member."""
    fields: Fields = (
        ("WARC-Type", "metadata"),
        ("WARC-Record-ID", f"<{name(number)}>"),
        ("WARC-Date", "2026-11-22T07:01:09.000000Z"),
        ("WARC-Target-URI", f"urn:later:{number}"),
        ("Content-Type", kind),
        ("Content-Length", str(len(block))),
    )
    return compress(serialize_head(fields), block)


def name(number: int) -> str:
    """The id of a record."""
    return f"urn:uuid:{number:08x}-0000-4000-8000-000000000000"


def group(count: int, kind: str = "note") -> bytes:
    """A group of a later version: so many records, named by none of the members known here."""
    said = EntryStatement(
        kind=kind,
        subjects=(Subject("x", "0" * 64),),
        date="2026-11-22T07:01:09.000000Z",
        envelope=EnvelopeRecord(name(1 << 24), "urn:entry:note:0", ENVELOPE_TYPE),
        warcinfo=Warcinfo(name(0), "0" * 64, "0" * 64),
        software={},
        signer=SignedBy(public_key=KEY.public.der),
        sequence=0,
        prior=None,
    )
    envelope = dsse.sign(said.to_bytes(), KEY).to_bytes()
    records = [record(number, "text/plain", b"x") for number in range(1, count + 1)]
    return b"".join([*records, record(1 << 24, ENVELOPE_TYPE, envelope)])


@pytest.mark.parametrize("count", [0, 5, 511, 512, 600, 3_000])
def test_a_group_of_a_later_version_may_have_any_number_of_records(count: int) -> None:
    """A group that is not understood is passed over whole, however many records stand in it."""
    data = group(count)
    found = list(read_groups(io.BytesIO(data), base=0, where="x"))
    assert [type(one) for one in found] == [EntryGroup]
    [one] = found
    assert isinstance(one, EntryGroup)
    assert (one.offset, one.end, one.statement.kind) == (0, len(data), "note:v1")
    assert one.records[-1].id == name(1 << 24)


def test_a_known_statement_that_names_none_of_its_records_is_still_damage() -> None:
    """Only what is not understood is passed over: a heartbeat behind records it does not name
    ends the reading.
    """
    found = list(read_groups(io.BytesIO(group(5, "heartbeat")), base=0, where="x"))
    assert [type(one) for one in found] == [Tail]
    [none] = list(read_groups(io.BytesIO(group(0, "heartbeat")), base=0, where="x"))
    assert isinstance(none, EntryGroup)


def test_a_statement_of_somebody_else_is_no_later_version_of_ours() -> None:
    """A predicate type outside our name under our Content-Type ends the reading."""
    data = dsse.sign(
        b'{"_type":"https://in-toto.io/Statement/v1","subject":[],"predicateType":"x",'
        b'"predicate":{}}',
        KEY,
    ).to_bytes()
    [found] = read_groups(io.BytesIO(record(1, ENVELOPE_TYPE, data)), base=0, where="x")
    assert isinstance(found, Tail)
    assert not found.torn
