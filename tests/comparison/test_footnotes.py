"""Marks of footnotes that only got another number."""

from __future__ import annotations

import pytest

from archive.comparison import Side, compare_sides
from archive.comparison.footnotes import MOST, SPAN, blank_marks
from tests.comparison.test_pages import compare

RENUMBERED = [
    ("Built in 1911.[3] It was repaired.[4]", "Built in 1911.[4] It was repaired.[5]"),
    ("Built in 1911.<sup>[9]</sup> So what?", "Built in 1911.<sup>[10]</sup> So what?"),
    ("Here.<sup><a href='#n3'>3</a></sup>", "Here.<sup><a href='#n4'>4</a></sup>"),
    ("The pier[3] is old.", "The pier[4] is old."),
    ("Built in 1911.³ Repaired later⁴ on.", "Built in 1911.⁴ Repaired later⁵ on."),
    ("Die Mole heißt „Nase“ [1] und steht.", "Die Mole heißt „Nase“ [2] und steht."),
    ("桟橋は1911年に建てられた。[3] その後。", "桟橋は1911年に建てられた。[4] その後。"),
    ("[3] The report of the engineers, page 3.", "[4] The report of the engineers, page 3."),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new"), RENUMBERED)
def test_a_mark_with_another_number_is_no_edit(old: str, new: str) -> None:
    """A note that came in before moves the numbers of the others, and changes no words."""
    assert compare(f"<p>{old}</p>", f"<p>{new}</p>").same
    assert compare(f"<p>{new}</p>", f"<p>{old}</p>").same


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("He said: “It killed [14] people.”", "He said: “It killed [41] people.”"),
        ('He said: "It was bad. [14] died."', 'He said: "It was bad. [41] died."'),
        ("Olsen [14] and her sister went.", "Olsen [41] and her sister went."),
        ("It was 10<sup>6</sup> metres away.", "It was 10<sup>8</sup> metres away."),
        ("It was built then.[1911]", "It was built then.[1912]"),
        ("It was built in 1911.[3]", "It was built in 1912.[4]"),
    ],
)
def test_numbers_in_brackets_that_are_facts_are_changes(old: str, new: str) -> None:
    """What an editor put into a quotation, an age, a power, a year is no mark."""
    found = compare(f"<p>{old}</p>", f"<p>{new}</p>")
    assert any("number" in change.classes for change in found.changes)
    assert found.silent


def test_a_raised_digit_behind_a_short_word_is_no_mark() -> None:
    """Square and cubic metres are not the same."""
    assert compare("<p>There are 14 m² in all.</p>", "<p>There are 14 m³ in all.</p>").changes


def test_a_note_that_came_in_is_a_change_and_the_renumbered_ones_are_not() -> None:
    """The new note and its mark are told; the mark is no matter of substance."""
    old = "<p>Built in 1911.[1]</p><p>[1] The report of the engineers.</p>"
    new = (
        "<p>Built in 1911.[1] [2]</p><p>[1] The letter of the minister.</p>"
        "<p>[2] The report of the engineers.</p>"
    )
    found = compare(old, new)
    assert [(change.classes, change.significance) for change in found.changes] == [
        (("wording",), "cosmetic"),
        (("paragraph-added",), "substantive"),
    ]


def test_marks_that_count_up_from_one_are_known_between_words() -> None:
    """Where all numbers in brackets of a text count up from one they are marks."""
    text = "Olsen [{}] met Hansen [{}] and again Olsen [{}] there."
    assert blank_marks(text.format(1, 2, 1)) == text.format(" ", " ", " ")
    for numbers in ((14, 15, 16), (1, 3, 2), (1, 1, 1)):
        assert blank_marks(text.format(*numbers)) == text.format(*numbers)


def test_the_bounds_of_marks() -> None:
    """A quotation is looked for so far back, and marks in a text with so many brackets."""
    near, far = f"“{'a' * (SPAN - 1)}.[3]"[1:], f"“{'a' * SPAN}.[3]"
    assert blank_marks(f"“{near[2:]}") == f"“{near[2:]}"
    assert blank_marks(far).endswith("[ ]")
    assert blank_marks("a.[3]" * MOST) == "a.[ ]" * MOST
    assert blank_marks("a.[3]" * (MOST + 1)) == "a.[3]" * (MOST + 1)


@pytest.mark.parametrize("text", ["", "[", "[1", "1]", "[1]", "²", "a\n[1]\n[2]"])
def test_places_stay_the_same(text: str) -> None:
    """Whatever the text, it keeps its length, and two captures of it are the same."""
    assert len(blank_marks(text)) == len(text)
    assert compare_sides(Side(text), Side(text)).same
