"""From a tree to blocks: which words stand together, whatever classes their elements have.

A block ends where an element begins or ends that is not inline; nothing else cuts. The elements are
gone through once, in order; those around some text are looked at, once each.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from attrs import define

from archive.article.keys import tight_key
from archive.article.styles import INLINE, named

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

__all__ = ["MOST_BLOCKS", "Spot", "Stretch", "Walk", "is_in", "walk"]

MOST_BLOCKS = 20_000
"""Blocks past so many are not read."""

LONGEST = 5_000_000
"""Nor are characters past so many."""

DEEPEST = 2_000
"""The parser gives up where elements nest about so deep, and the rest of the page is lost."""


_FLOWS = INLINE | named(
    "img picture svg script style noscript template input link meta iframe area map source embed"
)
"""An element of these does not end the block that it stands in."""

_UNSEEN = named(
    "script style template noscript head title iframe select option optgroup textarea datalist"
    " audio video canvas rp noframes noembed desc metadata defs object-param"
)
_TELLING = {
    "nav": "navigation",
    "footer": "footer",
    "aside": "aside",
    "form": "control",
    "button": "control",
    "label": "control",
    "svg": "control",
    "header": "header",
}
_SILENT = named("p li td tr tbody table body html main h2 h3 h4 h5 h6 br dl dt dd figure")
"""These tell nothing, whatever they are called."""

_ROLES = {
    "navigation": "menu",
    "banner": "header",
    "complementary": "aside",
    "contentinfo": "footer",
    "search": "header",
    "menu": "menu",
    "dialog": "aside",
    "alertdialog": "aside",
}
_NAMED = re.compile(
    r"(?:\A|[\s_-])(?:(?P<comments>comments?|kommentare?|commentaires?|comentarios?|disqus|replies)"
    r"|(?P<teaser>related|recommend(?:ed|ations?)?|recirc|carousel|teasers?|promo|"
    r"more-(?:on|from|stories)|read-?more|most-?(?:read|viewed|popular)|outbrain|taboola"
    r"|newsletter))(?:\Z|[\s_-])",
    re.IGNORECASE,
)
_RAW = frozenset({"script", "style"})
"""The text of these is none."""


class Spot:
    """An element around some text; an inline one has that of what is around it.

    Args:
        element: it.
        around: the place of its parent; None at the root.
    """

    __slots__ = ("around", "block", "depth", "element", "h1", "link", "told", "unseen")

    def __init__(self, element: Any, tag: Any, around: Spot | None) -> None:
        self.element = element
        self.around = around
        self.block: Spot = self
        if around is None:
            self.depth = 0
            self.told: tuple[tuple[Spot, str], ...] = ()
            self.link: Any = None
            self.h1: Any = None
            self.unseen = False
            return
        self.depth = around.depth + 1
        self.told = around.told
        self.link = around.link
        self.h1 = around.h1
        self.unseen = around.unseen or tag in _UNSEEN
        if tag == "a":
            self.block = around.block
            self.link = element
        elif tag == "h1":
            self.h1 = element
        elif tag not in _SILENT and (kind := _tell(element, tag, around)):
            self.told = (*around.told, (self, kind))

    @property
    def names(self) -> tuple[str, ...]:
        """The names of it and of the elements around it, from the innermost."""
        found: list[str] = []
        place: Spot | None = self
        while place is not None:
            found.append(str(place.element.tag))
            place = place.around
        return tuple(found)


def _tell(element: Any, tag: str, around: Spot) -> str | None:
    """The region that an element says its content is in, or None."""
    kind = _TELLING.get(tag)
    if kind == "header":
        if element.get("role") == "banner":
            return "navigation"
        return None if _is_within(around, ("article", "main")) else kind
    if kind:
        return kind
    name, other, role = element.get("class"), element.get("id"), element.get("role")
    if role and role in _ROLES:
        return _ROLES[role]
    if name or other:
        found = _NAMED.search(f"{name} {other}")
        return found.lastgroup if found else None
    return None


def is_in(place: Spot | None, box: Spot) -> bool:
    """Whether a place is an element's, or stands in it."""
    while place is not None and place.depth >= box.depth:
        if place is box:
            return True
        place = place.around
    return False


def _is_within(place: Spot | None, tags: tuple[str, ...]) -> bool:
    while place is not None:
        if place.element.tag in tags:
            return True
        place = place.around
    return False


@define(eq=False)
class Stretch:
    """A block being read.

    Args:
        place: the innermost element around its first words.
        words: its words as they stand.
        linked: how many signs of them, white space aside, stand in links.
        links: its link elements, each with its words.
    """

    place: Spot
    words: list[str]
    linked: int = 0
    links: dict[Any, list[str]] | None = None
    text: str = ""
    key: str = ""


@define(eq=False)
class Walk:
    """A page cut into blocks.

    Args:
        runs: the blocks in order.
        places: for each element around some text, its place.
        complete: whether all of the page was read.
    """

    runs: list[Stretch]
    places: dict[Any, Spot]
    complete: bool = True

    def near(self, element: Any) -> Spot | None:
        """The place of an element, or of the nearest around it that has text."""
        while element is not None and element not in self.places:
            element = element.getparent()
        return self.places.get(element)


def walk(root: HtmlElement) -> Walk:
    """Cut a page into blocks.

    Args:
        root: its tree, as its reader sees it (`archive.article.shown`); it is not changed.
    """
    open_ones: list[Any] = []
    reader = _Reader(root)
    runs = reader.runs
    for words, flows in _pieces(root, open_ones):
        if not words.isspace():
            reader.read(words, open_ones, flows=flows)
            if not reader.complete:
                break
        elif runs:
            runs[-1].words.append(" ")
    return Walk(_finished(runs), reader.places, reader.complete and not _breaks_off(root))


def _pieces(root: HtmlElement, open_ones: list[Any]) -> Iterator[tuple[str, bool]]:
    """Each piece of text, and whether what ended right before it is of the same block.

    Args:
        root: the page's tree.
        open_ones: kept as the elements around the piece, from the outermost.
    """
    for element in root.iter():
        around = element.getparent()
        while open_ones and open_ones[-1] is not around:
            ended = open_ones.pop()
            if ended.tail:
                yield ended.tail, ended.tag in _FLOWS
        open_ones.append(element)
        if element.text and element.tag not in _RAW:
            yield element.text, True
    while len(open_ones) > 1:
        ended = open_ones.pop()
        if ended.tail:
            yield ended.tail, ended.tag in _FLOWS


class _Reader:
    """Puts words into blocks, in the order of the page."""

    def __init__(self, root: HtmlElement) -> None:
        self.places: dict[Any, Spot] = {root: Spot(root, root.tag, None)}
        self.runs: list[Stretch] = []
        self.complete = True
        self._size = 0

    def read(self, words: str, open_ones: list[Any], *, flows: bool) -> None:
        """Read a piece of text.

        Args:
            words: the piece.
            open_ones: the elements around it, from the outermost.
            flows: whether what ended right before it, if anything did, is of the same block.
        """
        runs = self.runs
        place = self.places.get(open_ones[-1]) or _reach(open_ones, self.places)
        if place.unseen:
            return
        if not runs or place.block is not runs[-1].place.block or not flows:
            self._size += len(words)
            if len(runs) >= MOST_BLOCKS or self._size > LONGEST:
                self.complete = False
                return
            runs.append(Stretch(place, []))
        runs[-1].words.append(words)
        if place.link is not None:
            _add_link(runs[-1], place.link, words)


def _finished(runs: list[Stretch]) -> list[Stretch]:
    """The blocks that have words, each with its text."""
    for run in runs:
        run.text = " ".join("".join(run.words).split())
        run.key = tight_key(run.text)
    return [run for run in runs if run.key]


def _breaks_off(root: HtmlElement) -> bool:
    """Whether the last of a page's elements stands so deep that the parser stopped there."""
    depth = 0
    element: Any = root
    while len(element) and depth < DEEPEST:
        depth, element = depth + 1, element[-1]
    return depth == DEEPEST


def _add_link(run: Stretch, link: Any, words: str) -> None:
    run.linked += len(words) - words.count(" ")
    if run.links is None:
        run.links = {}
    run.links.setdefault(link, []).append(words)


def _reach(open_ones: list[Any], places: dict[Any, Spot]) -> Spot:
    """The place of an element that was not met before, and those of what is around it."""
    at = len(open_ones) - 1
    while open_ones[at] not in places:
        at -= 1
    place = places[open_ones[at]]
    for inner in open_ones[at + 1 :]:
        tag = inner.tag
        if tag not in INLINE or (tag == "a" and inner.get("href")):
            place = Spot(inner, tag, place)
        places[inner] = place
    return place
