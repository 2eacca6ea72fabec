"""A fetched page: the codings of its last answer undone, once, and the digests of its layers.

What was found on it just now goes on with it (`Fresh`), so that nothing stored need be read for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve, field, frozen

from archive.article import Extraction, Request
from archive.comparison.gist import Gist
from archive.digest import sha256
from archive.http import declare, list_oddities
from archive.proof.statement import Layers
from archive.workers.pool import Extractors

if TYPE_CHECKING:
    from archive.capture import Fetch

__all__ = ["Fresh", "Page", "read_page"]


@frozen
class Page(Request):
    """A page to extract, and what is known of it besides.

    Attributes:
        content: the bytes a reader's browser would parse, as far as they came; empty where there is
            a `problem`.
        content_type: by which they are read, `stated` or sniffed.
        problem: why they cannot be had.
        stated: the Content-Type as it came.
        oddities: what was odd about the content, by the names of `archive.http.oddities`.
        layers: the digests so far; the block's is taken when its record is written.
    """

    problem: str | None = None
    stated: str | None = None
    oddities: tuple[str, ...] = ()
    layers: Layers = field(factory=Layers)


def read_page(fetched: Fetch) -> Page:
    """The page in the last answer that came."""
    url = fetched.final_url
    answered = [exchange for exchange in fetched.exchanges if exchange.answer]
    if not answered:
        return Page(b"", None, url, problem="nothing was received")
    peer, response = answered[-1].peer, answered[-1].response
    if response is None:
        return Page(b"", None, url, problem="no response was understood")
    entity = sha256(response.entity)
    head = response.head[response.interim :]
    stated = response.field("Content-Type")
    page = Page(
        b"",
        stated,
        url,
        head=head,
        chain=(peer.chain or None) if peer is not None else None,
        stated=stated,
        layers=Layers(header=sha256(head), entity=entity),
    )
    if not (response.complete or response.broken):
        return evolve(page, problem="the response is cut")
    decoded = response.decoded
    content = decoded.data
    odd = (*decoded.oddities, *list_oddities(stated, content or b""))
    if content is None:
        return evolve(page, problem=decoded.problem, oddities=odd)
    digest = entity if content is response.entity else sha256(content)
    return evolve(
        page,
        content=content,
        content_type=declare(stated, content),
        oddities=odd,
        layers=evolve(page.layers, content=digest),
    )


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
