"""Tests of the line around a claim."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.article import Line, find_line

PAGE = "<html>\r\n<title>Žofín café</title>\r\n<p>end".replace("\r\n", "\n")


@pytest.mark.parametrize("encoding", ["utf-8", "windows-1250", "utf-16le", "utf-16be"])
def test_a_line_is_cut_out_around_its_span(encoding: str) -> None:
    """In one-byte, variable and two-byte encodings the line, its number and the value are found."""
    data = PAGE.encode(encoding)
    start = len("<html>\n<title>".encode(encoding))
    end = start + len("Žofín café".encode(encoding))
    found = find_line(data, encoding, (start, end))
    assert found == Line(2, "<title>", "Žofín café", "</title>")


@pytest.mark.parametrize("span", [(5, 4), (-1, 3), (0, 10_000)])
def test_a_span_outside_the_bytes_has_no_line(span: tuple[int, int]) -> None:
    """A span that does not lie in the bytes gives None."""
    assert find_line(PAGE.encode(), "utf-8", span) is None


@given(
    st.binary(max_size=2000),
    st.integers(0, 2000),
    st.integers(0, 2000),
    st.sampled_from(["utf-8", "gb18030", "utf-16le", "iso-2022-jp", "windows-1252"]),
)
def test_any_bytes_have_a_line(data: bytes, start: int, length: int, encoding: str) -> None:
    """Whatever the bytes are, a line or None comes of it, its ends without line feeds."""
    found = find_line(data, encoding, (start, start + length))
    assert (found is None) == (start + length > len(data))
    if found is not None:
        assert "\n" not in found.before + found.after
