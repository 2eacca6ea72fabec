"""What the collection knows already: an earlier capture whose same content has a text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive.adding.effects import versions
from archive.adding.page import Page
from archive.adding.text import Text
from archive.article import extractor
from archive.store.writer import Writer

if TYPE_CHECKING:
    from archive.capture import Fetch

__all__ = ["find_earlier"]


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
    row = writer.index.same_extraction(fetched.url, page.url, content, page.content_type, ours.id)
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
        article=(row.title, row.words),
        same_as=row.envelope,
        searched=(said.status, said.software) == (fetched.status, versions()),
        suspicion=row.suspicion,
    )
