"""Which titles and addresses are those of the page's own article."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from urllib.parse import unquote, urlsplit

from attrs import frozen

from archive.article.claims import Claims, folded
from archive.article.derived import derive_title

__all__ = ["Names"]

_TOLD = frozenset({"title", "opengraph", "meta", "visible-text", "microdata"})
"""Signals whose headlines are not themselves nodes or objects that a body may stand in."""

_APART = re.compile(r"\s+[|·•›»/:~–—-]+\s+|\s*[|｜ㅣ»]\s*")
"""What sets the name of a site off in a title."""

_SHORTEST = 5
"""A piece of a title with fewer signs names no article."""

_SLUG = re.compile(r"(?=.*\d.*\d.*\d|.*[-_].*[-_]|.*[^\x00-\x7f])[^/]{8,}\Z")
"""The last part of an address that can be of one article alone: a number or words in a row."""


@frozen
class Names:
    """What the page calls its article.

    Args:
        titles: its headlines, folded, whole and without what is set off in them.
        written: the same as they stand.
        slugs: the last parts of its addresses.
    """

    titles: frozenset[str]
    written: tuple[str, ...]
    slugs: frozenset[str]

    @classmethod
    def of(cls, claims: Claims, url: str) -> Names:
        """The names in the claims of a page.

        Args:
            claims: what it says about itself.
            url: where it was found.
        """
        told = tuple(one.line() for one in claims.about("headline") if one.signal in _TOLD)
        view = derive_title(claims)
        of_page = view is not None and claims[view.claim].signal in _TOLD
        derived = (str(view.value),) if view is not None and of_page else ()
        written = tuple(dict.fromkeys((*derived, *told)))
        addresses = [url, *(one.value for one in claims.about("url") if one.signal != "jsonld")]
        slugs = frozenset(filter(None, map(slug_of, addresses)))
        pieces = tuple(dict.fromkeys(_pieces(written)))
        return cls(frozenset(map(folded, pieces)), pieces, slugs)

    def call(self, title: str) -> bool:
        """Whether a title is the page's."""
        return folded(title) in self.titles

    def lead(self, address: str) -> bool:
        """Whether an address is the page's, by its last part."""
        slug = slug_of(address)
        return slug is not None and slug in self.slugs


def _pieces(titles: Iterable[str]) -> Iterator[str]:
    """Titles, and the longer side of each at every place where something is set off."""
    for title in titles:
        yield title
        for mark in _APART.finditer(title):
            piece = max(title[: mark.start()], title[mark.end() :], key=len)
            if len(piece) >= _SHORTEST:
                yield piece


def slug_of(address: str) -> str | None:
    """The last part of an address's path, where it can be of one article alone."""
    try:
        path = unquote(urlsplit(address.strip()).path)
    except ValueError:
        return None
    last = path.rstrip("/").rpartition("/")[2].casefold()
    last = re.sub(r"\.(?:s?html?|php|aspx?|jsp)\Z", "", last)
    return last if _SLUG.match(last) else None
