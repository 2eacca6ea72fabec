"""The index of texts fed from the index of captures: what a commit stored, what was left behind.

A text is read from the WARC files only where it is not at hand and no capture before had it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from archive.digest import sha256
from archive.disk.layout import Layout
from archive.errors import ArchiveError
from archive.index.cache import drop_journals
from archive.index.groups import read_text_block
from archive.index.queries import Index
from archive.index.rows import Row
from archive.index.words import Mark, TextIndex

__all__ = ["belongs", "feed", "feed_file", "read_text", "rewrite"]

Read = Callable[[Row], str | None]

_PAGE = 500
_CATCHING_UP = 64
"""Captures that a commit adds besides its own: an `add` to a collection that was never indexed so
must not take noticeably longer."""


def belongs(mark: Mark | None, index: Index) -> bool:
    """Whether an index of texts with this mark is one of the files that an index has read."""
    if mark is None:
        return True
    row = index.at(mark.sequence)
    return row is not None and row.envelope == mark.envelope


def feed_file(layout: Layout, index: Index, texts: Mapping[str, bytes]) -> None:
    """Add what a commit stored to the file, and some of what was left behind before.

    Args:
        layout: where the collection lies.
        index: its captures.
        texts: the text records of the commit by the SHA-256 of their envelopes, where there are.

    Raises:
        StorageError: it cannot be written, or another process is at it: the next commit goes on.
    """
    words = TextIndex.open_writing(layout.texts)
    try:
        mark = words.mark()
        if not belongs(mark, index):
            words.close()
            layout.texts.unlink(missing_ok=True)
            words, mark = TextIndex.open_writing(layout.texts), None

        def read(row: Row) -> str | None:
            at_hand = texts.get(row.envelope)
            if at_hand is None:
                return read_text(layout, row, index)
            return at_hand.decode("utf-8", "replace")

        rows = index.after(mark.sequence if mark else -1, _CATCHING_UP + len(texts))
        with words.feed(mark) as is_there:
            if is_there:
                feed(words, rows, read)
    finally:
        words.close()


def feed(words: TextIndex, rows: Iterable[Row], read: Read) -> int:
    """Add captures to an index of texts, and move its mark.

    Args:
        words: the index, in a transaction where it lies in a file.
        rows: captures, in the order of the sequence.
        read: gives a capture's text, None where it cannot be read.

    Returns:
        How many captures there were, with a text or without.
    """
    count, last = 0, None
    for row in rows:
        count, last = count + 1, row
        if row.text is None:
            continue
        digest = f"{row.text} {row.title or ''}"
        text = None if words.knows_text(digest) else read(row)
        if text is not None or words.knows_text(digest):
            words.add(row.date, row.sequence, digest, row.title or "", text)
    if last is not None:
        words.move_mark(Mark(last.sequence, last.envelope))
    return count


def rewrite(layout: Layout, index: Index) -> None:
    """Make the file anew from all captures, under another name, then rename it.

    Raises:
        StorageError: it cannot be written.
    """
    fresh = layout.texts.with_name(layout.texts.name + ".new")
    fresh.unlink(missing_ok=True)
    words = TextIndex.create(fresh)
    try:
        mark: Mark | None = None
        while rows := index.after(mark.sequence if mark else -1, _PAGE):
            with words.feed(mark):
                feed(words, rows, lambda row: read_text(layout, row, index))
            mark = Mark(rows[-1].sequence, rows[-1].envelope)
        words.compact()
    finally:
        words.close()
    drop_journals(layout.texts)
    fresh.replace(layout.texts)


def read_text(layout: Layout, row: Row, index: Index) -> str | None:
    """A capture's text from its records, or from that of the capture it repeats.

    It is held against the digest that the row has; None where it cannot be read.
    """
    telling = row if row.same_as is None else index.by_envelope(row.same_as)
    if telling is None:
        return None
    try:
        block = read_text_block(layout.file(telling.file), telling.outcome_offset)
    except (OSError, ArchiveError):
        return None
    if block is None or sha256(block) != row.text:
        return None
    return block.decode("utf-8", "replace")
