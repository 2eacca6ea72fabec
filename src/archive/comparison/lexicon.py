"""Small closed word classes of a language: what denies, number words, units, modal and legal words.

They are read from `archive.languages`. Words that mean something else as often (English *one*,
German *ein*, French *un*) are left out of the number words: a class that is not said is better than
one that is wrong.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from attrs import field, frozen

from archive.comparison.denial import Denials
from archive.languages import language_code, read_language

__all__ = ["Lexicon", "pick_lexicon"]


@frozen
class Lexicon:
    """The closed words of one language, in lower case.

    Args:
        denials: how the language denies.
        numbers: number words and their values.
        magnitudes: words that multiply the number before them, and by which power of ten.
        nouns: whether nouns are written with a capital (German).
        determiners: where nouns have capitals, what stands before a noun that is no name.
        prefixes: with them a word says that the rest of it is not so.
        verb_prefixes: with them a verb does, however short it is (Czech, Persian).
        units: what a number before them counts, each with the unit that it is a spelling of.
        hedges: words that say that something is only what is said.
        certainty: how sure something is: what ``may`` be, or what will or ``must``. No word that
            only carries a tense: *would*, German *wird*.
        standings: where somebody stands before the law, each with the step: ``charged``.
    """

    denials: Denials = field(factory=Denials)
    numbers: Mapping[str, int] = field(factory=dict, hash=False)
    magnitudes: Mapping[str, int] = field(factory=dict, hash=False)
    nouns: bool = False
    determiners: frozenset[str] = frozenset()
    prefixes: frozenset[str] = frozenset()
    verb_prefixes: frozenset[str] = frozenset()
    units: Mapping[str, str] = field(factory=dict, hash=False)
    hedges: frozenset[str] = frozenset()
    certainty: Mapping[str, str] = field(factory=dict, hash=False)
    standings: Mapping[str, str] = field(factory=dict, hash=False)


def pick_lexicon(code: str | None) -> Lexicon:
    """The lexicon of a language, or an empty one.

    Args:
        code: the first part of a BCP 47 tag, lower case, or None.
    """
    return _read(language_code(code or ""))


@cache
def _read(code: str) -> Lexicon:
    given = read_language(code)
    return Lexicon(
        denials=Denials.of(given.phrases("negators"), given.phrases("seeming negators")),
        numbers={word: int(value) for word, value in given.table("numbers").items()},
        magnitudes={word: int(power) for word, power in given.table("magnitudes").items()},
        nouns="capital-nouns" in given.words("grammar"),
        determiners=given.words("noun determiners"),
        prefixes=given.words("negating prefixes"),
        verb_prefixes=given.words("negating verb prefixes"),
        units=given.table("units"),
        hedges=given.words("hedges"),
        certainty=given.table("certainty"),
        standings=given.table("legal standing"),
    )
