"""Pages that are probably not the article: challenges, consent walls, paywalls, error pages, ….

A suspicion is shown, never acted upon: the capture stays what it is. The signs are data. What a
page says, and whose scripts it loads, counts only where it shows little else, for whole articles
carry the same scripts and words; a redirect to another kind of address counts as it stands, and so
do header fields. The first mebibyte of a page is searched, in linear time. ::

    addresses  addresses that no article has
    vendors    whose marks a page carries
    shown      what a page says to its reader, line by line
    counting   how many of its lines are a wall's
    wording    what the lines say
    listing    whether it is a list of stories
    emptiness  what it is by its markup, where it says nothing
"""

from __future__ import annotations

from archive.article.decoding import decode
from archive.article.suspicion.addresses import FRONT_PAGE, judge_address
from archive.article.suspicion.counting import count
from archive.article.suspicion.emptiness import BARE
from archive.article.suspicion.shown import look
from archive.article.suspicion.vendors import is_article, judge_fields, judge_marks
from archive.article.suspicion.wording import judge_long, judge_words

__all__ = ["FRONT_PAGE", "MANY_WORDS", "shows_article", "suspect", "suspect_again"]

MANY_WORDS = 300
"""A page with so many words is a wall only if it is a long one: all that one may consent to, or a
list of stories. One that says to machines that it is an article is not looked at."""

_SEARCHED = 1 << 20  # bytes of a page's beginning
_GONE = frozenset({404, 410})  # which says it
_REFUSED = frozenset({401, 402, 403, 405, 406, 429, 451, 503})

Fields = tuple[tuple[str, str], ...]


def suspect(
    status: int,
    fields: Fields,
    content: bytes,
    words: int | None,
    *,
    asked: str = "",
    arrived: str = "",
) -> str | None:
    """Why a page is probably not the whole article.

    Args:
        status: the HTTP status; 200 of what did not come over HTTP.
        fields: the response's header fields, name and value.
        content: the page's bytes, content coding undone.
        words: how many words the extraction found, 0 when it found none; None when there was no
            extraction.
        asked: the URL that was asked for, if it is known.
        arrived: the URL that the page came from.

    Returns:
        A few words such as ``challenge page (Cloudflare)``, or None.
    """
    refused = status in _REFUSED
    told = judge_fields(fields, refused=refused) or judge_address(asked, arrived)
    if told or status in _GONE:
        return told
    kind = next((value for name, value in fields if name.lower() == "content-type"), None)
    if kind is not None and "html" not in kind.lower():
        return None
    page = decode(content[:_SEARCHED], kind).text
    if words is not None and words >= MANY_WORDS and not refused:
        return None if is_article(page) else judge_long(look(page))
    return (judge_marks(page.lower()) if refused else None) or judge_words(look(page))


def suspect_again(
    status: int,
    fields: Fields,
    content: bytes,
    words: int | None,
    *,
    before: str | None,
    asked: str = "",
    arrived: str = "",
) -> str | None:
    """As `suspect`, of content that was searched before, with that status and as many words.

    Args:
        status: the HTTP status.
        fields: the response's header fields, name and value.
        content: the page's bytes, content coding undone.
        words: how many words the extraction found; None when there was no extraction.
        before: what was suspected then. The content is searched once more only where something was,
            for a header field or a redirect may have told it.
        asked: the URL that was asked for, if it is known.
        arrived: the URL that the page came from.

    Returns:
        As `suspect`.
    """
    if before is not None:
        return suspect(status, fields, content, words, asked=asked, arrived=arrived)
    return judge_fields(fields, refused=status in _REFUSED) or judge_address(asked, arrived)


def shows_article(page: str) -> bool:
    """Whether a page shows sentences that may be an article's, or says that it is one.

    Args:
        page: decoded; its beginning will do.
    """
    counted = count(look(page))
    return counted.marked or counted.prose >= BARE
