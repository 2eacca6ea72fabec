"""Which of some sentences are the same ones, edited: in order, or wherever they stand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import chain

from rapidfuzz.distance import LCSseq

from archive.comparison.sequences import heaviest

__all__ = ["MOVED", "is_close", "is_long", "pair_anywhere", "pair_in_order", "pair_parts"]

CELLS = 2_500
"""The most pairs of sentences that a gap is searched through for."""

PAIRED = 0.4
"""How much of two sentences must be the same for them to be one, edited."""

ALONE = 0.3
"""The same where no other sentence of the gap could be meant."""

MOVED = 0.6
"""The same where they stand elsewhere."""

_SHARE = 0.4
"""How much of each half must be found in the whole where a sentence was split or joined."""

_WITHIN = 0.9
"""How much of a sentence is found in another that it was cut down to, or grew to."""

_REST = 0.8
"""Or how much of what the other half leaves of the whole."""

_SHORTEST = 4
"""A sentence of fewer words is not looked for elsewhere."""

_LONGEST = 5_000
"""Sentences of more tokens are compared by the words they have, whatever their order, and not
looked at as split or joined."""

_COMMON = 12
"""A group of words that stands more often says nothing about which sentence is which."""


def is_long(key: str) -> bool:
    """Whether a sentence has words enough to be known again wherever it stands."""
    return len(key) > 24 or key.count(" ") + 1 >= _SHORTEST


def similarity(one: str, two: str) -> float:
    """How much of two sentences is the same: twice the shared tokens by all tokens."""
    total = len(one) + len(two)
    return 2 * _shared(one, two) / total if total else 1.0


def _shared(one: str, two: str) -> int:
    """How many tokens two sentences share, in order."""
    if len(one) + len(two) > _LONGEST:
        return (Counter(one) & Counter(two)).total()
    return LCSseq.similarity(one, two)


def _is_part(one: str, two: str) -> bool:
    """Whether nearly all of one of two sentences stands in the other."""
    least = min(len(one), len(two))
    return least > 2 and _shared(one, two) >= _WITHIN * least


def _letters(one: str, two: str) -> bool:
    """Whether two short sentences have most letters in common, though few words."""
    short = len(one) + len(two) <= 200
    return short and LCSseq.normalized_similarity(one, two) >= 0.7


def _by_words(one: list[str], two: list[str]) -> list[tuple[int, int, int, int]]:
    """The pairing, in order, under which the most words are shared (dynamic programming)."""
    rows, columns = len(one), len(two)
    shared = [[_shared(a, b) for b in two] for a in one]
    best = [[0] * (columns + 1) for _ in range(rows + 1)]
    step = [[(0, 0)] * (columns + 1) for _ in range(rows + 1)]
    for i in range(rows - 1, -1, -1):
        for j in range(columns - 1, -1, -1):
            score, move = best[i + 1][j], (1, 0)
            if best[i][j + 1] > score:
                score, move = best[i][j + 1], (0, 1)
            for down, right, gain in _pairings(one, two, shared, i, j):
                if gain + best[i + down][j + right] > score:
                    score, move = gain + best[i + down][j + right], (down, right)
            best[i][j], step[i][j] = score, move
    found: list[tuple[int, int, int, int]] = []
    i = j = 0
    while i < rows and j < columns:
        down, right = step[i][j]
        if down and right:
            found.append((i, i + down, j, j + right))
        i, j = i + down, j + right
    return found


def _pairings(
    one: list[str], two: list[str], shared: list[list[int]], i: int, j: int
) -> Iterable[tuple[int, int, int]]:
    """How the sentences at two places may be paired, and how many words that finds equal."""
    here = shared[i][j]
    if here and 2 * here >= PAIRED * (len(one[i]) + len(two[j])):
        yield 1, 1, here
    if max(len(one[i]), len(two[j])) > _LONGEST:
        return  # pieces of something endless, which no editor joined or split
    if j + 1 < len(two):
        joined = _shared(one[i], two[j] + two[j + 1])
        if _belongs(joined, here, shared[i][j + 1], one[i], two[j], two[j + 1]):
            yield 1, 2, joined - 1
    if i + 1 < len(one):
        joined = _shared(one[i] + one[i + 1], two[j])
        if _belongs(joined, here, shared[i + 1][j], two[j], one[i], one[i + 1]):
            yield 2, 1, joined - 1


def _belongs(joined: int, first: int, second: int, whole: str, one: str, two: str) -> bool:
    """Whether a sentence is two others together.

    Each of the two must add enough of itself, or enough of what the other leaves of the whole: of a
    sentence that was cut down and joined to another only its end may be left.
    """
    gains = (joined - second, len(one), second), (joined - first, len(two), first)
    for gain, size, other in gains:
        rest = len(whole) - other
        if gain < 2 or not (gain >= _SHARE * size or (gain >= _REST * rest and gain >= 3)):
            return False
    return 2 * joined >= PAIRED * (len(whole) + len(one) + len(two))


def _by_groups(one: list[str], two: list[str]) -> list[tuple[int, int, int, int]]:
    """The pairing, in order, of the sentences that share groups of words."""
    pairs = pair_anywhere(one, two, PAIRED)
    chosen = heaviest([j for _, j in pairs], [len(one[i]) for i, _ in pairs])
    return [(i, i + 1, j, j + 1) for i, j in (pairs[at] for at in chosen)]


def pair_anywhere(one: Sequence[str], two: Sequence[str], least: float) -> list[tuple[int, int]]:
    """Pairs of sentences that share groups of words and are alike enough, each used once."""
    size = 2 if len(one) * len(two) <= 100 * CELLS else 3
    places: dict[str, list[int]] = {}
    for j, tokens in enumerate(two):
        for group in _groups(tokens, size):
            places.setdefault(group, []).append(j)
    used: set[int] = set()
    pairs: list[tuple[int, int]] = []
    for i, tokens in enumerate(one):
        counts: dict[int, int] = {}
        for group in _groups(tokens, size):
            found = places.get(group, ())
            if len(found) <= _COMMON:
                for j in found:
                    counts[j] = counts.get(j, 0) + 1
        if not counts:
            continue
        likely = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:3]
        scored = [(similarity(tokens, two[j]), -j) for j, _ in likely if j not in used]
        best = max(scored, default=(0.0, 0))
        if best[0] >= least:
            used.add(-best[1])
            pairs.append((i, -best[1]))
    return pairs


def _groups(tokens: str, size: int) -> list[str]:
    """The groups of so many neighbouring words of a sentence that is long enough to be known."""
    if not _SHORTEST <= len(tokens) <= _LONGEST:
        return []
    return [tokens[at : at + size] for at in range(len(tokens) - size + 1)]


def is_close(one: str, two: str, keys: tuple[str, str]) -> bool:
    """Whether two sentences are one, where no other could be meant.

    Args:
        one: the tokens of the earlier, each as one character.
        two: those of the later.
        keys: their cosmetic keys.
    """
    return similarity(one, two) >= ALONE or _is_part(one, two) or _letters(*keys)


def pair_in_order(one: list[str], two: list[str]) -> list[tuple[int, int, int, int]]:
    """Pair sentences with sentences, in order: where each pair begins and ends on both sides."""
    return _by_groups(one, two) if len(one) * len(two) > CELLS else _by_words(one, two)


def pair_parts(
    one: list[str], two: list[str], pairs: list[tuple[int, int, int, int]]
) -> list[tuple[int, int, int, int]]:
    """Pair sentences left over with those that they were cut down to or grew from.

    Args:
        one: the tokens of the earlier sentences of a gap.
        two: those of the later.
        pairs: what `pair_in_order` gave.

    Returns:
        More pairs; none for a gap of more than `CELLS` pairs.
    """
    if len(one) * len(two) > CELLS:
        return []
    waiting = _left_over(one, (range(a, b) for a, b, _, _ in pairs))
    found: list[tuple[int, int, int, int]] = []
    for j in _left_over(two, (range(c, d) for _, _, c, d in pairs)):
        i = next((i for i in waiting if two[j] in one[i] or one[i] in two[j]), None)
        if i is not None:
            waiting.remove(i)
            found.append((i, i + 1, j, j + 1))
    return found


def _left_over(sentences: list[str], paired: Iterable[range]) -> list[int]:
    """The sentences of three words or more that have no partner."""
    others = set(chain.from_iterable(paired))
    return [at for at, words in enumerate(sentences) if len(words) > 2 and at not in others]
