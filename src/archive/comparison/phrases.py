"""Lines of pages as numbers and as phrases that the data has, each with what it is for.

The words are data (`archive.languages`). All words of a line have to be of one language, or of
English, whose words stand on pages of every other.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from enum import Enum, auto
from functools import cache, lru_cache
from unicodedata import category

from attrs import frozen

from archive.article.article import UNSPACED
from archive.comparison.folding import cosmetic_key
from archive.languages import LANGUAGES, language_code, read_calendar, read_language
from archive.typography import MARKS_ON_LETTERS

__all__ = ["LONGEST_LINE", "Kind", "Line", "find_kinds", "is_phrase_of", "read_line"]

LONGEST_LINE = 160
"""A line of more characters is text."""

_LETTER = rf"(?:[^\W\d_{UNSPACED}]|[{MARKS_ON_LETTERS}])"
_PIECE = re.compile(
    rf"(?P<number>\d{{1,3}}(?: \d{{3}})+(?!\d)|\d+(?:[.,:'/-]\d+)*)"
    rf"|(?P<word>[{UNSPACED}]|{_LETTER}+(?:'{_LETTER}+)*)|(?P<sign>\S)"
)
_PLAIN = re.compile(rf"[^\W\dı_{UNSPACED}]+(?: [^\W\dı_{UNSPACED}]+)*")
"""A phrase of words that stand in the data as they are looked for."""

_WORTH = frozenset("%‰‱٪§°℃℉<>=±×÷")
"""With one of these a number says how much something is, not how many readers there were."""

_REACTIONS = re.compile("[👁💬🗨🗯❤♥💙👍👏🔥🔁↗🙌⭐]")
"""Pictures that stand for a counter's word: an eye for *views*, a balloon for *comments*."""

Words = tuple[str, ...]


class Kind(Enum):
    """What a word or phrase is for."""

    COUNTER = auto()
    BESIDE = auto()
    RATING = auto()
    VOTES = auto()
    INVITES = auto()
    AUDIENCE = auto()
    AGO = auto()
    ABOUT = auto()
    NOW = auto()
    ONE = auto()
    UNIT = auto()
    HOUR = auto()
    MOMENT = auto()
    LABEL = auto()
    ADVERTISES = auto()
    AROUND = auto()
    MONTH = auto()
    DAY = auto()
    WHEN = auto()
    JOIN = auto()
    CLOCK = auto()


_SECTIONS: Mapping[Kind, tuple[str, ...]] = {
    Kind.COUNTER: ("counters",),
    Kind.BESIDE: ("counters.beside",),
    Kind.RATING: ("counters.rating",),
    Kind.VOTES: ("counters.votes",),
    Kind.INVITES: ("counters.invitation",),
    Kind.AUDIENCE: ("counters.audience",),
    Kind.AGO: ("ago",),
    Kind.ABOUT: ("ago.about",),
    Kind.NOW: ("ago.days", "ago.now"),
    Kind.MOMENT: ("ago.now",),
    Kind.ONE: ("ago.one",),
    Kind.UNIT: ("ago.hours", "ago.units", "time units"),
    Kind.HOUR: ("ago.hours", "time units"),
    Kind.LABEL: ("labels.published", "labels.updated", "labels.time"),
    Kind.ADVERTISES: ("labels.advertisement",),
    Kind.AROUND: ("labels.advertisement.beside",),
    Kind.MONTH: ("months",),
    Kind.DAY: ("days",),
    Kind.WHEN: ("when",),
    Kind.JOIN: ("time words",),
    Kind.CLOCK: ("time words.clock",),
}
_TABLES = frozenset({"time units", "months", "days"})
_LONG = frozenset({"day", "week", "month", "year"})
"""Units of the calendar's tables that are no hours."""


@frozen
class Line:
    """The words and numbers of a line, in small letters and plain signs."""

    words: Words
    numbers: tuple[str, ...]


@lru_cache(maxsize=4096)  # both pages have most lines, and each is asked several questions
def read_line(line: str) -> Line | None:
    """A line in words and numbers; None where it is none that could be beside the story."""
    if len(line) > LONGEST_LINE:
        return None
    words: list[str] = []
    numbers: list[str] = []
    for piece in _PIECE.finditer(
        _folded(line if line.isascii() else _REACTIONS.sub(" views ", line))
    ):
        if piece["number"]:
            numbers.append(piece["number"])
        elif piece["word"]:
            words.append(piece["word"])
        elif piece["sign"] in _WORTH or category(piece["sign"]) == "Sc":
            return None
    return Line(tuple(words), tuple(numbers)) if words or numbers else None


def is_phrase_of(line: str, section: str, language: str | None) -> bool:
    """Whether a line is one of the phrases of a section and nothing else, signs left out.

    Args:
        line: the line.
        section: the name of a section of `archive.languages`.
        language: the first part of its language's tag; None where it is not known: then those of
            each language are looked at.
    """
    read = read_line(line)
    if read is None or read.numbers:
        return False
    known = language_code(language or "")
    codes = (known, "en") if known else LANGUAGES
    return any(read.words in _labels(section, code) for code in codes)


def _folded(line: str) -> str:
    """In small letters and plain signs; Turkish writes two letters where others write *i*."""
    return cosmetic_key(line).lower().replace("i\u0307", "i").replace("ı", "i")


def find_kinds(
    words: Words, allowed: frozenset[Kind], language: str | None
) -> Iterator[frozenset[Kind]]:
    """For each language that has all the words among its own: what they are there."""
    if not words:
        return
    known = language_code(language or "")
    for code in (known,) if known else _speaking().get(words[0], ()):
        found = _covered(words, allowed, code)
        if found is not None:
            yield found


@cache
def _speaking() -> dict[str, tuple[str, ...]]:
    """For each word that begins a phrase, English ones in every language, whose phrases do."""
    found: dict[str, tuple[str, ...]] = dict.fromkeys(_phrases("en"), LANGUAGES)
    for code in LANGUAGES:
        for word in _phrases(code):
            if found.get(word) is not LANGUAGES:
                found[word] = (*found.get(word, ()), code)
    return found


def _covered(words: Words, allowed: frozenset[Kind], code: str) -> frozenset[Kind] | None:
    """What the words are, the longest phrase first; None where one of them is none of these."""
    found: set[Kind] = set()
    at = 0
    while at < len(words):
        entry = next(
            (
                (phrase, kinds & allowed)
                for phrase, kinds in (*_starting(code, words[at]), *_starting("en", words[at]))
                if kinds & allowed and words[at : at + len(phrase)] == phrase
            ),
            None,
        )
        if entry is None:
            return None
        found |= entry[1]
        at += len(entry[0])
    return frozenset(found)


def _starting(code: str, word: str) -> tuple[tuple[Words, frozenset[Kind]], ...]:
    """The phrases of a language that begin with a word, the longest first."""
    return _phrases(code).get(word, ())


@cache  # of known codes alone
def _phrases(code: str) -> dict[str, tuple[tuple[Words, frozenset[Kind]], ...]]:
    """The phrases of a language by their first word, the longest first."""
    kinds: dict[Words, set[Kind]] = {}
    for kind, sections in _SECTIONS.items():
        for section in sections:
            for phrase in _written(code, section, _LONG if kind is Kind.HOUR else frozenset()):
                kinds.setdefault(phrase, set()).add(kind)
    found: dict[str, list[tuple[Words, frozenset[Kind]]]] = {}
    for phrase in sorted(kinds, key=lambda one: (-len(one), one)):
        found.setdefault(phrase[0], []).append((phrase, frozenset(kinds[phrase])))
    return {word: tuple(entries) for word, entries in found.items()}


def _written(code: str, section: str, but: frozenset[str] = frozenset()) -> Iterator[Words]:
    """The phrases of a section, in the language's file and in its calendar, as words.

    Args:
        code: of the language.
        section: its name.
        but: of a table, what is told by the phrases that are left out.
    """
    for given in (read_language(code), read_calendar(code)):
        phrases: Iterable[str] = (
            (phrase for phrase, told in given.table(section).items() if told not in but)
            if section in _TABLES
            else given.phrases(section)
        )
        for phrase in phrases:
            plain = _PLAIN.fullmatch(phrase) is not None
            read = None if plain else read_line(phrase)
            words = tuple(phrase.split(" ")) if plain else read.words if read else ()
            if words:
                yield words


@cache  # of known codes alone
def _labels(section: str, code: str) -> frozenset[Words]:
    """The labels of a language in a section, as words."""
    return frozenset(_written(code, section))
