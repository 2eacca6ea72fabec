"""What an article said: decoding, extraction, claims, and the two records that keep them.

Bytes in, values out. Importing this room loads neither lxml nor trafilatura: only `extract` does.
It is the one importer of trafilatura. ::

    decoding    from bytes to characters, and which rule decided
    tree        one parse, or the reason why it is not HTML          (lxml)
    signals     the claims found in the tree
    engine      name, version and options of what extracts
    extraction  text and claims of one page; never an exception      (trafilatura, when called)
    claims      claims as values, the derived title
    article     title, text, paragraphs, words
    record      the bytes of the claims record and of the text record
    imported    scraped text instead of a page
    suspicion   challenge pages, consent walls, soft paywalls
"""

from __future__ import annotations

from archive.article.article import Article
from archive.article.claims import Claim, Claims
from archive.article.decoding import Decoded, Decoding, decode
from archive.article.derived import Derived, Title, View, derive, derive_title
from archive.article.engine import Extractor, extractor
from archive.article.extraction import Extraction, extract
from archive.article.imported import looks_like_html, read_text
from archive.article.record import ClaimsRecord, claim_lines, paragraph_lines
from archive.article.suspicion import suspect

__all__ = [
    "Article",
    "Claim",
    "Claims",
    "ClaimsRecord",
    "Decoded",
    "Decoding",
    "Derived",
    "Extraction",
    "Extractor",
    "Title",
    "View",
    "claim_lines",
    "decode",
    "derive",
    "derive_title",
    "extract",
    "extractor",
    "looks_like_html",
    "paragraph_lines",
    "read_text",
    "suspect",
]
