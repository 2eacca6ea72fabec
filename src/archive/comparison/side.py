"""One side of a comparison: what was read from one capture, ready to be compared."""

from __future__ import annotations

from contextlib import suppress
from functools import cached_property

from attrs import evolve, field, frozen
from lxml.etree import LxmlError

from archive.article import Claims, Derived, Extraction, Extractor, decode, derive, tree
from archive.article.bodies import TextSource
from archive.article.quotations import Quotation
from archive.article.quotations.finding import find_quotations
from archive.article.reading import Reading
from archive.article.reading.page import complete, read_page
from archive.article.reading.stored import parse_reading
from archive.article.reading.variants import Variant
from archive.article.shown import show
from archive.comparison.tongue import find_tongue
from archive.digest import sha256
from archive.errors import DocumentError
from archive.languages import LANGUAGES

__all__ = ["LONGEST", "Side", "read_side"]

LONGEST = 400_000
"""In longer texts no quotations are looked for."""


@frozen
class Side:
    """What one capture has of an article.

    Args:
        text: the article's text, a paragraph a line; None where there is no article.
        title: its headline, or None.
        claims: what the page says about itself.
        quotations: the quotations of the text; found when asked for where None is given.
        page: the reading of the page; None where only the text is known.
        language: the language that the page claims, a BCP 47 tag, or None.
        content: the SHA-256 of the page's bytes in hexadecimal, or None.
        extractor: what the text was extracted by; None where it was imported as it is.
        suspicious: why the page is probably not the article, such as ``consent wall``; else None.
        limitations: of the capture; ``cut`` and ``unclosed`` matter here.
        text_source: where the text stands that the page shows no reader; None of one that it shows.
        source: the page's bytes and their encoding, for places in them; None where unknown.
    """

    text: str | None
    title: str | None = None
    claims: Claims = field(factory=Claims)
    quotations: tuple[Quotation, ...] | None = field(default=None, repr=False)
    page: Reading | None = field(default=None, repr=False)
    language: str | None = None
    content: str | None = None
    extractor: Extractor | None = field(default=None, repr=False)
    suspicious: str | None = None
    limitations: frozenset[str] = frozenset()
    text_source: TextSource | None = None
    source: tuple[bytes, str] | None = field(default=None, repr=False, eq=False)

    @classmethod
    def of(cls, extraction: Extraction) -> Side:
        """The side of an extraction alone, without what the page shows."""
        derived = derive(extraction.claims)
        return cls(
            text=extraction.text,
            title=_first(derived, "title"),
            claims=extraction.claims,
            language=_first(derived, "language"),
            extractor=extraction.extractor,
            text_source=extraction.source,
        )

    @cached_property
    def reading(self) -> Reading:
        """What a reader sees: the page's reading, or the lines of a text known alone."""
        return self.page if self.page is not None else Reading.of_lines(self.text or "")

    @property
    def variant(self) -> Variant | None:
        """What the page was made for."""
        return self.page.variant if self.page is not None else None

    def quoted(self) -> tuple[Quotation, ...]:
        """The quotations of the text; none of a text of more than `LONGEST` characters."""
        if self.quotations is not None:
            return self.quotations
        return self.quoted_in(self.text or "")

    def quoted_in(self, text: str) -> tuple[Quotation, ...]:
        """The quotations of other words of the same page; none of more than `LONGEST`."""
        return () if len(text) > LONGEST else find_quotations(text, self.code())

    def code(self) -> str | None:
        """The page's language, of labels and the like: as claimed, unless English is and it is not.

        Pages made by a system that was never told its language claim English.
        """
        claimed = self._claimed()
        return claimed if claimed in LANGUAGES and claimed != "en" else self._tongue

    def codes(self) -> tuple[str, ...]:
        """The languages whose words its text may have: its own by its words, and the page's.

        A page made from a foreign template claims the template's language.
        """
        return tuple(dict.fromkeys(code for code in (self._tongue, self.code()) if code))

    @cached_property
    def _tongue(self) -> str | None:
        return find_tongue(self.text or "", self._claimed())

    def _claimed(self) -> str:
        return (self.language or "").replace("_", "-").partition("-")[0].lower()


def read_side(
    content: bytes,
    content_type: str | None,
    url: str,
    extraction: Extraction,
    *,
    suspicious: str | None = None,
    limitations: frozenset[str] = frozenset(),
) -> Side:
    """The side of a captured page.

    Args:
        content: the page's bytes, content coding undone.
        content_type: the value of the HTTP header Content-Type, or None.
        url: the page's URL.
        extraction: what was extracted from these bytes.
        suspicious: why the page is probably not the article, or None.
        limitations: of the capture.

    Returns:
        The side; what cannot be read as a page is a side without `page`.
    """
    side = evolve(
        Side.of(extraction),
        content=sha256(content),
        suspicious=suspicious,
        limitations=limitations,
    )
    page, decoding = _find_reading(extraction), extraction.decoding
    if page is not None and decoding is not None:
        return evolve(side, page=page, source=(content, decoding.encoding))
    return _with_page(side, content, content_type, url)


def _find_reading(extraction: Extraction) -> Reading | None:
    """The reading that was made with an extraction, here or by another process; None without."""
    if extraction.seen is None:
        return extraction.reading
    with suppress(DocumentError):  # then the page is read here
        return parse_reading(extraction.seen)
    return None


def _with_page(side: Side, content: bytes, content_type: str | None, url: str) -> Side:
    """A side with what its page shows, which is parsed for it."""
    if tree.why_not(content, content_type):
        return side
    try:
        decoded = decode(content, content_type)
        root = tree.parse(decoded.text, content if decoded.is_utf8() else None)
        if isinstance(root, tree.NotHtml):
            return side
        show(root)
        titles = [claim.line() for claim in side.claims.about("headline")]
        page = read_page(root, url, side.text, titles)
        page = complete(page, side.text or "", is_shown=side.text_source is None)
    except (LxmlError, MemoryError, RecursionError):
        return side
    return evolve(side, page=page, source=(content, decoded.encoding))


def _first(derived: Derived, name: str) -> str | None:
    view = getattr(derived, name)
    return view.value if view is not None and isinstance(view.value, str) else None
