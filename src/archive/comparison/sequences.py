"""What two sequences have in common: anchors for long ones, shortest edit scripts for short ones.

Anchors are items that stand once on each side; of those the heaviest set that keeps its order is
taken, so that what moved is the lighter part. Between anchors, equal neighbours are taken along.
Sizes are capped, never times: the same input gives the same output on every machine.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from typing import TypeVar

from rapidfuzz.distance import Indel

__all__ = ["Run", "common", "differing", "gaps", "heaviest"]

T = TypeVar("T", bound=Hashable)

Run = tuple[int, int, int, int]
"""Items from the first to the second place of the old, from the third to the fourth of the new."""

_DIRECT = 16_000_000
"""Up to so many cells a shortest script is looked for at once."""

_MOST = 50_000_000
"""Past so many cells, and without anchors, one run is replaced by the other."""

_DEEPEST = 6
"""How often a sequence is cut at anchors again."""

_GRAM = 4
"""How many tokens an anchor has in sequences too long for a script at once."""


def heaviest(places: Sequence[int], weights: Sequence[int]) -> list[int]:
    """The indexes of the increasing subsequence of places whose weights sum to the most.

    Places are distinct. Takes n log n steps (a Fenwick tree of best sums).
    """
    order = sorted(places)
    size = len(order)
    best = [0] * (size + 1)
    last = [-1] * (size + 1)
    before = [-1] * size
    top, top_sum = -1, 0
    for index, place in enumerate(places):
        rank = bisect_left(order, place)
        total, link, node = 0, -1, rank
        while node > 0:
            if best[node] > total:
                total, link = best[node], last[node]
            node &= node - 1
        total += weights[index]
        before[index] = link
        if total > top_sum:
            top, top_sum = index, total
        node = rank + 1
        while node <= size:
            if total > best[node]:
                best[node], last[node] = total, index
            node += node & -node
    found = []
    while top >= 0:
        found.append(top)
        top = before[top]
    return found[::-1]


def common(old: Sequence[T], new: Sequence[T], weigh: Callable[[T], int]) -> list[tuple[int, int]]:
    """Pairs of places with equal items, in order on both sides.

    Args:
        old: the items of one side.
        new: those of the other.
        weigh: how heavy an item is, at least 1.
    """
    head = _equal_head(old, new)
    tail = _equal_tail(old, new, head)
    pairs = [(at, at) for at in range(head)]
    end_old, end_new = len(old) - tail, len(new) - tail
    anchors = _anchors(old[head:end_old], new[head:end_new], weigh)
    at_old, at_new = head, head
    for anchor_old, anchor_new in [*anchors, (end_old - head, end_new - head)]:
        stop_old, stop_new = anchor_old + head, anchor_new + head
        while at_old < stop_old and at_new < stop_new and old[at_old] == new[at_new]:
            pairs.append((at_old, at_new))
            at_old, at_new = at_old + 1, at_new + 1
        back: list[tuple[int, int]] = []
        one, other = stop_old, stop_new
        while one > at_old and other > at_new and old[one - 1] == new[other - 1]:
            one, other = one - 1, other - 1
            back.append((one, other))
        pairs.extend(reversed(back))
        if stop_old < end_old and stop_new < end_new:
            pairs.append((stop_old, stop_new))
        at_old, at_new = stop_old + 1, stop_new + 1
    pairs.extend((len(old) - back, len(new) - back) for back in range(tail, 0, -1))
    return pairs


def gaps(pairs: Sequence[tuple[int, int]], old: int, new: int) -> list[Run]:
    """The runs between paired places, of sequences of these lengths, that are not empty."""
    found: list[Run] = []
    at_old = at_new = 0
    for one, other in [*pairs, (old, new)]:
        if one > at_old or other > at_new:
            found.append((at_old, one, at_new, other))
        at_old, at_new = one + 1, other + 1
    return found


def differing(old: str, new: str, depth: int = 0) -> list[Run]:
    """The runs of two sequences of tokens that the shortest edit script takes out and puts in.

    Args:
        old: the tokens, each written as one character.
        new: the same.
        depth: how often a longer sequence was cut at anchors to come to these.
    """
    head = _head(old, new)
    tail = _tail(old, new, head)
    one, other = old[head : len(old) - tail], new[head : len(new) - tail]
    if not one and not other:
        return []
    if not one or not other:
        return [(head, head + len(one), head, head + len(other))]
    cells = len(one) * len(other)
    if cells > _DIRECT:
        runs = _by_anchors(one, other, depth) if depth < _DEEPEST else None
        if runs is not None:
            return _shifted(runs, head)
        if cells > _MOST:
            return [(head, head + len(one), head, head + len(other))]
    codes = Indel.opcodes(one, other)
    runs = [
        (code.src_start, code.src_end, code.dest_start, code.dest_end)
        for code in codes
        if code.tag != "equal"
    ]
    return _shifted(_joined(runs), head)


def _by_anchors(old: str, new: str, depth: int) -> list[Run] | None:
    """The runs between runs of tokens that stand once on each side; None where there are none."""
    grams_old = [old[at : at + _GRAM] for at in range(len(old) - _GRAM + 1)]
    grams_new = [new[at : at + _GRAM] for at in range(len(new) - _GRAM + 1)]
    anchors = _anchors(grams_old, grams_new, lambda gram: 1)
    if not anchors:
        return None
    runs: list[Run] = []
    for start, end, begin, stop in gaps(anchors, len(old), len(new)):
        runs.extend(
            (start + run[0], start + run[1], begin + run[2], begin + run[3])
            for run in differing(old[start:end], new[begin:stop], depth + 1)
        )
    return _joined(runs)


def _shifted(runs: list[Run], by: int) -> list[Run]:
    return [(run[0] + by, run[1] + by, run[2] + by, run[3] + by) for run in runs] if by else runs


def _joined(runs: list[Run]) -> list[Run]:
    """Runs that touch on both sides as one."""
    joined: list[Run] = []
    for run in runs:
        if joined and joined[-1][1] == run[0] and joined[-1][3] == run[2]:
            last = joined.pop()
            joined.append((last[0], run[1], last[2], run[3]))
        else:
            joined.append(run)
    return joined


def _anchors(
    old: Sequence[T], new: Sequence[T], weigh: Callable[[T], int]
) -> list[tuple[int, int]]:
    """The heaviest ordered pairs of items that stand once on each side."""
    once_old, once_new = _once(old), _once(new)
    shared = [(place, once_new[item]) for item, place in once_old.items() if item in once_new]
    if len(shared) < 2:
        return shared
    places = [other for _, other in shared]
    if places == sorted(places):
        return shared
    weights = [weigh(old[one]) for one, _ in shared]
    return [shared[index] for index in heaviest(places, weights)]


def _once(items: Sequence[T]) -> dict[T, int]:
    """The place of every item that stands once, in order."""
    times = Counter(items)
    return {item: place for place, item in enumerate(items) if times[item] == 1}


def _equal_head(old: Sequence[T], new: Sequence[T]) -> int:
    size = min(len(old), len(new))
    return next((at for at in range(size) if old[at] != new[at]), size)


def _equal_tail(old: Sequence[T], new: Sequence[T], head: int) -> int:
    size = min(len(old), len(new)) - head
    return next((at for at in range(size) if old[-1 - at] != new[-1 - at]), size)


def _head(old: str, new: str) -> int:
    """How many characters two strings begin with alike."""
    low, high = 0, min(len(old), len(new))
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if old[low:middle] == new[low:middle] else (low, middle - 1)
    return low


def _tail(old: str, new: str, head: int) -> int:
    """How many characters after the head two strings end with alike."""
    low, high = 0, min(len(old), len(new)) - head
    while low < high:
        middle = (low + high + 1) // 2
        one, other = (
            old[len(old) - middle : len(old) - low],
            new[len(new) - middle : len(new) - low],
        )
        low, high = (middle, high) if one == other else (low, middle - 1)
    return low
