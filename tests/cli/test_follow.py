"""Tests of ``archive log follow``: what it tells, in words and as JSON, and how it ends."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from attrs import frozen

import archive
from archive.user.keystore import Keystore
from tests.cli.program import COMMAND, Box
from tests.servers import Nginx, free_port
from tests.store import shelf


@frozen
class Newsroom:
    """A collection that is published on a web server, and a reader who pinned its key."""

    box: Box
    press: archive.Collection
    folder: Path
    url: str

    def publish(self, *numbers: int, entries: bool = True) -> None:
        """Add captures, and publish the log."""
        for number in numbers:
            shelf.add_text(self.press, number)
        self.press.log.publish(self.folder, entries=entries)


@pytest.fixture
def newsroom(tmp_path: Path, nginx: Nginx) -> Iterator[Newsroom]:
    """A collection with two captures, published."""
    folder = nginx.root / tmp_path.name
    with shelf.collection(tmp_path / "theirs", 2) as press:
        reader = Keystore(tmp_path / "config" / "article-archive")
        [own] = Keystore(tmp_path / "theirs" / "config").list()
        reader.trust(Keystore(tmp_path / "theirs" / "config").public(own))
        made = Newsroom(Box(tmp_path), press, folder, f"{nginx.http}/{tmp_path.name}")
        made.publish()
        yield made


def test_a_log_is_followed_once_and_again(newsroom: Newsroom) -> None:
    """First it is new, then the same, then grown, with each new entry and its URL."""
    box, url = newsroom.box, newsroom.url
    first = box.run("log", "follow", url, "--once", "--json")
    [event] = first.lines
    assert (first.code, event["event"], event["size"]) == (0, "first", 3)
    assert event["source"] == url
    assert event["signed"] == newsroom.press.log.checkpoint().decode()
    same = box.run("log", "follow", url, "--once")
    assert (same.code, same.text.split()[0]) == (0, "same")
    newsroom.publish(3, 4)
    grown = box.run("log", "follow", url, "--once", "--json")
    assert [line["event"] for line in grown.lines] == ["grown", "entry", "entry"]
    assert [line["url"] for line in grown.lines[1:]] == [
        capture.url for capture in list(newsroom.press.captures())[2:]
    ]
    assert all(line["trusted"] and line["problem"] is None for line in grown.lines[1:])
    newsroom.publish(5, entries=False)
    (newsroom.folder / "tile" / "entries" / "000.p" / "5").rename(newsroom.folder / "gone")
    hidden = box.run("log", "follow", url, "--once")
    assert "1 new" in hidden.text
    assert "entries 5 to 5 are not published" in hidden.text
    everything = box.run("log", "follow", newsroom.press.path, "--once", "--from", "0")
    assert everything.text.count("\nentry ") == 6
    assert "https://news.example/0" in everything.text


def test_history_that_is_not_what_it_was_ends_it(newsroom: Newsroom) -> None:
    """Backwards is exit 1, told with both checkpoints; and it is still so the next time."""
    box = newsroom.box
    shutil.copytree(newsroom.folder, box.folder / "earlier")
    newsroom.publish(3)
    assert box.run("log", "follow", newsroom.url, "--once").code == 0
    shutil.rmtree(newsroom.folder)
    shutil.copytree(box.folder / "earlier", newsroom.folder)
    for _ in range(2):
        found = box.run("log", "follow", newsroom.url, "--once")
        assert found.code == 1
        assert "HISTORY WENT BACKWARDS" in found.text
        assert b"both are signed" in found.err
    looping = box.run("log", "follow", newsroom.url, "--json")
    [event] = looping.lines
    assert (looping.code, event["event"], event["before"]) == (1, "backwards", 4)
    assert event["seen"] == newsroom.press.log.checkpoint().decode()


def test_less_than_was_verified_is_exit_4(newsroom: Newsroom) -> None:
    """A copy that is older than what the reader has verified is neither passed nor failed."""
    shelf.add_text(newsroom.press, 3)
    box = newsroom.box
    assert box.run("verify", newsroom.press.path).code == 0
    found = box.run("log", "follow", newsroom.url, "--once")
    assert (found.code, found.text.split()[0]) == (4, "behind")
    newsroom.publish()
    assert box.run("log", "follow", newsroom.url, "--once").code == 0


def test_no_key_no_server_no_log(newsroom: Newsroom) -> None:
    """No trusted key, a server that is down, a place without a log: each its own exit code."""
    box = newsroom.box
    untrusted = box.run("log", "follow", newsroom.url, "--once", "--no-user-trust", "--json")
    assert (untrusted.code, untrusted.json["error"]["code"]) == (1, "integrity")
    named = ["--no-user-trust", "--trust", newsroom.press.log.list_keys()[0].to_vkey()]
    assert box.run("log", "follow", newsroom.url, "--once", *named).code == 0
    down = f"http://127.0.0.1:{free_port()}"
    assert box.run("log", "follow", down, "--once").code == 6
    assert box.run("log", "follow", newsroom.url + "/none", "--once").code == 5
    assert box.run("log", "follow", "nowhere", "--once").code == 5
    assert box.run("log", "follow", "--once").code == 10


def test_it_goes_on_until_it_is_interrupted(newsroom: Newsroom) -> None:
    """It says what is new, once; a server's trouble does not end it; Ctrl-C is its good end."""
    box = newsroom.box
    process = subprocess.Popen(
        [*COMMAND, "log", "follow", newsroom.url, "--interval", "1", "--json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=box.environment(),
    )
    patience = threading.Timer(300, process.kill)  # what never comes fails, and does not hang
    patience.start()
    try:
        assert process.stdout is not None
        told = map(json.loads, process.stdout)
        assert next(told)["event"] == "first"
        newsroom.publish(3)
        assert [next(told)["event"] for _ in range(2)] == ["grown", "entry"]
        newsroom.folder.rename(box.folder / "away")
        assert next(told)["event"] == "unreadable"
        (box.folder / "away").rename(newsroom.folder)
        assert next(told)["event"] == "same"
        process.send_signal(signal.SIGINT)
        assert list(told) == []
        assert process.wait(30) == 0
        assert process.stderr is not None
        assert process.stderr.read() == b""
    finally:
        patience.cancel()
        process.kill()
        process.wait()
        for stream in (process.stdout, process.stderr):
            assert stream is not None
            stream.close()
