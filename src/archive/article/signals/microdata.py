"""Microdata: properties of an item whose type is an article or a page.

What belongs to which item is read off the tags around it, by counting; an item's end is where its
element's end tag balances.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from archive.article.signals import terms
from archive.article.signals.finder import Finder
from archive.article.signals.markup import Element, elements
from archive.article.signals.page import Page

__all__ = ["read_microdata"]

_ARTICLE = re.compile(r"(?:Article|Posting|Report|Review|WebPage|CreativeWork)\s*\Z", re.IGNORECASE)
_NESTED = ("author", "creator", "publisher", "editor", "contributor", "copyrightHolder")
_ALONE = ("headline", "datePublished", "dateModified", "author")
"""Properties taken outside any item, while there is none: templates forget the itemscope."""
MOST = 400
"""How many elements with such attributes are read."""


def read_microdata(page: Page, finder: Finder) -> None:
    """Add what the items of an article type say, the first such item being the page's own."""
    if page.source.view.find(b"itemprop") < 0:
        return
    items: list[_Item] = []
    own: tuple[int, int] | None = None
    for element in elements(page, b"itemprop", b"itemscope", most=MOST):
        start, end = element.tag_start, element.end
        words = page.value(element.attributes.get(b"itemprop")).split()
        while items and items[-1].end <= start:
            items.pop()
        holder = items[-1] if items else None
        for word in words:
            _claim(page, finder, element, word, holder, own)
        if b"itemscope" in element.attributes:
            kind = page.value(element.attributes.get(b"itemtype"))
            item = _Item(start, end, kind, words[0] if words else "")
            items.append(item)
            if item.is_article and (own is None or _is_page(own, start, end)):
                own = (start, end)


class _Item(NamedTuple):
    """An item: where it stands, its type, and the property that it is of the item around it."""

    start: int
    end: int
    kind: str
    word: str

    @property
    def is_article(self) -> bool:
        """Whether it is an article or a page, and not a property of another item."""
        return bool(_ARTICLE.search(self.kind)) and not self.word


def _is_page(own: tuple[int, int], start: int, end: int) -> bool:
    """Whether an item lies in the one taken so far: a page's article, rather than the page."""
    return own[0] < start and end <= own[1]


def _claim(
    page: Page,
    finder: Finder,
    element: Element,
    word: str,
    holder: _Item | None,
    own: tuple[int, int] | None,
) -> None:
    """Add what an element says in one word of its itemprop, if that is said of the page."""
    term = terms.SPELLINGS.get(_told(word, holder, own) or "")
    if term is None or b"itemscope" in element.attributes:
        return
    span = _place(element)
    path = element.path
    attribute = b"content" in element.attributes
    value = None if attribute or span != element.inner else page.stripped(*span)
    if finder.add(term, "microdata", path, span, value=value) and term == "author":
        finder.add_names("microdata", path, span, value or page.value(span))


def _told(word: str, holder: _Item | None, own: tuple[int, int] | None) -> str | None:
    """The property of the page's own item that a word of an itemprop gives, if it gives one."""
    if holder is None:
        return word if own is None and word in _ALONE else None
    if holder.is_article:
        same = own is None or holder.start == own[0] or holder.start <= own[0] < holder.end
        return word if same else None
    if word in ("name", "legalName") and holder.word in _NESTED:
        within = own is not None and own[0] <= holder.start < own[1]
        return holder.word if within else None
    return None


def _place(element: Element) -> tuple[int, int]:
    for name in (b"content", b"datetime"):
        if name in element.attributes:
            return element.attributes[name]
    if element.name in ("a", "link", "area") and b"href" in element.attributes and not element.text:
        return element.attributes[b"href"]
    return element.inner
