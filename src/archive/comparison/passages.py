"""What two texts of different sources share, word for word.

A shingle is five words in a row, folded (case, typography and signs count for nothing); in scripts
without spaces five characters' tokens. Sets of shingles are exact, so a copy with small edits still
shares all the others: an approximate hash would not see them.
"""

from __future__ import annotations

from collections.abc import Sequence
from zlib import crc32

from attrs import frozen

from archive.comparison.folding import cosmetic_key, is_word, tokenise, words

__all__ = ["SHINGLE", "Passage", "sample", "shared_passages", "shingles"]

SHINGLE = 5
"""How many words a shingle has."""

MOST_WORDS = 500_000
"""Words past so many are not looked at."""

_PRIME = (1 << 40) - 87
_BASE = 1_000_003
_SAMPLED = 8
"""One shingle in so many is in the index; all of them would cost a tenth of a capture."""

_PLACES = 64
"""A shingle that stands more often in the later text is looked for at its first places only."""

Span = tuple[int, int]


@frozen
class Passage:
    """A run of words that stands in both texts.

    Args:
        text: it, as it stands in the first.
        words: how many words it has.
        before_span: where it stands in the first text, in code points, end exclusive.
        after_span: where it stands in the second.
    """

    text: str
    words: int
    before_span: Span
    after_span: Span


def shingles(text: str) -> frozenset[tuple[str, ...]]:
    """The shingles of a text: each five words in a row, folded."""
    tokens = list(filter(is_word, words(text)))[:MOST_WORDS]
    folded = {token: _fold(token) for token in set(tokens)}  # most words of a text come again
    keys = [folded[token] for token in tokens]
    return frozenset(zip(*(keys[at:] for at in range(SHINGLE)), strict=False))


def sample(folded: Sequence[str]) -> frozenset[int]:
    """About one in eight of the shingles of a text, chosen by what they say, wherever they stand.

    Two texts that share many shingles share about an eighth of them in their samples. They are
    numbers of 40 bits, made word by word, and only for finding texts that are then looked at.

    Args:
        folded: the words of the text, folded, in order, signs left out.
    """
    known: dict[str, int] = {}
    marks = [
        known.get(word) or known.setdefault(word, crc32(word.encode("utf-8", "surrogatepass")))
        for word in folded[:MOST_WORDS]
    ]
    found, value, out = set(), 0, pow(_BASE, SHINGLE, _PRIME)
    for at, mark in enumerate(marks):
        value = (value * _BASE + mark) % _PRIME
        if at >= SHINGLE:
            value = (value - marks[at - SHINGLE] * out) % _PRIME
        if at >= SHINGLE - 1 and not value % _SAMPLED:
            found.add(value)
    return frozenset(found)


def _fold(token: str) -> str:
    return cosmetic_key(token).casefold()


def _words(text: str) -> list[tuple[str, int, int]]:
    found = [
        (_fold(token), start, end)
        for token, start, end in tokenise(text, 0, len(text))
        if is_word(token)
    ]
    return found[:MOST_WORDS]


def shared_passages(before: str, after: str, least: int = SHINGLE) -> tuple[Passage, ...]:
    """The passages that stand in both texts, the longest first found, none inside another.

    Args:
        before: one text.
        after: the other.
        least: the fewest words of a passage, `SHINGLE` or more.

    Returns:
        They, in the order of the first text. No word of the first text is in two of them.
    """
    one, two = _words(before), _words(after)
    keys, others = [word[0] for word in one], [word[0] for word in two]
    places: dict[tuple[str, ...], list[int]] = {}
    for at in range(len(others) - SHINGLE + 1):
        found = places.setdefault(tuple(others[at : at + SHINGLE]), [])
        if len(found) < _PLACES:
            found.append(at)
    passages: list[Passage] = []
    at = 0
    while at <= len(keys) - SHINGLE:
        starts = places.get(tuple(keys[at : at + SHINGLE]), ())
        best = max(((_length(keys, others, at, start), -start) for start in starts), default=None)
        if best is None or best[0] < least:
            at += 1
            continue
        length, start = best[0], -best[1]
        spans = (one[at][1], one[at + length - 1][2]), (two[start][1], two[start + length - 1][2])
        passages.append(Passage(before[slice(*spans[0])], length, *spans))
        at += length
    return tuple(passages)


def _length(one: list[str], two: list[str], at: int, start: int) -> int:
    """How many words two texts have in common from these places on."""
    most = min(len(one) - at, len(two) - start)
    return next((n for n in range(most) if one[at + n] != two[start + n]), most)
