"""Entries that are not captures: written, read back, and refused when they are anything else."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.errors import DocumentError
from archive.proof.entries import (
    HEARTBEAT,
    KEYRING,
    SEAL,
    TIMESTAMP,
    Body,
    Entry,
    Heartbeat,
    Seal,
    TimestampEntry,
    read_kind,
)
from archive.proof.keyring import Keyring
from archive.proof.statement import EnvelopeRecord, Signer, Warcinfo
from tests.proof.logs import LOG, LOG_MLDSA, make_key

URN = "urn:uuid:12345678-1234-4234-8234-123456789abc"
KEY = make_key("A").public
BODIES: dict[str, Body] = {
    SEAL: Seal("press-20261122070109-00001.warc.gz", "ab" * 32, 10**9, 1200),
    KEYRING: Keyring(1, 1, (KEY,), (LOG.verifier, LOG_MLDSA.verifier), {"cd" * 32: 3}),
    TIMESTAMP: TimestampEntry(
        "timestamps/7-1.tsr",
        "ef" * 32,
        "https://tsa.example/",
        "2026-11-22T07:01:09Z",
        7,
        "01" * 32,
    ),
    HEARTBEAT: Heartbeat("23" * 32, 12, 14),
}


def entry(body: Body) -> Entry:
    """An entry that says something."""
    return Entry(
        body=body,
        date="2026-11-22T07:01:09.123456Z",
        envelope=EnvelopeRecord(URN, "urn:entry:x:7", "application/vnd.in-toto.x+dsse"),
        warcinfo=Warcinfo(URN, "45" * 32, "67" * 32),
        software={"article-archive": "0.1"},
        signer=Signer(KEY.der, "ed25519"),
        sequence=7,
        prior="89" * 32,
    )


@pytest.mark.parametrize("kind", BODIES)
def test_what_is_written_is_read(kind: str) -> None:
    """Each kind is read as what was written, and its kind can be learned first."""
    data = entry(BODIES[kind]).to_bytes()
    assert Entry.from_bytes(data) == entry(BODIES[kind])
    assert read_kind(data) == kind
    value = json.loads(data)
    assert value["_type"] == "https://in-toto.io/Statement/v1"
    assert value["predicate"]["sequence"] == 7


def test_subjects() -> None:
    """The subject is what the entry speaks about, with its digest."""
    subjects = {
        kind: json.loads(entry(body).to_bytes())["subject"] for kind, body in BODIES.items()
    }
    assert subjects[SEAL][0]["name"] == "press-20261122070109-00001.warc.gz"
    assert subjects[KEYRING][0]["digest"]["sha256"] == KEY.fingerprint
    assert subjects[TIMESTAMP][0]["digest"]["sha256"] == "ef" * 32
    assert subjects[HEARTBEAT][0] == {"name": "checkpoint", "digest": {"sha256": "23" * 32}}


def changes(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Where something in a JSON value can be taken out."""
    found = [path] if path else []
    items = value.items() if isinstance(value, dict) else enumerate(value)
    for name, inner in items:
        found += (
            changes(inner, (*path, name)) if isinstance(inner, dict | list) else [(*path, name)]
        )
    return found


@pytest.mark.parametrize("kind", BODIES)
def test_no_member_may_be_missing_or_else(kind: str) -> None:
    """With any member taken out, or made something else, a statement is refused."""
    data = entry(BODIES[kind]).to_bytes()
    free = ("software", "log", "revoked")  # of these there may be fewer
    for path in changes(json.loads(data)):
        if path[-1] in free or path[-2:-1] in [(name,) for name in free]:
            continue
        for other in (None, [], -1, {"a": 1}):
            value = json.loads(data)
            place = value
            for name in path[:-1]:
                place = place[name]
            if other is None:
                del place[path[-1]]
            else:
                if place[path[-1]] == other:
                    continue
                place[path[-1]] = other
            changed = json.dumps(value, separators=(",", ":"), ensure_ascii=False).encode()
            with pytest.raises(DocumentError):
                Entry.from_bytes(changed)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'{"_type"', b'{ "_type"'),
        (b'"critical":[]', b'"critical":["x"]'),
        (b'"critical":[]', b'"critical":[],"more":1'),
        (b"seal:v1", b"seal:v2"),
        (b"seal:v1", b"capture:v1"),
        (b"Statement/v1", b"Statement/v0.1"),
        (b"press-", b"../press-"),
        (b"2026-11-22T", b"2026-13-22T"),
        (b"09.123456Z", b"09.123456"),
        (b"urn:uuid:1", b"urn:uuid:X"),
        (b'"records":1200', b'"records":1200.0'),
        (b"ab" * 32, b"AB" * 32),
    ],
)
def test_malformed_entries(old: bytes, new: bytes) -> None:
    """What is not a statement to the letter is refused."""
    data = entry(BODIES[SEAL]).to_bytes()
    assert old in data
    with pytest.raises(DocumentError):
        Entry.from_bytes(data.replace(old, new, 1))


def test_too_large() -> None:
    """A statement that would not fit an entry is not written."""
    with pytest.raises(DocumentError):
        entry(Seal("x" * 70_000, "ab" * 32, 1, 1)).to_bytes()


@given(st.binary(max_size=100) | st.text(max_size=60).map(str.encode))
def test_any_bytes(data: bytes) -> None:
    """Any bytes are refused cleanly."""
    for read in (Entry.from_bytes, read_kind):
        with pytest.raises(DocumentError):
            read(data)
