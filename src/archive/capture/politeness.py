"""Fetching many URLs: several at a time, one host not too often, never far ahead of the reader."""

from __future__ import annotations

import queue
import threading
import time
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime
from functools import partial

from archive import url as urls
from archive.capture.connection import Clock
from archive.capture.exchange import Fetch, FindLead, Settings
from archive.capture.hops import fetch
from archive.capture.refusals import MAX_WAIT, Left, Refusals
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
    max_wait: float = MAX_WAIT,
    leave: Callable[[Left], None] = lambda _: None,
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
        max_wait: seconds that a host may ask for (Retry-After) before it is asked again: then what
            it refused is asked once more, when everything else is done.
        leave: told at the end of every host that was left, see `archive.capture.refusals`.

    Raises:
        UrlError: an entry is not a URL that can be archived; the fetches under way are given up.
            Check URLs with `archive.url.normalize` first.
        UsageError: settings that cannot be.
    """
    if concurrency < 1 or delay < 0 or max_wait < 0:
        raise UsageError("concurrency must be at least 1, delay and max_wait not below 0")
    line = _Line(items, delay, Refusals(max_wait))
    done: queue.SimpleQueue[tuple[int, str, Future[Fetch]]] = queue.SimpleQueue()
    stop = threading.Event()
    pool = ThreadPoolExecutor(concurrency, thread_name_prefix="fetch")

    ask = partial(fetch, settings=settings, find_lead=find_lead, stop=stop.is_set)

    def start(index: int, typed: str, normal: str) -> None:
        future = pool.submit(ask, typed, now=now, clock=clock, sleep=sleep)
        future.add_done_callback(lambda ended: done.put((index, normal, ended)))

    close = partial(_close, pool, stop, line, leave)
    return _run(line, start, done, concurrency, clock, sleep, now, close)


def _close(
    pool: ThreadPoolExecutor, stop: threading.Event, line: _Line, leave: Callable[[Left], None]
) -> None:
    stop.set()
    pool.shutdown(wait=True, cancel_futures=True)
    for left in line.left:
        leave(left)


def _run(
    line: _Line,
    start: Callable[[int, str, str], None],
    done: queue.SimpleQueue[tuple[int, str, Future[Fetch]]],
    concurrency: int,
    clock: Clock,
    sleep: Callable[[float], None],
    now: Callable[[], datetime],
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
                    fetched = ended.result()
                    line.judge((index, fetched.typed, normal), fetched, now(), clock())
                    yield index, fetched
                    continue
            elif told:
                sleep(wait or 0.0)
            if not told:
                told = True
                yield None
    finally:
        close()


_Entry = tuple[int, str, str]  # number, URL as typed, normal URL


class _Line:
    """The URLs that wait, a line for each host, and what runs.

    Args:
        items: numbers and URLs as typed.
        delay: seconds between two beginnings on one host.
        refusals: judges what hosts answer.
    """

    def __init__(self, items: Iterable[tuple[int, str]], delay: float, refusals: Refusals) -> None:
        self._items = iter(items)
        self._delay = delay
        self._refusals = refusals
        self._waiting: dict[str, deque[_Entry]] = {}
        self._size = 0
        self._free_at: dict[str, float] = {}
        self._again: list[_Entry] = []
        self._retried: set[int] = set()
        self._left: dict[str, str] = {}
        self._unasked: Counter[str] = Counter()
        self.running: set[str] = set()

    @property
    def left(self) -> list[Left]:
        """The hosts that are asked no more."""
        return [Left(host, why, self._unasked[host]) for host, why in self._left.items()]

    def judge(self, entry: _Entry, fetched: Fetch, moment: datetime, now: float) -> None:
        """See what an answer says of its host: to wait, and then to ask once more; or to leave it.

        Args:
            entry: that was asked.
            fetched: what came of it.
            moment: the time of day, in UTC.
            now: the time by the clock of this line.
        """
        host = urls.host(fetched.final_url)
        told = self._refusals.judge(host, fetched, moment)
        if told is None or host in self._left:
            return
        if isinstance(told, str):
            self._leave(host, told)
            return
        for one in (host, urls.host(entry[2])):
            self._free_at[one] = max(self._free_at.get(one, now), now + told)
        if entry[0] not in self._retried:
            self._retried.add(entry[0])
            self._again.append(entry)

    def _leave(self, host: str, why: str) -> None:
        self._left[host] = why
        waiting = self._waiting.pop(host, ())
        self._size -= len(waiting)
        self._unasked[host] += len(waiting)
        self._again = [entry for entry in self._again if urls.host(entry[2]) != host]

    def next(self, now: float) -> _Entry | None:
        """The next entry that may begin; None when none may."""
        self._fill()
        if not (self._waiting or self.running):  # the end: what was put off is asked once more
            again, self._again = self._again, []
            for entry in again:
                self._put(entry)
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
            self._put((index, typed, urls.normalize(typed)))

    def _put(self, entry: _Entry) -> None:
        host = urls.host(entry[2])
        if host in self._left:
            self._unasked[host] += 1
            return
        self._waiting.setdefault(host, deque()).append(entry)
        self._size += 1
