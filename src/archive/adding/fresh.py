"""What was found on a page just now, so that nothing that is stored need be read for it."""

from __future__ import annotations

from attrs import frozen

from archive.article import Extraction, Request
from archive.comparison.gist import Gist
from archive.workers.pool import Extractors

__all__ = ["Fresh"]


@frozen
class Fresh:
    """What was found on a page.

    Attributes:
        page: it.
        found: what was extracted from it.
        gist: its gist; None where it is not known.
    """

    page: Request
    found: Extraction
    gist: Gist | None

    @classmethod
    def read(cls, page: Request, extractors: Extractors) -> Fresh:
        """Extract a page, and see what its reader sees."""
        return cls(page, *extractors.read(page))
