"""The writers' lock: ``flock`` on ``.lock``, held for one commit at a time."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from archive.disk.durable import wrap_error
from archive.disk.regular import check_regular
from archive.errors import InputError, LockedError

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
        StorageError: the lock file cannot be opened, or its disk knows no locks.
    """
    end = clock() + patience
    while (handle := _take(path)) is None:
        if clock() >= end:
            raise LockedError(
                f"another writer has held the collection for {patience:g} seconds",
                where=str(path),
                hint="wait for it to end",
            )
        sleep(_STEP)
    try:
        yield
    finally:
        os.close(handle)


def _take(path: Path) -> int | None:
    """Lock the file that stands there now; None when another holds it."""
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NONBLOCK, 0o666)
    except OSError as error:
        raise wrap_error(error, "opening the lock", path) from error
    try:
        check_regular(os.fstat(handle).st_mode, path)
        # Who waited on a lock file that was deleted meanwhile would lock nothing.
        if _try_lock(handle, fcntl.LOCK_EX) and os.path.samestat(os.fstat(handle), os.stat(path)):
            return handle
    except FileNotFoundError:
        pass
    except InputError:
        os.close(handle)
        raise
    except OSError as error:
        os.close(handle)
        raise wrap_error(error, "locking", path) from error
    os.close(handle)
    return None


def is_locked(path: Path) -> bool:
    """Whether a writer holds the lock now; asks without writing anything."""
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    except OSError:
        return False
    try:
        return not _try_lock(handle, fcntl.LOCK_SH)
    except OSError:
        return False
    finally:
        os.close(handle)


def _try_lock(handle: int, kind: int) -> bool:
    try:
        fcntl.flock(handle, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
