"""Tests of `archive.http.framing`: responses taken apart, whatever the pieces they came in."""

from __future__ import annotations

from contextlib import suppress
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.errors import HttpError
from archive.http import Response, ResponseReader, State, parse_response
from archive.http.chunks import MAX_LINE, MAX_TRAILERS
from archive.http.framing import MAX_HEAD, MAX_INFORMATIONAL
from tests.http.answers import everything as answers
from tests.http.streams import BROKEN_BODIES, CHUNKED, COMPLETE, CUT, OK, REFUSED, SHORT, everything

# Of the streams that the first rules refused, or found cut, those that are read otherwise.
READ_NOW: dict[str, tuple[int, bytes, tuple[str, ...]]] = {
    "empty line first": (200, b"", ("bytes-before-status-line",)),
    "empty line after a 103": (200, b"", ("bytes-before-status-line",)),
    "length that is no number": (200, b"hello", ("length-unreadable",)),
    "space before the colon": (200, b"", ("space-before-colon",)),
    "fold at the start": (200, b"", ("fold-without-field",)),
    "no colon": (200, b"", ("no-colon",)),
    "status of two digits": (20, b"", ("status-number",)),
    "status below 100": (99, b"", ("status-number",)),
    "half the trailers": (200, b"hel", ("trailers-unended",)),
    "long size": (200, b"hel", ()),
    "trailer that is no field": (200, b"hel", ("trailer",)),
    "blanks in a trailer": (200, b"hel", ()),
    "endless trailers": (200, b"hel", ("trailer",)),
}
CUT_NOW = {
    "unasked protocol switch": b"",
    "other transfer coding": b"",
    "blanks in a chunk line": b"helx",
}
OTHERWISE = {*READ_NOW, *CUT_NOW}
EVERYTHING = [*everything().values(), *(answer.data for _, answer in answers())]


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
    """A stream that ends before the blank line is cut, and never complete as a stored block."""
    reader, entity = read([CUT[name]])
    assert reader.state is State.CUT
    response = reader.response(entity)
    if response is None:
        with pytest.raises(HttpError, match="blank line"):
            parse_response(CUT[name])
    else:
        assert response == parse_response(CUT[name])
        assert (response.status, response.complete, response.entity) == (200, False, b"")
    assert (response is None) == (b"200 OK\r\n" not in CUT[name])


def test_a_head_without_its_end_has_its_whole_lines() -> None:
    """Of a head that breaks off, the lines that came whole are read: a redirect may stand there."""
    response = parse_response(b"HTTP/1.1 302 Found\r\nLocation: /a\r\nX: half of a li")
    assert (response.status, response.fields) == (302, (("Location", "/a"),))
    assert not response.complete
    assert parse_response(b"HTTP/1.1 302 Found\r\nLocation: /a").field("location") is None


@pytest.mark.parametrize("name", READ_NOW)
def test_odd_streams_are_read(name: str) -> None:
    """What a browser reads is complete, and what is odd about it has its name."""
    stream = {**REFUSED, **SHORT, **BROKEN_BODIES}[name]
    response = parse_response(stream)
    assert response.complete
    found = (response.status, response.entity, response.oddities)
    assert found == READ_NOW[name]
    assert len(response.head) + response.trailing <= len(stream)


@pytest.mark.parametrize("name", CUT_NOW)
def test_what_is_read_on_may_turn_out_to_be_cut(name: str) -> None:
    """A stream that is no longer refused ends where it ends."""
    reader, entity = read([{**REFUSED, **BROKEN_BODIES}[name]])
    assert (reader.state, entity) == (State.CUT, CUT_NOW[name])


@pytest.mark.parametrize("name", [name for name in SHORT if name not in OTHERWISE])
def test_a_body_without_its_end_is_cut(name: str) -> None:
    """A body that ends too early gives what came of it, and is never complete."""
    reader, entity = read([SHORT[name]])
    assert reader.state is State.CUT
    response = parse_response(SHORT[name])
    assert response.entity == entity == b"hel"
    assert not response.complete
    assert response.problem


@pytest.mark.parametrize("name", [name for name in REFUSED if name not in OTHERWISE])
def test_what_is_not_http_is_refused_with_a_reason(name: str) -> None:
    """A head that is not HTTP/1.1 is refused and the reason is short enough to show."""
    reader, entity = read([REFUSED[name]])
    assert reader.state is State.REFUSED
    assert reader.response(entity) is None
    assert reader.problem is not None
    assert 0 < len(reader.problem) <= 201
    with pytest.raises(HttpError):
        parse_response(REFUSED[name])


@pytest.mark.parametrize("name", [name for name in BROKEN_BODIES if name not in OTHERWISE])
def test_a_broken_chunked_body_keeps_head_and_what_came(name: str) -> None:
    """A malformed body leaves the head, and the entity before the fault, to be seen."""
    reader, entity = read([BROKEN_BODIES[name]])
    assert reader.state is State.BROKEN
    assert entity == b"hel"
    response = parse_response(BROKEN_BODIES[name])
    assert (response.status, response.entity, response.complete) == (200, b"hel", False)
    assert (response.broken, response.oddities) == (True, ("chunk-broken",))
    assert response.problem


def test_the_line_of_a_chunk_s_size_is_bounded() -> None:
    """A line of as many bytes as are allowed is read, one byte more breaks the body."""
    longest = b"3;" + b"x" * (MAX_LINE - 3) + b"\r"
    assert parse_response(CHUNKED + longest + b"\nhel\r\n0\r\n\r\n").entity == b"hel"
    response = parse_response(CHUNKED + longest[:-1] + b"x\r\nhel\r\n0\r\n\r\n")
    assert (response.entity, response.broken) == (b"", True)
    assert response.problem == "the line of a chunk's size is too long"


def test_trailers_are_bounded() -> None:
    """Behind as many bytes of trailers as are allowed the message is over, whole as it is."""
    trailers = b"A: b\r\n" * (MAX_TRAILERS // 6)
    stream = CHUNKED + b"1\r\nx\r\n0\r\n" + trailers
    assert parse_response(stream + b"\r\nmore").trailing == 4
    response = parse_response(stream + b"A: b\r\n" * 9 + b"\r\nmore")
    assert (response.complete, response.oddities) == (True, ("trailer",))
    assert response.trailing == 6 * 9 + 2 + 4 - (MAX_TRAILERS + 1 - len(trailers))


@pytest.mark.parametrize("over", [0, 1])
def test_the_number_of_informational_heads_is_bounded(over: int) -> None:
    """As many as are allowed are read, one more is refused."""
    stream = b"HTTP/1.1 103 x\r\n\r\n" * (MAX_INFORMATIONAL + over) + OK + b"\r\n"
    reader, _ = read([stream])
    assert reader.state is (State.REFUSED if over else State.COMPLETE)


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
    assert reader.state in (State.COMPLETE, State.CUT, State.BROKEN, State.REFUSED)
    assert (reader.problem is None) == (reader.state is State.COMPLETE)
    assert len(reader.head) + len(entity) + reader.trailing <= len(stream)


@given(stream=STREAMS)
def test_no_block_gives_anything_but_a_response_or_an_http_error(stream: bytes) -> None:
    """A stored block is a response or an HttpError, never another exception."""
    response: Response | None = None
    with suppress(HttpError):
        response = parse_response(stream)
    assert response is None or stream.startswith(response.head)


@pytest.mark.parametrize("odd", [b"\v", b"\f", b" " * 60_000, b"\t" * 60_000 + b"z"])
def test_blanks_and_control_characters_are_values(odd: bytes) -> None:
    """A value holds what it holds, but for NUL, which is refused, and CR, which ends a line."""
    head = b"HTTP/1.1 200 OK\r\nA: x%by\r\nContent-Length: 2\r\n\r\n"
    response = parse_response(head % odd + b"hi")
    assert response.field("a") == f"x{odd.decode()}y"
    with pytest.raises(HttpError, match="NUL"):
        parse_response(head % (odd + b"\0") + b"hi")
    response = parse_response(head % (odd + b"\rB: c") + b"hi")
    assert (response.field("b"), response.entity) == ("cy", b"hi")
