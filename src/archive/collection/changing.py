"""What changed since the capture before: for one that was just made, and for a whole collection."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from attrs import frozen

from archive.collection.capture import Capture
from archive.collection.history import list_versions, trace
from archive.collection.judging import Judge, is_read
from archive.collection.references import Doubt, find_before, is_plain
from archive.comparison.result import NO_ARTICLE
from archive.errors import ArchiveError, StorageError, UsageError
from archive.index.changed import Difference
from archive.index.neighbours import list_before
from archive.index.queries import Index
from archive.index.reading import Reading
from archive.index.rows import Row
from archive.warc.record import write_date

__all__ = ["Step", "find_step", "list_steps", "rewrite", "why_no_step"]

_PAGE = 500


@frozen
class Step:
    """What lies between a capture and the one of the same URL before it.

    Both are plainly articles: suspicious captures, failures, and imports with a date that is yet
    to come are passed over.

    Args:
        since: the capture before.
        capture: it.
        difference: what comparing the two says.
    """

    since: Capture
    capture: Capture
    difference: Difference

    @property
    def same(self) -> bool:
        """Whether the article is the same."""
        return self.difference.same

    @property
    def classes(self) -> tuple[str, ...]:
        """The classes of the changes, in the order of `archive.comparison.CLASSES`."""
        return self.difference.classes

    @property
    def silent(self) -> bool | None:
        """Whether a substantive change is told by nothing; None where that is not judged."""
        return self.difference.silent

    @property
    def silent_reason(self) -> str | None:
        """Why that is not judged; None where it is."""
        return self.difference.silent_reason

    def to_dict(self) -> dict[str, Any]:
        """What ``archive add --json`` prints of it."""
        return {
            "since": self.since.id,
            "same": self.same,
            "classes": list(self.classes),
            "silent": self.silent,
            "silent_reason": self.silent_reason,
        }


def why_no_step(row: Row, doubt: Doubt) -> str | None:
    """Why nothing is said of what changed in a capture; None where something can be."""
    if row.failed:
        return "the capture failed"
    reason = doubt(row)
    if reason is not None:
        return f"{NO_ARTICLE}: {reason}"
    if row.stands > row.date:
        return "its claimed date is yet to come"
    if not is_read(row):
        return f"no text was extracted{f': {row.extraction}' if row.extraction else ''}"
    return None


def find_step(judge: Judge, reading: Reading, capture: Capture) -> Step | str:
    """What changed in a capture since the one before it, or why nothing is said of that.

    Args:
        judge: compares captures.
        reading: the collection's captures.
        capture: any of them.

    Raises:
        StorageError: the collection cannot be read.
    """
    reason = why_no_step(capture.row, judge.doubt)
    if reason is not None:
        return reason
    row = find_before(reading, capture.row, judge.doubt)
    if row is None:
        return "no capture of an article at this URL before it"
    before = judge.capture(row)
    try:
        difference = judge.difference(before, capture)
        if difference.silent:  # an accusation rests on records, not on an index
            difference = judge.confirm(before, capture)
        return Step(before, capture, difference)
    except StorageError:
        raise
    except ArchiveError as error:
        return f"it could not be compared: {error.message}"


def list_steps(
    reading: Reading, make: Callable[[Row], Capture], *, since: str | None, host: str | None
) -> Iterator[Step]:
    """What changed in each capture since the one before, where anything is said of that.

    Args:
        reading: the collection's captures.
        make: makes a capture of a row.
        since: an ISO 8601 date or instant; only captures that are not before it.
        host: only captures of URLs of this host, requested or arrived at.

    Raises:
        UsageError: `since` is no date.
        StorageError: the collection cannot be read.
    """
    least = "" if since is None else _read_since(since)
    row: Row | None = None
    while rows := reading.ask(partial(list_before, row=row, since=least, most=_PAGE)):
        for row in rows:
            named = {urlsplit(url).hostname for url in (row.url, row.final_url)}
            step = make(row).change if host is None or host.lower() in named else None
            if step is not None:
                yield step


def _read_since(text: str) -> str:
    """The first moment of a date, or an instant, as captures have it."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise UsageError("not an ISO date or instant", where=text) from None
    utc = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    return write_date(utc)


def rewrite(judge: Judge, reading: Reading, captures_of: Callable[[str], list[Capture]]) -> None:
    """Make the index of changes anew: every comparison that a history rests on.

    Args:
        judge: compares captures; knows nothing yet.
        reading: the collection's captures.
        captures_of: gives the captures of a URL, in time order.
    """
    for url in reading.ask(Index.shared_urls):
        found = captures_of(url)
        trace(list_versions(found, judge), judge)
        list_versions((one for one in found if is_plain(one.row, judge.doubt)), judge)
        judge.write()
