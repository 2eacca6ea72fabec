"""The bounds of what is called a change, and how it is told, on both sides."""

from __future__ import annotations

import pytest

from archive.article.claims import Claim, Claims
from archive.article.quotations.vocabulary import read_vocabulary
from archive.article.reading import Block, Reading
from archive.article.reading.block import Region
from archive.comparison import (
    alignment,
    claimed,
    classification,
    comparing,
    echoes,
    leads,
    marked,
    passages,
    patch,
    sequences,
)
from archive.comparison.alignment import align
from archive.comparison.articles import Article
from archive.comparison.classification import Classifier, Words
from archive.comparison.comparing import compare_sides
from archive.comparison.folding import tight_key, tokenise
from archive.comparison.leads import Leads
from archive.comparison.lexicon import pick_lexicon
from archive.comparison.names import READ, Names
from archive.comparison.passages import Shingles
from archive.comparison.result import Change
from archive.comparison.side import LONGEST, Side

ENGLISH = pick_lexicon("en")
BESIDE = comparing.MOST_BESIDE
LINES = alignment.LINES


def claim(term: str, value: str) -> Claims:
    """A page that claims one thing."""
    return Claims((Claim(term, value, "opengraph", "/"),))


def change(before: str, after: str, name: str = "wording") -> Change:
    """A change of these words."""
    spans = (0, len(before)), (0, len(after))
    return Change("text", (name,), "minor", "article", before, after, *spans)


def block(text: str, tag: str = "p", *, head: bool = False) -> Block:
    """A block of an article."""
    region: Region = "head" if head else "article"
    return Block(text, tight_key(text), region, tag, False, 0, (), (), False, False)


def find_leads(text: str, article: Article | None, described: str = "") -> Leads:
    """Where the standfirst of a page stands."""
    side = Side(text, claims=claim("description", described))
    return Leads((side, side), (text, text), (article, article) if article else None)


@pytest.mark.parametrize(("size", "lead"), [(leads.LEAD, True), (leads.LEAD - 1, False)])
def test_a_standfirst_has_40_signs(size: int, lead: bool) -> None:
    """A shorter line between headline and text says who wrote it, and when."""
    article = Article(Reading((block("x" * size, head=True),)), (0,))
    assert find_leads(article.text, article).holds(0, 0) is lead


@pytest.mark.parametrize(("linked", "lead"), [(49, True), (50, False)])
def test_a_standfirst_is_no_link(linked: int, lead: bool) -> None:
    """Half of 100 signs in links, or one less."""
    one = block("x" * 100, head=True)._replace(linked=linked)
    article = Article(Reading((one,)), (0,))
    assert find_leads(article.text, article).holds(0, 0) is lead


@pytest.mark.parametrize(("place", "lead"), [(leads.OPENING, True), (leads.OPENING + 1, False)])
def test_a_description_is_looked_for_in_the_opening(place: int, lead: bool) -> None:
    """In 1,500 characters of a text that is known alone."""
    told = "The pier of Norhaven closes in May after all, says the council."
    text = "x" * (place - 1) + f"\n{told}\n"
    assert find_leads(text, None, told).holds(0, place) is lead


@pytest.mark.parametrize(("size", "lead"), [(30, True), (29, False)])
def test_a_description_has_30_signs(size: int, lead: bool) -> None:
    """A shorter one says nothing."""
    assert find_leads("x" * size, None, "x" * size).holds(0, 0) is lead


@pytest.mark.parametrize(("count", "listed"), [(BESIDE, BESIDE), (BESIDE + 1, BESIDE)])
def test_two_hundred_changes_beside_are_listed(count: int, listed: int) -> None:
    """More are not."""
    text = "The pier of Norhaven closes in May."
    ours = (block(text), *(block(f"{at} of all")._replace(region="aside") for at in range(count)))
    sides = Side(text, page=Reading(ours[:1])), Side(text, page=Reading(ours))
    found = compare_sides(*sides)
    assert (found.same, len(found.beside)) == (True, listed)


@pytest.mark.parametrize(("size", "told"), [(echoes.LINE, True), (echoes.LINE + 1, False)])
def test_a_line_of_250_signs_may_be_a_headline(size: int, told: bool) -> None:
    """A longer one says more than that its headline changed."""
    edit = change("Old name".rjust(size, "x"), "New name".rjust(size, "x"))
    known = [change("Old name", "New name", "headline")]
    assert echoes.is_claimed(edit, known) is told


@pytest.mark.parametrize(("size", "told"), [(echoes.AROUND, True), (echoes.AROUND + 1, False)])
def test_40_signs_stand_around_a_name(size: int, told: bool) -> None:
    """Where a byline came or went as a whole, in front of it or behind."""
    line, known = "A name" + "x" * size, [change("A name", "Another", "byline")]
    assert echoes.is_claimed(change(line, ""), known) is told
    known = [change("Another", "A name", "byline")]
    assert echoes.is_claimed(change("", line), known) is told


def kept(line: str, name: str, other: str) -> bool:
    """Whether a line that went is a byline that the later page has elsewhere."""
    sides = [
        Side("x", claims=claim("author", name), page=Reading((block(text),)))
        for text in (line, other)
    ]
    return echoes.Signed(sides[0], sides[1]).is_kept(change(line, ""))


@pytest.mark.parametrize(("size", "told"), [(echoes.LABEL, True), (echoes.LABEL + 1, False)])
def test_a_byline_has_12_signs_behind_the_name(size: int, told: bool) -> None:
    """Behind a comma; more say more."""
    assert kept(f"Ada Fernsby, {'X' * size}", "Ada Fernsby", "Ada Fernsby") is told


@pytest.mark.parametrize(("size", "told"), [(echoes.BYLINE, True), (echoes.BYLINE + 1, False)])
def test_a_byline_has_80_signs(size: int, told: bool) -> None:
    """Neither that of one page nor that of the other has more."""
    assert kept(f"{'a' * 75}, {'X' * (size - 77)}", "a" * 75, "a" * 75) is told
    assert kept("a" * 75, "a" * 75, "a" * size) is told


@pytest.mark.parametrize(("same", "like"), [(50, True), (49, False)])
def test_half_of_a_headline_is_the_same(same: int, like: bool) -> None:
    """Of 100 signs each 50, or one less."""
    one, two = "a" * same + "b" * (100 - same), "a" * same + "c" * (100 - same)
    assert claimed._is_like(one, two) is like
    assert claimed._is_title(one, Side("x", claims=claim("headline", two))) is like


# Classes


@pytest.mark.parametrize(
    ("size", "classes"),
    [(classification.MOST, {"number"}), (classification.MOST + 1, {"wording"})],
)
def test_numbers_are_looked_for_in_a_run_of_5000_words(size: int, classes: set[str]) -> None:
    """So much more at once is another text."""
    sides = []
    for number in ("5", "6"):
        text = f"{'and ' * (size - 1)}{number}"
        sides.append(Words(tokenise(text, 0, len(text)), ()))
    names = Names("", "", read_vocabulary("en"), ENGLISH)
    classifier = Classifier(names, read_vocabulary("en"), ENGLISH)
    assert classifier.edit(sides[0], sides[1], [(0, size, 0, size)]) == classes


@pytest.mark.parametrize(("start", "small"), [(READ - 7, True), (READ - 6, False)])
def test_how_a_word_stands_is_looked_up_in_100_000_signs(start: int, small: bool) -> None:
    """A word that ends behind them is not seen."""
    text = " " * start + "harbour"
    for texts in ((text, ""), ("", text)):
        assert Names(*texts, None, ENGLISH)._is_small("harbour") is small


@pytest.mark.parametrize(("size", "found"), [(LONGEST, 1), (LONGEST + 1, 0)])
def test_quotations_are_looked_for_in_400_000_signs(size: int, found: int) -> None:
    """In a longer text there are none."""
    said = 'The mayor said: "The pier of Norhaven closes in May after all."'
    side = Side("", language="en")
    assert len(side.quoted_in(said + "\n" * (size - len(said)))) == found


def test_shingles_are_made_of_500_000_words() -> None:
    """The next word is not looked at."""
    assert len(Shingles("a " * (passages.MOST_WORDS - 1) + "b")) == 2
    assert len(Shingles("a " * passages.MOST_WORDS + "b")) == 1


# Alignment


def lines(word: str, count: int) -> list[str]:
    """Lines that are all different."""
    return [f"{word}{at} {word}x{at} {word}y{at} {word}z{at}" for at in range(count)]


@pytest.mark.parametrize(("count", "whole"), [(alignment.MOST, False), (alignment.MOST + 1, True)])
def test_gaps_are_searched_with_4000_sentences_left(count: int, whole: bool) -> None:
    """With more one passage was replaced by another."""
    for texts in (("\n".join(lines("a", count)), "b"), ("b", "\n".join(lines("a", count)))):
        assert any(match.whole for match in align(*texts).matches) is whole


@pytest.mark.parametrize(("count", "moved"), [(alignment.FAR // 1_000, True), (1_001, False)])
def test_what_moved_and_was_edited_is_sought_in_a_million_pairs(count: int, moved: bool) -> None:
    """Of 1,000 sentences and 1,001 none is."""
    story = "The pier of Norhaven closes in May, the mayor said on {}."
    gone = [story.format("Monday"), *lines("a", 999)]
    come = [story.format("Tuesday"), *lines("b", count - 1)]
    middle = ["Nothing else of it was ever told to anybody in that town."]
    found = align("\n".join(gone + middle), "\n".join(middle + come)).matches
    assert [match.moved for match in found] == ([True] if moved else [])


@pytest.mark.parametrize(("count", "lines_alone"), [(LINES, True), (LINES + 1, False)])
def test_a_text_of_10_000_lines_has_lines(count: int, lines_alone: bool) -> None:
    """Of more, all is cut into pieces, whatever differs."""
    same = lines("a", count - 1)
    found = align("\n".join(["An end.", *same]), "\n".join(["No end.", *same]))
    assert (found.paragraphs[0].total() == 1) is lines_alone


AB = "ab" * 1_998


@pytest.mark.parametrize(
    ("more", "depth", "runs"),
    [
        ("", 0, [(0, 4, 0, 0), (4_000, 4_000, 3_996, 4_000)]),
        ("c", 0, [(0, 0, 0, 3_996), (4, 4_000, 4_000, 4_001)]),
        ("c", 5, [(0, 0, 0, 3_996), (4, 4_000, 4_000, 4_001)]),
        ("c", 6, [(0, 4, 0, 0), (4_000, 4_000, 3_996, 4_001)]),
    ],
)
def test_a_shortest_script_is_looked_for_in_16_million_cells(
    more: str, depth: int, runs: list[sequences.Run]
) -> None:
    """Past that a sequence is cut at what stands once on both sides, six times over."""
    assert sequences.differing("WXYZ" + AB, AB + "WXYZ" + more, depth) == runs


def test_an_anchor_has_four_tokens() -> None:
    """Three in a row stand anywhere."""
    assert sequences._by_anchors("abcd-", "+abcd", 0) == [(0, 0, 0, 1), (4, 5, 5, 5)]
    assert sequences._by_anchors("abc-", "+abc", 0) is None


@pytest.mark.parametrize(("more", "replaced"), [("", False), ("c", True)])
def test_without_anchors_50_million_cells_are_searched(more: str, replaced: bool) -> None:
    """Past that one run is replaced by the other."""
    old, new = "ab" * 2_500, "ba" * 5_000 + more
    whole = [(0, len(old), 0, len(new))]
    assert (sequences.differing(old, new) == whole) is replaced


# How a change is told


@pytest.mark.parametrize(("count", "by_words"), [(5_000, True), (5_001, False)])
def test_a_passage_of_10_000_words_is_marked_by_words(count: int, by_words: bool) -> None:
    """Of both sides together; a longer one is told as a whole."""
    found = marked.mark(change("a " * 4_999 + "b", "a " * (count - 1) + "c"))
    assert ("same" in {segment.kind for segment in found}) is by_words


@pytest.mark.parametrize(("size", "cut"), [(20_000, False), (20_001, True)])
def test_a_notebook_shows_20_000_signs_in_a_row(size: int, cut: bool) -> None:
    """Of a longer passage it shows the beginning."""
    assert ("…" in marked.mark_html(change("x" * size, ""))) is cut


@pytest.mark.parametrize(("more", "runs"), [(0, 0), (1, 1)])
def test_a_patch_of_a_million_lines_is_made_by_lines(more: int, runs: int) -> None:
    """Longer texts are replaced whole."""
    one, two = ["a"] * 500_000, ["a"] * (500_000 + more)
    found = patch._runs(one, two)
    assert list(found) == ([(0, 500_000, 0, 500_001)] if more else [])
    assert len(found) == runs


@pytest.mark.parametrize(("between", "hunks"), [(6, 1), (7, 2)])
def test_three_lines_stand_around_what_differs(between: int, hunks: int) -> None:
    """What is nearer than twice that shares a hunk."""
    same = [f"{at}\n" for at in range(between)]
    before, after = "".join(["a\n", *same, "a\n"]), "".join(["b\n", *same, "b\n"])
    made = patch.make_patch(before, after, "old", "new")
    assert made.count("\n@@ ") == hunks
    assert made.count("\n ") == 6
