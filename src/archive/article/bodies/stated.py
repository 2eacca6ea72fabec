"""The body in JSON-LD: ``articleBody`` of the node that is this article's."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from archive.article.bodies.naming import Names
from archive.article.bodies.values import read_lines
from archive.article.signals.jsonld import Nodes, find_nodes
from archive.article.signals.page import Page

__all__ = ["BODIES", "find_stated"]

BODIES = ("articleBody", "reviewBody", "text")
"""The terms of schema.org whose value is the whole text of a creative work."""

_TITLES = ("headline", "name", "alternativeHeadline")
_ADDRESSES = ("url", "mainEntityOfPage", "@id", "sameAs")
_HERE = ("url", "@id")
_MOST = 64  # nodes of articles that are looked at


def find_stated(page: Page, names: Names) -> list[str]:
    """The paragraphs of the body that JSON-LD states of this article.

    Of several articles that is the first that the page calls as itself, by headline or address. One
    alone is the page's, unless it has another headline and another address.

    Args:
        page: the page.
        names: what the page calls its article.

    Returns:
        Nothing where no body is stated, or none of this article.
    """
    graph = find_nodes(page, frozenset(BODIES))
    articles = [node for node, _, _ in graph.articles()[:_MOST]]
    ours = [node for node in articles if _is_named(graph, node, names)]
    if not ours and len(articles) == 1 and not _is_another(graph, articles[0], names):
        ours = articles
    for node in ours:
        for term in BODIES:
            if lines := read_lines(node.get(term), names):
                return lines
    return []


def _is_named(graph: Nodes, node: dict[str, Any], names: Names) -> bool:
    """Whether a node has a headline or an address of the page."""
    if any(names.call(title) for title in _texts(graph, node, _TITLES)):
        return True
    return any(names.lead(address) for address in _texts(graph, node, _ADDRESSES))


def _is_another(graph: Nodes, node: dict[str, Any], names: Names) -> bool:
    """Whether a node has a headline and an address, and the page has others."""
    titles, addresses = _texts(graph, node, _TITLES), _texts(graph, node, _ADDRESSES)
    return bool(names.titles and names.slugs) and any(titles) and any(addresses)


def _texts(graph: Nodes, node: dict[str, Any], terms: tuple[str, ...]) -> Iterator[str]:
    """What a node says under some terms: texts, and the addresses of nodes."""
    for term in terms:
        value = node.get(term)
        for item in (value if isinstance(value, list) else [value])[:8]:
            if isinstance(item, str):
                yield item
            elif isinstance(item, dict):
                found = graph.resolved(item)
                yield from (v for key in _HERE if isinstance(v := found.get(key), str))
