"""Two pages of which one at least shows its article to no reader."""

from __future__ import annotations

import json

import pytest

from archive.article import extract
from archive.comparison import Side, compare_sides, read_side
from archive.comparison.digests import find_share, reading_digest
from archive.comparison.result import Comparison

KIND = "text/html; charset=utf-8"
URL = "https://news.example/ferry-pier-to-close"
TITLE = "Council closes the old ferry pier"
LINES = (
    "The council of Norhaven decided on Tuesday evening to close the old ferry pier.",
    "The mayor took the money that was meant for the pier, the county court found on Monday.",
    "Residents of the southern islands will have to travel through the new terminal.",
    "Repairs are expected to begin in the first weeks of January and to last a year.",
)
DENIED = (LINES[0], LINES[1].replace("took", "did not take"), *LINES[2:])
FORMS = ("jsonld", "state")


def side(form: str, lines: tuple[str, ...], shown: str = "Loading…") -> Side:
    """A page that has these lines as `form` says."""
    told = "\n".join(lines)
    script = {
        "page": "",
        "jsonld": '<script type="application/ld+json">'
        + json.dumps({"@type": "NewsArticle", "headline": TITLE, "articleBody": told}),
        "state": "<script>window.S = " + json.dumps({"title": TITLE, "body": list(lines)}),
    }[form]
    article = "".join(f"<p>{line}</p>" for line in lines)
    body = f"<article><h1>{TITLE}</h1>{article}</article>" if form == "page" else f"<p>{shown}</p>"
    page = f"<html><head><title>{TITLE}</title></head><body>{body}{script}</script></body></html>"
    found = extract(page.encode(), KIND, URL, reading=True)
    assert found.source == (None if form == "page" else form)
    assert (found.text or "").splitlines() == list(lines)
    return read_side(page.encode(), KIND, URL, found)


def compare(one: Side, two: Side) -> Comparison:
    """Compare two sides; the same the other way round finds as much."""
    assert compare_sides(two, one).same == compare_sides(one, two).same
    return compare_sides(one, two)


@pytest.mark.parametrize("form", FORMS)
def test_an_edit_of_a_text_that_nobody_was_shown_is_told_and_not_judged(form: str) -> None:
    """A word that turns a sentence is a change; whether it is silent nobody can say."""
    found = compare(side(form, LINES), side(form, DENIED))
    (change,) = found.changes
    assert "negation" in change.classes
    assert (found.same, found.silent) == (False, None)
    assert "not shown to readers" in (found.silent_reason or "")
    digests = {reading_digest(side(form, lines)) for lines in (LINES, DENIED)}
    assert len(digests) == 2


@pytest.mark.parametrize("form", FORMS)
def test_two_sources_are_compared_and_not_judged(form: str) -> None:
    """The same words from another source are no change, an edit is one; neither is judged."""
    for before, after in (("page", form), (form, "page")):
        found = compare(side(before, LINES), side(after, LINES))
        assert (found.same, found.silent) == (True, None)
        assert "different sources" in (found.silent_reason or "")
        found = compare(side(before, LINES), side(after, DENIED))
        assert [one.classes for one in found.changes] == [("negation",)]
        assert found.silent is None


def test_json_and_state_are_two_sources() -> None:
    """Nor is anything judged between a text from JSON-LD and one from state."""
    found = compare(side("jsonld", LINES), side("state", DENIED))
    assert (found.same, found.silent) == (False, None)
    assert "JSON-LD" in (found.silent_reason or "")


def test_a_word_that_the_page_happens_to_show_hides_no_edit() -> None:
    """What a shell shows is none of its article, even where it is a piece of a stated line."""
    piece = LINES[1][:25]
    found = compare(side("state", LINES, piece), side("state", DENIED, piece))
    assert not found.same


def test_what_a_shell_shows_is_none_of_the_article() -> None:
    """Another notice on the page is no change of the article."""
    found = compare(side("state", LINES), side("state", LINES, "One moment, please"))
    assert (found.same, found.silent) == (True, False)
    assert [one.scope for one in found.beside] == ["page", "page"]


def test_what_is_shown_is_judged_as_before() -> None:
    """Two pages that show their article are judged, whatever they state besides."""
    found = compare(side("page", LINES), side("page", DENIED))
    assert (found.same, found.silent, found.silent_reason) == (False, True, None)


def test_a_text_that_is_not_shown_has_no_share_of_what_is() -> None:
    """How whole a text is, against what the page shows, says nothing of one that it does not."""
    assert find_share(side("state", LINES)) is None
    assert find_share(side("page", LINES)) == 1_000
