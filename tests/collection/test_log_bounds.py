"""Tests of a collection's log at its bounds: what it counts, proves, asks for and is answered."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from attrs import evolve

import archive
from archive.errors import IntegrityError, UsageError
from archive.log.stamping import list_unlogged
from archive.proof.checkpoint import read_checkpoint
from archive.proof.note import Note
from archive.proof.signer import NoteSigner
from archive.proof.timestamp import make_request
from archive.proof.witness import CosignResponse
from archive.serve.witness import Witness, make_server
from archive.store.stamps import Stamps
from tests.proof.authority import Server, make_authority
from tests.proof.logs import make_key
from tests.store import shelf


@pytest.fixture
def press(tmp_path: Path) -> Iterator[archive.Collection]:
    """A collection with a log and three captures."""
    with shelf.collection(tmp_path, 3) as made:
        yield made


class Interrupted(Witness):
    """A witness that answers like any other, after something else has happened."""

    def happen(self) -> None:
        """Nothing, unless a test says what."""

    def answer(self, body: bytes) -> CosignResponse:
        """The answer."""
        self.happen()
        return super().answer(body)


@contextmanager
def witnessed(press: archive.Collection, tmp_path: Path) -> Iterator[Interrupted]:
    """A witness on loopback that the collection's settings name from now on."""
    signer = NoteSigner.for_checkpoints("witness.example", make_key("witness"))
    keys = {press.origin: press.log.list_keys()}
    witness = Interrupted(keys, [signer], tmp_path / "seen", lambda: 1_800_000_000)
    server = make_server(witness, 0)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    path = tmp_path / "press" / "archive.toml"
    url = f"http://127.0.0.1:{server.server_address[1]}"
    key = signer.verifier.to_vkey()
    path.write_text(path.read_text() + f'\n[[witness]]\nurl = "{url}"\nkey = "{key}"\n')
    try:
        yield witness
    finally:
        server.shutdown()
        server.server_close()


def name_authority(tmp_path: Path, url: str, root: bytes) -> None:
    """Name an authority in the settings."""
    (tmp_path / "press" / "root.pem").write_bytes(root)
    path = tmp_path / "press" / "archive.toml"
    path.write_text(path.read_text() + f'\n[[timestamp]]\nurl = "{url}"\nroot = "root.pem"\n')


def test_a_log_that_has_everything_is_not_behind(press: archive.Collection) -> None:
    """Every entry of the files is in the log, and none is missing."""
    status = press.log.status()
    assert (status.size, status.behind) == (4, 0)


def test_an_entry_that_is_another_capture_s_is_not_proved(press: archive.Collection) -> None:
    """The proof is of the leaf that the files give; with another leaf there is none."""
    row = next(iter(press.captures())).row
    assert press.log.prove(row).index == row.sequence
    with pytest.raises(IntegrityError, match="another entry"):
        press.log.prove(evolve(row, leaf="00" * 32))


def test_who_asks_for_a_time_stamp_has_an_authority_to_ask(
    press: archive.Collection, tmp_path: Path
) -> None:
    """Without one in the settings nobody is asked; with one there is nothing to complain of."""
    with pytest.raises(UsageError, match="no time-stamping authority"):
        press.log.require_authorities()
    name_authority(tmp_path, "http://127.0.0.1:9/", make_authority(tmp_path / "tsa").root)
    with shelf.collection(tmp_path) as again:
        again.log.require_authorities()


def test_a_witness_that_has_seen_it_all_cosigns_again(
    press: archive.Collection, tmp_path: Path
) -> None:
    """Asked once more about the same checkpoint, a witness is told that nothing is new."""
    with witnessed(press, tmp_path), shelf.collection(tmp_path) as again:
        for _ in range(2):
            assert [asked.error for asked in again.log.witness()] == [None]
        assert again.log.status().cosigned == ("witness.example",)


def test_what_a_witness_signed_is_not_put_under_a_later_checkpoint(
    press: archive.Collection, tmp_path: Path
) -> None:
    """A capture that comes while the witness is asked stays without its signature, and the log
    as it is.
    """
    with witnessed(press, tmp_path) as witness, shelf.collection(tmp_path) as again:
        with shelf.collection(tmp_path) as other:
            witness.happen = lambda: shelf.add_text(other, 7)  # type: ignore[method-assign,assignment]
            [asked] = again.log.witness()
        assert asked.error is None
        status = again.log.status()
        assert status.cosigned == ()
        assert status.witnessed < status.size
        assert again.verify(require=["log"]).verdict == "verified"


def test_a_time_stamp_is_over_the_checkpoint_as_the_log_alone_signed_it(
    press: archive.Collection, tmp_path: Path
) -> None:
    """What a witness has signed besides is not part of what an authority dates."""
    with witnessed(press, tmp_path), shelf.collection(tmp_path) as again:
        again.log.witness()
    authority = make_authority(tmp_path / "tsa")
    with Server(authority) as server:
        name_authority(tmp_path, server.url, authority.root)
        with shelf.collection(tmp_path) as again:
            [asked] = again.log.timestamp()
            assert asked.error is None
    [stamp] = Stamps(tmp_path / "press" / "log").all()
    names = {signature.name for signature in Note.from_bytes(stamp.signed).signatures}
    assert names == {read_checkpoint(stamp.signed).origin} == {press.origin}


def test_only_stamps_that_no_entry_names_are_unlogged(
    press: archive.Collection, tmp_path: Path
) -> None:
    """A stamp that was stored is unlogged until an entry names it, and not any longer."""
    authority = make_authority(tmp_path / "tsa")
    name_authority(tmp_path, "http://127.0.0.1:9/", authority.root)
    with shelf.collection(tmp_path) as again:
        layout, signed = shelf.layout(again), again.log.checkpoint()
        assert list_unlogged(layout, shelf.writer(again).index) == []
        stamp = Stamps(layout.log).add(signed, authority.answer(make_request(signed).data))
        assert list_unlogged(layout, shelf.writer(again).index) == [stamp.name]
    with shelf.collection(tmp_path) as again:
        shelf.add_text(again, 7)
        assert list_unlogged(layout, shelf.writer(again).index) == []
