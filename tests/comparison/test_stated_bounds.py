"""Bounds that the rooms of comparison and reading state by name, each on both of its sides."""

from __future__ import annotations

import pytest

from archive.article.reading.block import SIGNS, WORDS, reads_like_headline
from archive.article.reading.walk import MOST_BLOCKS
from archive.comparison import compare_sides
from archive.comparison.classification import LITTLE, weigh, weigh_alone
from archive.comparison.comparing import MOST_BESIDE
from archive.comparison.furniture import OPENING, PROSE
from archive.comparison.house import ABOUT, EXPLAINED, SAYING, reads_like_advertisement
from archive.comparison.passages import SHINGLE, shared_passages
from archive.comparison.readings import TOGGLE
from archive.comparison.tickers import LONGEST, NAMED, is_ticker, may_run
from tests.article.test_reading import LINES, paragraphs
from tests.comparison.test_noise import FOUR, ONE, THREE, TWO, page
from tests.comparison.test_places import compare

PLAIN = ["kettle", "harbour", "lantern", "meadow", "timber"]


def test_a_change_of_four_words_is_minor_and_of_five_is_not() -> None:
    """`LITTLE` words of wording that are others are a synonym; one more says something."""
    gone = [f"old{at}" for at in range(LITTLE + 1)]
    come = [f"new{at}" for at in range(LITTLE + 1)]
    assert weigh(["wording"], gone[:LITTLE], come[:LITTLE]) == "minor"
    assert weigh(["wording"], gone, come[:LITTLE]) == "substantive"
    assert weigh(["wording"], gone[:LITTLE], come) == "substantive"
    assert weigh_alone(["wording"], " ".join(PLAIN[:LITTLE])) == "minor"
    assert weigh_alone(["wording"], " ".join(PLAIN[: LITTLE + 1])) == "substantive"


def test_two_hundred_differences_beside_the_article_are_listed() -> None:
    """Of what came or went beside it `MOST_BESIDE` are kept, and none more."""
    for count in (MOST_BESIDE, MOST_BESIDE + 1):
        lines = "".join(f"<p>Notice {at} of the harbour master.</p>" for at in range(count))
        old = page(f"<p>{ONE}</p><p>{TWO}</p><p>{THREE}</p>", "<footer></footer>")
        new = page(f"<p>{ONE}</p><p>{TWO}</p><p>{THREE}</p>", f"<footer>{lines}</footer>")
        found = compare_sides(old, new)
        assert found.same
        assert len(found.beside) == MOST_BESIDE


@pytest.mark.parametrize("lines", [OPENING - 1, OPENING])
def test_a_date_of_the_page_is_one_of_its_first_three_lines(lines: int) -> None:
    """Behind so many short lines a date with its time is the page's; behind one more a fact."""
    short = "".join(f"<p>Part {at}</p>" for at in range(lines))
    found = compare(f"{short}<p>{{}} May 2026, 10:41</p>", "14", "15", "under")
    assert found.same is (lines < OPENING)


@pytest.mark.parametrize("more", [0, 1])
def test_a_box_with_a_label_has_so_much_prose(more: int) -> None:
    """`PROSE` signs that are no link and no item are a box's; one more is a part of the story."""

    def box(sign: str) -> str:
        words = f"{sign * 9} " * (PROSE // 9)
        words += sign * (PROSE + more - len(words.replace(" ", "")))
        return f"<div><h3>Most read</h3><p>{words}</p></div>"

    old, new = (page(f"{''.join(paragraphs(*LINES))}{box(sign)}") for sign in "ab")
    assert compare_sides(old, new).same is not bool(more)


@pytest.mark.parametrize(("words", "reported"), [(SAYING, True), (SAYING + 1, False)])
def test_who_said_so_is_told_in_a_few_words_behind_a_comma(words: int, reported: bool) -> None:
    """The verb is one of the first `SAYING` words behind the comma."""
    behind = " ".join(["the", "old", "tired", "army", "council"][: words - 1])
    line = f"Sign up for our letter, {behind} told the men."
    assert reads_like_advertisement(line, "en") is not reported


@pytest.mark.parametrize(("letters", "told"), [(ABOUT, True), (ABOUT - 1, False)])
def test_a_quoted_call_is_told_of_in_so_many_letters(letters: int, told: bool) -> None:
    """`ABOUT` letters outside the marks tell of what is in them; fewer are part of the call."""
    assert reads_like_advertisement(f"“Subscribe now!” {'x' * letters}", "en") is not told


@pytest.mark.parametrize(("words", "told"), [(EXPLAINED, True), (EXPLAINED - 1, False)])
def test_a_call_is_explained_in_so_many_words(words: int, told: bool) -> None:
    """`EXPLAINED` words behind a colon say what the call was; fewer belong to it."""
    behind = " ".join(["with", "these", "men", "lured", "pensioners"][:words])
    assert reads_like_advertisement(f"Sign up now: {behind}.", "en") is not told


def test_a_passage_that_two_texts_share_has_five_words() -> None:
    """`SHINGLE` words in a row are one; one fewer are not."""
    words = " ".join(PLAIN[:SHINGLE])
    assert [one.words for one in shared_passages(f"{words} one", f"{words} two")] == [SHINGLE]
    fewer = " ".join(PLAIN[: SHINGLE - 1])
    assert shared_passages(f"{fewer} one", f"{fewer} two") == ()


@pytest.mark.parametrize(("words", "ticks"), [(NAMED, True), (NAMED + 1, False)])
def test_a_name_in_a_ticker_has_five_words(words: int, ticks: bool) -> None:
    """`NAMED` words stand before degrees; with one more the line is text."""
    assert is_ticker(f"{' '.join(['Oslo'] * words)} 14°") is ticks


@pytest.mark.parametrize(("signs", "runs"), [(LONGEST, True), (LONGEST + 1, False)])
def test_a_running_line_has_so_many_signs(signs: int, runs: bool) -> None:
    """Quotes in a row of `LONGEST` signs may run beside a story; a longer line is text."""
    line = "Gold 82.10 " * (LONGEST // 11)
    assert may_run(line + "1" * (signs - len(line))) is False
    assert may_run(line.rstrip() + "0" * (signs - len(line.rstrip()))) is runs


@pytest.mark.parametrize(("words", "said"), [(WORDS, True), (WORDS - 1, False)])
def test_a_headline_has_four_words(words: int, said: bool) -> None:
    """`WORDS` short words read like one; fewer do not."""
    text = " ".join(["a"] * words)
    assert reads_like_headline(text, text.replace(" ", "")) is said


@pytest.mark.parametrize(("signs", "said"), [(SIGNS, True), (SIGNS - 1, False)])
def test_a_headline_of_fewer_words_has_sixteen_signs(signs: int, said: bool) -> None:
    """One word of `SIGNS` signs reads like one; of fewer it does not."""
    assert reads_like_headline("a" * signs, "a" * signs) is said


@pytest.mark.parametrize(("words", "quiet"), [(TOGGLE, True), (TOGGLE + 1, False)])
def test_what_opens_a_fold_is_three_words(words: int, quiet: bool) -> None:
    """A summary of `TOGGLE` words that comes says nothing; a longer one is the article's."""
    label = " ".join(PLAIN[:words])
    before = page(f"{paragraphs(ONE, TWO)}<div><p>{THREE}</p></div><p>{FOUR}</p>")
    folded = f"<details><summary>{label}</summary><p>{THREE}</p></details>"
    after = page(f"{paragraphs(ONE, TWO)}{folded}<p>{FOUR}</p>")
    assert compare_sides(before, after).same is quiet


@pytest.mark.parametrize("more", [0, 1])
def test_a_page_is_compared_to_its_twenty_thousandth_block(more: int) -> None:
    """With `MOST_BLOCKS` blocks all is compared; with one more it is said where that stopped."""
    lines = "".join(f"<p>n{at}</p>" for at in range(MOST_BLOCKS - 1 + more))
    old, new = (page(f"{lines}", f"<p hidden>{sign}</p>") for sign in "ab")
    found = compare_sides(old, new)
    assert (found.past is None) is not bool(more)
    assert found.same is not bool(more)
