"""Answers as servers really send them, with what is right for each: one table for all tests.

`CASES` are whole answers in ``fixtures/wire/cases``, each of a kind that people reported to other
tools; `ANSWERS` are made here. Which of them headless Chromium shows stands in
``fixtures/wire/chromium.json``, which ``fixtures/wire/ask.py`` writes.
"""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import brotli
import zstandard
from attrs import frozen

__all__ = ["ANSWERS", "CASES", "PAGE", "SENTENCE", "Answer", "everything", "read_case"]

FOLDER = Path(__file__).resolve().parents[2] / "fixtures" / "wire" / "cases"

SENTENCE = "The town council of Lower Marsh voted on Tuesday to keep the old ferry pier open"
PARAGRAPHS = (
    f"{SENTENCE} for another ten years, after a long meeting in which nobody was sure of the cost.",
    "Ada Fernsby, who has sold tickets there since 1998, said that the vote came as a relief to "
    "all the people who cross the river every morning, in whatever weather the day brings with it.",
    "The repairs will begin in April and are to be finished before the summer season, the council "
    "said in a statement, and the ferries will go from the northern steps until then.",
    "A second vote about the price of tickets was put off until the accounts have been looked at.",
)
PAGE = (
    '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">'
    "<title>Pier stays open</title></head>"
    f"<body><article><h1>Pier stays open</h1>{''.join(f'<p>{one}</p>' for one in PARAGRAPHS)}"
    "</article></body></html>"
).encode()
HALF = PAGE[: PAGE.index(b"<p>The repairs")]
XHTML = PAGE.replace(
    b'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">',
    b'<?xml version="1.0" encoding="utf-8"?><html xmlns="http://www.w3.org/1999/xhtml" lang="en">'
    b"<head>",
)
PLAIN = "\n\n".join(("Pier stays open", *PARAGRAPHS, "")).encode()
MARKDOWN = "\n\n".join(("# Pier stays open", *PARAGRAPHS, "")).encode()

OK = b"HTTP/1.1 200 OK\r\n"
HTML = b"Content-Type: text/html; charset=utf-8\r\n"


@frozen(kw_only=True)
class Answer:
    """What a server sends, and what is right.

    Attributes:
        data: the bytes, after which the connection is closed.
        status: as read; None where the head is refused.
        reason: why the capture fails, None where it does not.
        limitations: of the capture, sorted.
        framing: by what the body ends.
        oddities: that the outcome names, all of them.
        text: whether the article's text is there.
    """

    name: str
    data: bytes
    status: int | None = 200
    reason: str | None = None
    limitations: tuple[str, ...] = ()
    framing: str | None = "length"
    oddities: tuple[str, ...] = ()
    text: bool = True


def _length(body: bytes = PAGE) -> bytes:
    return b"Content-Length: %d\r\n" % len(body)


def _with(name: str, line: bytes, *odd: str, **right: Any) -> Answer:
    """A usual answer with one more line among its fields."""
    data = OK + HTML + line + b"\r\n" + _length() + b"\r\n" + PAGE
    return Answer(name=name, data=data, oddities=odd, **right)


def _status(name: str, line: bytes, *odd: str, **right: Any) -> Answer:
    """A usual answer with another status line, or with what is put before it."""
    data = line + b"\r\n" + HTML + _length() + b"\r\n" + PAGE
    return Answer(name=name, data=data, oddities=odd, **right)


def _framed(name: str, fields: bytes, body: bytes, *odd: str, **right: Any) -> Answer:
    """An answer with these fields about its framing, and this body."""
    return Answer(name=name, data=OK + HTML + fields + b"\r\n" + body, oddities=odd, **right)


def _chunks(*, end: bytes = b"\r\n", size: str = "%x", last: bytes = b"0\r\n\r\n") -> bytes:
    """The page in three chunks."""
    third = len(PAGE) // 3
    parts = (PAGE[:third], PAGE[third : 2 * third], PAGE[2 * third :])
    made = [(size % len(part)).encode() + end + part + end for part in parts]
    return b"".join((*made, last))


def _coded(name: str, coding: bytes, body: bytes, *odd: str, **right: Any) -> Answer:
    return _framed(
        name, b"Content-Encoding: " + coding + b"\r\n" + _length(body), body, *odd, **right
    )


def _typed(name: str, types: bytes, *odd: str, body: bytes = PAGE, **right: Any) -> Answer:
    """An answer with these fields in place of its Content-Type."""
    data = OK + types + _length(body) + b"\r\n" + body
    return Answer(name=name, data=data, oddities=odd, **right)


CHUNKED = b"Transfer-Encoding: chunked\r\n"
GZIP = gzip.compress(PAGE, mtime=0)
REFUSED: dict[str, Any] = {
    "status": None,
    "reason": "protocol-error",
    "framing": None,
    "text": False,
}
CUT: dict[str, Any] = {"reason": "cut", "limitations": ("cut",), "text": False}
PART: dict[str, Any] = {"limitations": ("cut",)}


def _flip(data: bytes, place: int) -> bytes:
    made = bytearray(data)
    made[place] ^= 0xFF
    return bytes(made)


def _heads() -> Iterator[Answer]:
    yield _status("usual", b"HTTP/1.1 200 OK")
    yield _status("no reason phrase", b"HTTP/1.1 200")
    yield _status("HTTP/1.0", b"HTTP/1.0 200 OK")
    yield _status("latin-1 reason", b"HTTP/1.1 200 D'accord \xe9")
    yield _status("mixed case", b"Http/1.1 200 OK", "version")
    yield _status("HTTP/1.2", b"HTTP/1.2 200 OK", "version")
    yield _status("HTTP/2.0", b"HTTP/2.0 200 OK", "version")
    yield _status("HTTP/2", b"HTTP/2 200", "version")
    yield _status("HTTP/0.9 in a status line", b"HTTP/0.9 200 OK", "version")
    yield _status(
        "HTTP 1.1",
        b"HTTP 1.1 200 OK",
        "version",
        "status-number",
        status=1,
        reason="http-error",
        text=False,
    )
    yield _status("HTTPS/1.1", b"HTTPS/1.1 200 OK", "version")
    yield _status("no version", b"HTTP 200 OK", "version")
    yield _status("three blanks", b"HTTP/1.1   200 OK", "status-blanks")
    yield _status("tab and blank", b"HTTP/1.1\t 200 OK", "status-blanks")
    yield _status("status joined to the reason", b"HTTP/1.1 200OK")
    yield _status("no status", b"HTTP/1.1 OK", "status-missing")
    yield _status("version alone", b"HTTP/1.1", "status-missing")
    yield _status("version and blank", b"HTTP/1.1 ", "status-missing")


def _statuses() -> Iterator[Answer]:
    yield _status(
        "status of two digits",
        b"HTTP/1.1 20 OK",
        "status-number",
        status=20,
        reason="http-error",
        text=False,
    )
    yield _status(
        "status of four digits",
        b"HTTP/1.1 2000 OK",
        "status-number",
        status=2000,
        reason="http-error",
        text=False,
    )
    yield _status("status with zeros", b"HTTP/1.1 00200 OK", "status-number")
    yield _status("status 299", b"HTTP/1.1 299 Fine", status=299)
    yield _status(
        "status 404 behind a tab",
        b"HTTP/1.1\t404 Gone",
        "status-blanks",
        status=404,
        reason="http-error",
        text=False,
    )
    yield _status("status in quotes", b'HTTP/1.1 "200" OK', "status-missing")
    yield _status("negative status", b"HTTP/1.1 -200 OK", "status-missing")
    yield _status("blank before it", b" HTTP/1.1 200 OK", "bytes-before-status-line")
    yield _status(
        "two blank lines before it", b"\r\n\r\nHTTP/1.1 200 OK", "bytes-before-status-line"
    )
    yield _status("LFs before it", b"\n\n\n\nHTTP/1.1 200 OK", "bytes-before-status-line")
    yield _status(
        "byte order mark before it", b"\xef\xbb\xbfHTTP/1.1 200 OK", "bytes-before-status-line"
    )
    yield _status("rubbish before it", b"0\r\nxHTTP/1.1 200 OK", "bytes-before-status-line")
    yield _status("five bytes before it", b"\r\n\r\n\nHTTP/1.1 200 OK", **REFUSED)
    yield _status("ICY", b"ICY 200 OK", "version")
    yield _status("no status line", b"Server: x", **REFUSED)
    yield Answer(name="HTTP/0.9", data=PAGE, **REFUSED)
    yield Answer(name="short and no HTTP", data=b"hello", **REFUSED)
    yield Answer(name="mail server", data=b"220 mail.example ESMTP\r\n" + PAGE, **REFUSED)
    yield _status("NUL in the reason", b"HTTP/1.1 200 O\0K", **REFUSED)


def _fields() -> Iterator[Answer]:
    yield _with("blanks before the colon", b"X-Old  \t: a", "space-before-colon")
    yield _with(
        "blank before the colon of a folded field",
        b"X-Old : a\r\n b",
        "folded",
        "space-before-colon",
    )
    yield _with("slash in a name", b"X/Old: a", "bad-name")
    yield _with("brackets in a name", b"X(Old): a", "bad-name")
    yield _with("bytes of UTF-8 in a name", "Größe: a".encode(), "bad-name")
    yield _with("quoted name", b'"X-Old": a', "bad-name")
    yield _with("bad name that is folded", b"X Old: a\r\n  b", "folded", "bad-name")
    yield _with("only a blank", b" ", "folded")
    yield _with("only a colon", b":", "empty-name")
    yield _with("blank and colon", b" : x\r\nX: y", "folded")
    yield _with("line of HTML", b"<!-- cached page", "no-colon")
    yield _with("second status line", b"HTTP/1.1 200 OK", "no-colon")
    yield _with(
        "fold after a line without colon", b"nothing\r\n more", "no-colon", "fold-without-field"
    )
    yield _with("folded twice", b"X-Long: one\r\n two\r\n\tthree", "folded")
    yield _with("fold of blanks alone", b"X-Long: one\r\n   \r\nX: y", "folded")
    yield _with("empty value", b"X-Empty:")
    yield _with("value of UTF-8", "X-Name: Größe".encode())
    yield _with("value of latin-1", b"X-Name: Gr\xf6\xdfe")
    yield _with("DEL in a value", b"X-Old: a\x7fb", "control-in-value")
    yield _with("ESC in a value", b"X-Old: \x1b[31mred", "control-in-value")
    yield _with("form feed in a value", b"X-Old: a\x0cb", "control-in-value")
    yield _with("CR at the end of a value", b"X-Old: a\r", "bare-cr")
    yield _with("CR before a field", b"X-Old: a\rX-New: b", "bare-cr")
    yield _with("CR instead of a line's end", b"X-Old: a\rnothing", "bare-cr", "no-colon")
    yield _with("NUL in a value", b"X-Old: a\0b", **REFUSED)
    yield _with("NUL in a name", b"X-\0Old: a", **REFUSED)
    yield _with("a thousand blanks", b"X-Old: a" + b" " * 1000 + b"b")
    yield _with("ten thousand blanks", b"X-Old: a" + b" " * 10_000 + b"b")
    yield _with("two thousand fields", b"\r\n".join(b"X-%d: y" % one for one in range(2000)))
    yield _with("long value", b"X-Long: " + b"y" * 60_000)
    yield Answer(
        name="bare LF",
        data=(OK + HTML + _length() + b"\r\n").replace(b"\r\n", b"\n") + PAGE,
        oddities=("bare-lf",),
    )
    yield Answer(
        name="LF, but for the blank line",
        data=b"HTTP/1.1 200 OK\n" + HTML[:-2] + b"\n" + _length()[:-2] + b"\n\r\n" + PAGE,
        oddities=("bare-lf",),
    )
    yield Answer(
        name="two CRs",
        data=OK[:-2] + b"\r\r\n" + HTML + _length() + b"\r\n" + PAGE,
        oddities=("bare-cr",),
    )


def _lengths() -> Iterator[Answer]:
    size = len(PAGE)
    close: dict[str, Any] = {"framing": "close"}
    yield _framed("no length", b"", PAGE, **close)
    yield _framed("equal lengths", _length() * 2, PAGE, "length-repeated")
    yield _framed(
        "equal lengths in one field",
        b"Content-Length: %d, %d\r\n" % (size, size),
        PAGE,
        "length-repeated",
    )
    yield _framed("lengths that differ", _length() + b"Content-Length: 5\r\n", PAGE, **REFUSED)
    yield _framed(
        "lengths that differ in one field", b"Content-Length: 5, %d\r\n" % size, PAGE, **REFUSED
    )
    yield _framed("length and an empty one", _length() + b"Content-Length:\r\n", PAGE, **REFUSED)
    yield _framed("length with zeros", b"Content-Length: 000%d\r\n" % size, PAGE)
    yield _framed(
        "length in hexadecimal",
        b"Content-Length: 0x%x\r\n" % size,
        PAGE,
        "length-unreadable",
        **close,
    )
    yield _framed(
        "length with a point",
        b"Content-Length: %d.0\r\n" % size,
        PAGE,
        "length-unreadable",
        **close,
    )
    yield _framed(
        "length in quotes", b'Content-Length: "%d"\r\n' % size, PAGE, "length-unreadable", **close
    )
    yield _framed(
        "length over 63 bits",
        b"Content-Length: 99999999999999999999\r\n",
        PAGE,
        "length-unreadable",
        **close,
    )
    yield _framed(
        "length with a blank in it", b"Content-Length: 1 0\r\n", PAGE, "length-unreadable", **close
    )
    yield _framed("null as length", b"Content-Length: null\r\n", PAGE, "length-unreadable", **close)
    yield _framed(
        "negative length", b"Content-Length: -%d\r\n" % size, PAGE, "length-unreadable", **close
    )
    yield _framed("length of nothing, and a page", b"Content-Length: 0\r\n", PAGE, text=False)
    yield _framed("bytes after the length", _length(), PAGE + b"HTTP/1.1 200 OK\r\n\r\nmore")
    yield _framed("fewer bytes than said", b"Content-Length: %d\r\n" % (size + 9), PAGE, **CUT)
    yield _framed("folded length", b"Content-Length:\r\n %d\r\n" % size, PAGE, "folded")


def _transfers() -> Iterator[Answer]:
    chunked: dict[str, Any] = {"framing": "chunked"}
    yield _framed("chunked", CHUNKED, _chunks(), **chunked)
    yield _framed("Chunked", b"transfer-encoding: Chunked\r\n", _chunks(), **chunked)
    yield _framed(
        "chunked and a length",
        CHUNKED + b"Content-Length: 3\r\n",
        _chunks(),
        "length-beside-chunked",
        **chunked,
    )
    yield _framed(
        "chunked and lengths that differ",
        CHUNKED + b"Content-Length: 3\r\nContent-Length: 4\r\n",
        _chunks(),
        "length-beside-chunked",
        **chunked,
    )
    yield _framed(
        "identity, chunked",
        b"Transfer-Encoding: identity, chunked\r\n",
        _chunks(),
        "transfer-coding",
        **chunked,
    )
    yield _framed(
        "chunked, identity",
        b"Transfer-Encoding: chunked, identity\r\n",
        _chunks(),
        "transfer-coding",
        **chunked,
    )
    yield _framed(
        "empty word and chunked",
        b"Transfer-Encoding: , chunked\r\n",
        _chunks(),
        "transfer-coding",
        **chunked,
    )
    yield _framed("none", b"Transfer-Encoding: none\r\n" + _length(), PAGE, "transfer-coding")


def _other_transfers() -> Iterator[Answer]:
    chunked: dict[str, Any] = {"framing": "chunked"}
    close: dict[str, Any] = {"framing": "close"}
    yield _framed(
        "identity without length",
        b"Transfer-Encoding: identity\r\n",
        PAGE,
        "transfer-coding",
        **close,
    )
    yield _framed("binary", b"Transfer-Encoding: binary\r\n", PAGE, "transfer-coding", **close)
    yield _framed("8bit", b"Content-Transfer-Encoding: 8bit\r\n" + _length(), PAGE)
    yield _framed(
        "xchunked", b"Transfer-Encoding: xchunked\r\n" + _length(), PAGE, "transfer-coding"
    )
    yield _framed(
        "chunked in quotes",
        b'Transfer-Encoding: "chunked"\r\n' + _length(),
        PAGE,
        "transfer-coding",
    )
    yield _framed(
        "parameter over a plain body",
        b"Transfer-Encoding: chunked;q=1\r\n" + _length(),
        PAGE,
        "transfer-coding",
        "chunked-doubtful",
        "length-beside-chunked",
    )
    yield _framed(
        "parameter over chunks",
        b"Transfer-Encoding: chunked; x\r\n",
        _chunks(),
        "transfer-coding",
        "chunked-doubtful",
        **chunked,
    )
    yield Answer(
        name="chunked in HTTP/1.0",
        data=b"HTTP/1.0 200 OK\r\n" + HTML + CHUNKED + b"\r\n" + _chunks(),
        oddities=("chunked-doubtful",),
        framing="chunked",
    )
    yield Answer(
        name="chunked said, not done, in HTTP/1.0",
        data=b"HTTP/1.0 200 OK\r\n" + HTML + CHUNKED + b"\r\n" + PAGE,
        oddities=("chunked-doubtful",),
        framing="close",
    )


def _chunked() -> Iterator[Answer]:
    chunked: dict[str, Any] = {"framing": "chunked"}
    yield _framed("chunks in capitals", CHUNKED, _chunks(size="%X"), **chunked)
    yield _framed("sizes with zeros", CHUNKED, _chunks(size="%024x"), **chunked)
    yield _framed("blanks behind sizes", CHUNKED, _chunks(size="%x   "), "chunk-blanks", **chunked)
    yield _framed("blanks before sizes", CHUNKED, _chunks(size="  %x"), "chunk-blanks", **chunked)
    yield _framed("tab behind sizes", CHUNKED, _chunks(size="%x\t"), "chunk-blanks", **chunked)
    yield _framed("extensions", CHUNKED, _chunks(size="%x;a=b;c"), **chunked)
    yield _framed("extensions behind blanks", CHUNKED, _chunks(size='%x ; a = "b"'), **chunked)
    yield _framed("LF lines", CHUNKED, _chunks(end=b"\n", last=b"0\n\n"), "chunk-lf", **chunked)
    yield _framed(
        "trailers", CHUNKED, _chunks(last=b"0\r\nX-Sum: 1\r\nX-More: 2\r\n\r\n"), **chunked
    )


def _ends_of_chunks() -> Iterator[Answer]:
    chunked: dict[str, Any] = {"framing": "chunked"}
    yield _framed(
        "trailer that is no field",
        CHUNKED,
        _chunks(last=b"0\r\nnothing\r\n\r\n"),
        "trailer",
        **chunked,
    )
    yield _framed("NUL in a trailer", CHUNKED, _chunks(last=b"0\r\nX: \0\r\n\r\n"), **chunked)
    yield _framed(
        "length in a trailer", CHUNKED, _chunks(last=b"0\r\nContent-Length: 5\r\n\r\n"), **chunked
    )
    yield _framed(
        "bytes after the last chunk",
        CHUNKED,
        _chunks(last=b"0\r\n\r\nHTTP/1.1 200 OK\r\n"),
        **chunked,
    )
    yield _framed("last chunk of many zeros", CHUNKED, _chunks(last=b"0000\r\n\r\n"), **chunked)
    yield _framed(
        "no blank line at the end", CHUNKED, _chunks(last=b"0\r\n"), "trailers-unended", **chunked
    )
    yield _framed("last size without line's end", CHUNKED, _chunks(last=b"0"), **{**CUT, **chunked})
    yield _framed("no last chunk", CHUNKED, _chunks(last=b""), **{**CUT, **chunked})
    yield _framed("chunk cut in two", CHUNKED, _chunks()[:700], **{**CUT, **chunked})


def _broken_chunks() -> Iterator[Answer]:
    chunked: dict[str, Any] = {"framing": "chunked"}
    yield _framed(
        "rubbish after the chunks",
        CHUNKED,
        _chunks(last=b"zz\r\n\r\n"),
        "chunk-broken",
        **{**PART, **chunked},
    )
    yield _framed(
        "blank line between chunks",
        CHUNKED,
        _chunks(end=b"\r\n", last=b"\r\n0\r\n\r\n"),
        "chunk-broken",
        **{**PART, **chunked},
    )
    yield _framed(
        "more bytes than the size",
        CHUNKED,
        b"%x\r\n" % (len(PAGE) - 2) + PAGE + b"\r\n0\r\n\r\n",
        "chunk-broken",
        **{**PART, **chunked},
    )
    yield _framed(
        "negative size", CHUNKED, _chunks(last=b"-1\r\n\r\n"), "chunk-broken", **{**PART, **chunked}
    )
    yield _framed(
        "0x before sizes",
        CHUNKED,
        _chunks(size="0x%x"),
        "chunk-broken",
        status=200,
        reason="protocol-error",
        limitations=("cut",),
        text=False,
        **chunked,
    )
    yield _framed(
        "chunked said, not done",
        CHUNKED,
        PAGE,
        "chunk-broken",
        status=200,
        reason="protocol-error",
        limitations=("cut",),
        text=False,
        **chunked,
    )


def _codings() -> Iterator[Answer]:
    yield _coded("gzip", b"gzip", GZIP)
    yield _coded("x-gzip", b"x-gzip", GZIP)
    yield _coded("GZIP", b"GZIP", GZIP)
    yield _coded("br", b"br", brotli.compress(PAGE))
    yield _coded("zlib", b"deflate", zlib.compress(PAGE))
    yield _coded("raw deflate", b"deflate", zlib.compress(PAGE)[2:-4])
    yield _coded("zstd", b"zstd", zstandard.compress(PAGE))
    yield _coded("gzip in gzip", b"gzip, gzip", gzip.compress(GZIP, mtime=0))
    yield _coded(
        "two members",
        b"gzip",
        gzip.compress(PAGE[:400], mtime=0) + gzip.compress(PAGE[400:], mtime=0),
    )
    yield _coded("empty coding", b"", PAGE)
    yield _coded("identity coding", b"identity", PAGE)
    yield _coded("iso-8859-1", b"iso-8859-1", PAGE, "coding-unknown")
    yield _coded("8bit coding", b"8bit", PAGE, "coding-unknown")
    yield _coded("aws-chunked", b"aws-chunked", PAGE, "coding-unknown")
    yield _coded("unknown and gzip", b"utf-8, gzip", GZIP, "coding-unknown")
    yield _coded("br over plain HTML", b"br", PAGE, "coding-absent")
    yield _coded("deflate over plain HTML", b"deflate", PAGE, "coding-absent")
    yield _coded("zeros behind gzip", b"gzip", GZIP + bytes(100), "coding-tail")
    yield _coded("HTML behind gzip", b"gzip", GZIP + b"<!-- served by x -->", "coding-tail")
    yield _coded("bytes behind zlib", b"deflate", zlib.compress(PAGE) + b"\r\n", "coding-tail")
    yield _coded("bytes behind brotli", b"br", brotli.compress(PAGE) + b"\r\n" * 9, "coding-tail")
    yield _coded("gzip without its trailer", b"gzip", GZIP[:-8], "coding-broken", **PART)
    yield _coded("gzip without its last byte", b"gzip", GZIP[:-1], "coding-broken", **PART)
    yield _coded("gzip with another length", b"gzip", _flip(GZIP, -1), "coding-broken", **PART)
    yield _coded("gzip with another checksum", b"gzip", _flip(GZIP, -5), "coding-broken", **PART)
    yield _coded(
        "gzip of half the page", b"gzip", gzip.compress(HALF, mtime=0)[:-9], "coding-broken", **PART
    )
    yield _coded(
        "zlib with another checksum",
        b"deflate",
        _flip(zlib.compress(PAGE), -1),
        "coding-broken",
        **PART,
    )
    yield _coded(
        "brotli without its end", b"br", brotli.compress(PAGE)[:-2], "coding-broken", **PART
    )
    yield _framed(
        "gzip in chunks",
        CHUNKED + b"Content-Encoding: gzip\r\n",
        b"%x\r\n" % len(GZIP) + GZIP + b"\r\n0\r\n\r\n",
        framing="chunked",
    )
    yield _framed("gzip to the end", b"Content-Encoding: gzip\r\n", GZIP, framing="close")
    yield _framed(
        "cut gzip to the end",
        b"Content-Encoding: gzip\r\n",
        GZIP[:-20],
        "coding-broken",
        framing="close",
        **PART,
    )


def _types() -> Iterator[Answer]:
    html = b"Content-Type: text/html; charset=utf-8\r\n"
    yield _typed("no type", b"")
    yield _typed("empty type", b"Content-Type:\r\n", "type-unreadable")
    yield _typed("type in capitals", b"Content-Type: TEXT/HTML\r\n")
    yield _typed("type without subtype", b"Content-Type: text/\r\n", "type-unreadable")
    yield _typed("any type", b"Content-Type: */*\r\n", "type-unreadable")
    yield _typed("type in quotes", b'Content-Type: "text/html"\r\n', "type-unreadable")
    yield _typed("type with a point", b"Content-Type: text/html.\r\n", "type-unlike")
    yield _typed("semicolon behind the type", b"Content-Type: text/html;\r\n")
    yield _typed("charset without value", b"Content-Type: text/html; charset=\r\n")
    yield _typed("charset in single quotes", b"Content-Type: text/html; charset='utf-8'\r\n")
    yield _typed("unknown charset", b"Content-Type: text/html; charset=none\r\n")
    yield _typed("two charsets", b"Content-Type: text/html; charset=utf-8; charset=latin1\r\n")
    yield _typed("valid type, then none", html + b"Content-Type: html\r\n", "type-repeated")
    yield _typed("none, then a valid type", b"Content-Type: none\r\n" + html, "type-repeated")
    yield _typed("plain, then HTML", b"Content-Type: text/plain\r\n" + html, "type-repeated")
    yield _typed("three types", html * 3, "type-repeated")
    yield _typed("unknown/unknown", b"Content-Type: unknown/unknown\r\n")
    yield _typed("XHTML", b"Content-Type: application/xhtml+xml\r\n", body=XHTML)
    yield _typed("XHTML as XML", b"Content-Type: application/xml\r\n", body=XHTML)
    yield _typed("XHTML without type", b"", body=XHTML)
    yield _typed("plain text", b"Content-Type: text/plain; charset=utf-8\r\n", body=PLAIN)
    yield _typed("plain text without type", b"", body=PLAIN)
    yield _typed("HTML said to be plain", b"Content-Type: text/plain\r\n", "type-unlike")
    yield _typed("Markdown", b"Content-Type: text/markdown\r\n", body=MARKDOWN)
    yield _typed("comment first, no type", b"", body=b"<!-- x -->\n" + PAGE)
    yield _typed("blanks first, no type", b"", body=b"\r\n  \t" + PAGE)
    yield _typed("article first, no type", b"", body=PAGE[PAGE.index(b"<article") :])


def _interim() -> Iterator[Answer]:
    final = OK + HTML + _length() + b"\r\n" + PAGE
    yield Answer(name="100", data=b"HTTP/1.1 100 Continue\r\n\r\n" + final)
    yield Answer(
        name="102 and 103",
        data=b"HTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n"
        + final,
    )
    yield Answer(name="199", data=b"HTTP/1.1 199 x\r\nContent-Length: 5\r\n\r\n" + final)
    yield Answer(
        name="103, then a blank line",
        data=b"HTTP/1.1 103 Early Hints\r\n\r\n\r\n" + final,
        oddities=("bytes-before-status-line",),
    )
    yield Answer(name="twenty 103s", data=b"HTTP/1.1 103 Early Hints\r\n\r\n" * 20 + final)
    yield Answer(
        name="only a 103",
        data=b"HTTP/1.1 103 Early Hints\r\n\r\n",
        **{**CUT, "status": None, "framing": None},
    )
    yield Answer(
        name="103, then no HTTP", data=b"HTTP/1.1 103 Early Hints\r\n\r\n" + PAGE, **REFUSED
    )


def _parts() -> Iterator[Answer]:
    def part(name: str, range_: bytes, **right: Any) -> Answer:
        data = b"HTTP/1.1 206 Partial Content\r\n" + HTML + range_ + _length() + b"\r\n" + PAGE
        return Answer(name=name, data=data, status=206, **right)

    size = len(PAGE)
    yield part(
        "206 of a longer page", b"Content-Range: bytes 0-%d/%d\r\n" % (size - 1, size + 1), **PART
    )
    yield part("206 of all", b"Content-Range: bytes 0-%d/%d\r\n" % (size - 1, size))
    yield part("206 without a range", b"", **PART)
    yield part("206 of an unknown length", b"Content-Range: bytes 0-%d/*\r\n" % (size - 1), **PART)


_MAKERS = (
    _heads,
    _statuses,
    _fields,
    _lengths,
    _transfers,
    _other_transfers,
    _chunked,
    _ends_of_chunks,
    _broken_chunks,
    _codings,
    _types,
    _interim,
    _parts,
)
ANSWERS = tuple(answer for make in _MAKERS for answer in make())
"""Answers made here."""


def read_case(name: str) -> bytes:
    """The bytes of a case."""
    return (FOLDER / f"{name}.http").read_bytes()


def _case(name: str, *odd: str, **right: Any) -> Answer:
    return Answer(name=name, data=read_case(name), oddities=odd, **right)


_CLOSE: dict[str, Any] = {"framing": "close"}
_CHUNKED: dict[str, Any] = {"framing": "chunked"}
CASES = (
    _case("space-before-colon", "space-before-colon"),
    _case("space-in-name", "bad-name"),
    _case("no-colon", "no-colon"),
    _case("empty-name", "empty-name"),
    _case("vt-in-value", "control-in-value"),
    _case("cr-in-value", "bare-cr", "no-colon"),
    _case("http-slash-1", "version"),
    _case("http-lower", "version"),
    _case("double-space-status", "status-blanks"),
    _case("tab-status", "status-blanks"),
    _case("leading-crlf", "bytes-before-status-line"),
    _case("obs-fold-first", "fold-without-field"),
    _case("cl-plus", "length-unreadable", **_CLOSE),
    _case("cl-neg", "length-unreadable", **_CLOSE),
    _case("cl-empty", "length-unreadable", **_CLOSE),
    _case("x-clbytes", "length-unreadable", **_CLOSE),
    _case("x-clsemi", "length-unreadable", **_CLOSE),
    _case("x-clundef", "length-unreadable", **_CLOSE),
    _case("y-cl350", "length-unreadable", **_CLOSE),
    _case("te-lf", "chunk-lf", **_CHUNKED),
    _case("te-twice", "transfer-coding", **_CHUNKED),
    _case("te-list", "transfer-coding", **_CHUNKED),
    _case("te-identity", "transfer-coding"),
    _case("x-te-empty", "transfer-coding"),
    _case("x-teq", "transfer-coding", "chunked-doubtful", **_CHUNKED),
    _case("s101"),
    _case("s103"),
    _case("ce-zstd"),
    _case("ce-none", "coding-unknown"),
    _case("ce-utf8", "coding-unknown"),
    _case("ce-texthtml", "coding-unknown"),
    _case("ce-compress", "coding-unknown"),
    _case("ce-gzip-trunc", "coding-broken", **PART),
    _case("ce-gzip-trunc2", "coding-broken", **PART),
    _case("ce-gzip-badcrc", "coding-broken", **PART),
    _case("ce-br-garbage", "coding-tail"),
    _case("ce-gzip-plain", "coding-absent"),
    _case("ct-dup", "type-repeated"),
    _case("ct-garbage", "type-unreadable"),
    _case("ct-comma", "type-repeated"),
    _case("x-comma", "type-repeated"),
    _case("x-spacecs", "type-unreadable"),
    _case("x-colon", "type-unreadable"),
    _case("x-text", "type-unreadable"),
    _case("s206", status=206, **PART),
)
"""What is right for the cases that end with their first answer."""


def everything() -> Iterator[tuple[str, Answer]]:
    """All answers, each with a name of its own that can stand in a URL."""
    for kind, answers in (("case", CASES), ("made", ANSWERS)):
        for number, answer in enumerate(answers):
            yield f"/{kind}/{number}", answer
