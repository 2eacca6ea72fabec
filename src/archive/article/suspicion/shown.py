"""What a page says to its reader, line by line, without a tree: for pages that may be no article.

A tree is not needed for that, and the pages that matter are small.
"""

from __future__ import annotations

import re
from html import unescape

from attrs import frozen

__all__ = ["Appearance", "fold", "look", "measure"]

_LONGEST = 1 << 20  # characters of a page that are looked at

VERSES = 4
"""So many lines with breaks between them are one text: a stanza, or paragraphs of an old page."""

_CODE = re.compile(
    r"<!--.*?-->|<(script|style|template|noscript|svg|select)\b.*?</\1\s*>",
    re.DOTALL | re.IGNORECASE,
)
_HIDDEN = re.compile(
    r"<(nav|footer|aside)\b.*?</\1\s*>"
    r"|<dialog\b(?![^>]*\sopen\b).*?</dialog\s*>"
    r"|<(div|section|p|ul|form|span|main)\b[^>]*?"
    r"(?:\shidden(?=[\s=>/])|style\s*=\s*[\"'][^\"']*(?:display\s*:\s*none|visibility\s*:\s*hidden))"
    r"[^>]*>.*?</\2\s*>",
    re.DOTALL | re.IGNORECASE,
)
_INLINE = re.compile(
    r"</?(?:a|abbr|b|bdi|bdo|cite|code|em|font|i|mark|q|s|small|span|strong|sub|sup|time|u|wbr)"
    r"\b[^>]*>",
    re.IGNORECASE,
)
_BREAK = re.compile(r"<br\b[^>]*>", re.IGNORECASE)
_BROKEN = "\v"  # stands for a break until lines are told apart
_TAG = re.compile(r"<[^>]*>?")
_TITLE = re.compile(r"<title\b[^>]*>([^<]*)", re.IGNORECASE)
_HEADING = re.compile(r"<h1\b[^>]*>(.*?)</h1", re.DOTALL | re.IGNORECASE)
_LINKED = re.compile(r"<a\b[^>]*>(.*?)</a\s*>", re.DOTALL | re.IGNORECASE)
_WIDE = re.compile("[\u1100-\u11ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_DOTTED = "i\u0307"  # what becomes of the capital letter of Turkish
_FOLDS = str.maketrans("’‘´`“”„«»\u00a0", '\'\'\'\'""""" ')


@frozen
class Appearance:
    """What a page says.

    Args:
        markup: the page, as it was decoded.
        lines: its visible lines but for navigation, lists beside the text, and footer; folded.
        title: its title, folded; empty without one.
        headings: its h1, folded.
        linked: the lines that are one link, folded.
    """

    markup: str
    lines: tuple[str, ...]
    title: str
    headings: tuple[str, ...]
    linked: frozenset[str]


def look(page: str) -> Appearance:
    """What a page says, its markup taken away.

    Args:
        page: decoded; its first million characters are looked at.
    """
    page = page[:_LONGEST]
    body = _HIDDEN.sub("\n", _CODE.sub("\n", page))
    linked = (fold(_TAG.sub(" ", found)) for found in _LINKED.findall(body))
    text = _BREAK.sub(_BROKEN, _INLINE.sub("", body[_head_end(body) :]))
    lines = tuple(line for raw in _TAG.sub("\n", text).split("\n") for line in _lines(raw))
    heads = (fold(_TAG.sub(" ", _INLINE.sub("", one))) for one in _HEADING.findall(body))
    title = next(iter(_TITLE.findall(page)), "")
    return Appearance(page, lines, fold(title), tuple(filter(None, heads)), frozenset(linked))


def _lines(block: str) -> list[str]:
    """The lines of a block; one line where it has many."""
    if not block.strip():
        return []
    lines = [line for raw in block.split(_BROKEN) if (line := fold(raw))]
    return lines if len(lines) < VERSES else [" ".join(lines)]


def fold(text: str) -> str:
    """A line in lower case with plain quotation marks and single spaces."""
    low = unescape(text).translate(_FOLDS).casefold()
    return " ".join(low.replace(_DOTTED, "i").split())


def measure(line: str) -> int:
    """How long a line is, as signs of an alphabet: one of Chinese, Japanese, Korean says three."""
    return len(line) + 2 * len(_WIDE.findall(line))


def _head_end(body: str) -> int:
    return max(body.lower().find("</head"), 0)
