"""Many pages at once: those being extracted, and drafts that wait for the next commit."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor

from attrs import frozen

from archive.adding.fresh import Fresh
from archive.adding.listing import Listed
from archive.index.rows import Row
from archive.store.draft import Draft
from archive.store.writer import MAX_BATCH, Writer

__all__ = ["Added", "AtWork", "Made", "Waiting"]

_BATCH_BYTES = 64 * 1024 * 1024
_BATCH_SECONDS = 1.0


@frozen
class Made:
    """A capture that waits for its commit.

    Attributes:
        draft: it.
        fresh: what was found on its page just now; None where nothing was.
    """

    draft: Draft
    fresh: Fresh | None


@frozen
class Added:
    """A capture that is stored.

    Attributes:
        row: it.
        fresh: as in `Made`.
    """

    row: Row
    fresh: Fresh | None


class AtWork:
    """Pages whose drafts are being made, given in the order in which they were begun.

    Args:
        most: how many are made at a time.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._threads = ThreadPoolExecutor(most, thread_name_prefix="draft")
        self._begun: deque[tuple[Listed, Future[Made]]] = deque()

    def close(self) -> None:
        """Wait for none of them."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    def begin(self, entry: Listed, make: Callable[[], Made], *, at_once: bool) -> None:
        """Begin with a page.

        Args:
            entry: its URL.
            make: makes its draft.
            at_once: there is nothing to wait for, so that no other thread need be asked.
        """
        done: Future[Made]
        if at_once:
            done = Future()
            done.set_result(make())
        else:
            done = self._threads.submit(make)
        self._begun.append((entry, done))

    def take(self, *, everything: bool) -> Iterator[tuple[Listed, Made]]:
        """Give drafts that are done.

        Args:
            everything: wait for all; otherwise only where more were begun than are made at a time.
        """
        while self._begun:
            entry, done = self._begun[0]
            if not (everything or len(self._begun) > self._most or done.done()):
                return
            self._begun.popleft()
            yield entry, done.result()


class Waiting:
    """Drafts that wait for the next commit: it takes what is ready, at most once a second.

    Args:
        writer: stores them.
        clock: seconds that never go back.
    """

    def __init__(self, writer: Writer, clock: Callable[[], float]) -> None:
        self._writer = writer
        self._clock = clock
        self._made: list[tuple[Listed, Made]] = []
        self._bytes = 0
        self._since = 0.0
        self.again: list[Listed] = []
        """Those whose second was taken, so that they are to be captured again."""

    def put(self, entry: Listed, made: Made) -> None:
        """Let a draft wait."""
        if not self._made:
            self._since = self._clock()
        self._made.append((entry, made))
        self._bytes += sum(len(part.block) for part in made.draft.parts)
        if made.fresh is not None:
            self._bytes += len(made.fresh.page.content)

    @property
    def is_due(self) -> bool:
        """Whether a second has gone by, or enough is held."""
        waited = self._clock() - self._since
        full = len(self._made) >= MAX_BATCH or self._bytes >= _BATCH_BYTES
        return full or waited >= _BATCH_SECONDS

    def commit(self) -> Iterator[Added]:
        """Store them all, and give them."""
        waited, self._made, self._bytes = self._made, [], 0
        if not waited:
            return
        rows = self._writer.commit([made.draft for _, made in waited])
        for (entry, made), row in zip(waited, rows, strict=True):
            if row is None:
                self.again.append(entry)
            else:
                yield Added(row, made.fresh)
