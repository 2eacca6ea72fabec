"""Articles in elements that are called comments: opinion pages say *comment* of the article itself.

Trafilatura takes out whatever is called so. The article's own is an element around the headline,
and one behind it that begins before any other prose does, has paragraphs, and is neither called a
list of comments, nor one of several alike, nor made of parts that are called so too. The names of
these are taken away; what readers wrote below an article keeps its name and stays out.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from lxml import etree

from archive.article.keys import tight_key
from archive.article.reading.walk import Spot, Stretch, Walk

if TYPE_CHECKING:
    from lxml.html import HtmlElement

__all__ = ["PARTS", "PROSE", "clear_names"]

PROSE = 60
"""A block of so many signs, less than half of them in links, is prose."""

PARTS = 2
"""An element with so many parts that are called comments is a list of them."""

_NAMED = etree.XPath(
    "descendant::*[contains(translate(concat(@class, ' ', @id), 'COMENT', 'coment'), 'comment')]"
)
_LIST = re.compile(
    r"comments|comment[-_]?(?:list|section|thread|area|form|count|box|feed|wrap|container)|disqus",
    re.IGNORECASE,
)


def clear_names(root: HtmlElement, blocks: Walk, titles: Sequence[str]) -> None:
    """Take the names of elements away that are called comments and hold the article.

    Args:
        root: the page's tree, changed in place.
        blocks: the page cut into blocks.
        titles: what the page gives as its headline.
    """
    found: Any = _NAMED(root)
    named = {element: _name(element) for element in found if element.tag not in ("html", "body")}
    if not named:
        return
    for element in _own(blocks.runs, named, {tight_key(title) for title in titles}):
        for attribute in ("class", "id"):
            element.attrib.pop(attribute, None)


def _name(element: Any) -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''}"


def _own(runs: list[Stretch], named: dict[Any, str], titles: set[str]) -> set[Any]:
    """Which of some elements hold the article."""
    begin = _headline(runs, titles)
    around = _around(runs[begin].place, named) if begin >= 0 else []
    ours = {element for element in around if not _LIST.search(named[element])}
    first, prose = _outermost(runs[begin + 1 :], named, ours)
    alike = Counter((element.tag, named[element]) for element in first)
    for element in first:
        inner = [e for e in element.iterdescendants() if e in named]
        if (
            prose[element] >= 2
            and alike[element.tag, named[element]] == 1
            and not _LIST.search(named[element])
            and len(inner) < PARTS
            and not any(_LIST.search(named[e]) for e in inner)
        ):
            ours |= {element, *inner}
    return ours


def _headline(runs: list[Stretch], titles: set[str]) -> int:
    """The block of the headline: an h1 that is a title; -1 for none."""
    heads = (at for at, run in enumerate(runs) if run.place.h1 is not None and run.key in titles)
    any_h1 = (at for at, run in enumerate(runs) if run.place.h1 is not None)
    return next(heads, next(any_h1, -1))


def _outermost(
    runs: Sequence[Stretch], named: dict[Any, str], ours: set[Any]
) -> tuple[list[Any], Counter[Any]]:
    """The outermost elements that begin before other prose, and how many blocks of prose each has.

    Elements of the same names further down count among them: they are alike.
    """
    first: dict[Any, None] = {}
    prose: Counter[Any] = Counter()
    names: set[tuple[str, str]] = set()
    told = False
    for run in runs:
        around = [e for e in _around(run.place, named) if e not in ours]
        long = len(run.key) >= PROSE and 2 * run.linked < len(run.key)
        if not around:
            told |= long and not run.place.told
            continue
        element = around[-1]
        if not told or (element.tag, named[element]) in names:
            first[element] = None
            names.add((element.tag, named[element]))
        prose[element] += long
    return list(first), prose


def _around(place: Spot | None, named: dict[Any, str]) -> list[Any]:
    """The named elements around a place, the innermost first."""
    found = []
    while place is not None:
        if place.element in named:
            found.append(place.element)
        place = place.around
    return found
