"""What servers send that HTTP/1.1 does not allow, and what is made of it: one table.

The reader names what it met by the rows of this table, the outcome record of a capture keeps the
names, and ``docs/reference/http.md`` is written from it. Where a message ends is settled strictly,
by the rows of `FRAMING`; what it says is read leniently, as browsers do. What is refused stands in
`REFUSALS`, and there is no more of it.

The standards: RFC 9110 (semantics), RFC 9112 (HTTP/1.1), WHATWG Fetch and MIME Sniffing. Chromium
is what its headless build showed of the answers in ``fixtures/wire``.
"""

from __future__ import annotations

from typing import Literal

from attrs import frozen

__all__ = ["FRAMING", "ODDITIES", "REFUSALS", "RULES", "Framing", "Oddity", "Rule"]

RULES = 2
"""The number of these rules, which every statement of a capture from the wire names. It is raised
whenever the same bytes would give another layer: header, entity or content. 1 were h11's."""

Framing = Literal["none", "length", "chunked", "close"]
"""What says where the body ends: nothing, Content-Length, chunks, the end of the connection."""


@frozen
class Oddity:
    """One kind of thing that is not as it should be.

    Attributes:
        name: in outcome records; never changes its meaning.
        place: where in an answer it stands.
        what: what was sent.
        standard: what the standard says of it, and where.
        chromium: what Chromium does.
        ours: what this program does; empty where that is the same.
    """

    name: str
    place: str
    what: str
    standard: str
    chromium: str
    ours: str = ""


@frozen
class Rule:
    """A row that is no oddity: a case, and what is made of it."""

    case: str
    result: str
    standard: str


ODDITIES = (
    Oddity(
        "bytes-before-status-line",
        "head",
        "up to four bytes before `HTTP`, such as a blank line",
        "none in a response (9112, 2.1; 2.2 has a blank line before a request passed over)",
        "passed over",
    ),
    Oddity(
        "bare-lf",
        "head",
        "a line that ends in LF alone",
        "a recipient may take it for a line's end (9112, 2.2)",
        "a line's end",
    ),
    Oddity(
        "bare-cr",
        "head",
        "CR without LF",
        "invalid, or a blank (9112, 2.2)",
        "a line's end",
    ),
    Oddity(
        "version",
        "status line",
        "not `HTTP/1.0` or `HTTP/1.1` in capitals: `http/1.1`, `HTTP/1`, `HTTP/2.0`, `ICY`",
        "malformed (9112, 2.3), but a higher minor version is 1.1",
        "1.1 from 1.1 on, else 1.0",
    ),
    Oddity(
        "status-blanks",
        "status line",
        "more than one blank, or a tab, before the status",
        "may be taken for one blank (9112, 4)",
        "blanks passed over; behind a tab every status is 200",
        "blanks and tabs passed over, the status is what is said",
    ),
    Oddity(
        "status-number",
        "status line",
        "a status of other than three digits",
        "malformed (9112, 4)",
        "the number that is said",
    ),
    Oddity(
        "status-missing",
        "status line",
        "no status, as `HTTP/1.1 OK`",
        "malformed (9112, 4)",
        "200",
    ),
    Oddity(
        "folded",
        "fields",
        "a value that goes on in the next line, which begins with a blank",
        "a blank instead of the line's end (9112, 5.2)",
        "so",
    ),
    Oddity(
        "fold-without-field",
        "fields",
        "such a line after the status line, or after one that is no field",
        "to be passed over up to the next field (9112, 2.2)",
        "the line is passed over",
    ),
    Oddity(
        "no-colon",
        "fields",
        "a line without colon",
        "malformed (9112, 5)",
        "the line is passed over",
    ),
    Oddity(
        "empty-name",
        "fields",
        "a line that begins with its colon",
        "malformed (9110, 5.1)",
        "the line is passed over",
    ),
    Oddity(
        "space-before-colon",
        "fields",
        "blanks between name and colon",
        "a proxy must remove them (9112, 5.1)",
        "removed, the field counts",
    ),
    Oddity(
        "bad-name",
        "fields",
        "a name with what no name has, such as a blank or `/`",
        "malformed (9110, 5.1)",
        "the line is passed over",
    ),
    Oddity(
        "control-in-value",
        "fields",
        "a control character in a value",
        "may be kept where it is not CR, LF or NUL (9110, 5.5)",
        "kept",
    ),
    Oddity(
        "length-repeated",
        "framing",
        "the same Content-Length more than once",
        "may be taken for one (9110, 8.6)",
        "taken for one",
    ),
    Oddity(
        "length-unreadable",
        "framing",
        "a Content-Length that is no number: empty, `-1`, `+5`, `5 bytes`, too large for 63 bits",
        "unrecoverable (9112, 6.3)",
        "the body goes on to the end of the connection",
    ),
    Oddity(
        "length-beside-chunked",
        "framing",
        "Content-Length, of whatever values, beside chunks",
        "chunks count; perhaps an attempt at smuggling (9112, 6.3)",
        "chunks count",
    ),
    Oddity(
        "transfer-coding",
        "framing",
        "a Transfer-Encoding other than `chunked`: `identity`, `gzip`, empty, named twice",
        "chunked may stand once, last (9112, 6.1, 7.1); unknown ones cannot be undone",
        "chunks where `chunked` is among its words, else as if it were not there",
    ),
    Oddity(
        "chunked-doubtful",
        "framing",
        "`chunked` with parameters, or in an answer of HTTP/1.0",
        "an error (9112, 7.1); faulty framing (9112, 6.1)",
        "as if it were not there, so that sizes of chunks are shown in the page",
        "chunks where the body's first line is a chunk's size, else as if it were not there",
    ),
    Oddity(
        "chunk-lf",
        "chunks",
        "a chunk's line that ends in LF alone",
        "CRLF (9112, 7.1); of heads 2.2 allows it",
        "a line's end",
    ),
    Oddity(
        "chunk-blanks",
        "chunks",
        "blanks around a chunk's size",
        "none, but before an extension (9112, 7.1.1)",
        "behind the size passed over, before it an error",
        "passed over on both sides",
    ),
    Oddity(
        "chunk-broken",
        "chunks",
        "no size where one must stand, or no line's end behind a chunk",
        "an error (9112, 8)",
        "shows what came before",
        "what came before is the entity; limitation `cut`",
    ),
    Oddity(
        "trailer",
        "chunks",
        "a line among the trailers that is no field, or more than 512 KiB of them",
        "malformed (9112, 7.1.2)",
        "trailers are passed over",
    ),
    Oddity(
        "trailers-unended",
        "chunks",
        "the connection ends behind the last chunk, before the blank line",
        "complete: the chunk of size zero came (9112, 8)",
        "shows the page, and reports an error",
        "complete",
    ),
    Oddity(
        "coding-unknown",
        "content",
        "a Content-Encoding that is none: `none`, `utf-8`, `text/html`",
        "cannot be undone (9110, 8.4)",
        "nothing is undone",
        "nothing is undone where the bytes are text; else the known ones are, without it",
    ),
    Oddity(
        "coding-absent",
        "content",
        "a Content-Encoding over bytes that begin as HTML does",
        "nothing",
        "an error",
        "nothing is undone, as readers of archives do",
    ),
    Oddity(
        "coding-tail",
        "content",
        "bytes behind the end of the coded stream",
        "nothing (1952, 2.2 has other members of gzip)",
        "passed over",
    ),
    Oddity(
        "coding-broken",
        "content",
        "a coded stream that stops, or is damaged, or whose checksum is wrong",
        "an error",
        "shows what came before",
        "what came before is the content; limitation `cut`",
    ),
    Oddity(
        "type-repeated",
        "content",
        "more than one Content-Type",
        "the last that is one, with the charset of an earlier one of the same type (Fetch)",
        "so",
    ),
    Oddity(
        "type-unlike",
        "content",
        "other text, as `text/plain` or `text/html.`, over bytes that begin as HTML does",
        "what is stated counts (MIME Sniffing, 7)",
        "shows it as source",
        "read as HTML",
    ),
    Oddity(
        "type-unreadable",
        "content",
        "a Content-Type that is none: `html`, `text/html charset=utf-8`",
        "the type is sniffed (Fetch; MIME Sniffing, 7)",
        "sniffed",
    ),
)
"""Everything that is named, in the order in which an answer is read."""

REFUSALS = (
    Rule("no `HTTP` in the first eight bytes, nor `ICY` first", "no HTTP response", "9112, 4"),
    Rule("a NUL in a head", "refused", "9110, 5.5"),
    Rule("Content-Lengths that differ, without chunks", "refused", "9112, 6.3"),
    Rule("heads of over 512 KiB, or over 100 informational ones", "refused", "a bound of ours"),
)
"""What is refused: the capture fails as `protocol-error`, and every byte is kept."""

FRAMING = (
    Rule("the answer to HEAD; status 1xx, 204, 304", "no body", "9112, 6.3 (1)"),
    Rule("`chunked` among the words of Transfer-Encoding", "chunks", "9112, 6.3 (4)"),
    Rule("a Content-Length that is a number", "so many bytes", "9112, 6.3 (6)"),
    Rule("anything else", "to the end of the connection", "9112, 6.3 (8)"),
)
"""Where a body ends; the first row that fits counts."""
