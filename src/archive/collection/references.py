"""How people name a capture.

::

    3f2a9c             an id, or a unique beginning of six characters or more
    URL                the latest capture of a URL that has an article
    URL@~N             the Nth such capture before the latest; ~0 is the latest
    URL@2026-11-22     the last capture not after the end of that day, UTC
    URL@INSTANT        the last capture not after that instant; without a zone it is UTC

An import stands in time where its claimed date says. The latest with an article is none that is
suspected not to be it, by the rules of now as well, nor one whose claimed date is yet to come,
while there is another.

A reference that is a stored URL as it stands is that URL, whatever stands after its last ``@``.
"""

from __future__ import annotations

import heapq
import re
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time
from functools import partial
from itertools import islice

from archive import url as urls
from archive.errors import LIST, NotFoundError, UrlError, UsageError
from archive.index.neighbours import list_articles_before, list_dated
from archive.index.queries import Index
from archive.index.reading import Reading
from archive.index.rows import Row
from archive.warc.record import write_date

__all__ = [
    "Doubt",
    "counts_back",
    "find_before",
    "is_count",
    "is_plain",
    "place",
    "resolve",
    "resolve_at",
]

_BACK = re.compile(r"~(\d{1,9})\Z")
_DAY = re.compile(r"\d{4}-\d\d-\d\d\Z")
_PAGE = 16  # captures that are fetched at a time where the nearest ones may be walls
_LIKE_URL = re.compile(r"https?:", re.IGNORECASE)

Doubt = Callable[[Row], str | None]
"""Says why a capture's page may not be the article; see `archive.collection.judging`."""


def resolve(index: Index, reference: str, doubt: Doubt) -> Row:
    """The row of the capture that a reference names.

    Args:
        index: of the collection.
        reference: as told above.
        doubt: says of which captures the page may not be the article.

    Raises:
        NotFoundError: there is none.
        UsageError: it fits several, or is no reference.
    """
    if not _LIKE_URL.match(reference.strip()):
        return index.by_prefix(reference)
    rows = _rows_of(index, reference)
    if rows:
        return _back(rows, 0, reference, doubt)
    url, at, moment = reference.rpartition("@")
    if at and (_BACK.match(moment) or _read_moment(moment)):
        return resolve_at(index, url, moment, doubt)
    raise NotFoundError("never captured", where=urls.redact(reference), hint=LIST)


def resolve_at(index: Index, url: str, at: str, doubt: Doubt) -> Row:
    """The row of a URL's capture ``~N`` back, or the last one not after a date or instant.

    Raises:
        NotFoundError: there is none.
        UsageError: `at` is neither.
    """
    rows = index.of_url(urls.normalize(url))
    if not rows:
        raise NotFoundError("never captured", where=urls.redact(url), hint=LIST)
    if back := _BACK.match(at):
        return _back(rows, int(back.group(1)), url, doubt)
    moment = _read_moment(at)
    if moment is None:
        raise UsageError("neither ~N nor an ISO date or instant", where=at)
    before = [row for row in rows if row.stands <= write_date(moment)]
    if not before:
        raise NotFoundError(f"not captured until {at}", where=urls.redact(url))
    return max(before, key=place)


def counts_back(index: Index, reference: str) -> bool:
    """Whether a reference is a URL, or counts back from its latest capture: it names no moment."""
    if not _LIKE_URL.match(reference.strip()):
        return False
    return bool(_rows_of(index, reference)) or is_count(reference.rpartition("@")[2])


def is_count(at: str) -> bool:
    """Whether a place in time is ``~N``."""
    return _BACK.match(at) is not None


def is_plain(row: Row, doubt: Doubt) -> bool:
    """Whether a capture has an article that it is not suspected not to be, of no time to come."""
    return row.words is not None and row.stands <= row.date and doubt(row) is None


def find_before(reading: Reading, row: Row, doubt: Doubt) -> Row | None:
    """The last capture of the same URL before one that is plainly an article, or None."""
    dated = [
        one for one in reading.ask(partial(list_dated, url=row.url)) if place(one) < place(row)
    ]
    dated.sort(key=place, reverse=True)
    fetched = (_before(reading, row, arrived=arrived) for arrived in (False, True))
    found = heapq.merge(*fetched, dated, key=place, reverse=True)
    return next((one for one in found if is_plain(one, doubt)), None)


def _before(reading: Reading, row: Row, *, arrived: bool) -> Iterator[Row]:
    """Fetched captures before one that asked for its URL, or arrived where it did; newest first."""
    last, url = place(row), row.final_url if arrived else row.url
    while True:
        found = reading.ask(
            partial(list_articles_before, url=url, before=last, most=_PAGE, arrived=arrived)
        )
        yield from found
        if len(found) < _PAGE:
            return
        last = place(found[-1])


def place(row: Row) -> tuple[str, int]:
    """Where a capture stands in time."""
    return row.stands, row.sequence


def _rows_of(index: Index, url: str) -> list[Row]:
    try:
        return index.of_url(urls.normalize(url))
    except UrlError:
        return []


def _back(rows: list[Row], steps: int, url: str, doubt: Doubt) -> Row:
    """The capture so many steps before the latest, among those with an article if there are any.

    Only as many are looked at as it takes.
    """
    ordered = sorted(rows, key=place, reverse=True)
    with_article = [row for row in ordered if row.words is not None]
    plain = (row for row in with_article if is_plain(row, doubt))
    good = list(islice(plain, steps + 1)) or with_article or ordered
    if steps >= len(good):
        raise NotFoundError(f"has only {len(good)} such captures", where=urls.redact(url))
    return good[steps]


def _read_moment(text: str) -> datetime | None:
    """An ISO 8601 date (its end, UTC) or instant; None when it is neither."""
    try:
        if _DAY.match(text):
            return datetime.combine(date.fromisoformat(text), time.max, UTC)
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
