"""Failing disks: fsync and writes that fail, a full disk, bytes that do not stay."""

from __future__ import annotations

import errno
import json
import os
import resource
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

import archive
from archive.disk.durable import wrap_error
from archive.disk.layout import Layout
from archive.errors import InputError, StorageError
from archive.index import completion as recovery
from archive.store import append
from archive.user.keystore import Keystore
from archive.warc.writer import compress_pieces
from tests.collection.press import Clock, check_verified
from tests.places import ROOT, program
from tests.store import shelf


def failing(real: Callable[..., Any], at: int, number: int = errno.EIO) -> Callable[..., Any]:
    """A call of the system that fails once, and notes how often it was called."""

    def call(*arguments: Any) -> Any:
        call.calls += 1  # type: ignore[attr-defined]
        if call.calls == at + 1:  # type: ignore[attr-defined]
            raise OSError(number, os.strerror(number))
        return real(*arguments)

    call.calls = 0  # type: ignore[attr-defined]
    return call


def goes_on(folder: Path, kept: int) -> None:
    """Insist that the collection holds so many captures, verifies, and can be added to."""
    with shelf.unlogged(folder) as press:
        assert len(list(press.captures())) == kept
        assert shelf.add_text(press, 70).row.sequence == kept
        check_verified(press)
    assert shelf.known_rows(press.path) == shelf.rows_in_files(press.path)


@pytest.mark.parametrize("captures", [0, 2])
@pytest.mark.parametrize("at", [0, 1])
def test_a_failed_fsync_saves_nothing_and_is_not_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, captures: int, at: int
) -> None:
    """After a failed fsync of file or folder the add ends with exit 8, and nothing of it stays."""
    with shelf.unlogged(tmp_path, captures) as press:
        shelf.writer(press)
        before = shelf.warc_bytes(press.path)
        fsync = failing(os.fsync, at)
        with monkeypatch.context() as patch:
            patch.setattr(os, "fsync", fsync)
            if at == 1 and captures:
                shelf.add_text(press, 50)  # a file that has a name already takes one fsync
                assert fsync.calls == 1  # type: ignore[attr-defined]
                return
            with pytest.raises(StorageError, match="durable") as caught:
                shelf.add_text(press, 50)
        assert caught.value.exit_code == 8
        assert fsync.calls == at + 1  # type: ignore[attr-defined]
        assert shelf.warc_bytes(press.path) == before
        assert len(list(press.captures())) == captures
    goes_on(tmp_path, captures)


def test_a_failed_fsync_takes_the_whole_batch_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A batch over several files whose last fsync fails leaves no file without the one before."""
    clock = Clock()
    with shelf.unlogged(tmp_path, 1, file_size=3000) as press:
        drafts = [shelf.draft_text(number, clock) for number in range(10, 14)]
        before = shelf.warc_bytes(press.path)
        for at in range(2, 7):
            with monkeypatch.context() as patch:
                patch.setattr(os, "fsync", failing(os.fsync, at))
                with pytest.raises(StorageError):
                    shelf.writer(press).commit(drafts)
            assert shelf.warc_bytes(press.path) == before
    goes_on(tmp_path, 1)


def test_captures_that_cannot_be_taken_back_are_kept_in_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where fsync and truncating both fail, the chain of what is left has no gap."""
    clock = Clock()
    with shelf.unlogged(tmp_path, 1, file_size=3000) as press:
        drafts = [shelf.draft_text(number, clock) for number in range(10, 14)]
        shelf.writer(press)
        with monkeypatch.context() as patch:
            patch.setattr(os, "fsync", failing(os.fsync, 4))
            patch.setattr(os, "ftruncate", failing(os.ftruncate, 1))
            with pytest.raises(StorageError):
                shelf.writer(press).commit(drafts)
    with shelf.unlogged(tmp_path) as press:
        shelf.add_text(press, 70)
        check_verified(press)


def test_a_write_that_fails_leaves_the_file_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A write that stops half-way is taken back at once."""

    def write_half(file: Any, data: bytes) -> None:
        file.write(data[: len(data) // 2])
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with shelf.unlogged(tmp_path, 2) as press:
        before = shelf.warc_bytes(press.path)
        with monkeypatch.context() as patch:
            patch.setattr(append, "_write_all", write_half)
            with pytest.raises(StorageError, match="No space left"):
                shelf.add_text(press, 50)
        assert shelf.warc_bytes(press.path) == before
    goes_on(tmp_path, 2)


@pytest.mark.parametrize("place", [0, 30, 150, -9, -1])
def test_bytes_that_are_read_back_otherwise_are_not_saved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: int
) -> None:
    """What stands in the file must be what was to be written, else exit 8 and nothing stays."""
    real = append._write_all

    def write_wrong(file: Any, data: bytes) -> int:
        changed = bytearray(data)
        changed[place] ^= 0xFF
        return real(file, bytes(changed))

    with shelf.unlogged(tmp_path, 2) as press:
        before = shelf.warc_bytes(press.path)
        with monkeypatch.context() as patch:
            patch.setattr(append, "_write_all", write_wrong)
            with pytest.raises(StorageError, match="read back differ"):
                shelf.add_text(press, 50)
        assert shelf.warc_bytes(press.path) == before
    goes_on(tmp_path, 2)


@pytest.mark.parametrize("change", ["lost", "more"])
def test_writes_that_lose_or_add_bytes_are_not_saved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    """A disk that drops a write, or a file that somebody else appends to, is noticed."""
    real = append._write_all

    def write_wrong(file: Any, data: bytes) -> int:
        real(file, data[:-100] if change == "lost" else data + data[:200])
        return len(data)

    with shelf.unlogged(tmp_path, 2) as press, monkeypatch.context() as patch:
        patch.setattr(append, "_write_all", write_wrong)
        with pytest.raises(StorageError, match="read back differ"):
            shelf.add_text(press, 50)
    goes_on(tmp_path, 2)


def test_an_index_that_cannot_be_written_costs_no_capture(tmp_path: Path) -> None:
    """When the index fails after the WARC was durable: exit 8, and the next writer indexes it."""
    with shelf.unlogged(tmp_path, 2) as press:
        writer = shelf.writer(press)
        writer.index._connection.execute("PRAGMA query_only = 1")  # refuses every change
        with pytest.raises(StorageError, match="index") as caught:
            shelf.add_text(press, 50)
        assert caught.value.exit_code == 8
        assert len(shelf.known_rows(press.path)) == 2
        assert len(list(press.captures())) == 3
        writer.index._connection.execute("PRAGMA query_only = 0")
        shelf.add_text(press, 51)  # the same writer goes on
    assert len(shelf.known_rows(press.path)) == 4
    goes_on(tmp_path, 4)


def run_python(folder: Path, *arguments: str, limit: int | None = None) -> Any:
    """Run a program with its keys in a folder, files held to a size."""

    def hold() -> None:
        if limit is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env={**os.environ, "XDG_CONFIG_HOME": str(folder / "config")},
        capture_output=True,
        text=True,
        preexec_fn=hold,
        check=False,
    )


@contextmanager
def small_disk(folder: Path, kilobytes: int) -> Iterator[Path]:
    """A file system of so many kilobytes; only root can make one."""
    if os.geteuid() != 0:
        pytest.skip("only root can mount a small file system; the limit of file sizes is tested")
    folder.mkdir()
    command = [
        str(program("mount")),
        "-t",
        "tmpfs",
        "-o",
        f"size={kilobytes}k",
        "tmpfs",
        str(folder),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        message = f"a small file system cannot be mounted: {done.stderr.strip()}"
        (pytest.fail if os.environ.get("CI") else pytest.skip)(message)
    try:
        yield folder
    finally:
        subprocess.run([str(program("umount")), str(folder)], check=True)


FILL = """
import os, sys, archive
from pathlib import Path
text = Path(sys.argv[2])
with archive.open(sys.argv[1]) as press:
    for number in range(1000):
        text.write_text(os.urandom(3000).hex())
        print(press.import_file(text, f"https://news.example/{number}").id, flush=True)
"""


def import_until_full(folder: Path, press: Path, limit: int | None = None) -> set[str]:
    """Import noise until the disk is full; gives the captures that were reported as saved."""
    text = folder / "noise.txt"
    done = run_python(folder, "-c", FILL, str(press), str(text), limit=limit)
    assert "StorageError" in done.stderr
    again = ("-m", "archive", "import", "-C", str(press), "--json", str(text))
    told = run_python(folder, *again, "--url", "https://a.example/", limit=limit)
    assert told.returncode == 8, told.stderr
    assert json.loads(told.stdout)["error"]["code"] == "storage"
    return set(done.stdout.split())


def readable(folder: Path, press: Path, saved: set[str]) -> None:
    """Insist that a full collection can be read and verifies, and holds what was saved."""
    assert len(saved) > 2
    with archive.open(press, keystore=Keystore(folder / "config" / "article-archive")) as full:
        assert saved <= {capture.id for capture in full.captures()}
        check_verified(full)


def test_a_full_disk_stops_with_exit_8_and_a_readable_collection(tmp_path: Path) -> None:
    """On a full file system the import says so, and what was saved is there and verifies."""
    with small_disk(tmp_path / "disk", 300) as disk:
        press = disk / "press"
        assert run_python(tmp_path, "-m", "archive", "init", str(press)).returncode == 0
        readable(tmp_path, press, import_until_full(tmp_path, press))


@pytest.mark.parametrize("limit", [60_000, 200_000])
def test_files_held_to_a_size_stop_with_exit_8(tmp_path: Path, limit: int) -> None:
    """A limit on the size of files is met like a full disk, whichever file meets it first."""
    press = tmp_path / "press"
    assert run_python(tmp_path, "-m", "archive", "init", str(press)).returncode == 0
    saved = import_until_full(tmp_path, press, limit)
    readable(tmp_path, press, saved)
    with archive.open(press, keystore=Keystore(tmp_path / "config" / "article-archive")) as full:
        full.import_file(tmp_path / "noise.txt", "https://b.example/")
        assert len(list(full.captures())) > len(saved)


def test_no_room_for_a_quarantine_leaves_the_torn_tail(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A tail that cannot be copied durably is not cut off."""
    with shelf.unlogged(tmp_path, 2) as press:
        [path] = Layout(press.path).files()
    path.write_bytes(path.read_bytes() + b"\x1f\x8b\x08\x00torn")
    before = path.read_bytes()
    for at in range(4):
        with shelf.unlogged(tmp_path) as press, monkeypatch.context() as patch:
            patch.setattr(os, "fsync", failing(os.fsync, at))
            with pytest.raises(StorageError):
                shelf.writer(press)
        if path.read_bytes() != before:  # cut off, so the copy must have been safe
            assert at == 3
    goes_on(tmp_path, 2)


def test_another_block_that_was_written_is_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A valid record with another block of the same length is not what was to be written."""
    with shelf.unlogged(tmp_path, 1) as press:
        before = shelf.warc_bytes(press.path)
        with monkeypatch.context() as patch:
            patch.setattr(
                append,
                "compress_pieces",
                lambda head, block: compress_pieces(head, block[:-1] + b"\0"),
            )
            with pytest.raises(StorageError, match="read back differ"):
                shelf.add_text(press, 50)
        assert shelf.warc_bytes(press.path) == before
    goes_on(tmp_path, 1)


@pytest.mark.parametrize(
    ("number", "hint"),
    [
        (errno.ENOSPC, "free space"),
        (errno.EDQUOT, "free space"),
        (errno.EFBIG, "no larger files"),
        (errno.EIO, "check the disk"),
        (errno.EACCES, "permissions"),
        (errno.EROFS, "read-only"),
        (errno.EMFILE, None),
    ],
)
def test_the_hint_fits_the_error(number: int, hint: str | None) -> None:
    """Only a full disk is to be freed; what is not allowed or not known gets no such advice."""
    error = wrap_error(OSError(number, os.strerror(number)), "writing", Path("a"))
    assert error.exit_code == 8
    assert (error.hint is None) if hint is None else (hint in (error.hint or ""))


def test_what_may_not_be_read_is_an_input_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A WARC file or a folder of them that may not be read ends looking with exit code 5."""
    with shelf.unlogged(tmp_path, 1) as press:
        (press.path / "index.sqlite").unlink()

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    for target, name in ((recovery, "open"), (Path, "iterdir")):
        with shelf.unlogged(tmp_path) as press, monkeypatch.context() as patch:
            patch.setattr(target, name, refuse, raising=False)
            with pytest.raises(InputError, match="Permission denied") as caught:
                list(press.captures())
            assert caught.value.exit_code == 5
