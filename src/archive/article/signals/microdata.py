"""Microdata: properties of an item whose type is an article or a page.

What belongs to which item is read off the tags around it, by counting; an item's end is where its
element's end tag balances.
"""

from __future__ import annotations

import re

from archive.article.signals import terms
from archive.article.signals.finder import Finder
from archive.article.signals.markup import Element, elements
from archive.article.signals.page import Page

__all__ = ["read_microdata"]

_ARTICLE = re.compile(r"(?:Article|Posting|Report|Review|WebPage|CreativeWork)\s*\Z", re.IGNORECASE)
_NESTED = ("author", "creator", "publisher", "editor", "contributor", "copyrightHolder")
MOST = 400


def read_microdata(page: Page, finder: Finder) -> None:
    """Add what the items of an article type say, the first such item being the page's own."""
    if page.source.view.find(b"itemprop") < 0:
        return
    items: list[tuple[int, int, str, str]] = []
    own: tuple[int, int] | None = None
    for element in elements(page, b"itemprop", b"itemscope", most=MOST):
        start, end = element.tag_start, element.end
        words = page.value(element.attributes.get(b"itemprop")).split()
        while items and items[-1][1] <= start:
            items.pop()
        holder = items[-1] if items else None
        for word in words:
            _claim(page, finder, element, word, holder, own)
        if b"itemscope" in element.attributes:
            kind = page.value(element.attributes.get(b"itemtype"))
            prop = words[0] if words else ""
            items.append((start, end, kind, prop))
            if _ARTICLE.search(kind) and not prop and (own is None or _is_page(own, start, end)):
                own = (start, end)


def _is_page(own: tuple[int, int], start: int, end: int) -> bool:
    """Whether an item lies in the one taken so far: a page's article, rather than the page."""
    return own[0] < start and end <= own[1]


def _claim(
    page: Page,
    finder: Finder,
    element: Element,
    word: str,
    holder: tuple[int, int, str, str] | None,
    own: tuple[int, int] | None,
) -> None:
    if holder is None:
        if own is not None or word not in ("headline", "datePublished", "dateModified", "author"):
            return
        term = word
    elif _ARTICLE.search(holder[2]) and not holder[3]:
        if own is not None and holder[0] != own[0] and not holder[0] <= own[0] < holder[1]:
            return
        term = word
    elif word in ("name", "legalName") and holder[3] in _NESTED:
        if own is None or not own[0] <= holder[0] < own[1]:
            return
        term = holder[3]
    else:
        return
    if term not in terms.SPELLINGS or b"itemscope" in element.attributes:
        return
    term = terms.SPELLINGS[term]
    span = _place(element)
    path = element.path
    attribute = b"content" in element.attributes
    value = None if attribute or span != element.inner else page.stripped(*span)
    if finder.add(term, "microdata", path, span, value=value) and term == "author":
        finder.add_names("microdata", path, span, value or page.value(span))


def _place(element: Element) -> tuple[int, int]:
    for name in (b"content", b"datetime"):
        if name in element.attributes:
            return element.attributes[name]
    if element.name in ("a", "link", "area") and b"href" in element.attributes and not element.text:
        return element.attributes[b"href"]
    return element.inner
