"""Tests of changes of keys at their bounds: thresholds, revoked signers, an empty collection."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import archive
from archive.errors import UsageError
from archive.log.rekeying import KeyChange
from archive.proof.keyring import MAX_KEYS
from tests.store import shelf
from tests.store.shelf import new_key


@pytest.fixture
def press(tmp_path: Path) -> Iterator[archive.Collection]:
    """A collection with a log, a keyring and two captures: entries 0 to 2."""
    with shelf.collection(tmp_path, 2) as made:
        yield made


def test_the_first_change_of_keys_needs_no_capture(tmp_path: Path) -> None:
    """In a collection that has no entry yet the first keyring is written first."""
    with shelf.collection(tmp_path) as press:
        assert press.change_keys(KeyChange(add=(new_key(tmp_path),))).version == 2
        assert press.log.status().size == 2


def test_a_change_of_keys_writes_one_entry(press: archive.Collection, tmp_path: Path) -> None:
    """Where there is a keyring already, nothing but the next version is written."""
    before = press.log.status().size
    press.change_keys(KeyChange(add=(new_key(tmp_path),)))
    assert press.log.status().size == before + 1


def test_a_key_that_is_revoked_from_now_on_counts_up_to_the_entry_that_says_so(
    press: archive.Collection, tmp_path: Path
) -> None:
    """Without a number a key is revoked from the very entry on that revokes it."""
    old = press.key
    press.change_keys(KeyChange(signer=new_key(tmp_path)))
    entry = press.log.status().size
    assert press.change_keys(KeyChange(revoked={old: None})).revoked == {old: entry}


@pytest.mark.parametrize("threshold", [0, 2])
def test_a_threshold_is_of_one_key_at_least_and_of_all_at_most(
    press: archive.Collection, threshold: int
) -> None:
    """None of one key and two of one key make no keyring; one of one does."""
    with pytest.raises(UsageError, match="makes no keyring"):
        press.change_keys(KeyChange(threshold=threshold))
    assert press.change_keys(KeyChange(threshold=1)).threshold == 1


def test_a_key_that_was_revoked_is_not_added_again(
    press: archive.Collection, tmp_path: Path
) -> None:
    """A key that does not count any more makes no keyring, however many others there are."""
    old = press.key
    press.change_keys(KeyChange(signer=new_key(tmp_path), revoked={old: None}))
    with pytest.raises(UsageError, match="makes no keyring"):
        press.change_keys(KeyChange(add=(old,)))


def test_the_key_that_signs_is_revoked_only_with_another_in_its_place(
    press: archive.Collection, tmp_path: Path
) -> None:
    """Beside a second key too the signing one cannot be revoked; in one step with a new one it
    can.
    """
    old = press.key
    press.change_keys(KeyChange(add=(new_key(tmp_path),)))
    with pytest.raises(UsageError, match="that signs cannot be revoked"):
        press.change_keys(KeyChange(revoked={old: None}))
    after = press.change_keys(KeyChange(signer=new_key(tmp_path), revoked={old: None}))
    assert old in after.revoked
    assert old not in {key.fingerprint for key in after.keys}


def test_a_keyring_has_sixteen_keys_at_most(press: archive.Collection, tmp_path: Path) -> None:
    """Fifteen keys beside the one that signs make a keyring; one more makes none."""
    others = tuple(new_key(tmp_path) for _ in range(MAX_KEYS))
    assert MAX_KEYS == 16
    with pytest.raises(UsageError, match="makes no keyring"):
        press.change_keys(KeyChange(add=others))
    assert len(press.change_keys(KeyChange(add=others[1:])).keys) == MAX_KEYS
