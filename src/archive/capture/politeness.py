"""Fetching many URLs: several at a time, one host not too often, never far ahead of the reader."""

from __future__ import annotations

import queue
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime
from functools import partial

from archive import url as urls
from archive.capture.connection import Clock
from archive.capture.exchange import Fetch, FindLead, Settings
from archive.capture.hops import fetch
from archive.errors import UsageError

__all__ = ["LOOKAHEAD", "fetch_all"]

LOOKAHEAD = 1000
"""How many URLs are taken from the list before their turn, to find hosts that are free."""
_QUIET_SECONDS = 0.1


def fetch_all(
    items: Iterable[tuple[int, str]],
    settings: Settings,
    *,
    now: Callable[[], datetime],
    concurrency: int = 4,
    delay: float = 1.0,
    clock: Clock = time.monotonic,
    sleep: Callable[[float], None] = time.sleep,
    find_lead: FindLead | None = None,
) -> Iterator[tuple[int, Fetch] | None]:
    """Fetch URLs and give each result when it is there, in no certain order.

    None is given when nothing came for a moment, once between two results: a reader can use the
    time. It should not do so between any two, for what it does is cheaper done for many at once.

    New fetches begin only while the reader asks for the next result, and no more than
    `concurrency` are under way or waiting to be read. Two entries with the same URL are fetched
    one after the other. Closing the iterator, or an interrupt, ends what is under way.

    Args:
        items: a number of the caller's choice and a URL as typed, for each; taken as needed.
        settings: of every fetch.
        now: gives the time of day, in UTC.
        concurrency: how many fetches at a time.
        delay: seconds between the beginnings of two fetches on one host.
        clock: gives seconds that never go back.
        sleep: waits for seconds.
        find_lead: as of `fetch`; asked in other threads.

    Raises:
        UrlError: an entry is not a URL that can be archived; the fetches under way are given up.
            Check URLs with `archive.url.normalize` first.
        UsageError: settings that cannot be.
    """
    if concurrency < 1 or delay < 0:
        raise UsageError("concurrency must be at least 1 and delay not below 0")
    line = _Line(items, delay)
    done: queue.SimpleQueue[tuple[int, str, Future[Fetch]]] = queue.SimpleQueue()
    stop = threading.Event()
    pool = ThreadPoolExecutor(concurrency, thread_name_prefix="fetch")

    ask = partial(
        fetch,
        settings=settings,
        now=now,
        clock=clock,
        stop=stop.is_set,
        sleep=sleep,
        find_lead=find_lead,
    )

    def start(index: int, typed: str, normal: str) -> None:
        future = pool.submit(ask, typed)
        future.add_done_callback(lambda ended: done.put((index, normal, ended)))

    return _run(line, start, done, concurrency, clock, sleep, _closer(pool, stop))


def _closer(pool: ThreadPoolExecutor, stop: threading.Event) -> Callable[[], None]:
    def close() -> None:
        stop.set()
        pool.shutdown(wait=True, cancel_futures=True)

    return close


def _run(
    line: _Line,
    start: Callable[[int, str, str], None],
    done: queue.SimpleQueue[tuple[int, str, Future[Fetch]]],
    concurrency: int,
    clock: Clock,
    sleep: Callable[[float], None],
    close: Callable[[], None],
) -> Iterator[tuple[int, Fetch] | None]:
    told = True  # nothing has been given yet that a reader could work on
    try:
        while True:
            while len(line.running) < concurrency and (entry := line.next(clock())):
                start(*entry)
            wait = line.wait(clock()) if len(line.running) < concurrency else None
            if not line.running and wait is None:
                return
            if line.running:
                quiet = [] if told else [_QUIET_SECONDS]
                try:
                    index, normal, ended = done.get(
                        timeout=min(quiet if wait is None else [*quiet, wait], default=None)
                    )
                except queue.Empty:
                    pass
                else:
                    line.running.discard(normal)
                    told = False
                    yield index, ended.result()
                    continue
            elif told:
                sleep(wait or 0.0)
            if not told:
                told = True
                yield None
    finally:
        close()


class _Line:
    """The URLs that wait, a line for each host, and what runs.

    Args:
        items: numbers and URLs as typed.
        delay: seconds between two beginnings on one host.
    """

    def __init__(self, items: Iterable[tuple[int, str]], delay: float) -> None:
        self._items = iter(items)
        self._delay = delay
        self._waiting: dict[str, deque[tuple[int, str, str]]] = {}
        self._size = 0
        self._free_at: dict[str, float] = {}
        self.running: set[str] = set()

    def next(self, now: float) -> tuple[int, str, str] | None:
        """The next entry that may begin: number, URL as typed, normal URL; None when none may."""
        self._fill()
        for host, entries in self._waiting.items():
            if self._free_at.get(host, now) <= now and entries[0][2] not in self.running:
                entry = entries.popleft()
                self._size -= 1
                del self._waiting[host]
                if entries:
                    self._waiting[host] = entries  # to the end: hosts take turns
                self._free_at = {key: at for key, at in self._free_at.items() if at > now}
                self._free_at[host] = now + self._delay
                self.running.add(entry[2])
                return entry
        return None

    def wait(self, now: float) -> float | None:
        """Seconds until a host is free again; None when only the end of a fetch helps."""
        times = [
            self._free_at.get(host, now) - now
            for host, entries in self._waiting.items()
            if entries[0][2] not in self.running
        ]
        return max(min(times), 0.0) if times else None

    def _fill(self) -> None:
        while self._size < LOOKAHEAD:
            item = next(self._items, None)
            if item is None:
                return
            index, typed = item
            normal = urls.normalize(typed)
            self._waiting.setdefault(urls.host(normal), deque()).append((index, typed, normal))
            self._size += 1
