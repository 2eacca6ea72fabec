"""Two texts as a unified diff, a paragraph a line, as `patch` reads it.

A hunk begins with ``@@ -FIRST,COUNT +FIRST,COUNT @@`` (POSIX, diff -u): its first line and number
of lines on either side. Each of its lines begins with a space, ``-`` or ``+``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from archive.comparison.sequences import differing

__all__ = ["make_patch"]

_AROUND = 3
_MOST_LINES = 1_000_000
"""Of both together; longer texts are replaced whole."""
_FIRST_SIGN = 0x10000  # above the surrogates

Run = tuple[int, int, int, int]


def make_patch(before: str, after: str, old: str, new: str) -> str:
    """A unified diff of two texts.

    Args:
        before: the earlier text; its lines end with line feeds.
        after: the later.
        old: the name of the earlier, without line ends.
        new: the name of the later.

    Returns:
        The diff; empty where the texts are the same.
    """
    one, two = _lines(before), _lines(after)
    runs = _runs(one, two)
    hunks = "".join(line for group in _groups(runs) for line in _hunk(group, one, two))
    return f"--- {old}\n+++ {new}\n{hunks}" if hunks else ""


def _runs(one: Sequence[str], two: Sequence[str]) -> Sequence[Run]:
    if len(one) + len(two) > _MOST_LINES:
        return [(0, len(one), 0, len(two))]
    signs: dict[str, str] = {}
    old, new = (
        "".join(signs.setdefault(line, chr(_FIRST_SIGN + len(signs))) for line in lines)
        for lines in (one, two)
    )
    return differing(old, new)


def _lines(text: str) -> list[str]:
    """The lines of a text, cut at line feeds alone."""
    lines = text.split("\n")
    return lines[:-1] if not lines[-1] else lines


def _groups(runs: Sequence[Run]) -> Iterator[list[Run]]:
    """Runs so near to each other that they share a hunk."""
    group: list[Run] = []
    for run in runs:
        if group and run[0] - group[-1][1] > 2 * _AROUND:
            yield group
            group = []
        group.append(run)
    if group:
        yield group


def _hunk(group: Sequence[Run], one: Sequence[str], two: Sequence[str]) -> Iterator[str]:
    lead = min(_AROUND, group[0][0])
    first, last = group[0][0] - lead, min(len(one), group[-1][1] + _AROUND)
    start, end = group[0][2] - lead, min(len(two), group[-1][3] + _AROUND)
    yield f"@@ -{_range(first, last)} +{_range(start, end)} @@\n"
    at = first
    for a, b, c, d in group:
        yield from (f" {line}\n" for line in one[at:a])
        yield from (f"-{line}\n" for line in one[a:b])
        yield from (f"+{line}\n" for line in two[c:d])
        at = b
    yield from (f" {line}\n" for line in one[at:last])


def _range(first: int, last: int) -> str:
    """Lines from 1; of none, the line before them."""
    return f"{first + 1 if last > first else first},{last - first}"
