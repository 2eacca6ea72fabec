"""Extraction that is killed while many pages are captured: texts are lost, captures are not."""

from __future__ import annotations

import itertools
import os
import queue
import random
import signal
import threading
import time
from pathlib import Path

import pytest

from archive.adding.listing import read_list
from archive.article import Extraction, Request
from archive.comparison.gist import Gist
from archive.workers.pool import Extractors
from tests.capture.settings import LOCAL
from tests.collection.press import check_verified, open_press, page
from tests.collection.test_unchanged import wire
from tests.processes import extracting
from tests.servers import OddServer

KILLS = 8


class Killer(threading.Thread):
    """Kills a child that extracts, a random moment after each time it is told to.

    It is told by what was done and not by the clock, so that a fast machine kills as often. What
    extracts for other tests, and was there before, it leaves alone.
    """

    def __init__(self, seed: int) -> None:
        super().__init__(daemon=True)
        self.killed = 0
        self._told: queue.SimpleQueue[bool] = queue.SimpleQueue()
        self._random = random.Random(seed)
        self._others = set(extracting())

    def tell(self, again: bool) -> None:
        """Kill once more, or end."""
        self._told.put(again)

    def run(self) -> None:
        """Kill."""
        while self._told.get():
            time.sleep(self._random.uniform(0, 0.05))
            if children := [child for child in extracting() if child not in self._others]:
                os.kill(self._random.choice(children), signal.SIGKILL)
                self.killed += 1


class Endangered(Extractors):
    """Extractors that tell a killer when they begin certain pages, counted from 0."""

    def __init__(self, killer: Killer, moments: set[int]) -> None:
        super().__init__(2)
        self._killer = killer
        self._moments = moments
        self._begun = itertools.count()

    def read(self, page: Request) -> tuple[Extraction, Gist | None]:
        """Extract, while a child may be killed."""
        if next(self._begun) in self._moments:
            self._killer.tell(again=True)
        return super().read(page)


@pytest.mark.parametrize("count", [100, pytest.param(1000, marks=pytest.mark.long)])
def test_killing_the_extraction_at_random_loses_no_capture(
    count: int, tmp_path: Path, odd_server: OddServer
) -> None:
    """Of captures during which children are killed at random, each is stored with its exact bytes
    and verifies; a kill costs the text of one page at most.
    """
    urls = [odd_server.set(f"/{n}", wire(page(f"Story {n}"))) for n in range(count)]
    killer = Killer(7)
    moments = set(random.Random(7).sample(range(count * 4 // 5), KILLS * count // 100))
    found = {}
    with (
        Endangered(killer, moments) as extractors,
        open_press(tmp_path, extractors=extractors) as press,
    ):
        entries, _ = press.plan(read_list(urls))
        killer.start()
        for capture in press.add_all(entries, LOCAL, delay=0):
            found[capture.url] = capture
        killer.tell(again=False)
        killer.join()
        assert set(found) == set(urls)
        lost = [capture for capture in found.values() if capture.article is None]
        assert killer.killed >= 3
        assert len(lost) <= killer.killed
        for at, url in enumerate(urls):
            assert found[url].outcome == "captured"
            assert found[url].content == page(f"Story {at}")
        for capture in lost:
            assert capture.group.statement.extraction is not None
            assert capture.group.statement.extraction.outcome == "crash"
        check_verified(press)
