"""Pages without an article that lead on by themselves, as a browser would follow them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive.article.decoding import decode
from archive.article.refresh import find_refresh
from archive.article.suspicion import shows_article
from archive.http import Lead, declare, read_refresh

if TYPE_CHECKING:
    from archive.http import Response

__all__ = ["LONGEST", "find_lead"]

LONGEST = 5.0
"""Seconds: a page that is to be replaced sooner is there to lead on, a later one is to be read."""

_MENTION = b"refresh"
_SEARCHED = 1 << 20  # bytes of a page's beginning


def find_lead(url: str, response: Response) -> Lead | None:
    """Where a page leads on by itself within `LONGEST` seconds; None where it has an article.

    Asked of every page; whatever a page breaks, it leads nowhere.

    Args:
        url: of the page.
        response: with it.
    """
    try:
        field, content = response.field("Refresh"), response.decoded.data
        if content is None or not (field or _MENTION in content[:_SEARCHED].lower()):
            return None
        kind = declare(response.field("Content-Type"), content)
        page = decode(content[:_SEARCHED], kind).text
        told = read_refresh(_spell(field), "refresh") if field is not None else None
        if told is None and "html" in (kind or "").lower():
            told = find_refresh(page, url)
        if told is None or told.seconds > LONGEST or shows_article(page):
            return None
        return told
    except Exception:  # the page is kept whatever it is
        return None


def _spell(value: str) -> str:
    """The value of a field whose bytes are UTF-8, or else stay what they are."""
    try:
        return value.encode("latin-1").decode("utf-8")
    except UnicodeDecodeError:
        return value
