"""One side of a comparison: what was read from one capture, ready to be compared."""

from __future__ import annotations

from attrs import evolve, field, frozen

from archive.article import Claims, Derived, Extraction, Extractor, derive
from archive.article.quotations import Quotation, find_quotations
from archive.article.quotations.words import guess_vocabulary
from archive.comparison.visible import Page, read_page
from archive.digest import sha256
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
        page: what the page shows; None where only the text is known.
        language: the language that the page claims, a BCP 47 tag, or None.
        content: the SHA-256 of the page's bytes in hexadecimal, or None.
        extractor: what the text was extracted by; None where it was imported as it is.
    """

    text: str | None
    title: str | None = None
    claims: Claims = field(factory=Claims)
    quotations: tuple[Quotation, ...] | None = field(default=None, repr=False)
    page: Page | None = field(default=None, repr=False)
    language: str | None = None
    content: str | None = None
    extractor: Extractor | None = field(default=None, repr=False)

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
        )

    def quoted(self) -> tuple[Quotation, ...]:
        """The quotations of the text; none of a text of more than `LONGEST` characters."""
        if self.quotations is not None:
            return self.quotations
        if len(self.text or "") > LONGEST:
            return ()
        return find_quotations(self.text or "", self.code())

    def code(self) -> str | None:
        """The language of the text: as claimed, unless English is claimed and it reads otherwise.

        Pages made by a system that was never told its language claim English.
        """
        claimed = (self.language or "").replace("_", "-").partition("-")[0].lower()
        if claimed in LANGUAGES and claimed != "en":
            return claimed
        guessed = guess_vocabulary(self.text or "")
        return guessed.code if guessed else claimed or None


def read_side(content: bytes, content_type: str | None, url: str, extraction: Extraction) -> Side:
    """The side of a captured page.

    Args:
        content: the page's bytes, content coding undone.
        content_type: the value of the HTTP header Content-Type, or None.
        url: the page's URL.
        extraction: what was extracted from these bytes.

    Returns:
        The side; what cannot be read as a page is a side without `page`.
    """
    side = evolve(Side.of(extraction), content=sha256(content))
    return evolve(side, page=_page(content, content_type, url, extraction.text))


def _page(content: bytes, content_type: str | None, url: str, text: str | None) -> Page | None:
    from lxml.etree import LxmlError

    from archive.article import decode, tree

    if tree.why_not(content, content_type):
        return None
    try:
        root = tree.parse(decode(content, content_type).text)
        return None if isinstance(root, tree.NotHtml) else read_page(root, url, text)
    except (LxmlError, MemoryError, RecursionError):
        return None


def _first(derived: Derived, name: str) -> str | None:
    view = getattr(derived, name)
    return view.value if view is not None and isinstance(view.value, str) else None
