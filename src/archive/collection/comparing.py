"""Two captures compared: what each holds, read by one extractor, beside other pages of the host."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from urllib.parse import urlsplit

from attrs import evolve, frozen

from archive.article import Article, Extraction, Extractor, Request, suspect
from archive.article.extraction import GIVEN_UP
from archive.collection.capture import Capture
from archive.collection.reextraction import request_page
from archive.comparison import (
    Comparison,
    Host,
    Passage,
    Side,
    compare_sides,
    read_side,
    shared_passages,
)
from archive.errors import ArchiveError

__all__ = ["HOST_PAGES", "Pair", "pair_captures", "site_of"]

_JUDGED = ("wire", "warc")
HOST_PAGES = 8
"""How many other pages of a host are read for either side, to know its boilerplate."""


@frozen
class Pair:
    """Two captures, what was compared of each, and what came of it.

    Args:
        before: the earlier capture.
        after: the later one.
        sides: what was compared of the two.
        comparison: the outcome.
        host_pages: how many other pages of the host told what is boilerplate.
    """

    before: Capture
    after: Capture
    sides: tuple[Side, Side]
    comparison: Comparison
    host_pages: int = 0

    @property
    def crosses_sources(self) -> bool:
        """Whether the two are of different URLs, arrived at or asked for."""
        return _crosses(self.before, self.after)

    def shared(self) -> tuple[Passage, ...]:
        """The passages that both texts have, see `archive.comparison.shared_passages`."""
        return shared_passages(self.sides[0].text or "", self.sides[1].text or "")


def site_of(url: str) -> str:
    """How the URLs of a site begin: scheme, host and port, with the slash after them."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}/"


def pair_captures(
    before: Capture,
    after: Capture,
    *,
    extract: Callable[[Request], Extraction],
    others: Iterable[Capture],
) -> Pair:
    """Compare two captures of a collection.

    Where the stored texts of two pages come from different extractors or options, or an extractor
    gave up on one of them, both pages are extracted again. Imported text stays as it is. *Silent*
    is judged only between captures from the wire, or from WARC files, of one URL, in time order.

    Args:
        before: the earlier capture.
        after: the later one.
        extract: extracts a page.
        others: captures of other pages of the host, of about the time of either.

    Raises:
        InputError, HttpError: what they hold cannot be read.
    """
    stored = {capture: _stored(capture) for capture in (before, after)}
    held = [capture for capture in stored if _has_page(capture)]
    makers = [_maker(stored[capture]) for capture in held]
    anew = any(maker is None or maker != makers[0] for maker in makers)
    if anew:
        stored |= {capture: extract(request_page(capture)) for capture in held}
    sides = _side(before, stored[before]), _side(after, stored[after])
    pages = _pages(others)
    host = Host.of(pages.values())
    compared = compare_sides(*sides, host=host, reextracted=anew)
    reason = _why_not_judged(before, after)
    if reason and compared.silent:
        compared = evolve(compared, silent=None, silent_reason=reason)
    if compared.state in ("replaced", "translated") and _crosses(before, after):
        compared = evolve(compared, state="compared")  # two stories: neither took the other's place
    return Pair(before, after, sides, compared, len(pages))


def _why_not_judged(before: Capture, after: Capture) -> str | None:
    """Why nobody can say of two captures that an edit was silent, or None."""
    if _crosses(before, after):
        return "captures of two URLs"
    for one in (before, after):
        if one.grade not in _JUDGED and not one.failed:
            return f"a capture of grade {one.grade}, not from the wire"
    if before.grade != after.grade and not (before.failed or after.failed):
        return "captures of two grades"
    if before.date > after.date:
        return "the captures are not in the order of time"
    return None


def _crosses(before: Capture, after: Capture) -> bool:
    old, new = before.row, after.row
    return not {old.url, old.final_url} & {new.url, new.final_url}


def _has_page(capture: Capture) -> bool:
    return not capture.failed and capture.grade != "text"


def _stored(capture: Capture) -> Extraction | None:
    """The extraction that a capture keeps; None where nothing was extracted."""
    told = capture.attribution
    if told is None:
        return None
    article: Article | None = capture.article
    return Extraction(
        told.outcome,
        told.reason,
        article.text if article else None,
        told.claims,
        told.decoding,
        told.extractor,
        told.quotations,
    )


def _maker(found: Extraction | None) -> Extractor | None:
    """What made an extraction; None where it has to be made again."""
    return None if found is None or found.outcome in GIVEN_UP else found.extractor


def _side(capture: Capture, found: Extraction | None) -> Side:
    if found is None:
        return Side(text=None)
    content = capture.content if _has_page(capture) else None
    if content is None:
        return Side.of(found)
    return read_side(
        content,
        capture.content_type,
        capture.final_url,
        found,
        suspicious=_suspicion(capture, content, found),
        limitations=frozenset(capture.limitations),
    )


def _suspicion(capture: Capture, content: bytes, found: Extraction) -> str | None:
    """Why a page may not be the article: as was signed, else by the rules of now."""
    if capture.suspicion is not None:
        return capture.suspicion
    response = capture.response
    fields = response.fields if response is not None else ()
    words = found.article.words if found.article else 0
    status = 200 if capture.status is None else capture.status
    asked, arrived = capture.url, capture.final_url
    try:
        return suspect(status, fields, content, words, asked=asked, arrived=arrived)
    except Exception:  # a hint, whatever the page is
        return None


def _pages(others: Iterable[Capture]) -> dict[str, str]:
    """What the captures of each URL say, together; those that cannot be read tell nothing."""
    pages: dict[str, str] = {}
    for other in others:
        article = None
        with suppress(ArchiveError):
            article = other.article
        if article is not None:
            pages[other.final_url] = f"{pages.get(other.final_url, '')}{article.text}\n"
    return pages
