"""What two texts of different sources share, word for word.

A shingle is five words in a row, folded (case, typography and signs count for nothing); in scripts
without spaces five characters' tokens. Sets of shingles are exact, so a copy with small edits still
shares all the others: an approximate hash would not see them.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, islice

from attrs import frozen

from archive.comparison.folding import cosmetic_key, is_word, tokenise, words

__all__ = ["MOST_WORDS", "SHINGLE", "Passage", "Shingles", "shared_passages"]

SHINGLE = 5
"""How many words a shingle has."""

MOST_WORDS = 500_000
"""Words past so many are not looked at."""

_MOST_KNOWN = 100_000
"""Pieces of text that are remembered; when there are more all are forgotten."""

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


class Shingles:
    """The shingles of a text, each five words in a row, to be counted in other texts.

    What stands between two white spaces is taken apart and folded once, in however many texts it
    is met: those that share passages share words.

    Args:
        text: any text.
    """

    def __init__(self, text: str) -> None:
        self._known: dict[str, tuple[str, ...]] = {}
        self._own = frozenset(self._read(text))

    def __len__(self) -> int:
        return len(self._own)

    def count_in(self, text: str) -> int:
        """How many of them another text has, each counted once."""
        return len(self._own.intersection(self._read(text)))

    def _read(self, text: str) -> Iterator[tuple[str, ...]]:
        pieces, known = text.split(), self._known
        if len(known) > _MOST_KNOWN:
            known.clear()
        for piece in set(pieces) - known.keys():
            known[piece] = tuple(_fold(token) for token in words(piece) if is_word(token))
        folded = list(chain.from_iterable(map(known.__getitem__, pieces)))[:MOST_WORDS]
        return zip(*(islice(folded, at, None) for at in range(SHINGLE)), strict=False)


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
