"""The words that a search found, with a few words around them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from unicodedata import combining, normalize

from attrs import frozen

from archive.comparison.folding import is_word, tokenise

__all__ = ["Excerpt", "cut_excerpt"]

_AROUND = 80
"""How many characters are kept on either side of the first words found."""
_MOST_MARKS = 100

_Run = tuple[int, int]


@frozen
class Excerpt:
    """A piece of one paragraph.

    Args:
        text: the piece, with ``…`` where it begins or ends within the paragraph.
        marks: where in it words that were looked for begin and end, in order, not overlapping.
    """

    text: str
    marks: tuple[tuple[int, int], ...]


def cut_excerpt(text: str, phrases: Sequence[str]) -> Excerpt | None:
    """The piece of a text where most of the phrases stand, around the first of them.

    Args:
        text: paragraphs, one a line.
        phrases: each a word, or words in a row; case and accents count for nothing.

    Returns:
        The piece, or None where no phrase stands in the text (it was found in the title).
    """
    wanted = [found for phrase in phrases if (found := _fold_words(phrase))]
    lines = [line for line in text.split("\n") if next(_find(line, wanted), None)]
    if not lines:
        return None
    best = max(lines, key=lambda line: _weigh(line, wanted))
    return _cut(best, next(_find(best, wanted)), wanted)


def _weigh(line: str, wanted: Sequence[Sequence[str]]) -> int:
    """How many of the words that were looked for a line has, in rows as they were asked for."""
    return sum(len(phrase) for phrase in wanted if next(_find(line, [phrase]), None))


def _cut(line: str, first: _Run, wanted: Sequence[Sequence[str]]) -> Excerpt:
    start = line.rfind(" ", 0, max(0, first[0] - _AROUND)) + 1
    end = line.find(" ", min(len(line), first[1] + _AROUND))
    if first[0] - start > 2 * _AROUND:  # a script without spaces
        start = first[0] - _AROUND
    if end < 0 or end - first[1] > 2 * _AROUND:
        end = min(len(line), first[1] + 2 * _AROUND)
    before, after = "… " if start else "", " …" if end < len(line) else ""
    piece = line[start:end]
    marks, last = [], 0
    for begin, stop in islice(_find(piece, wanted), _MOST_MARKS):
        if begin >= last:
            marks.append((begin + len(before), stop + len(before)))
            last = stop
    return Excerpt(f"{before}{piece}{after}", tuple(marks))


def _find(line: str, wanted: Sequence[Sequence[str]]) -> Iterator[_Run]:
    """Where phrases stand in a line, from its beginning on."""
    words = [
        (_fold(word), begin, end)
        for word, begin, end in tokenise(line, 0, len(line))
        if is_word(word)
    ]
    for at in range(len(words)):
        for phrase in wanted:
            run = words[at : at + len(phrase)]
            if [word for word, _, _ in run] == phrase:
                yield run[0][1], run[-1][2]
                break


def _fold_words(phrase: str) -> list[str]:
    found = tokenise(phrase, 0, len(phrase))
    return [_fold(word) for word, _, _ in found if is_word(word)]


def _fold(word: str) -> str:
    """A word without case and accents, so that words alike are the same."""
    return "".join(sign for sign in normalize("NFD", word.casefold()) if not combining(sign))
