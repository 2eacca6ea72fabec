"""Tests that every commit is logged, and that the log is brought up to the files, or refused."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import archive
from archive.disk.layout import CollectionSettings, Layout, write_settings
from archive.errors import StorageError
from archive.proof.checkpoint import Checkpoint, read_checkpoint
from archive.proof.merkle import hash_leaf, hash_root
from archive.store import tiles
from tests.collection.press import Clock, check_verified, read_members
from tests.store import shelf


def head(press: Path) -> Checkpoint:
    """The collection's checkpoint."""
    return read_checkpoint((press / "log" / "checkpoint").read_bytes())


def envelopes(press: Path) -> list[bytes]:
    """Every envelope of the WARC files in order, by a reader that knows nothing of us."""
    members = [member for path in Layout(press).files() for member in read_members(path)]
    return [block for head, block in members if b"application/vnd.in-toto.capture+dsse" in head]


def check_logged(press: Path) -> None:
    """The checkpoint commits to the files' envelopes, all of them, in order."""
    leaves = [hash_leaf(data) for data in envelopes(press)]
    assert (head(press).size, head(press).root) == (len(leaves), hash_root(leaves))


def test_every_commit_is_logged_with_one_checkpoint(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Many captures of one commit get one checkpoint; the keyring comes first of all."""
    published = []
    real = tiles.LogFolder.publish

    def publish(self: tiles.LogFolder, data: bytes) -> None:
        published.append(data)
        real(self, data)

    monkeypatch.setattr(tiles.LogFolder, "publish", publish)
    clock = Clock()
    with shelf.collection(tmp_path, clock=clock) as press:
        shelf.writer(press).commit([shelf.draft_text(number, clock) for number in range(5)])
        shelf.add_text(press, 9)
        assert [entry.sequence for entry in shelf.writer(press).index.entries("keyring")] == [0]
        check_verified(press)
        press.verify().require("log")
    assert [read_checkpoint(data).size for data in published] == [6, 7]
    check_logged(tmp_path / "press")


def test_a_log_that_fails_takes_nothing_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A disk that fails under the log costs no capture: the next commit logs it first."""
    with shelf.collection(tmp_path, 2) as press:
        with monkeypatch.context() as patched:
            patched.setattr(tiles.LogFolder, "publish", refuse)
            with pytest.raises(StorageError):
                shelf.add_text(press, 5)
        assert head(press.path).size == 3
        assert len(envelopes(press.path)) == 4
        report = press.verify()
        assert (report.verdict, report.check("log").result) == ("incomplete", "not-checked")
        shelf.add_text(press, 6)
        check_verified(press)
        assert len(list(press.captures())) == 4
    check_logged(tmp_path / "press")


def refuse(*_: object) -> None:
    """A disk that is full."""
    raise StorageError("no space left on device")


def damage_tiles(press: Path) -> None:
    """Flip a bit in every tile."""
    for path in (press / "log" / "tile").rglob("*"):
        if path.is_file():
            path.write_bytes(bytes([path.read_bytes()[0] ^ 1]) + path.read_bytes()[1:])


@pytest.mark.parametrize(
    "harm",
    [
        damage_tiles,
        lambda press: shutil.rmtree(press / "log" / "tile"),
        lambda press: shutil.rmtree(press / "log"),
    ],
)
def test_a_damaged_log_is_made_anew_from_the_files(
    tmp_path: Path, harm: Callable[[Path], Any]
) -> None:
    """Tiles that are damaged or gone, or a whole log that is gone, come back with a capture."""
    with shelf.collection(tmp_path, 3) as press:
        before = {path: path.read_bytes() for path in press.path.rglob("tile/0/000.p/4")}
        assert before
    harm(tmp_path / "press")
    with shelf.collection(tmp_path) as press:
        report = press.verify()
        assert report.findings == ()
        assert report.check("log").reason
        shelf.add_text(press, 7)
        assert press.verify().check("log").reason is None
        check_verified(press)
    check_logged(tmp_path / "press")


def test_a_log_of_more_entries_than_the_files_stops_the_writer(tmp_path: Path) -> None:
    """With the last capture cut off, nothing is added, and verify says what is gone."""
    with shelf.collection(tmp_path, 3) as press:
        [path] = Layout(press.path).files()
        end = shelf.known_rows(press.path)[-1].offset
    with open(path, "r+b") as file:
        file.truncate(end)
    (tmp_path / "press" / "index.sqlite").unlink()
    with shelf.collection(tmp_path) as press:
        with pytest.raises(StorageError, match="the log has 4 entries") as caught:
            shelf.add_text(press, 8)
        assert caught.value.hint
        report = press.verify()
        assert report.verdict == "failed"
        assert {finding.check for finding in report.findings} == {"log"}
        assert any("entry 3 of the log is not" in finding.message for finding in report.findings)


def test_a_checkpoint_that_is_not_the_logs_stops_the_writer(tmp_path: Path) -> None:
    """A checkpoint of another collection in the place of this one's is not gone on from."""
    with shelf.collection(tmp_path, 2) as press:
        pass
    with shelf.collection(tmp_path / "other", 2) as other:
        (press.path / "log" / "checkpoint").write_bytes(
            (other.path / "log" / "checkpoint").read_bytes()
        )
    with shelf.collection(tmp_path) as press, pytest.raises(StorageError):
        shelf.add_text(press, 8)


def test_a_collection_made_without_a_log_adopts_one(tmp_path: Path) -> None:
    """What was captured before is logged first, then the keyring; the rest goes on from there."""
    with shelf.collection(tmp_path, 3, log=False) as press:
        assert not (press.path / "log").exists()
        settings = CollectionSettings(press.origin, press.key, log=True)
        (press.path / "archive.toml").write_bytes(write_settings(settings))
    with shelf.collection(tmp_path) as press:
        shelf.writer(press).append([])
        assert head(press.path).size == 4
        shelf.add_text(press, 5)
        check_verified(press)
        press.verify().require("log")
    check_logged(tmp_path / "press")


def test_a_closed_file_is_sealed(tmp_path: Path) -> None:
    """The first entry of the next file names the one before; a changed byte in it shows."""
    with shelf.collection(tmp_path, 12, file_size=20_000) as press:
        files = Layout(press.path).files()
        seals = shelf.writer(press).index.entries("seal")
        assert [seal.about for seal in seals] == [path.name for path in files[:-1]]
        assert len(seals) > 1
        check_verified(press)
    data = bytearray(files[0].read_bytes())
    data[9] ^= 1  # the operating system in a gzip header, which nothing else covers
    files[0].write_bytes(data)
    with shelf.collection(tmp_path) as press:
        assert any("when it was sealed" in item.message for item in press.verify().findings)


def test_many_writers_log_one_history(tmp_path: Path) -> None:
    """Two writers in turns: each goes on from the other's checkpoint."""
    with shelf.collection(tmp_path, 1) as one, shelf.collection(tmp_path) as two:
        for number in range(3):
            shelf.add_text(one, 10 + number)
            shelf.add_text(two, 20 + number)
        check_verified(one)
    check_logged(tmp_path / "press")
    assert isinstance(one, archive.Collection)


def test_files_cut_behind_an_open_writer_s_back_stop_it(tmp_path: Path) -> None:
    """The last capture and the index are taken away while a writer is open: it adds nothing."""
    with shelf.collection(tmp_path, 3) as press:
        [path] = Layout(press.path).files()
        end = shelf.known_rows(press.path)[-1].offset
        with open(path, "r+b") as file:
            file.truncate(end)
        Layout(press.path).index.unlink()
        before = shelf.warc_bytes(press.path)
        with pytest.raises(StorageError, match="the log has 4 entries, the files 3"):
            shelf.add_text(press, 8)
        assert shelf.warc_bytes(press.path) == before
    assert head(tmp_path / "press").size == 4


def test_another_last_entry_than_was_logged_stops_the_writer(tmp_path: Path) -> None:
    """The last capture exchanged for another one, signed and chained as well: it is not logged."""
    with shelf.collection(tmp_path, 2) as press:
        shutil.copytree(press.path, tmp_path / "other" / "press")
        shutil.copytree(tmp_path / "config", tmp_path / "other" / "config")
        shelf.add_text(press, 5)
    with shelf.collection(tmp_path / "other") as other:
        shelf.add_text(other, 6)
    [theirs], [ours] = Layout(other.path).files(), Layout(press.path).files()
    shutil.copy(theirs, ours)
    Layout(press.path).index.unlink()
    with shelf.collection(tmp_path) as press:
        with pytest.raises(StorageError, match="entry 3 of the log is not what the files hold"):
            shelf.add_text(press, 7)
        assert press.verify().verdict == "failed"
    assert ours.read_bytes() == theirs.read_bytes()


def test_a_capture_of_another_history_is_not_logged(tmp_path: Path) -> None:
    """What a dead writer had not logged must follow what was logged, whoever signed it."""
    with shelf.collection(tmp_path, 2) as press:
        shutil.copytree(press.path, tmp_path / "other" / "press")
        shutil.copytree(tmp_path / "config", tmp_path / "other" / "config")
        shutil.copytree(press.path / "log", tmp_path / "earlier")
        shelf.add_text(press, 5)
    with shelf.collection(tmp_path / "other") as other:
        shelf.add_text(other, 6)
        shelf.add_text(other, 7)
        [path] = Layout(other.path).files()
        last = shelf.known_rows(other.path)[-1]
    [ours] = Layout(press.path).files()
    ours.write_bytes(ours.read_bytes() + path.read_bytes()[last.offset :])
    Layout(press.path).index.unlink()
    shutil.rmtree(press.path / "log")
    shutil.copytree(tmp_path / "earlier", press.path / "log")
    with shelf.collection(tmp_path) as press:
        with pytest.raises(StorageError, match="envelope 4 does not follow the one before it"):
            shelf.add_text(press, 8)
        assert press.verify().verdict == "failed"
    assert head(tmp_path / "press").size == 3
