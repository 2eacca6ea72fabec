"""Tests of changing a collection's keys: what the log's index decides, and nobody's clock."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import archive
from archive.disk.layout import Layout, change_setting
from archive.errors import KeyRefusedError, UsageError
from archive.log.rekeying import KeyChange
from archive.verification import Report
from tests.store import shelf
from tests.store.shelf import new_key


@pytest.fixture
def press(tmp_path: Path) -> Iterator[archive.Collection]:
    """A collection with a log and two captures."""
    with shelf.collection(tmp_path, 2) as made:
        yield made


def check(press: archive.Collection) -> Report:
    """A verification that must find nothing."""
    report = press.verify(require=["log"])
    assert (report.verdict, report.findings) == ("verified", ())
    return report


def test_after_a_rotation_the_new_key_signs_and_the_old_counts_for_what_it_signed(
    press: archive.Collection, tmp_path: Path
) -> None:
    """Captures before and after verify, in this process and in the next; the log goes on."""
    old, new = press.key, new_key(tmp_path)
    keyring = press.change_keys(KeyChange(signer=new))
    assert (keyring.version, [key.fingerprint for key in keyring.keys]) == (2, [new])
    assert press.key == new
    shelf.add_text(press, 5)
    with shelf.collection(tmp_path) as again:
        shelf.add_text(again, 6)
        report = check(again)
        assert {signer.fingerprint for signer in report.signers} == {old, new}
        again.change_keys(KeyChange(signer=new_key(tmp_path)))
        shelf.add_text(again, 7)
        check(again)


def test_the_old_key_cannot_go_on(press: archive.Collection, tmp_path: Path) -> None:
    """With the old key in the settings, and the new one not at hand, nothing is written: the error
    names the new one.
    """
    old, new = press.key, new_key(tmp_path)
    press.change_keys(KeyChange(signer=new))
    change_setting(Layout(press.path), "key", old)
    (tmp_path / "config" / "keys" / f"{new}.pem").unlink()
    with shelf.collection(tmp_path) as again, pytest.raises(KeyRefusedError) as caught:
        shelf.add_text(again, 5)
    assert new in (caught.value.hint or "")


def test_a_revoked_key_does_not_count_from_its_entry_on(
    press: archive.Collection, tmp_path: Path
) -> None:
    """Revoked from now on, what it signed stays; revoked from entry 2 on, that entry fails."""
    old = press.key
    with pytest.raises(UsageError):
        press.change_keys(KeyChange(revoked={old: None}))
    press.change_keys(KeyChange(signer=new_key(tmp_path)))
    press.change_keys(KeyChange(revoked={old: 4}))
    check(press)
    third = new_key(tmp_path)
    second = press.key
    press.change_keys(KeyChange(signer=third))
    press.change_keys(KeyChange(revoked={second: 4}))
    report = press.verify()
    assert report.verdict == "failed"
    assert {finding.check for finding in report.findings} == {"signature"}
    assert "revoked" in report.findings[0].message


def test_a_key_that_is_revoked_is_not_let_in_again(
    press: archive.Collection, tmp_path: Path
) -> None:
    """Revoked once more, it does not count for longer than it did; it can count for less."""
    old = press.key
    press.change_keys(KeyChange(signer=new_key(tmp_path)))
    shelf.add_text(press, 5)
    press.change_keys(KeyChange(revoked={old: 5}))
    for later in (None, 5, 9):
        with pytest.raises(UsageError, match="already"):
            press.change_keys(KeyChange(revoked={old: later}))
    assert press.change_keys(KeyChange(revoked={old: 4})).revoked == {old: 4}
    check(press)


def test_a_threshold_of_two_needs_two_keys(press: archive.Collection, tmp_path: Path) -> None:
    """Two of two agree; with one of them gone from this user's folder, nothing changes."""
    second = new_key(tmp_path)
    keyring = press.change_keys(KeyChange(threshold=2, add=(second,)))
    assert (keyring.threshold, len(keyring.keys)) == (2, 2)
    shelf.add_text(press, 5)
    third = new_key(tmp_path)
    keys = tmp_path / "config" / "keys"
    (keys / f"{second}.pem").rename(tmp_path / "safe.pem")
    with pytest.raises(KeyRefusedError):
        press.change_keys(KeyChange(signer=third))
    (tmp_path / "safe.pem").rename(keys / f"{second}.pem")
    press.change_keys(KeyChange(signer=third))
    shelf.add_text(press, 6)
    check(press)


def test_a_threshold_that_nobody_can_meet_is_refused(press: archive.Collection) -> None:
    """Two of one key makes no keyring."""
    with pytest.raises(UsageError):
        press.change_keys(KeyChange(threshold=2))
    check(press)
