"""The child's side: ``python -m archive.workers.child MEMORY CPU`` answers requests until its end.

Memory is limited once for the process, processor time anew for every page. What exceeds them ends
the child, which is the parent's to notice. The child ends by itself when its input does, so that it
never outlives a parent that was killed.
"""

from __future__ import annotations

import gc
import math
import resource
import signal
import sys
from contextlib import suppress
from typing import BinaryIO

from archive.article import ClaimsRecord, Extraction, Request
from archive.article.reading.stored import LARGEST, write_reading
from archive.comparison import digests, read_side
from archive.workers.messages import (
    REQUEST,
    REQUEST_LIMIT,
    Part,
    read_message,
    write_message,
)

__all__ = ["serve"]

_NO_SEED = bytes(32)


def serve(requests: BinaryIO, answers: BinaryIO, seconds: float) -> None:
    """Answer requests until there are no more.

    Args:
        requests: from the parent.
        answers: to the parent.
        seconds: of processor time a page may take.
    """
    while (message := read_message(requests, REQUEST, REQUEST_LIMIT)) is not None:
        url, content_type, content, head, chain, look = message
        _limit_time(seconds)
        page = Request(
            content or b"",
            None if content_type is None else content_type.decode("utf-8"),
            (url or b"").decode("utf-8"),
            head,
            chain,
        )
        found = page.extract(reading=look is not None)
        write_message(answers, (found.record, ClaimsRecord.of(found, _NO_SEED).to_bytes()))
        if look is not None:
            write_message(answers, _look(page, found))


def _look(page: Request, found: Extraction) -> tuple[Part, Part]:
    """What a reader sees of a page, and its gist; none of either where the page breaks that."""
    try:
        side = read_side(page.content, page.content_type, page.url, found)
        gist = digests.take_gist(side, found.article).to_bytes()
        reading = None if side.page is None else write_reading(side.page)
    except Exception:  # whatever the page is: its text is kept already
        return None, None
    return reading if len(reading or b"") <= LARGEST else None, gist


def _limit_time(seconds: float) -> None:
    """Let this process use so much more processor time; then SIGXCPU ends it."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    soft = math.ceil(usage.ru_utime + usage.ru_stime + seconds)
    resource.setrlimit(resource.RLIMIT_CPU, (soft, resource.RLIM_INFINITY))


def _main(memory: int, seconds: float) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides when to stop
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with suppress(ValueError, OSError):  # macOS knows the limit and refuses it
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    warm = Request(b"<p>warm", "text/html", "http://localhost/")
    _look(warm, warm.extract(reading=True))  # load everything before the first page
    gc.freeze()  # what is loaded stays, and need not be looked through for what does not
    write_message(sys.stdout.buffer, ())
    serve(sys.stdin.buffer, sys.stdout.buffer, seconds)


if __name__ == "__main__":
    _main(int(sys.argv[1]), float(sys.argv[2]))
