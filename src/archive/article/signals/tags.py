"""The start tags that signals stand in, with the place of each attribute's value.

This is no parser: the page is parsed by lxml, once, for its text, and lxml keeps no byte positions.
Here the tokenization rules of the HTML Standard (13.2.5) are one regular expression that passes
over comments, scripts, quoted attributes and tags that say nothing, and stops at the few that may.
It looks at every byte once whatever the page is, and never fails.
"""

from __future__ import annotations

import re
from itertools import islice

from attrs import frozen

__all__ = ["Tag", "attributes", "scan"]

MOST = 4096
"""How many tags are kept, the first ones."""

MOST_ATTRIBUTES = 64
"""How many attributes of a tag are read, the first ones."""

_REST = rb"[^>=]*+(?:=\s*+(?:\"[^\"]*+\"|'[^']*+')?+[^>=]*+)*+(?:>|\Z)"
_RAW = (b"script", b"style", b"title", b"textarea", b"iframe", b"noframes", b"noembed", b"xmp")
_SAYING = (b"meta", b"link", b"time", b"h1", b"html", b"svg", *_RAW)
_NAMED = rb"(?:%s)(?=[\s/>])" % b"|".join(_SAYING)
_NEXT = re.compile(
    rb"(?:[^<]++|<!--(?:[^-]++|-(?!->))*+(?:-->|\Z)"
    rb"|<(?!%(named)s|!--)(?:/?[a-z]%(rest)s)?+)*+"
    rb"<([a-z][^\s/>]*+)(%(rest)s)" % {b"named": _NAMED, b"rest": _REST},
    re.IGNORECASE,
)
_RAW_TEXT = {
    name: re.compile(rb"[^<]*+(?:<(?!/%s)[^<]*+)*+" % name, re.IGNORECASE) for name in _RAW
}
_ATTRIBUTE = re.compile(
    rb"([^\s/>=\"'][^\s/>=]*+)"
    rb"(?:\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)'|([^\s>\"'][^\s>]*+)))?+"
)


@frozen
class Tag:
    """One start tag.

    Args:
        name: in lower case.
        start: where its ``<`` is in the view.
        attributes: where its attributes begin.
        end: behind its ``>``.
        until: where the raw text of a script, style or title ends, else `end`.
        index: how many tags of this name stand before it.
    """

    name: str
    start: int
    attributes: int
    end: int
    until: int
    index: int


def scan(view: bytes) -> tuple[Tag, ...]:
    """The saying tags of a page in order: ``html meta link time h1 title svg script`` and others.

    Args:
        view: the page, see `archive.article.signals.source`.
    """
    found: list[Tag] = []
    count: dict[bytes, int] = {}
    position = 0
    while len(found) < MOST and (match := _NEXT.match(view, position)):
        name = match[1].lower()
        position = match.end()
        raw = _RAW_TEXT.get(name)
        if raw is not None and (text := raw.match(view, position)):
            position = text.end()
        index = count.get(name, 0)
        count[name] = index + 1
        start, end = match.start(2), match.end()
        found.append(Tag(name.decode("latin-1"), match.start(1) - 1, start, end, position, index))
    return tuple(found)


def attributes(view: bytes, start: int, end: int) -> dict[bytes, tuple[int, int]]:
    """Where the values of a tag's attributes are, by name in lower case, the first of equal names.

    Args:
        view: the page.
        start: where the attributes begin.
        end: where the tag ends.
    """
    found: dict[bytes, tuple[int, int]] = {}
    for match in islice(_ATTRIBUTE.finditer(view, start, end), MOST_ATTRIBUTES):
        found.setdefault(match[1].lower(), match.span(match.lastindex or 1))
    return found
