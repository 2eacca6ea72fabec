"""Tests of time stamps that a process stored and died before it logged them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from attrs import define, evolve

import archive
from archive.digest import sha256
from archive.disk.layout import Layout
from archive.disk.lock import is_locked
from archive.proof.bodies import TimestampEntry, TreeHead, read_body
from archive.proof.checkpoint import Checkpoint, read_checkpoint
from archive.proof.dsse import Envelope
from archive.proof.entry import EntryStatement
from archive.proof.signer import sign_note
from archive.proof.spelling import read_statement
from archive.proof.timestamp import make_request
from archive.store.log import log_signers
from archive.store.stamps import Stamp, Stamps
from archive.user.keystore import Keystore
from tests.collection.press import Clock
from tests.proof.authority import Authority, Server, make_authority
from tests.store import shelf

ELSEWHERE = "http://127.0.0.1:9/"


@define
class Desk:
    """A collection of two captures whose settings name an authority, twice."""

    folder: Path
    authority: Authority

    def open(self) -> archive.Collection:
        """Open it, as another process does, on the day of the authority."""
        return shelf.collection(self.folder, clock=Clock(datetime.now(UTC)))

    @property
    def layout(self) -> Layout:
        """Where it lies."""
        return Layout(self.folder / "press")

    def name(self, *urls: str) -> None:
        """Name the authority under some URLs in the settings."""
        (self.layout.root / "keys" / "root.pem").write_bytes(self.authority.root)
        text = self.layout.settings.read_text().partition("\n[[timestamp]]")[0]
        lines = [f'\n[[timestamp]]\nurl = "{url}"\nroot = "keys/root.pem"\n' for url in urls]
        self.layout.settings.write_text(text + "".join(lines))

    def leave(self, signed: bytes | None = None, *, response: bytes | None = None) -> Stamp:
        """What a process leaves that dies between storing a stamp and logging it."""
        over = signed or (self.layout.log / "checkpoint").read_bytes()
        answer = response or self.authority.answer(make_request(over).data)
        return Stamps(self.layout.log).add(over, answer)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """The collection, stamped by nobody yet."""
    shelf.collection(tmp_path, 2).close()
    made = Desk(tmp_path, make_authority(tmp_path / "authority"))
    made.name(ELSEWHERE)
    return made


def logged(press: archive.Collection) -> list[TimestampEntry]:
    """What the log says of time stamps."""
    found = []
    for row in shelf.writer(press).index.entries("timestamp"):
        said = read_statement(Envelope.from_bytes(press.log.read_entry(row.sequence)).payload)
        assert isinstance(said, EntryStatement)
        body = read_body(said)
        assert isinstance(body, TimestampEntry)
        found.append(body)
    return found


def test_the_next_capture_logs_it_once(desk: Desk) -> None:
    """By the next process that adds, before its capture, with all that an entry says; not again."""
    stamp = desk.leave()
    head = read_checkpoint(stamp.signed)
    for number in (5, 6):
        with desk.open() as press:
            shelf.add_text(press, number)
            [said] = logged(press)
            over = TreeHead(3, head.root.hex())
            assert said == TimestampEntry(
                stamp.name, sha256(stamp.response), ELSEWHERE, said.time, over
            )
            root = str(desk.authority.folder / "root.pem")
            report = press.verify(authorities=[root], require=["log"])
            assert (report.verdict, report.shown and report.shown.time) == ("verified", said.time)
            dated = report.check("timestamp")  # what came after it is dated by nothing yet
            assert (dated.result, dated.complete) == ("passed", False)
    assert [row.sequence for row in shelf.writer(desk.open()).index.entries("timestamp")] == [3]


def test_the_next_time_stamp_logs_it_once(desk: Desk) -> None:
    """Also in a process whose writer was open before: `log timestamp` logs it, then asks."""
    with Server(desk.authority) as server:
        desk.name(server.url)
        with desk.open() as press:
            shelf.writer(press)
            left = desk.leave()
            for number in (2, 3):
                [asked] = press.log.timestamp()
                assert (asked.error, len(logged(press))) == (None, number)
            assert logged(press)[0].file == left.name
            assert [said.checkpoint.size for said in logged(press)] == [3, 4, 5]


def test_who_stores_a_stamp_logs_it_before_another_can(desk: Desk) -> None:
    """A stamp is stored and logged under one lock: another process never logs it too."""
    signed = (desk.layout.log / "checkpoint").read_bytes()
    response = desk.authority.answer(make_request(signed).data)
    with desk.open() as press:
        shelf.writer(press)
        seen: list[bool] = []
        whole = Stamps.add

        def add(stamps: Stamps, signed: bytes, response: bytes) -> Stamp:
            seen.append(is_locked(desk.layout.lock))
            return whole(stamps, signed, response)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Stamps, "add", add)
            press.log._keep_stamp(ELSEWHERE, signed, response, "2026-11-22T07:01:00Z")
        assert (seen, len(logged(press))) == ([True], 1)


@pytest.mark.parametrize("broken", ["stranger", "bytes", "history", "key", "checkpoint", "root"])
def test_what_does_not_verify_is_not_logged(desk: Desk, tmp_path: Path, broken: str) -> None:
    """A stranger's stamp, one over other bytes, of another history or log, damaged ones, and an
    authority without its root are left alone; nothing of it keeps anybody from adding.
    """
    signed = (desk.layout.log / "checkpoint").read_bytes()
    if broken == "stranger":
        evolve(desk, authority=make_authority(tmp_path / "stranger")).leave()
    elif broken == "bytes":
        desk.leave(response=desk.authority.answer(make_request(signed + b"x").data))
    elif broken in ("history", "key"):
        desk.leave(forge(desk, own=broken == "history"))
    elif broken == "checkpoint":
        (desk.layout.log / desk.leave().name).with_suffix(".checkpoint").write_bytes(b"rubbish")
    else:
        desk.leave()
        (desk.layout.root / "keys" / "root.pem").unlink()
    with desk.open() as press:
        shelf.add_text(press, 5)
        assert logged(press) == []


def forge(desk: Desk, *, own: bool) -> bytes:
    """A checkpoint of as many entries and another root, by the log's keys or a stranger's."""
    with desk.open() as press:
        head = Checkpoint(press.origin, 3, bytes(32))
        stranger = Keystore(desk.folder / "strange")
        made = stranger.create(lambda size: bytes([7]) * size)
        keystore = Keystore(desk.folder / "config")
        key = (
            keystore.load(press.key, lambda: None)
            if own
            else stranger.load(made.fingerprint, lambda: None)
        )
        if not own:
            head = read_checkpoint(press.log.checkpoint())
        return sign_note(head.to_text(), log_signers(key, press.origin), 0)


def test_without_an_authority_nothing_is_logged(desk: Desk) -> None:
    """Settings that name nobody vouch for no stamp; when they name him again, it is logged."""
    desk.leave()
    desk.name()
    with desk.open() as press:
        shelf.add_text(press, 5)
        assert logged(press) == []
    desk.name(ELSEWHERE)
    with desk.open() as press:
        assert len(logged(press)) == 1


def test_a_folder_that_cannot_be_listed_costs_no_capture(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What fails with the folder of time stamps takes nothing from who adds."""
    desk.leave()

    def fail(_: Any) -> Iterator[str]:
        raise archive.StorageError("the disk fails")

    monkeypatch.setattr(Stamps, "names", fail)
    with desk.open() as press:
        assert shelf.add_text(press, 5).outcome == "captured"


def test_the_entry_names_the_authority_whose_stamp_it_is(desk: Desk, tmp_path: Path) -> None:
    """Not one named before it, whose root is another or is gone."""
    keys = desk.layout.root / "keys"
    (keys / "other.pem").write_bytes(make_authority(tmp_path / "other").root)
    desk.name("https://first.example/", "https://second.example/", ELSEWHERE)
    text = desk.layout.settings.read_text()
    for name in ("gone", "other"):
        text = text.replace("keys/root.pem", f"keys/{name}.pem", 1)
    desk.layout.settings.write_text(text)
    desk.leave()
    with desk.open() as press:
        assert [said.authority for said in logged(press)] == [ELSEWHERE]
