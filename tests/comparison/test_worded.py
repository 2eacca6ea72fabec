"""Dates in words, read strictly and loosely by one reader."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.comparison.worded import Clock, find_clock, read_day, read_whole_day
from archive.languages import LANGUAGES, read_calendar

WHOLE = [
    ("en", "june 5, 2026"), ("de", "5. juni 2026"), ("fr", "le 5 juin 2026"),
    ("es", "5 de junio de 2026"), ("it", "5 giugno 2026"), ("pt", "5 de junho de 2026"),
    ("nl", "5 juni 2026"), ("sv", "5 juni 2026"), ("fi", "5. kesäkuuta 2026"),
    ("pl", "5 czerwca 2026"), ("cs", "5. června 2026"), ("ru", "5 июня 2026"),
    ("uk", "5 червня 2026"), ("tr", "5 haziran 2026"), ("hu", "2026. június 5."),
    ("ar", "5 يونيو 2026"), ("el", "5 ιουνίου 2026"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "line"), WHOLE)
def test_a_whole_date_is_read_in_both_ways(language: str, line: str) -> None:
    """Year, month and day, in the words of many languages."""
    told = read_whole_day(line, language)
    assert told is not None
    assert told[0] == read_day(line, language) == (2026, 6, 5)


@pytest.mark.parametrize(
    ("line", "loose"),
    [
        ("5. juni", (0, 6, 5)),
        ("juni 2026", (2026, 6, 0)),
        ("31. juni 2026", (2026, 6, 31)),
        ("5. juni 2026, 6. juli 2027", (2026, 6, 5)),
        ("am 5. kam er im schönen juni 2026", (2026, 6, 5)),
        ("heute", (0, 0, 0)),
    ],
)
def test_what_is_not_one_whole_date_is_read_loosely_alone(
    line: str, loose: tuple[int, int, int]
) -> None:
    """What is missing is 0; by itself a part of a date, a false one and one of two are none."""
    assert read_whole_day(line, "de") is None
    assert read_day(line, "de") == loose


def test_strictly_no_language_is_guessed() -> None:
    """Where the language is not known only the loose reading tries the words of all."""
    assert read_whole_day("5. kesäkuuta 2026", None) is None
    assert read_day("5. kesäkuuta 2026", None) == (2026, 6, 5)
    assert read_whole_day("5 june 2026", "de") is None
    assert read_day("5 june 2026", "de") == (2026, 6, 5)


@pytest.mark.parametrize(
    ("line", "clock"),
    [
        ("14:05 uhr", (14, 5)), ("2:05 pm", (14, 5)), ("12.05 a.m.", (0, 5)), ("14h05", (14, 5)),
        ("23:59:30", (23, 59)), ("14時05分", (14, 5)),
    ],
)  # fmt: skip
def test_a_time_of_the_day_is_read(line: str, clock: tuple[int, int]) -> None:
    """With a colon, a point, an h or a sign; in halves of the day too."""
    found = find_clock(line)
    assert found is not None
    assert (found.hour, found.minute) == clock


@pytest.mark.parametrize("line", ["14", "25:00", "14:60", "114:05", "5.6.2026", ""])
def test_other_numbers_are_no_time(line: str) -> None:
    """Hours and minutes have bounds, and a date is none."""
    assert find_clock(line) is None


def test_a_time_is_looked_for_from_a_place_on() -> None:
    """What stands before it is not read."""
    assert find_clock("14:05 15:06", 5) == Clock(15, 6, 6, 11)


@given(st.text(max_size=60), st.sampled_from([None, "xx", *LANGUAGES]))
def test_any_line_is_read(line: str, language: str | None) -> None:
    """Whatever a line is, there is an answer, and a whole day is one of the calendar."""
    read_day(line.lower(), language)
    find_clock(line.lower())
    told = read_whole_day(line.lower(), language)
    assert told is None or 1 <= told[0][1] <= 12


def test_every_month_of_one_word_is_known() -> None:
    """The table is the calendar's, made from the Unicode Consortium's data."""
    for code in LANGUAGES:
        for name, month in read_calendar(code).table("months").items():
            if name.isalpha():
                assert read_day(f"3 {name} 2026", code)[1] == int(month), (code, name)
