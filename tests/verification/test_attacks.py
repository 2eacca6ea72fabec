"""Tests of the attack table in ``docs/explanation/threat-model.md``: each attack is caught.

The attacker is the archiver himself where nothing else is said: he has the key and every file.
"""

from __future__ import annotations

import os
import shutil
import time
import zlib
from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest

import archive
from archive.collection import create_collection
from archive.disk.layout import Layout, change_setting
from archive.log.rekeying import KeyChange
from archive.proof.checkpoint import read_checkpoint
from archive.proof.signer import NoteSigner, sign_note
from archive.user.keystore import Keystore
from archive.verification import Report
from tests.collection.press import START, Clock
from tests.proof.authority import Server, make_authority
from tests.store import shelf

ORIGIN = "press.example/attacked"


def make(folder: Path, keys: Path, numbers: range, *, key: str | None = None) -> archive.Collection:
    """A collection of the attacked name, by a key of the archiver's, who forgets what he signed."""
    store, clock = Keystore(keys), Clock()
    shutil.rmtree(keys / "signed", ignore_errors=True)
    create_collection(folder, origin=ORIGIN, key=key, keystore=store, effects=clock.effects)
    press = archive.open(folder, keystore=store, effects=clock.effects, extracting=False)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_STATE_HOME", str(folder.parent / f"state-{folder.name}"))
        for number in numbers:
            shelf.add_text(press, number)
    return press


@pytest.fixture
def press(tmp_path: Path) -> Iterator[archive.Collection]:
    """A collection of a keyring and five captures, never verified."""
    with make(tmp_path / "press", tmp_path / "keys", range(5)) as made:
        yield made


def failures(report: Report) -> set[str]:
    """The names of the checks that failed."""
    return {check.name for check in report.checks if check.result == "failed"}


def groups(press: archive.Collection) -> list[bytes]:
    """The stored bytes of the warcinfo and of each group, the keyring's among them."""
    [path] = Layout(press.path).files()
    index = shelf.writer(press).index
    ends = [0, *(index.at(n).offset for n in range(index.last().sequence + 1)), path.stat().st_size]
    data = path.read_bytes()
    return [data[start:end] for start, end in pairwise(ends)]


def put_back(press: archive.Collection, pieces: list[bytes]) -> None:
    """Write a collection's file anew, from pieces."""
    [path] = Layout(press.path).files()
    path.write_bytes(b"".join(pieces))


REARRANGED: dict[str, Callable[[list[bytes]], list[bytes]]] = {
    "delete": lambda pieces: [*pieces[:3], *pieces[4:]],
    "swap": lambda pieces: [*pieces[:3], pieces[4], pieces[3], *pieces[5:]],
    "reverse": lambda pieces: [*pieces[:2], *pieces[:1:-1]],
    "double": lambda pieces: [*pieces, pieces[3]],
    "cut off": lambda pieces: pieces[:-1],
}


@pytest.mark.parametrize("attack", REARRANGED)
def test_what_was_logged_cannot_be_rearranged(press: archive.Collection, attack: str) -> None:
    """Deleted, swapped, reordered, doubled or cut off: the log is of other entries."""
    put_back(press, REARRANGED[attack](groups(press)))
    report = press.verify()
    if attack == "double":  # the log is behind, which alone is no failure; the chain is broken
        assert {"sequence", "coverage"} <= failures(report)
    else:
        assert "log" in failures(report)
    assert report.verdict == "failed"


def test_an_edited_statement_is_not_the_one_that_was_logged(press: archive.Collection) -> None:
    """One letter in the last envelope: neither signed nor logged."""
    pieces = groups(press)
    members, rest = [], pieces[-1]
    while rest:
        inflate = zlib.decompressobj(31)
        members.append(inflate.decompress(rest))
        rest = inflate.unused_data
    members[-1] = members[-1].replace(b'"payload":"ey', b'"payload":"ez', 1)
    packed = b"".join(zlib.compress(member, wbits=31) for member in members)
    put_back(press, [*pieces[:-1], packed])
    report = press.verify()
    assert {"signature", "log"} <= failures(report)
    assert not any("taken away" in finding.message for finding in report.findings)


def rewind(press: archive.Collection, entries: int, earlier: Path) -> None:
    """Bring files and log back to a state that was kept, as the archiver can."""
    put_back(press, groups(press)[: entries + 1])
    shutil.rmtree(press.path / "log")
    shutil.copytree(earlier, press.path / "log")


def test_a_tail_cut_off_below_what_was_seen_is_history_gone_backwards(
    press: archive.Collection, tmp_path: Path
) -> None:
    """Files and log cut back together: who saw more says so; who saw less calls nothing shown."""
    shutil.copytree(press.path / "log", tmp_path / "earlier")
    seen = (press.path / "log" / "checkpoint").read_bytes()
    shelf.add_text(press, 11)
    (tmp_path / "later.checkpoint").write_bytes((press.path / "log" / "checkpoint").read_bytes())
    (tmp_path / "earlier.checkpoint").write_bytes(seen)
    rewind(press, 6, tmp_path / "earlier")
    report = press.verify()  # the first time that this verifier looks
    assert report.verdict == "verified"
    assert report.check("consistency").result == "not-checked"
    assert report.check("timestamp").result == report.check("witness").result == "not-checked"
    caught = press.verify(checkpoints=[tmp_path / "later.checkpoint"])
    assert failures(caught) == {"consistency"}
    assert "backwards" in caught.findings[0].message
    tail = press.verify(checkpoints=[tmp_path / "earlier.checkpoint"])
    assert tail.check("consistency").result == "passed"


def test_what_was_seen_once_is_remembered(press: archive.Collection, tmp_path: Path) -> None:
    """A verification keeps the checkpoint; the next one passes on growth and fails on a cut."""
    shutil.copytree(press.path / "log", tmp_path / "earlier")
    shelf.add_text(press, 11)
    assert press.verify().check("consistency").result == "not-checked"
    shelf.add_text(press, 12)
    grown = press.verify()
    assert (grown.verdict, grown.check("consistency").result) == ("verified", "passed")
    rewind(press, 6, tmp_path / "earlier")
    assert failures(press.verify()) == {"consistency"}
    assert failures(press.verify()) == {"consistency"}  # what failed was not kept instead


@pytest.mark.parametrize("numbers", [range(10, 15), range(10, 20)])
def test_another_history_under_the_same_key_is_sideways(
    press: archive.Collection, tmp_path: Path, numbers: range
) -> None:
    """Everything signed anew with the same key, as long or longer: not what was seen."""
    assert press.verify().verdict == "verified"
    with make(tmp_path / "forged", tmp_path / "keys", numbers, key=press.key) as forged:
        report = forged.verify()
    assert failures(report) == {"consistency"}
    assert "rewritten" in report.findings[0].message


def test_another_history_under_another_key_is_neither_seen_nor_trusted(
    press: archive.Collection, tmp_path: Path
) -> None:
    """Everything signed anew with another key: untrusted, and not what was seen."""
    assert press.verify().verdict == "verified"
    with make(tmp_path / "forged", tmp_path / "strange", range(5)) as forged:
        report = forged.verify(trust=[press.key], user_trust=False)
    assert failures(report) == {"consistency"}
    assert not any(signer.trusted for signer in report.signers)


def test_two_verifiers_of_a_split_view_find_out_by_a_checkpoint(
    press: archive.Collection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two histories, each consistent for its own verifier: one checkpoint exchanged tells."""
    assert press.verify().verdict == "verified"
    with make(tmp_path / "split", tmp_path / "keys", range(20, 26), key=press.key) as split:
        monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "second verifier"))
        assert split.verify().verdict == "verified"
        shelf.add_text(split, 30)
        exchanged = split.verify(checkpoints=[press.path / "log" / "checkpoint"])
    assert failures(exchanged) == {"consistency"}


def test_a_log_under_another_name_is_not_taken_for_a_new_one(press: archive.Collection) -> None:
    """The settings name another log, so that nothing was kept of it: the keyring says which."""
    path = press.path / "archive.toml"
    path.write_text(path.read_text().replace(ORIGIN, "press.example/fresh"))
    with archive.open(press.path) as renamed:
        report = renamed.verify(trust=[press.key])
        assert "log" in failures(report)
        shutil.rmtree(press.path / "log")  # and nothing left that was signed under the old name
        report = renamed.verify(trust=[press.key])
    assert failures(report) == {"log"}
    assert "another name" in report.findings[0].message


def test_a_log_that_is_gone_is_not_checked_and_hides_nothing_seen(
    press: archive.Collection,
) -> None:
    """No log, and settings that deny it: not checked, and still compared with what was seen."""
    assert press.verify().verdict == "verified"
    shutil.rmtree(press.path / "log")
    report = press.verify()
    assert (report.verdict, report.check("log").result) == ("incomplete", "not-checked")
    put_back(press, groups(press)[:-1])
    assert "consistency" in failures(press.verify())


def test_required_proofs_that_are_absent_are_never_verified(
    press: archive.Collection, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing failed is not verified: what was required and is not there makes it incomplete."""
    for name in ("consistency", "timestamp", "witness"):
        monkeypatch.setenv("XDG_STATE_HOME", str(press.path.parent / name))
        assert press.verify(require=[name]).verdict == "incomplete"


def test_settings_that_name_no_log_are_a_finding(press: archive.Collection) -> None:
    """A stranger's settings may name anything: it is told, and nothing breaks."""
    path = press.path / "archive.toml"
    path.write_text(path.read_text().replace(ORIGIN, "not a + name"))
    with archive.open(press.path) as renamed:
        report = renamed.verify(trust=[press.key])
    assert "log" in failures(report)


def test_a_capture_put_in_between_is_not_what_was_logged(
    press: archive.Collection, tmp_path: Path
) -> None:
    """A capture that the archiver signed later stands where none was: the log has others there."""
    with make(tmp_path / "forged", tmp_path / "keys", range(7, 9), key=press.key) as forged:
        late = groups(forged)[-1]
    pieces = groups(press)
    put_back(press, [*pieces[:4], late, *pieces[4:]])
    assert {"log", "sequence"} <= failures(press.verify())


def test_a_revoked_key_signs_nothing_more(
    press: archive.Collection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who has a key that was revoked can write, and sign, and log: it does not count."""
    old, keys = press.key, Keystore(tmp_path / "keys")
    press.change_keys(KeyChange(signer=keys.create(os.urandom).fingerprint))
    press.change_keys(KeyChange(revoked={old: None}))
    assert press.verify().verdict == "verified"
    change_setting(Layout(press.path), "key", old)
    monkeypatch.setattr("archive.store.writer.check_current", lambda *_: None)
    with archive.open(press.path, keystore=keys, extracting=False) as stolen:
        shelf.add_text(stolen, 40)
        report = stolen.verify()
    assert report.verdict == "failed"
    assert "signature" in failures(report)
    assert any("revoked" in finding.message for finding in report.findings)


@pytest.fixture
def stamped(press: archive.Collection, tmp_path: Path) -> str:
    """The collection's six entries are dated by an authority; the file of its root."""
    authority = make_authority(tmp_path / "authority")
    root = press.path / "root.pem"
    root.write_bytes(authority.root)
    with Server(authority) as server:
        asked = f'\n[[timestamp]]\nurl = "{server.url}"\nroot = "root.pem"\n'
        path = press.path / "archive.toml"
        path.write_text(path.read_text() + asked)
        with archive.open(press.path, keystore=Keystore(tmp_path / "keys")) as again:
            [found] = again.log.timestamp()
    assert (found.size, found.error) == (6, None)
    return str(root)


def test_a_backdated_capture_contradicts_the_time_stamp_that_it_stands_on(
    press: archive.Collection, tmp_path: Path, stamped: str
) -> None:
    """Signed with a date of a year ago and logged today, behind a token that a chain commits to."""
    keys, clock = Keystore(tmp_path / "keys"), Clock(START - timedelta(days=365))
    with archive.open(press.path, keystore=keys, effects=clock.effects) as again:
        late = shelf.add_text(again, 50)
        report = again.verify(authorities=[stamped])
    assert late.date < START
    assert failures(report) == {"timestamp"}
    assert "days before the trusted time stamp that it stands on" in report.findings[0].message
    assert report.shown is not None
    assert (report.shown.stamped, report.shown.entries) == (6, 8)
    assert "later entries, dated by the archiver alone" in (report.check("timestamp").reason or "")


def test_a_tail_above_the_last_dated_checkpoint_is_not_called_whole(
    press: archive.Collection, tmp_path: Path, stamped: str
) -> None:
    """Cut off behind the stamp: nothing fails and nothing says that all is there; before it:
    what was dated is another history.
    """
    keys = Keystore(tmp_path / "keys")
    with archive.open(press.path, keystore=keys, extracting=False) as again:
        shutil.copytree(again.path / "log", tmp_path / "earlier")
        shelf.add_text(again, 50)
        rewind(again, 7, tmp_path / "earlier")
        cut = again.verify(authorities=[stamped], keep=False)
        assert (cut.verdict, cut.check("timestamp").result) == ("verified", "passed")
        assert cut.check("consistency").result == "not-checked"
        assert cut.check("witness").result == "not-checked"
        put_back(again, groups(again)[:5])
        (again.path / "log" / "checkpoint").unlink()  # as if a new log were to begin
        below = again.verify(authorities=[stamped], keep=False)
    assert "timestamp" in failures(below)
    assert any("another history" in finding.message for finding in below.findings)


def test_the_time_is_that_of_the_largest_that_was_dated(
    press: archive.Collection, tmp_path: Path
) -> None:
    """Two time stamps of one authority: what came between them is as old as the second says."""
    authority = make_authority(tmp_path / "authority")
    root = press.path / "root.pem"
    root.write_bytes(authority.root)
    with Server(authority) as server:
        asked = f'\n[[timestamp]]\nurl = "{server.url}"\nroot = "root.pem"\n'
        path = press.path / "archive.toml"
        path.write_text(path.read_text() + asked)
        with archive.open(press.path, keystore=Keystore(tmp_path / "keys")) as again:
            [first] = again.log.timestamp()
            time.sleep(1.1)  # tokens tell whole seconds
            [second] = again.log.timestamp()
            report = again.verify(authorities=[str(root)])
    assert first.time is not None
    assert second.time is not None
    assert first.time < second.time
    assert report.shown is not None
    [dated] = report.shown.dated
    assert (dated.stamps, dated.entries, dated.time) == (2, second.size, second.time)
    assert report.shown.time == second.time


def test_a_checkpoint_of_another_name_is_compared_with_nothing(
    press: archive.Collection, tmp_path: Path
) -> None:
    """The same tree under another log's name is not taken for what was seen of this one."""
    text = read_checkpoint(press.log.checkpoint()).to_text().replace(ORIGIN, "other.example/log")
    key = Keystore(tmp_path / "keys").load(press.key, lambda: None)
    signer = NoteSigner.for_notes("other.example/log", key)
    (tmp_path / "other.checkpoint").write_bytes(sign_note(text, [signer], 0))
    report = press.verify(checkpoints=[tmp_path / "other.checkpoint"])
    assert failures(report) == {"consistency"}
    assert "another log" in report.findings[0].message
