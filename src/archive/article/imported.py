"""Text that somebody scraped earlier: imported as it is, not extracted."""

from __future__ import annotations

import re

from attrs import frozen

from archive.article.claims import Claims
from archive.article.decoding import decode_plain
from archive.article.extraction import Extraction, quote

__all__ = ["Binary", "find_binary", "looks_like_html", "read_text"]

_HTML_NAMES = (".html", ".htm", ".xhtml", ".xht", ".shtml")
_TEXT_NAMES = (".txt", ".text", ".md")
_OPENING = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?>(?:<!--(?>.*?-->)\s*)*)"
    rb"<(?:!doctype\s+html|html|head|body|meta|title|script|article|main|div|h1|p)[\s/>]",
    re.IGNORECASE | re.DOTALL,
)


@frozen
class Binary:
    """A kind of file that is no text: what people call it, and its media type."""

    name: str
    type: str


_MAGIC = (
    (b"%PDF-", Binary("a PDF", "application/pdf")),
    (b"PK\x03\x04", Binary("a ZIP (or a document packed as one)", "application/zip")),
    (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        Binary("an old Office file", "application/x-ole-storage"),
    ),
    (b"\x89PNG\r\n\x1a\n", Binary("a picture (PNG)", "image/png")),
    (b"\xff\xd8\xff", Binary("a picture (JPEG)", "image/jpeg")),
    (b"GIF87a", Binary("a picture (GIF)", "image/gif")),
    (b"GIF89a", Binary("a picture (GIF)", "image/gif")),
    (b"\x1f\x8b", Binary("gzip", "application/gzip")),
)
_UNKNOWN = Binary("a binary file", "application/octet-stream")
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


def find_binary(data: bytes, *, text: bool) -> Binary | None:
    """What kind of binary file these bytes are, by how they begin; None when they may be text.

    Args:
        data: a file.
        text: whether it is to be plain text: then a NUL means binary too, but in UTF-16, where
            every other byte can be one.
    """
    known = next((kind for magic, kind in _MAGIC if data.startswith(magic)), None)
    if known is None and text and b"\0" in data and not data.startswith(_UTF_16):
        return _UNKNOWN
    return known


def read_text(data: bytes) -> Extraction:
    """Take a file's lines as the text, unchanged, so that positions in it stay what they were.

    Decoded by byte order mark (which is left out), else strict UTF-8, else windows-1252. A missing
    line feed at the end is added; nothing else changes, neither CR nor NUL nor empty lines.

    Returns:
        An extraction without extractor and without claims, but with the quotations of the text;
        ``none`` for an empty file.
    """
    decoded = decode_plain(data)
    if not decoded.text:
        return Extraction("none", "empty", None, Claims(), decoded.decoding, None)
    text = decoded.text if decoded.text.endswith("\n") else decoded.text + "\n"
    found = quote(text, Claims())
    return Extraction("ok", None, text, Claims(), decoded.decoding, None, found)


def looks_like_html(data: bytes, name: str) -> bool:
    """Whether a file is to be extracted from, not taken as text.

    Args:
        data: its bytes.
        name: its name; ``.html`` and its kin, or ``.txt``, decide, else its first bytes do.
    """
    lower = name.lower()
    if lower.endswith(_HTML_NAMES):
        return True
    return not lower.endswith(_TEXT_NAMES) and _OPENING.match(data[:4096]) is not None
