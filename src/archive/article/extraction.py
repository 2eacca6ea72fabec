"""The text, the claims and the quotations of one page.

Own decoding, one parse, and trafilatura on the parsed tree with fixed options. A page never makes
this fail: whatever lxml or trafilatura raise becomes the outcome ``crash``.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property, partial
from typing import TYPE_CHECKING, Literal, get_args

from attrs import Factory, field, frozen

from archive.article.article import Article
from archive.article.bodies import TextSource
from archive.article.claims import Claims
from archive.article.decoding import Decoding, decode
from archive.article.derived import derive_language
from archive.article.engine import Extractor, extractor
from archive.article.plain import find_plain_text, is_plain
from archive.article.quotations import Quotations

if TYPE_CHECKING:
    from archive.article.reading import Reading  # which extracting alone does without
    from archive.article.reading.walk import Walk
    from archive.article.tree import NotHtml

__all__ = [
    "GIVEN_UP",
    "LARGEST",
    "OUTCOMES",
    "Extraction",
    "Outcome",
    "extract",
    "no_text",
    "quote",
]

LARGEST = 20_000_000
"""The most bytes of content that are extracted from."""

Outcome = Literal["ok", "none", "timeout", "crash", "too-large"]
GIVEN_UP = ("timeout", "crash")
"""Outcomes that another attempt may not have: they say nothing about the page."""
OUTCOMES: tuple[str, ...] = get_args(Outcome)
"""Every outcome that a claims record may have; `extract` itself never gives ``timeout``."""


@frozen
class Extraction:
    """What came of an extraction.

    Args:
        outcome: ``ok`` when there is a text.
        reason: why there is none, in a few words; None when there is.
        text: the paragraphs, one a line, each with its line feed; None unless ``ok``.
        claims: what the page says about itself, also when there is no text.
        decoding: the page's encoding and how it was found; None when nothing was decoded.
        extractor: what extracted; None when the text was not extracted but imported as it is.
        quotations: the quoted words in the text, with their places in it.
        source: where the text stands that no reader was shown, ``jsonld`` or ``state``; None of one
            that the page shows, and where there is none.
        read: gives the page's reading, where one was asked for; derived, and no part of the value.
        seen: the same as another process wrote it, see `archive.article.reading.stored`.
    """

    outcome: Outcome
    reason: str | None
    text: str | None
    claims: Claims
    decoding: Decoding | None
    extractor: Extractor | None
    quotations: Quotations = Factory(Quotations)
    source: TextSource | None = None
    _read: Callable[[], Reading | None] | None = field(default=None, eq=False, repr=False)
    seen: bytes | None = field(default=None, eq=False, repr=False)

    @property
    def record(self) -> bytes | None:
        """The content of the text record, or None where there is no text."""
        return None if self.text is None else self.text.encode()

    @cached_property
    def article(self) -> Article | None:
        """The article, or None where there is no text."""
        return None if self.text is None else Article.of(self.text, self.claims)

    @property
    def shown_words(self) -> int:
        """How many words of the article the page shows its readers."""
        return 0 if self.article is None or self.source else self.article.words

    @cached_property
    def reading(self) -> Reading | None:
        """What a reader sees of the page; None where that was not asked for here."""
        return None if self._read is None else self._read()


def extract(
    content: bytes,
    content_type: str | None,
    url: str,
    *,
    head: bytes | None = None,
    chain: bytes | None = None,
    reading: bool = False,
) -> Extraction:
    """Extract a page's text, claims and quotations. The same arguments give the same result.

    Args:
        content: the page's bytes, content coding undone.
        content_type: the value of the HTTP header Content-Type, or None.
        url: the page's URL.
        head: the response block that the content came in, or its head alone, for the claims of the
            header fields; their spans are in it.
        chain: the certificates that the server presented, PEM, its own first, for its claims.
        reading: whether what a reader sees of the page is asked for too.

    Returns:
        The extraction; whatever the page is, nothing is raised.
    """
    from archive.article import shown, signals, text, tree
    from archive.article.reading import page

    beside = signals.around(head, chain)
    unparsed = _do_without_parser(content, content_type, beside, tree.why_not)
    if unparsed is not None:
        return unparsed
    claims, decoding, stage = beside, None, "decoding"
    try:
        decoded = decode(content, content_type)
        decoding, stage = decoded.decoding, "lxml"
        crowd = tree.is_crowded(content, decoded)
        if crowd and crowd.past is not None:
            decoded = decode(content := content[: crowd.past], content_type)
        root = crowd or tree.parse(decoded.text, content if decoded.is_utf8() else None)
        stage = "claims"
        if crowd or not isinstance(root, tree.NotHtml):
            claims = signals.find(content, decoded.encoding, decoded.text).after(beside)
        if isinstance(root, tree.NotHtml):
            outcome: Outcome = "none" if root.past is None else "too-large"
            return _nothing(outcome, root.reason, claims, decoding)
        stage = "trafilatura"
        shown.show(root)
        blocks = page.cut(root)
        found = text.find_text(root, url, claims, blocks, joined=text.has_joiners(decoded.text))
        stage = "bodies"
        found, source = text.or_stated(found, content, decoded, url, claims, blocks)
        stage = "quotations"
        quotations = quote(found, claims)
    except Exception as error:
        return _nothing("crash", f"{type(error).__name__} in {stage}", claims, decoding)
    read = _defer(partial(page.finish, root, url), blocks, found, claims, source)
    rest = quotations, source, read if reading else None
    if found:
        return Extraction("ok", None, found, claims, decoding, extractor(), *rest)
    return Extraction("none", tree.why_no_text(root), None, claims, decoding, extractor(), *rest)


def _defer(
    finish: Callable[..., Reading | None],
    blocks: Walk | None,
    found: str,
    claims: Claims,
    source: TextSource | None,
) -> Callable[[], Reading | None] | None:
    """What gives the reading of a page when it is asked for; None where its tree broke."""
    if blocks is None:
        return None
    titles = [claim.line() for claim in claims.about("headline")]
    return partial(finish, blocks, found, titles, is_shown=source is None)


def _do_without_parser(
    content: bytes, content_type: str | None, claims: Claims, why_not: Callable[..., NotHtml | None]
) -> Extraction | None:
    """The extraction of what is too large, plain text or no page; None where there is a parse."""
    if len(content) > LARGEST:
        return _nothing("too-large", f"more than {LARGEST} bytes", claims)
    if is_plain(content_type):
        return _read_plain(content, content_type, claims)
    refusal = why_not(content, content_type)
    return _nothing("none", refusal.reason, claims) if refusal else None


def _read_plain(content: bytes, content_type: str | None, claims: Claims) -> Extraction:
    """The extraction of a page of plain text; ``none`` where there is nothing but blanks."""
    try:
        found, decoded = find_plain_text(content, content_type)
        if not found:
            return _nothing("none", "empty", claims)
        quotations = quote(found, claims)
    except Exception as error:
        return _nothing("crash", f"{type(error).__name__} in plain text", claims)
    return Extraction("ok", None, found, claims, decoded.decoding, extractor(), quotations)


def quote(text: str, claims: Claims) -> Quotations:
    """The quotations of a text, in the language that the text shows or else the claims name.

    Args:
        text: the text record, decoded.
        claims: what the page says about itself.
    """
    from archive.article.quotations.finding import (
        iterate_quotations,
    )  # loads the words of languages

    language = derive_language(claims)
    found = iterate_quotations(text, str(language.value) if language else None)
    return Quotations.of(found)


def no_text(outcome: Outcome, reason: str, made_by: Extractor | None) -> Extraction:
    """The extraction of what has neither a text nor claims.

    Args:
        outcome: ``none``, or why it was not looked for.
        reason: why there is none, in a few words.
        made_by: what would have extracted; None for what is imported as it is.
    """
    return Extraction(outcome, reason, None, Claims(), None, made_by)


def _nothing(
    outcome: Outcome, reason: str, claims: Claims, decoding: Decoding | None = None
) -> Extraction:
    return Extraction(outcome, reason, None, claims, decoding, extractor())
