"""The writers' lock: ``flock`` on ``.lock``, held for one commit at a time."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from archive.errors import LockedError
from archive.store.durable import wrap_error

__all__ = ["hold_lock", "is_locked"]

_STEP = 0.02


@contextmanager
def hold_lock(
    path: Path,
    *,
    patience: float = 60.0,
    clock: Callable[[], float] = time.monotonic,
    sleep: Callable[[float], None] = time.sleep,
) -> Iterator[None]:
    """Hold the lock, waiting up to `patience` seconds for it.

    Raises:
        LockedError: another writer held it all that time.
        StorageError: the lock file cannot be opened.
    """
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    except OSError as error:
        raise wrap_error(error, "opening the lock", path) from error
    try:
        end = clock() + patience
        while not _try_lock(handle, fcntl.LOCK_EX):
            if clock() >= end:
                raise LockedError(
                    f"another writer has held the collection for {patience:.0f} seconds",
                    where=str(path),
                    hint="wait for it to end",
                )
            sleep(_STEP)
        yield
    finally:
        os.close(handle)


def is_locked(path: Path) -> bool:
    """Whether a writer holds the lock now; asks without writing anything."""
    try:
        handle = os.open(path, os.O_RDONLY)
    except OSError:
        return False
    try:
        return not _try_lock(handle, fcntl.LOCK_SH)
    finally:
        os.close(handle)


def _try_lock(handle: int, kind: int) -> bool:
    try:
        fcntl.flock(handle, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
