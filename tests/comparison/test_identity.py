"""What two sides are to each other as a whole: replaced, translated, an AMP page, a print page."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from attrs import evolve

from archive.article import extract
from archive.comparison import Side, compare_sides, read_side
from archive.comparison.identity import identify
from tests.article.test_reading import LINES, page, paragraphs
from tests.comparison.test_pages import DENIED, KIND, TOOK, side

URL = "https://news.example/story"

OTHER = [
    f"The lighthouse of {town} was sold to its last keeper for a crown this spring, a deed shows."
    for town in ("Varberg", "Hirtshals", "Skagen", "Kullen", "Anholt", "Grenaa")
]
GERMAN = [
    "Der Kreistag hat die Sanierung der alten Seebrücke beschlossen, die lange gesperrt ist.",
    "Die Kosten von vierzehn Millionen Kronen trägt zur Hälfte das Land, wie die Verwaltung sagte.",
    "Zwei Abgeordnete stimmten dagegen und nannten den Plan eine Verschwendung von Geld.",
    "Mit den Arbeiten soll im Herbst begonnen werden, sobald die Gäste die Stadt verlassen haben.",
    "Bis zum Frühjahr wird die Brücke nach Angaben der Stadt wieder für alle offen sein.",
]


def exchanged(lines: list[str]) -> bytes:
    """The page with other paragraphs."""
    first, rest = paragraphs(*LINES[:3]).encode(), paragraphs(*LINES[3:]).encode()
    return page("").replace(first, paragraphs(*lines).encode()).replace(rest, b"")


def at(url: str, content: bytes) -> Side:
    """The side of a page at another address."""
    return read_side(content, KIND, url, extract(content, KIND, url))


def test_an_article_of_which_nothing_is_left_was_replaced() -> None:
    """Another story in its place is told as a whole, and is a change."""
    found = compare_sides(side(page("")), side(exchanged(OTHER)))
    assert (found.state, found.summary(), found.same) == ("replaced", "article replaced", False)
    assert found.is_whole
    assert found.changes


TWO = "the two pages are in two languages"
NUMBERED = "Of {0} boats {1} came back to the quay after the storm, as the harbour office said."
GEZAEHLT = "Von {0} Booten kamen nach dem Sturm {1} zurück an den Kai, sagte das Hafenamt."
HREFLANG = '<link rel="alternate" hreflang="{}" href="https://news.example/story-{}">'
STATED = '<meta property="article:published_time" content="2026-06-03T08:00:00Z">'


def in_english(*lines: str, head: str = "") -> Side:
    """An English page."""
    text = f'<html lang="en"><head><title>Pier</title>{head}</head><body><article><h1>Pier</h1>'
    return side(f"{text}{paragraphs(*lines)}</article></body></html>".encode())


def in_german(*lines: str, head: str = "") -> Side:
    """A German page."""
    text = f'<html lang="de"><head><title>Steg</title>{head}</head><body><article><h1>Steg</h1>'
    return side(f"{text}{paragraphs(*lines)}</article></body></html>".encode())


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(
            in_english(LINES[0], NUMBERED.format(1911, "14,000")),
            in_german(GEZAEHLT.format(1911, "14.000"), GERMAN[0], GERMAN[1], GERMAN[2]),
            id="two numbers",
        ),
        pytest.param(
            in_english(*LINES[:2], head=HREFLANG.format("de", "de")),
            in_german(*GERMAN[:1]),
            id="hreflang before",
        ),
        pytest.param(
            in_english(*LINES[:2]),
            in_german(*GERMAN[:1], head=HREFLANG.format("en", "en")),
            id="hreflang after",
        ),
        pytest.param(
            in_english(*LINES[:5], head=STATED), in_german(*GERMAN, head=STATED), id="shape, moment"
        ),
        pytest.param(
            in_english(f"Marit Olsen said so. {LINES[0]}", NUMBERED.format("two", 1911)),
            in_german(GEZAEHLT.format("zwei", 1911), f"Das sagte Marit Olsen. {GERMAN[0]}"),
            id="names, one number",
        ),
    ],
)
def test_an_article_in_another_language_was_translated(before: Side, after: Side) -> None:
    """By numbers, names, its shape, its date, or as the pages say to machines; nobody edited in
    silence what stands there in another language.
    """
    for pair in ((before, after), (after, before)):
        found = compare_sides(*pair)
        assert (found.state, found.summary()) == ("translated", "article translated")
        assert (found.silent, found.silent_reason) == (None, TWO)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(in_english(*LINES[:4]), in_german(*GERMAN), id="nothing"),
        pytest.param(in_english(*LINES[:5]), in_german(*GERMAN), id="shape alone"),
        pytest.param(
            in_english(*LINES[:4], head=STATED), in_german(*GERMAN, head=STATED), id="moment alone"
        ),
        pytest.param(
            in_english(NUMBERED.format(1911, 812), LINES[0]),
            in_german(GEZAEHLT.format("zwei", 812), *GERMAN[:3]),
            id="one number",
        ),
        pytest.param(
            in_english(*LINES[:4], head=HREFLANG.format("fr", "fr")),
            in_german(*GERMAN),
            id="french",
        ),
    ],
)
def test_another_language_alone_is_no_translation(before: Side, after: Side) -> None:
    """Without two signs the article was replaced; whether in silence nobody can say."""
    for pair in ((before, after), (after, before)):
        found = compare_sides(*pair)
        assert (found.state, found.summary()) == ("replaced", "article replaced")
        assert (found.silent, found.silent_reason) == (None, TWO)


@pytest.mark.parametrize(("long", "state"), [(1.9, "translated"), (2.1, "replaced")])
def test_the_shape_of_a_translation_is_that_of_the_article(long: float, state: str) -> None:
    """A paragraph twice as long beside the others as its translation makes another shape."""
    line = "der Steg ist alt und grau " * 40
    share = long / 3  # of the whole, of which each paragraph before has a third
    third = (line * 8)[: round(2 * len(line) * share / (1 - share))]
    before, after = ["the pier is old " * 40] * 3, [line, line, third]
    found = identify(in_english(*before, head=STATED), in_german(*after, head=STATED))
    assert found.state == state


def test_an_article_edited_in_every_sentence_was_not_replaced() -> None:
    """Where most words stay, each edit is told, and silence is judged by what is shared."""
    edited = [
        line.replace("the ", "that ").replace("The ", "That ").replace("was", "is")
        for line in LINES
    ]
    found = compare_sides(side(page("")), side(exchanged(edited)))
    assert found.state == "compared"
    assert len(found.changes) >= len(LINES) - 1


@pytest.mark.parametrize(("kept", "state"), [(1, "replaced"), (2, "compared")])
def test_a_tenth_of_the_article_is_the_bound(kept: int, state: str) -> None:
    """One sentence of ten that is left is little, two are the article edited."""
    old = [f"Of the {n}th report nobody at number {n} said a word." for n in range(10)]
    new = [f"Lighthouses: {n} keepers, lamps, and boats upon rock {n}." for n in range(10)]
    before, after = Side("\n".join(old)), Side("\n".join([*old[:kept], *new[kept:]]))
    assert identify(before, after).state == state


def test_what_may_not_be_the_article_replaces_nothing() -> None:
    """Of a wall in the article's place is said that it is probably not the article."""
    after = evolve(side(exchanged(OTHER)), suspicious="consent wall")
    found = compare_sides(side(page("")), after)
    assert found.state == "compared"
    assert "probably not the article: consent wall" in (found.silent_reason or "")


AMP: dict[str, Callable[[bytes], Side]] = {
    "html amp": lambda content: side(content.replace(b"<html", b"<html amp", 1)),
    "html lightning": lambda content: side(content.replace(b"<html", "<html ⚡".encode(), 1)),
    "path": lambda content: at("https://news.example/story/amp/", content),
    "suffix": lambda content: at("https://news.example/story.amp.html", content),
    "set": lambda content: at("https://news.example/story?amp=1", content),
    "bare": lambda content: at("https://news.example/story?x=2&amp", content),
    "value": lambda content: at("https://news.example/story?outputType=amp", content),
    "host": lambda content: at("https://amp.news.example/story", content),
}
PRINT: dict[str, Callable[[bytes], Side]] = {
    "onload": lambda content: side(content.replace(b"<body", b'<body onload="window.print()"', 1)),
    "path": lambda content: at("https://news.example/print/story", content),
    "set": lambda content: at("https://news.example/story?print=true", content),
    "value": lambda content: at("https://news.example/story?view=print", content),
    "german": lambda content: at("https://news.example/story/druckversion", content),
}


@pytest.mark.parametrize("name", AMP)
def test_an_amp_page_beside_the_article_is_named(name: str) -> None:
    """However it is told to be one; nothing that it leaves out was taken out in silence."""
    before, after = side(page(f"<p>{TOOK}</p>")), AMP[name](page(""))
    for found in (compare_sides(before, after), compare_sides(after, before)):
        assert (found.twin, found.silent) == ("amp", None)
        assert found.silent_reason == "one of the two is an AMP page"


@pytest.mark.parametrize("name", PRINT)
def test_a_page_for_printing_beside_the_article_is_named(name: str) -> None:
    """A page for printing has neither date nor box, and nobody took them out."""
    found = compare_sides(side(page(f"<p>{TOOK}</p>")), PRINT[name](page("")))
    assert (found.twin, found.silent) == ("print", None)
    assert found.silent_reason == "one of the two is a page for printing"


@pytest.mark.parametrize("make", [AMP["html amp"], PRINT["set"]])
def test_two_pages_of_one_making_are_judged(make: Callable[[bytes], Side]) -> None:
    """An edit of an AMP page since the AMP page before is an edit."""
    found = compare_sides(make(page(f"<p>{TOOK}</p>")), make(page(f"<p>{DENIED}</p>")))
    assert (found.twin, found.silent) == (None, True)


@pytest.mark.parametrize(
    "url",
    [
        "https://news.example/champions",
        "https://news.example/amp-up-your-garden",
        "https://news.example/blueprint",
        "https://news.example/story?camp=1&amplitude=2&print=false",
        "https://news.example/print-is-not-dead",
        "https://amplifier.example/story",
        "https://[broken/amp",
    ],
)
def test_a_word_that_only_begins_so_makes_no_twin(url: str) -> None:
    """An address is one of an AMP page or of a printed one by a whole part of it alone."""
    assert at(url, page("")).variant is None
