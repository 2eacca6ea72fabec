"""Reading ahead in a second process, so that two processors share one verification.

A thread would not do: between two pieces of work in C it waits for Python's lock longer than the
work takes. The child is forked, so that it has what is to be read without being told, and gives
values through a pipe. What it says is believed only to its last word: if the child ends without
having said that it is done, that is an error and never the end of the files.
"""

from __future__ import annotations

import fcntl
import os
import pickle
import signal
import sys
import threading
from collections.abc import Generator, Iterator
from contextlib import suppress
from itertools import islice
from typing import BinaryIO, NoReturn, TypeVar, cast

from archive.errors import InputError

__all__ = ["can_run_ahead", "run_ahead"]

T = TypeVar("T")
_BATCH = 32
_PIPE = 1 << 20  # bytes; the most that Linux gives without asking


def can_run_ahead() -> bool:
    """Whether a second process may be forked and has a processor of its own.

    Only on Linux, where forking is safe beside the system's libraries, and only while there are no
    other threads, whose locks the child would inherit.
    """
    if sys.platform != "linux" or threading.active_count() > 1:
        return False
    return len(os.sched_getaffinity(0)) > 1


def run_ahead(items: Iterator[T]) -> Generator[T, None, None]:
    """The same items, made in a forked child a few batches ahead. It begins at once.

    Args:
        items: made of nothing but files that it opens itself; its values can be pickled.

    Returns:
        The items. Closing it ends the child.

    Raises:
        InputError: the child ended too early.
        Exception: whatever `items` raised.
    """
    reading, writing = os.pipe()
    _widen(writing)
    child = os.fork()
    if child == 0:
        os.close(reading)
        _work(items, writing)
    os.close(writing)
    received = _receive(reading, child)
    next(received)  # from here on its end is the child's
    return cast("Generator[T, None, None]", received)


def _widen(pipe: int) -> None:
    """Let a pipe hold more than one batch, while the parent still loads what judges."""
    if sys.platform == "linux":
        with suppress(OSError):  # more than this user may have: slower, and nothing else
            fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, _PIPE)


def _receive(reading: int, child: int) -> Generator[T | None, None, None]:
    try:
        with open(reading, "rb") as pipe:
            yield None
            while True:
                batch: list[T]
                batch, error = _load(pipe)
                yield from batch
                if error is not None:
                    raise error
                if not batch:
                    return
    finally:
        os.kill(child, signal.SIGKILL)  # it has ended, or nobody listens any more
        os.waitpid(child, 0)


def _load(pipe: BinaryIO) -> tuple[list[T], Exception | None]:
    try:
        batch, error = pickle.load(pipe)  # noqa: S301 what our own child wrote
    except (EOFError, pickle.UnpicklingError):
        raise InputError("the process that reads the files ended too early") from None
    return batch, error


def _work(items: Iterator[T], writing: int) -> NoReturn:
    """The child: every item, then an empty batch. It ends without running anything of the parent's.

    Args:
        items: what to give.
        writing: the pipe's end.
    """
    try:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent ends it
        with open(writing, "wb") as pipe:
            _send(items, pipe)
    except BaseException:  # noqa: S110 the parent sees that the last word is missing
        pass
    finally:
        os._exit(0)


def _send(items: Iterator[T], pipe: BinaryIO) -> None:
    batch: list[T] = []
    error: Exception | None = None
    while error is None:
        batch = []
        try:
            for item in islice(items, _BATCH):
                batch.append(item)
        except Exception as caught:
            error = caught
        pickle.dump((batch, error), pipe, pickle.HIGHEST_PROTOCOL)
        pipe.flush()
        if not batch:
            return
