"""The versions of a URL, and how each came about: changed, gone, back again."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Hashable, Iterable, Sequence
from typing import Any, Literal, Protocol

from attrs import frozen

from archive.article import Article
from archive.collection.capture import Capture
from archive.collection.references import place
from archive.collection.views import version_to_html

__all__ = ["Sameness", "Turn", "Version", "count_articles", "list_seen", "list_versions", "trace"]

Kind = Literal["first", "changed", "gone", "failed", "empty", "back", "suspicious"]


@frozen
class Version:
    """Consecutive captures of one URL whose article is the same, as its readers see it.

    Attempts refused here, before any server was asked, and captures that are suspected not to be
    the article, are versions of their own kind and end none.

    Attributes:
        captures: in time order, never empty.
    """

    captures: tuple[Capture, ...]

    @property
    def first(self) -> Capture:
        """The capture that saw it first."""
        return self.captures[0]

    @property
    def last(self) -> Capture:
        """The capture that saw it last."""
        return self.captures[-1]

    @property
    def article(self) -> Article | None:
        """The article they share, None when they have none."""
        return self.first.article

    @property
    def title(self) -> str | None:
        """The title they share."""
        return self.first.title

    def _repr_html_(self) -> str:
        """For notebooks: the title, and when it was seen."""
        return version_to_html(self)

    def to_dict(self) -> dict[str, Any]:
        """Its first capture's members, when it was first and last seen, and by which captures."""
        return {
            **self.first.to_dict(),
            "first": self.first.row.date,
            "last": self.last.row.date,
            "captures": len(self.captures),
            "ids": [capture.id for capture in self.captures],
        }


class Sameness(Protocol):
    """Says of captures whether their articles are the same; see `archive.collection.judging`."""

    def same(self, before: Capture, after: Capture) -> bool:
        """Whether the article of two captures is the same."""

    def digests(self, capture: Capture) -> Collection[Hashable]:
        """Names of its article as read: two captures that share one have the same."""


def list_versions(captures: Iterable[Capture], judge: Sameness) -> list[Version]:
    """Group captures of one URL, in time order, into versions, in the order they were first seen.

    A version begins where the article is not the same as in the capture before. Two kinds of
    captures stand aside. What was refused here says nothing about the page: of a page seen,
    refused, and seen again as it was, the first and the third capture are one version. Nor does
    what is suspected not to be the article: a consent wall between two captures of an article is
    held against the wall before it, the article against the article, so that none seems to change
    into the other and back.

    Args:
        captures: of one URL, as `Reader.captures_of` gives them.
        judge: compares them.
    """
    runs: list[list[Capture]] = []
    last: dict[bool, list[Capture]] = {}  # the run of the last telling capture, suspicious or not
    for capture in captures:
        refused = _says_nothing(capture)
        run = (runs[-1] if runs else None) if refused else last.get(_is_aside(capture))
        if run and _is_one(run[-1], capture, judge):
            run.append(capture)
            if not refused:
                last[_is_aside(capture)] = run
            continue
        runs.append([capture])
        if not refused:
            last[_is_aside(capture)] = runs[-1]
    return [Version(tuple(run)) for run in runs]


def _says_nothing(capture: Capture) -> bool:
    """Whether the attempt was refused here, and not one byte came from a server."""
    row = capture.row
    return row.reason == "forbidden" and row.status is None and row.entity is None


def _is_aside(capture: Capture) -> bool:
    """Whether it is suspected not to be the article, and not known to be gone."""
    return not capture.failed and not capture.is_gone and capture.doubt is not None


def _has_article(capture: Capture) -> bool:
    return capture.words is not None and not capture.is_gone


def _is_one(before: Capture, after: Capture, judge: Sameness) -> bool:
    """Whether two captures are of one version: of the same article, or alike in how they failed."""
    if not (_has_page(before) and _has_page(after)):
        return _failure(before) == _failure(after)
    return judge.same(before, after)


def _has_page(capture: Capture) -> bool:
    return not capture.failed and not capture.is_gone


def _failure(capture: Capture) -> tuple[object, ...]:
    row = capture.row
    return (_has_page(capture), row.reason, row.status)


@frozen
class Turn:
    """How a version came about.

    Args:
        version: it.
        kind: ``first`` of the article; ``changed``; ``gone`` (404, 410, the front page); ``failed``
            for any other reason; ``empty`` where the page has no article; ``back`` after one of
            these; ``suspicious`` where the page is probably not the article.
        since: the last capture before it that says something about the article; None of the first.
        again: the number, from 1, of the earlier version that it is the same as, or None.
        moved: whether it was found at another address than the capture before it.
    """

    version: Version
    kind: Kind
    since: Capture | None
    again: int | None
    moved: bool

    def to_dict(self) -> dict[str, Any]:
        """What ``archive history --json`` prints of it, but for the schema."""
        version = self.version
        return {
            **version.to_dict(),
            "doubt": version.first.doubt,
            "turn": self.kind,
            "since": self.since.id if self.since else None,
            "again": self.again,
        }


def trace(versions: Sequence[Version], judge: Sameness) -> list[Turn]:
    """How each version of a URL came about.

    Args:
        versions: as `list_versions` gives them.
        judge: compares them.
    """
    captures = [capture for version in versions for capture in version.captures]
    telling = sorted(
        (one for one in captures if not _says_nothing(one) and not _is_aside(one)), key=_place
    )
    places = list(map(_place, telling))
    seen = next((_place(one) for one in telling if _has_article(one)), None)
    known = _Known(judge)
    turns: list[Turn] = []
    for number, version in enumerate(versions, 1):
        first = version.first
        before = bisect_left(places, _place(first))
        since = telling[before - 1] if before else None
        turns.append(
            Turn(
                version,
                _kind(first, since, was_seen=seen is not None and seen < _place(first)),
                since,
                known.find(version, number),
                since is not None and not first.failed and since.final_url != first.final_url,
            )
        )
    return turns


def list_seen(turns: Iterable[Turn]) -> list[Capture]:
    """The captures that saw the article, by date; suspicious ones only where no other did."""
    captures = (capture for turn in turns for capture in turn.version.captures)
    seen = [capture for capture in captures if _has_article(capture)]
    plain = [capture for capture in seen if not _is_aside(capture)]
    return sorted(plain or seen, key=lambda capture: capture.row.date)


def count_articles(turns: Iterable[Turn]) -> int:
    """How many different versions of an article there were; those that came back count once.

    What is suspected not to be the article counts only where nothing else was seen.
    """
    new = [turn for turn in turns if turn.again is None and _has_article(turn.version.first)]
    return sum(turn.kind != "suspicious" for turn in new) or len(new)


class _Known:
    """Earlier versions, to know one again."""

    def __init__(self, judge: Sameness) -> None:
        self._judge = judge
        self._failures: dict[tuple[object, ...], int] = {}
        self._articles = {True: _Articles(judge), False: _Articles(judge)}

    def find(self, version: Version, number: int) -> int | None:
        """The first version that one is the same as; it is known from now on."""
        first = version.first
        if _has_page(first):
            return self._articles[_is_aside(first)].find(version, number)
        known = self._failures.setdefault(_failure(first), number)
        return known if known != number else None


class _Articles:
    """Earlier versions with a page: known again by digest, and the last of them by comparing."""

    def __init__(self, judge: Sameness) -> None:
        self._judge = judge
        self._last: tuple[int, Version] | None = None
        self._digests: dict[Hashable, int] = {}
        self._waiting: list[tuple[int, Version]] = []

    def find(self, version: Version, number: int) -> int | None:
        """The first version that one is the same as; it is known from now on."""
        last, self._last = self._last, (number, version)
        found = None
        if last is not None and (last[0] != number - 1 or self._digests or len(self._waiting) > 1):
            found = self._search(last, version)
        self._waiting.append((number, version))
        return found

    def _search(self, last: tuple[int, Version], version: Version) -> int | None:
        for number, other in self._waiting:
            for digest in self._judge.digests(other.first):
                self._digests.setdefault(digest, number)
        self._waiting.clear()
        having = (self._digests.get(digest) for digest in self._judge.digests(version.first))
        known = min((number for number in having if number is not None), default=None)
        if known is not None:
            return known
        return last[0] if self._judge.same(last[1].last, version.first) else None


def _place(capture: Capture) -> tuple[str, int]:
    return place(capture.row)


def _kind(capture: Capture, since: Capture | None, *, was_seen: bool) -> Kind:
    if _is_aside(capture):
        return "suspicious"
    if capture.is_gone:
        return "gone"
    if capture.failed:
        return "failed"
    if capture.words is None:
        return "empty"
    if since is not None and _has_article(since):
        return "changed"
    return "back" if was_seen else "first"
