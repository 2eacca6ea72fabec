"""One number for an article as its reader has it: equal numbers say *the same* without comparing.

It covers what a comparison can find a change in: the blocks of article and head with the links in
them, and what the page itself claims of headline, authors and dates. Noise is not taken out: two
captures with other numbers may be the same all the same, and have to be compared. Numbers made by
different revisions of the rules say nothing about each other.
"""

from __future__ import annotations

from collections.abc import Iterator

from archive.article import Article
from archive.article.reading import held_share
from archive.comparison.dated import own_claims
from archive.comparison.folding import cosmetic_key
from archive.comparison.gist import Gist
from archive.comparison.rules import RULES
from archive.comparison.side import Side
from archive.digest import sha256

__all__ = ["find_share", "reading_digest", "take_gist"]

_UNSEEN = "http-header"
"""A server's Last-Modified is new for every page made anew, and no comparison looks at it."""
_CLAIMED = (
    "headline",
    "author",
    "publisher",
    "datePublished",
    "dateCreated",
    "dateModified",
    "correction",
)


def reading_digest(side: Side) -> str | None:
    """The digest of an article as read, in hexadecimal.

    Args:
        side: what was read from one capture.

    Returns:
        None where there is no article, or where not all of the page was read: nothing can be said
        to be the same then.
    """
    if side.text is None or side.reading.past is not None:
        return None
    return sha256("\x1e".join(_parts(side)).encode("utf-8", "surrogatepass"))


def find_share(side: Side) -> int | None:
    """How much of the article the text of a page has, in thousandths; None without an article.

    Nor is there a share where the page shows its article to no reader.

    Args:
        side: what was read from one capture.
    """
    if side.page is None or side.text is None or side.text_source is not None:
        return None
    share = held_share(side.page, side.text)
    return None if share is None else round(1_000 * share)


def take_gist(side: Side, article: Article | None) -> Gist:
    """The gist of a page.

    Args:
        side: what was read from it.
        article: what was extracted.
    """
    title, words = (article.title, article.words) if article is not None else (None, None)
    return Gist(title, words, find_share(side), reading_digest(side))


def _parts(side: Side) -> Iterator[str]:
    yield str(RULES)
    yield (side.text_source or "page") if side.page is not None else "text"
    yield cosmetic_key(side.title or "")
    yield side.reading.url  # relative links lead elsewhere from another page
    for block in side.reading.blocks:
        if block.is_article:
            yield "\x1f".join([block.region, block.key, *(link.href for link in block.links)])
    claims = own_claims(side)
    for term in _CLAIMED:
        told = {
            (claim.signal, cosmetic_key(claim.line()))
            for claim in claims.about(term)
            if claim.signal != _UNSEEN
        }
        yield "\x1f".join([term, *(part for pair in sorted(told) for part in pair)])
