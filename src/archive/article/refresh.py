"""Where a page leads by itself: ``<meta http-equiv=refresh>``, read without a tree.

What stands in a ``noscript`` or a ``template`` does not count: a browser that runs scripts does not
see it.
"""

from __future__ import annotations

import re
from html import unescape

from attrs import evolve

from archive import url as urls
from archive.errors import UrlError
from archive.http import Lead, read_refresh

__all__ = ["find_refresh"]

_UNSEEN = re.compile(
    r"<!--.*?(?:-->|\Z)"
    r"|<(noscript|template|script|style|textarea|title|iframe|xmp)\b.*?(?:</\1\b|\Z)",
    re.IGNORECASE | re.DOTALL,
)
_ELEMENT = re.compile(
    r"<(meta|base)\b((?>(?:[^<>\"']|\"[^\"]{0,20000}\"|'[^']{0,20000}'){0,20000}))>", re.IGNORECASE
)
_ATTRIBUTE = re.compile(r"([^\s\"'<>/=]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'<>][^\s<>]*))")


def find_refresh(page: str, url: str) -> Lead | None:
    """Where the first element of a page that says so leads.

    Args:
        page: decoded.
        url: of it, for what its ``base`` is relative to.
    """
    base: str | None = None
    told: Lead | None = None
    for element in _ELEMENT.finditer(_UNSEEN.sub(" ", page)):
        fields = _read_attributes(element[2])
        if element[1].lower() == "base":
            base = base or fields.get("href")
        elif told is None and fields.get("http-equiv", "").strip().lower() == "refresh":
            told = read_refresh(fields.get("content", ""), "meta-refresh")
    return told if told is None else evolve(told, url=_resolve(told.url, base, url))


def _read_attributes(tag: str) -> dict[str, str]:
    """The attributes of a tag; of several with one name the first."""
    fields: dict[str, str] = {}
    for name, *values in _ATTRIBUTE.findall(tag):
        fields.setdefault(name.lower(), unescape("".join(values)))
    return fields


def _resolve(target: str, base: str | None, url: str) -> str:
    """A target of a page with a base element; without one as it stands."""
    if base is None:
        return target
    try:
        return urls.join(urls.join(url, base), target)
    except UrlError:
        return target
