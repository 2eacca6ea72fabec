"""What an article said: decoding, extraction, claims, and the two records that keep them.

Bytes in, values out. Importing this room loads neither lxml nor trafilatura: only `extract` does.
It is the one importer of trafilatura. ::

    decoding    from bytes to characters, and which rule decided
    tree        one parse, or the reason why it is not HTML          (lxml)
    plain       pages of plain text, which need no parser
    shown       the tree as its reader sees it
    styles      what an inline style says of that
    reading     the visible blocks of a page, and where each stands
    keys        what counts as the same text
    signals     the claims, found in the bytes, with their spans
    bylines     bylines taken apart: who wrote, who did something else
    rosters     lists of names taken apart
    names       names told from roles; people, organisations, agencies
    dates       dates as pages write them, in ISO 8601
    calendars   dates in words, of any language and script
    pieces      a text taken apart into figures and words of dates
    claims      claims as values
    contradictions  which of them cannot both be true
    derived     one title, author set, date …, each naming its rule and the losers
    engine      name, version, options and rules of what extracts
    tables      tables that only lay a page out
    messages    what forms say that send an article on
    opinions    articles in elements that are called comments
    text        the article's text, and the rules after it           (trafilatura, when called)
    gaps        what it left out among what it kept
    folding     claims as they are compared: spellings folded
    bodies      the article where a page states it and shows it to no reader
    quotations  quoted words in the text, and whose they are
    extraction  text, claims and quotations of one page; never an exception
    request     a page to extract, as a value
    article     title, text, paragraphs, words
    record      the bytes of the claims record and of the text record
    lines       the line of the page that a claim was read from
    spans       places as stored: of bytes, of code points
    imported    scraped text instead of a page
    containers  files that are no text and hold one
    refresh     where a page leads by itself
    suspicion   challenge pages, consent walls, soft paywalls
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from archive.article.article import Article
from archive.article.claims import Claim, Claims, Conflict
from archive.article.decoding import Decoded, Decoding, decode
from archive.article.derived import (
    Derived,
    View,
    derive,
    derive_language,
    derive_title,
)
from archive.article.engine import Extractor, extractor
from archive.article.extraction import Extraction, extract, no_text
from archive.article.imported import looks_like_html, read_text
from archive.article.lines import Line, find_line
from archive.article.quotations import Quotation, Quotations
from archive.article.record import ClaimsRecord, claim_lines, paragraph_lines
from archive.article.request import Request

if TYPE_CHECKING:
    from archive.article.suspicion import suspect, suspect_again

__all__ = [
    "Article",
    "Claim",
    "Claims",
    "ClaimsRecord",
    "Conflict",
    "Decoded",
    "Decoding",
    "Derived",
    "Extraction",
    "Extractor",
    "Line",
    "Quotation",
    "Quotations",
    "Request",
    "View",
    "claim_lines",
    "decode",
    "derive",
    "derive_language",
    "derive_title",
    "extract",
    "extractor",
    "find_line",
    "looks_like_html",
    "no_text",
    "paragraph_lines",
    "read_text",
    "suspect",
    "suspect_again",
]


def __getattr__(name: str) -> Any:
    # Who reads a collection suspects nothing anew, and need not load the signs.
    if name not in ("suspect", "suspect_again"):
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from archive.article import suspicion

    return getattr(suspicion, name)
