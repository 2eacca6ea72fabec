"""What holds for any two texts, and for bad ones."""

from __future__ import annotations

import random
from itertools import pairwise
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.comparison import Shingles, Side, compare_sides, shared_passages
from archive.comparison.folding import cosmetic_key
from archive.comparison.result import Change, Comparison
from archive.comparison.sentences import paragraph_spans, sentence_spans
from archive.comparison.sequences import common, differing, heaviest
from tests.effort import effort

TEXT = "the river rose by 40 metres and 3 million saw it not said Anna Smith on Monday again"
WORDS = TEXT.split()
sentences = st.lists(st.sampled_from(WORDS), min_size=1, max_size=9).map(
    lambda words: " ".join(words).capitalize() + "."
)
texts = st.lists(
    st.lists(sentences, min_size=1, max_size=4).map(" ".join), min_size=0, max_size=6
).map(lambda lines: "".join(f"{line}\n" for line in lines))

anything = st.text(max_size=300)


def applied(change: Change) -> str:
    """The earlier passage with the operations of a change applied to it."""
    pieces, at = [], change.before_span[0]
    for operation in change.operations:
        start, end = operation.before_span
        pieces += [change.before[at - change.before_span[0] : start - change.before_span[0]]]
        pieces.append(f" {operation.after} ")
        at = end
    return "".join([*pieces, change.before[at - change.before_span[0] :]])


def squeezed(text: str) -> str:
    """A text without white space and typography, marks apart from their letters.

    An operation may add a mark alone, which composes with a letter that stood there before.
    """
    return normalize("NFD", cosmetic_key(text).replace(" ", ""))


def rest(text: str, changes: list[tuple[int, int]]) -> str:
    """What of a text no change covers."""
    pieces, at = [], 0
    for start, end in sorted(changes):
        pieces.append(text[at:start])
        at = max(at, end)
    return squeezed("".join([*pieces, text[at:]]))


def check(before: str, after: str) -> Comparison:
    """Compare two texts and check what holds for any."""
    found = compare_sides(Side(before), Side(after))
    for change in found.changes:
        assert before[slice(*change.before_span)] == change.before
        assert after[slice(*change.after_span)] == change.after
        assert squeezed(applied(change)) == squeezed(change.after)
        assert change.classes
        for operation in change.operations:
            assert before[slice(*operation.before_span)] == operation.before
            assert after[slice(*operation.after_span)] == operation.after
    if not found.filters["cosmetic"]:
        gone = rest(before, [change.before_span for change in found.changes])
        assert gone == rest(after, [change.after_span for change in found.changes])
    return found


@effort(1.5)
@given(texts, texts)
def test_the_operations_turn_before_into_after(before: str, after: str) -> None:
    """Applied to the earlier passage they give the later one; what no change covers is the same."""
    check(before, after)


def test_a_sentence_that_moved_away_is_not_in_the_passage_around_it() -> None:
    """Two sentences are not one that was joined when the sentence between them moved away."""
    found = check("3.\nThe. The the. The the the the.\n", "3. The. The the the the. The.\n")
    assert [change.before for change in found.changes] == ["3.", "The the.", "The."]


@given(anything, anything)
def test_any_text_can_be_compared(before: str, after: str) -> None:
    """No text makes the comparison raise, and spans and operations hold for all of them."""
    check(before, after)


@effort(0.5)
@given(texts, texts)
def test_the_same_sides_give_the_same_comparison(before: str, after: str) -> None:
    """Comparing again changes nothing, and a text does not differ from itself."""
    once, again = (compare_sides(Side(before), Side(after)) for _ in range(2))
    assert once == again
    assert compare_sides(Side(before), Side(before)).same
    assert compare_sides(Side(after), Side(before)).same == once.same


@given(st.text("abc", max_size=30), st.text("abc", max_size=30))
def test_differing_gives_a_script(old: str, new: str) -> None:
    """Between the runs that differ, two sequences are equal."""
    at, to = 0, 0
    for one, two, three, four in [*differing(old, new), (len(old), len(old), len(new), len(new))]:
        assert old[at:one] == new[to:three]
        at, to = two, four


@given(st.lists(st.integers(0, 9), max_size=30), st.lists(st.integers(0, 9), max_size=30))
def test_common_pairs_are_equal_and_in_order(old: list[int], new: list[int]) -> None:
    """Paired items are equal, and both places rise."""
    pairs = common(old, new, lambda item: item + 1)
    assert all(old[one] == new[two] for one, two in pairs)
    assert pairs == sorted(set(pairs))
    assert [two for _, two in pairs] == sorted({two for _, two in pairs})


@given(st.permutations(list(range(8))), st.lists(st.integers(1, 5), min_size=8, max_size=8))
def test_the_heaviest_is_increasing_and_beats_any_single_item(
    places: list[int], weights: list[int]
) -> None:
    """The chosen places rise, and weigh at least as much as the heaviest of them."""
    chosen = heaviest(places, weights)
    assert [places[at] for at in chosen] == sorted(places[at] for at in chosen)
    assert sum(weights[at] for at in chosen) >= max(weights)


@given(anything)
def test_sentences_hold_all_signs_of_their_paragraph(text: str) -> None:
    """No sign but white space is lost between sentences, and they do not overlap."""
    for start, end in paragraph_spans(text):
        spans = sentence_spans(text, start, end)
        assert "".join("".join(text[slice(*span)].split()) for span in spans) == "".join(
            text[start:end].split()
        )
        assert all(one[1] <= two[0] for one, two in pairwise(spans))


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Dr. Smith left at 5 p.m. on Monday. He came back.", 2),
        ("“Why?” he asked. Nobody knew.", 2),
        ("Am 3. Mai kam er. Dann ging er.", 2),
        ("Das gilt z. B. für Berlin. Mehr nicht.", 2),
        ("彼は言った。「もう終わりだ。」そして帰った。", 3),
        ("No end at all", 1),
        ("M. Dupont est parti. « Enfin ! » a dit sa sœur.", 2),
        ("यह पहला है। यह दूसरा है।", 2),
    ],
)
def test_sentences_survive_abbreviations_and_quotations(text: str, count: int) -> None:
    """A full stop that ends no sentence cuts none, in several languages."""
    assert len(sentence_spans(text, 0, len(text))) == count


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", ""),
        ("", "Something.\n"),
        ("Jane Doe said so.\n", "Jane\u0301 Doe said so.\n"),
        ("שלום עולם. זה מבחן.\n", "שלום עולם. זה לא מבחן.\n"),
        ("\x00\x01\ufffd\ud7ff\n", "\x02\x03\ufffd\n"),
        ("no end " * 3000, "no end " * 2000 + "but here " * 900),
        ("Ein Satz über den Fluss.\n", "A sentence about the river.\n"),
        ("<script>alert(1)</script>\n", "<b>bold</b>\n"),
    ],
)
def test_bad_texts_are_compared(before: str, after: str) -> None:
    """Empty, right-to-left, binary, endless, foreign texts and markup give a comparison."""
    found = check(before, after)
    assert found.same is (before == after)


def test_one_side_without_an_article() -> None:
    """A failed side is said to be gone, one that came to have appeared, and neither to be equal."""
    nothing, something = Side(None), Side("A text.\n")
    assert compare_sides(something, nothing).summary() == "article gone"
    assert compare_sides(nothing, something).summary() == "article appeared"
    assert compare_sides(nothing, nothing).same
    assert not compare_sides(something, nothing).same


def test_a_megabyte_without_a_space() -> None:
    """A huge word is one change, whole."""
    chance = random.Random(1)
    long = "".join(chance.choices("abcdef", k=1_000_000))
    found = check(long, long[:500_000] + "x" + long[500_000:])
    assert len(found.changes) == 1


def test_many_short_sentences_shuffled() -> None:
    """Past the caps a passage is replaced as a whole, and the result is still true."""
    chance = random.Random(1)
    words = [f"Word{chance.randrange(9000)}." for _ in range(40_000)]
    check(" ".join(words), " ".join(chance.sample(words, len(words))))


def test_shared_passages_have_their_places() -> None:
    """A passage of five words or more is found in both texts, whatever its case and quotes."""
    wire = "The river rose by two metres in the night, police said. Nobody was hurt at all.\n"
    edited = "Paper — THE RIVER rose by two metres in the night, the paper learned.\n"
    (passage,) = shared_passages(wire, edited)
    assert passage.text == "The river rose by two metres in the night"
    assert edited[slice(*passage.after_span)] == "THE RIVER rose by two metres in the night"
    assert passage.words == 9
    assert Shingles(wire).count_in(edited) == 5


@given(texts, texts)
def test_shared_passages_are_in_both(before: str, after: str) -> None:
    """Every passage stands in both texts, and none overlaps another in the first."""
    found = shared_passages(before, after)
    for passage in found:
        assert before[slice(*passage.before_span)] == passage.text
    spans = [passage.before_span for passage in found]
    assert all(one[1] <= two[0] for one, two in pairwise(spans))
    assert bool(found) == bool(Shingles(before).count_in(after))
