"""The head of a response: status line and fields (RFC 9112, sections 4 and 5), read as browsers do.

A head is read leniently: what no reader can take for a field is passed over, and named by a row of
`archive.http.oddities`. It is read in one pass over its lines, in time linear in its length.
"""

from __future__ import annotations

import re

from attrs import frozen

from archive.errors import HttpError
from archive.http.oddities import Framing

__all__ = ["SLOP", "Body", "Head", "find_start", "read_head", "settle_body"]

SLOP = 4
"""How many bytes may stand before the status line."""

_NAME = b"http"
_OTHER_NAME = b"icy "  # what SHOUTcast servers write for it
_LARGEST = 2**63 - 1
_HIGHEST = 2**31 - 1
_USUAL = re.compile(rb"HTTP/1\.[01] [1-9][0-9]{2}(?:[ \t][^\0\r\n]*)?\Z")
_VERSION = re.compile(rb"http/([0-9])[0-9]*\.([0-9])", re.IGNORECASE)
_STATUS = re.compile(rb"[^ \t]*([ \t]*)([0-9]*)")
_LINE_ENDS = re.compile(rb"[\r\n]+")
_BARE_CR = re.compile(rb"\r(?!\n)")
_BARE_LF = re.compile(rb"(?<!\r)\n")
_CONTROLS = re.compile(rb"[\x01-\x08\x0b\x0c\x0e-\x1f\x7f]")
_TOKEN = re.compile(rb"[!#$%&'*+\-.^_`|~0-9A-Za-z]+\Z")  # RFC 9110, section 5.6.2
_LWS = b" \t"


@frozen
class Head:
    """A head taken apart.

    Attributes:
        version: 10 or 11.
        status: as said, 200 where none is.
        fields: names and values in the order sent, latin-1, folded lines joined.
        oddities: what was odd, each once.
    """

    version: int
    status: int
    fields: tuple[tuple[str, str], ...]
    oddities: tuple[str, ...]

    def values(self, name: str) -> list[str]:
        """The values of all fields of a name, which is given in lower case."""
        return [value for key, value in self.fields if key.lower() == name]


@frozen
class Body:
    """What a head says of where its body ends.

    Attributes:
        framing: by what.
        length: in bytes, where that is said.
        doubtful: whether chunks are to be looked for before `framing` is believed.
        oddities: what was odd.
    """

    framing: Framing
    length: int | None = None
    doubtful: bool = False
    oddities: tuple[str, ...] = ()


def find_start(data: bytes | bytearray) -> int | None:
    """Where the status line begins, None while it may still come.

    Raises:
        HttpError: it cannot come any more.
    """
    start = bytes(data[: SLOP + len(_NAME)]).lower()
    if start.startswith(_OTHER_NAME):
        return 0
    at = start.find(_NAME)
    if at >= 0:
        return at
    may_come = any(_NAME.startswith(start[at : at + len(_NAME)]) for at in range(SLOP + 1))
    if not may_come and not _OTHER_NAME.startswith(start):
        raise HttpError("not an HTTP response: it does not begin with HTTP/")
    return None


def read_head(data: bytes) -> Head:
    """Take a head apart.

    Args:
        data: from where the status line begins, up to the blank line.

    Raises:
        HttpError: there is a NUL in it.
    """
    if b"\0" in data:
        raise HttpError("a NUL in the head")
    odd: dict[str, None] = {}
    if _BARE_CR.search(data):
        odd["bare-cr"] = None
    if _BARE_LF.search(data):
        odd["bare-lf"] = None
    if _CONTROLS.search(data):
        odd["control-in-value"] = None
    status_line, *lines = _LINE_ENDS.split(data)
    version, status = _read_status(status_line, odd)
    fields = _read_fields(lines, odd)
    return Head(version, status, fields, tuple(odd))


def _read_status(line: bytes, odd: dict[str, None]) -> tuple[int, int]:
    """Version and status that a status line says."""
    if _USUAL.match(line):
        return (11 if line[7:8] == b"1" else 10), int(line[9:12])
    named = _VERSION.match(line)
    number = (int(named[1]), int(named[2])) if named else (1, 0)
    if line[:9] not in (b"HTTP/1.0 ", b"HTTP/1.1 ", b"HTTP/1.0", b"HTTP/1.1"):
        blank = line[8:9] == b"\t" and line[:8] in (b"HTTP/1.0", b"HTTP/1.1")
        if not blank:
            odd["version"] = None
    found = _STATUS.match(line)
    blanks, digits = (found[1], found[2]) if found else (b"", b"")
    if digits and blanks != b" ":
        odd["status-blanks"] = None
    if not digits:
        odd["status-missing"] = None
    elif len(digits) != 3 or digits[0] == ord("0"):
        odd["status-number"] = None
    status = min(int(digits[:12]), _HIGHEST) if digits else 200
    return (11 if number >= (1, 1) else 10), status


def _read_fields(lines: list[bytes], odd: dict[str, None]) -> tuple[tuple[str, str], ...]:
    """The fields in lines; what stands in lines that are none is passed over."""
    found: list[tuple[str, list[bytes]]] = []
    parts: list[bytes] | None = None  # of the value that the next line may go on with
    for line in lines:
        if not line:
            continue
        if line[0] in _LWS:
            if parts is None:
                odd["fold-without-field"] = None
                continue
            odd["folded"] = None
            parts.append(line.lstrip(_LWS))
            continue
        name, colon, value = line.partition(b":")
        parts = None
        if not colon:
            odd["no-colon"] = None
        elif not name:
            odd["empty-name"] = None
        else:
            parts = [value]
            bare = name.rstrip(_LWS)
            if not _TOKEN.match(bare):
                odd["bad-name"] = None
                continue
            if bare != name:
                odd["space-before-colon"] = None
            found.append((bare.decode("ascii"), parts))
    return tuple((name, b" ".join(made).strip(_LWS).decode("latin-1")) for name, made in found)


def settle_body(head: Head, method: str) -> Body:
    """Where the body of a response ends (RFC 9112, section 6.3).

    Args:
        head: of the response.
        method: of the request.

    Raises:
        HttpError: Content-Lengths differ, and there are no chunks.
    """
    codings = _split(head.values("transfer-encoding"))
    lengths = _split(head.values("content-length"))
    odd = ["transfer-coding"] if codings and codings != ["chunked"] else []
    if method == "HEAD" or head.status in (204, 304):
        return Body("none", oddities=tuple(odd))
    chunked = "chunked" in codings and head.version >= 11
    doubtful = not chunked and any(word.partition(";")[0].rstrip() == "chunked" for word in codings)
    if doubtful:
        odd.append("chunked-doubtful")
    if lengths and (chunked or doubtful):
        odd.append("length-beside-chunked")
    if chunked:
        return Body("chunked", oddities=tuple(odd))
    length = _settle_length(lengths, odd)
    return Body("close" if length is None else "length", length, doubtful, tuple(odd))


def _settle_length(lengths: list[str], odd: list[str]) -> int | None:
    """The length that a head states; what is odd about it is added to what is odd already."""
    if len(set(lengths)) > 1:
        raise HttpError("Content-Lengths that differ")
    if len(lengths) > 1:
        odd.append("length-repeated")
    length = _read_length(lengths[0]) if lengths else None
    if lengths and length is None:
        odd.append("length-unreadable")
    return length


def _split(values: list[str]) -> list[str]:
    return [word.strip(" \t").lower() for value in values for word in value.split(",")]


def _read_length(text: str) -> int | None:
    digits = text.lstrip("0") or text[-1:]
    if not (text.isascii() and text.isdigit()) or len(digits) > 19:
        return None
    length = int(digits)
    return length if length <= _LARGEST else None
