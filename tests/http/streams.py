"""Streams that answer a request, whole, cut and odd: what the readers of both rules were given.

``fixtures/wire/rules-1.json`` holds what the first rules made of each; the groups are theirs.
"""

from __future__ import annotations

__all__ = [
    "BROKEN_BODIES",
    "CHUNKED",
    "COMPLETE",
    "CUT",
    "CUTS",
    "GOOD",
    "OK",
    "PROTOCOL_ERRORS",
    "REFUSED",
    "SHORT",
    "everything",
]

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

GOOD: dict[str, tuple[bytes, bytes]] = {
    "repeated and odd-case headers": (
        OK + b"sEt-x: 1\r\nSET-X: 2\r\ncOnTeNt-LeNgTh: 2\r\n\r\nhi",
        b"hi",
    ),
    "latin-1": (OK + b"X-Name: caf\xe9 \xff\r\nContent-Length: 2\r\n\r\nhi", b"hi"),
    "folded": (OK + b"X-Long: one\r\n  two\r\n\tthree\r\nContent-Length: 2\r\n\r\nhi", b"hi"),
    "bare LF": (b"HTTP/1.1 200 OK\nContent-Length: 2\n\nhi", b"hi"),
    "chunk extensions and trailers": (
        CHUNKED + b'2;name="v"\r\nhi\r\n1;x\r\n!\r\n0;end\r\nX-Sum: 12\r\nX-More: 3\r\n\r\n',
        b"hi!",
    ),
    "103 before 200": (
        b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n" + OK + b"Content-Length: 2\r\n\r\nhi",
        b"hi",
    ),
    "bytes after the body": (OK + b"Content-Length: 2\r\n\r\nhi and more\r\n", b"hi"),
    "body to the end": (OK + b"Content-Type: text/html\r\n\r\n" + b"x" * 200_000, b"x" * 200_000),
    "320 kB of headers": (
        OK + b"X-Pad: " + b"y" * 73 + b"\r\n" + b"A: b\r\n" * 53_000 + b"\r\nz",
        b"z",
    ),
    "one line of 320 kB": (OK + b"X: " + b"y" * 320_000 + b"\r\nContent-Length: 0\r\n\r\n", b""),
    "204": (b"HTTP/1.1 204 No Content\r\n\r\n", b""),
    "HTTP/1.0": (b"HTTP/1.0 200 OK\r\n\r\nhi", b"hi"),
}
PROTOCOL_ERRORS = {
    "NUL in a header": OK + b"X: a\x00b\r\nContent-Length: 2\r\n\r\nhi",
    "two lengths": OK + b"Content-Length: 2\r\nContent-Length: 3\r\n\r\nhi!",
    "HTTP/0.9": b"<html><body>hello</body></html>",
    "over 512 kB of headers": OK + b"A: b\r\n" * 100_000 + b"\r\nhi",
    "unknown transfer coding": OK + b"Transfer-Encoding: gzip\r\n\r\nhi",
    "not HTTP": b"220 mail.example ESMTP\r\n",
    "NUL, then much more": OK + b"X: \x00\r\n\r\n" + b"evidence" * 30_000,
}
CUTS = {
    "half a head": OK + b"Content-Type: text/html\r\nContent-Le",
    "a head without its blank line": OK + b"Content-Length: 2\r\n",
    "nothing": b"",
    "only a 103": b"HTTP/1.1 103 Early Hints\r\n\r\n",
    "short body": OK + b"Content-Length: 10\r\n\r\nhello",
    "no last chunk": CHUNKED + b"5\r\nhello\r\n",
    "half the trailers": CHUNKED + b"5\r\nhello\r\n0\r\nA: b\r\n",
}


def everything() -> dict[str, bytes]:
    """Every stream, by its group and its name."""
    groups = {
        "complete": COMPLETE,
        "cut": CUT,
        "short": SHORT,
        "refused": REFUSED,
        "broken": BROKEN_BODIES,
        "good": {name: sent for name, (sent, _) in GOOD.items()},
        "protocol": PROTOCOL_ERRORS,
        "cuts": CUTS,
    }
    return {f"{name}: {one}": data for name, group in groups.items() for one, data in group.items()}
