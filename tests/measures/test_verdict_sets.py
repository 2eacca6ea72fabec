"""Tests of the sets that the verdicts are measured on: they are as large and as mixed as said."""

from __future__ import annotations

import json
import zlib
from typing import Any

import pytest
from benchmarks.made import PLACES, SETS, article, lighthouse, read_set, story

HALVED = (
    *("articles", "facts", "lines", "negations", "notes", "sight", "silent", "subscriptions"),
    "walls",
)
STATES = ("amp", "print", "replaced", "translated", "edited")


def cases(name: str) -> list[dict[str, Any]]:
    """The cases of both halves."""
    return [case for half in ("dev", "held") for case in read_set(name, half)]


def languages(found: list[dict[str, Any]]) -> int:
    """In how many languages some cases are."""
    return len({case["language"] for case in found})


@pytest.mark.parametrize("name", HALVED)
def test_a_case_s_half_is_fixed_by_its_name(name: str) -> None:
    """Names are unique, and the checksum of a name says in which half its case lies."""
    for half, odd in (("dev", 0), ("held", 1)):
        names = [case["name"] for case in read_set(name, half)]
        assert len(names) >= 20
        assert {zlib.crc32(one.encode()) & 1 for one in names} == {odd}
    names = [case["name"] for case in cases(name)]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("name", HALVED)
def test_every_case_has_a_story_to_stand_in(name: str) -> None:
    """There is a story in the language of every case."""
    for case in cases(name):
        assert len(story(case["language"]).paragraphs) >= 4


def test_enough_walls() -> None:
    """At least 80 pages of 12 kinds in 8 languages are to be suspected; the others say why not."""
    found = [case for case in cases("walls") if case["suspected"]]
    assert len(found) >= 80
    assert len({case["kind"] for case in found}) >= 12
    assert languages(found) >= 8
    assert all(case["state"] is None for case in found)
    others = [case for case in cases("walls") if not case["suspected"]]
    assert {case["state"] for case in others} == set(STATES)


def test_enough_articles_that_look_like_walls() -> None:
    """At least 50 whole articles have something of a wall, short ones and ones about walls too."""
    found = cases("articles")
    assert len(found) >= 50
    assert {"short", "about", "beside", "short-beside", "not-free"} == {c["what"] for c in found}
    assert all("<h1>" in case["html"] for case in found)


def test_enough_facts_and_paragraphs() -> None:
    """At least 60 short facts and 60 paragraphs in 8 languages; a fact differs in its digits."""
    facts, added = cases("facts"), cases("subscriptions")
    assert len(facts) >= 60
    assert len(added) >= 60
    assert min(languages(facts), languages(added)) >= 8
    for case in facts:
        one, two = case["before"], case["after"]
        assert one != two
        assert [c for c in one if not c.isdigit()] == [c for c in two if not c.isdigit()]


def test_enough_notes_and_lines() -> None:
    """At least 60 notes of 12 forms in 12 languages, 40 lines that are none, each in a place."""
    notes, lines = cases("notes"), cases("lines")
    assert len(notes) >= 60
    assert len({case["form"] for case in notes}) >= 12
    assert languages(notes) >= 12
    assert len(lines) >= 40
    assert {case["place"] for case in [*notes, *lines]} <= set(PLACES)
    assert {case["silent"] for case in lines} == {True, None}


def test_what_is_put_somewhere_stands_there_once() -> None:
    """The made page has every place once, in the order of the page."""
    put = {place: f"<p>at {number}</p>" for number, place in enumerate(PLACES)}
    page = article(story("en"), put)
    assert [page.count(inner) for inner in put.values()] == [1] * len(PLACES)
    assert page.index(put["nav"]) < page.index("<h1>") < page.index(put["under-headline"])
    assert page.index(put["footer"]) < page.index("</article>") < page.index(put["after-article"])


def test_the_lighthouse_is_one_story() -> None:
    """The other story has as many paragraphs in each of its languages."""
    told = [lighthouse(code)[1] for code in ("en", "de", "fr", "es", "pt", "ru", "ja", "zh")]
    assert {len(paragraphs) for paragraphs in told} == {3}


def test_enough_structures() -> None:
    """At least 130 ways of marking up a sentence, of which the browser shows nearly all."""
    found = cases("structures")
    names = [case["name"] for case in found]
    shown = json.loads((SETS / "shown.json").read_bytes())["structures"]
    assert len(set(names)) == len(names) >= 130
    assert all(case["html"].count("{}") == 1 for case in found)
    assert {case["place"] for case in found} == {"article", "beside"}
    assert set(names) - set(shown) == {"noscript>p", "iframe srcdoc"}


def test_enough_ways_out_of_sight() -> None:
    """At least 22 ways of hiding; the browser agrees on what HTML hides and what it shows."""
    found = cases("sight")
    shown = json.loads((SETS / "shown.json").read_bytes())["sight"]
    hidden = {case["name"] for case in found if case["says"] == "hidden"}
    assert len(hidden) >= 22
    assert hidden & set(shown) == {"option"}  # a form's own words, in innerText as well
    assert {c["name"] for c in found if c["says"] in ("shown", "struck")} <= set(shown)
    assert {case["says"] for case in found} == {"hidden", "shown", "struck", "unseen"}


def test_the_pairs_for_silence_have_all_three_answers() -> None:
    """True, false and not judged each have at least 20 pairs, and each says why."""
    found = cases("silent")
    for answer in (True, False, None):
        assert sum(case["silent"] is answer for case in found) >= 20
    assert all(case["why"] for case in found)
    walls = {case["name"] for case in cases("walls")}
    assert {c["after"]["wall"] for c in found if "wall" in c["after"]} <= walls
    assert {case["same"] for case in found} <= {True, False, "any"}


def test_enough_words_of_noise() -> None:
    """Each half has noise in 12 languages, and no form of words is in both."""
    dev, held = (json.loads((SETS / half / "noise.json").read_bytes()) for half in ("dev", "held"))
    assert len(dev) >= 12
    assert dev.keys() == held.keys()
    for language, words in dev.items():
        for key in ("counters", "times", "house"):
            assert words[key]
            assert not set(words[key]) & set(held[language][key])


def test_enough_negations_and_headlines() -> None:
    """Sentences are denied in at least 20 languages, and a headline has a dozen forms."""
    assert languages(cases("negations")) >= 20
    found = cases("headlines")
    assert len(found) >= 12
    assert all(case["html"].count("{}") == 1 for case in found)
