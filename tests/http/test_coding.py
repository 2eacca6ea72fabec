"""Tests of `archive.http.coding`: content codings undone within bounds."""

from __future__ import annotations

import gzip
import tracemalloc
import zlib
from collections.abc import Callable
from contextlib import suppress
from functools import partial

import brotli
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from archive.errors import HttpError
from archive.http import Notes, decode_content, decode_pieces
from archive.http.coding import MAX_CODINGS, MAX_STREAMS, undo

LIMIT = 10_000_000


def raw_deflate(data: bytes) -> bytes:
    """RFC 1951 without the zlib header."""
    return zlib.compress(data)[2:-4]


CODERS: dict[str, tuple[str, Callable[[bytes], bytes]]] = {
    "gzip": ("gzip", gzip.compress),
    "x-gzip": ("X-GZip", gzip.compress),
    "zlib": ("deflate", zlib.compress),
    "raw deflate": ("deflate", raw_deflate),
    "br": ("br", partial(brotli.compress, quality=4)),
    "zstd": ("zstd", zstandard.compress),
}
DATA = b"".join(b"Line %d of the article.\n" % number for number in range(20_000))


@pytest.mark.parametrize("name", CODERS)
def test_every_coding_is_undone(name: str) -> None:
    """What a server coded comes back as it was."""
    label, code = CODERS[name]
    assert decode_content(code(DATA), label, LIMIT) == DATA
    assert decode_content(code(b""), label, LIMIT) == b""


@given(
    data=st.binary(max_size=400),
    name=st.sampled_from(sorted(CODERS)),
    size=st.integers(min_value=1, max_value=90),
)
def test_pieces_give_the_same(data: bytes, name: str, size: int) -> None:
    """The pieces in which coded bytes come never change the content."""
    label, code = CODERS[name]
    coded = code(data)
    pieces = [coded[i : i + size] for i in range(0, len(coded), size)]
    assert b"".join(decode_pieces(pieces, label, LIMIT)) == data


@pytest.mark.parametrize("encodings", [None, "", "identity", " , Identity ,"])
def test_no_coding_leaves_the_bytes(encodings: str | None) -> None:
    """Without a coding the content is the entity."""
    assert decode_content(b"plain", encodings, LIMIT) == b"plain"


def test_stacked_codings_are_undone_from_the_last() -> None:
    """Codings are undone in the reverse of the order in which the field names them."""
    coded = zstandard.compress(brotli.compress(gzip.compress(DATA)))
    assert decode_content(coded, "gzip, br,identity, zstd", LIMIT) == DATA
    assert undo(coded, "zstd, br, gzip").is_damaged


def test_several_members_and_frames_are_one_content() -> None:
    """Members of gzip and frames of zstd that follow one another are all decoded."""
    assert decode_content(gzip.compress(b"one") + gzip.compress(b"two"), "gzip", 9) == b"onetwo"
    skippable = b"\x50\x2a\x4d\x18\x02\x00\x00\x00zz"
    frames = zstandard.compress(b"one") + skippable + zstandard.compress(b"two")
    assert decode_content(frames, "zstd", 9) == b"onetwo"


@pytest.mark.parametrize("name", ["gzip", "zlib", "raw deflate", "zstd"])
def test_bytes_after_the_end_are_ignored(name: str) -> None:
    """Bytes after the end of a stream do not cost the content, as in browsers."""
    label, code = CODERS[name]
    assert decode_content(code(b"text") + b"\r\n<!-- served -->", label, LIMIT) == b"text"


@pytest.mark.parametrize("name", CODERS)
def test_a_cut_stream_gives_what_came_and_says_so(name: str) -> None:
    """Every proper beginning of a coded stream gives a beginning of its content, never as whole."""
    label, code = CODERS[name]
    text = b"some words, some more words"
    coded = code(text)
    for length in range(1, len(coded)):
        found = undo(coded[:length], label)
        assert found.is_damaged
        assert found.problem is not None
        assert not found.checked
        assert found.data is None or (found.data and text.startswith(found.data))


@pytest.mark.parametrize("name", ["gzip", "zlib", "raw deflate", "br"])
def test_a_cut_stream_loses_little(name: str) -> None:
    """Half of a coded stream gives about half of its content, in whatever pieces it comes."""
    label, code = CODERS[name]
    coded = code(DATA)
    half = coded[: len(coded) // 2]
    found = decode_content(half, label, LIMIT, notes := Notes())
    assert DATA.startswith(found)
    assert len(found) > 0.4 * len(DATA)
    assert notes.damage == f"{label} content ends too early"
    for size in (1, 511, 70_000):
        pieces = [half[at : at + size] for at in range(0, len(half), size)]
        assert b"".join(decode_pieces(pieces, label, LIMIT)) == found


@pytest.mark.parametrize("name", ["gzip", "zlib"])
@pytest.mark.parametrize("place", [-1, -2])
def test_checksums_are_checked(name: str, place: int) -> None:
    """A wrong checksum or length behind the data gives all of it, and says so."""
    label, code = CODERS[name]
    coded = bytearray(code(DATA))
    coded[place] ^= 1
    found = undo(bytes(coded), label)
    assert (found.data, found.is_damaged) == (DATA, True)
    assert "broken" in (found.problem or "")


@given(size=st.integers(1, 20))
def test_bytes_after_brotli_are_passed_over_in_any_pieces(size: int) -> None:
    """Brotli's decoder refuses bytes after its end; all that stands before them is given."""
    coded = brotli.compress(b"text") + b"more"
    pieces = [coded[i : i + size] for i in range(0, len(coded), size)]
    notes = Notes()
    assert b"".join(decode_pieces(pieces, "br", LIMIT, notes)) == b"text"
    assert (notes.damage, notes.checked, list(notes.oddities)) == (None, True, ["coding-tail"])


def test_an_empty_entity_is_empty_in_every_coding() -> None:
    """A field without a body, as on answers that have none, is no error."""
    assert decode_content(b"", "gzip, br", LIMIT) == b""


@pytest.mark.parametrize("encodings", ["compress", "gzip;q=1", "none", "utf-8, br2", "\x00"])
def test_unknown_codings_over_text_are_passed_over(encodings: str) -> None:
    """A word that is no coding changes nothing where the bytes are text; else it is an error."""
    notes = Notes()
    assert decode_content(b"<html>text", encodings, LIMIT, notes) == b"<html>text"
    assert list(notes.oddities) == ["coding-unknown"]
    with pytest.raises(HttpError, match="unknown content coding"):
        decode_content(b"\x1f\x9d\x90\x00", encodings, LIMIT)


def test_codings_beside_an_unknown_word_are_undone() -> None:
    """Of several words those that are codings are undone where the bytes are no text."""
    found = undo(gzip.compress(DATA), "utf-8, gzip")
    assert (found.data, found.oddities) == (DATA, ("coding-unknown",))


@pytest.mark.parametrize("name", CODERS)
def test_html_under_a_coding_that_is_only_said_is_left(name: str) -> None:
    """Bytes that begin as HTML are in no coding; other bytes that are in none have no content."""
    label, _ = CODERS[name]
    found = undo(b"\r\n<!doctype html><p>Words", label)
    assert (found.data, found.oddities) == (b"\r\n<!doctype html><p>Words", ("coding-absent",))
    assert not undo(b"Words that are in no coding", label).data


def test_the_number_of_codings_is_bounded() -> None:
    """A field cannot ask for any number of decoders."""
    with pytest.raises(HttpError, match="more than"):
        decode_content(b"", ",".join(["gzip"] * (MAX_CODINGS + 1)), LIMIT)


@pytest.mark.parametrize("name", CODERS)
def test_the_limit_is_exact(name: str) -> None:
    """Content of exactly the limit passes, one byte more does not."""
    label, code = CODERS[name]
    coded = code(DATA)
    assert decode_content(coded, label, len(DATA)) == DATA
    with pytest.raises(HttpError, match="larger than"):
        decode_content(coded, label, len(DATA) - 1)


@pytest.mark.parametrize("name", CODERS)
def test_a_bomb_stops_at_the_limit_in_bounded_memory(name: str) -> None:
    """A small stream of a huge content is given up at the limit and never held."""
    label, code = CODERS[name]
    bomb = code(bytes(80_000_000))
    tracemalloc.start()
    try:
        with pytest.raises(HttpError, match="larger than"):
            decode_content(bomb, label, 1_000_000)
        assert tracemalloc.get_traced_memory()[1] < 60_000_000
    finally:
        tracemalloc.stop()


def test_the_limit_holds_for_layers_between() -> None:
    """A layer between that grows over the limit is given up, however small the content is."""
    inner = gzip.compress(b"") * 5_000
    assert decode_content(inner, "gzip", 0) == b""
    with pytest.raises(HttpError, match="larger than"):
        decode_content(gzip.compress(inner, 1), "gzip, gzip", 99_999)


def test_the_number_of_members_is_bounded() -> None:
    """A stream of countless empty members is given up."""
    with pytest.raises(HttpError, match="more than"):
        decode_content(gzip.compress(b"") * (MAX_STREAMS + 1), "gzip", 0)


CODINGS = st.sampled_from(["gzip", "deflate", "br", "zstd", "zstd, gzip", "br, br"])
STARTS = st.sampled_from([b"", b"\x1f\x8b\x08\x00", b"\x78\x9c", b"\x28\xb5\x2f\xfd", b"\x0b"])


@given(start=STARTS, rest=st.binary(max_size=60), encodings=CODINGS)
def test_random_bytes_give_content_or_an_http_error(
    start: bytes, rest: bytes, encodings: str
) -> None:
    """Whatever the bytes, the answer is bounded content or an HttpError."""
    content = b""
    with suppress(HttpError):
        content = decode_content(start + rest, encodings, 100_000)
    assert len(content) <= 100_000


@given(name=st.sampled_from(sorted(CODERS)), place=st.integers(0, 10_000), bit=st.integers(0, 7))
def test_flipped_bits_give_content_or_an_http_error(name: str, place: int, bit: int) -> None:
    """A damaged stream never raises anything but HttpError."""
    label, code = CODERS[name]
    coded = bytearray(code(DATA[:5000]))
    coded[place % len(coded)] ^= 1 << bit
    content = b""
    with suppress(HttpError):
        content = decode_content(bytes(coded), label, LIMIT)
    assert len(content) <= LIMIT
