"""Tables that only lay a page out, and lists in the cells of those that hold data.

Old pages put the whole of a page in a table, its article in a cell. For trafilatura a table is
data: the article became a row, or was lost. While it reads, a table of layout is made of ``div``.
It is one where

- it says so itself (``role=presentation``);
- a cell has the headline, a table, or two paragraphs or more: data has no prose of its own;
- it is one cell, or every row of it is and two or more of them are prose.

A table with a heading of its own, in ``th`` or ``caption``, is data whatever it holds. Of such and
all others the cells keep lists, which trafilatura would drop, as plain words.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lxml.html import HtmlElement

__all__ = ["MOST", "PROSE", "laid_flat"]

PROSE = 60
"""A line of so many characters in a cell is prose."""

MOST = 2_000
"""So many tables of a page are looked at, and so many cells of one."""

_PARTS = ("table", "thead", "tbody", "tfoot", "tr", "td")
_HEADINGS = ("th", "caption", "thead")
_LISTS = ("ul", "ol", "li", "dl", "dt", "dd")
_BREAKS = frozenset({"p", "div", "br", "li", "blockquote", "h2", "h3", "h4"})


@contextmanager
def laid_flat(root: HtmlElement) -> Iterator[None]:
    """A tree in which tables of layout are made of ``div``, and lists in cells are words.

    Args:
        root: the page's tree; it has its own names again afterwards.
    """
    tables = list(islice(root.iter("table"), MOST))
    layout = _find_layout(tables)
    parts = [part for table in tables for part in _parts(table, is_layout=table in layout)]
    names = [(part, part.tag) for part in parts]
    try:
        for part, tag in names:
            part.tag = "div" if tag in _PARTS else "span"
            if tag not in _PARTS:
                part.tail = f" {part.tail or ''}"
        yield
    finally:
        for part, tag in names:
            part.tag = tag


def _find_layout(tables: list[Any]) -> set[Any]:
    """Those that lay out; inner ones are looked at first, for whatever is around one does too."""
    found: set[Any] = set()
    for table in reversed(tables):
        if table in found or _lays_out(table):
            found.update(around for around in table.iterancestors("table"))
            found.add(table)
    return found


def _lays_out(table: Any) -> bool:
    if table.get("role") in ("presentation", "none"):
        return True
    own = [e for e in table.iter("tr", "td", *_HEADINGS) if _nearest(e) is table]
    if any(element.tag in _HEADINGS for element in own):
        return False
    cells = [element for element in own if element.tag == "td"][:MOST]
    lines = [list(islice(_prose(cell), 2)) for cell in cells]
    if any(
        len(found) > 1 or cell.find(".//h1") is not None
        for found, cell in zip(lines, cells, strict=True)
    ):
        return True
    rows = sum(element.tag == "tr" for element in own)
    return len(cells) == 1 or (rows == len(cells) and sum(map(len, lines)) > 1)


def _nearest(element: Any) -> Any:
    return next(element.iterancestors("table"), None)


def _prose(cell: Any) -> Iterator[int]:
    """The lengths of the lines of prose in a cell, what stands in links aside."""
    size = 0
    for event, element in _events(cell):
        if element.tag in _BREAKS or element.tag == "table":
            if size >= PROSE:
                yield size
            size = 0
        words = element.text if event == "start" else element.tail
        linked = element.tag == "a" and event == "start"
        if words and not linked and not (event == "end" and element is cell):
            size += len(words.strip())
    if size >= PROSE:
        yield size


def _events(cell: Any) -> Iterator[tuple[str, Any]]:
    """The elements of a cell where they begin and end, but comments; without recursion."""
    waiting: list[tuple[str, Any]] = [("start", cell)]
    while waiting:
        event, element = waiting.pop()
        if not isinstance(element.tag, str):
            continue
        yield event, element
        if event == "start":
            waiting.append(("end", element))
            waiting += [("start", child) for child in reversed(element)]


def _parts(table: Any, *, is_layout: bool) -> list[Any]:
    """What has to have another name: a table of layout itself, or the lists in other cells."""
    if not is_layout:
        return list(table.iter(*_LISTS))
    inner = [element for element in table.iter(*_PARTS[1:]) if _nearest(element) is table]
    return [table, *inner]
