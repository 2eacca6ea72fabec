"""Tests of which paragraph stands beside which."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from archive.comparison import Side, compare_sides
from archive.export.rows import PairedRow, lay_out
from tests.effort import effort

ONE = "The council voted on Tuesday to close the pier. The decision came late at night."
TWO = "Repairs would have cost 14 million. The report is not public. Nobody has seen it."
NEW = "Islanders have asked the county for a bus across the new bridge."
WORDS = st.lists(
    st.sampled_from(["Pier closed at noon today.", "Nobody came to vote.", "It rained.", "14."]),
    max_size=4,
).map(" ".join)
TEXTS = st.lists(WORDS, max_size=5).map(lambda lines: "".join(f"{line}\n" for line in lines))


def rows(before: str, after: str) -> list[PairedRow]:
    """The rows of two texts compared."""
    sides = Side(before), Side(after)
    return [row for block in lay_out(sides, compare_sides(*sides)) for row in block.rows]


def words(pieces: tuple[object, ...]) -> str:
    """The words of one side of a row."""
    return "".join(piece.text for piece in pieces)  # type: ignore[attr-defined]


def test_a_paragraph_that_gained_a_sentence_stands_beside_itself() -> None:
    """A sentence put in or taken out leaves the two paragraphs in one row, nothing filtered."""
    grown = TWO.replace("Nobody", "It was handed in a week ago by the engineers. Nobody")
    for before, after in ((TWO, grown), (grown, TWO)):
        found = rows(f"{ONE}\n{before}\n", f"{NEW}\n{ONE}\n{after}\n")
        assert [words(row.before) for row in found] == ["", ONE, before]
        assert [words(row.after) for row in found] == [NEW, ONE, after]
        assert not any(row.is_filtered for row in found)


def test_a_paragraph_without_a_counterpart_stands_alone() -> None:
    """What shares no sentence and no change with another has a row of its own."""
    found = rows(f"{ONE}\n{TWO}\n", f"{ONE}\n{NEW}\n")
    assert [(words(row.before), words(row.after)) for row in found] == [
        (ONE, ONE),
        (TWO, ""),
        ("", NEW),
    ]


@effort(0.8)
@given(TEXTS, TEXTS)
def test_every_paragraph_stands_once_in_order(before: str, after: str) -> None:
    """Whatever the texts, each side's column is that side's text, and numbers are of changes."""
    sides = Side(before), Side(after)
    comparison = compare_sides(*sides)
    found = rows(before, after)
    for text, column in (
        (before, [words(row.before) for row in found]),
        (after, [words(row.after) for row in found]),
    ):
        assert [line for line in column if line] == [line for line in text.split("\n") if line]
    numbers = {number for row in found for number in row.numbers}
    assert numbers <= set(range(1, len(comparison.changes) + 1))
    assert sorted(number for row in found for number in row.firsts) == sorted(numbers)
