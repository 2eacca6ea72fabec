"""How people name a capture.

::

    3f2a9c             an id, or a unique beginning of six characters or more
    URL                the latest capture of a URL that has an article
    URL@~N             the Nth such capture before the latest; ~0 is the latest
    URL@2026-11-22     the last capture not after the end of that day, UTC
    URL@INSTANT        the last capture not after that instant; without a zone it is UTC

An import stands in time where its claimed date says. The latest with an article is none that is
suspected not to be it, nor one whose claimed date is yet to come, while there is another.

A reference that is a stored URL as it stands is that URL, whatever stands after its last ``@``.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time

from archive import url as urls
from archive.errors import LIST, NotFoundError, UrlError, UsageError
from archive.index.neighbours import find_articles_before
from archive.index.queries import Index
from archive.index.rows import Row
from archive.warc.record import write_date

__all__ = ["find_before", "is_plain", "place", "resolve", "resolve_at"]

_BACK = re.compile(r"~(\d{1,9})\Z")
_DAY = re.compile(r"\d{4}-\d\d-\d\d\Z")
_LIKE_URL = re.compile(r"https?:", re.IGNORECASE)


def resolve(index: Index, reference: str) -> Row:
    """The row of the capture that a reference names.

    Raises:
        NotFoundError: there is none.
        UsageError: it fits several, or is no reference.
    """
    if not _LIKE_URL.match(reference.strip()):
        return index.by_prefix(reference)
    rows = _rows_of(index, reference)
    if rows:
        return _back(rows, 0, reference)
    url, at, moment = reference.rpartition("@")
    if at and (_BACK.match(moment) or _read_moment(moment)):
        return resolve_at(index, url, moment)
    raise NotFoundError("never captured", where=reference, hint=LIST)


def resolve_at(index: Index, url: str, at: str) -> Row:
    """The row of a URL's capture ``~N`` back, or the last one not after a date or instant.

    Raises:
        NotFoundError: there is none.
        UsageError: `at` is neither.
    """
    rows = index.of_url(urls.normalize(url))
    if not rows:
        raise NotFoundError("never captured", where=url, hint=LIST)
    if back := _BACK.match(at):
        return _back(rows, int(back.group(1)), url)
    moment = _read_moment(at)
    if moment is None:
        raise UsageError("neither ~N nor an ISO date or instant", where=at)
    before = [row for row in rows if row.stands <= write_date(moment)]
    if not before:
        raise NotFoundError(f"not captured until {at}", where=url)
    return max(before, key=place)


def is_plain(row: Row) -> bool:
    """Whether a capture has an article that it is not suspected not to be, of no time to come."""
    return row.words is not None and row.suspicion is None and row.stands <= row.date


def find_before(index: Index, row: Row) -> Row | None:
    """The last capture of the same URL before one that is plainly an article, or None."""
    found = (
        one for one in find_articles_before(index, row) if is_plain(one) and place(one) < place(row)
    )
    return max(found, key=place, default=None)


def place(row: Row) -> tuple[str, int]:
    """Where a capture stands in time."""
    return row.stands, row.sequence


def _rows_of(index: Index, url: str) -> list[Row]:
    try:
        return index.of_url(urls.normalize(url))
    except UrlError:
        return []


def _back(rows: list[Row], steps: int, url: str) -> Row:
    """The capture so many steps before the latest, among those with an article if there are any."""
    with_article = [row for row in rows if row.words is not None]
    good = sorted(list(filter(is_plain, with_article)) or with_article or rows, key=place)
    if steps >= len(good):
        raise NotFoundError(f"has only {len(good)} such captures", where=url)
    return good[-1 - steps]


def _read_moment(text: str) -> datetime | None:
    """An ISO 8601 date (its end, UTC) or instant; None when it is neither."""
    try:
        if _DAY.match(text):
            return datetime.combine(date.fromisoformat(text), time.max, UTC)
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
