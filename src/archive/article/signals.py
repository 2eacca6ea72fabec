"""The claims that a page's tree makes: at present its headlines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive.article.claims import Claim, Claims

if TYPE_CHECKING:
    from lxml.html import HtmlElement

__all__ = ["MOST", "headlines"]

MOST = 8
"""How many claims of one signal are kept, the first ones."""

LONGEST = 4096
"""A longer "headline" is none: it is left out, not cut, for a value is verbatim."""

_SIGNALS = {"h1": "visible-text", "meta": "opengraph", "title": "title"}


def headlines(tree: HtmlElement) -> Claims:
    """Every h1, og:title and title element that has text, in the order of the page.

    Titles inside pictures (``svg``) are not the page's.
    """
    found: list[Claim] = []
    count = dict.fromkeys(_SIGNALS.values(), 0)
    path = tree.getroottree().getpath
    for element in tree.iter("h1", "meta", "title"):
        signal = _SIGNALS[element.tag]
        value = _value(element).strip() if count[signal] < MOST else ""
        if not value or len(value) > LONGEST:
            continue
        count[signal] += 1
        line = " ".join(value.split())
        normalized = None if line == value else line
        found.append(Claim("headline", value, signal, path(element), normalized=normalized))
    return Claims(tuple(found))


def _value(element: HtmlElement) -> str:
    """The text of an h1 or title, the content of an og:title, else nothing."""
    if element.tag == "meta":
        name = element.get("property") or element.get("name") or ""
        return (element.get("content") or "") if name.strip().lower() == "og:title" else ""
    if element.tag == "title" and any(True for _ in element.iterancestors("svg")):
        return ""
    if not len(element):
        return element.text or ""
    return "".join(element.xpath("descendant-or-self::text()[not(parent::script|parent::style)]"))
