"""Media types: what Content-Type says (Fetch, *extract a MIME type*), and what bytes look like.

`declare` gives the type by which a page is to be read, from what was stated and how its bytes
begin: a type that is none is sniffed, as far as HTML and plain text go (WHATWG MIME Sniffing,
sections 7 and 7.1). What is stated and is a type is believed, but for other text that begins as
HTML.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from attrs import evolve, frozen

__all__ = ["MediaType", "begins_as_html", "declare", "is_text", "list_oddities", "read_media_type"]

_SNIFFED = 1445  # MIME Sniffing, section 5.2
_TOKEN = re.compile(r"[!#$%&'*+\-.^_`|~0-9A-Za-z]+\Z")
_QUOTED = re.compile(r'"((?>(?:[^"\\]|\\.)*))(?:"|\\?\Z)', re.DOTALL)
_PARTS = re.compile(r'"(?>(?:[^"\\]|\\.)*)(?:"|\\?\Z)|,|[^",]++', re.DOTALL)
_TAGS = rb"!DOCTYPE HTML|HTML|HEAD|SCRIPT|IFRAME|H1|DIV|FONT|TABLE|A|STYLE|TITLE|B|BODY|BR|P"  # 7.1
_HTML = re.compile(rb"[\t\n\f\r ]*+<(?:(?:" + _TAGS + rb")[ >]|!--)", re.IGNORECASE)
_TAG = re.compile(rb"<[!?/A-Za-z]")
_MARKS = (b"\xfe\xff", b"\xff\xfe", b"\xef\xbb\xbf")
_BINARY = re.compile(rb"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f]")  # section 3, a binary data byte
_OTHERS = ((b"%PDF-", "application/pdf"), (b"%!PS-Adobe-", "application/postscript"))


@frozen
class MediaType:
    """A media type: its essence in lower case, and its charset."""

    essence: str
    charset: str | None

    def __str__(self) -> str:
        """As a Content-Type says it."""
        if self.charset is None:
            return self.essence
        value = self.charset
        if not _TOKEN.match(value):
            value = '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
        return f"{self.essence};charset={value}"


def read_media_type(stated: str | None) -> MediaType | None:
    """The type that Content-Type fields state (Fetch, *extract a MIME type*).

    Args:
        stated: their values, joined by commas, or None.

    Returns:
        The last one that is a type, with the charset of those before it where they have the same
        essence; None where none is one.
    """
    found: MediaType | None = None
    for word in _split(stated):
        read = _read(word)
        if read is None or read.essence == "*/*":
            continue
        if read.charset is None and found is not None and found.essence == read.essence:
            read = found
        found = read
    return found


def declare(stated: str | None, content: bytes) -> str | None:
    """The type by which a page is to be read, as a Content-Type says it.

    Args:
        stated: the Content-Type field's value, several joined by commas, or None.
        content: the page's bytes, content coding undone.

    Returns:
        What is stated where that is a type, else what the bytes look like; None where nothing is
        stated that is a type, and the bytes are not plainly HTML, plain text or something else.
        Text with tags is for the parser to judge, whatever its first tag: a browser shows it as
        source, which is no reason to lose its text.
    """
    read = read_media_type(stated)
    if read is None or read.essence in _UNKNOWN:
        return _sniff(content[:_SNIFFED])
    if read.essence == "text/plain" and not is_text(content[:_SNIFFED]):
        return "application/octet-stream"  # MIME Sniffing, section 7.2
    return str(evolve(read, essence="text/html") if _is_unlike(read, content) else read)


def list_oddities(stated: str | None, content: bytes) -> Iterator[str]:
    """What is odd about a Content-Type, by the names of `archive.http.oddities`.

    Args:
        stated: as in `declare`.
        content: as there.
    """
    read = read_media_type(stated)
    if len(_split(stated)) > 1:
        yield "type-repeated"
    if stated is not None and read is None:
        yield "type-unreadable"
    if read is not None and _is_unlike(read, content):
        yield "type-unlike"


def begins_as_html(data: bytes) -> bool:
    """Whether bytes begin with a tag, a doctype or a comment of HTML (MIME Sniffing, 7.1)."""
    return _HTML.match(data.removeprefix(b"\xef\xbb\xbf")) is not None


def is_text(data: bytes) -> bool:
    """Whether nothing in bytes says that they are no text (MIME Sniffing, 7.1, last steps)."""
    return data.startswith(_MARKS) or _BINARY.search(data) is None


_UNKNOWN = ("unknown/unknown", "application/unknown", "*/*")
_MARKUP = ("text/html", "text/xml")


def _is_unlike(read: MediaType, content: bytes) -> bool:
    """Whether bytes that are said to be another kind of text begin as HTML does."""
    other = read.essence.startswith("text/") and read.essence not in _MARKUP
    return other and begins_as_html(content[:_SNIFFED])


def _sniff(start: bytes) -> str | None:
    """What bytes look like; None where only a parser can tell: XML, or text with tags in it."""
    if begins_as_html(start):
        return "text/html"
    known = next((kind for magic, kind in _OTHERS if start.startswith(magic)), None)
    if known is not None or not is_text(start) or _TAG.search(start):
        return known
    return "text/plain" if start.strip() else None


def _split(stated: str | None) -> list[str]:
    """The words between commas, those in quotes apart (Fetch, *get, decode, and split*)."""
    words = [""]
    for part in _PARTS.findall(stated or ""):
        if part == ",":
            words.append("")
        else:
            words[-1] += part
    return [word.strip("\t\n\r ") for word in words]


def _read(text: str) -> MediaType | None:
    """One type (MIME Sniffing, section 4.4, *parse a MIME type*)."""
    named, _, rest = text.partition(";")
    kind, slash, sub = named.strip("\t\n\r ").partition("/")
    if not slash or not _TOKEN.match(kind) or not _TOKEN.match(sub):
        return None
    return MediaType(f"{kind}/{sub}".lower(), _find_charset(rest))


def _find_charset(rest: str) -> str | None:
    """The value of the first parameter of that name."""
    at = 0
    while at < len(rest):
        name_end = min((p for p in (rest.find("=", at), rest.find(";", at)) if p >= 0), default=-1)
        if name_end < 0:
            return None
        if rest[name_end] == ";":
            at = name_end + 1
            continue
        name = rest[at:name_end].lstrip("\t\n\r ").lower()
        quoted = _QUOTED.match(rest, name_end + 1)
        end = rest.find(";", quoted.end() if quoted else name_end + 1)
        end = len(rest) if end < 0 else end
        value = re.sub(r"\\(.)", r"\1", quoted[1]) if quoted else rest[name_end + 1 : end].rstrip()
        if name == "charset" and value:
            return value
        at = end + 1
    return None
