"""Single words that turn what a sentence says, though no number, name or negator differs.

*legal* and *illegal*; *Monday* and *Tuesday*; *three weeks* and *three months*; *the attacker* and
*the alleged attacker*; *it was safe* and *it was safe, the minister said*.
"""

from __future__ import annotations

from collections.abc import Sequence

from archive.article.quotations.vocabulary import Vocabulary
from archive.comparison.folding import is_word
from archive.comparison.lexicon import Lexicon
from archive.comparison.numbers import is_numeric

__all__ = ["count_hedges", "denies_by_prefix", "is_other_date", "is_other_unit", "is_report"]

_STEM = 4
"""A word of fewer letters has no prefix that denies: *form* and *inform* are the shortest trap."""

_THAT = frozenset({"that", "dass", "que", "che", "dat", "att", "at"})
"""What begins the clause that is told."""

_REPORT = 8
"""Who says it is told in no more words."""


def denies_by_prefix(removed: Sequence[str], added: Sequence[str], lexicon: Lexicon) -> bool:
    """Whether one of these words is another of them with a prefix that denies."""
    gone, come = _low(removed), _low(added)
    return any(
        prefix + stem in long
        for short, long in ((gone, come), (come, gone))
        for stem in short - long
        if len(stem) >= _STEM
        for prefix in lexicon.prefixes
    )


def is_other_date(
    removed: Sequence[str], added: Sequence[str], vocabulary: Vocabulary | None
) -> bool:
    """Whether days of the week or months were exchanged for others."""
    if vocabulary is None:
        return False
    gone, come = _low(removed) & vocabulary.times, _low(added) & vocabulary.times
    return bool(gone and come) and gone != come


def is_other_unit(
    before: Sequence[str], after: Sequence[str], places: tuple[int, int], lexicon: Lexicon
) -> bool:
    """Whether a number counts another unit of measure: weeks and months, dollars and euros.

    Args:
        before: the words of the earlier passage.
        after: those of the later one.
        places: where what differs begins in both.
        lexicon: the units of their language.
    """
    one, two = (
        lexicon.units.get(tokens[at].lower()) if at < len(tokens) and at > 0 else None
        for tokens, at in zip((before, after), places, strict=True)
    )
    if one is None or two is None or one == two:
        return False
    return is_numeric(before[places[0] - 1], lexicon)


def count_hedges(tokens: Sequence[str], lexicon: Lexicon) -> int:
    """How many words say that something is only what is said, such as *alleged*."""
    return sum(token.lower() in lexicon.hedges for token in tokens)


def is_report(removed: Sequence[str], added: Sequence[str], vocabulary: Vocabulary | None) -> bool:
    """Whether all that came or went is who says so: *the minister said that*, *according to*."""
    if vocabulary is None:
        return False
    gone, come = _apart(removed, added)
    if gone and come:
        return False
    told = [word for word in gone or come if is_word(word)]
    if not 2 <= len(told) <= _REPORT:
        return False
    if any(told[: len(phrase)] == list(phrase) for phrase in vocabulary.sources):
        return True
    last = told[-2 if told[-1] in _THAT else -1]
    return last in vocabulary.verbs and last not in vocabulary.nouns


def _apart(removed: Sequence[str], added: Sequence[str]) -> tuple[list[str], list[str]]:
    """What differs, in small letters, without what both begin and end with."""
    gone, come = [word.lower() for word in removed], [word.lower() for word in added]
    while gone and come and gone[-1] == come[-1]:
        del gone[-1], come[-1]
    while gone and come and gone[0] == come[0]:
        del gone[0], come[0]
    return gone, come


def _low(tokens: Sequence[str]) -> set[str]:
    return {token.lower() for token in tokens}
