"""Pages of plain text: their text is what they say, without a parser and without claims.

A paragraph ends at an empty line. Lines that were broken to a width, all but the last of a
paragraph being long, are joined again; lines of lists, verses and tables stay lines.
"""

from __future__ import annotations

import re

from archive.article.decoding import Decoded, decode

__all__ = ["find_plain_text", "is_plain"]

_TYPES = ("text/plain", "text/markdown", "text/x-markdown", "text/x-web-markdown")
_EMPTY_LINE = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")
_LINE_ENDS = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_WIDE = 40  # letters that a line has that was broken because it was full
_ITEM = re.compile(r"\s*(?:[-*+>|#•]|\d+[.)])\s")


def is_plain(content_type: str | None) -> bool:
    """Whether a page is plain text, by the type by which it is read."""
    essence = (content_type or "").partition(";")[0].strip().lower()
    return essence in _TYPES


def find_plain_text(content: bytes, content_type: str | None) -> tuple[str, Decoded]:
    """The paragraphs of a page of plain text, one a line with its line feed, and its decoding.

    Args:
        content: its bytes.
        content_type: the type by which it is read, or None.
    """
    decoded = decode(content, content_type)
    text = _LINE_ENDS.sub("\n", decoded.text).replace("\0", "\ufffd")
    lines = [line for block in _EMPTY_LINE.split(text) for line in _join(block)]
    return "".join(f"{line}\n" for line in lines), decoded


def _join(block: str) -> list[str]:
    """The lines of a block: one, where they were broken to a width."""
    lines = [" ".join(line.split()) for line in block.split("\n")]
    lines = [line for line in lines if line]
    broken = all(len(line) >= _WIDE for line in lines[:-1])
    if broken and not any(_ITEM.match(line) for line in lines[1:]):
        return [" ".join(lines)] if lines else []
    return lines
