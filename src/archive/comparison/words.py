"""A plain comparison of two articles: paragraphs first, then words inside what differs.

Shortest edit scripts (Indel) over paragraphs, and over the words of each run of paragraphs that
differ. It says what differs, not what kind of change it is. The same input gives the same output on
every machine: no clock, only caps on size.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import accumulate

from attrs import frozen
from rapidfuzz.distance import Indel

from archive.article.article import Article

__all__ = ["Change", "Comparison", "compare"]

_TOKEN = re.compile(r"\w+(?:['’]\w+)*|[^\w\s]|\s+")
_MAX_CELLS = 200_000_000
"""Runs whose token counts multiply to more are shown as replaced whole."""

Span = tuple[int, int]


@frozen
class Change:
    """One difference.

    Attributes:
        part: ``title`` or ``text``.
        before, after: the words that differ, empty where something was added or removed.
        before_span, after_span: where they stand in that part, in code points, end exclusive.
    """

    part: str
    before: str
    after: str
    before_span: Span
    after_span: Span


@frozen
class Comparison:
    """What differs between two articles, in reading order.

    Attributes:
        same: whether title and text are the same.
        changes: the differences.
        before, after: the two articles, None where a capture has none.
    """

    same: bool
    changes: tuple[Change, ...]
    before: Article | None
    after: Article | None

    def summary(self) -> str:
        """One line: what changed, counted."""
        if self.same:
            return "no change"
        if self.before is None or self.after is None:
            return "article gone" if self.after is None else "article appeared"
        title = ["headline changed"] if any(c.part == "title" for c in self.changes) else []
        text = [change for change in self.changes if change.part == "text"]
        kinds = [(bool(c.before.strip()), bool(c.after.strip())) for c in text]
        counts = {
            "changed": kinds.count((True, True)),
            "added": kinds.count((False, True)),
            "removed": kinds.count((True, False)),
        }
        passages = [
            f"{count} passage{'' if count == 1 else 's'} {what}"
            for what, count in counts.items()
            if count
        ]
        spacing = ["spacing changed"] if (False, False) in kinds else []
        return ", ".join(title + passages + spacing)


def compare(before: Article | None, after: Article | None) -> Comparison:
    """Compare two articles, either of which may be missing."""
    if before is None or after is None:
        same = before is after
        return Comparison(same, (), before, after)
    titles = tuple(_compare_parts("title", before.title or "", after.title or ""))
    texts = tuple(_compare_parts("text", before.text, after.text))
    changes = titles + texts
    return Comparison(not changes, changes, before, after)


def _compare_parts(part: str, before: str, after: str) -> Iterator[Change]:
    if before == after:
        return
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    old_starts, new_starts = _starts(old), _starts(new)
    for (first, last), (start, end) in _differing(old, new):
        runs = (
            before[old_starts[first] : old_starts[last]],
            after[new_starts[start] : new_starts[end]],
        )
        yield from _compare_run(part, *runs, old_starts[first], new_starts[start])


def _compare_run(part: str, before: str, after: str, at: int, to: int) -> Iterator[Change]:
    """The words that differ between two runs of paragraphs that begin at `at` and `to`."""
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    old_starts, new_starts = _starts(old), _starts(new)
    for (first, last), (start, end) in _close_gaps(_differing(old, new), old):
        removed = (old_starts[first], old_starts[last])
        added = (new_starts[start], new_starts[end])
        yield Change(
            part,
            before[slice(*removed)],
            after[slice(*added)],
            (at + removed[0], at + removed[1]),
            (to + added[0], to + added[1]),
        )


def _differing(old: Sequence[str], new: Sequence[str]) -> list[tuple[Span, Span]]:
    """The runs of two sequences that a shortest edit script takes out and puts in."""
    if len(old) * len(new) > _MAX_CELLS:
        return [((0, len(old)), (0, len(new)))]
    return _join_runs(
        ((code.src_start, code.src_end), (code.dest_start, code.dest_end))
        for code in Indel.opcodes(old, new)
        if code.tag != "equal"
    )


def _close_gaps(runs: list[tuple[Span, Span]], old: Sequence[str]) -> list[tuple[Span, Span]]:
    """Join runs that only white space stands between: they read as one change."""
    return _join_runs(runs, lambda start, end: not "".join(old[start:end]).strip())


def _join_runs(
    runs: Iterable[tuple[Span, Span]],
    is_gap: Callable[[int, int], bool] = lambda start, end: start == end,
) -> list[tuple[Span, Span]]:
    """Join neighbours whose gap in the old sequence, `is_gap` says, is none."""
    joined: list[tuple[Span, Span]] = []
    for run in runs:
        if joined and is_gap(joined[-1][0][1], run[0][0]):
            last = joined.pop()
            joined.append(((last[0][0], run[0][1]), (last[1][0], run[1][1])))
        else:
            joined.append(run)
    return joined


def _starts(tokens: Sequence[str]) -> list[int]:
    """Where each token begins in their joined text, and where the text ends."""
    return list(accumulate((len(token) for token in tokens), initial=0))
