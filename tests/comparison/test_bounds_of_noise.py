"""The bounds of what is noise, on both sides."""

from __future__ import annotations

import pytest

from archive.article.reading import Block
from archive.comparison import furniture, noise
from archive.comparison.folding import tight_key
from archive.comparison.noise import Host, Noise
from archive.comparison.side import Side


def told(text: str) -> bool:
    """Whether a line is a counter of the house, which its only other page counts differently."""
    other = text.replace("12", "345")
    kept = Noise((Side(text), Side(other)), [frozenset({other})])
    return kept._is_counter(text)


def line(words: int, end: str = "") -> str:
    """So many words, the last of which is a number."""
    return " ".join([*[f"{chr(97 + at)}ews" for at in range(words - 1)], "12"]) + end


@pytest.mark.parametrize(("size", "counter"), [(noise.COUNTER, True), (noise.COUNTER + 1, False)])
def test_a_counter_has_twelve_words(size: int, counter: bool) -> None:
    """One of more is told of something."""
    assert told(line(size)) is counter


@pytest.mark.parametrize(
    ("words", "counter"), [(noise.SENTENCE - 1, True), (noise.SENTENCE, False)]
)
def test_four_words_with_a_stop_are_a_sentence(words: int, counter: bool) -> None:
    """Three are a counter that ends in a stop."""
    assert told(line(words, ".")) is counter


@pytest.mark.parametrize(("size", "counter"), [(120, True), (121, False)])
def test_a_counter_has_120_signs(size: int, counter: bool) -> None:
    """One of more is not looked at, on neither page."""
    ours = f"{'x' * (size - 3)} 12"
    other = f"{'x' * (size - 3)} 34"
    kept = Noise((Side(ours), Side(other)), [frozenset({other})])
    assert kept._is_counter(ours) is counter
    assert len(noise._short_lines([other])) == counter


@pytest.mark.parametrize(
    ("same", "alike"), [(round(12 * noise.ALIKE), True), (round(12 * noise.ALIKE) - 1, False)]
)
def test_three_quarters_of_two_counters_are_the_same(same: int, alike: bool) -> None:
    """Of twelve words nine are, or eight."""
    shared = [f"{chr(97 + at)}ews" for at in range(same - 1)]
    one, two = (
        noise._Line.of(
            " ".join([*shared, *[f"{sign}w{sign * at}" for at in range(12 - same)], "5"])
        )
        for sign in "yz"
    )
    assert noise._alike(one, two) is alike


@pytest.mark.parametrize(
    ("pages", "held", "enough"),
    [(1, 1, True), (noise.FEW, 1, True), (noise.FEW + 1, 1, False), (noise.FEW + 1, 2, True)],
)
def test_of_two_other_pages_one_is_enough(pages: int, held: int, enough: bool) -> None:
    """Of three two have to have a line, for it to be none of the article's."""
    others = [frozenset({"subscribe"} if at < held else {f"x{at}"}) for at in range(pages)]
    kept = Noise((Side(""), Side("")), others)
    assert kept._are_enough(held) is enough
    assert ("subscribe" in kept._lines) is enough


@pytest.mark.parametrize(("line", "times"), [("- Read 12 more", 2), ("Views: 12", 2), ("Read", 1)])
def test_of_a_list_s_item_two_pages_have_to_have_it(line: str, times: int) -> None:
    """Also of a label with nothing but a number."""
    kept = Noise((Side(""), Side("")), [frozenset({"a"})])
    assert [kept._are_enough(count, line) for count in (times - 1, times)] == [False, True]


@pytest.mark.parametrize(
    ("shared", "kept"), [(round(10 * noise.COPY), 1), (round(10 * noise.COPY) + 1, 0)]
)
def test_a_copy_has_more_than_half_of_the_lines(shared: int, kept: int) -> None:
    """Of ten lines five are on another page, or six."""
    lines = [f"line {chr(97 + at)}" for at in range(10)]
    host = Host.of(["\n".join(lines[:shared])])
    assert len(host.others(Side("\n".join(lines)), Side("other"))) == kept


def block(text: str, tag: str = "p", box: int = 0, linked: int = 0) -> Block:
    """A block of the article."""
    return Block(text, tight_key(text), "article", tag, True, linked, (), (), False, False, box)


LABEL = "Most read"
MOST = furniture.MOST


@pytest.mark.parametrize(("count", "found"), [(MOST - 1, MOST), (MOST, 0)])
def test_a_box_has_14_blocks(count: int, found: int) -> None:
    """Its label is one of them; a larger element is no box."""
    blocks = [block(LABEL, box=count + 1), *[block(f"a{at}") for at in range(count)]]
    assert len(furniture.find_boxes(blocks, "en")) == found


@pytest.mark.parametrize(("size", "found"), [(furniture.PROSE, 2), (furniture.PROSE + 1, 0)])
def test_a_box_has_250_signs_of_prose(size: int, found: int) -> None:
    """More of it is a story; links and items of a list do not count."""
    blocks = [block(LABEL, box=2), block("x" * size)]
    assert len(furniture.find_boxes(blocks, "en")) == found
    assert len(furniture.find_boxes([blocks[0], block("x" * 400, linked=400)], "en")) == 2
    assert len(furniture.find_boxes([blocks[0], block("x" * 400, "li")], "en")) == 2


@pytest.mark.parametrize(("items", "found"), [(1, 0), (2, 3)])
def test_a_list_behind_a_label_has_two_items(items: int, found: int) -> None:
    """One alone may be the article's."""
    blocks = [block(LABEL), *[block(f"a{at}", "li") for at in range(items)]]
    assert len(furniture.find_boxes(blocks, "en")) == found
