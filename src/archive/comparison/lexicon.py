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
    """The closed words of one language, or of the few that a page may have, in lower case.

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


def pick_lexicon(*codes: str | None) -> Lexicon:
    """The lexicon of a language, or of several together, or an empty one.

    Args:
        codes: the first parts of BCP 47 tags, lower case, or None; of a word that two of them have
            the first one's meaning counts.
    """
    return _read(tuple(dict.fromkeys(language_code(code or "") for code in codes)))


@cache  # of known codes alone
def _read(codes: tuple[str, ...]) -> Lexicon:
    lists = [read_language(code) for code in codes]

    def words(section: str) -> frozenset[str]:
        return frozenset().union(*(given.words(section) for given in lists))

    def phrases(section: str) -> list[str]:
        return [phrase for given in lists for phrase in given.phrases(section)]

    def table(section: str) -> dict[str, str]:
        found: dict[str, str] = {}
        for given in reversed(lists):
            found |= given.table(section)
        return found

    return Lexicon(
        denials=Denials.of(phrases("negators"), phrases("seeming negators")),
        numbers={word: int(value) for word, value in table("numbers").items()},
        magnitudes={word: int(power) for word, power in table("magnitudes").items()},
        nouns="capital-nouns" in lists[0].words("grammar") if lists else False,
        determiners=words("noun determiners"),
        prefixes=words("negating prefixes"),
        verb_prefixes=words("negating verb prefixes"),
        units=table("units"),
        hedges=words("hedges"),
        certainty=table("certainty"),
        standings=table("legal standing"),
    )
