"""Mutated heads and chunked bodies: no exception but ours, and time linear in what comes.

The suite tries a bounded number. ``python -m tests.http.test_fuzz 1000000`` tries as many as it is
told, from seeds that it prints.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Callable
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.errors import ArchiveError
from archive.http import ResponseReader, State, declare, list_oddities, parse_response
from archive.http.chunks import MAX_LINE
from archive.http.oddities import ODDITIES
from tests.effort import effort
from tests.http.answers import everything as answers
from tests.http.streams import everything

SEEDS = [data for data in everything().values() if len(data) < 4000]
SEEDS += [answer.data for _, answer in answers() if len(answer.data) < 4000]
SPLICES = (
    b"\r\n|\n|\r|\r\n\r\n|\n\n| |\t|:|;|,|\0|\xff|0|7|f|-1|+|HTTP/1.1 200 OK\r\n|"
    b"HTTP/1.1 103 x\r\n\r\n|Content-Length: 5\r\n|Content-Length: 6\r\n|"
    b"Transfer-Encoding: chunked\r\n|chunked|0\r\n\r\n|"
    b"5\r\nhello\r\n|Content-Encoding: gzip\r\n|Content-Encoding: br\r\n|"
    b"Content-Type: text/plain\r\n|\x1f\x8b\x08|99999999999999999999|ffffffffffffffff"
).split(b"|")
NAMES = {row.name for row in ODDITIES}


def mutate(rng: random.Random) -> bytes:
    """A stream that something was done to."""
    data = bytearray(rng.choice(SEEDS))
    for _ in range(rng.randint(1, 6)):
        at = rng.randint(0, min(len(data), rng.choice((40, 300, len(data)))))
        what = rng.randint(0, 4)
        if what == 0:
            data[at:at] = rng.choice(SPLICES)
        elif what == 1:
            del data[at : at + rng.randint(1, 12)]
        elif what == 2 and at < len(data):
            data[at] = rng.randint(0, 255)
        elif what == 3:
            data[at:at] = data[at : at + rng.randint(1, 60)]
        else:
            del data[at:]
    return bytes(data)


def try_one(rng: random.Random) -> None:
    """Read a mutated stream whole and in pieces: the same comes of it, and nothing is raised."""
    stream = mutate(rng)
    reader = ResponseReader()
    entity = b""
    at = 0
    while at < len(stream):
        size = rng.choice((1, 3, 50, 5000))
        reader.feed(stream[at : at + size])
        entity += reader.take()
        at += size
    reader.finish()
    entity += reader.take()
    assert (reader.problem is None) == (reader.state is State.COMPLETE), stream
    response = None
    with suppress(ArchiveError):
        response = parse_response(stream)
    assert response == reader.response(entity), stream
    if response is None:
        return
    assert len(response.head) + response.trailing <= len(stream), stream
    content = response.decoded.data or b""
    stated = response.field("content-type")
    declare(stated, content)
    odd = (*response.oddities, *response.decoded.oddities, *list_oddities(stated, content))
    assert set(odd) <= NAMES, stream


@given(seed=st.integers(0, 1 << 62))
@effort(10)
def test_mutated_answers_are_read_or_refused(seed: int) -> None:
    """Whatever is done to an answer, it is read or refused, the same in any pieces."""
    try_one(random.Random(seed))


def _steps(stream: bytes) -> int:
    """How many lines of Python are run while a stream is read whole: no clock, no noise."""
    counted = 0

    def count(frame: object, event: str, arg: object) -> object:
        nonlocal counted
        counted += event == "line"
        return count

    reader = ResponseReader()
    sys.settrace(count)  # type: ignore[arg-type]
    try:
        reader.feed(stream)
        reader.finish()
    finally:
        sys.settrace(None)
    return counted


OK = b"HTTP/1.1 200 OK\r\n"
CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n"
GROWING: dict[str, Callable[[int], bytes]] = {
    "fields": lambda n: OK + b"A: b\r\n" * n + b"\r\n",
    "folded lines": lambda n: OK + b"A: b\r\n" + b" c\r\n" * n + b"\r\n",
    "lines without colon": lambda n: OK + b"a\r\n" * n + b"\r\n",
    "bare CRs": lambda n: OK + b"\r" * n + b"\r\n\r\n",
    "informational heads": lambda n: b"HTTP/1.1 103 x\r\n\r\n" * (n // 40) + OK + b"\r\n",
    "lengths": lambda n: OK + b"Content-Length: 1\r\n" * n + b"\r\nx",
    "words": lambda n: OK + b"Transfer-Encoding: " + b"a," * n + b"chunked\r\n\r\n0\r\n\r\n",
    "chunks": lambda n: CHUNKED + b"1\r\nx\r\n" * n + b"0\r\n\r\n",
    "trailers": lambda n: CHUNKED + b"0\r\n" + b"A: b\r\n" * n + b"\r\n",
}


@pytest.mark.parametrize("name", GROWING)
def test_twice_the_stream_takes_twice_the_steps(name: str) -> None:
    """Reading takes steps linear in the bytes, whatever they are full of."""
    make = GROWING[name]
    assert _steps(make(4000)) <= 2.3 * _steps(make(2000))


@pytest.mark.parametrize("line", [b" " * MAX_LINE, b"0" * MAX_LINE, b"0" + b" " * MAX_LINE])
def test_a_line_that_is_no_size_is_seen_through_at_once(line: bytes) -> None:
    """Patterns over the longest line do not go back and forth in it: this would take minutes."""
    for rest in (b"x", b"\r\n", b";\r\n", b"\r\n0\r\n\r\n"):
        reader = ResponseReader()
        reader.feed(CHUNKED + (line + rest) * 200)
        reader.finish()
        assert reader.state in (State.BROKEN, State.COMPLETE, State.CUT)


if __name__ == "__main__":
    first = random.SystemRandom().randrange(1 << 60)
    sys.stdout.write(f"seed {first}\n")
    sys.stdout.flush()
    for number in range(int(sys.argv[1])):
        try_one(random.Random(first + number))
    sys.stdout.write(f"done {sys.argv[1]}\n")
