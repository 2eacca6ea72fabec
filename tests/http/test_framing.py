"""Tests of `archive.http.framing`: responses taken apart, whatever the pieces they came in."""

from __future__ import annotations

from contextlib import suppress
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.errors import HttpError
from archive.http import Response, ResponseReader, State, parse_response
from archive.http.framing import MAX_HEAD

OK = b"HTTP/1.1 200 OK\r\n"
CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n"

COMPLETE = {
    "length": OK + b"Content-Length: 5\r\n\r\nhello",
    "to the end": OK + b"\r\nhello",
    "no body": b"HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\n",
    "not modified": b"HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n",
    "103 first": b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" + OK + b"\r\nhello",
    "100 and 103 first": b"HTTP/1.1 100 \r\n\r\nHTTP/1.1 103 x\n\n" + OK + b"\r\nhello",
    "chunked": CHUNKED + b"5\r\nhello\r\n0\r\n\r\n",
    "chunk extensions, trailers": CHUNKED + b'2;a="b"\r\nhe\r\n3 \r\nllo\r\n0;z\r\nSum: 1\r\n\r\n',
    "bytes after a length": OK + b"Content-Length: 5\r\n\r\nhelloHTTP/1.1 200 OK\r\n",
    "bytes after chunks": CHUNKED + b"5\r\nhello\r\n0\r\n\r\nmore",
    "folded": OK + b"A: one\r\n  two\r\n\tthree\r\nContent-Length: 5\r\n\r\nhello",
    "bare LF": b"HTTP/1.1 200 OK\nContent-Length: 5\n\nhello",
    "mixed line ends": b"HTTP/1.1 200 OK\r\nA: b\nContent-Length: 5\n\r\nhello",
    "latin-1": OK + b"X: caf\xe9\r\nContent-Length: 5\r\n\r\nhello",
    "repeated, odd case": OK + b"sEt: 1\r\nSET: 2\r\ncontent-LENGTH: 5\r\n\r\nhello",
    "equal lengths": OK + b"Content-Length: 5\r\nContent-Length: 5\r\n\r\nhello",
    "no reason phrase": b"HTTP/1.1 200\r\nContent-Length: 5\r\n\r\nhello",
    "HTTP/1.0": b"HTTP/1.0 404 Gone\r\n\r\nhello",
    "large head": OK + b"X: y\r\n" * 53_000 + b"\r\nhello",
    "long field": OK + b"X: " + b"a b\t" * 120_000 + b"z\r\n\r\nhello",
}
CUT = {
    "nothing": b"",
    "half a status line": b"HTTP/1.1 20",
    "half a head": OK + b"Content-Length: 5\r\n",
    "a head without its blank line": OK + b"Content-Length: 5",
    "only a 103": b"HTTP/1.1 103 x\r\n\r\n",
}
SHORT = {
    "length": OK + b"Content-Length: 5\r\n\r\nhel",
    "chunk": CHUNKED + b"5\r\nhel",
    "no last chunk": CHUNKED + b"3\r\nhel\r\n",
    "half a chunk line": CHUNKED + b"3\r\nhel\r\n0;exten",
    "half the trailers": CHUNKED + b"3\r\nhel\r\n0\r\nA: b\r\n",
}
REFUSED = {
    "HTTP/0.9": b"<html>hello</html>",
    "HTTP/0.9 with blank lines": b"<html>\r\n\r\nhello</html>",
    "TLS alert": b"\x15\x03\x01\x00\x02\x02\x28",
    "empty line first": b"\r\n" + OK + b"\r\n",
    "empty line after a 103": b"HTTP/1.1 103 x\r\n\r\n\r\n" + OK + b"\r\n",
    "NUL in a field": OK + b"A: b\x00c\r\n\r\nhello",
    "two lengths": OK + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
    "length that is no number": OK + b"Content-Length: +5\r\n\r\nhello",
    "space before the colon": OK + b"A : b\r\n\r\n",
    "fold at the start": OK + b" a: b\r\n\r\n",
    "no colon": OK + b"abc\r\n\r\n",
    "unasked protocol switch": b"HTTP/1.1 101 Switching\r\nUpgrade: x\r\n\r\n",
    "other transfer coding": OK + b"Transfer-Encoding: gzip, chunked\r\n\r\n",
    "status of two digits": b"HTTP/1.1 20 OK\r\n\r\n",
    "status below 100": b"HTTP/1.1 099 OK\r\n\r\n",
    "head over the limit": OK + b"X: y\r\n" * 90_000 + b"\r\nhello",
    "endless head": OK + b"X: " + b"y" * 600_000,
    "endless 103s": b"HTTP/1.1 103 x\r\n\r\n" * 30_000 + OK + b"\r\nhello",
    "long field with a NUL at its end": OK + b"X: " + b"a b\t" * 120_000 + b"\0\r\n\r\nhello",
}
BROKEN_BODIES = {
    "no chunk size": CHUNKED + b"3\r\nhel\r\nxyz\r\nmore",
    "bytes after a chunk": CHUNKED + b"3\r\nhello\r\n0\r\n\r\n",
    "negative": CHUNKED + b"3\r\nhel\r\n-1\r\n\r\n",
    "long size": CHUNKED + b"3\r\nhel\r\n" + b"0" * 21 + b"\r\n\r\n",
    "trailer that is no field": CHUNKED + b"3\r\nhel\r\n0\r\nabc\r\n\r\n",
    "endless chunk line": CHUNKED + b"3\r\nhel\r\n1;" + b"x" * 700_000,
    "blanks in a chunk line": CHUNKED + b"3\r\nhel\r\n1;" + b" \t" * 2000 + b"\0\r\nx",
    "blanks in a trailer": CHUNKED + b"3\r\nhel\r\n0\r\na:" + b" " * 60_000 + b"\0\r\n\r\n",
    "endless trailers": CHUNKED + b"3\r\nhel\r\n0\r\n" + b"A: b\r\n" * 120_000 + b"\r\n",
}
EVERYTHING = [*COMPLETE.values(), *CUT.values(), *SHORT.values(), *REFUSED.values()]
EVERYTHING += BROKEN_BODIES.values()


def read(pieces: list[bytes], method: str = "GET") -> tuple[ResponseReader, bytes]:
    """Feed the pieces, taking the entity as it comes, and end the stream."""
    reader = ResponseReader(method)
    entity = b""
    for piece in pieces:
        reader.feed(piece)
        entity += reader.take()
    reader.finish()
    return reader, entity + reader.take()


def seen(pieces: list[bytes]) -> tuple[object, ...]:
    """All that can be told about a stream read in these pieces."""
    reader, entity = read(pieces)
    told = (reader.state, reader.problem, reader.head, reader.offset, reader.trailing)
    return (*told, reader.status, reader.fields, reader.response(entity))


def cut_at(data: bytes, places: list[int]) -> list[bytes]:
    """`data` in pieces, cut at these places."""
    edges = [0, *sorted(place for place in places if place < len(data)), len(data)]
    return [data[a:b] for a, b in pairwise(edges)]


@pytest.mark.parametrize("name", COMPLETE)
def test_complete_responses_are_understood(name: str) -> None:
    """Everything that servers send and HTTP allows is complete and has its entity."""
    response = parse_response(COMPLETE[name])
    assert response.complete
    assert response.problem is None
    assert response.entity == (b"" if response.status in (204, 304) else b"hello")
    assert COMPLETE[name].startswith(response.head)
    assert response.head.endswith(b"\n")


@pytest.mark.parametrize("name", CUT)
def test_a_head_without_its_end_is_cut(name: str) -> None:
    """A stream that ends before the blank line is cut, and as a stored block an error."""
    reader, entity = read([CUT[name]])
    assert reader.state is State.CUT
    assert reader.response(entity) is None
    with pytest.raises(HttpError, match="blank line"):
        parse_response(CUT[name])


@pytest.mark.parametrize("name", SHORT)
def test_a_body_without_its_end_is_cut(name: str) -> None:
    """A body that ends too early gives what came of it, and is never complete."""
    reader, entity = read([SHORT[name]])
    assert reader.state is State.CUT
    response = parse_response(SHORT[name])
    assert response.entity == entity == b"hel"
    assert not response.complete
    assert response.problem


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_not_http_is_refused_with_a_reason(name: str) -> None:
    """A head that is not HTTP/1.1 is refused and the reason is short enough to show."""
    reader, entity = read([REFUSED[name]])
    assert reader.state is State.REFUSED
    assert reader.response(entity) is None
    assert reader.problem is not None
    assert 0 < len(reader.problem) <= 201
    with pytest.raises(HttpError):
        parse_response(REFUSED[name])


@pytest.mark.parametrize("name", BROKEN_BODIES)
def test_a_broken_chunked_body_keeps_head_and_what_came(name: str) -> None:
    """A malformed body leaves the head, and the entity before the fault, to be seen."""
    reader, entity = read([BROKEN_BODIES[name]])
    assert reader.state is State.REFUSED
    assert entity == b"hel"
    response = parse_response(BROKEN_BODIES[name])
    assert (response.status, response.entity, response.complete) == (200, b"hel", False)
    assert response.problem


@pytest.mark.parametrize("name", ["blanks in a chunk line", "blanks in a trailer"])
def test_blanks_after_the_head_are_bounded(name: str) -> None:
    """A chunk line or trailer full of blanks is refused before h11's patterns see it whole."""
    for size in (1, 300, 1000, 70_000):
        stream = BROKEN_BODIES[name]
        reader, _ = read([stream[at : at + size] for at in range(0, len(stream), size)])
        assert reader.problem == "too many blanks in a row in a chunk line or a trailer"


def test_blanks_in_a_chunk_are_content() -> None:
    """Blanks in a body are what they are, however many and however they come."""
    text = b"a" + b" " * 70_000 + b"\n" + b"\t" * 3000 + b"b"
    stream = CHUNKED + b"%x\r\n%b\r\n0\r\n\r\nrest" % (len(text), text)
    for size in (1, 300, 65_536, len(stream)):
        reader, entity = read([stream[at : at + size] for at in range(0, len(stream), size)])
        assert (reader.state, entity, reader.trailing) == (State.COMPLETE, text, 4)


def test_the_offset_is_where_the_body_begins() -> None:
    """The head is every byte before the body, informational heads included."""
    stream = COMPLETE["103 first"]
    reader, _ = read([stream])
    assert stream[reader.offset :] == b"hello"
    assert reader.head == stream[: reader.offset]


def test_bytes_after_the_message_are_counted() -> None:
    """What follows a complete message is counted, also when it comes later."""
    assert parse_response(COMPLETE["bytes after chunks"]).trailing == 4
    reader, _ = read([OK + b"Content-Length: 1\r\n\r\nabc", b"def"])
    assert (reader.state, reader.trailing) == (State.COMPLETE, 5)
    assert parse_response(COMPLETE["to the end"]).trailing == 0


def test_fields_keep_order_case_and_bytes() -> None:
    """Fields come as sent: order, repeats, case, latin-1; folded lines are joined."""
    response = parse_response(COMPLETE["repeated, odd case"])
    assert response.fields == (("sEt", "1"), ("SET", "2"), ("content-LENGTH", "5"))
    assert response.field("Set") == "1, 2"
    assert response.field("absent") is None
    assert parse_response(COMPLETE["latin-1"]).field("x") == "café"
    assert parse_response(COMPLETE["folded"]).field("a") == "one two three"


def test_head_answers_have_no_body() -> None:
    """The answer to HEAD ends with its head, whatever length it announces."""
    response = parse_response(OK + b"Content-Length: 5\r\n\r\n", method="HEAD")
    assert (response.complete, response.entity) == (True, b"")


def test_the_longest_head_is_read_and_one_byte_more_is_not() -> None:
    """The limit on heads is exact."""
    start, end = OK + b"X: ", b"\r\n\r\n"
    longest = start + b"y" * (MAX_HEAD - len(start) - len(end)) + end
    assert parse_response(longest).head == longest
    with pytest.raises(HttpError, match="longer than"):
        parse_response(longest.replace(b"X:", b"XX:"))


def test_an_aborted_stream_is_cut_unless_complete() -> None:
    """A body that runs to the end is not complete when the stream broke off; a whole one stays."""
    reader = ResponseReader()
    reader.feed(COMPLETE["to the end"])
    reader.abort("reset by the server")
    assert (reader.state, reader.problem) == (State.CUT, "reset by the server")
    reader = ResponseReader()
    reader.feed(COMPLETE["length"])
    reader.abort("reset by the server")
    assert (reader.state, reader.problem) == (State.COMPLETE, None)


def test_a_large_entity_need_not_be_held() -> None:
    """Taken as it comes, the entity's pieces are the entity, and none is left over."""
    reader = ResponseReader()
    reader.feed(OK + b"Content-Length: 3000000\r\n\r\n")
    largest = total = 0
    for _ in range(30):
        reader.feed(b"x" * 100_000)
        piece = reader.take()
        largest, total = max(largest, len(piece)), total + len(piece)
    assert (reader.state, total, largest) == (State.COMPLETE, 3_000_000, 100_000)
    assert reader.take() == b""


@pytest.mark.parametrize("stream", [data for data in EVERYTHING if len(data) < 1000])
def test_one_byte_at_a_time_gives_the_same(stream: bytes) -> None:
    """Fed byte by byte, every stream is judged as when fed whole."""
    assert seen([stream[i : i + 1] for i in range(len(stream))]) == seen([stream])


@given(stream=st.sampled_from(EVERYTHING), places=st.lists(st.integers(0, 700_000), max_size=6))
def test_any_split_gives_the_same(stream: bytes, places: list[int]) -> None:
    """The pieces in which a stream comes never change what is seen in it."""
    assert seen(cut_at(stream, [place % (len(stream) + 1) for place in places])) == seen([stream])


TOKENS = (
    b"HTTP/1.1 200 OK\r\n|HTTP/1.1 |103 x\r\n|\r\n|\n|\r| |\t|:|\x00|\xff|Content-Length: 3\r\n|"
    b"Transfer-Encoding: chunked\r\n|Transfer-Encoding: Chunked|0\r\n\r\n|3\r\nabc\r\n|a: b\r\n|"
    b"Content-Length: 99999999999999999999\r\n|;x=y|ffffffffffffffffffff\r\n|101 x\r\n|204 x\r\n|"
    b"HTTP/9.9 999\r\n\r\n"
).split(b"|")
STREAMS = st.lists(st.sampled_from(TOKENS) | st.binary(max_size=12), max_size=14).map(b"".join)


@given(stream=STREAMS, places=st.lists(st.integers(0, 200), max_size=6))
def test_no_stream_breaks_the_reader(stream: bytes, places: list[int]) -> None:
    """Whatever bytes come, they end as a state, the same in any split."""
    assert seen(cut_at(stream, places)) == seen([stream])
    reader, entity = read([stream])
    assert reader.state in (State.COMPLETE, State.CUT, State.REFUSED)
    assert (reader.problem is None) == (reader.state is State.COMPLETE)
    assert len(reader.head) + len(entity) + reader.trailing <= len(stream)


@given(stream=STREAMS)
def test_no_block_gives_anything_but_a_response_or_an_http_error(stream: bytes) -> None:
    """A stored block is a response or an HttpError, never another exception."""
    response: Response | None = None
    with suppress(HttpError):
        response = parse_response(stream)
    assert response is None or stream.startswith(response.head)


@pytest.mark.parametrize("odd", [b"\0", b"a\rb", b"\v", b"\f", b" " * 1001, b"\t" * 60_000 + b"\0"])
def test_odd_bytes_in_a_head_are_refused_before_they_are_taken_apart(odd: bytes) -> None:
    """NUL, bare CR, VT, FF and long runs of blanks in a head make no response, at once."""
    reader = ResponseReader()
    reader.feed(b"HTTP/1.1 200 OK\r\nA: x" + odd + b"y\r\nContent-Length: 2\r\n\r\nhi")
    assert reader.state is State.REFUSED
    assert "in the head" in (reader.problem or "")
    assert reader.status is None


@pytest.mark.parametrize(
    ("head", "shown"),
    [
        (b"HTTP/1.1 \x1b[2Jx\x07", r"illegal status line: 'HTTP/1.1 \x1b[2Jx\x07'"),
        (OK + b"X-\x1b[0m: y", r"illegal header line: 'X-\x1b[0m: y'"),
    ],
)
def test_refused_line_is_shown_without_python_around_it(head: bytes, shown: str) -> None:
    """The reason is signed and shown to people: it once named Python's bytearray."""
    reader = ResponseReader()
    reader.feed(head + b"\r\n\r\n")
    assert (reader.state, reader.problem) == (State.REFUSED, shown)


def test_thousand_blanks_in_a_head_are_still_read() -> None:
    """A run of blanks as long as is allowed is no reason to refuse a response."""
    response = parse_response(
        b"HTTP/1.1 200 OK\r\nA: x" + b" " * 1000 + b"y\r\nContent-Length: 2\r\n\r\nhi"
    )
    assert response.entity == b"hi"
