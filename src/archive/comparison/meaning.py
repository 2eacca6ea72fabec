"""Single words that turn what a sentence says, though no number, name or negator differs.

*legal* and *illegal*; *Monday* and *Tuesday*; *three weeks* and *three months*; *the attacker* and
*the alleged attacker*; *it was safe* and *it was safe, the minister said*; *may* and *will*;
*charged* and *convicted*; *the dog bit the man* and *the man bit the dog*.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from archive.article.quotations.vocabulary import Vocabulary
from archive.comparison.folding import is_word
from archive.comparison.lexicon import Lexicon
from archive.comparison.numbers import numbers
from archive.languages import all_words
from archive.typography import MINUS_SIGNS

__all__ = [
    "count_hedges",
    "decides",
    "denies_by_prefix",
    "exchanged",
    "is_other_date",
    "is_other_unit",
    "is_report",
]

_STEM = 4
"""A word of fewer letters has no prefix that denies: *form* and *inform* are the shortest trap."""

_VERB_STEM = 2
"""A verb has so many, where a prefix denies verbs: Czech *nejde*, Persian *نشد*."""

_SIGNS = {"%": "percent", "٪": "percent", "€": "euro", "$": "dollar", "£": "pound", "¥": "yen"}
_SIGNS |= {"₽": "rouble", "₹": "rupee", "₺": "lira", "₩": "won", "₴": "hryvnia"}
"""Units of measure that are written as signs, before or behind a number."""

_THAT = all_words("that")
"""What begins the clause that is told."""

LONGEST_NAME = 6
"""Of no more words is what takes another's place."""

MOST_BETWEEN = 60
"""Nor do they stand further apart."""

_CONJUNCTIONS = all_words("names.joins") | all_words("list.joins")
_ARTICLES = all_words("list.articles")
_NAMES = frozenset({"may", "will"})
"""With a capital these are names."""

_REPORT = 8
"""Who says it is told in no more words."""


def denies_by_prefix(removed: Sequence[str], added: Sequence[str], lexicon: Lexicon) -> bool:
    """Whether one of these words is another of them with a prefix that denies."""
    gone, come = _low(removed), _low(added)
    return any(
        prefix + stem in long
        for short, long in ((gone, come), (come, gone))
        for prefixes, least in ((lexicon.prefixes, _STEM), (lexicon.verb_prefixes, _VERB_STEM))
        for stem in (short - long if prefixes else ())
        if len(stem) >= least
        for prefix in prefixes
    )


def is_other_date(
    removed: Sequence[str], added: Sequence[str], vocabulary: Vocabulary | None
) -> bool:
    """Whether days of the week or months were exchanged for others."""
    if vocabulary is None:
        return False
    gone, come = _low(removed) & vocabulary.times, _low(added) & vocabulary.times
    return bool(gone and come) and gone != come


def is_other_unit(before: Sequence[str], after: Sequence[str], lexicon: Lexicon) -> bool:
    """Whether a number counts another unit of measure: weeks and months, percent and points.

    Args:
        before: the words and signs of the earlier passage.
        after: those of the later one.
        lexicon: the units of their language.
    """
    old, new = _measures(before, lexicon), _measures(after, lexicon)
    return any(value in old and not units & old[value] for value, units in new.items())


def _measures(tokens: Sequence[str], lexicon: Lexicon) -> dict[str, set[str]]:
    """The numbers of a passage that have units of measure, each with its units."""
    found: dict[str, set[str]] = {}
    for value, start, end in numbers(tokens, lexicon):
        behind = end + (end < len(tokens) and tokens[end] in MINUS_SIGNS)
        for token in (*tokens[behind : behind + 1], *tokens[max(0, start - 1) : start]):
            unit = _SIGNS.get(token) or lexicon.units.get(token.lower())
            if unit is not None:
                found.setdefault(value, set()).add(unit)
                break
    return found


def count_hedges(tokens: Sequence[str], lexicon: Lexicon) -> int:
    """How many words say that something is only what is said, such as *alleged*."""
    return sum(token.lower() in lexicon.hedges for token in tokens)


def decides(removed: Sequence[str], added: Sequence[str], lexicon: Lexicon) -> bool:
    """Whether words differ that say how sure something is, or where somebody stands before the law.

    Args:
        removed: all words of a passage that were taken out.
        added: those put in; what only went elsewhere is in both, and decides nothing.
        lexicon: the words of their language.
    """
    return any(
        _kinds(removed, table) != _kinds(added, table)
        for table in (lexicon.certainty, lexicon.standings)
    )


def _kinds(tokens: Sequence[str], table: Mapping[str, str]) -> Counter[str]:
    """How often words of each kind stand there."""
    low = (token.lower().replace("’", "'") for token in tokens if not _is_name(token))
    return Counter(table[word] for word in map(_bare, low) if word in table)


def _is_name(token: str) -> bool:
    return token[0].isupper() and token.lower() in _NAMES


def _bare(word: str) -> str:
    """The modal verb in *couldn't*, *won't* and *he'll*, else the word."""
    return "will" if word.endswith("'ll") else word.removesuffix("n't")


def exchanged(before: Sequence[str], after: Sequence[str], lexicon: Lexicon) -> bool:
    """Whether words of a passage took each other's place, and nothing else differs.

    A mere list in another order, *oil and gas* and *gas and oil*, is none: between them some word
    has to stand that joins no list.
    """
    return _traded(before, after, lexicon) and _traded(after, before, lexicon)


def _traded(before: Sequence[str], after: Sequence[str], lexicon: Lexicon) -> bool:
    """Whether they did, read in one direction: words that repeat may be cut in two ways."""
    old, new = [word.lower() for word in before], [word.lower() for word in after]
    first, last = _differing(old, new)
    size = last - first
    if len(old) != len(new) or not 3 <= size <= MOST_BETWEEN:
        return False
    old, new = old[first:last], new[first:last]
    for one in range(1, min(LONGEST_NAME, size - 2) + 1):
        if old[:one] != new[size - one :]:
            continue
        for two in range(1, min(LONGEST_NAME, size - 1 - one) + 1):
            between = old[one : size - two]
            if old[size - two :] == new[:two] and between == new[two : size - one]:
                parts = old[:one], old[size - two :]
                return not _lists(between, lexicon) and all(map(_holds_word, parts))
    return False


def _lists(between: Sequence[str], lexicon: Lexicon) -> bool:
    """Whether words stand between the items of a list: a comma or conjunction, and articles."""
    said = {word for word in between if is_word(word)} - _ARTICLES - lexicon.determiners
    joins = any(not is_word(word) or word in _CONJUNCTIONS for word in between)
    return joins and said <= _CONJUNCTIONS


def _differing(old: Sequence[str], new: Sequence[str]) -> tuple[int, int]:
    """Where what two passages of one length begin and end with in common leaves off."""
    end = min(len(old), len(new))
    first = next((at for at in range(end) if old[at] != new[at]), end)
    last = next((at for at in range(end, first, -1) if old[at - 1] != new[at - 1]), first)
    return first, last


def _holds_word(tokens: Sequence[str]) -> bool:
    return any(is_word(token) for token in tokens)


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
