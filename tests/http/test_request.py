"""Tests of `archive.http.request`: requests in bytes."""

from __future__ import annotations

import pytest

from archive.errors import UsageError
from archive.http.request import write_request


def test_a_request_is_written_in_the_order_given() -> None:
    """The bytes are the request line and the fields as given, then a blank line."""
    fields = [("Host", "news.example"), ("User-Agent", "x"), ("X-Café", "n")]
    expected = b"GET /a?b HTTP/1.1\r\nHost: news.example\r\nUser-Agent: x\r\n\r\n"
    assert write_request("GET", "/a?b", fields[:2]) == expected
    with pytest.raises(UsageError):
        write_request("GET", "/", fields)


@pytest.mark.parametrize(
    "field",
    [
        ("A", "b\r\nC: d"),
        ("A", "b\nC"),
        ("A", "b\rC"),
        ("A", "b\0"),
        ("A", "\u2028"),
        ("", "b"),
        ("A b", "c"),
        ("A:", "c"),
        ("A\r\nB", "c"),
        ("Content-Length", "x"),
    ],
)
def test_fields_that_would_break_the_request_are_refused(field: tuple[str, str]) -> None:
    """No field can smuggle another line into a request."""
    with pytest.raises(UsageError):
        write_request("GET", "/", [("Host", "a"), field])


@pytest.mark.parametrize("target", ["/a b", "/a\r\nX: y", "", "/é"])
def test_targets_that_would_break_the_request_are_refused(target: str) -> None:
    """A target with spaces, line ends or non-ASCII characters is refused."""
    with pytest.raises(UsageError):
        write_request("GET", target, [("Host", "a")])


def test_a_request_needs_its_host() -> None:
    """HTTP/1.1 has no request without Host."""
    with pytest.raises(UsageError):
        write_request("GET", "/", [])
