"""The quotations of a text: pairs of marks, speech after dashes, and whose words they are."""

from __future__ import annotations

from collections.abc import Iterator

from archive.article.quotations.attribution import attribute
from archive.article.quotations.dashes import find_speech
from archive.article.quotations.marks import Pair, pair_marks
from archive.article.quotations.quotation import MOST, Quotation
from archive.article.quotations.words import pick_vocabulary

__all__ = ["DEEPEST", "find_quotations", "iterate_quotations"]

_PAGE = 10_000
"""So many characters behind the last quotation are read at most: it may be signed there."""

DEEPEST = 8
"""How many quotations may lie in one another; what lies deeper is left out."""


def find_quotations(text: str, language: str | None = None) -> tuple[Quotation, ...]:
    """Find the quotations of a text, inner ones too, and their speakers.

    The time it takes grows in proportion to the text. In a language without a vocabulary, marks are
    found and no speakers; nor are speakers beyond the first `MOST` quotations.

    Args:
        text: the text record, decoded: a paragraph a line, the last with its line feed too.
        language: a BCP 47 tag such as ``en`` or ``de-AT``, as the page declares it; None to guess
            it from the text. A text that is plainly in another of our languages outweighs it.

    Returns:
        The quotations in the order of their beginnings, outer ones before inner ones. The same text
        gives the same quotations.
    """
    return tuple(iterate_quotations(text, language))


def iterate_quotations(text: str, language: str | None = None) -> Iterator[Quotation]:
    """The same one by one, so that whoever keeps the first ones need not hold a million."""
    pairs = _shallow(pair_marks(text))
    words = pick_vocabulary(text, language)
    if words:
        pairs = _merged(pairs, find_speech(text, pairs, words))
    tops = _outer(pairs)
    if len(tops) > MOST:
        tops = tops[:MOST]
        text_of_them = text[: _paragraph(text, tops[-1][1])]
    else:
        text_of_them = text
    spoken = attribute(text_of_them, tops, words) if words and tops else {}
    for start, end in pairs:
        yield spoken.get((start, end)) or Quotation(text[start:end], start, end)


def _paragraph(text: str, at: int) -> int:
    """Where the paragraph below the one of this position ends, or a page further."""
    for _ in range(2):
        end = text.find("\n", at, at + _PAGE)
        if end < 0:
            return at + _PAGE
        at = end + 1
    return at


def _merged(pairs: list[Pair], speech: list[Pair]) -> list[Pair]:
    return sorted([*pairs, *speech], key=lambda pair: (pair[0], -pair[1])) if speech else pairs


def _outer(pairs: list[Pair]) -> list[Pair]:
    """Those that lie in no other; the pairs come in the order of their beginnings."""
    tops: list[Pair] = []
    for pair in pairs:
        if not tops or pair[0] >= tops[-1][1]:
            tops.append(pair)
    return tops


def _shallow(pairs: list[Pair]) -> list[Pair]:
    """Those that lie in fewer than `DEEPEST` others: each holds the words of all within it."""
    kept: list[Pair] = []
    around: list[int] = []
    for start, end in pairs:
        while around and around[-1] <= start:
            around.pop()
        if len(around) < DEEPEST:
            kept.append((start, end))
            around.append(end)
    return kept
