"""The line of a page, or of a response's head, that a claim was read from."""

from __future__ import annotations

from attrs import frozen

from archive.article.decoding import decode_by_name

__all__ = ["Line", "find_line"]

_BESIDE = 400
"""Bytes that are looked at on either side of a claim: pages with one endless line exist."""


@frozen
class Line:
    """Where a claim stands, for a reader.

    Args:
        number: of the line in which it begins, from 1.
        before: what stands before it in that line, cut on the left where it is long.
        value: the claim's bytes as characters, markup and character references as they stand.
        after: what follows it in the line in which it ends, cut on the right where it is long.
    """

    number: int
    before: str
    value: str
    after: str


def find_line(data: bytes, encoding: str, span: tuple[int, int]) -> Line | None:
    """The line around a span.

    Args:
        data: the content, or the response block, that the span counts in.
        encoding: a name of the WHATWG Encoding Standard.
        span: first and last (exclusive) byte.

    Returns:
        The line; None when the span lies outside the bytes.
    """
    start, end = span
    if not 0 <= start <= end <= len(data):
        return None
    wide = encoding.startswith("utf-16")
    first = max(0, start - _BESIDE)
    first += (start - first) % 2 if wide else 0  # no half character
    before = decode_by_name(data[first:start], encoding)
    after = decode_by_name(data[end : end + _BESIDE], encoding)
    feed = "\n".encode(encoding) if wide else b"\n"
    return Line(
        data.count(feed, 0, start) + 1,
        _last_line(before),
        decode_by_name(data[start:end], encoding),
        _first_line(after),
    )


def _last_line(text: str) -> str:
    return text.replace("\r\n", "\n").rpartition("\n")[2].lstrip()


def _first_line(text: str) -> str:
    return text.replace("\r\n", "\n").partition("\n")[0].rstrip()
