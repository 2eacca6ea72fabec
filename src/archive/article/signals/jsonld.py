"""JSON-LD: the article's node, its references resolved, broken blocks read as far as they go.

The nodes of all blocks form one graph. The page's own are those at the top of a block, in a list
there, under ``@graph`` or under ``mainEntity``; nodes below ``isRelatedTo`` and the like are other
articles. A value that is only ``{"@id": …}`` stands for the node of that id.
"""

from __future__ import annotations

import re
from typing import Any

from archive.article.claims import Strength
from archive.article.rosters import is_unspaced
from archive.article.signals import terms
from archive.article.signals.finder import NAMES, Finder
from archive.article.signals.located import LocatedText, read
from archive.article.signals.page import Page, xpath

__all__ = ["Node", "Nodes", "find_nodes", "read_jsonld", "types_of"]

MOST_BLOCKS = 64
MOST_NODES = 2000
MOST_VALUES = 256
"""How many blocks, nodes, and values of one property are read."""

_ARTICLE = re.compile(
    r"(?:\A|[/:#])(?:\w*Article|\w*Posting|Report|\w*Review|Recipe|LiveBlog\w*|\w*Reportage\w*|"
    r"Newscast|\w*CreativeWork|\w*Episode)\Z"
)
_PAGE = re.compile(r"(?:\A|[/:#])(?:\w*WebPage|VideoObject)\Z")
_START = re.compile(rb"[\s;]*(?:(?://|/\*)?\s*(?:<!\[CDATA\[|<!--)(?:\s*\*/)?)?\s*")
_TOP = ("@graph", "mainEntity", "mainEntityOfPage")
_NAMES = ("name", "headline", "legalName", "url", "@id")
_ADDRESSES = ("url", "isBasedOn", "license")
_PARTS = ("givenName", "familyName")
_WANTED = frozenset({*terms.NODE, *_TOP, *_NAMES, *_PARTS, "@type", "@value", "mainEntityOfPage"})


Node = tuple[dict[str, Any], str, Strength]
"""A node, its path, and how far it is to be believed."""


class Nodes:
    """The nodes of a page, by id, and those at the top of its blocks."""

    def __init__(self) -> None:
        self.ids: dict[str, dict[str, Any]] = {}
        self.nodes: list[Node] = []

    def articles(self) -> list[Node]:
        """Those at the top that are articles."""
        return [item for item in self.nodes if any(map(_ARTICLE.search, types_of(item[0])))]

    def pages(self) -> list[Node]:
        """Those at the top that are pages."""
        return [item for item in self.nodes if any(map(_PAGE.search, types_of(item[0])))]

    def take(self, roots: list[Any], path: str, strength: Strength) -> None:
        """Take the nodes at the top of a block, and every node's id below them."""
        waiting: list[tuple[Any, str, bool]] = [(r, f"{path}#$", True) for r in reversed(roots)]
        seen = 0
        while waiting and seen < MOST_NODES:
            value, where, top = waiting.pop()
            seen += 1
            if isinstance(value, list):
                listed = [(v, f"{where}[{i}]", top) for i, v in enumerate(value[:MOST_VALUES])]
                waiting += reversed(listed)
            elif isinstance(value, dict):
                self._node(value, where, top, strength)
                below = [
                    (v, f"{where}.{k}", top and k in _TOP)
                    for k, v in value.items()
                    if isinstance(v, dict | list) and k != "url"
                ]
                waiting += reversed(below)

    def _node(self, node: dict[str, Any], where: str, top: bool, strength: Strength) -> None:
        name = node.get("@id")
        if isinstance(name, LocatedText) and len(node) > len(self.ids.get(name, ())):
            self.ids[name] = node
        if top:
            self.nodes.append((node, where, strength))

    def resolved(self, value: Any) -> Any:
        """A node for a reference to it, anything else as it is."""
        if (
            isinstance(value, dict)
            and isinstance(value.get("@id"), LocatedText)
            and len(value) <= 2
        ):
            return self.ids.get(value["@id"], value)
        return value


def read_jsonld(page: Page, finder: Finder) -> None:
    """Add what the page's JSON-LD says about the article, then what it says about the page.

    Where there is a node of the article, what is said of the page (whose author may be a webmaster)
    is only inferred to be of the article.
    """
    graph = find_nodes(page)
    articles = graph.articles()
    for node, path, strength in articles[:4]:
        _claim_node(finder, graph, node, path, strength)
    for node, path, strength in graph.pages()[:4]:
        _claim_node(finder, graph, node, path, "inferred" if articles else strength)


def find_nodes(page: Page, also: frozenset[str] = frozenset()) -> Nodes:
    """The nodes of all JSON-LD blocks of a page.

    Args:
        page: its tags.
        also: keys whose lists and objects are read besides those that claims are made of.
    """
    graph, count = Nodes(), 0
    for tag in page.named("script"):
        if count >= MOST_BLOCKS or not page.is_linked_data(tag):
            continue
        count += 1
        opening = _START.match(page.source.view, tag.end, tag.until)
        start = opening.end() if opening else tag.end
        roots, fault = read(page.source, start, tag.until, _WANTED | also)
        graph.take(roots, xpath("script", tag.nth), "parsed" if fault else "stated")
    return graph


def types_of(node: dict[str, Any]) -> list[str]:
    """What a node says that it is."""
    kind = node.get("@type")
    return [
        str(k) for k in (kind if isinstance(kind, list) else [kind]) if isinstance(k, LocatedText)
    ]


def _claim_node(
    finder: Finder, graph: Nodes, node: dict[str, Any], path: str, strength: Strength
) -> None:
    for term in terms.NODE:
        value = node.get(term)
        if value is None:
            continue
        values = value if isinstance(value, list) else [value]
        finder.omitted += max(0, len(values) - MOST_VALUES)
        as_term = terms.SPELLINGS[term]
        for index, item in enumerate(values[:MOST_VALUES]):
            where = f"{path}.{term}[{index}]" if isinstance(value, list) else f"{path}.{term}"
            _claim(finder, as_term, where, graph.resolved(item), strength)


def _claim(finder: Finder, term: str, path: str, item: Any, strength: Strength) -> None:
    """One value: a text, or the name of a node."""
    if isinstance(item, LocatedText):
        is_list = term == "author" and "Organization)" not in path
        if finder.add_json(term, "jsonld", path, item, strength) and is_list:
            finder.add_names("jsonld", path, (item.start, item.end), str(item))
    elif isinstance(item, list):
        for index, part in enumerate(item[:MOST_VALUES]):
            if not isinstance(part, list):
                _claim(finder, term, f"{path}[{index}]", part, strength)
    elif isinstance(item, dict):
        _claim_name(finder, term, path, item, strength)


def _plain(value: Any) -> Any:
    """The text of a value that states its type or language (JSON-LD 1.1, 4.2.1), else as it is."""
    if isinstance(value, dict) and isinstance(value.get("@value"), LocatedText):
        return value["@value"]
    return value


def _claim_parts(finder: Finder, term: str, path: str, node: dict[str, Any]) -> bool:
    """The name of a node that has it in two parts alone; whether there is one."""
    given, family = (_plain(node.get(key)) for key in _PARTS)
    name = _plain(node.get("name"))
    if isinstance(name, LocatedText) and name.strip():
        return False
    if not (isinstance(given, LocatedText) and isinstance(family, LocatedText)):
        return False
    unspaced = not (str(given) + str(family)).isascii() and is_unspaced(f"{given}{family}")
    whole = f"{family}{given}" if unspaced else f"{given} {family}"
    span = (min(given.start, family.start), max(given.end, family.end))
    return finder.add(term, "jsonld", path, span, value=whole, strength="parsed")


def _claim_name(
    finder: Finder, term: str, path: str, node: dict[str, Any], strength: Strength
) -> None:
    """The first name that a node has; of a list all where the term is of names, else the first."""
    kinds = ",".join(types_of(node))
    where = f"{path}({kinds})" if kinds and term in NAMES else path
    if isinstance(node.get("@value"), LocatedText):
        _claim(finder, term, f"{path}.@value", node["@value"], strength)
        return
    if term in NAMES and _claim_parts(finder, term, where, node):
        return
    for key in ("@id", "url") if term in _ADDRESSES else _NAMES:
        name = _plain(node.get(key))
        is_all = isinstance(name, list) and term in NAMES
        if isinstance(name, list) and not is_all:
            name = next(iter(name), None)
        if is_all or (isinstance(name, LocatedText) and name.strip()):
            _claim(finder, term, f"{where}.{key}", name, strength)
            return
