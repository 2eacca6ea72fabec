"""A collection in which a later version has written: list, status, reindex and add go past it, and
verify says of each check how far it got.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pytest

import archive
from archive.disk.layout import Layout
from archive.errors import StorageError
from archive.user.keystore import Keystore
from archive.verification import Report
from tests.builders import Member, put_together, take_apart
from tests.collection.press import Clock
from tests.store import shelf
from tests.verification.future import Future, Listed

UNIT = "urn:uuid:00000000-0000-4000-8000-00000000000a"


def go_on(press: archive.Collection) -> Future:
    """A builder that writes on where a collection ends, with its key."""
    [path] = Layout(press.path).files()
    members = take_apart(path.read_bytes())
    row = max(shelf.rows_in_files(press.path), key=lambda row: row.sequence)
    key = Keystore(press.path.parent / "config").load(press.key, lambda: None)
    id_ = next(one for one in members[0].head.split(b"\r\n") if b"Record-ID" in one)
    future = Future(key=key, sequence=row.sequence + 1, prior=row.envelope, warcinfo=members[0])
    future._warcinfo_id = id_.decode().partition("<")[2].rstrip(">")
    future.ids = 1 << 20
    return future


def append(press: archive.Collection, members: list[Member]) -> None:
    """Put records behind what a collection has, as another program would."""
    [path] = Layout(press.path).files()
    with path.open("ab") as file:
        file.write(put_together(members))


def results(report: Report) -> dict[str, str]:
    """How each check ended that did not pass, those of the outside apart."""
    outside = ("text", "consistency", "timestamp", "witness")
    return {
        one.name: one.result
        for one in report.checks
        if one.result != "passed" and one.name not in outside
    }


KINDS: dict[str, tuple[str, dict[str, Any], dict[str, str]]] = {
    "supplement": ("note:v1", {"supplement": True}, {}),
    "five": ("unit:v1", {"supplement": True, "records": [Listed()] * 5, "lists": True}, {}),
    "600": ("unit:v1", {"supplement": True, "records": [Listed()] * 600, "lists": True}, {}),
    "unknown": ("note:v1", {}, {"headers": "not-checked"}),
    "restart": ("restart:v1", {}, {"headers": "not-checked"}),
    "corroboration": ("corroboration:v1", {}, {"headers": "not-checked"}),
    "capture": (
        "capture:v2",
        {"url": "https://news.example/0", "records": [Listed("outcome")]},
        {"headers": "not-checked", "blocks": "not-checked"},
    ),
    "critical": ("seal:v1", {"critical": ["x"]}, {"headers": "not-checked"}),
    "keyring": (
        "keyring:v1",
        {"body": {"version": 2, "roles": {"editor": {"keys": [], "threshold": 1}}}},
        {"headers": "not-checked"},
    ),
}


@pytest.mark.parametrize("name", KINDS)
def test_reading_and_writing_go_past_a_later_version(tmp_path: Path, name: str) -> None:
    """Listed are the captures of this version, reindex names what is not understood, a text is
    added behind it, and nothing fails.
    """
    kind, says, expected = KINDS[name]
    clock = Clock()
    with shelf.collection(tmp_path, 2, clock=clock) as press:
        append(press, go_on(press).later(kind, **says))
    with shelf.collection(tmp_path, clock=clock) as press:
        assert len([*press.captures()]) == 2
        told: list[str] = []
        assert press.reindex(told.append) == 2
        assert [f"does not understand: {kind}" in one for one in told] == [True]
        assert press.status().torn == ()
        clock.advance(9)
        shelf.add_text(press, 3)
        assert len([*press.history("https://news.example/0")]) >= 1
        report = press.verify(keep=False)
    assert report.findings == ()
    assert results(report) == expected
    assert report.verdict == ("incomplete" if expected else "verified")


def test_a_heartbeat_over_a_capture_of_a_later_version_is_not_judged(tmp_path: Path) -> None:
    """Whether its writer counted it cannot be known: with it or without is right, not checked."""
    clock = Clock()
    with shelf.collection(tmp_path, 2, clock=clock) as press:
        future = go_on(press)
        append(press, future.later("capture:v2", url=None, records=[Listed("outcome")]))
    with shelf.collection(tmp_path, clock=clock) as press:
        shelf.add_text(press, 3)
        press.log.heartbeat()
        report = press.verify(keep=False)
        assert report.findings == ()
        assert report.verdict == "incomplete"
        assert "counts of heartbeats over captures of later versions" in (
            report.check("log").reason or ""
        )


def test_withdrawn_records_stop_no_reader(tmp_path: Path) -> None:
    """A text file whose bytes a court has taken away: its capture is listed, and not checked."""
    clock = Clock()
    with shelf.collection(tmp_path, 3, clock=clock) as press:
        [path] = Layout(press.path).files()
        members = take_apart(path.read_bytes())
        future = go_on(press)
        at = next(n for n, one in enumerate(members) if b"urn:import:" in one.head)
        taken = members.pop(at)
        id_ = next(one for one in taken.head.split(b"\r\n") if b"Record-ID" in one)
        named = {
            "id": id_.decode().partition("<")[2].rstrip(">"),
            "block": hashlib.sha256(taken.block).hexdigest(),
        }
        body = {"records": [named], "files": [], "reason": "a court"}
        path.write_bytes(put_together(members + future.later("withdrawn:v1", body=body)))
    with shelf.collection(tmp_path, clock=clock) as press:
        press.reindex()
        assert len([*press.captures()]) == 3
        assert press.status().torn == ()
        report = press.verify(keep=False)
    assert report.findings == ()
    assert report.check("coverage").result == "not-checked"
    assert report.verdict == "incomplete"


def test_a_second_chain_stops_no_reader(tmp_path: Path) -> None:
    """A unit's chain behind the collection's own is read past; this version, which has one sequence
    for all, adds nothing behind it and leaves the log as it was.
    """
    clock = Clock()
    with shelf.collection(tmp_path, 2, clock=clock) as press:
        future = go_on(press)
        append(press, future.later(chain=UNIT, supplement=True))
    with shelf.collection(tmp_path, clock=clock) as press:
        assert len([*press.captures()]) == 2
        assert press.status().torn == ()
        before = (Layout(press.path).log / "checkpoint").read_bytes()
        with pytest.raises(StorageError, match="several chains"):
            shelf.add_text(press, 3)
        assert (Layout(press.path).log / "checkpoint").read_bytes() == before
        report = press.verify(keep=False)
    assert report.findings == ()
    assert results(report) == {"log": "not-checked"}  # not in the log yet
