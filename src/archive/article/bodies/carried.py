"""The body in application state: of the object that has the headline, or the address, of the page.

The scripts and their values are those that claims are read from (`archive.article.signals.state`).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from archive.article.bodies.naming import Names
from archive.article.bodies.values import find_bodies, read_lines
from archive.article.signals.page import Page
from archive.article.signals.state import HEADLINES, MOST, find_values, is_article

__all__ = ["find_carried"]

_ADDRESSES = (
    *("url", "canonicalUrl", "canonical_url", "canonical", "permalink", "link", "webUrl", "slug"),
    *("shareUrl", "articleUrl", "path", "uri"),
)
_TRIES = 16  # objects that have a body and the page's name


def find_carried(page: Page, names: Names) -> list[str]:
    """The paragraphs of the longest body that application state has of this article.

    Args:
        page: the page.
        names: what the page calls its article.
    """
    best: list[str] = []
    words = (*names.written, *names.slugs)
    tries = 0
    for tag in page.named("script"):
        for value in find_values(page, tag, words):
            for members in _find_objects(value, names):
                tries += 1
                if tries > _TRIES:
                    return best
                best = max(best, _read(members, names), key=_size)
    return best


def _find_objects(root: Any, names: Names) -> Iterator[dict[str, Any]]:
    """The objects that are this article's, each, and where it has no body what it stands in."""
    waiting: list[tuple[Any, dict[str, Any] | None]] = [(root, None)]
    budget = MOST
    while waiting and budget > 0:
        value, around = waiting.pop()
        budget -= 1
        if isinstance(value, dict):
            if _is_ours(value, names):
                if any(find_bodies(value)):
                    yield value
                elif around is not None and any(find_bodies(around)):
                    yield around
            waiting += [(v, value) for v in value.values() if type(v) in (dict, list)]
        elif isinstance(value, list):
            waiting += [(v, None) for v in value if type(v) in (dict, list)]


def _is_ours(members: dict[str, Any], names: Names) -> bool:
    if not HEADLINES.isdisjoint(members) and is_article(members, names.titles):
        return True
    return any(isinstance(at := members.get(key), str) and names.lead(at) for key in _ADDRESSES)


def _read(members: dict[str, Any], names: Names) -> list[str]:
    return max((read_lines(one, names) for one in find_bodies(members)), key=_size, default=[])


def _size(lines: list[str]) -> int:
    return sum(map(len, lines))
