"""What a line of text is by its form alone: a counter, a time, a label of something beside it.

Each function answers one plain question for one line, whatever page it stands on. The words are
data (`archive.languages`). A line is a counter only where it has a number, a word for what readers
did (*views*, *comments*, *min read*), and **no other word**: *Hurt: 14*, *Read by 3 judges* and
*Rooms with lake views: 14* are facts. All words have to be of one language, or of English, whose
words stand on pages of every other. Signs for money, percent and degrees make every number a fact.

Where a line stands is not asked here. *14 June 2026* alone can be a masthead's or a hearing's date,
and a heading, a caption or a cell of a table is never noise by its form.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from enum import Enum, auto
from functools import cache
from unicodedata import category

from attrs import frozen

from archive.article.article import UNSPACED
from archive.comparison.folding import cosmetic_key
from archive.languages import LANGUAGES, language_code, read_calendar, read_language
from archive.typography import MARKS_ON_LETTERS

__all__ = [
    "LONGEST_LINE",
    "is_advertisement_label",
    "is_beside_the_story",
    "is_box_label",
    "is_counter",
    "is_date",
    "is_relative_time",
    "is_time_line",
]

LONGEST_LINE = 160
"""A line of more characters is text."""

_LETTER = rf"(?:[^\W\d_{UNSPACED}]|[{MARKS_ON_LETTERS}])"
_PIECE = re.compile(
    rf"(?P<number>\d{{1,3}}(?: \d{{3}})+(?!\d)|\d+(?:[.,:'/-]\d+)*)"
    rf"|(?P<word>[{UNSPACED}]|{_LETTER}+(?:'{_LETTER}+)*)|(?P<sign>\S)"
)
_COUNT = re.compile(r"\d+|\d{1,3}(?:[., ']\d{3})+|\d+[.,]\d{1,2}")
_SHORT_NUMBER = re.compile(r"\d{1,4}|\d{1,2}[./]\d{1,2}")
_CLOCK = re.compile(r"(?:[01]?\d|2[0-4])[:.][0-5]\d(?:[:.][0-5]\d)?")
_DATE = re.compile(r"\d{1,4}([./-])\d{1,2}\1\d{1,4}")
_PLAIN = re.compile(rf"[^\W\dı_{UNSPACED}]+(?: [^\W\dı_{UNSPACED}]+)*")
"""A phrase of words that stand in the data as they are looked for."""

_APART = re.compile(r"\s*[|·•]\s*|\s+[-/]\s+")
_WORTH = frozenset("%‰‱٪§°℃℉<>=±×÷")
"""With one of these a number says how much something is, not how many readers there were."""

_REACTIONS = re.compile("[👁💬🗨🗯❤♥💙👍👏🔥🔁↗🙌⭐]")
"""Pictures that stand for a counter's word: an eye for *views*, a balloon for *comments*."""

_NUMBERED_MONTHS = (("月", "日"), ("월", "일"), ("tháng", "năm"))
"""The words for month and for day or year."""

Words = tuple[str, ...]


class _Kind(Enum):
    """What a word or phrase is for."""

    COUNTER = auto()
    BESIDE = auto()
    AGO = auto()
    ABOUT = auto()
    NOW = auto()
    ONE = auto()
    UNIT = auto()
    LABEL = auto()
    ADVERTISES = auto()
    AROUND = auto()
    MONTH = auto()
    DAY = auto()
    WHEN = auto()
    JOIN = auto()
    CLOCK = auto()


_SECTIONS: Mapping[_Kind, tuple[str, ...]] = {
    _Kind.COUNTER: ("counters",),
    _Kind.BESIDE: ("counters.beside",),
    _Kind.AGO: ("ago",),
    _Kind.ABOUT: ("ago.about",),
    _Kind.NOW: ("ago.now",),
    _Kind.ONE: ("ago.one",),
    _Kind.UNIT: ("ago.units", "time units"),
    _Kind.LABEL: ("labels.published", "labels.updated", "labels.time"),
    _Kind.ADVERTISES: ("labels.advertisement",),
    _Kind.AROUND: ("labels.advertisement.beside",),
    _Kind.MONTH: ("months",),
    _Kind.DAY: ("days",),
    _Kind.WHEN: ("when",),
    _Kind.JOIN: ("time words",),
    _Kind.CLOCK: ("time words.clock",),
}
_TABLES = frozenset({"time units", "months", "days"})
_OF_DATES = frozenset({_Kind.MONTH, _Kind.DAY, _Kind.WHEN, _Kind.JOIN, _Kind.CLOCK, _Kind.NOW})
_OF_RELATIVE = frozenset({_Kind.AGO, _Kind.ABOUT, _Kind.ONE, _Kind.UNIT, _Kind.NOW})


def is_counter(line: str, language: str | None = None) -> bool:
    """Whether a line counts readers and says nothing else: *1,204 views*, *4 min read*.

    Args:
        line: the line.
        language: the first part of a BCP 47 tag, lower case; None where it is not known: then the
            words of each language are tried.
    """
    read = _read(line)
    if read is None or not read.numbers or not all(map(_COUNT.fullmatch, read.numbers)):
        return False
    allowed = frozenset({_Kind.COUNTER, _Kind.BESIDE, _Kind.UNIT})
    return any(_Kind.COUNTER in kinds for kinds in _kinds(read.words, allowed, language))


def is_relative_time(line: str, language: str | None = None) -> bool:
    """Whether a line tells how long ago something was and nothing else: *Updated 2 hours ago*.

    Args:
        line: the line.
        language: as in `is_counter`.
    """
    read = _read(line)
    if read is None or not all(map(str.isdecimal, read.numbers)):
        return False
    allowed = _relative(read) | {_Kind.LABEL}
    return any(_is_relative(kinds, read) for kinds in _kinds(read.words, allowed, language))


def is_time_line(line: str, language: str | None = None) -> bool:
    """Whether a line has a label such as *Last updated*, a date or time, and nothing else.

    Args:
        line: the line.
        language: as in `is_counter`.
    """
    read = _read(line)
    if read is None or not all(map(_is_of_date, read.numbers)):
        return False
    return any(
        _Kind.LABEL in kinds and (_is_dated(kinds, read) or _is_relative(kinds, read))
        for allowed in (_OF_DATES | _OF_RELATIVE, _relative(read))
        for kinds in _kinds(read.words, allowed | {_Kind.LABEL}, language)
    )


def is_date(line: str, language: str | None = None) -> bool:
    """Whether a line is a date, a time of the day or both, and nothing else.

    Args:
        line: the line.
        language: as in `is_counter`.
    """
    read = _read(line)
    if read is None or not all(map(_is_of_date, read.numbers)):
        return False
    if not read.words:
        return len(read.numbers) <= 2 and _is_dated(frozenset(), read)
    return any(_is_dated(kinds, read) for kinds in _kinds(read.words, _OF_DATES, language))


def is_advertisement_label(line: str, language: str | None = None) -> bool:
    """Whether a line says that what follows is an advertisement, and nothing else.

    *Advertisement*, *Sponsored content*, *Story continues below this ad*: one word that says it,
    and no word beside it but those that stand in such labels.

    Args:
        line: the line.
        language: as in `is_counter`.
    """
    read = _read(line)
    if read is None or read.numbers:
        return False
    allowed = frozenset({_Kind.ADVERTISES, _Kind.AROUND})
    return any(_Kind.ADVERTISES in kinds for kinds in _kinds(read.words, allowed, language))


def is_box_label(line: str, language: str | None = None) -> bool:
    """Whether a line is what stands above lists of other stories, newsletters and the like.

    Args:
        line: the line.
        language: as in `is_counter`.
    """
    return _is_label(line, "labels.box", language)


def is_beside_the_story(line: str, language: str | None = None) -> bool:
    """Whether each part of a line between strokes and dots counts, tells a time, or is a label.

    A date alone says nothing; beside a counter it is part of the same line of furniture:
    *14 June 2026 · 4 min read*.

    Args:
        line: the line.
        language: as in `is_counter`.
    """
    if len(line) > LONGEST_LINE:
        return False
    parts = [part for part in _APART.split(line) if part.strip()]
    slight = [is_date(part, language) or _is_length(part, language) for part in parts]
    return not all(slight) and all(
        known
        or is_counter(part, language)
        or is_relative_time(part, language)
        or is_time_line(part, language)
        or is_advertisement_label(part, language)
        for known, part in zip(slight, parts, strict=True)
    )


def _is_length(line: str, language: str | None) -> bool:
    """Whether a line is a number of minutes or the like, and nothing else."""
    read = _read(line)
    if read is None or len(read.numbers) != 1 or not read.words:
        return False
    return any(_kinds(read.words, frozenset({_Kind.UNIT}), language))


@frozen
class _Line:
    """The words and numbers of a line, in small letters and plain signs."""

    words: Words
    numbers: tuple[str, ...]


def _read(line: str) -> _Line | None:
    """A line in words and numbers; None where it is none that could be beside the story."""
    if len(line) > LONGEST_LINE:
        return None
    words: list[str] = []
    numbers: list[str] = []
    for piece in _PIECE.finditer(_folded(_REACTIONS.sub(" views ", line))):
        if piece["number"]:
            numbers.append(piece["number"])
        elif piece["word"]:
            words.append(piece["word"])
        elif piece["sign"] in _WORTH or category(piece["sign"]) == "Sc":
            return None
    return _Line(tuple(words), tuple(numbers)) if words or numbers else None


def _folded(line: str) -> str:
    """In small letters and plain signs; Turkish writes two letters where others write *i*."""
    return cosmetic_key(line).lower().replace("i\u0307", "i").replace("ı", "i")


def _is_label(line: str, section: str, language: str | None) -> bool:
    """Whether a line is one of the labels of a section, signs left out."""
    read = _read(line)
    if read is None or read.numbers:
        return False
    known = language_code(language or "")
    return any(
        read.words in _labels(section, code) for code in ((known, "en") if known else LANGUAGES)
    )


def _is_of_date(number: str) -> bool:
    return any(form.fullmatch(number) for form in (_SHORT_NUMBER, _CLOCK, _DATE))


def _is_dated(kinds: frozenset[_Kind], read: _Line) -> bool:
    """Whether there is a date or a time among the numbers and words.

    A number beside *today* is one only with a word of times: *today at 2 pm*, never *today: 14*.
    """
    if any(_DATE.fullmatch(one) or _CLOCK.fullmatch(one) for one in read.numbers):
        return True
    named = kinds & {_Kind.MONTH, _Kind.CLOCK}
    numbered = bool(read.numbers) and (bool(named) or _is_of_signs(read))
    return numbered or (_Kind.NOW in kinds and (not read.numbers or _Kind.JOIN in kinds))


def _is_of_signs(read: _Line) -> bool:
    """Whether a month is a number, as in Chinese, Japanese, Korean and Vietnamese."""
    return any({month, other} <= {*read.words} for month, other in _NUMBERED_MONTHS)


def _relative(read: _Line) -> frozenset[_Kind]:
    """What the words of a line can be that tells how long ago: with a number, not *just now*."""
    return _OF_RELATIVE - {_Kind.NOW} if read.numbers else _OF_RELATIVE


def _is_relative(kinds: frozenset[_Kind], read: _Line) -> bool:
    """Whether some units ago is told, or just now. *Today: 14* is a count of something."""
    counted = bool(read.numbers) or _Kind.ONE in kinds
    now = _Kind.NOW in kinds and not read.numbers
    return now or (counted and {_Kind.AGO, _Kind.UNIT} <= kinds)


def _kinds(
    words: Words, allowed: frozenset[_Kind], language: str | None
) -> Iterator[frozenset[_Kind]]:
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


def _covered(words: Words, allowed: frozenset[_Kind], code: str) -> frozenset[_Kind] | None:
    """What the words are, the longest phrase first; None where one of them is none of these."""
    found: set[_Kind] = set()
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


def _starting(code: str, word: str) -> tuple[tuple[Words, frozenset[_Kind]], ...]:
    """The phrases of a language that begin with a word, the longest first."""
    return _phrases(code).get(word, ())


@cache  # of known codes alone
def _phrases(code: str) -> dict[str, tuple[tuple[Words, frozenset[_Kind]], ...]]:
    """The phrases of a language by their first word, the longest first."""
    kinds: dict[Words, set[_Kind]] = {}
    for kind, sections in _SECTIONS.items():
        for section in sections:
            for phrase in _written(code, section):
                kinds.setdefault(phrase, set()).add(kind)
    found: dict[str, list[tuple[Words, frozenset[_Kind]]]] = {}
    for phrase in sorted(kinds, key=lambda one: (-len(one), one)):
        found.setdefault(phrase[0], []).append((phrase, frozenset(kinds[phrase])))
    return {word: tuple(entries) for word, entries in found.items()}


def _written(code: str, section: str) -> Iterator[Words]:
    """The phrases of a section, in the language's file and in its calendar, as words."""
    for given in (read_language(code), read_calendar(code)):
        phrases: Iterable[str] = (
            given.table(section) if section in _TABLES else given.phrases(section)
        )
        for phrase in phrases:
            plain = _PLAIN.fullmatch(phrase) is not None
            read = None if plain else _read(phrase)
            words = tuple(phrase.split(" ")) if plain else read.words if read else ()
            if words:
                yield words


@cache  # of known codes alone
def _labels(section: str, code: str) -> frozenset[Words]:
    """The labels of a language in a section, as words."""
    return frozenset(_written(code, section))
