"""One parse of a page, shared by everything that reads it; or the reason why it is not HTML.

The parser is lxml's HTML parser with `huge_tree`: without it elements nested more than 255 deep and
text of more than 10 MB are lost. Characters that XML cannot hold are left out, as trafilatura does
it when it parses itself: libxml2 would keep them and every later change to the tree would fail.
"""

from __future__ import annotations

import json
import re
from itertools import islice

from attrs import frozen
from lxml import etree
from lxml import html as lxml_html

from archive.article.decoding import Decoded

__all__ = ["DEEPEST", "NotHtml", "is_too_deep", "parse", "why_no_text", "why_not"]

DEEPEST = 1000
"""About how deep elements may nest for trafilatura to find text in them."""

_MAGIC = (
    (b"%PDF-", "PDF"),
    (b"\x89PNG\r\n", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"RIFF", "an image, sound or film"),
    (b"PK\x03\x04", "a ZIP file"),
    (b"\x1f\x8b\x08", "compressed"),
    (b"\x28\xb5\x2f\xfd", "compressed"),
    (b"\x7fELF", "a program"),
    (b"WARC/1.", "a WARC file"),
)
_HTML_TYPES = (
    "",
    "text/html",
    "application/xhtml+xml",
    "application/xml",
    "text/xml",
    "application/octet-stream",
    "application/x-unknown-content-type",
    "unknown/unknown",
    "*/*",
)
_TAG = re.compile(r"<[!A-Za-z]")
_XML = re.compile(r"\s*<(?:\?xml|rss|feed|rdf:RDF|svg|urlset|sitemapindex)\b", re.IGNORECASE)
_CONTROLS = bytes({*range(0x20)} - set(b"\t\n\r"))
_NONCHARACTERS = ("\ufffe".encode(), "\uffff".encode())
_FORBIDDEN_REFERENCE = re.compile(
    rb"&#(?:0*(?:[0-8]|1[1245-9]|2[0-9]|3[01]|6553[45])(?![0-9])"
    rb"|[xX]0*(?:[0-8bBcCeEfF]|1[0-9a-fA-F]|[fF]{3}[eEfF])(?![0-9a-fA-F]));?"
)
_ENDS = re.compile(rb"</(?:body|html)(?:\s[^<>]*)?>", re.IGNORECASE)
_CLOSED_ROOT = re.compile(rb"(<html\b[^<>]{0,4096}?)\s*/>", re.IGNORECASE)


MOST_ELEMENTS = 100_000
"""A page of more elements is not parsed. Real ones have up to 8,000; beside the tree, trafilatura
holds copies of it, and at this bound extraction stays under a gigabyte."""

MOST_ATTRIBUTES = 10_000
"""Nor is one with a tag of more attributes: libxml2 compares each with all before it."""

_LONG = 2 * MOST_ATTRIBUTES
"""A tag of fewer bytes cannot have so many."""
_QUOTED = re.compile(rb"\"[^\"]*+\"|'[^']*+'")
_START_TAG = re.compile(rb"<[A-Za-z]")
_LONG_TAG = re.compile(rb"<[A-Za-z][^<>]{%d,}+" % _LONG)
_IN_HEAD = {"base", "basefont", "bgsound", "link", "meta", "noframes", "noscript", "script"}
_IN_HEAD |= {"style", "template", "title"}
# Every element of one class: lxml's own look-up by name, in Python, is a twelfth of an extraction.
_ELEMENTS = etree.ElementDefaultClassLookup(element=lxml_html.HtmlElement)


@frozen
class NotHtml:
    """Why there is no tree.

    Args:
        reason: in a few words.
        past: where there are too many elements, how many bytes have as many as are read.
    """

    reason: str
    past: int | None = None


def why_not(content: bytes, content_type: str | None) -> NotHtml | None:
    """Whether the bytes or their declared type rule HTML out, before anything is decoded.

    Args:
        content: the page's bytes, content coding undone.
        content_type: the value of the HTTP header Content-Type, or None.
    """
    if not content or content.isspace():
        return NotHtml("empty")
    for magic, name in _MAGIC:
        if content.startswith(magic):
            return NotHtml(f"not HTML: {name}")
    essence = (content_type or "").partition(";")[0].strip().lower()
    if essence not in _HTML_TYPES:
        return NotHtml(f"not HTML: declared as {essence[:100]}")
    return None


def parse(text: str, encoded: bytes | None = None) -> lxml_html.HtmlElement | NotHtml:
    """Parse a decoded page once.

    Args:
        text: its characters.
        encoded: the same in UTF-8 where that is at hand, to spare encoding it.

    Returns:
        The root element, or why there is none.

    Raises:
        lxml.etree.LxmlError, MemoryError: what lxml raises; the caller turns it into an outcome.
    """
    if not _TAG.search(text):
        return NotHtml("not HTML: no tags")
    if _is_json(text):
        return NotHtml("not HTML: JSON")
    if _XML.match(text) and "<html" not in text[:4096].lower():
        return NotHtml("not HTML: XML")
    parser = lxml_html.HTMLParser(
        encoding="utf-8",
        huge_tree=True,
        remove_comments=True,
        remove_pis=True,
        collect_ids=False,
    )
    parser.set_element_class_lookup(_ELEMENTS)
    root = etree.fromstring(_repaired(encoded or text.encode("utf-8", "replace")), parser)
    if root is None or not len(root):
        return NotHtml("empty")
    _end_head(root)
    return root


def _end_head(root: lxml_html.HtmlElement) -> None:
    """Move into the body what libxml2 leaves in a head that was never closed.

    It knows the elements of HTML 4: an ``article`` or ``main`` after the title stays in the head.
    HTML, *The "in head" insertion mode*: anything else acts as the end of the head.
    """
    head = root.find("head")
    if head is None:
        return
    first = next((at for at, child in enumerate(head) if child.tag not in _IN_HEAD), None)
    if first is None:
        return
    moved = head[first:]
    body = root.find("body")
    if body is None:
        body = etree.SubElement(root, "body")
    body.text, moved[-1].tail = None, (moved[-1].tail or "") + (body.text or "")
    body[:0] = moved


def is_crowded(content: bytes, page: Decoded) -> NotHtml | None:
    """Whether a page has so many elements or attributes that reading it takes minutes or gigabytes.

    Args:
        content: the page's bytes.
        page: the page.
    """
    if page.encoding.startswith("utf-16"):  # which has no ASCII
        content = page.text.encode()
    if content.count(b"<") > MOST_ELEMENTS:
        past = next(islice(_START_TAG.finditer(content), MOST_ELEMENTS, None), None)
        if past is not None:
            return NotHtml(f"more than {MOST_ELEMENTS} elements", past.start())
    if max(map(len, content.split(b">"))) < _LONG:
        return None
    for tag in _LONG_TAG.finditer(content):
        bare = _QUOTED.sub(b"", tag.group())
        if max(bare.count(b"="), len(bare.split())) > MOST_ATTRIBUTES:
            return NotHtml(f"a tag of over {MOST_ATTRIBUTES} attributes")
    return None


def why_no_text(root: lxml_html.HtmlElement) -> str:
    """Why no text was found in a tree."""
    return f"nested deeper than {DEEPEST}" if is_too_deep(root) else "no article text found"


def is_too_deep(root: lxml_html.HtmlElement) -> bool:
    """Whether elements nest deeper than `DEEPEST`, where no text is found."""
    waiting = [(root, 1)]
    while waiting:
        element, depth = waiting.pop()
        if depth > DEEPEST:
            return True
        waiting += [(child, depth + 1) for child in element]
    return False


def _repaired(page: bytes) -> bytes:
    """UTF-8 without what XML cannot hold, written out or as references; `<html/>` opened.

    The end tags of body and html are left out. They end nothing in HTML (*The "after body"
    insertion mode*: what follows is processed as in the body, in the elements that are open), but
    libxml2 would close all and lose what follows.
    """
    page = page.translate(None, _CONTROLS)
    for character in _NONCHARACTERS:
        if character in page:
            page = page.replace(character, b"")
    page = _ENDS.sub(b"", _FORBIDDEN_REFERENCE.sub(b"\xef\xbf\xbd", page))
    head = page[:4096]
    opened = _CLOSED_ROOT.sub(rb"\1>", head, count=1)
    return page if opened == head else opened + page[4096:]


def _is_json(text: str) -> bool:
    if text.lstrip()[:1] not in ("{", "["):
        return False
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True
