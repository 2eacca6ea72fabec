"""The start tags that signals stand in, with the place of each attribute's value.

This is no parser: the page is parsed by lxml, once, for its text, and lxml keeps no byte positions.
Here the tokenization rules of the HTML Standard (13.2.5) are one regular expression that passes
over comments, scripts, quoted attributes and tags that say nothing, and stops at the few that may.
It looks at every byte once whatever the page is, and never fails.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import NamedTuple

__all__ = ["Tag", "attributes", "scan"]

MOST = 4096
"""How many tags are kept, the first ones."""

MOST_ATTRIBUTES = 64
"""How many attributes of a tag are read, the first ones."""

_RAW = (b"script", b"style", b"title", b"textarea", b"iframe", b"noframes", b"noembed", b"xmp")
_SAYING = (b"meta", b"link", b"time", b"h1", b"html", b"svg", b"template", *_RAW)


def _any_case(word: bytes) -> bytes:
    """A pattern for a word in any case; faster than `re.IGNORECASE`, which tries every word."""
    letters = (bytes([byte]) for byte in word)
    return b"".join(b"[%b%b]" % (c, c.upper()) if c.isalpha() else c for c in letters)


def _one_of(words: tuple[bytes, ...]) -> bytes:
    """A pattern for any of some words, which looks at their first letter once."""
    firsts = sorted({word[:1] for word in words})
    rests = (b"|".join(_any_case(w[1:]) for w in words if w[:1] == first) for first in firsts)
    return b"|".join(_any_case(f) + b"(?:%b)" % rest for f, rest in zip(firsts, rests, strict=True))


_NEXT = re.compile(
    rb"(?>(?:[^<]++|<(?:(?:/|(?!(?:%(saying)b)[\s/>]))[A-Za-z]%(rest)b"
    rb"|!--(?>(?:[^-]++|-(?!->))*)(?:-->|\Z)|!(?!--)|/(?![A-Za-z])|(?![A-Za-z!/])))*)"
    rb"<([A-Za-z][^\s/>]*+)(%(rest)b)"
    % {
        b"saying": _one_of(_SAYING),
        b"rest": rb"[^>=]*+(?>(?:=\s*+(?>(?:\"[^\"]*+\"|'[^']*+')?)[^>=]*+)*)(?:>|\Z)",
    }
)
_RAW_TEXT = {
    name: re.compile(rb"[^<]*+(?>(?:<(?!/%b)[^<]*+)*)" % name, re.IGNORECASE) for name in _RAW
}
_MOST_ENDS = 64
_ATTRIBUTE = re.compile(
    rb"([^\s/>=\"'][^\s/>=]*+)"
    rb"(?>(?:\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)'|([^\s>\"'][^\s>]*+)))?)"
)


class Tag(NamedTuple):
    """One start tag.

    Args:
        name: in lower case.
        start: where its ``<`` is in the view.
        attributes: where its attributes begin.
        end: behind its ``>``.
        until: where the raw text of a script, style or title ends, else `end`.
        nth: how many tags of this name stand before it.
    """

    name: str
    start: int
    attributes: int
    end: int
    until: int
    nth: int


def scan(view: bytes) -> tuple[Tag, ...]:
    """The saying tags of a page in order: ``html meta link time h1 template script`` and others.

    Args:
        view: the page, see `archive.article.signals.source`.
    """
    found: list[Tag] = []
    count: dict[bytes, int] = {}
    position = 0
    while len(found) < MOST and (match := _NEXT.match(view, position)):
        name = match[1].lower()
        position = match.end()
        if name in _RAW_TEXT:
            position = _raw_end(view, name, position)
        index = count.get(name, 0)
        count[name] = index + 1
        start, end = match.start(2), match.end()
        found.append(Tag(name.decode("latin-1"), match.start(1) - 1, start, end, position, index))
    return tuple(found)


def _raw_end(view: bytes, name: bytes, position: int) -> int:
    """Where raw text ends: at an end tag of its element, or at the end of the page."""
    at = view.find(b"</", position)
    for _ in range(_MOST_ENDS):
        if at < 0:
            return len(view)
        if view[at + 2 : at + 2 + len(name)].lower() == name:
            return at
        at = view.find(b"</", at + 2)
    text = _RAW_TEXT[name].match(view, position)
    return text.end() if text else position


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
