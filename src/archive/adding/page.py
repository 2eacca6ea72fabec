"""A fetched page: the codings of its last answer undone, once, and the digests of its layers.

What was found on it just now goes on with it (`Fresh`), so that nothing stored need be read for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve, field, frozen

from archive.article import Extraction, Request
from archive.comparison.gist import Gist
from archive.digest import sha256
from archive.errors import HttpError
from archive.proof.statement import Layers
from archive.workers.pool import Extractors

if TYPE_CHECKING:
    from archive.capture import Fetch

__all__ = ["Fresh", "Page", "read_page"]


@frozen
class Page(Request):
    """A page to extract, and what is known of it besides.

    Attributes:
        content: the bytes a reader's browser would parse; empty where there is a `problem`.
        problem: why they cannot be had.
        layers: the digests so far; the block's is taken when its record is written.
    """

    problem: str | None = None
    layers: Layers = field(factory=Layers)


def read_page(fetched: Fetch) -> Page:
    """The page in the last answer that came."""
    url = fetched.final_url
    answered = [exchange for exchange in fetched.exchanges if exchange.received]
    if not answered:
        return Page(b"", None, url, problem="nothing was received")
    peer, response = answered[-1].peer, answered[-1].response
    if response is None:
        return Page(b"", None, url, problem="no response was understood")
    entity = sha256(response.entity)
    page = Page(
        b"",
        response.field("Content-Type"),
        url,
        head=response.head,
        chain=(peer.chain or None) if peer is not None else None,
        layers=Layers(header=sha256(response.head), entity=entity),
    )
    if not response.complete:
        return evolve(page, problem="the response is cut")
    try:
        content = response.content
    except HttpError as error:
        return evolve(page, problem=error.message)
    digest = entity if content is response.entity else sha256(content)
    return evolve(page, content=content, layers=evolve(page.layers, content=digest))


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
