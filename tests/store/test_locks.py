"""Several writers, and readers beside them that never write."""

from __future__ import annotations

import multiprocessing
import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest

import archive
from archive.cli.main import run
from archive.disk.layout import Layout
from archive.disk.lock import hold_lock, is_locked
from archive.errors import LockedError, StorageError
from archive.store import append
from archive.user.keystore import Keystore
from tests.cli.program import BASIS
from tests.collection.press import Clock
from tests.places import program
from tests.store import shelf

WRITERS, EACH = 4, 25


def import_many(folder: Path, name: str) -> None:
    """One of several writers at work at the same time, in a process of its own."""
    with archive.open(folder / "press", keystore=Keystore(folder / "config")) as press:
        for number in range(EACH):
            text = folder / f"{name}.txt"
            text.write_text(f"{name} {number}\nSome words.\n")
            capture = press.import_file(text, f"https://{name}.example/{number}")
            with open(folder / f"{name}.saved", "a") as told:
                told.write(f"{capture.id}\n")


def start_writers(folder: Path) -> list[Any]:
    """Writers in fresh processes."""
    context = multiprocessing.get_context("spawn")
    processes = [
        context.Process(target=import_many, args=(folder, f"writer{number}"))
        for number in range(WRITERS)
    ]
    for process in processes:
        process.start()
    return processes


def test_writers_at_the_same_time_lose_nothing(quick: Path) -> None:
    """Four processes add a hundred captures: all there, numbered without gaps; a reader beside
    them sees ever more of them and never a failure.
    """
    shelf.unlogged(quick).close()
    processes = start_writers(quick)
    seen, verdicts = [0], set()
    with archive.open(quick / "press", keystore=Keystore(quick / "config")) as reader:
        while any(process.is_alive() for process in processes):
            seen.append(len(list(reader.captures())))
            verdicts.add(reader.verify().verdict)
        for process in processes:
            process.join()
            assert process.exitcode == 0
        rows = [capture.row for capture in reader.captures()]
        assert reader.verify(deep=True).verdict == "verified"
    saved = {id_ for path in quick.glob("*.saved") for id_ in path.read_text().split()}
    assert len(saved) == WRITERS * EACH
    assert saved == {row.id for row in rows}
    assert sorted(row.sequence for row in rows) == list(range(WRITERS * EACH))
    assert seen == sorted(seen)
    assert verdicts <= {"nothing", "verified", "incomplete"}
    assert shelf.known_rows(quick / "press") == shelf.rows_in_files(quick / "press")


@pytest.mark.parametrize("patience", [0.0, 0.1])
def test_a_writer_that_waits_too_long_says_so(tmp_path: Path, patience: float) -> None:
    """After its patience a writer ends with exit 11, and can be used again later."""
    with shelf.unlogged(tmp_path, 1, patience=patience) as press:
        with hold_lock(Layout(press.path).lock):
            with pytest.raises(LockedError) as caught:
                shelf.add_text(press, 1)
            assert caught.value.exit_code == 11
            with pytest.raises(LockedError):
                press.reindex()
            with pytest.raises(LockedError), shelf.unlogged(tmp_path, patience=patience) as other:
                shelf.writer(other)
        assert shelf.add_text(press, 1).row.sequence == 1


def test_patience_is_counted_by_the_clock_given(tmp_path: Path) -> None:
    """Waiting sleeps in short steps until the clock says that patience is over."""
    now = [0.0]
    with (
        hold_lock(tmp_path / "lock"),
        pytest.raises(LockedError, match="for 60 seconds"),
        hold_lock(
            tmp_path / "lock",
            clock=lambda: now[0],
            sleep=lambda seconds: now.__setitem__(0, now[0] + seconds),
        ),
    ):
        pass
    assert 60 <= now[0] < 61


def test_a_lock_file_that_was_deleted_locks_nobody_out(tmp_path: Path) -> None:
    """Who waited on a lock file that is gone locks the one that stands there now."""
    path = tmp_path / "lock"
    with hold_lock(path):
        path.unlink()
        with hold_lock(path, patience=0):
            with pytest.raises(LockedError), hold_lock(path, patience=0):
                pass
            assert is_locked(path)
    assert not is_locked(path)


def test_a_lock_that_cannot_be_opened_is_a_storage_error(tmp_path: Path) -> None:
    """A folder in place of the lock file: exit 8, no traceback."""
    (tmp_path / "lock").mkdir()
    with pytest.raises(StorageError), hold_lock(tmp_path / "lock"):
        pass


def test_a_commit_in_progress_is_being_written_and_no_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While half a group stands in the file, verify does not check it, and status says who is
    at work; the captures before it are shown.
    """
    half, go_on = threading.Event(), threading.Event()
    real = append._write_all

    def write_slowly(file: Any, data: bytes) -> int:
        before = real(file, data[: len(data) // 2])
        half.set()
        go_on.wait()
        return before + real(file, data[len(data) // 2 :])

    with shelf.unlogged(tmp_path, 2) as press, shelf.unlogged(tmp_path) as reader:
        shelf.writer(press)
        monkeypatch.setattr(append, "_write_all", write_slowly)
        adding = threading.Thread(target=shelf.add_text, args=(press, 50))
        adding.start()
        try:
            assert half.wait(30)
            report, status = reader.verify(), reader.status()
            shown = len(list(reader.captures()))
        finally:
            go_on.set()
            adding.join()
        [framing] = [check for check in report.checks if check.name == "framing"]
        assert report.verdict == "incomplete"
        assert "being written" in (framing.reason or "")
        assert report.captures == shown == status.captures == 2
        assert status.writing
        assert status.torn == ()
        assert len(list(reader.captures())) == 3
        assert reader.verify().captures == 3


def test_an_open_reader_sees_what_others_add(tmp_path: Path) -> None:
    """A reader whose index is open shows new captures, also after the index was made anew."""
    with shelf.unlogged(tmp_path, 1) as press, shelf.unlogged(tmp_path) as reader:
        for number in range(1, 4):
            assert len(list(reader.captures())) == number
            if number == 2:
                shelf.unlogged(tmp_path).reindex()
            added = shelf.add_text(press, number)
            assert reader.get(added.id).row == added.row
            assert [capture.id for capture in reader.captures_of(added.url)][-1] == added.id
    assert shelf.known_rows(press.path) == shelf.rows_in_files(press.path)


def test_a_reader_that_pauses_does_not_hold_up_a_writer(tmp_path: Path) -> None:
    """A listing that is read slowly (a pager) leaves the index free to be written."""
    with shelf.unlogged(tmp_path, 3) as press, shelf.unlogged(tmp_path) as reader:
        listing = reader.captures()
        next(listing)
        shelf.writer(press).index._connection.execute("PRAGMA busy_timeout = 0")
        shelf.add_text(press, 50)
        assert len(list(listing)) == 2


def test_of_two_writers_of_one_url_the_later_commit_is_the_later_capture(tmp_path: Path) -> None:
    """A fetch that began first and is stored last, as after a clock set back, keeps the chain."""
    early, late = Clock(), Clock()
    late.advance(100)
    with shelf.unlogged(tmp_path, clock=early) as press:
        writer = shelf.writer(press)
        rows = []
        for clock in (late, early, late, early):
            clock.advance(2)
            rows += writer.commit([shelf.draft_text(1, clock)])
        said = [reader_statement(press, row.id) for row in rows]
        assert [item.previous for item in said] == [None, *(row.envelope for row in rows[:-1])]
        taken = shelf.draft_text(1, early)
        assert writer.commit([taken, taken]) == [None, None]
        early.advance(1)
        first, second = writer.commit([shelf.draft_text(1, early), shelf.draft_text(1, early)])
        assert first is not None
        assert second is None
        assert press.verify(deep=True).verdict == "verified"


def reader_statement(press: archive.Collection, id_: str) -> Any:
    """The statement of a capture."""
    return press.get(id_).group.statement


VERBS = [
    ["list"],
    ["show", "https://news.example/0"],
    ["show", "--text", "https://news.example/0"],
    ["show", "--raw", "https://news.example/0"],
    ["history", "https://news.example/0"],
    ["diff", "https://news.example/0@~1", "https://news.example/0"],
    ["verify", "--deep", "."],
    ["status"],
]


def located(verb: list[str], press: Path) -> list[str]:
    """A verb with the collection it reads."""
    return [*verb[:-1], str(press)] if verb[0] == "verify" else [*verb, "-C", str(press)]


@pytest.mark.parametrize("state", ["whole", "no index", "behind", "torn", "garbage"])
def test_reading_changes_nothing(
    tmp_path: Path,
    state: str,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    """No reading verb changes a byte, a name or a time of the collection, whatever its state."""
    with shelf.unlogged(tmp_path, 4) as press:
        index, [path] = Layout(press.path).index, Layout(press.path).files()
        if state == "behind":
            old = index.read_bytes()
            shelf.add_text(press, 4)
            index.write_bytes(old)
    if state == "no index":
        index.unlink()
    elif state == "torn":
        path.write_bytes(path.read_bytes() + b"\x1f\x8b\x08\x00torn")
    elif state == "garbage":
        index.write_bytes(b"no database" * 1000)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "nothing"))
    before = shelf.read_tree(press.path)
    for verb in VERBS:
        code = run(located(verb, press.path))
        told = capfd.readouterr().err
        assert code in ((1, 4) if verb[0] in ("verify", "diff") else (0,)), told
    assert shelf.read_tree(press.path) == before


def test_read_only_media_will_do(tmp_path: Path) -> None:
    """Who may not write, in a folder that nobody may write, reads all the same."""
    with shelf.unlogged(tmp_path, 4) as press:
        Layout(press.path).index.unlink()
    verbs = [located(verb, Path(".")) for verb in VERBS]
    check = (
        f"import sys; from archive.cli.main import run\n"
        f"sys.exit(str([code for verb in {verbs!r} if (code := run(verb)) not in (0, 1, 4)] or ''))"
    )
    as_nobody: list[str] = []
    if os.geteuid() == 0:
        as_nobody = [str(program("setpriv")), "--reuid=65534", "--regid=65534", "--clear-groups"]
        able = [*as_nobody, sys.executable, "-c", "import archive.collection"]
        if subprocess.run(able, cwd=press.path, capture_output=True, check=False).returncode:
            pytest.skip("the interpreter is not readable by others here")
    for path in [*press.path.rglob("*"), press.path]:
        path.chmod(0o555 if path.is_dir() else 0o444)
    try:
        done = subprocess.run(
            [*as_nobody, sys.executable, "-c", check],
            cwd=press.path,
            env={**os.environ, "XDG_CONFIG_HOME": "/nonexistent", "XDG_STATE_HOME": "/nonexistent"},
            capture_output=True,
            text=True,
            check=False,
        )
    finally:
        for path in [press.path, *press.path.rglob("*")]:
            path.chmod(0o755 if path.is_dir() else 0o644)
    assert set(done.stderr.split("\n")) == {BASIS, ""}
    assert "4 captures" in done.stdout or "captures     4" in done.stdout


def test_a_read_only_collection_refuses_writers_with_exit_8(tmp_path: Path) -> None:
    """Adding to a collection on a file system without writing says so: exit 8."""
    with shelf.unlogged(tmp_path, 1) as press:
        pass
    if os.geteuid() != 0:
        press.path.chmod(0o555)
        Layout(press.path).warc.chmod(0o555)
        Layout(press.path).lock.chmod(0o444)
        with shelf.unlogged(tmp_path) as press, pytest.raises(StorageError):
            shelf.add_text(press, 1)
        return
    mount = [str(program("mount")), "--bind", "-o", "ro", str(press.path), str(press.path)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("a read-only view of a folder cannot be mounted here")
    try:
        with shelf.unlogged(tmp_path) as press:
            assert len(list(press.captures())) == 1
            assert press.verify().verdict == "verified"
            text = tmp_path / "text.txt"
            text.write_text("Words.\n")
            with pytest.raises(StorageError) as caught:
                press.import_file(text, "https://news.example/")
            assert caught.value.exit_code == 8
    finally:
        subprocess.run([str(program("umount")), str(press.path)], check=True)
