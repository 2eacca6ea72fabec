"""Reading ahead in a second process."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
import threading
from pathlib import Path

import pytest

from archive.workers import forked as module
from archive.workers.forked import can_run_ahead
from tests.builders import TRUST, Builder, Page, put_together

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="forks on Linux only")


def run(code: str, *arguments: str) -> str:
    """What a program prints that has no other threads, as the test runner may have."""
    start = "import os, sys, time\nfrom archive.workers.forked import *\n"
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", start + textwrap.dedent(code), *arguments],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_items_are_the_same_and_made_elsewhere() -> None:
    """Everything comes, in order, out of another process, whatever the number."""
    assert (
        run("""
        for number in (0, 1, 31, 32, 33, 1000):
            assert list(run_ahead(iter(range(number)))) == list(range(number))
        [child] = run_ahead(os.getpid() for _ in range(1))
        assert child != os.getpid()
        print("done")
    """)
        == "done\n"
    )


def test_an_error_comes_after_what_came_before_it() -> None:
    """What the items raise is raised here, in its place."""
    assert (
        run("""
        def items():
            yield from range(40)
            raise ValueError("said there")
        got = []
        try:
            for item in run_ahead(items()):
                got.append(item)
        except ValueError as error:
            print(len(got), error)
    """)
        == "40 said there\n"
    )


def test_a_child_that_dies_is_an_error_and_not_the_end() -> None:
    """Killed in the middle, between batches or inside one, the child never seems to be done."""
    assert (
        run("""
        from archive.errors import InputError
        for last in (0, 31, 32, 50):
            def items():
                for number in range(100):
                    if number == last:
                        os.kill(os.getpid(), 9)
                    yield number
            try:
                print("ended", list(run_ahead(items())))
            except InputError as error:
                print(error)
    """)
        == "the process that reads the files ended too early\n" * 4
    )


def test_closing_ends_the_child() -> None:
    """Whoever stops listening leaves no process behind, not even one that would never end."""
    assert (
        run("""
        def items():
            yield os.getpid()
            while True:
                yield 0
        received = run_ahead(items())
        child = next(received)
        received.close()
        try:
            os.kill(child, 0)
        except ProcessLookupError:
            print("gone")
        received = run_ahead(items())  # nor when nothing was asked of it
        received.close()
        try:
            os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            print("none")
    """)
        == "gone\nnone\n"
    )


def test_no_second_process_beside_threads_or_on_one_processor(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Forking is for a program without other threads, and needs a processor of its own."""
    monkeypatch.setattr(threading, "active_count", lambda: 1)
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 1})
    assert can_run_ahead()
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0})
    assert not can_run_ahead()
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 1})
    monkeypatch.setattr(threading, "active_count", lambda: 2)
    assert not can_run_ahead()


@pytest.mark.parametrize("damage", ["none", "edited", "cut", "missing"])
@pytest.mark.parametrize("deep", ["", "deep"])
def test_both_ways_give_the_same_report(tmp_path: Path, damage: str, deep: str) -> None:
    """Whatever is wrong with the files, the report does not depend on who read them."""
    builder = Builder()
    members = [builder.begin_file()]
    for number in range(30):
        page = Page(body=os.urandom(2000).hex().encode())
        members += builder.capture(f"https://news.example/{number % 7}", page).members
    members += builder.unchanged(builder.capture()).members
    data = bytearray(put_together(members))
    if damage == "edited":
        data[len(data) // 2] ^= 1
    elif damage == "cut":
        del data[-100:]
    path = tmp_path / "a.warc.gz"
    if damage != "missing":
        path.write_bytes(data)
    assert (
        run(
            """
        from functools import partial
        from archive.verification import Trust
        from archive.verification.reading import NamedSource, read_files
        from archive.verification.verdict import verify
        sources = [NamedSource("a", partial(open, sys.argv[1], "rb"))] * 2
        trust = Trust({sys.argv[3]: "here"})
        def report(way):
            steps = way(read_files(sources, deep=bool(sys.argv[2])))
            return verify(steps, trust, deep=bool(sys.argv[2]), whole=True)
        assert report(iter) == report(run_ahead)
        assert report(iter).files == 2
        print("same")
        """,
            str(path),
            deep,
            *TRUST.keys,
        )
        == "same\n"
    )


def test_reading_goes_on_while_nobody_listens_yet() -> None:
    """Several batches are made before the first is asked for: the pipe holds more than one."""
    _require_wide_pipes()
    assert (
        run("""
        reading, writing = os.pipe()
        def items():
            for number in range(320):
                yield bytes([number % 251]) * 2000
            os.write(writing, b"all made")
        received = run_ahead(items())
        import select
        assert select.select([reading], [], [], 60)[0], "waits for a listener"
        print(os.read(reading, 100).decode())
        assert len(list(received)) == 320
    """)
        == "all made\n"
    )


def test_a_pipe_that_may_not_be_wider_is_used_as_it_is() -> None:
    """A user who has as much in pipes as the system allows gets the same items."""
    assert (
        run("""
        import fcntl
        def refuse(*arguments):
            raise PermissionError(1, "not allowed")
        fcntl.fcntl = refuse
        assert list(run_ahead(iter(range(1000)))) == list(range(1000))
        print("done")
    """)
        == "done\n"
    )


def _require_wide_pipes() -> None:
    """Skip where the system gives this user no pipe of a megabyte."""
    import fcntl

    ends = os.pipe()
    try:
        fcntl.fcntl(ends[1], fcntl.F_SETPIPE_SZ, module._PIPE)
    except OSError:
        pytest.skip("pipes may not be widened here")
    finally:
        for end in ends:
            os.close(end)
