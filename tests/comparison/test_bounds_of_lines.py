"""The bounds of lines, links, languages and translations, on both sides of each."""

from __future__ import annotations

import pytest

from archive.article.reading import Block, Link, Reading
from archive.comparison import furniture, places, readings, rights, tongue, translation, worded
from archive.comparison.folding import tight_key
from archive.comparison.phrases import LONGEST_LINE, read_line
from archive.comparison.side import Side
from archive.languages import LANGUAGES
from tests.comparison.test_bounds import letters
from tests.comparison.test_places import SHARE, compare


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


# Lines by their form and place


@pytest.mark.parametrize(
    ("before", "behind", "name"),
    [
        (furniture.LABEL, furniture.LABEL + 1, "time"),
        (furniture.LABEL + 1, furniture.LABEL + 1, None),
        (furniture.LABEL, furniture.LABEL, None),
    ],
)
def test_a_label_has_60_signs(before: int, behind: int, name: str | None) -> None:
    """A date stands between lines that have no more and a text that does."""
    lines = "x" * before, "Tuesday 14 May 2026, 10:41 am", "x" * behind
    blocks = Reading.of_lines("\n".join(lines)).blocks
    assert furniture.name_furniture(blocks, 1, "en") == name


@pytest.mark.parametrize(("size", "read"), [(LONGEST_LINE, True), (LONGEST_LINE + 1, False)])
def test_a_line_of_a_form_has_160_signs(size: int, read: bool) -> None:
    """A longer one is text, and not read."""
    assert (read_line("12 views".ljust(size, "s")) is not None) is read


@pytest.mark.parametrize(("size", "told"), [(rights.LONGEST, True), (rights.LONGEST + 1, False)])
def test_a_line_about_rights_has_160_signs(size: int, told: bool) -> None:
    """A longer one is text, whatever years it has."""
    assert (rights.rights_key("© 2026 ".ljust(size, "x")) is not None) is told


@pytest.mark.parametrize(
    ("size", "sentence"), [(places.SENTENCE, True), (places.SENTENCE - 1, False)]
)
def test_a_block_of_40_signs_is_a_sentence(size: int, sentence: bool) -> None:
    """A shorter one has to end as one."""
    assert places._is_sentence(Reading.of_lines("x" * size).blocks[0]) is sentence
    assert places._is_sentence(Reading.of_lines("It is.").blocks[0])


@pytest.mark.parametrize(("between", "quiet"), [(places.NEAR - 1, True), (places.NEAR, False)])
def test_a_share_bar_begins_two_blocks_from_its_heading(between: int, quiet: bool) -> None:
    """Further away the heading counts something of the story."""
    lines = "<p>Ada</p>" * between
    bar = f"<p><a href='{SHARE}'>Share</a></p>"
    assert compare(f"<h4>{{}} shares</h4>{lines}{bar}", "14", "41", "midst").same is quiet


@pytest.mark.parametrize(
    ("foreign", "own", "found"),
    [
        (round(100 * tongue.OTHERS), 0, "de"),
        (round(100 * tongue.OTHERS) - 1, 0, None),
        (5 * tongue.TIMES, 5, "de"),
        (5 * tongue.TIMES - 1, 5, None),
    ],
)
def test_another_language_has_15_words_of_100_and_four_times_as_many(
    foreign: int, own: int, found: str | None
) -> None:
    """As many of the words as that, and that many times the words of the language declared."""
    words = ["nicht"] * foreign + ["not"] * own + ["zzzzzz"] * (100 - foreign - own)
    assert tongue._by_words(" ".join(words), "en") == found


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("5" + " de" * (worded.BESIDE - 1) + " junio de 2026", True),
        ("5" + " de" * worded.BESIDE + " junio de 2026", False),
        ("junio 5 de 2026", True),
        ("junio de 5 de 2026", False),
    ],
)
def test_a_day_stands_two_words_before_its_month(line: str, told: bool) -> None:
    """Or right behind it; further away a number is another thing's."""
    assert (worded.read_whole_day(line, "es") is not None) is told


@pytest.mark.parametrize(
    ("size", "found"), [(furniture.PROSE, {1, 2}), (furniture.PROSE + 1, set())]
)
def test_what_is_advertised_has_250_signs_of_prose(size: int, found: set[int]) -> None:
    """In one element with its label and a link to another host; more of it is a story."""
    label, words = Reading.of_lines(f"Advertisement\n{'x' * size}").blocks
    blocks = (label._replace(box=3), words, linked("Buy now", "Buy now", "https://shop.example/"))
    assert furniture.find_advertised(blocks, "https://news.example/a", "en") == found
