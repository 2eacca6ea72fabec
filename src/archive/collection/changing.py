"""What changed since the capture before: for one that was just made, and for a whole collection."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from attrs import frozen

from archive.collection.capture import Capture
from archive.collection.history import list_versions, trace
from archive.collection.judging import Judge, is_read
from archive.collection.references import find_before, is_plain
from archive.errors import ArchiveError, StorageError
from archive.index.changed import Difference
from archive.index.queries import Index
from archive.index.reading import Reading
from archive.index.rows import Row

__all__ = ["Step", "find_step", "rewrite", "why_no_step"]


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


def why_no_step(row: Row) -> str | None:
    """Why nothing is said of what changed in a capture; None where something can be."""
    if row.failed:
        return "the capture failed"
    if row.suspicion is not None:
        return f"probably not the article: {row.suspicion}"
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
    reason = why_no_step(capture.row)
    if reason is not None:
        return reason
    row = reading.ask(partial(find_before, row=capture.row))
    if row is None:
        return "no capture of an article at this URL before it"
    before = Capture(row, reading)
    try:
        return Step(before, capture, judge.difference(before, capture))
    except StorageError:
        raise
    except ArchiveError as error:
        return f"it could not be compared: {error.message}"


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
        list_versions((one for one in found if is_plain(one.row)), judge)
        judge.write()
