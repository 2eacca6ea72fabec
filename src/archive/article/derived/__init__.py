"""Derived views: one title, one set of authors, one date, each naming its rule and the losers.

A view is never stored instead of the claims: it is computed from them, and says which claim it was
taken from (``claim``) and which ones say something else (``others``).

::

    view        one answer, and how claims are looked up
    title       which headline is the article's, without the site's name
    authors     which signal is believed, people and organisations apart
    sites       what the page's own site is called
    rules       what each view goes by, in words
"""

from __future__ import annotations

from typing import Any

from attrs import frozen

from archive.article import dates
from archive.article.claims import Claims, folded
from archive.article.derived.authors import derive_authors
from archive.article.derived.title import derive_title
from archive.article.derived.view import View, first, indexed, ordered
from archive.article.signals.table import PROPERTIES, ViewName, order

__all__ = ["VIEWS", "Derived", "View", "derive", "derive_language", "derive_title"]


@frozen
class Derived:
    """All derived views of one capture; None where nothing is claimed.

    Args:
        title: the headline.
        authors: the people named as author.
        organisations: the organisations named as author.
        publisher: who publishes.
        published: the date of publication, ISO 8601, with time and zone only if stated.
        modified: the date of the last change, the same.
        language: the language of the page.
        licence: the licence, mostly a URL.
        reservations: what is reserved or asked of machines: ``name=value`` of each claim.
    """

    title: View | None
    authors: View | None
    organisations: View | None
    publisher: View | None
    published: View | None
    modified: View | None
    language: View | None
    licence: View | None
    reservations: View | None

    def to_dict(self) -> dict[str, Any]:
        """Its members, in their order, each a view's or null."""
        views = {name: getattr(self, name) for name in VIEWS}
        return {name: view.to_json() if view else None for name, view in views.items()}

    to_json = to_dict  # its name in 0.1.0


VIEWS = (
    "title",
    "authors",
    "organisations",
    "publisher",
    "published",
    "modified",
    "language",
    "licence",
    "reservations",
)
"""The names of the views."""


def derive(claims: Claims) -> Derived:
    """All views of the claims."""
    people, organisations = derive_authors(claims)
    return Derived(
        title=derive_title(claims),
        authors=people,
        organisations=organisations,
        publisher=_publisher(claims),
        published=_date(claims, "published"),
        modified=_date(claims, "modified"),
        language=derive_language(claims),
        licence=first(claims, "license", order("licence")),
        reservations=_reservations(claims),
    )


def derive_language(claims: Claims) -> View | None:
    """The language of the page: its html element's first, then other metadata's."""
    return first(claims, "inLanguage", order("language"))


def _publisher(claims: Claims) -> View | None:
    found = ordered(claims, "publisher", order("publisher"))
    found = [index for index in found if "://" not in claims[index].value]
    if not found:
        return None
    chosen = claims[found[0]]
    key = folded(chosen.line())
    others = tuple(i for i in found if folded(claims[i].line()) != key)
    return View(chosen.line(), f"first of {chosen.signal}", found[0], others)


def _reservations(claims: Claims) -> View | None:
    found = [i for i in indexed(claims, "usageInfo") if _reserves(claims[i].line())]
    if not found:
        return None
    values = tuple(dict.fromkeys(claims[i].line() for i in found))
    return View(values, "every reservation", found[0], ())


_RESERVES = ("noai", "noimageai", "noarchive", "noindex", "nosnippet", "notranslate", "none")
"""What a page asks of machines that read or keep it. `nofollow` and its kin speak of links, and are
no reservation of what the page says."""


def _reserves(line: str) -> bool:
    name, _, value = line.lower().partition("=")
    if name == "tdm-policy":
        return True
    if name == "tdm-reservation":
        return value.strip() == "1"
    words = value.replace(":", ",").replace(" ", ",").split(",")
    return any(word in _RESERVES for word in words)


def _date(claims: Claims, view: ViewName) -> View | None:
    """The first date, in the order of signals; a fuller one that agrees with it is preferred.

    One that is labelled goes before one that only stands there.
    """
    term = PROPERTIES[view]
    found = [i for i in ordered(claims, term, order(view)) if _is_date(claims[i].line())]
    found.sort(key=lambda i: claims[i].strength == "inferred")
    if not found:
        return None
    chosen = found[0]
    rule = f"first of {claims[chosen].signal}"
    for index in found[1:]:
        fuller = claims[index].line()
        if _detail(fuller) > _detail(claims[chosen].line()) and dates.same_moment(
            claims[chosen].line(), fuller
        ):
            chosen, rule = index, f"{rule}, with the time of {claims[index].signal}"
    value = claims[chosen].line()
    others = tuple(i for i in indexed(claims, term) if not dates.agree(claims[i].line(), value))
    return View(value, rule, chosen, others)


def _is_date(line: str) -> bool:
    return dates.iso(line) is not None


def _detail(line: str) -> int:
    """How much a date states: the day, a time, a time with its zone."""
    return 0 if len(line) <= 10 else 2 if dates.instant(line) else 1
