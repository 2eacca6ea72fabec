"""The indexes made anew from the WARC files, and the log's tiles where they are damaged."""

from __future__ import annotations

from collections.abc import Callable

from archive.collection import changing
from archive.collection.capture import Capture
from archive.collection.judging import Judge
from archive.disk.layout import Layout
from archive.disk.lock import hold_lock
from archive.index.completion import rebuild_index
from archive.index.feeding import rewrite
from archive.index.reading import Reading
from archive.store.repair import mend_tiles

__all__ = ["reindex"]


def reindex(
    layout: Layout,
    origin: str,
    reading: Reading,
    judge: Judge,
    captures_of: Callable[[str], list[Capture]],
    *,
    patience: float,
    report: Callable[[str], None],
) -> int:
    """Make them; nobody may have them open.

    Args:
        layout: where the collection lies.
        origin: the log's name.
        reading: the collection's captures.
        judge: compares them; knows nothing yet.
        captures_of: gives the captures of a URL, in time order.
        patience: seconds to wait for another writer.
        report: told in words what could not be read.

    Returns:
        How many captures there are.

    Raises:
        StorageError, LockedError: it could not be written.
    """
    with hold_lock(layout.lock, patience=patience):
        index = rebuild_index(layout, report=report)
        mend_tiles(layout, origin, index)
        rewrite(layout, index)
        layout.changes.unlink(missing_ok=True)
    try:
        changing.rewrite(judge, reading, captures_of)
        return index.count()
    finally:
        index.close()
