"""Runs over lists: killed, gone on with, begun anew; only the collection knows how far."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from itertools import islice
from pathlib import Path

import pytest

import archive
from archive.adding.listing import read_list
from archive.disk.layout import Layout
from archive.user.keystore import Keystore
from tests.capture.settings import LOCAL
from tests.collection.press import check_verified
from tests.places import ROOT
from tests.servers import OddServer
from tests.store import shelf

KILLS = 30


def serve(server: OddServer, name: str, number: int, status: str = "200 OK") -> str:
    """A small page, and its URL."""
    body = f"<p>Page {number} of {name}.</p>".encode()
    head = f"HTTP/1.1 {status}\r\nContent-Type: text/html\r\nContent-Length: {len(body)}\r\n\r\n"
    return server.set(f"/{name}/{number}", head.encode() + body)


def test_killed_runs_lose_nothing_and_go_on(odd_server: OddServer, quick: Path) -> None:
    """Thirty times killed at any moment, every capture reported is there, each run goes on where
    the last one was, and the whole verifies.
    """
    urls = [serve(odd_server, "killed", number, "200 OK") for number in range(150)]
    listing, told = quick / "urls.txt", quick / "told"
    listing.write_text("\n".join(urls))
    told.mkdir()
    press = quick / "press"
    archive.create(press, keystore=Keystore(quick / "config" / "article-archive"))
    done = subprocess.run(
        [sys.executable, "-m", "tests.store.killed", press, listing, str(KILLS), told],
        cwd=ROOT,
        env={**os.environ, "XDG_CONFIG_HOME": str(quick / "config")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    reported: set[str] = set()
    for path in told.iterdir():
        *lines, cut = path.read_text().split("\n")
        reported |= {json.loads(line)["id"] for line in lines}
        assert cut == "" or int(path.name) < KILLS
    with archive.open(press, keystore=Keystore(quick / "config" / "article-archive")) as left:
        captures = list(left.captures())
        assert reported <= {capture.id for capture in captures}
        assert {capture.url for capture in captures} == set(urls)
        check_verified(left)
    assert shelf.known_rows(press) == shelf.rows_in_files(press)


def entries_of(press: archive.Collection, urls: list[str]) -> tuple[list[str], int]:
    """What a resumed run over a list would capture, and how many it passes over."""
    entries, skipped = press.plan(read_list(urls), resume=True)
    return [entry.url for entry in entries], skipped


@pytest.mark.parametrize("indexed", [True, False])
def test_an_interrupted_run_is_gone_on_with(
    odd_server: OddServer, tmp_path: Path, indexed: bool
) -> None:
    """What was captured is passed over, what failed is tried again; a finished run begins anew.
    All that is read from the collection: without its index too.
    """
    urls = [serve(odd_server, f"run-{indexed}", number) for number in range(6)]
    odd_server.set(f"/run-{indexed}/1", b"HTTP/1.1 200 OK\r\nContent-Le")  # half a head: failed

    def forget() -> None:
        if not indexed:
            Layout(tmp_path / "press").index.unlink()

    with shelf.collection(tmp_path) as press:
        planned, skipped = press.plan(read_list(urls), resume=True)
        assert (len(planned), skipped) == (6, 0)
        made = list(islice(press.add_all(planned[:4], LOCAL, concurrency=1, delay=0), 4))
        assert sum(capture.failed for capture in made) == 1
    forget()
    with shelf.collection(tmp_path) as press:
        assert entries_of(press, urls) == ([urls[1], urls[4], urls[5]], 3)
        assert entries_of(press, urls[:5]) == (urls[:5], 0)  # another list is another run
        planned, _ = press.plan(read_list(urls), resume=True)
        assert {entry.run.id for entry in planned if entry.run} == {made[0].row.run_id}
        again, _ = press.plan(read_list(urls))
        assert len(again) == 6
        assert {entry.run.id for entry in again if entry.run} != {made[0].row.run_id}
        serve(odd_server, f"run-{indexed}", 1)
        made = list(press.add_all(planned, LOCAL, concurrency=1, delay=0))
        assert not any(capture.failed for capture in made)
    forget()
    with shelf.collection(tmp_path) as press:
        assert entries_of(press, urls) == (urls, 0)
        check_verified(press)


def test_a_run_that_was_over_with_failures_begins_anew(
    odd_server: OddServer, tmp_path: Path
) -> None:
    """A run in which every URL was tried is finished, though some failed."""
    urls = [serve(odd_server, "over", 0), odd_server.set("/over/1", b"HTTP/1.1 200 OK\r\nHalf")]
    with shelf.collection(tmp_path) as press:
        planned, _ = press.plan(read_list(urls))
        list(press.add_all(planned, LOCAL, concurrency=1, delay=0))
        assert entries_of(press, urls) == (urls, 0)
