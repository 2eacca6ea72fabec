"""Finding captures by what they say: words, and passages that others have too."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from attrs import frozen

from archive.collection.capture import Capture
from archive.errors import ArchiveError, NotFoundError
from archive.store.texts import TextIndex

__all__ = ["Related", "find_related", "open_texts", "search", "write_texts"]

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


@contextmanager
def open_texts(path: Path, captures: Iterable[Capture]) -> Iterator[TextIndex]:
    """The index of texts in a file, completed in memory; the file stays as it is."""
    index = TextIndex.open(path)
    try:
        _catch_up(index, captures)
        yield index
    finally:
        index.close()


def write_texts(path: Path, captures: Iterable[Capture]) -> None:
    """Make the index of texts anew in a file."""
    index = TextIndex.create(None)
    try:
        _catch_up(index, captures)
        index.write(path)
    finally:
        index.close()


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


def search(
    index: TextIndex, get: Callable[[str], Capture], phrases: Sequence[str], most: int
) -> list[Capture]:
    """The latest capture of each text that has all phrases, the best first."""
    found = (_latest(ids, get) for ids in index.search(phrases, most))
    return [capture for capture in found if capture is not None]


def find_related(
    index: TextIndex, get: Callable[[str], Capture], capture: Capture, most: int
) -> list[Related]:
    """The captures of other URLs that share passages with one, those that share most first."""
    from archive.comparison import shingles

    article = capture.article
    if article is None:
        raise NotFoundError("the capture has no text", where=capture.id)
    own = {capture.url, capture.final_url}
    whole = max(1, len(shingles(article.text)))
    found: list[Related] = []
    for count, ids in index.related(article.text, _MOST_TEXTS):
        other = _latest(ids, get)
        if other is not None and not {other.url, other.final_url} & own and len(found) < most:
            found.append(Related(other, count, count / whole))
    return found


def _latest(ids: Iterable[str], get: Callable[[str], Capture]) -> Capture | None:
    captures = []
    for id_ in ids:
        with suppress(ArchiveError):
            captures.append(get(id_))
    return max(captures, key=lambda one: (one.row.date, one.row.sequence), default=None)
