"""A page to extract, as a value that can be handed to another process."""

from __future__ import annotations

from attrs import frozen

from archive.article.extraction import Extraction, extract

__all__ = ["Request"]


@frozen
class Request:
    """One page to extract: the arguments of `archive.article.extract`."""

    content: bytes
    content_type: str | None
    url: str
    head: bytes | None = None
    chain: bytes | None = None

    def extract(self, *, reading: bool = False) -> Extraction:
        """Extract in this very process, without limits: a hostile page may hang it.

        Args:
            reading: whether what a reader sees of the page is asked for too.
        """
        return extract(
            self.content,
            self.content_type,
            self.url,
            head=self.head,
            chain=self.chain,
            reading=reading,
        )
