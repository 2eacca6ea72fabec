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
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import IO

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
