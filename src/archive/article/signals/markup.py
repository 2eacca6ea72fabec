"""Elements found by a word in their tags, with where they end."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from attrs import frozen

from archive.article.signals.page import Page, xpath
from archive.article.signals.tags import attributes

__all__ = ["Element", "elements"]

LONGEST = 4096
"""How many bytes after a tag the end of its element is looked for."""

LONGEST_ITEM = 262_144
"""The same for an item of microdata."""

MOST_BYTES = 2_000_000
"""How many bytes are gone over for all ends of one page."""

LONGEST_TAG = 2048
"""A word further than this behind a ``<`` is not in its tag."""

_TAG = re.compile(
    rb"<([a-z][^\s/>]*+)([^>=]*+(?>(?:=\s*+(?>(?:\"[^\"]*+\"|'[^']*+')?)[^>=]*+)*)>)", re.IGNORECASE
)
_VOID = frozenset({"meta", "link", "img", "input", "br", "hr", "source", "area", "base"})
_ENDS: dict[str, re.Pattern[bytes]] = {}


@frozen
class Element:
    """One element.

    Args:
        name: the tag's, lower case.
        tag_start: where its ``<`` is in the view.
        attributes: where its attributes' values are.
        inner: from behind the start tag to the end tag.
        path: an XPath to it.
        text: whether there is anything inside.
    """

    name: str
    tag_start: int
    attributes: dict[bytes, tuple[int, int]]
    inner: tuple[int, int]
    path: str

    @property
    def end(self) -> int:
        """Where its content ends."""
        return self.inner[1]

    @property
    def text(self) -> bool:
        """Whether it has content."""
        return self.inner[1] > self.inner[0]


def elements(
    page: Page,
    *words: bytes,
    most: int,
    within: tuple[int, int] | None = None,
    wanted: Callable[[dict[bytes, tuple[int, int]]], bool] | None = None,
) -> Iterator[Element]:
    """The elements whose start tag holds one of some words, in the order of the page.

    Args:
        page: the page.
        words: looked for as they are written, case and all.
        most: how many tags at most.
        within: between which places of the view they begin, or None for all of it.
        wanted: whether an element with such attributes is; None for all.
    """
    view = page.source.view
    found: dict[int, re.Match[bytes]] = {}
    for word in words:
        hits = 0
        for start, end in _parts(page, within):
            position = view.find(word, start, end)
            while position >= 0 and hits < 4 * most:
                hits += 1
                opening = view.rfind(b"<", max(start, position - LONGEST_TAG), position)
                tag = _TAG.match(view, opening, end) if opening >= 0 else None
                if tag and tag.start(2) <= position < tag.end():
                    found[opening] = tag
                    position = tag.end()
                else:
                    position += len(word)
                position = view.find(word, position, end)
    budget = MOST_BYTES
    for opening in sorted(found)[:most]:
        tag = found[opening]
        name = tag[1].decode("latin-1").lower()
        spans = attributes(view, tag.start(2), tag.end())
        if wanted and not wanted(spans):
            continue
        longest = min(budget, LONGEST_ITEM if b"itemscope" in spans else LONGEST)
        limit = min(len(view), tag.end() + longest)
        close = tag.end() if name in _VOID else _close(view, name, tag.end(), limit)
        budget -= close - tag.end()
        yield Element(name, opening, spans, (tag.end(), close), _path(page, name, spans))


def _parts(page: Page, within: tuple[int, int] | None) -> list[tuple[int, int]]:
    """The markup between two places."""
    first, last = within or (0, len(page.source.view))
    return [(max(a, first), min(b, last)) for a, b in page.markup if a < last and b > first]


def _close(view: bytes, name: str, start: int, limit: int) -> int:
    """Where the end tag of an element is, counting elements of its name inside; else the limit."""
    pattern = _ENDS.get(name)
    if pattern is None:
        pattern = re.compile(rb"<(/?)%s(?=[\s/>])" % re.escape(name.encode("latin-1")), re.I)
        if len(_ENDS) < 64:
            _ENDS[name] = pattern
    depth = 1
    for match in pattern.finditer(view, start, limit):
        depth += -1 if match[1] else 1
        if depth == 0:
            return match.start()
    return limit


def _path(page: Page, name: str, spans: dict[bytes, tuple[int, int]]) -> str:
    for attribute in (b"itemprop", b"class", b"rel", b"id"):
        value = page.source.text(*spans[attribute]) if attribute in spans else ""
        if value and "&" not in value and len(value) < 200:
            return xpath(name, 0, attribute.decode(), value)
    return f"//{name}"
