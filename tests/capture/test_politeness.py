"""Tests of fetching many URLs: order, politeness, bounds, and a clean end."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from attrs import evolve

from archive.capture import Fetch, fetch_all
from archive.capture.politeness import LOOKAHEAD
from archive.errors import UrlError, UsageError
from tests.capture.settings import LOCAL, now
from tests.servers import OddServer

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi"
PATIENT = evolve(LOCAL, limits=evolve(LOCAL.limits, total=900.0, stall=900.0))


class Time:
    """A clock that only sleeping moves."""

    def __init__(self) -> None:
        self.now = 100.0
        self.slept: list[float] = []

    def clock(self) -> float:
        """The seconds."""
        return self.now

    def sleep(self, seconds: float) -> None:
        """Let the seconds pass."""
        self.slept.append(seconds)
        self.now += seconds


def fetch_threads() -> list[str]:
    """The threads that fetch."""
    return [thread.name for thread in threading.enumerate() if thread.name.startswith("fetch")]


def results_of(*args: Any, **more: Any) -> Iterator[tuple[int, Fetch]]:
    """What `fetch_all` gives, without the pauses it tells of; closing it closes that."""
    found = fetch_all(*args, **more)
    try:
        yield from (result for result in found if result is not None)
    finally:
        found.close()  # type: ignore[attr-defined]


def test_a_wait_is_told_once(odd_server: OddServer) -> None:
    """Before it waits for the next result it gives None, once, so that a reader can work."""
    urls = [odd_server.set("/quick", OK), odd_server.set("/late", 0.5, OK)]
    results = list(fetch_all(enumerate(urls), LOCAL, now=now, delay=0, concurrency=2))
    assert [result and result[0] for result in results] == [0, None, 1]


def test_every_entry_gives_its_result(odd_server: OddServer) -> None:
    """Each number comes back once, with the fetch of its URL, failures included."""
    urls = [odd_server.set(f"/{number}", OK) for number in range(20)]
    urls.append(odd_server.url("/absent"))
    results = dict(results_of(enumerate(urls), LOCAL, now=now, delay=0))
    assert [results[number].typed for number in range(21)] == urls
    assert [results[number].status for number in range(21)] == [200] * 20 + [404]
    assert fetch_threads() == []


def test_nothing_to_fetch_gives_nothing() -> None:
    """An empty list ends at once."""
    assert list(results_of([], LOCAL, now=now)) == []


def test_results_come_as_they_are_ready(odd_server: OddServer) -> None:
    """A slow page does not hold back the others."""
    others_read = threading.Event()

    def wait(_: socket.socket) -> None:
        others_read.wait(30)

    slow = odd_server.set("/slow", wait, OK)
    fast = [odd_server.set(f"/fast{number}", OK) for number in range(5)]
    order = []
    for index, _ in results_of(enumerate([slow, *fast]), LOCAL, now=now, delay=0, concurrency=2):
        order.append(index)
        if len(order) == 5:
            others_read.set()
    assert order[-1] == 0
    assert sorted(order) == list(range(6))


def test_several_are_fetched_at_a_time_but_no_more_than_asked(odd_server: OddServer) -> None:
    """Three at a time means three: all meet at a barrier, and never a fourth is under way."""
    barrier = threading.Barrier(3, timeout=30)
    lock = threading.Lock()
    running = most = 0

    def enter(_: object) -> None:
        nonlocal running, most
        with lock:
            running += 1
            most = max(most, running)
        barrier.wait()
        with lock:
            running -= 1

    urls = [odd_server.set(f"/{number}", enter, OK) for number in range(9)]
    results = list(results_of(enumerate(urls), LOCAL, now=now, delay=0, concurrency=3))
    assert [fetched.status for _, fetched in results] == [200] * 9
    assert most == 3


def test_one_host_is_asked_once_in_the_delay(odd_server: OddServer) -> None:
    """Fetches on one host begin a delay apart; another host need not wait for it."""
    time = Time()
    urls = [odd_server.set(f"/{number}", OK) for number in range(3)]
    urls.append(odd_server.url("/0", "localhost"))
    starts: dict[int, float] = {}
    line = results_of(
        enumerate(urls),
        LOCAL,
        now=now,
        delay=5.0,
        concurrency=1,
        clock=time.clock,
        sleep=time.sleep,
    )
    for index, _ in line:
        starts[index] = time.now
    assert starts == {0: 100.0, 3: 100.0, 1: 105.0, 2: 110.0}
    assert time.slept == [5.0, 5.0]


def test_the_same_url_is_never_fetched_twice_at_a_time(odd_server: OddServer) -> None:
    """Entries with one URL follow one another, even when typed differently."""
    lock = threading.Lock()
    overlaps = []

    def enter(_: object) -> None:
        overlaps.append(not lock.acquire(blocking=False))
        threading.Event().wait(0.03)
        lock.release()

    url = odd_server.set("/same", enter, OK)
    typed = [url, f"{url}#a", f" {url}", url.upper().replace("SAME", "same")] * 2
    results = list(results_of(enumerate(typed), LOCAL, now=now, delay=0, concurrency=4))
    assert len(results) == 8
    assert overlaps == [False] * 8


def test_it_never_runs_far_ahead_of_the_reader(odd_server: OddServer) -> None:
    """An endless list costs bounded memory, and nothing is fetched that nobody waits for."""
    taken = 0
    before = len(odd_server.requests)
    url = odd_server.set("/", OK)

    def endless() -> Iterator[tuple[int, str]]:
        nonlocal taken
        while True:
            taken += 1
            yield taken, f"{url}?{taken}"

    results = results_of(endless(), LOCAL, now=now, delay=0, concurrency=4)
    for _ in range(5):
        next(results)
    results.close()  # type: ignore[attr-defined]
    assert taken <= LOOKAHEAD + 10
    assert len(odd_server.requests) - before <= 9


def test_closing_ends_what_is_under_way(odd_server: OddServer) -> None:
    """A reader who stops does not wait for silent servers, and no thread is left."""
    urls = [odd_server.set("/fast", OK)]
    urls += [odd_server.set(f"/silent{number}", 900.0) for number in range(3)]
    results = results_of(enumerate(urls), PATIENT, now=now, delay=0, concurrency=4)
    assert next(results)[0] == 0
    results.close()  # type: ignore[attr-defined]
    assert fetch_threads() == []


def test_an_interrupt_ends_what_is_under_way(odd_server: OddServer) -> None:
    """An interrupt while waiting comes through, and no thread is left."""

    def interrupt(_: float) -> None:
        raise KeyboardInterrupt

    urls = [odd_server.set(f"/{number}", OK) for number in range(3)]
    results = results_of(enumerate(urls), PATIENT, now=now, delay=60, sleep=interrupt)
    assert next(results)[0] == 0
    with pytest.raises(KeyboardInterrupt):
        next(results)
    assert fetch_threads() == []


def test_a_bad_url_ends_the_run_with_its_error(odd_server: OddServer) -> None:
    """An entry that is no URL raises UrlError, and no thread is left."""
    with pytest.raises(UrlError):
        list(results_of([(0, odd_server.set("/", OK)), (1, "nonsense")], LOCAL, now=now))
    assert fetch_threads() == []


@pytest.mark.parametrize(("concurrency", "delay"), [(0, 1.0), (1, -1.0)])
def test_bad_numbers_are_refused(concurrency: int, delay: float) -> None:
    """Nobody at a time, or a negative delay, cannot be."""
    with pytest.raises(UsageError):
        fetch_all([], LOCAL, now=now, concurrency=concurrency, delay=delay)
