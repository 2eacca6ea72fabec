"""Text that somebody scraped earlier: imported as it is, not extracted."""

from __future__ import annotations

import re

from archive.article.claims import Claims
from archive.article.decoding import decode_plain
from archive.article.extraction import Extraction, quote

__all__ = ["looks_like_html", "read_text"]

_HTML_NAMES = (".html", ".htm", ".xhtml", ".xht", ".shtml")
_TEXT_NAMES = (".txt", ".text", ".md")
_OPENING = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?>(?:<!--(?>.*?-->)\s*)*)"
    rb"<(?:!doctype\s+html|html|head|body|meta|title|script|article|main|div|h1|p)[\s/>]",
    re.IGNORECASE | re.DOTALL,
)


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
