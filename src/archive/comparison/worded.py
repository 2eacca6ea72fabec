"""Dates and times of the day as a line of words has them: *5. Juni 2026, 14:05 Uhr*.

The names of months are the calendar's, made from the Unicode Consortium's data, and what a
language's own file adds to them. They are read in two ways. Strictly, for a date that has to stand
by itself: one month, one year, and the day beside the month; nothing is guessed. Loosely, where two
lines of one template are compared: what is told of year, month and day, 0 for what is not.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from functools import cache

from attrs import frozen

from archive.languages import LANGUAGES, language_code, read_calendar, read_language

__all__ = ["Clock", "Day", "find_clock", "read_day", "read_whole_day", "tongues"]

Day = tuple[int, int, int]
"""Year, month and day, 0 for what is not told."""

BESIDE = 2
"""So many words and numbers before a month its day stands, *5 de junio*, or right behind it."""

_PIECE = re.compile(r"\d+|[^\W\d_]+")
_CLOCK = re.compile(
    r"(?<!\d)([01]?\d|2[0-4])\s?[:.h時时시]\s?([0-5]\d)(?!\d)(?:[:.][0-5]\d)?(?:\s?([ap])\.?m)?"
)


@frozen
class Clock:
    """A time of the day, and where it stands in its line."""

    hour: int
    minute: int
    start: int
    end: int


def find_clock(line: str, start: int = 0) -> Clock | None:
    """The first time of the day in a line in small letters.

    Args:
        line: the line.
        start: from where on it is looked for.
    """
    found = _CLOCK.search(line, start)
    if found is None:
        return None
    hour = int(found[1])
    if found[3]:
        hour = hour % 12 + (12 if found[3] == "p" else 0)
    return Clock(hour, int(found[2]), *found.span())


def tongues(language: str | None) -> tuple[str, ...]:
    """The languages whose words are looked up: all where that of the page is not known."""
    known = language_code(language or "")
    return tuple(dict.fromkeys((known, "en"))) if known else LANGUAGES


def read_day(line: str, language: str | None) -> Day:
    """What a line in small letters tells of year, month and day, whatever else it says."""
    pieces = _PIECE.findall(line)
    numbers = [int(piece) for piece in pieces if piece.isdecimal()]
    months = _named(pieces, tongues(language))
    year = next((number for number in numbers if number > 999), 0)
    day = next((number for number in numbers if number < 32), 0)
    return year, months[0][1] if months else 0, day


def read_whole_day(line: str, language: str | None) -> tuple[Day, int] | None:
    """The one day that a line in small letters tells in the words of its own language.

    Args:
        line: the line.
        language: the first part of its language's tag; of an unknown one nothing is read.

    Returns:
        The day, and where its year ends; None where not all of it is told, or more than one.
    """
    pieces = list(_PIECE.finditer(line))
    named = _named([piece[0] for piece in pieces], (language_code(language or ""),))
    years = [piece for piece in pieces if len(piece[0]) == 4 and piece[0].isdecimal()]
    if len(named) != 1 or len(years) != 1:
        return None
    at, month = named[0]
    near = (piece[0] for piece in pieces[max(0, at - BESIDE) : at + BESIDE])
    days = (int(one) for one in near if len(one) <= 2 and one.isdecimal())
    try:
        whole = date(int(years[0][0]), month, next(days, 0))
    except ValueError:
        return None
    return (whole.year, whole.month, whole.day), years[0].end()


def _named(pieces: Sequence[str], codes: Sequence[str]) -> list[tuple[int, int]]:
    """Where months are named and which, in the words of the first language that has one."""
    for code in codes:
        months = _months(code)
        found = [(at, months[piece]) for at, piece in enumerate(pieces) if piece in months]
        if found:
            return found
    return []


@cache  # of known codes alone
def _months(code: str) -> dict[str, int]:
    """The names of months of a language, those of one word."""
    lists = read_calendar(code), read_language(code)
    return {name: int(key) for one in lists for name, key in one.table("months").items()}
