"""From a value of JSON to paragraphs: strings, lists of blocks, trees of rich text.

What holds the text of a block is told by the names of its members, and what a block is by its type,
as editors and publishing systems write them: ``{"type": "p", "text": …}``, ``{"nodeType":
"paragraph", "content": [{"nodeType": "text", "value": …}]}``, ``{"_type": "block", "children": [{
"text": …}]}``, ``{"rendered": "<p>…"}``. Of several members that hold text, which are mostly the
same words in two forms, the longest is taken. Nothing is taken of blocks that are no prose, nor of
objects that are stories of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from archive.article.bodies.markup import read_markup
from archive.article.bodies.naming import Names
from archive.article.claims import folded

__all__ = ["DEEPEST", "LONGEST", "MOST", "find_bodies", "read_lines"]

DEEPEST = 24
"""How deep values are looked into: a block in a list in a section in a body, twice over."""

MOST = 20_000
"""How many values are looked at in one body."""

LONGEST = 1_000_000
"""How many characters of a body are read."""

_NAME = re.compile(r"[\W_]+")
_BODY = re.compile(
    r"(?:article|story|main|full|post|news|page|rich|formatted|parsed)?"
    r"(?:body|content|text|html|paragraphs?|blocks|elements|components|sections|chunks|document)"
    r"(?:html|text|elements|blocks|raw|rendered|parsed|model|json|parts|paragraphs|data|value)?\Z"
)
"""Members that hold a body, by their names without signs and in lower case."""

_WITHIN = re.compile(
    r"(?:text|content|value|html|body|paragraphs?|children|data|items|nodes|markup|rendered|raw|"
    r"processed|document|blocks|elements|components|parts|sections|chunks|model|fields|"
    r"attributes|props|payload|insert|ops|list|leaves|spans|runs|inlines|root|doc|"
    r"(?:body|content|text)(?:html|text|json|blocks|elements))\Z"
)
"""Members that hold the text of a block, or further blocks."""

_TYPES = ("type", "_type", "nodeType", "kind", "__typename", "tag", "tagName", "component", "name")
_PARAGRAPH = re.compile(
    r"(?:rich|body|article)?(?:p|para|paragraph|textblock|block|unstyled|h[1-6]|head|header|heading"
    r"(?:[1-6]|one|two|three|four|five|six)?|headline|sub(?:head(?:er|line|ing)?|title)|crosshead|"
    r"listitem|li|quote|blockquote|pullquote)(?:block|element|node)?\Z"
)
_ITEM = re.compile(r"(?:listitem|li)(?:block|element|node)?\Z")
_INLINE = re.compile(
    r"(?:text|span|link|hyperlink|a|em|i|b|strong|bold|italic|emphasi[sz]e?d?|emphasis|underline|u|"
    r"mark|leaf|textrun|string|code|sub|sup|s|strike|br|linebreak|hardbreak|entity\w*|mention)"
    r"(?:node|element)?\Z"
)
_NO_PROSE = re.compile(
    r"image|picture|photo|figure|caption|media|video|audio|podcast|galler|slide|embed|iframe|"
    r"script|style|advert|\bads?\b|\bad(?:slot|unit|block)|promo|teaser|related|recommend|readmore|"
    r"newsletter|comment|reply|replies|poll|quiz|widget|social|tweet|instagram|youtube|facebook|"
    r"button|form|author|byline|tag(?:s|list)\b|breadcrumb|navigation|metadata|table\b|divider|"
    r"separator|spacer|infobox|factbox|map\b|chart|graphic"
)
"""Types of blocks that are no prose of the article."""

_TITLES = ("headline", "title")
_OWN = re.compile(
    r"(?:url|link|href|slug|permalink|canonicalurl|uri|path|byline|authors?|"
    r"(?:date)?(?:first)?publish\w*|publicationdate|articleid|storyid)\Z"
)
"""Members that, with a headline, make an object a story of its own."""

_LEAVES = ("children", "leaves", "spans", "inlines", "runs")
"""Members whose untyped items are pieces of one line."""


def read_lines(value: Any, names: Names) -> list[str]:
    """The paragraphs of a body.

    Args:
        value: what a member holds that is a body.
        names: what the page calls its article: an object of another name is another story.
    """
    return _Walk(names).lines(value, 0)


def find_bodies(members: Mapping[str, Any]) -> Iterator[Any]:
    """What the members of an object hold that are bodies by their names."""
    for key in list(members)[:MOST]:
        if _BODY.match(_plain(key)) and isinstance(members[key], str | list | dict):
            yield members[key]


def _plain(name: str) -> str:
    return _NAME.sub("", name).lower() if len(name) < 64 else ""


def _kind(block: Mapping[str, Any]) -> str:
    """The type of a block, without signs and in lower case; empty where it has none."""
    kinds = (block.get(key) for key in _TYPES)
    return next((_plain(kind) for kind in kinds if isinstance(kind, str) and kind), "")


class _Walk:
    """One body being read, with what is left of its bounds."""

    def __init__(self, names: Names) -> None:
        self._names = names
        self._left = MOST
        self._room = LONGEST

    def lines(self, value: Any, depth: int) -> list[str]:
        """The paragraphs of a value."""
        self._left -= 1
        if self._left < 0 or depth > DEEPEST:
            return []
        if isinstance(value, str):
            return self._read(value)
        if isinstance(value, list):
            return [line for item in value[:MOST] for line in self.lines(item, depth + 1)]
        return self._block(value, depth) if isinstance(value, dict) else []

    def _read(self, text: str) -> list[str]:
        text = text[: max(self._room, 0)]
        self._room -= len(text)
        return read_markup(text)

    def _block(self, block: Mapping[str, Any], depth: int) -> list[str]:
        kind = _kind(block)
        if _NO_PROSE.search(kind) or self._is_story(block):
            return []
        is_line = _PARAGRAPH.match(kind) is not None
        best: list[str] = []
        for key in list(block)[:MOST]:
            name = _plain(key)
            if not _WITHIN.match(name):
                continue
            inner = block[key]
            if isinstance(inner, list) and (is_line or name in _LEAVES) and _is_flat(inner):
                found = self._read(self._join(inner, depth + 1))
            else:
                found = self.lines(inner, depth + 1)
            if sum(map(len, found)) > sum(map(len, best)):
                best = found
        return [f"- {line}" for line in best] if _ITEM.match(kind) else best

    def _join(self, items: Iterable[Any], depth: int) -> str:
        """The pieces of one line, as they stand."""
        pieces: list[str] = []
        for item in items:
            self._left -= 1
            if self._left < 0 or depth > DEEPEST:
                break
            if isinstance(item, str):
                pieces.append(item)
            elif isinstance(item, dict):
                inner = (item[key] for key in list(item)[:MOST] if _WITHIN.match(_plain(key)))
                found = [self._join(i if isinstance(i, list) else [i], depth + 1) for i in inner]
                pieces.append(max(found, key=len, default=""))
                if not pieces[-1] and _kind(item) in ("br", "linebreak", "hardbreak"):
                    pieces.append("\n")
        return "".join(pieces)

    def _is_story(self, block: Mapping[str, Any]) -> bool:
        """Whether an object is a story of its own: it has a headline that is not the page's."""
        titles = [title for key in _TITLES if isinstance(title := block.get(key), str) and title]
        if not titles or any(folded(title) in self._names.titles for title in titles):
            return False
        return any(_OWN.match(_plain(key)) for key in list(block)[:MOST])


def _is_flat(items: Iterable[Any]) -> bool:
    """Whether all of some items are pieces of a line."""
    return all(
        isinstance(item, str)
        or (
            (isinstance(item, dict) and (not (kind := _kind(item)) or bool(_INLINE.match(kind))))
            and not _holds_blocks(item)
        )
        for item in items
    )


def _holds_blocks(item: Any) -> bool:
    """Whether something untyped has a list of its own: it is no piece of a line."""
    return isinstance(item, dict) and not _kind(item) and isinstance(item.get("children"), list)
