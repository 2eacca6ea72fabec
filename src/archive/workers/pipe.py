"""One end of a pipe to another process, on which nobody waits longer than until a moment."""

from __future__ import annotations

import fcntl
import io
import math
import os
import select
import time
from contextlib import suppress
from typing import IO, Any

__all__ = ["Pipe"]

_LARGEST = 1 << 20
"""Most pages go through in one piece; Linux allows it to everybody."""


class Pipe(io.RawIOBase):
    """An end of a pipe as a raw stream; wrap it in a buffered one.

    Reading and writing raise TimeoutError at the moment that `give` has set.

    Args:
        file: the end, unbuffered; only this object may use it from now on.
    """

    def __init__(self, file: IO[bytes]) -> None:
        self._file: Any = file  # a FileIO, which the standard library's types do not say
        self._until = math.inf
        self._poll = select.poll()
        self._poll.register(file, select.POLLIN if file.readable() else select.POLLOUT)
        os.set_blocking(file.fileno(), False)
        with suppress(AttributeError, OSError):  # elsewhere, or too many pipes: it stays small
            fcntl.fcntl(file, fcntl.F_SETPIPE_SZ, _LARGEST)

    def give(self, seconds: float) -> None:
        """Let everything from now on take so many seconds, all together."""
        self._until = time.monotonic() + seconds

    def readable(self) -> bool:
        """Whether it can be read from."""
        return bool(self._file.readable())

    def writable(self) -> bool:
        """Whether it can be written to."""
        return bool(self._file.writable())

    def readinto(self, buffer: Any) -> int | None:
        """Read what there is, once there is something; 0 at the end."""
        self._wait()
        count: int | None = self._file.readinto(buffer)
        return count

    def write(self, data: Any) -> int | None:
        """Write as much as fits, once something does."""
        self._wait()
        count: int | None = self._file.write(data)
        return count

    def close(self) -> None:
        """Close the end itself."""
        super().close()
        self._file.close()

    def _wait(self) -> None:
        left = self._until - time.monotonic()
        if left <= 0 or not self._poll.poll(None if math.isinf(left) else left * 1000):
            raise TimeoutError("the other side takes too long")
