"""What a capture says of its page's text: two records, or the earlier capture that has them.

An earlier capture whose same content has a text is looked for first. Otherwise the bytes of both
records, what the statement says of them, and the salted roots over paragraphs and claims are made
here, once, for a capture as for a text that is extracted later.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from archive.adding.page import Fresh, Page
from archive.adding.versions import versions
from archive.article import ClaimsRecord, Extraction, extractor, paragraph_lines
from archive.comparison.gist import Gist
from archive.digest import sha256
from archive.index.rows import NO_ARTICLE, ArticleName
from archive.proof.merkle import CLAIM, PARAGRAPH, Root, commit
from archive.proof.statement import ExtractionSummary
from archive.store.draft import Part
from archive.store.writer import Writer

if TYPE_CHECKING:
    from archive.capture import Fetch

__all__ = ["Text", "find_earlier", "write_text"]


@frozen(kw_only=True)
class Text:
    """What is said of a page's text; of one that was not extracted nothing.

    Attributes:
        text_record, claims_record: the records' content, None where there is none of its own.
        digest: SHA-256 of the text record, its own or the earlier one's; None without a text.
        extraction: what extracted and what came of it; None for imported text.
        paragraphs, claims: the salted roots.
        article: title and words, and where the text stands if no reader was shown it.
        same_as: SHA-256 of the envelope of the earlier capture that has the records, or None.
        searched: whether this very software has looked in the same content, under the same status,
            for signs that it is not the article; `suspicion` is what it found.
        fresh: what was found on the page just now; None where nothing was looked for.
    """

    text_record: bytes | None = None
    claims_record: bytes | None = None
    digest: str | None = None
    extraction: ExtractionSummary | None = None
    paragraphs: Root | None = None
    claims: Root | None = None
    article: ArticleName = NO_ARTICLE
    same_as: str | None = None
    searched: bool = False
    suspicion: str | None = None
    fresh: Fresh | None = None

    @property
    def shown_words(self) -> int:
        """How many words of the article the page shows its readers."""
        _, words, source = self.article
        return 0 if source else words or 0

    def write_parts(self, url: str, answer: int | None = None) -> list[Part]:
        """Its records.

        Args:
            url: where the page was found.
            answer: which part of the draft holds the page, None where that is in none.
        """
        parts = []
        if self.text_record is not None:
            parts.append(Part("text", url, self.text_record, concurrent_to=answer))
        if self.claims_record is not None:
            parts.append(Part("claims", url, self.claims_record, refers_to=answer))
        return parts


def find_earlier(writer: Writer, fetched: Fetch, page: Page) -> Text | None:
    """The text that an earlier capture's statement says of the same content, if ours would be it.

    Args:
        writer: confirms what the index says from the files, for it will be signed again.
        fetched: the attempt.
        page: what it gave.

    Raises:
        StorageError: the index cannot be read.
    """
    content, ours = page.layers.content, extractor()
    if content is None:
        return None
    row = writer.index.same_extraction(fetched.url, page.url, content, page.stated, ours.id)
    said = writer.confirm(row) if row is not None else None
    if row is None or said is None or said.extraction is None:
        return None
    if said.extraction.options != ours.options:
        return None
    return Text(
        digest=said.layers.text,
        extraction=said.extraction,
        paragraphs=said.paragraphs,
        claims=said.claims,
        article=row.article,
        same_as=row.envelope,
        searched=(said.status, said.software) == (fetched.status, versions()),
        suspicion=row.suspicion,
    )


def write_text(found: Extraction, seed: bytes, fresh: Fresh | None = None) -> Text:
    """The text that an extraction found, or that there is none.

    Args:
        found: what came of the extraction.
        seed: 32 random bytes for the salted roots.
        fresh: the same with its page, where that was looked at just now.
    """
    record, text = ClaimsRecord.of(found, seed), found.record
    return Text(
        text_record=text,
        claims_record=record.to_bytes(),
        digest=None if text is None else sha256(text),
        extraction=_stamp(found),
        paragraphs=None if text is None else commit(seed, PARAGRAPH, paragraph_lines(text)),
        claims=commit(seed, CLAIM, record.leaves),
        article=_name(found, fresh.gist if fresh is not None else None),
        fresh=fresh,
    )


def _name(found: Extraction, gist: Gist | None) -> ArticleName:
    """Title and words of what was extracted; the gist has them, where there is one."""
    if gist is not None:
        return gist.title, gist.words, found.source
    article = found.article
    return NO_ARTICLE if article is None else (article.title, article.words, found.source)


def _stamp(found: Extraction) -> ExtractionSummary | None:
    """What a statement says of an extraction."""
    made_by = found.extractor
    if made_by is None:
        return None
    return ExtractionSummary(
        outcome=found.outcome,
        reason=found.reason,
        extractor=made_by.id,
        version=made_by.version,
        options=made_by.options,
        built_on=made_by.built_on,
    )
