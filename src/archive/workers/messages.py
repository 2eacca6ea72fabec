"""What goes to a child and what comes back.

::

    message  = length LF parts
    length   = one JSON array of whole numbers and null, on a line: the length of each part
    request  = URL, Content-Type or null, content, response head or null, certificates or null,
               empty where a look is asked for, else null
    answer   = text record or null, claims record
    look     = reading or null, gist or null

The answer to a request is followed by a look where one is asked for: what is derived of a page
comes after its text, and never costs it.

Nothing is unpickled: a page that takes over a child can at most lie about its own text.

The parent holds its ends of the pipes as `Pipe`, on which nobody waits longer than until a moment.
"""

from __future__ import annotations

import fcntl
import io
import math
import os
import select
import time
from collections.abc import Sequence
from contextlib import suppress
from typing import IO, Any

from archive import document
from archive.article import extraction
from archive.errors import DocumentError

__all__ = [
    "ANSWER",
    "ANSWER_LIMIT",
    "LOOK",
    "REQUEST",
    "REQUEST_LIMIT",
    "Part",
    "Pipe",
    "read_message",
    "write_message",
]

Part = bytes | None

REQUEST, REQUEST_LIMIT = 6, extraction.LARGEST
"""How many parts a request has, and the most bytes of one."""
ANSWER, ANSWER_LIMIT = 2, 64_000_000
"""How many parts an answer has, and the most bytes of one."""
LOOK = 2
"""How many parts a look has; none is larger than those of answers."""
_LINE = 1 << 10


def write_message(stream: IO[bytes], parts: Sequence[Part]) -> None:
    """Write one message and flush it.

    Raises:
        OSError: the other side is gone.
    """
    lengths = [None if part is None else len(part) for part in parts]
    stream.write(document.write(lengths) + b"\n")
    for part in parts:
        if part is not None:
            stream.write(part)
    stream.flush()


def read_message(stream: IO[bytes], count: int, limit: int) -> list[Part] | None:
    """Read one message.

    Args:
        stream: of the other side.
        count: how many parts it must have.
        limit: the most bytes of a part.

    Returns:
        The parts, or None when the stream is at its end.

    Raises:
        DocumentError: it is no such message, or it ends too early.
    """
    line = stream.readline(_LINE)
    if not line:
        return None
    lengths = document.parse(line, limit=_LINE, what="message")
    if not isinstance(lengths, list) or len(lengths) != count:
        raise DocumentError(f"not a message of {count} parts")
    return [None if length is None else _read_part(stream, length, limit) for length in lengths]


def _read_part(stream: IO[bytes], length: object, limit: int) -> bytes:
    if type(length) is not int or not 0 <= length <= limit:
        raise DocumentError("the length of a message's part is out of bounds")
    part = stream.read(length)
    if len(part) != length:
        raise DocumentError("a message ends too early")
    return part


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
