"""The bounds of lines, links, languages and translations, on both sides of each."""

from __future__ import annotations

import pytest

from archive.article.reading import Block, Link, Reading
from archive.comparison import furniture, readings, tongue, translation
from archive.comparison.folding import tight_key
from archive.comparison.side import Side
from archive.languages import LANGUAGES
from tests.comparison.test_bounds import letters


def linked(text: str, words: str, href: str = "/story") -> Block:
    """A block of the article, of which these words are a link."""
    count, links = len(tight_key(words)), (Link(href, words),)
    return Block(text, tight_key(text), "article", "p", False, count, links, (), False, False)


@pytest.mark.parametrize(
    ("size", "labelled"), [(furniture.LINKED, True), (furniture.LINKED + 1, False)]
)
def test_a_label_and_its_headline_have_320_signs(size: int, labelled: bool) -> None:
    """Of more the link stands in a paragraph, whatever that begins with."""
    label = "Read also: "
    words = "x" * (size - len(label))
    assert furniture.is_labelled_link(linked(label + words, words), "en") is labelled


GONE = 400
REACH = readings.LINKS // GONE


@pytest.mark.parametrize(("place", "found"), [(REACH - 1, {0}), (REACH, set())])
def test_a_link_is_looked_for_among_its_share_of_40_000_pairs(place: int, found: set[int]) -> None:
    """Of 400 links the first is looked for among the first hundred of the other page's."""
    page = Reading(tuple(linked(word, word) for word in (letters(60, at) for at in range(GONE))))
    others = [letters(60, f"other {at}") for at in range(REACH + 1)]
    others[place] = page.blocks[0].text
    other = Reading(tuple(linked(word, word) for word in others))
    gone = set(range(GONE))
    assert readings._edited(page, gone, other, range(len(others))) & {0} == found


# Which language a text is in


@pytest.mark.parametrize(("before", "written"), [(tongue.SAMPLE - 1, "ko"), (tongue.SAMPLE, "en")])
def test_the_language_is_told_by_the_first_1500_signs(before: int, written: str) -> None:
    """What stands behind them says nothing."""
    assert tongue.find_tongue(" " * before + "한", "en") == written


def closed(code: str) -> int:
    """How many closed words the file of a language has."""
    return len(tongue._closed(code))


MANY = min((code for code in LANGUAGES if closed(code) >= tongue.KNOWN), key=closed)
FEW = max((code for code in LANGUAGES if closed(code) < tongue.KNOWN), key=closed)
GERMAN = "der die das und nicht von mit für ist auch aber oder wenn dass ein eine " * 2
ENGLISH = "the and not of with for is but or when that a an in by from " * 2


@pytest.mark.parametrize(("code", "found"), [(MANY, "de"), (FEW, None)])
def test_of_a_language_with_fewer_than_25_words_english_alone_is_told(
    code: str, found: str | None
) -> None:
    """With 25 any other language is, too."""
    assert closed(MANY) == tongue.KNOWN
    assert tongue._by_words(GERMAN, code) == found
    assert tongue._by_words(ENGLISH, code) == "en"


@pytest.mark.parametrize("code", [MANY, FEW])
def test_a_language_with_fewer_than_25_words_is_taken_for_none(code: str) -> None:
    """No text is said to be in it by its closed words; in one with 25 it is."""
    words = " ".join(sorted(tongue._closed(code)) * 4)
    assert (tongue._by_words(words, "en") == code) is (code == MANY)


# What is a translation


def in_tongue(code: str, *lines: str) -> Side:
    """A page of an article in a language."""
    text = "\n".join(lines)
    return Side(text, language=code, page=Reading.of_lines(text))


@pytest.mark.parametrize(
    ("shared", "is_one"), [(translation.NEEDED - 1, False), (translation.NEEDED, True)]
)
def test_two_points_make_a_translation(shared: int, is_one: bool) -> None:
    """Each number that both pages have is a point."""
    numbers = " ".join(str(1911 + at) for at in range(shared))
    one = in_tongue("en", f"the pier of the town was closed in {numbers} by the council")
    two = in_tongue("de", f"der steg der stadt wurde {numbers} vom rat geschlossen")
    assert translation.is_translation(one, two) is is_one
    assert translation.is_translation(two, one) is is_one


TIMES = round(translation.UNEVEN)


@pytest.mark.parametrize(("more", "even"), [(0, False), (1, True)])
def test_no_paragraph_is_twice_as_long_as_its_translation(more: int, even: bool) -> None:
    """Beside others of 100 signs and more, so that it is alone of another length."""
    short = translation.PARAGRAPH + more
    one = ["x" * size for size in (TIMES * translation.PARAGRAPH, 100, 100)]
    two = ["x" * size for size in (short, 110, 110 - more)]
    assert sum(map(len, one)) == sum(map(len, two))
    assert translation._have_one_shape(one, two) is even
    assert translation._have_one_shape(two, one) is even


@pytest.mark.parametrize(("count", "even"), [(translation.LEAST, True), (2, False)])
def test_three_paragraphs_have_a_shape(count: int, even: bool) -> None:
    """Two are alike by chance."""
    assert count - even == translation.LEAST - 1
    assert translation._have_one_shape(["x" * 40] * count, ["y" * 40] * count) is even


@pytest.mark.parametrize(
    ("size", "even"), [(translation.PARAGRAPH, True), (translation.PARAGRAPH - 1, False)]
)
def test_a_paragraph_of_a_shape_has_20_signs(size: int, even: bool) -> None:
    """A shorter line is none, and says nothing of a shape."""
    lines = ["x" * size] * translation.LEAST
    assert translation._have_one_shape(lines, lines) is even


@pytest.mark.parametrize(("more", "state"), [(0, True), (1, False)])
def test_numbers_are_looked_for_in_100_000_signs(more: int, state: bool) -> None:
    """What ends behind them is no sign of a translation."""
    numbers = " 19 81"
    line = "x" * (translation.READ - len(numbers) + more) + numbers
    assert translation.is_translation(in_tongue("en", line), in_tongue("de", line)) is state
