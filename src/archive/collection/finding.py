"""Finding captures by what they say: words, and passages that others have too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import frozen

from archive.collection.capture import Capture
from archive.disk.layout import Layout
from archive.errors import ArchiveError, NotFoundError
from archive.index.words import TextIndex

if TYPE_CHECKING:
    from archive.collection.reader import Reader

__all__ = ["Related", "find_related", "search", "write_texts"]

_MOST_TEXTS = 1_000


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


def search(press: Reader, phrases: Sequence[str], most: int) -> list[Capture]:
    """The captures that have all phrases in title or text, of each text the latest, best first.

    Args:
        press: where to look.
        phrases: each a word, or words in a row; case and accents count for nothing.
        most: how many at most.
    """
    with _open_texts(press) as index:
        found = [_latest(ids, press) for ids in index.search(phrases, most)]
    return [capture for capture in found if capture is not None]


def find_related(press: Reader, capture: Capture, most: int) -> list[Related]:
    """The captures of other URLs that share five words in a row or more, most shared first.

    Args:
        press: where to look.
        capture: whose text is looked for.
        most: how many at most.

    Raises:
        NotFoundError: it has no text.
        InputError: its text cannot be read.
    """
    from archive.comparison import shingles

    article = capture.article
    if article is None:
        raise NotFoundError("the capture has no text", where=capture.id)
    own = {capture.url, capture.final_url}
    whole = max(1, len(shingles(article.text)))
    found: list[Related] = []
    with _open_texts(press) as index:
        for count, ids in index.related(article.text, _MOST_TEXTS):
            other = _latest(ids, press)
            if other is not None and not {other.url, other.final_url} & own and len(found) < most:
                found.append(Related(other, count, count / whole))
    return found


def write_texts(press: Reader) -> None:
    """Make the index of texts anew in its file."""
    index = TextIndex.create(None)
    try:
        _catch_up(index, press.captures())
        index.write(_file(press))
    finally:
        index.close()


@contextmanager
def _open_texts(press: Reader) -> Iterator[TextIndex]:
    """The index of texts, completed in memory; its file stays as it is."""
    index = TextIndex.open(_file(press))
    try:
        _catch_up(index, press.captures())
        yield index
    finally:
        index.close()


def _file(press: Reader) -> Path:
    return Layout(press.path).texts


def _catch_up(index: TextIndex, captures: Iterable[Capture]) -> None:
    """Add the captures that an index does not have; one that cannot be read is left out."""
    known = index.known()
    for capture in captures:
        row = capture.row
        if row.id in known or row.text is None:
            continue
        digest = f"{row.text} {row.title or ''}"
        with suppress(ArchiveError):
            article = None if index.knows_text(digest) else capture.article
            index.add(row.id, digest, row.title or "", article.text if article else None)


def _latest(ids: Iterable[str], press: Reader) -> Capture | None:
    captures = []
    for id_ in ids:
        with suppress(ArchiveError):
            captures.append(press.get(id_))
    return max(captures, key=lambda one: (one.row.date, one.row.sequence), default=None)
