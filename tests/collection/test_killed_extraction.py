"""Extraction that is killed while many pages are captured: texts are lost, captures are not."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import threading
from pathlib import Path

from archive.collection import read_list
from archive.workers import Extractors
from tests.capture.settings import LOCAL
from tests.collection.press import check_verified, open_press, page
from tests.collection.test_unchanged import wire
from tests.servers import OddServer

PAGES = 1000


class Killer(threading.Thread):
    """Kills a child that extracts, again and again at random moments, until it is told to stop."""

    def __init__(self, seed: int) -> None:
        super().__init__(daemon=True)
        self.done = threading.Event()
        self.killed = 0
        self._random = random.Random(seed)

    def run(self) -> None:
        """Kill."""
        while not self.done.wait(self._random.uniform(0.5, 3.0)):
            listed = subprocess.run(
                ["pgrep", "-P", str(os.getpid()), "-f", "archive.workers.child"],
                capture_output=True,
                text=True,
                check=False,
            )
            children = [int(pid) for pid in listed.stdout.split()]
            if children:
                os.kill(self._random.choice(children), signal.SIGKILL)
                self.killed += 1


def test_killing_the_extraction_at_random_loses_no_capture(
    tmp_path: Path, odd_server: OddServer
) -> None:
    """Of 1,000 captures during which children are killed at random, each is stored with its exact
    bytes and verifies; a kill costs the text of one page at most.
    """
    urls = [odd_server.set(f"/{n}", wire(page(f"Story {n}"))) for n in range(PAGES)]
    killer = Killer(7)
    with Extractors(2) as extractors, open_press(tmp_path, extractors=extractors) as press:
        entries, _ = press.plan(read_list(urls))
        killer.start()
        found = {capture.url: capture for capture in press.add_all(entries, LOCAL, delay=0)}
        killer.done.set()
        killer.join()
        assert set(found) == set(urls)
        lost = [capture for capture in found.values() if capture.article is None]
        assert killer.killed >= 3
        assert len(lost) <= killer.killed
        for number, url in enumerate(urls):
            assert found[url].outcome == "captured"
            assert found[url].content == page(f"Story {number}")
        for capture in lost:
            assert capture.group.statement.extraction is not None
            assert capture.group.statement.extraction.outcome == "crash"
        check_verified(press)
