"""Quoted words in an article's text, where they stand and whose they are said to be.

Found by rule, never presented as fact. Importing this loads the values only, not the finder. ::

    marks        pairs of quotation marks, unbalanced ones left out
    dashes       paragraphs of speech that begin with a dash
    vocabulary   how a language reports speech, as a value
    words        which language's vocabulary goes with a text
    sentences    the narration around the quotations
    reporting    verbs of saying and their subjects
    attribution  whose words a quotation is
    quotation    the result as values
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive.article.quotations.quotation import Quotation, Quotations

if TYPE_CHECKING:
    from archive.article.quotations.marks import Pair

__all__ = ["DEEPEST", "Quotation", "Quotations", "find_quotations"]

DEEPEST = 8
"""How many quotations may lie in one another; what lies deeper is left out."""


def find_quotations(text: str, language: str | None = None) -> tuple[Quotation, ...]:
    """Find the quotations of a text, inner ones too, and their speakers.

    The time it takes grows in proportion to the text. In a language without a vocabulary, marks are
    found and no speakers.

    Args:
        text: the text record, decoded: a paragraph a line, the last with its line feed too.
        language: a BCP 47 tag such as ``en`` or ``de-AT``, as the page declares it; None to guess
            it from the text. A text that is plainly in another of our languages outweighs it.

    Returns:
        The quotations in the order of their beginnings, outer ones before inner ones. The same text
        gives the same quotations.
    """
    from archive.article.quotations.attribution import attribute
    from archive.article.quotations.dashes import find_speech
    from archive.article.quotations.marks import pair_marks
    from archive.article.quotations.words import pick_vocabulary

    pairs = _shallow(pair_marks(text))
    words = pick_vocabulary(text, language)
    if words:
        pairs = _merged(pairs, find_speech(text, pairs, words))
    tops = _outer(pairs)
    spoken = attribute(text, tops, words) if words and tops else {}
    return tuple(spoken.get(pair) or Quotation(text[pair[0] : pair[1]], *pair) for pair in pairs)


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
