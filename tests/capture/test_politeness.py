"""Tests of fetching many URLs: order, politeness, bounds, and a clean end."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from attrs import evolve

from archive.capture import Fetch, Left, fetch_all
from archive.capture.politeness import LOOKAHEAD
from archive.capture.refusals import IN_A_ROW, read_retry_after
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


def refusal(status: int, *fields: bytes) -> bytes:
    """An answer that asks for time."""
    more = b"".join(field + b"\r\n" for field in fields)
    return b"HTTP/1.1 %d No\r\n%sContent-Length: 0\r\n\r\n" % (status, more)


def first_then(server: OddServer, first: bytes, then: bytes) -> Any:
    """Answers once with the one, from then on with the other."""
    asked: list[bytes] = []

    def answer(connection: socket.socket) -> None:
        connection.sendall(then if asked else first)
        asked.append(first)

    return answer


@pytest.mark.parametrize("status", [429, 503])
def test_a_host_that_asks_for_time_gets_it_and_one_more_try(
    odd_server: OddServer, status: int
) -> None:
    """Nothing is asked of it until then; what it refused is asked again when all else is done."""
    time = Time()
    busy = odd_server.set("/busy", first_then(odd_server, refusal(status, b"Retry-After: 30"), OK))
    urls = [busy, odd_server.set("/next", OK)]
    more = {"delay": 0, "concurrency": 1, "clock": time.clock, "sleep": time.sleep}
    results = list(results_of(enumerate(urls), LOCAL, now=now, **more))
    assert [(index, fetched.status) for index, fetched in results] == [
        (0, status),
        (1, 200),
        (0, 200),
    ]
    assert sum(time.slept) == pytest.approx(30)


def test_there_is_one_more_try_and_no_third(odd_server: OddServer) -> None:
    """What is refused again stays refused."""
    time, left = Time(), list[Left]()
    url = odd_server.set("/busy", refusal(503, b"Retry-After: 5"))
    more = {"delay": 0, "clock": time.clock, "sleep": time.sleep, "leave": left.append}
    results = list(results_of([(0, url)], LOCAL, now=now, **more))
    assert [fetched.status for _, fetched in results] == [503, 503]
    assert left == []


@pytest.mark.parametrize("value", [b"9999999999", b"121", b"Fri, 31 Dec 9999 23:59:59 GMT"])
def test_a_host_that_asks_for_too_much_is_left(odd_server: OddServer, value: bytes) -> None:
    """Its other URLs are not asked for; those of another host are."""
    time, left = Time(), list[Left]()
    urls = [odd_server.set(f"/{n}", refusal(429, b"Retry-After: " + value)) for n in range(3)]
    urls.append(odd_server.set("/other", OK).replace("127.0.0.1", "localhost"))
    more = {"delay": 0, "concurrency": 1, "clock": time.clock, "sleep": time.sleep}
    results = list(
        results_of(enumerate(urls), LOCAL, now=now, max_wait=120, leave=left.append, **more)
    )
    assert sorted(fetched.status or 0 for _, fetched in results) == [200, 429]
    [one] = left
    assert (one.host, one.urls) == ("127.0.0.1", 2)
    assert "120 are allowed" in one.why
    assert time.slept == []


@pytest.mark.parametrize("fields", [(), (b"Retry-After: -5",), (b"Retry-After: soon",)])
def test_five_refusals_in_a_row_are_enough(
    odd_server: OddServer, fields: tuple[bytes, ...]
) -> None:
    """What Retry-After does not say in seconds or a date is not waited for, and counted."""
    time, left = Time(), list[Left]()
    urls = [odd_server.set(f"/{n}", refusal(429, *fields)) for n in range(9)]
    more = {"delay": 0, "concurrency": 1, "clock": time.clock, "sleep": time.sleep}
    results = list(results_of(enumerate(urls), LOCAL, now=now, leave=left.append, **more))
    assert len(results) == IN_A_ROW
    assert left == [Left("127.0.0.1", left[0].why, 9 - IN_A_ROW)]


def test_refusals_between_answers_are_not_in_a_row(odd_server: OddServer) -> None:
    """One page that is given begins the count anew; so does one that is not there."""
    left = list[Left]()
    busy, gone = refusal(429), refusal(404)
    urls = [odd_server.set(f"/{n}", gone if n % 5 == 4 else busy) for n in range(12)]
    more = {"delay": 0, "concurrency": 1, "leave": left.append}
    assert len(list(results_of(enumerate(urls), LOCAL, now=now, **more))) == 12
    assert left == []


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("0", 0),
        (" 120 ", 120),
        ("Sun, 22 Nov 2026 07:02:00 GMT", 60),
        ("Sun, 22 Nov 2026 07:00:00 GMT", 0),
        ("-1", None),
        ("1.5", None),
        ("", None),
        ("9" * 400, None),
        ("Sun, 99 Nov 2026 07:02:00 GMT", None),
    ],
)
def test_retry_after_is_a_number_or_a_date(value: str, seconds: float | None) -> None:
    """RFC 9110, section 10.2.3; a date that is past asks for nothing."""
    assert read_retry_after(value, datetime(2026, 11, 22, 7, 1, tzinfo=UTC)) == seconds
