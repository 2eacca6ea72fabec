"""The real pages, each read once a process."""

from __future__ import annotations

import copy
import random
import re
import zlib
from collections.abc import Sequence
from functools import cache, cached_property, lru_cache
from typing import Any

from attrs import define
from benchmarks import pages
from benchmarks.judging.interface import Page, read, tight
from benchmarks.judging.scoring import Case, half_of
from lxml import html as lxml_html

from archive.article import decode

__all__ = ["Real", "cases", "holders", "known", "load", "seed", "serialise"]

_HOLDERS = (
    *("p", "div", "li", "span", "h2", "h3", "h4", "blockquote", "td", "section", "font", "strong"),
    *("b", "em", "i", "dd", "center", "figcaption"),
)
_HIDING = ("template", "noscript", "textarea", "select", "script", "style", "iframe")
_HIDDEN = re.compile(r"(?i)\b(?:display\s*:\s*none|visibility\s*:\s*hidden)")
_SAMPLE = 12  # every so manieth page in a quick run


@cache
def known() -> dict[str, tuple[bytes, tuple[str, ...]]]:
    """The bytes and the true paragraphs of every page, by name."""
    found = {name: (content, tuple(truth.split("\n"))) for name, content, truth in pages.news()}
    for name, content, truth in pages.attribution():
        found[name] = content, tuple(pages.body(truth).split("\n"))
    return found


def cases(quick: bool) -> Sequence[Case]:
    """A case a page; none where the shared data is not there."""
    try:
        names = list(known())
    except FileNotFoundError:
        return []
    return [Case(name, half_of(name), key=name) for name in names[:: _SAMPLE if quick else 1]]


def seed(name: str, turn: object) -> random.Random:
    """Randomness that is the same in every run."""
    return random.Random(zlib.crc32(f"verdicts {name} {turn}".encode()))


@define(slots=False, eq=False)
class Real:
    """A real page, its bytes, its true paragraphs and its tree."""

    name: str
    bytes: bytes
    truth: tuple[str, ...]
    root: Any

    @cached_property
    def content(self) -> bytes:
        """Its bytes as they come out of the tree unchanged."""
        return serialise(self.root)

    @cached_property
    def page(self) -> Page:
        """As the program reads it."""
        return read(self.content)

    @property
    def language(self) -> str:
        """The code of its language."""
        return self.page.side.code() or "en"

    def copied(self) -> Any:
        """A copy of its tree."""
        return copy.deepcopy(self.root)

    def lines(self, root: Any) -> list[Any]:
        """The innermost elements of a copy that hold one true paragraph whole, in order."""
        return list(holders(root, self.truth).values())


def holders(root: Any, paragraphs: Sequence[str]) -> dict[str, Any]:
    """For every paragraph that one element holds whole, the innermost such element.

    Elements that HTML or their own style hides are passed over; of several, the first is taken.
    """
    wanted = {tight(one): one for one in paragraphs if len(one) > 40}
    found: dict[str, Any] = {}
    for element in root.iter(*_HOLDERS):
        text = element.text_content()
        if not 40 < len(text) < 20_000:
            continue
        key = tight(text)
        if key not in wanted:
            continue
        paragraph = wanted[key]
        before = found.get(paragraph)
        if before in element.iterancestors() or (before is None and not _is_hidden(element)):
            found[paragraph] = element
    return found


def _is_hidden(element: Any) -> bool:
    return any(
        up.tag in _HIDING
        or up.get("hidden") is not None
        or (up.tag == "dialog" and up.get("open") is None)
        or _HIDDEN.search(up.get("style") or "")
        for up in (element, *element.iterancestors())
    )


def serialise(root: Any) -> bytes:
    """A tree as bytes."""
    text: str = lxml_html.tostring(root, encoding="unicode")
    return text.encode("utf-8", "replace")


@lru_cache(maxsize=4)
def load(name: str) -> Real:
    """A page by its name."""
    content, truth = known()[name]
    parser = lxml_html.HTMLParser(encoding="utf-8", huge_tree=True)
    text = decode(content, pages.STORED).text
    return Real(name, content, truth, lxml_html.document_fromstring(text.encode(), parser))
