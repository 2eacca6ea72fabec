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

from archive.comparison.phrases import (
    LONGEST_LINE,
    Kind,
    Line,
    find_kinds,
    is_phrase_of,
    read_line,
)

__all__ = [
    "LONGEST_LINE",
    "is_advertisement_label",
    "is_beside_the_story",
    "is_box_label",
    "is_clock_line",
    "is_counter",
    "is_counter_word",
    "is_date",
    "is_relative_time",
    "is_time_line",
    "is_timed",
]

_COUNT = re.compile(r"\d+|\d{1,3}(?:[., ']\d{3})+|\d+[.,]\d{1,2}")
_MARK = re.compile(rf"(?:{_COUNT.pattern})(?:/\d{{1,3}})?")
_SHORT_NUMBER = re.compile(r"\d{1,4}|\d{1,2}[./]\d{1,2}")
_CLOCK = re.compile(r"(?:[01]?\d|2[0-4])[:.][0-5]\d(?:[:.][0-5]\d)?")
_DATE = re.compile(r"\d{1,4}([./-])\d{1,2}\1\d{1,4}")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_TIME = re.compile(r"(?<!\d)(?:[01]?\d|2[0-3])\s?[:hH時시点點]\s?[0-5]\d(?!\d)")
_APART = re.compile(r"\s*[|·•]\s*|\s+[-/]\s+")
_NUMBERED_MONTHS = (("月", "日"), ("월", "일"), ("tháng", "năm"))
"""The words for month and for day or year."""

_RATED = frozenset({Kind.RATING, Kind.VOTES})
_BIDS = frozenset({Kind.INVITES})
_INVITATION = frozenset({Kind.INVITES, Kind.AUDIENCE})
_OF_DATES = frozenset({Kind.MONTH, Kind.DAY, Kind.WHEN, Kind.JOIN, Kind.CLOCK, Kind.NOW})
_OF_RELATIVE = frozenset({Kind.AGO, Kind.ABOUT, Kind.ONE, Kind.UNIT, Kind.NOW})
_OF_CLOCK = frozenset({Kind.AGO, Kind.ABOUT, Kind.ONE, Kind.HOUR, Kind.MOMENT})


def is_counter(line: str, language: str | None = None) -> bool:
    """Whether a line counts readers and says nothing else: *1,204 views*, *4 min read*.

    Args:
        line: the line.
        language: the first part of a BCP 47 tag, lower case; None where it is not known: then the
            words of each language are tried.
    """
    read = read_line(line)
    if read is None or not read.numbers:
        return False
    if not all(map(_COUNT.fullmatch, read.numbers)):
        return _is_rating(read, language)
    allowed = frozenset({Kind.COUNTER, Kind.BESIDE, Kind.UNIT})
    counted = any(Kind.COUNTER in kinds for kinds in find_kinds(read.words, allowed, language))
    return counted or _is_rating(read, language) or _invites(read, language)


def is_counter_word(line: str, language: str | None = None) -> bool:
    """Whether a line is a counter without its number, which may stand beside it: *Shares*.

    Args:
        line: the line.
        language: as in `is_counter`.
    """
    read = read_line(line)
    if read is None or read.numbers:
        return False
    return _is_of(frozenset({Kind.COUNTER}), read, language)


def _is_rating(read: Line, language: str | None) -> bool:
    """Whether a line tells what readers gave, and how many: *Rating: 4.5 (120 votes)*.

    A mark alone, *Rating: 4.5*, may be the reviewer's.
    """
    numbers = len(read.numbers) > 1 and all(map(_MARK.fullmatch, read.numbers))
    return numbers and _is_of(_RATED, read, language)


def _invites(read: Line, language: str | None) -> bool:
    """Whether a line begins by bidding its reader join so many: *Join 12,400 subscribers*."""
    begins = (find_kinds(read.words[:size], _BIDS, language) for size in range(1, 5))
    return any(map(any, begins)) and _is_of(_INVITATION, read, language)


def _is_of(wanted: frozenset[Kind], read: Line, language: str | None) -> bool:
    """Whether a line has words of each of some kinds, and none of another but beside them."""
    allowed = wanted | {Kind.BESIDE}
    return any(wanted <= kinds for kinds in find_kinds(read.words, allowed, language))


def is_relative_time(line: str, language: str | None = None) -> bool:
    """Whether a line tells how long ago something was and nothing else: *Updated 2 hours ago*.

    Args:
        line: the line.
        language: as in `is_counter`.
    """
    return _tells_ago(line, language, _OF_RELATIVE | {Kind.LABEL}, Kind.NOW, Kind.UNIT)


def is_clock_line(line: str, language: str | None = None) -> bool:
    """Whether a line tells how many hours, minutes or seconds ago something was: *5 minutes ago*.

    A live blog counts so while it is read. *3 years ago* and *yesterday* are a story's own past.

    Args:
        line: the line.
        language: as in `is_counter`.
    """
    return _tells_ago(line, language, _OF_CLOCK, Kind.MOMENT, Kind.HOUR)


def _tells_ago(
    line: str, language: str | None, allowed: frozenset[Kind], now: Kind, unit: Kind
) -> bool:
    """Whether a line of these words tells so many units ago, or that it is now."""
    read = read_line(line)
    if read is None or not all(map(str.isdecimal, read.numbers)):
        return False
    words = allowed - {now} if read.numbers else allowed
    found = find_kinds(read.words, words, language)
    return any(_is_relative(kinds, read, now, unit) for kinds in found)


def is_time_line(line: str, language: str | None = None) -> bool:
    """Whether a line has a label such as *Last updated*, a date or time, and nothing else.

    Args:
        line: the line.
        language: as in `is_counter`.
    """
    read = read_line(line)
    if read is None or not all(map(_is_of_date, read.numbers)):
        return False
    return any(
        Kind.LABEL in kinds and (_is_dated(kinds, read) or _is_relative(kinds, read))
        for allowed in (_OF_DATES | _OF_RELATIVE, _relative(read))
        for kinds in find_kinds(read.words, allowed | {Kind.LABEL}, language)
    )


def is_date(line: str, language: str | None = None) -> bool:
    """Whether a line is a date, a time of the day or both, and nothing else.

    Args:
        line: the line.
        language: as in `is_counter`.
    """
    read = read_line(line)
    if read is None or not all(map(_is_of_date, read.numbers)):
        return False
    if not read.words:
        return len(read.numbers) <= 2 and _is_dated(frozenset(), read)
    return any(_is_dated(kinds, read) for kinds in find_kinds(read.words, _OF_DATES, language))


def is_timed(line: str) -> bool:
    """Whether a line has a year and a time of the day.

    Args:
        line: the line.
    """
    return _YEAR.search(line) is not None and _TIME.search(line) is not None


def is_advertisement_label(line: str, language: str | None = None) -> bool:
    """Whether a line says that what follows is an advertisement, and nothing else.

    *Advertisement*, *Sponsored content*, *Story continues below this ad*: one word that says it,
    and no word beside it but those that stand in such labels.

    Args:
        line: the line.
        language: as in `is_counter`.
    """
    read = read_line(line)
    if read is None or read.numbers:
        return False
    allowed = frozenset({Kind.ADVERTISES, Kind.AROUND})
    return any(Kind.ADVERTISES in kinds for kinds in find_kinds(read.words, allowed, language))


def is_box_label(line: str, language: str | None = None) -> bool:
    """Whether a line is what stands above lists of other stories, newsletters and the like.

    Args:
        line: the line.
        language: as in `is_counter`.
    """
    return is_phrase_of(line, "labels.box", language)


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
    read = read_line(line)
    if read is None or len(read.numbers) != 1 or not read.words:
        return False
    return any(find_kinds(read.words, frozenset({Kind.UNIT}), language))


def _is_of_date(number: str) -> bool:
    return any(form.fullmatch(number) for form in (_SHORT_NUMBER, _CLOCK, _DATE))


def _is_dated(kinds: frozenset[Kind], read: Line) -> bool:
    """Whether there is a date or a time among the numbers and words.

    A number beside *today* is one only with a word of times: *today at 2 pm*, never *today: 14*.
    """
    if any(_DATE.fullmatch(one) or _CLOCK.fullmatch(one) for one in read.numbers):
        return True
    named = kinds & {Kind.MONTH, Kind.CLOCK}
    numbered = bool(read.numbers) and (bool(named) or _is_of_signs(read))
    return numbered or (Kind.NOW in kinds and (not read.numbers or Kind.JOIN in kinds))


def _is_of_signs(read: Line) -> bool:
    """Whether a month is a number, as in Chinese, Japanese, Korean and Vietnamese."""
    return any({month, other} <= {*read.words} for month, other in _NUMBERED_MONTHS)


def _relative(read: Line) -> frozenset[Kind]:
    """What the words of a line can be that tells how long ago: with a number, not *just now*."""
    return _OF_RELATIVE - {Kind.NOW} if read.numbers else _OF_RELATIVE


def _is_relative(
    kinds: frozenset[Kind], read: Line, now: Kind = Kind.NOW, unit: Kind = Kind.UNIT
) -> bool:
    """Whether some units ago is told, or just now. *Today: 14* is a count of something."""
    counted = bool(read.numbers) or Kind.ONE in kinds
    is_now = now in kinds and not read.numbers
    return is_now or (counted and {Kind.AGO, unit} <= kinds)
