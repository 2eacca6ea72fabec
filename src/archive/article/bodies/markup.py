"""From a string of JSON to paragraphs: plain text with line feeds, or HTML, escaped or not.

HTML is parsed, made what its reader would see (`archive.article.shown`), and cut into blocks, as
pages are. Pictures with their captions, forms, and whatever else is no prose are left out.
"""

from __future__ import annotations

import re
from html import unescape

from lxml import etree

from archive.article import tree
from archive.article.reading.walk import walk
from archive.article.shown import show

__all__ = ["ESCAPED", "read_markup"]

ESCAPED = 3
"""How often over a string may be escaped: JSON in JSON in an attribute."""

_ENTITY = re.compile(r"&(?:[a-zA-Z]{2,8}|#\d{1,6}|#[xX][0-9a-fA-F]{1,6});")
_MARKUP = re.compile(
    r"</(?:p|div|h[1-6]|li|ul|ol|a|b|i|em|strong|span|blockquote|section|article|figure|table|br)>"
    r"|<(?:br|img)\b[^<>]{0,2000}>|\A\s*<(?:p|div|section|article|h[1-6]|ul|ol)\b[^<>]{0,2000}>",
    re.IGNORECASE,
)
_BESIDE = (
    *("script", "style", "figure", "figcaption", "form", "button", "select", "nav", "iframe"),
    *("noscript", "object", "video", "audio", "svg", "table", "footer"),
)
_CAPTION = re.compile(r"(?:\A|[\s_-])(?:caption|credit|legend)s?(?:\Z|[\s_-])", re.IGNORECASE)
_MARK = re.compile(
    r"(?:(\${1,2}|%{1,2}|##|__|@@|~~~)[A-Za-z][\w .:-]{0,80}\1|\{\{[^{}]{1,200}\}\}"
    r"|\{%[^{}]{1,200}%\}|\[\[[^][]{1,200}\]\]|\[/[a-z][\w-]{1,40}\]"
    r"|\[[a-z][\w-]{1,40} [^][]{0,200}=[^][]{0,200}\])\Z"
)
"""A line that only holds a place: ``$$AD$$``, ``{{poll}}``, ``[gallery ids="1"]``."""
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x7f]")
_HALF = re.compile("[\ud800-\udfff]")


def read_markup(text: str) -> list[str]:
    """The paragraphs of a string.

    Args:
        text: as JSON has it, escapes of JSON resolved.

    Returns:
        Without empty lines, white space at their ends, and marks that only hold a place.
    """
    for _ in range(ESCAPED):
        if _MARKUP.search(text) or not _ENTITY.search(text):
            break
        text = unescape(text)
    lines = _blocks(text) if _MARKUP.search(text) else text.splitlines()
    clean = (" ".join(_writable(line).split()) for line in lines)
    return [line for line in clean if line and not _MARK.match(line)]


def _writable(line: str) -> str:
    """A line without control characters, and with U+FFFD for what UTF-8 cannot write."""
    return _HALF.sub("\ufffd", _CONTROL.sub("", line))


def _blocks(text: str) -> list[str]:
    """The blocks of HTML, items of lists with the mark that they have in texts."""
    root = tree.parse(f"<html><body>{text}</body></html>")
    if isinstance(root, tree.NotHtml):
        return []
    show(root)
    for element in list(root.iter(etree.Element)):
        if _CAPTION.search(f"{element.get('class') or ''}"):
            element.tag = "figcaption"
    etree.strip_elements(root, *_BESIDE, with_tail=False)
    runs = walk(root).runs
    return [f"- {run.text}" if run.place.block.element.tag == "li" else run.text for run in runs]
