"""The signer remembers: of two histories of one log the user's key signs one only."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from archive.disk.layout import Layout
from archive.errors import InputError, StorageError
from archive.user.checkpoints import KeptCheckpoints
from archive.user.signed import SignedCheckpoints
from tests.collection.press import check_verified
from tests.store import shelf


def copy(folder: Path, name: str) -> Path:
    """A copy of the collection, elsewhere, of the same user."""
    target = folder / name
    shutil.copytree(folder / "press", target)
    return target


def restore(folder: Path, backup: Path) -> None:
    """Bring a backup back in the place of the collection."""
    shutil.rmtree(folder / "press")
    backup.rename(folder / "press")


def test_a_backup_that_was_restored_is_not_signed_on(tmp_path: Path) -> None:
    """After a restore nothing is added to a log of which more was signed; the way out is named, and
    the files brought back are gone on with.
    """
    with shelf.collection(tmp_path, 1) as press:
        backup = copy(tmp_path, "backup")
        shelf.add_text(press, 1)
    newer = copy(tmp_path, "newer")
    restore(tmp_path, backup)
    before = shelf.read_tree(Layout(tmp_path / "press").log)
    with shelf.collection(tmp_path) as press:
        with pytest.raises(
            StorageError, match="3 entries of this log were signed, here are 2"
        ) as e:
            shelf.add_text(press, 2)
        assert "backup" in (e.value.hint or "")
        assert "archive init" in e.value.hint.command  # type: ignore[union-attr]
    assert shelf.read_tree(Layout(tmp_path / "press").log) == before
    restore(tmp_path, newer)
    with shelf.collection(tmp_path) as press:
        shelf.add_text(press, 2)
        check_verified(press)


def test_of_two_copies_that_both_add_the_second_is_stopped(tmp_path: Path) -> None:
    """Two copies of one collection: the one that meets what the other signed adds nothing."""
    with shelf.collection(tmp_path, 1):
        pass
    other = copy(tmp_path, "other")
    with shelf.collection(tmp_path) as press:
        shelf.add_text(press, 1)
    (tmp_path / "press").rename(tmp_path / "first")
    other.rename(tmp_path / "press")
    with shelf.collection(tmp_path) as press, pytest.raises(StorageError):
        shelf.add_text(press, 2)


def test_another_history_of_the_same_length_is_told_as_that(tmp_path: Path) -> None:
    """A log sideways of what was signed: as many entries, but others."""
    with shelf.collection(tmp_path, 1):
        pass
    other, keys = copy(tmp_path, "other"), tmp_path / "config"
    memory = keys / "signed"
    kept = tmp_path / "kept"
    shutil.copytree(memory, kept)
    with shelf.collection(tmp_path) as press:
        shelf.add_text(press, 1)
    shutil.rmtree(memory)
    kept.rename(memory)  # as on another machine
    restore(tmp_path, other)
    with shelf.collection(tmp_path) as press:
        shelf.add_text(press, 2)
        newest = copy(tmp_path, "newest")
    with shelf.collection(tmp_path) as press:
        shelf.add_text(press, 4)
    restore(tmp_path, newest)
    with shelf.collection(tmp_path) as press, pytest.raises(StorageError):
        shelf.add_text(press, 5)


def test_what_was_verified_is_remembered_where_nothing_was_signed(tmp_path: Path) -> None:
    """At its first use the memory is what this user's verifications have seen."""
    with shelf.collection(tmp_path, 1) as press:
        backup = copy(tmp_path, "backup")
        shelf.add_text(press, 1)
        assert press.verify().verdict == "verified"
    shutil.rmtree(tmp_path / "config" / "signed")
    restore(tmp_path, backup)
    with shelf.collection(tmp_path) as press, pytest.raises(StorageError, match="were signed"):
        shelf.add_text(press, 2)


@pytest.mark.parametrize("lost", ["log", "memory", "index"])
def test_an_honest_log_goes_on(tmp_path: Path, lost: str) -> None:
    """A log that is made anew from the files, a memory that is gone, an index that is gone: what
    was signed stands in the files, and nobody is stopped.
    """
    with shelf.collection(tmp_path, 2) as press:
        layout = Layout(press.path)
    if lost == "log":
        (layout.log / "checkpoint").unlink()
    elif lost == "index":
        layout.index.unlink()
    else:
        shutil.rmtree(tmp_path / "config" / "signed")
    with shelf.collection(tmp_path) as press:
        shelf.add_text(press, 2)
        check_verified(press)


def test_a_log_behind_its_memory_is_brought_up_from_the_files(tmp_path: Path) -> None:
    """A writer that died between signing and publishing: the files hold what was signed."""
    with shelf.collection(tmp_path, 1) as press:
        before = (Layout(press.path).log / "checkpoint").read_bytes()
        shelf.add_text(press, 1)
    (tmp_path / "press" / "log" / "checkpoint").write_bytes(before)
    with shelf.collection(tmp_path) as press:
        shelf.add_text(press, 2)
        check_verified(press)


def test_a_damaged_memory_is_said_and_not_passed_over(tmp_path: Path) -> None:
    """What was signed is not forgotten because a file is damaged."""
    with shelf.collection(tmp_path, 1):
        pass
    [path] = (tmp_path / "config" / "signed").iterdir()
    path.write_bytes(b"junk")
    with shelf.collection(tmp_path) as press, pytest.raises(InputError, match="damaged"):
        shelf.add_text(press, 1)


def test_logs_of_other_names_and_keys_are_remembered_apart(tmp_path: Path) -> None:
    """The memory of a log is of its origin and key."""
    memory = SignedCheckpoints(tmp_path / "signed", KeptCheckpoints(tmp_path / "seen"))
    with shelf.collection(tmp_path, 1) as press:
        signed = (Layout(press.path).log / "checkpoint").read_bytes()
        memory.keep(press.origin, "one", signed)
        assert memory.load(press.origin, "one") == signed
        assert memory.load(press.origin, "two") is None
        assert memory.load("other.example", "one") is None
