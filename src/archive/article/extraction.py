"""The text and the claims of one page.

Own decoding, one parse, and trafilatura on the parsed tree with fixed options. A page never makes
this fail: whatever lxml or trafilatura raise becomes the outcome ``crash``.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Literal, get_args

from attrs import frozen

from archive.article.article import Article
from archive.article.claims import Claims
from archive.article.decoding import Decoding, decode
from archive.article.engine import OPTIONS, Extractor, extractor

if TYPE_CHECKING:
    from collections.abc import Callable

    from lxml.html import HtmlElement

__all__ = ["LARGEST", "OUTCOMES", "Extraction", "Outcome", "extract"]

LARGEST = 20_000_000
"""The most bytes of content that are extracted from."""

Outcome = Literal["ok", "none", "timeout", "crash", "too-large"]
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
    """

    outcome: Outcome
    reason: str | None
    text: str | None
    claims: Claims
    decoding: Decoding | None
    extractor: Extractor | None

    @property
    def record(self) -> bytes | None:
        """The content of the text record, or None where there is no text."""
        return None if self.text is None else self.text.encode()

    @property
    def article(self) -> Article | None:
        """The article, or None where there is no text."""
        return None if self.text is None else Article.of(self.text, self.claims)


def extract(content: bytes, content_type: str | None, url: str) -> Extraction:
    """Extract a page's text and claims. The same arguments give the same result.

    Args:
        content: the page's bytes, content coding undone.
        content_type: the value of the HTTP header Content-Type, or None.
        url: the page's URL.

    Returns:
        The extraction; whatever the page is, nothing is raised.
    """
    if len(content) > LARGEST:
        return _nothing("too-large", f"more than {LARGEST} bytes")
    from archive.article import signals, tree

    refusal = tree.why_not(content, content_type)
    if refusal:
        return _nothing("none", refusal.reason)
    claims, decoding, stage = Claims(), None, "decoding"
    try:
        decoded = decode(content, content_type)
        decoding, stage = decoded.decoding, "lxml"
        root = tree.parse(decoded.text)
        if isinstance(root, tree.NotHtml):
            return _nothing("none", root.reason, decoding=decoding)
        claims = signals.headlines(root)
        stage = "trafilatura"
        text = _text(root, url)
    except Exception as error:
        reason = f"{type(error).__name__} in {stage}"
        return _nothing("crash", reason, claims, decoding)
    if not text:
        return _nothing("none", "no article text found", claims, decoding)
    return Extraction("ok", None, text, claims, decoded.decoding, extractor())


def _nothing(
    outcome: Outcome, reason: str, claims: Claims | None = None, decoding: Decoding | None = None
) -> Extraction:
    return Extraction(outcome, reason, None, claims or Claims(), decoding, extractor())


def _text(root: HtmlElement, url: str) -> str:
    """The paragraphs that trafilatura finds, stripped, one a line; it works on its own copy."""
    document = _trafilatura()(root, url=url, **OPTIONS)
    lines = (line.strip() for line in (document.text or "").split("\n")) if document else ()
    text = "".join(f"{line}\n" for line in lines if line)
    text.encode()
    return text


@cache
def _trafilatura() -> Callable[..., Any]:
    """Load trafilatura and silence it: what it logs is in the outcome."""
    import logging

    import trafilatura

    for name in ("trafilatura", "htmldate", "courlan", "justext"):
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    return trafilatura.bare_extraction
