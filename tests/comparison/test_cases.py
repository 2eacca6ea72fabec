"""Pages and pairs of pages that were once read or compared wrongly, each with its right value."""

from __future__ import annotations

from pathlib import Path

import pytest

from archive.article import extract
from archive.comparison import compare_sides, read_side
from archive.comparison.result import Comparison

FOLDER = Path(__file__).resolve().parents[2] / "fixtures" / "cases" / "text"
KIND = "text/html"
URL = "https://lay.example/x"


def compare(name: str) -> Comparison:
    """The earlier and the later page of a pair compared, with no other page of the host."""
    pages = [(FOLDER / f"{name}-{which}.html").read_bytes() for which in "ab"]
    return compare_sides(*(read_side(one, KIND, URL, extract(one, KIND, URL)) for one in pages))


@pytest.mark.parametrize(
    "name",
    [
        *("C1", "C1b", "C2", "C4", "C5", "C15b", "C39", "C40", "E11", "E12", "E21", "E22"),
        "redesign",
    ],
)
def test_noise_is_no_change(name: str) -> None:
    """Counters, times, labels, rotating lists, mast-head dates, comments and classes are quiet."""
    found = compare(name)
    assert found.changes == ()
    assert found.silent is False


@pytest.mark.parametrize(
    ("name", "classes", "words"),
    [
        ("C20", {"number"}, "~~14~~ 41"),
        ("C21b", {"number"}, "11:00 AM"),
        ("C21c", {"number"}, "killed 41"),
        ("C21d", {"wording"}, "acquitted"),
        ("C24", {"negation"}, "知らなかった"),
        ("C24c", {"negation"}, "لم يكن"),
        ("E14", {"number"}, "fifty"),
        ("E15", {"negation"}, "Yes."),
        ("E16", {"negation"}, "did not steal"),
        ("E19", {"number"}, "F=9m"),
        ("E20", {"quotation-changed"}, "“We heard about the damage in June.”"),
        ("H7", set(), "~~The mayor took the money"),
        ("headline-kicker", {"headline"}, "closes"),
        ("linked-paragraph", {"number"}, "41 million"),
        ("standfirst-teaser", {"standfirst", "number"}, "eleven boats"),
    ],
)
def test_an_edit_is_a_silent_change_of_its_class(name: str, classes: set[str], words: str) -> None:
    """An edit is substantive, silent, of its classes, and has its words, wherever it stands."""
    found = compare(name)
    assert classes <= {one for change in found.changes for one in change.classes}
    assert any(words in change.after for change in found.changes)
    assert found.silent is True


@pytest.mark.parametrize("name", ["H4", "H10", "H12"])
def test_what_was_taken_out_of_sight_was_removed(name: str) -> None:
    """A paragraph moved into a template, a closed dialog or a field of a form was removed."""
    (change,) = compare(name).changes
    assert change.classes == ("paragraph-removed",)


def test_a_link_in_other_words_and_a_word_with_an_underscore_are_changes() -> None:
    """An item that is a link and says something else is one change of its words, as an odd word."""
    assert [change.classes for change in compare("E17").changes] == [("wording",)]
    assert [change.classes for change in compare("underscore").changes] == [("wording",)]
    numbers = compare("linked-paragraph").changes
    assert [change.classes for change in numbers] == [("number",), ("number",)]


@pytest.mark.parametrize(
    ("name", "has", "lacks"),
    [
        ("X26", "built in 1911 [1] and cost 14 [2] crowns", "19111"),
        ("X27", "10^6 litres of H2O on 300 m², which took 1 1/2 hours", "106"),
        ("X31", "cost ~~14~~ 41 million crowns", "14 41"),
        ("X32", "Repairs are expected", "Hidden one"),
        ("X32", "Repairs are expected", "Hidden four"),
        ("X39", "The load is F=ma and", "Fma"),
        ("X40", "\U0001f469\u200d\U0001f692", "\u200b"),
        ("X41", "“We acted as soon as we knew about the damage”, said Marit Olsen", "\n, said"),
        ("X41b", "— Marit Olsen, mayor", "mayor —"),
        ("X43", "Repairs are expected", "{{title}}"),
        ("C39-a", "می\u200cخواهد", "میخواهد"),
    ],
)
def test_the_text_has_what_a_reader_sees(name: str, has: str, lacks: str) -> None:
    """Raised, struck, quoted, joined and hidden words stand in the text as a browser shows them."""
    text = extract((FOLDER / f"{name}.html").read_bytes(), KIND, URL).text or ""
    assert has in text
    assert lacks not in text


def test_a_quotation_between_q_is_found() -> None:
    """The marks of ``q`` make its words a quotation, with who said them."""
    found = extract((FOLDER / "X41.html").read_bytes(), KIND, URL).quotations
    (quotation,) = found
    assert quotation.text == "“We acted as soon as we knew about the damage”"
    assert quotation.speaker == "Marit Olsen"
