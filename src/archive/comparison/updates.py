"""Lines in which a page tells its readers when it was updated: *Updated 4 June 2026, 15:05*.

Such a line is no change by itself (`furniture`); but where the later page tells a later time than
the earlier one, or tells one where the earlier told none, an edit was not made in silence. Labels,
months and forms of dates are data of 46 languages. The two lines mostly come from one template, so
that they are compared number by number, in every order of day and month that they can mean; what
tells how long ago a page was updated cannot be later than itself, and is compared by its age.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import product

from archive.comparison import forms
from archive.comparison.folding import cosmetic_key
from archive.comparison.side import Side
from archive.comparison.worded import find_clock, read_day, tongues
from archive.languages import read_calendar, read_language

__all__ = ["is_updated"]

Moment = tuple[int, int, int, int, int]

_PARTS = re.compile(r"\s*[|·•;()\[\]]\s*|(?<=\D)\.\s+(?=\D)|\s+[-–—/]\s+")
_NAMED_FIRST = re.compile(r"(\d{4})\s?[-/.年년]\s?(\d{1,2})\s?[-/.月월]\s?(\d{1,2})")
_NAMED_LAST = re.compile(r"(\d{1,2})([-/.])\s?(\d{1,2})[-/.]\s?(\d{4}|\d\d)(?!\d)")
_NUMBER = re.compile(r"\d+")
_WORD = re.compile(r"[^\W\d_]+")
_PUBLISHES = re.compile(
    r"\b(?:publish|post|creat|first\b|original|upload|online\b|added\b|timestamp)"
)
"""English labels of `labels.time` that tell of no update."""


def is_updated(before: Side, after: Side) -> bool | None:
    """Whether the later page tells its readers of a later update than the earlier one.

    Args:
        before: the earlier side.
        after: the later one.

    Returns:
        None where it tells another one, and nothing says which of the two is later.
    """
    language = after.code() or before.code()
    old, new = ({*_lines(side, language)} for side in (before, after))
    fresh = new - old
    if not fresh:
        return False
    compared = [_is_later(one, old, language) for one in sorted(fresh)]
    return True if True in compared else None if None in compared else False


def _lines(side: Side, language: str | None) -> Iterator[str]:
    """What the article and its head tell about an update, each as a folded line."""
    if side.page is None:
        return
    for block in side.page.blocks:
        if block.is_article and not block.listed and len(block.text) <= forms.LONGEST_LINE:
            for part in _PARTS.split(cosmetic_key(block.text).lower()):
                told = _told(part, language)
                if told:
                    yield told


def _told(part: str, language: str | None) -> str | None:
    """The label and time of an update in a part of a line."""
    for code in tongues(language):
        pattern = _labels(code)
        found = pattern.search(part) if pattern and any(map(str.isdecimal, part)) else None
        if found is None:
            continue
        for told in (part[found.start() :].strip(" ,"), part):
            if forms.is_time_line(told, language):
                return told
    return None


@cache  # of known codes alone
def _labels(code: str) -> re.Pattern[str] | None:
    """What finds the labels of an update in a language, the longest first."""
    words = read_language(code)
    others = [*words.phrases("labels.published"), *words.phrases("labels.date")]
    found = {
        cosmetic_key(one).lower()
        for one in (*words.phrases("labels.updated"), *words.phrases("labels.time"))
        if not (_PUBLISHES.search(one) or any(one.startswith(other) for other in others))
    }
    phrases = map(re.escape, sorted(found, key=len, reverse=True))
    return re.compile(rf"(?<![^\W\d])(?:{'|'.join(phrases)})") if found else None


def _is_later(one: str, old: set[str], language: str | None) -> bool | None:
    """Whether a line tells a later time than all of the earlier page's."""
    if forms.is_relative_time(one, language):
        ages = [_age(line, language) for line in old if forms.is_relative_time(line, language)]
        age = _age(one, language)
        return not ages or (True if age is not None and all(_below(age, a) for a in ages) else None)
    moments = _moments(one, language)
    verdicts = {_compare(moments, _moments(line, language)) for line in old}
    if None in verdicts:
        return None
    return False not in verdicts


def _below(age: int, other: int | None) -> bool:
    return other is not None and age <= other


_SECONDS = {
    "second": 1,
    "minute": 60,
    "hour": 3_600,
    "day": 86_400,
    "week": 604_800,
    "month": 2_629_800,
    "year": 31_557_600,
}


def _age(line: str, language: str | None) -> int | None:
    """How many seconds ago a line says that something was; None where its unit is not known."""
    number = _NUMBER.search(line)
    for code in tongues(language):
        units = read_calendar(code).table("time units")
        for word in _WORD.findall(line):
            if word in units:
                return int(number[0] if number else 1) * _SECONDS.get(units[word], 0)
    return None


def _compare(new: set[Moment], old: set[Moment]) -> bool | None:
    """Whether the one is later, in every order of day and month; None where that differs."""
    found = {two > one for two, one in product(new, old) if bool(two[0]) == bool(one[0])}
    return found.pop() if len(found) == 1 else None


def _moments(line: str, language: str | None) -> set[Moment]:
    """What a line can mean: year, month, day, hour and minute, 0 for what is not told."""
    dated = _NAMED_FIRST.search(line)
    if dated:
        days = {(int(dated[1]), int(dated[2]), int(dated[3]))}
    elif dated := _NAMED_LAST.search(line):
        one, two, year = int(dated[1]), int(dated[3]), int(dated[4])
        days = {(year, two, one)}
        if two > 12:
            days = {(year, one, two)}
        elif dated[2] == "/" and (language or "en") == "en":
            days.add((year, one, two))
    rest = line[: dated.start()] + " " + line[dated.end() :] if dated else line
    clock = find_clock(rest)
    if not dated:
        words = rest[: clock.start] + " " + rest[clock.end :] if clock else rest
        days = {read_day(words, language)}
    hour, minute = (clock.hour, clock.minute) if clock else (0, 0)
    return {(*day, hour, minute) for day in days}
