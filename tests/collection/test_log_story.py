"""Tests of a collection's log with a real authority and a real witness, over HTTP."""

from __future__ import annotations

import shutil
import socket
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

import archive
from archive.errors import IntegrityError, UsageError
from archive.log.proving import check_proof
from archive.proof.checkpoint import Checkpoint
from archive.proof.extra import Extra
from archive.proof.logproof import LogProof
from archive.proof.merkle import hash_leaf, hash_root, prove_inclusion
from archive.proof.signer import NoteSigner, sign_note
from archive.proof.tiles import read_bundle
from archive.serve.witness import Witness, make_server
from archive.verification.words import describe
from tests.collection.press import Clock
from tests.proof.authority import Authority, Server, make_authority
from tests.proof.logs import make_key
from tests.store import shelf


@pytest.fixture
def press(tmp_path: Path) -> Iterator[archive.Collection]:
    """A collection with a log and three captures."""
    with shelf.collection(tmp_path, 3) as made:
        yield made


def reopen(tmp_path: Path, more: str) -> archive.Collection:
    """The collection with more in its settings, on the day of the authorities that it asks."""
    path = tmp_path / "press" / "archive.toml"
    path.write_text(path.read_text() + more)
    return shelf.collection(tmp_path, clock=Clock(datetime.now(UTC)))


def name_authority(tmp_path: Path, authority: Authority, url: str) -> str:
    """What the settings say of an authority; its certificates are put into the collection."""
    (tmp_path / "press" / "root.pem").write_bytes(authority.root)
    (tmp_path / "press" / "tsa.pem").write_bytes(authority.certificate)
    return f'\n[[timestamp]]\nurl = "{url}"\nroot = "root.pem"\ncertificate = "tsa.pem"\n'


def test_a_time_stamp_is_kept_logged_and_verified(
    press: archive.Collection, tmp_path: Path
) -> None:
    """Asked for, verified on receipt, logged; a verifier who trusts the authority gets a date."""
    authority = make_authority(tmp_path / "authority")
    with (
        Server(authority) as server,
        reopen(tmp_path, name_authority(tmp_path, authority, server.url)) as again,
    ):
        [asked] = again.log.timestamp()
        assert (asked.error, asked.size) == (None, 4)
        assert again.log.status().stamped == 4
        root = str(tmp_path / "press" / "root.pem")
        at_once = again.verify(authorities=[root], keep=False)
        shelf.add_text(again, 9)
        unknown = again.verify()
        partly = again.verify(authorities=[root], require=["timestamp"])
        report = again.verify(authorities=[root])
    assert (partly.verdict, partly.check("timestamp").complete) == ("incomplete", False)
    assert at_once.check("timestamp").complete
    assert unknown.check("timestamp").result == "not-checked"
    assert (report.verdict, report.check("timestamp").result) == ("verified", "passed")
    assert report.shown is not None
    assert (report.shown.stamped, report.shown.time) == (4, asked.time)
    said = archive.verification.describe(at_once)[-1]
    assert f"claimed, no later than {asked.time}, to have received" in said
    assert "The last 1 came later; none of them is a capture." in said
    said = archive.verification.describe(report)[-1]
    assert "This shows that the archiver claimed to have received" in said
    assert f"no later than {asked.time}" in said
    assert "The last 2 came later" in said or "have seen before" in said
    [stamp] = (tmp_path / "press" / "log" / "timestamps").glob("*.tsr")
    stamp.unlink()
    with shelf.collection(tmp_path) as again:
        assert again.verify(authorities=[root]).check("timestamp").result == "failed"


def test_an_authority_that_the_verifier_does_not_trust_shows_nothing(
    press: archive.Collection, tmp_path: Path
) -> None:
    """A good stamp by somebody else is not checked, whether a root or a certificate is pinned."""
    authority = make_authority(tmp_path / "authority")
    make_authority(tmp_path / "other")
    with (
        Server(authority) as server,
        reopen(tmp_path, name_authority(tmp_path, authority, server.url)) as again,
    ):
        again.log.timestamp()
    with shelf.collection(tmp_path) as again:
        for named in ("other/root.pem", f"other/root.pem,{tmp_path}/other/tsa.pem"):
            stranger = again.verify(authorities=[f"{tmp_path}/{named}"])
            assert (stranger.verdict, stranger.check("timestamp").result) == (
                "verified",
                "not-checked",
            )
            assert stranger.shown is not None
            assert stranger.shown.time is None


@pytest.mark.parametrize("url", ["http://127.0.0.1:9", "http://nowhere.invalid"])
def test_an_authority_that_is_down_costs_nothing(
    press: archive.Collection, tmp_path: Path, url: str
) -> None:
    """It is told, nothing is written, and captures go on."""
    authority = make_authority(tmp_path / "authority")
    with reopen(tmp_path, name_authority(tmp_path, authority, url)) as again:
        [asked] = again.log.timestamp()
        assert asked.error
        status = again.log.status()
        assert (status.stamps, [item.error for item in status.failing]) == (0, [asked.error])
        shelf.add_text(again, 9)
        assert again.verify().verdict == "verified"


def test_a_witness_cosigns_growth_and_refuses_a_fork(
    press: archive.Collection, tmp_path: Path
) -> None:
    """Cosigned twice as the log grows; the policy's quorum passes; another history is refused."""
    origin = press.origin
    signer = NoteSigner.for_checkpoints("witness.example", make_key("witness"))
    keys = press.log.list_keys()
    witness = Witness({origin: keys}, [signer], tmp_path / "seen", lambda: 1_800_000_000)
    server = make_server(witness, 0)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{server.server_address[1]}"
    more = f'\n[[witness]]\nurl = "{url}"\nkey = "{signer.verifier.to_vkey()}"\n'
    log_keys = "".join(f"log {key.to_vkey()}\n" for key in keys)
    policy = tmp_path / "policy"
    policy.write_text(f"{log_keys}witness w1 {signer.verifier.to_vkey()}\nquorum w1\n")
    try:
        with reopen(tmp_path, more) as again:
            for number in (7, 8):
                shelf.add_text(again, number)
                [asked] = again.log.witness()
                assert asked.error is None, asked
                assert again.log.status().cosigned == ("witness.example",)
            report = again.verify(policy=policy, require=["witness"])
            assert (report.verdict, report.check("witness").result) == ("verified", "passed")
            shelf.add_text(again, 9)  # its checkpoint is not cosigned yet
            later = again.verify(policy=policy, require=["witness"])
            assert (later.verdict, later.check("witness").result) == ("incomplete", "not-checked")
            assert later.check("witness").reason == (
                "after the first 6: entries that no quorum has cosigned (1)"
            )
            assert later.shown is not None
            assert (later.shown.quorum, later.shown.witnessed) == (False, 6)
            assert "cosigned the first 6 of 7 statements" in describe(later)[-1]
            assert (again.log.status().cosigned, again.log.status().witnessed) == ((), 6)
            log = tmp_path / "press" / "log"
            earlier = b"old 0\n\n" + (log / "checkpoint").read_bytes()
            assert witness.answer(earlier).status == 409
    finally:
        server.shutdown()
        server.server_close()


@pytest.mark.parametrize("length", ["9" * 5000, "131073", "-1", "", "²"])
def test_a_witness_refuses_a_body_of_no_sensible_length(tmp_path: Path, length: str) -> None:
    """However many digits the length has, the answer is 400."""
    server = make_server(Witness({}, [], tmp_path, lambda: 0), 0)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        with socket.create_connection(("127.0.0.1", server.server_port)) as wire:
            head = f"POST /add-checkpoint HTTP/1.1\r\nContent-Length: {length}\r\n\r\n"
            wire.sendall(head.encode("latin-1"))
            assert wire.recv(100).split(b" ")[1] == b"400"
    finally:
        server.shutdown()
        server.server_close()


def test_a_witness_that_is_down_is_shown_until_it_is_not_asked_any_more(
    press: archive.Collection, tmp_path: Path
) -> None:
    """Its failure is kept beside the authorities; a state folder that is a file costs nothing."""
    key = NoteSigner.for_checkpoints("witness.example", make_key("witness")).verifier.to_vkey()
    witness = f'\n[[witness]]\nurl = "http://127.0.0.1:9"\nkey = "{key}"\n'
    more = name_authority(tmp_path, make_authority(tmp_path / "tsa"), "http://127.0.0.1:9/")
    with reopen(tmp_path, witness + more) as again:
        asked = [*again.log.witness(), *again.log.timestamp()]
        assert all(item.error for item in asked)
        failing = again.log.status().failing
        assert [item.kind for item in failing] == ["witness", "timestamp"]
    path = tmp_path / "press" / "archive.toml"
    path.write_text(path.read_text().replace(witness, ""))
    with shelf.collection(tmp_path) as again:
        assert [item.kind for item in again.log.status().failing] == ["timestamp"]
        shutil.rmtree(tmp_path / "state-of-the-user")
        (tmp_path / "state-of-the-user").write_text("no folder")
        assert again.log.timestamp()[0].error


def test_a_proof_file_stands_alone(press: archive.Collection) -> None:
    """Envelope, place and checkpoint in one file; a changed envelope or index does not hold."""
    capture = list(press.captures())[1]
    proof = press.log.prove(capture.row)
    found = check_proof(proof.to_bytes())
    assert (found.url, found.index, found.size) == (capture.url, 2, 4)
    assert found.fingerprint == press.key
    moved = LogProof(proof.index + 1, proof.hashes, proof.checkpoint, proof.extra)
    with pytest.raises(IntegrityError):
        check_proof(moved.to_bytes())


def test_a_capture_that_another_log_holds_at_another_place_is_not_proved(
    press: archive.Collection,
) -> None:
    """A key may sign a second log with an old entry at its end: entry n says that it is n."""
    proof = press.log.prove(list(press.captures())[1].row)
    assert proof.extra is not None
    envelope = Extra.from_bytes(proof.extra).envelope
    key = shelf.writer(press)._signing.key
    for index, holds in ((2, True), (1, False), (3, False)):
        leaves = [hash_leaf(bytes([at])) for at in range(4)]
        leaves[index] = hash_leaf(envelope)

        def read(level: int, at: int, leaves: list[bytes] = leaves) -> bytes:
            return hash_root(leaves[at << level : (at + 1) << level])

        head = Checkpoint("bank.example", 4, hash_root(leaves))
        signed = sign_note(head.to_text(), [NoteSigner.for_notes("bank.example", key)], 0)
        made = LogProof(index, prove_inclusion(index, 4, read), signed, envelope)
        if holds:
            assert check_proof(made.to_bytes()).origin == "bank.example"
            continue
        with pytest.raises(
            IntegrityError, match=f"entry {index} of the log says that it is entry 2"
        ):
            check_proof(made.to_bytes())


def test_checkpoints_are_compared_and_copies_are_whole(
    press: archive.Collection, tmp_path: Path
) -> None:
    """Growth has a proof; a copy has every tile and, when asked for, every entry."""
    before = press.log.checkpoint()
    shelf.add_text(press, 9)
    verdict, proof = press.log.compare(before, None)
    assert (verdict, bool(proof)) == ("grown", True)
    assert press.log.compare(press.log.checkpoint(), before)[0] == "backwards"
    assert press.log.publish(tmp_path / "copy") == 5
    assert not (tmp_path / "copy" / "tile" / "entries").exists()
    press.log.publish(tmp_path / "copy", entries=True)
    bundle = (tmp_path / "copy" / "tile" / "entries" / "000.p" / "5").read_bytes()
    assert len(read_bundle(bundle, 5)) == 5
    assert (tmp_path / "copy" / "checkpoint").read_bytes() == press.log.checkpoint()


def test_a_heartbeat_and_adopting(tmp_path: Path) -> None:
    """A heartbeat is an entry that verifies; a collection with a log adopts no other."""
    with shelf.collection(tmp_path, 2, log=False) as press:
        assert not press.log.status().logged
        with pytest.raises(UsageError, match="no log to be time-stamped"):
            press.log.timestamp()
        press.adopt_log()
        row = press.log.heartbeat()
        assert (row.kind, row.sequence) == ("heartbeat", 3)
        assert press.verify(require=["log"]).verdict == "verified"
        with pytest.raises(UsageError):
            press.adopt_log()
