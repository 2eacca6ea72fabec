"""Every stated bound of a comparison, on both sides.

They stand here by their names. What each of them is stands in `test_bounds_are_named`: whoever
moves one has to say so there.
"""

from __future__ import annotations

import random
import string
from collections.abc import Iterable

import pytest

from archive.article.quotations.vocabulary import read_vocabulary
from archive.article.reading import Block, Reading
from archive.comparison import (
    folding,
    house,
    identity,
    meaning,
    moved,
    pairing,
    passages,
    readings,
    sentences,
    walled,
)
from archive.comparison.alignment import align
from archive.comparison.folding import words
from archive.comparison.identity import identify
from archive.comparison.lexicon import pick_lexicon
from archive.comparison.meaning import denies_by_prefix, exchanged, is_report
from archive.comparison.moved import Moved
from archive.comparison.passages import Shingles, shared_passages
from archive.comparison.sentences import sentence_spans
from archive.comparison.side import Side


def letters(size: int, seed: object = 0) -> str:
    """So many small letters, others for each seed."""
    return "".join(random.Random(f"{seed}").choices(string.ascii_lowercase, k=size))


def like(size: int, shared: int) -> tuple[str, str]:
    """Two runs of as many tokens, of which so many are the same."""
    same = "".join(map(chr, range(0x4E00, 0x4E00 + shared)))
    return same + "\ue000" * (size - shared), same + "\ue001" * (size - shared)


def numbered(count: int, word: str = "w") -> str:
    """A sentence of words that are all different."""
    return " ".join(f"{word}{number}" for number in range(count))


# Pairing: what is one sentence, edited. Its tokens are characters; of 100 so many are the same.

PAIRED = round(100 * pairing.PAIRED)
ALONE = round(100 * pairing.ALONE)
MOVED = round(100 * pairing.MOVED)


@pytest.mark.parametrize(("shared", "paired"), [(PAIRED, True), (PAIRED - 1, False)])
def test_two_sentences_with_two_fifths_in_common_are_one(shared: int, paired: bool) -> None:
    """Of 100 tokens each 40 are the same, or one less."""
    one, two = like(100, shared)
    assert pairing.pair_in_order([one], [two]) == ([(0, 1, 0, 1)] if paired else [])


@pytest.mark.parametrize(("shared", "close"), [(ALONE, True), (ALONE - 1, False)])
def test_where_no_other_is_meant_three_tenths_are_enough(shared: int, close: bool) -> None:
    """Of 100 tokens each 30 are the same, or one less."""
    keys = "x" * 150, "y" * 150
    assert pairing.is_close(*like(100, shared), keys) is close


@pytest.mark.parametrize(("shared", "close"), [(90, True), (89, False)])
def test_nine_tenths_of_a_sentence_stand_in_what_it_grew_to(shared: int, close: bool) -> None:
    """Of 100 tokens 90 are found in 1,000, or one less."""
    one, two = like(100, shared)
    assert pairing.is_close(one, two + "\ue002" * 900, ("x" * 150, "y" * 150)) is close


@pytest.mark.parametrize(("size", "close"), [(3, True), (2, False)])
def test_three_tokens_are_part_of_a_sentence(size: int, close: bool) -> None:
    """Two tokens stand in many a sentence."""
    part = like(size, size)[0]
    assert pairing.is_close(part, part + "\ue002" * 98, ("x" * 150, "y" * 150)) is close


@pytest.mark.parametrize(("size", "same", "close"), [(100, 70, True), (100, 69, False)])
def test_short_sentences_with_seven_tenths_of_their_letters(
    size: int, same: int, close: bool
) -> None:
    """Of 100 letters each 70 are the same, or one less."""
    keys = "a" * same + "b" * (size - same), "a" * same + "c" * (size - same)
    assert pairing.is_close("\ue000", "\ue001", keys) is close


@pytest.mark.parametrize(("more", "close"), [(0, True), (1, False)])
def test_letters_count_in_short_sentences(more: int, close: bool) -> None:
    """Of 200 letters in both together, not of one more."""
    keys = "a" * 100, "a" * (100 + more)
    assert pairing.is_close("\ue000", "\ue001", keys) is close


@pytest.mark.parametrize(
    ("joined", "first", "second", "sizes", "belongs"),
    [
        (90, 40, 50, (200, 100, 100), True),
        (89, 40, 50, (200, 100, 100), False),  # of a half less than two fifths
        (90, 40, 50, (100, 200, 100), True),
        (89, 40, 50, (100, 200, 100), False),  # nor four fifths of what the other leaves
        (103, 3, 100, (103, 100, 100), True),
        (102, 2, 100, (102, 100, 100), False),  # two tokens are no rest
        (102, 2, 100, (104, 2, 100), True),
        (101, 1, 100, (104, 1, 100), False),  # one token is no half
        (60, 30, 30, (200, 50, 50), True),
        (59, 30, 29, (200, 50, 50), False),  # both together less than two fifths
    ],
)
def test_a_sentence_that_is_two_others(
    joined: int, first: int, second: int, sizes: tuple[int, int, int], belongs: bool
) -> None:
    """Each half adds enough of itself, or of what the other leaves of the whole."""
    whole, one, two = ("x" * size for size in sizes)
    assert pairing._belongs(joined, first, second, whole, one, two) is belongs


@pytest.mark.parametrize(
    ("key", "long"),
    [("a b c d", True), ("a b c", False), ("a" * 25, True), ("a" * 24, False)],
)
def test_what_is_known_again_wherever_it_stands(key: str, long: bool) -> None:
    """Four words, or 25 signs."""
    assert pairing.is_long(key) is long


@pytest.mark.parametrize(("size", "pairs"), [(4, [(0, 0)]), (3, [])])
def test_four_tokens_are_looked_for_elsewhere(size: int, pairs: list[tuple[int, int]]) -> None:
    """A sentence of three stands anywhere by chance."""
    assert pairing.pair_anywhere(["abcd"[:size]], ["abcd"[:size]], 0.5) == pairs


@pytest.mark.parametrize(("size", "pairs"), [(5_000, [(0, 0)]), (5_001, [])])
def test_endless_sentences_are_not_looked_for(size: int, pairs: list[tuple[int, int]]) -> None:
    """5,000 tokens are, one more is not."""
    one = like(size, size)[0]
    assert pairing.pair_anywhere([one], [one], 0.5) == pairs


@pytest.mark.parametrize(("more", "shared"), [("", 2_499), ("c", 2_500)])
def test_the_order_of_endless_sentences_counts_for_nothing(more: str, shared: int) -> None:
    """Up to 5,000 tokens in both together are compared in order."""
    assert pairing._shared("ab" * 1_250 + more, "ba" * 1_250) == shared


@pytest.mark.parametrize(("times", "pairs"), [(12, [(0, 0)]), (13, [])])
def test_what_stands_everywhere_says_nothing(times: int, pairs: list[tuple[int, int]]) -> None:
    """A group of words that 12 sentences have finds one, not one that 13 have."""
    others = [f"ab{chr(0x4E00 + at)}{chr(0x5E00 + at)}" for at in range(times)]
    assert pairing.pair_anywhere(["abxy"], others, 0.5) == pairs


CELLS = pairing.CELLS


@pytest.mark.parametrize(("count", "pairs"), [(CELLS // 5, [(0, 0)]), (CELLS // 5 + 1, [])])
def test_groups_of_two_up_to_250_000_pairs(count: int, pairs: list[tuple[int, int]]) -> None:
    """In a larger gap three words in a row have to be the same."""
    one, two = ["abxy", *[""] * (CELLS // 5 - 1)], ["abzw", *[""] * (count - 1)]
    assert pairing.pair_anywhere(one, two, 0.5) == pairs


@pytest.mark.parametrize(
    ("sizes", "found"),
    [((50, CELLS // 50), [(0, 1, 0, 1)]), ((41, 61), []), ((61, 41), []), ((1, CELLS + 1), [])],
)
def test_gaps_of_2500_pairs_are_searched(
    sizes: tuple[int, int], found: list[tuple[int, int, int, int]]
) -> None:
    """2,501 are not."""
    assert CELLS + 1 == 41 * 61
    one, two = ["abcd", *["x"] * (sizes[0] - 1)], ["abc", *["y"] * (sizes[1] - 1)]
    assert pairing.pair_parts(one, two, []) == found


@pytest.mark.parametrize(("shared", "moved"), [(MOVED - 1, True), (MOVED - 2, False)])
def test_three_fifths_of_what_moved_are_the_same(shared: int, moved: bool) -> None:
    """Of 100 tokens 60, the full stop with them, or one less."""
    gone = f"{numbered(shared)} {numbered(99 - shared, 'x')}."
    come = f"{numbered(shared)} {numbered(99 - shared, 'y')}."
    middle = "The pier of Norhaven closes in May, and opens in June again."
    matches = align(f"{gone}\n{middle}", f"{middle}\n{come}").matches
    assert [match.moved for match in matches] == ([True] if moved else [])


# Whether two pages are one article

SHARED = round(100 * identity.SHARED)
KEPT = round(1_000 * identity.KEPT)
ALIKE = round(1_000 * identity.ALIKE) + identity.RUN - 1


def side(lines: Iterable[str]) -> Side:
    """A page of which each line is a block of the article."""
    text = "\n".join(lines)
    return Side(text, page=Reading.of_lines(text))


def stories(shared: int, count: int, size: int = 100) -> tuple[Side, Side]:
    """Two pages of as many lines, the first of which are the same."""
    same = [letters(size, f"same {at}") for at in range(shared)]
    old, new = ([letters(size, (w, at)) for at in range(shared, count)] for w in ("old", "new"))
    return side(same + old), side(same + new)


@pytest.mark.parametrize(("shared", "one"), [(SHARED, True), (SHARED - 1, False)])
def test_three_tenths_of_the_sentences_make_one_article(shared: int, one: bool) -> None:
    """Of 100 sentences 30 are the same, or one less."""
    assert identify(*stories(shared, 100)).one is one


@pytest.mark.parametrize(("size", "state"), [(KEPT, "replaced"), (KEPT + 1, "compared")])
def test_a_tenth_may_be_left_of_what_was_replaced(size: int, state: str) -> None:
    """Of 1,000 signs 100 stand in a sentence that both have, or one more."""
    rest = [100] * 8 + [200 - size]
    pages = [
        side([letters(size), *(letters(n, (name, at)) for at, n in enumerate(rest))])
        for name in ("old", "new")
    ]
    assert identify(*pages).state == state


@pytest.mark.parametrize(("same", "state"), [(ALIKE, "replaced"), (ALIKE + 1, "compared")])
def test_three_tenths_of_the_runs_may_be_left(same: int, state: str) -> None:
    """Of 1,000 runs of eight signs 300 are the same, or one more."""
    one, two = (side([letters(same) + letters(1_007 - same, name)]) for name in ("old", "new"))
    assert identify(one, two).state == state


def test_a_run_has_eight_signs() -> None:
    """Of fewer signs there is one run, which is all of them."""
    assert len("abcdefgh") == identity.RUN
    assert list(identity._runs("abcdefghi")) == ["abcdefgh", "bcdefghi"]
    assert list(identity._runs("abcdefgh")) == ["abcdefgh"]
    assert list(identity._runs("abc")) == ["abc"]


def test_two_thousand_sentences_are_looked_up() -> None:
    """Of a page of 2,001 the last is not."""
    lines = [letters(9, at) for at in range(identity.MOST + 1)]
    assert list(identity._sentences(side(lines))) == lines[: identity.MOST]


APART = identity.LONGEST - 30_001


@pytest.mark.parametrize(("apart", "state"), [(APART - 4, "compared"), (APART, "replaced")])
def test_a_hundred_thousand_signs_are_looked_at(apart: int, state: str) -> None:
    """What is the same past so many signs does not count."""
    pages = []
    for name, size in (("old", 1_000), ("new", 999)):
        text = letters(apart, name) + letters(60_000, "same")
        pages.append(side(text[at : at + size] for at in range(0, len(text), size)))
    assert identify(*pages).state == state


# Advertisements of the house, and pages that break off


@pytest.mark.parametrize(("size", "calls"), [(house.LONGEST, True), (house.LONGEST + 1, False)])
def test_an_advertisement_has_260_signs(size: int, calls: bool) -> None:
    """One of one sign more calls on nobody."""
    text = "Sign up for our newsletter. ".ljust(size - 1, "x") + "."
    assert len(text) == size
    assert house.calls_on_reader(text, "en") is calls


@pytest.mark.parametrize(("more", "calls"), [(house.SENTENCES - 1, True), (house.SENTENCES, False)])
def test_an_advertisement_has_four_sentences(more: int, calls: bool) -> None:
    """One of five calls on nobody."""
    text = "Sign up for our newsletter." + " It is good." * more
    assert house.calls_on_reader(text, "en") is calls


KEPT_BEFORE = round(100 * walled.KEPT)


def blocks(*lines: str) -> tuple[Block, ...]:
    """The blocks of an article's lines."""
    return Reading.of_lines("\n".join(lines)).blocks


@pytest.mark.parametrize(
    ("lost", "found"), [(400 // walled.LOST, 100), (400 // walled.LOST - 1, 0)]
)
def test_a_page_breaks_off_where_a_quarter_is_lost(lost: int, found: int) -> None:
    """Of 400 signs the last 100, or one less."""
    kept = letters(400 - lost, "kept")
    whole = blocks(kept, letters(lost, "lost"))
    assert walled._beginning(blocks(kept), whole)[1] == found


@pytest.mark.parametrize(("kept", "found"), [(KEPT_BEFORE, 100), (KEPT_BEFORE - 1, 0)])
def test_four_fifths_before_the_break_are_there(kept: int, found: int) -> None:
    """Of 100 signs 80 stand on both pages, or one less."""
    last = letters(kept, "kept")
    whole = blocks(letters(100 - kept, "gone"), last, letters(100, "lost"))
    assert walled._beginning(blocks(last), whole)[1] == found


@pytest.mark.parametrize(
    ("lost", "new", "breaks"),
    [
        (1_000, walled.NOTICE, True),
        (1_000, walled.NOTICE + 1, False),
        (300, 300, True),
        (300, 301, False),
    ],
)
def test_a_notice_behind_the_break_is_short(lost: int, new: int, breaks: bool) -> None:
    """It has 600 signs, and no more than were lost."""
    kept = letters(300, "kept")
    whole = side([kept, letters(lost, "lost")])
    assert walled.breaks_off(side([kept, letters(new, "new")]), whole) is breaks


@pytest.mark.parametrize(
    ("count", "size", "told"),
    [
        (walled.STORY, walled.PARAGRAPH, False),
        (walled.STORY - 1, walled.PARAGRAPH, True),
        (walled.STORY, walled.PARAGRAPH - 1, True),
    ],
)
def test_two_new_paragraphs_of_80_signs_are_a_story_that_goes_on(
    count: int, size: int, told: bool
) -> None:
    """Beside a line that tells of a wall; fewer, or shorter ones, stand on walls too."""
    fresh = blocks("Subscribe to continue reading.", *(letters(size, at) for at in range(count)))
    assert walled._is_told(fresh, "en") is told


# Blocks that are one, edited

SAME = round(100 * readings.ALIKE)
LIKE_LINK = round(100 * readings.LIKE_LINK)
LONG = readings.LONG


def block(key: str, tag: str = "p") -> Block:
    """A block of an article with these signs."""
    return Block(key, key, "article", tag, False, 0, (), (), False, False)


@pytest.mark.parametrize(("same", "alike"), [(SAME + 1, True), (SAME - 1, False)])
def test_blocks_with_three_fifths_of_their_signs_are_alike(same: int, alike: bool) -> None:
    """Of 100 signs each 61 are the same, or 59."""
    one, two = "a" * same + "b" * (100 - same), "a" * same + "c" * (100 - same)
    assert readings._is_alike(block(one), block(two)) is alike


@pytest.mark.parametrize(
    ("size", "alike"), [(7, False), (8, True), (LONG, True), (LONG + 1, False)]
)
def test_short_and_long_blocks_are_not_looked_at(size: int, alike: bool) -> None:
    """Eight signs are enough for two blocks to be alike, and 4,000 are the most."""
    assert readings._is_alike(block("a" * size), block("a" * size)) is alike


@pytest.mark.parametrize(
    ("size", "same", "alike"),
    [(100, LIKE_LINK, True), (100, LIKE_LINK - 1, False), (LONG, LONG, True)],
)
def test_links_with_seven_tenths_of_their_signs_are_alike(
    size: int, same: int, alike: bool
) -> None:
    """Of 100 signs each 70 are the same, or one less."""
    one, two = "a" * same + "b" * (size - same), "a" * same + "c" * (size - same)
    assert readings._is_like_any(block(one), Reading((block(two),)), [0]) is alike


@pytest.mark.parametrize(("size", "found"), [(LONG, {0}), (LONG + 1, set())])
def test_longer_links_are_not_looked_for(size: int, found: set[int]) -> None:
    """A link of 4,000 signs is looked for among the other page's, one of more is not."""
    page = Reading((block("a" * size),))
    assert readings._edited(page, {0}, page, [0]) == found


@pytest.mark.parametrize(
    ("count", "kept"), [(readings.SEARCHED // 30, {0}), (readings.SEARCHED // 30 + 1, set())]
)
def test_a_gap_of_900_pairs_is_searched(count: int, kept: set[int]) -> None:
    """In one of 930 no block is looked for that was edited and dropped."""
    old = [block("a" * 10), *(block(letters(30, at)) for at in range(29))]
    new = [block("a" * 9 + "b"), *(block(letters(30, -at)) for at in range(1, count))]
    found: tuple[set[int], set[int]] = ({0}, set())
    readings._add_edited((0, 30, 0, count), old, new, found, Moved(old, new))
    assert found[1] == kept


@pytest.mark.parametrize(("count", "moved"), [(moved.NESTED - 1, True), (moved.NESTED, False)])
def test_the_innermost_eight_headings_are_looked_at(count: int, moved: bool) -> None:
    """With one more in between, a block is not seen to stand under another story's heading."""
    old = [block("The ferry sank.")._replace(said=True, region="article")]
    heads = [block(f"heading{at}", "h2")._replace(region="other") for at in range(count + 1)]
    nested = [head._replace(box=count + 2) for head in heads]
    new = [*nested, block("The ferry sank.")._replace(said=False, region="other")]
    shared = [head._replace(region="article") for head in heads[1:]]
    assert Moved([*old, *shared], new).is_out(0, count + 1) is moved


@pytest.mark.parametrize(("text", "kept"), [("read all of", set()), ("read all of it", {0})])
def test_three_words_open_what_is_folded(text: str, kept: set[int]) -> None:
    """A line of four is a line of the article."""
    pages: tuple[list[Block], list[Block]] = ([block(text, "summary")], [])
    found: tuple[set[int], set[int]] = ({0}, set())
    readings._drop_toggles(pages, found, ({0}, set()))
    assert found[0] == kept


# Passages, sentences, words


def test_a_shingle_has_five_words() -> None:
    """Of four there is none, of six there are two."""
    assert [len(Shingles(numbered(count))) for count in (4, 5, 6)] == [0, 1, 2]


@pytest.mark.parametrize(("before", "length"), [(63, 6), (64, 5)])
def test_a_shingle_is_looked_for_at_64_places(before: int, length: int) -> None:
    """Where it stands for the 65th time it is not seen that more is the same."""
    shingle = numbered(passages.SHINGLE)
    later = f"{shingle} x. " * before + f"{shingle} z."
    assert shared_passages(f"{shingle} z.", later)[0].words == length


@pytest.mark.parametrize(("size", "count"), [(sentences.PLAIN, 2), (sentences.PLAIN + 1, 1)])
def test_a_paragraph_of_50_000_signs_has_sentences(size: int, count: int) -> None:
    """One of more is cut at white space behind so many signs, wherever sentences end."""
    text = "It is. X".ljust(size, "x")
    assert len(sentence_spans(text, 0, size)) == count


@pytest.mark.parametrize(("size", "pieces"), [(folding.LONGEST, 1), (folding.LONGEST + 1, 2)])
def test_a_word_has_64_letters(size: int, pieces: int) -> None:
    """A longer one is cut, and so is a number."""
    assert [len(words("a" * size)), len(words("1" * size))] == [pieces, pieces]


# Words that turn what a sentence says

NAME, BETWEEN = meaning.LONGEST_NAME, meaning.MOST_BETWEEN


@pytest.mark.parametrize(
    ("code", "short", "long", "denied"),
    [
        ("en", "kind", "unkind", True),
        ("en", "fit", "unfit", False),
        ("cs", "je", "neje", True),
        ("cs", "a", "nea", False),
    ],
)
def test_how_short_a_word_is_that_a_prefix_denies(
    code: str, short: str, long: str, denied: bool
) -> None:
    """Four letters, two where a prefix denies verbs."""
    lexicon = pick_lexicon(code)
    assert denies_by_prefix([short], [long], lexicon) is denied
    assert denies_by_prefix([long], [short], lexicon) is denied


@pytest.mark.parametrize(
    ("one", "between", "two", "told"),
    [
        (NAME, 1, NAME, True),
        (NAME + 1, 1, NAME, False),
        (NAME, 1, NAME + 1, False),
        (1, BETWEEN - 2, 1, True),
        (1, BETWEEN - 1, 1, False),
    ],
)
def test_what_takes_another_s_place(one: int, between: int, two: int, told: bool) -> None:
    """Six words, and no more than 60 with what stands between."""
    a, b, c = numbered(one, "a").split(), numbered(between, "b").split(), numbered(two, "c").split()
    assert exchanged([*a, *b, *c], [*c, *b, *a], pick_lexicon("en")) is told


@pytest.mark.parametrize(("count", "told"), [(1, False), (2, True), (8, True), (9, False)])
def test_who_says_it_is_told_in_eight_words(count: int, told: bool) -> None:
    """*The minister said*, in two words at least."""
    said = [*numbered(count - 1).split(), "said"]
    assert is_report([], said, read_vocabulary("en")) is told
    assert is_report(said, [], read_vocabulary("en")) is told
