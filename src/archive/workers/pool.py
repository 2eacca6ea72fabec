"""The parent's side: children kept warm, killed when a page takes too long.

A child that dies, whatever killed it, costs the page it was at; the next page gets a new child.
"""

from __future__ import annotations

import io
import os
import queue
import signal
import subprocess
import sys
from contextlib import suppress
from types import TracebackType
from typing import Self

from attrs import evolve, frozen

from archive.article import ClaimsRecord, Extraction, Request, extractor, signals
from archive.article.extraction import LARGEST, Outcome
from archive.comparison.gist import Gist
from archive.errors import DocumentError
from archive.workers.messages import (
    ANSWER,
    ANSWER_LIMIT,
    LOOK,
    Part,
    Pipe,
    read_message,
    write_message,
)

__all__ = ["ChildLimits", "Extractors"]

_PATIENCE = 5.0
_MOST_CHILDREN = 4


@frozen
class ChildLimits:
    """What one page may take.

    Attributes:
        wall: seconds from request to answer.
        cpu: seconds of processor time.
        memory: bytes of address space of a child.
    """

    wall: float = 60.0
    cpu: float = 20.0
    memory: int = 1 << 30


class Extractors:
    """A pool of child processes that extract. Use it with ``with``, or `close` it.

    Any thread may ask it. A child starts with the first page it gets.

    Args:
        children: how many work at a time.
        limits: of every page.
    """

    def __init__(self, children: int = 1, limits: ChildLimits | None = None) -> None:
        self._limits = limits or ChildLimits()
        self._children = children
        self._idle: queue.LifoQueue[_Child | None] = queue.LifoQueue()
        for _ in range(children):
            self._idle.put(None)
        self._started: set[_Child] = set()

    @classmethod
    def for_all_processors(cls, limits: ChildLimits | None = None) -> Self:
        """As many children as this process may use processors, four at most."""
        return cls(min(_MOST_CHILDREN, _count_processors()), limits)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def children(self) -> int:
        """How many work at a time."""
        return self._children

    def extract(self, page: Request) -> Extraction:
        """Extract a page in a child, and wait for it.

        Returns:
            What `archive.article.extract` gives; ``timeout`` and ``crash`` where it exceeded a
            limit or ended the child, with the claims that do not stand in the page itself.
        """
        return self._extract(page, look=False)[0]

    def read(self, page: Request) -> tuple[Extraction, Gist | None]:
        """Extract a page in a child, and see what its reader sees.

        Returns:
            As `extract`, with the page's reading and its gist, both made from the tree that the
            text was extracted from; neither where the page broke them.
        """
        return self._extract(page, look=True)

    def _extract(self, page: Request, *, look: bool) -> tuple[Extraction, Gist | None]:
        if len(page.content) > LARGEST:
            return page.extract(), None  # which refuses it without a look
        idle = self._idle.get()
        try:
            child = idle or self._start()
        except OSError as error:
            self._idle.put(None)
            told = f"no process to extract in: {error.strerror}"
            return _fail(page, "crash", told), None
        try:
            return child.extract(page, look=look)
        finally:
            if child.is_alive:
                self._idle.put(child)
            else:
                self._end(child)
                self._idle.put(None)

    def close(self) -> None:
        """End the children, whatever they are at; the next page would get a new one."""
        for child in tuple(self._started):
            child.kill()
        for _ in range(self._children):
            idle = self._idle.get()
            if idle is not None:
                self._end(idle)
        for _ in range(self._children):
            self._idle.put(None)

    def _start(self) -> _Child:
        child = _Child(self._limits)
        self._started.add(child)
        return child

    def _end(self, child: _Child) -> None:
        child.stop()
        self._started.discard(child)


class _Child:
    """One child process."""

    def __init__(self, limits: ChildLimits) -> None:
        self._limits = limits
        self._overdue = False
        self._is_ready = False
        self._process = subprocess.Popen(  # noqa: S603 our own module, our own interpreter
            [
                *(sys.executable, "-P", "-m", "archive.workers.child"),
                *(str(limits.memory), str(limits.cpu)),
            ],
            bufsize=0,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        assert self._process.stdin
        assert self._process.stdout
        self._pipes = Pipe(self._process.stdin), Pipe(self._process.stdout)
        self._requests = io.BufferedWriter(self._pipes[0])
        self._answers = io.BufferedReader(self._pipes[1])

    @property
    def is_alive(self) -> bool:
        return self._process.poll() is None and not self._overdue

    def extract(self, page: Request, *, look: bool) -> tuple[Extraction, Gist | None]:
        if not self._is_ready:
            self._await_ready()
        for pipe in self._pipes:
            pipe.give(self._limits.wall)
        answer = gist = None
        try:
            answer = self._ask(page, look=look)
            if look and answer is not None:
                answer, gist = self._look(answer)
        except TimeoutError:
            self.kill()
        except (OSError, DocumentError):
            if answer is not None:
                self.kill()  # what would come next is not known
        return answer or self._explain(page), gist

    def _await_ready(self) -> None:
        """Wait until everything is loaded, which is not the first page's fault."""
        with suppress(OSError, DocumentError):
            read_message(self._answers, 0, 0)
        self._is_ready = True

    def _ask(self, page: Request, *, look: bool) -> Extraction | None:
        write_message(self._requests, (*_parts(page), b"" if look else None))
        message = read_message(self._answers, ANSWER, ANSWER_LIMIT)
        return None if message is None else _read_answer(*message)

    def _look(self, answer: Extraction) -> tuple[Extraction, Gist | None]:
        """The answer with what its reader sees, which follows it."""
        message = read_message(self._answers, LOOK, ANSWER_LIMIT)
        if message is None:
            raise DocumentError("the child ended before it looked")
        reading, gist = message
        return evolve(answer, seen=reading), None if gist is None else Gist.from_bytes(gist)

    def kill(self) -> None:
        """End it at once."""
        self._overdue = True
        self._process.kill()

    def _explain(self, page: Request) -> Extraction:
        """Why there was no answer."""
        if self._overdue:
            return _fail(page, "timeout", f"over {self._limits.wall:g} seconds")
        try:
            code = self._process.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            self.kill()
            return _fail(page, "crash", "the extracting process gave no sense")
        if code == -signal.SIGXCPU:
            over = f"over {self._limits.cpu:g} seconds of processor time"
            return _fail(page, "timeout", over)
        ended = f"signal {signal.Signals(-code).name}" if code < 0 else f"code {code}"
        return _fail(page, "crash", f"the extracting process ended with {ended}")

    def stop(self) -> None:
        """Give back what is held of a process that has ended or is to end."""
        self._process.kill()
        self._process.wait()
        for stream in (self._requests, self._answers):
            with suppress(OSError):  # what was not sent is lost, as it should be
                stream.close()


def _count_processors() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):  # not on macOS
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _read_answer(text: Part, claims: Part) -> Extraction:
    """An answer as a value; checked like any stored record."""
    try:
        words = None if text is None else text.decode("utf-8")
    except UnicodeDecodeError:
        raise DocumentError("the text is not UTF-8") from None
    record = ClaimsRecord.adopt(claims or b"", words)
    return Extraction(
        record.outcome,
        record.reason,
        words,
        record.claims,
        record.decoding,
        record.extractor,
        record.quotations,
        record.source,
    )


def _parts(page: Request) -> tuple[Part, ...]:
    """The parts of a page's message."""
    kind = None if page.content_type is None else page.content_type.encode("utf-8", "replace")
    return page.url.encode("utf-8", "replace"), kind, page.content, page.head, page.chain


def _fail(page: Request, outcome: Outcome, reason: str) -> Extraction:
    """What is left when a page's extraction failed: the claims beside it."""
    claims = signals.around(page.head, page.chain)
    return Extraction(outcome, reason, None, claims, None, extractor())
