"""Paragraphs that an extraction dropped from among those that it kept, put back in their places.

Trafilatura drops a paragraph for its links, its class or its container. A block that it dropped is
the article's where it stands among what it kept and is built as that is:

- it stands between the first and the last kept block, headlines apart, and its path, the names of
  the elements around it from the root on, is that of two kept paragraphs or more;
- it is a heading between two kept blocks in one element with it;
- it is an item of a list, or text of a ``div``, that stands among kept blocks in one element with
  them: a list between two paragraphs is the article's, also where its items are only links, unless
  these are other stories;
- it is one of two or more paragraphs of such a path, whole sentences, in an element of their own
  before or behind all that was kept: some pages deliver an article in pieces.

Nothing is put back that is mostly links, that stands twice on the page, that belongs to a list of
other stories, or that tells by its elements that it stands beside (`archive.article.reading`).
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any

from archive.article.keys import tight_key
from archive.article.reading.regions import Regions, lay_out
from archive.article.reading.stories import find_stories
from archive.article.reading.walk import Spot, Stretch, Walk

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lxml.html import HtmlElement

__all__ = ["fill"]

PARAGRAPH = 40
"""A kept block of more signs is a paragraph, whose path counts."""

ALIKE = 2
"""So many paragraphs of one path show how the page builds them."""

SHORT = 25
"""A block of fewer signs is not put back: labels and buttons are short."""

PIECE = 60
"""Nor, outside the kept blocks, one of fewer signs."""

_HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6"})
_LISTS = frozenset({"ul", "ol"})
_CARRIERS = _LISTS | {"li", "div", "p"}
"""Elements between a block and the one that holds the paragraphs around it."""

_PICTURES = ("img", "picture", "figure", "video", "iframe", "audio", "svg")

_SENTENCE = re.compile(r"[.!?…:»”’\"')\]。！？」』؟।]\Z")
"""How a sentence ends, or one in quotation marks or brackets."""


def fill(
    lines: list[str],
    root: HtmlElement,
    found: Walk,
    titles: Sequence[str],
    gone: frozenset[int] = frozenset(),
) -> list[str]:
    """The lines of a text with what was left out between them.

    Args:
        lines: the paragraphs that were extracted.
        root: the tree of the page that they were extracted from.
        found: its blocks.
        titles: what the page gives as its headline.
        gone: the numbers of blocks that were taken out of the tree.
    """
    layout = lay_out(root, found, "\n".join(lines), titles)
    if all(layout.said) or not any(layout.said):
        return lines
    left = _Left(found.runs, layout, gone, {tight_key(title) for title in titles})
    missing = sorted(left.between() | left.headings() | left.among() | left.pieces())
    return _merge(lines, found.runs, layout.said, missing) if missing else lines


class _Left:
    """The blocks that a text lacks."""

    def __init__(
        self, runs: list[Stretch], layout: Regions, gone: frozenset[int], titles: set[str]
    ) -> None:
        self._runs = runs
        self._gone = gone
        self._said = layout.said
        said = [at for at, said in enumerate(layout.said) if said]
        kept = [at for at in said if runs[at].key not in titles] or said
        self._first, self._last = kept[0], kept[-1]
        long = [at for at in kept if len(runs[at].key) > PARAGRAPH]
        paths = Counter(runs[at].place.block.names for at in long)
        self._built = {path for path, count in paths.items() if count >= ALIKE}
        self._linked = self._find_candidates(layout)
        self._candidates = [at for at in self._linked if 2 * runs[at].linked <= len(runs[at].key)]
        self._unlinked = frozenset(self._candidates)

    def _find_candidates(self, layout: Regions) -> list[int]:
        stories = find_stories(self._runs)
        times = Counter(run.key for run in self._runs)
        return [
            at
            for at, run in enumerate(self._runs)
            if not layout.said[at]
            and layout.regions[at] == "article"
            and at not in stories
            and at not in self._gone
            and times[run.key] == 1
        ]

    def between(self) -> set[int]:
        """Those among the kept blocks that are built as these are."""
        return {
            at
            for at in self._candidates
            if self._first < at < self._last
            and len(self._runs[at].key) >= SHORT
            and self._runs[at].place.block.names in self._built
        }

    def headings(self) -> set[int]:
        """Headings whose kept neighbours, before and behind, stand in one element with them."""
        found = set()
        for at in self._candidates:
            element = self._runs[at].place.block.element
            if element.tag in _HEADINGS and self._first < at < self._last:
                around = {self._parent(self._kept(at, step)) for step in (-1, 1)}
                if around == {element.getparent()}:
                    found.add(at)
        return found

    def among(self) -> set[int]:
        """Items of lists and text of divs in the element that holds the kept blocks around them."""
        found: dict[Any, list[int]] = {}
        for at in self._linked:
            if not self._first < at < self._last:
                continue
            homes = {self._home(self._kept(at, step)) for step in (-1, 1)}
            carrier = _carrier(self._runs[at], homes.pop()) if len(homes) == 1 else None
            if carrier is not None and (carrier.tag in _LISTS or self._is_told(at, carrier)):
                found.setdefault(carrier, []).append(at)
        return {
            at
            for items in found.values()
            for at in items
            if at in self._unlinked or len(items) >= ALIKE
        }

    def _home(self, at: int) -> Any:
        """What a kept block, or the list that it is in, stands in."""
        lists = (place for place in _places(self._runs[at]) if place.element.tag in _LISTS)
        outer = next(lists, self._runs[at].place.block)
        return outer.element.getparent()

    def _is_told(self, at: int, carrier: Any) -> bool:
        """Whether the text of a div is whole sentences, and none that a picture in it may have."""
        return self._is_prose(at) and next(carrier.iter(*_PICTURES), None) is None

    def _is_prose(self, at: int) -> bool:
        """Whether a block is a whole sentence and not mostly links."""
        run = self._runs[at]
        whole = len(run.key) >= PIECE and _SENTENCE.search(run.text) is not None
        return whole and at in self._unlinked

    def pieces(self) -> set[int]:
        """Those outside the kept blocks that come in twos or more, in elements of their own."""
        outside = [
            at
            for at in self._candidates
            if not self._first < at < self._last
            and len(self._runs[at].key) >= PIECE
            and _SENTENCE.search(self._runs[at].text)
            and self._runs[at].place.block.names in self._built
        ]
        parents = Counter(self._parent(at) for at in outside)
        return {at for at in outside if parents[self._parent(at)] >= ALIKE}

    def _kept(self, at: int, step: int) -> int:
        at += step
        while not self._said[at]:
            at += step
        return at

    def _parent(self, at: int) -> Any:
        return self._runs[at].place.block.element.getparent()


def _places(run: Stretch) -> Iterator[Spot]:
    """The element of a block, and those around it that only carry text."""
    place: Spot | None = run.place.block
    while place is not None and place.element.tag in _CARRIERS:
        yield place
        place = place.around


def _carrier(run: Stretch, home: Any) -> Any:
    """What stands in an element and has a block in it; None where more than carriers are between.

    A paragraph that stands there itself is carried by nothing.
    """
    for place in _places(run):
        if place.element.getparent() is home:
            return None if place.element.tag == "p" else place.element
    return None


def _merge(
    lines: list[str], runs: list[Stretch], said: list[bool], missing: list[int]
) -> list[str]:
    """The lines with these blocks, each behind the line of the last kept block before it."""
    keys = [tight_key(line).removeprefix("-") for line in lines]
    places = {key: at for at, key in reversed(list(enumerate(keys)))}
    added: dict[int, list[str]] = {}
    line, done = -1, 0
    for at in missing:
        for kept in range(done, at):
            if said[kept]:
                line = max(line, _line(runs[kept].key, keys, places, line))
        done = at
        added.setdefault(line, []).append(_written(runs[at]))
    merged = added.get(-1, [])
    for at, written in enumerate(lines):
        merged += [written, *added.get(at, ())]
    return merged


def _line(key: str, keys: list[str], places: dict[str, int], after: int) -> int:
    """The number of the line that holds a block; the last one where none is found."""
    if key in places:
        return places[key]
    return next((at for at in range(max(after, 0), len(keys)) if key in keys[at]), after)


def _written(run: Stretch) -> str:
    return f"- {run.text}" if run.place.block.element.tag == "li" else run.text
