"""Counters, times and labels are told by their form; facts with numbers are never taken for one."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.comparison.forms import (
    LONGEST_LINE,
    is_advertisement_label,
    is_beside_the_story,
    is_box_label,
    is_clock_line,
    is_counter,
    is_date,
    is_relative_time,
    is_time_line,
)
from archive.languages import LANGUAGES


def _read() -> dict[str, list[tuple[str, str]]]:
    """The made lines, each with its language, by what they are."""
    text = (Path(__file__).parent / "lines_by_form.txt").read_text(encoding="utf-8")
    found: dict[str, list[tuple[str, str]]] = {}
    for line in text.splitlines():
        if line.startswith("["):
            cases = found.setdefault(line[1:-1], [])
        elif line and line[0] != "#":
            code, _, lines = line.partition(": ")
            cases += [(code, one) for one in lines.split(" | ")]
    return found


LINES = _read()


@pytest.mark.parametrize(("code", "line"), LINES["counters"])
def test_a_counter_is_one(code: str, line: str) -> None:
    """A number beside a word for what readers did, and no other word, is a counter."""
    assert is_counter(line, code)
    assert is_counter(line)
    assert is_beside_the_story(line, code)


@pytest.mark.parametrize(("code", "line"), LINES["relative times"])
def test_a_relative_time_is_one(code: str, line: str) -> None:
    """How long ago something was, and nothing else, is a relative time."""
    assert is_relative_time(line, code)
    assert is_relative_time(line)
    assert not is_counter(line, code)


@pytest.mark.parametrize(("code", "line"), LINES["clock lines"])
def test_minutes_and_hours_are_a_live_blog_s_clock(code: str, line: str) -> None:
    """How many seconds, minutes or hours ago something was counts on while the page is read."""
    assert is_clock_line(line, code)
    assert is_clock_line(line)


@pytest.mark.parametrize(("code", "line"), LINES["a story's own past"])
def test_days_and_years_are_a_story_s_own_past(code: str, line: str) -> None:
    """Days, weeks, months, years, and the words for days, are what a heading says of its story."""
    assert not is_clock_line(line, code)
    assert not is_clock_line(line)


@pytest.mark.parametrize(("code", "line"), LINES["time lines"])
def test_a_labelled_time_is_one(code: str, line: str) -> None:
    """A label for an update or publication, a date or time, and nothing else, is a time line."""
    assert is_time_line(line, code)
    assert is_time_line(line)
    assert not is_counter(line, code)
    assert not is_date(line, code)


@pytest.mark.parametrize(("code", "line"), LINES["facts"])
def test_a_fact_is_none_of_these(code: str, line: str) -> None:
    """A number beside any other word is a fact: deaths, scores, prices, hours, turnout."""
    for told in (code, "en", None):
        assert not is_counter(line, told)
        assert not is_relative_time(line, told)
        assert not is_time_line(line, told)
        assert not is_beside_the_story(line, told)
    assert not is_advertisement_label(line)
    assert not is_box_label(line)


def test_there_are_facts_enough() -> None:
    """The facts are many, and of many languages."""
    assert len(LINES["facts"]) >= 60
    assert len({code for code, _ in LINES["facts"]}) >= 8


@pytest.mark.parametrize(("code", "line"), LINES["advertisement labels"])
def test_a_label_of_an_advertisement_is_one(code: str, line: str) -> None:
    """What stands above an advertisement is known in capitals and brackets, and by no language."""
    assert is_advertisement_label(line, code)
    assert is_advertisement_label(line)
    assert not is_advertisement_label(f"{line} xyz", code)


@pytest.mark.parametrize(("code", "line"), LINES["box labels"])
def test_a_label_of_a_box_is_one(code: str, line: str) -> None:
    """What stands above lists of other stories is known."""
    assert is_box_label(line, code)
    assert is_box_label(line)
    assert not is_box_label(f"{line} 14", code)


@pytest.mark.parametrize(
    ("code", "line"),
    [
        ("en", "Monday, 1 June 2026"),
        ("en", "June 1, 2026"),
        ("en", "01/06/2026 14:05"),
        ("en", "14:05"),
        ("de", "Montag, 1. Juni 2026, 14:05 Uhr"),
        ("fr", "lundi 1er juin 2026"),
        ("es", "lunes, 1 de junio de 2026"),
        ("pt", "segunda-feira, 1 de junho de 2026"),
        ("tr", "1 Haziran 2026 Pazartesi"),
        ("ja", "2026年6月1日（月）"),
        ("ko", "2026년 6월 1일 월요일"),
        ("zh", "2026年6月1日 星期一"),
        ("ar", "الاثنين 1 يونيو 2026"),
        ("he", "יום שני, 1 ביוני 2026"),
        ("hu", "2026. június 1., hétfő"),
        ("vi", "Thứ hai, 1 tháng 6 năm 2026"),
    ],
)
def test_a_date_is_one(code: str, line: str) -> None:
    """A date or time of the day, and nothing else, is a date; whose it is the place tells."""
    assert is_date(line, code)
    assert is_date(line)
    assert not is_time_line(line, code)
    assert not is_date(f"{line} xyz", code)


def test_a_score_or_count_is_no_date() -> None:
    """Numbers alone are no dates unless they are written as dates are."""
    assert not any(
        map(is_date, ("14", "2:1", "1,204", "14 14", "61.4", "May", "Monday", "2026", ""))
    )


def test_parts_of_a_line_are_read_one_by_one() -> None:
    """Between strokes and dots each part has to be furniture; a date alone is not."""
    assert is_beside_the_story("14 June 2026 · 4 min read", "en")
    assert is_beside_the_story("Updated 2 hours ago | 12 comments | Advertisement", "en")
    assert is_beside_the_story("5. Juni 2026 - 14:05 Uhr | 12 Kommentare", "de")
    assert not is_beside_the_story("14 June 2026", "en")
    assert not is_beside_the_story("14 June 2026 | 15 June 2026", "en")
    assert not is_beside_the_story("Ada Fernsby · 4 min read", "en")
    assert not is_beside_the_story("Hurt: 14 | 4 min read", "en")
    assert not is_beside_the_story("", "en")


def test_words_of_two_languages_make_no_counter() -> None:
    """All words are of one language, or of English, whose words stand on every page."""
    assert is_counter("12 views", "de")
    assert is_counter("12 views Kommentare", "de")
    assert not is_counter("12 vues Kommentare", "de")
    assert not is_counter("12 vues Kommentare")


def test_the_longest_line_is_looked_at_and_a_longer_one_is_not() -> None:
    """The bound of a line, on both sides."""
    line = "12 comments".ljust(LONGEST_LINE)
    assert is_counter(line)
    assert not is_counter(line + " ")
    assert not is_beside_the_story(line + " ")


@given(st.text(max_size=40), st.sampled_from([None, "xx", *LANGUAGES]))
def test_any_line_is_judged(line: str, language: str | None) -> None:
    """Whatever a line is, each question has an answer, and no counter is a time or label."""
    counts = is_counter(line, language)
    told = is_relative_time(line, language), is_time_line(line, language)
    assert {type(one) for one in (counts, *told, is_date(line, language))} == {bool}
    assert not (counts and any((is_advertisement_label(line), is_box_label(line))))
