"""Tests of `archive.collection.excerpts`."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from archive.collection.excerpts import cut_excerpt

TEXT = (
    "Nothing to see in the first paragraph.\n"
    + "Before it, much was said. " * 9
    + "The CAFÉ of Ærø’s harbour is closed. "
    + "After it, more was said of the café. " * 9
    + "\n"
)


def test_an_excerpt_shows_the_words_among_others() -> None:
    """The first place is shown, cut at spaces, every place of the words in it marked."""
    found = cut_excerpt(TEXT, ["harbour", "Cafe"])
    assert found is not None
    assert found.text.startswith("… ")
    assert found.text.endswith(" …")
    assert len(found.text) < 260
    assert [found.text[a:b] for a, b in found.marks][:3] == ["CAFÉ", "harbour", "café"]
    assert "The CAFÉ of Ærø’s harbour is closed." in found.text


def test_phrases_stand_in_a_row_and_within_a_paragraph() -> None:
    """Words in a row are marked as one; over the end of a paragraph they are none."""
    found = cut_excerpt("one two\nthree, two-three!", ["two three"])
    assert found is not None
    assert (found.text, found.marks) == ("three, two-three!", ((7, 16),))
    assert cut_excerpt("one two\nthree", ["two three", "four", "", "?!"]) is None


def test_a_script_without_spaces_is_cut_as_well() -> None:
    """A paragraph of ideographs is shown in part."""
    found = cut_excerpt("之" * 1000 + "航天" + "之" * 1000, ["航天"])
    assert found is not None
    assert len(found.text) < 260
    assert [found.text[a:b] for a, b in found.marks] == ["航天"]


@given(
    st.text(st.sampled_from("aÄä b.中'’\u0301\n\u202e"), max_size=300),
    st.lists(st.text(st.sampled_from("aÄ b中"), max_size=4), max_size=3),
)
def test_marks_stand_in_the_excerpt_in_order(text: str, phrases: list[str]) -> None:
    """Whatever the text, marks are in order, within the excerpt, and its piece is in the text."""
    found = cut_excerpt(text, phrases)
    if found is None:
        return
    ends = [place for mark in found.marks for place in mark]
    assert ends == sorted(ends)
    assert found.marks
    assert ends[-1] <= len(found.text)
    assert found.text.removeprefix("… ").removesuffix(" …") in text
