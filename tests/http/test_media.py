"""Tests of `archive.http.media`: media types as stated, and as bytes look."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.http import declare, list_oddities
from archive.http.media import read_media_type

PAGE = b"<!DOCTYPE html><p>Words"
TEXT = b"Only words, and 3 < 4."
STATED = {
    "text/html": "text/html",
    " Text/HTML ; Charset=UTF-8": "text/html;charset=UTF-8",
    "text/html;": "text/html",
    "text/html; charset=": "text/html",
    "text/html; charset; charset=gbk": "text/html;charset=gbk",
    "text/html; charset=gbk; charset=utf-8": "text/html;charset=gbk",
    'text/html; charset="gbk"': "text/html;charset=gbk",
    'text/html; charset="g\\"k"; x=y': 'text/html;charset="g\\"k"',
    'text/html; charset="gbk': "text/html;charset=gbk",
    'text/html; x="a,b;charset=no"; charset=gbk': "text/html;charset=gbk",
    # The examples of Fetch, 2.2.2
    "text/html;charset=gbk, text/html": "text/html;charset=gbk",
    "text/html;charset=gbk;a=b, text/html;x=y": "text/html;charset=gbk",
    "text/html;charset=gbk, x/x, text/html;x=y": "text/html",
    "text/html, cannot-parse": "text/html",
    "text/html, */*": "text/html",
    "text/html, ": "text/html",
    # and what is none
    "html": None,
    "text/": None,
    "/html": None,
    "text/html charset=utf-8": None,
    "text/html:charset=utf-8": None,
    "*/*": None,
    "": None,
    ",": None,
    '"text/html"': None,
}


@pytest.mark.parametrize("stated", STATED)
def test_types_are_read_as_fetch_reads_them(stated: str) -> None:
    """The last value that is a type counts, with an earlier charset of the same essence."""
    found = read_media_type(stated)
    assert (None if found is None else str(found)) == STATED[stated]


@pytest.mark.parametrize(
    ("stated", "content", "wanted"),
    [
        ("text/html; charset=utf-8", TEXT, "text/html;charset=utf-8"),
        ("application/json", PAGE, "application/json"),
        ("image/png", PAGE, "image/png"),
        ("text/xml", PAGE, "text/xml"),
        ("text/plain", PAGE, "text/html"),
        ("text/plain; charset=gbk", PAGE, "text/html;charset=gbk"),
        ("text/html.", PAGE, "text/html"),
        ("text/plain", TEXT, "text/plain"),
        ("text/plain", b"\x00\x01\x02", "application/octet-stream"),
        ("text/plain", b"\xff\xfea\x00", "text/plain"),
        (None, PAGE, "text/html"),
        (None, b"\xef\xbb\xbf\n " + PAGE, "text/html"),
        (None, b"<!-- x --><article>", "text/html"),
        (None, b"<p>", "text/html"),
        (None, b"<pre>", None),
        (None, b"<?xml version='1.0'?><html>", None),
        (None, b"%PDF-1.7", "application/pdf"),
        (None, b"words\x00", None),
        (None, b"Only words, and 3 < 4.", "text/plain"),
        (None, b" \n", None),
        (None, b"", None),
        ("html", PAGE, "text/html"),
        ("unknown/unknown", PAGE, "text/html"),
    ],
)
def test_what_states_no_type_is_sniffed(
    stated: str | None, content: bytes, wanted: str | None
) -> None:
    """What is stated counts where it is a type, but for text that is HTML; else the bytes do."""
    assert declare(stated, content) == wanted


def test_oddities_of_types_are_named() -> None:
    """Several types, none that is one, and text that is HTML; a type alone is not odd."""
    assert list(list_oddities(None, PAGE)) == []
    assert list(list_oddities("text/html", PAGE)) == []
    assert list(list_oddities("text/plain", TEXT)) == []
    assert list(list_oddities("text/plain", PAGE)) == ["type-unlike"]
    assert list(list_oddities("text/html, x", PAGE)) == ["type-repeated"]
    assert list(list_oddities("html", PAGE)) == ["type-unreadable"]


WORDS = st.sampled_from(
    [*';,="\\/ *\t', "text", "html", "charset", "utf-8", "text/html", "é", "\0"]
)
NAMES = {"type-repeated", "type-unreadable", "type-unlike"}


@given(st.lists(WORDS, max_size=20).map("".join), st.binary(max_size=20))
def test_any_value_gives_a_type_that_is_read_as_itself(stated: str, content: bytes) -> None:
    """Whatever is stated, what comes of it is a type, and reading that again changes nothing."""
    kind = declare(stated, content)
    assert kind is None or str(read_media_type(kind)) == kind
    assert set(list_oddities(stated, content)) <= {
        "type-repeated",
        "type-unreadable",
        "type-unlike",
    }


@pytest.mark.parametrize("value", ['"' * 200_000, "\\" * 200_000, '"\\' * 100_000, "a;" * 100_000])
def test_long_values_are_read_at_once(value: str) -> None:
    """No value makes the patterns go back and forth: this would take hours."""
    assert read_media_type(value) is None
    assert str(read_media_type("text/html;" + value)) == "text/html"
