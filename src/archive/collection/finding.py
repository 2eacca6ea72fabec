"""Finding captures by what they say: words, and passages that others have too."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import closing, suppress
from functools import partial

from attrs import frozen

from archive.collection.capture import Capture
from archive.comparison import Shingles
from archive.disk.layout import Layout
from archive.errors import NotFoundError, StorageError
from archive.index.feeding import belongs, feed, read_text
from archive.index.queries import Index
from archive.index.reading import Reading
from archive.index.rows import Row
from archive.index.terms import stand_in_a_row
from archive.index.words import Found, TextIndex

__all__ = ["Related", "find_related", "search"]

_PAGE = 500
_BESIDE = 20
"""Candidates that are counted beyond those asked for: a sample may put two in the wrong order."""

_Query = Callable[[TextIndex], list[Found]]


@frozen
class Related:
    """A capture that shares passages with another.

    Args:
        capture: the latest one with that text.
        shingles: how many runs of five words both have.
        share: the same as a share of those of the capture that was asked about.
    """

    capture: Capture
    shingles: int
    share: float


def search(layout: Layout, reading: Reading, phrases: Sequence[str], most: int) -> list[Row]:
    """The captures that have all phrases in title or text, of each text the latest, best first.

    Args:
        layout: where the collection lies.
        reading: its captures.
        phrases: each a word, or words in a row; case and accents count for nothing.
        most: how many at most.
    """

    def bears_out(captures: tuple[int, ...]) -> bool:
        row = _latest(reading, captures)
        if row is None:
            return False
        text = reading.ask(partial(read_text, layout, row))
        return text is None or stand_in_a_row(phrases, (row.title or "", text))

    found = _ask(layout, reading, lambda index: index.search(phrases, most, bears_out))
    return _list_latest(reading, found)[:most]


def find_related(
    layout: Layout, reading: Reading, capture: Capture, most: int
) -> list[tuple[Row, int, float]]:
    """The captures of other URLs that share five words in a row or more, most shared first.

    Candidates are found by a sample of one passage in eight, and counted on their texts.

    Args:
        layout: where the collection lies.
        reading: its captures.
        capture: whose text is looked for.
        most: how many at most.

    Returns:
        Each with how many passages both have, and their share of the capture's.

    Raises:
        NotFoundError: it has no text.
        InputError: its text cannot be read.
    """
    article = capture.article
    if article is None:
        raise NotFoundError("the capture has no text", where=capture.id)
    own = {capture.url, capture.final_url}

    def is_other(captures: tuple[int, ...]) -> bool:
        row = _latest(reading, captures)
        return row is not None and not {row.url, row.final_url} & own

    wanted = Shingles(article.text)
    found = _ask(
        layout, reading, lambda index: index.related(article.text, most + _BESIDE, is_other)
    )
    counted: list[tuple[Row, int, float]] = []
    for row in _list_latest(reading, found)[: most + _BESIDE]:
        shared = wanted.count_in(reading.ask(partial(read_text, layout, row)) or "")
        counted += [(row, shared, shared / len(wanted))] if shared else []
    return sorted(counted, key=lambda one: -one[1])[:most]


def _list_latest(reading: Reading, found: Iterable[Found]) -> list[Row]:
    """The latest capture of each text: one may be in the file and again in what that lacks."""
    rows: dict[tuple[str | None, str | None], Row] = {}
    for one in found:
        row = _latest(reading, one.captures)
        if row is None:
            continue
        known = rows.setdefault((row.text, row.title), row)
        if (known.date, known.sequence) < (row.date, row.sequence):
            rows[row.text, row.title] = row
    return list(rows.values())


def _latest(reading: Reading, sequences: Iterable[int]) -> Row | None:
    """The first of some captures that is there."""
    for sequence in sequences:
        row = reading.ask(partial(Index.at, sequence=sequence))
        if isinstance(row, Row):
            return row
    return None


def _ask(layout: Layout, reading: Reading, query: _Query) -> list[Found]:
    """What the index of texts answers, best first: its file, and what that lacks in memory."""
    kept = TextIndex.open_reading(layout.texts)
    if kept is not None:
        with closing(kept), suppress(StorageError):  # damage may show in the middle of it
            mark = kept.mark()
            if reading.ask(lambda index: belongs(mark, index)):
                since = mark.sequence if mark else -1
                found = query(kept) + _ask_rest(layout, reading, since, query)
                return sorted(found, key=lambda one: one.rank)
    return sorted(_ask_rest(layout, reading, -1, query), key=lambda one: one.rank)


def _ask_rest(layout: Layout, reading: Reading, sequence: int, query: _Query) -> list[Found]:
    """What the captures behind a number of the sequence answer."""

    def collect(index: Index) -> TextIndex:
        last = sequence
        rest = TextIndex.create(None)
        while rows := index.after(last, _PAGE):
            feed(rest, rows, lambda row: read_text(layout, row, index))
            last = rows[-1].sequence
        return rest

    with closing(reading.ask(collect)) as rest:
        return query(rest)
