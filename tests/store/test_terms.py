"""Tests of what the index of texts keeps of a text."""

from __future__ import annotations

import random
import sqlite3
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.comparison import Shingles
from archive.comparison.folding import cosmetic_key, is_word, words
from archive.index.terms import (
    list_entries,
    list_passages,
    make_signs,
    stand_in_a_row,
    terms,
)
from archive.index.words import Mark, TextIndex

WORDS = ("the", "ferry", "Café", "don’t", "1,204.5", "Ærø", "भाषा", "日本", "x_y", "—", "…", "ÉTÉ")
texts = st.lists(st.sampled_from(WORDS), max_size=60).map(" ".join)
rows = st.lists(st.sampled_from("abcdefgh"), min_size=5, max_size=60)


def passages(body: list[str]) -> set[str]:
    """The passages of a text that are kept."""
    return set(list_passages(body, make_signs(body)))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The OLD ferry, 1,204.5 tons", ["the", "old", "ferry", "1", "204", "5", "tons"]),
        (
            "Don’t “ask”: it's café and Straße",
            ["don", "t", "ask", "it", "s", "cafe", "and", "strasse"],
        ),
        ("Ærø’s snake_case", ["ærø", "s", "snake", "case"]),
        ("Это й", ["это", "и"]),
        ("हिन्दी भाषा", ["हिन्दी", "भाषा"]),
        ("東京 to Tōkyō", ["東", "京", "to", "tokyo"]),
        ("한국어 뉴스", ["한국어", "뉴스"]),
        ("— … ★ €", []),
    ],
)
def test_terms_are_letters_and_digits_without_case_and_accents(text: str, found: list[str]) -> None:
    """A run of letters and digits is a term, and so is every ideograph; signs are none."""
    assert terms(text) == found


@given(texts, st.integers(0, 60), st.integers(0, 60))
def test_what_is_cut_out_of_a_text_stands_in_it(text: str, start: int, end: int) -> None:
    """Words in a row of a text are found in it, by themselves and by their signs."""
    phrase = " ".join(text.split()[start:end])
    assert stand_in_a_row([phrase], [text])
    assert make_signs(terms(phrase)) in make_signs(terms(text))


def test_words_stand_in_a_row_in_one_of_two_texts() -> None:
    """They do not across both, nor as parts of longer words; what has no word stands anywhere."""
    assert stand_in_a_row(["ferry pier", "…"], ["The old ferry", "A ferry-pier!"])
    assert not stand_in_a_row(["ferry pier"], ["The old ferry", "Pier closed"])
    assert not stand_in_a_row(["erry pie"], ["The ferry pier"])


@given(rows, rows, rows)
def test_a_passage_is_kept_wherever_it_stands(
    before: list[str], own: list[str], after: list[str]
) -> None:
    """What is kept of a text is kept of every text that has it inside."""
    assert passages(own) <= passages(before + own + after)


def test_about_one_passage_in_eight_is_kept() -> None:
    """Of a long text an eighth of the passages; of four words none."""
    body = [f"word{number}" for number in range(20_000)]
    assert 2_300 < len(passages(body)) < 2_700
    assert passages(body[:4]) == set()
    entries = list_entries(["a"], ["a", "b", "b"], make_signs(["a", "b", "b"]))
    assert sorted(entries) == ["a", "a#5", "b", "b#2"]


@given(texts, texts)
def test_shingles_are_counted_as_they_are_defined(one: str, two: str) -> None:
    """Five words in a row, folded, each counted once, whatever stood in other texts before."""

    def define(text: str) -> set[tuple[str, ...]]:
        folded = [cosmetic_key(word).casefold() for word in words(text) if is_word(word)]
        return {tuple(folded[at : at + 5]) for at in range(len(folded) - 4)}

    wanted = Shingles(one)
    assert len(wanted) == len(define(one))
    assert wanted.count_in(two) == len(define(one) & define(two))
    assert wanted.count_in(f"{one}\n{two}") == len(define(one) & define(f"{one}\n{two}"))


def test_texts_are_ranked_as_the_library_ranks_them(tmp_path: Path) -> None:
    """The order is that of FTS5's own BM25, which needs six times the space: the judge here."""
    rng = random.Random(5)
    judge = sqlite3.connect(":memory:")
    judge.execute("CREATE VIRTUAL TABLE words USING fts5(title, body, content='')")
    index = TextIndex.open_writing(tmp_path / "texts.sqlite")
    vocabulary = [f"w{number}" for number in range(300)]
    shares = [1 / (number + 1) for number in range(300)]
    with index.feed(None):
        for number in range(400):
            title, body = (
                " ".join(rng.choices(vocabulary, shares, k=count))
                for count in (6, rng.randrange(5, 200))
            )
            judge.execute(
                "INSERT INTO words (rowid, title, body) VALUES (?, ?, ?)", (number, title, body)
            )
            index.add("2026", number, str(number), title, body)
        index.move_mark(Mark(399, "none"))
    for asked in (["w9"], ["w40"], ["w200"], ["w9", "w40"], ["w3", "w30", "w11"]):
        found = index.search(asked, 50, lambda _: True)
        query = (
            "SELECT rowid FROM words WHERE words MATCH ? ORDER BY bm25(words, 4, 1), rowid LIMIT 50"
        )
        expected = [number for (number,) in judge.execute(query, (" ".join(asked),))]
        assert [one.captures[0] for one in found] == expected
        assert expected
    having = {number: (1, [1]) for number in range(100, 400)}
    few, many = (index._count_term("w3", spread, '"w3"', having) for spread in (10, 10_000))
    assert {number: few[number] for number in few if number in many} == many
    assert len(many) > 100
    index.close()


def test_a_text_whose_signs_mislead_is_not_found(tmp_path: Path) -> None:
    """Where other words have the signs of a phrase, the text itself is asked."""
    signs: dict[bytes, list[str]] = {}
    for number in range(2_000):
        signs.setdefault(make_signs([f"w{number}"]), []).append(f"w{number}")
    one, other = next(alike for alike in signs.values() if len(alike) > 1)[:2]
    index = TextIndex.open_writing(tmp_path / "texts.sqlite")
    with index.feed(None):
        index.add("2026", 1, "a", "", f"{other} pier, then {one} alone")
        index.add("2026", 2, "b", "", f"the {one} pier")
    asked: list[tuple[int, ...]] = []

    def bears_out(captures: tuple[int, ...]) -> bool:
        asked.append(captures)
        return captures == (2,)

    [found] = index.search([f"{one} pier"], 9, bears_out)
    assert found.captures == (2,)
    assert sorted(asked) == [(1,), (2,)]
    index.close()
