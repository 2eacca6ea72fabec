"""Named cases: each class, and how much a change matters."""

from __future__ import annotations

import pytest

from archive.article import Claim, Claims
from archive.article.signals.notes import is_note
from archive.comparison import Side, compare_sides
from archive.comparison.result import CLASSES

FILLER = "The council meets again in the old town hall on the hill above the river next week.\n"


def classes(before: str, after: str, language: str | None = None) -> set[str]:
    """The classes of all changes between two texts."""
    found = compare_sides(
        Side(FILLER + before + FILLER, language=language),
        Side(FILLER + after + FILLER, language=language),
    )
    return {name for change in found.changes for name in change.classes}


def claim(term: str, value: str, signal: str = "jsonld") -> Claim:
    """A claim."""
    return Claim(term, value, signal, "/")


@pytest.mark.parametrize(
    ("before", "after", "wanted"),
    [
        ("About 40 people came by.\n", "About 60 people came by.\n", {"number"}),
        ("About three people came by.\n", "About five people came by.\n", {"number"}),
        ("It cost 3 million euros then.\n", "It cost 3 billion euros then.\n", {"number"}),
        ("It is safe to drink.\n", "It is not safe to drink.\n", {"negation"}),
        ("They did sign the paper.\n", "They didn't sign the paper.\n", {"negation"}),
        ("A letter to Anna Smith came.\n", "A letter to Anna Smyth came.\n", {"name"}),
        (
            "“We knew nothing of it,” Mary Jones said.\n",
            "“We knew nothing of it,” Mary Jones claimed.\n",
            {"attribution"},
        ),
        (
            "“We knew nothing of it,” Mary Jones said.\n",
            "“We knew plenty of it,” Mary Jones said.\n",
            {"quotation-changed", "negation"},
        ),
        (
            "He left early. “We knew plenty of it,” Mary Jones said.\n",
            "He left early.\n",
            {"quotation-removed"},
        ),
        (
            "Mary Jones said that the dam was safe.\n",
            "Peter Brown said that the dam was safe.\n",
            {"name", "attribution"},
        ),
        (
            "He left early. It was late by then.\n",
            "He left early. “We knew plenty of it all along,” she said.\n",
            {"quotation-added", "wording"},
        ),
        ("The rain was heavy at noon.\n", "The rain was light at noon.\n", {"wording"}),
        ("", "A wholly new paragraph stands here now, out of the blue.\n", {"paragraph-added"}),
        ("A wholly new paragraph stands here now, out of it.\n", "", {"paragraph-removed"}),
        (
            "",
            "Correction: an earlier version of this article gave a wrong age.\n",
            {"correction", "paragraph-added"},
        ),
    ],
)
def test_each_edit_has_its_class(before: str, after: str, wanted: set[str]) -> None:
    """An edit of one kind is given the class of that kind and no other."""
    assert classes(before, after) == wanted


def test_equal_numbers_are_no_change_of_number() -> None:
    """A number written in another way is a change of wording."""
    before, after = "It cost 1.5 million euros.\n", "It cost 1,500,000 euros.\n"
    assert classes(before, after, "en") == {"wording"}


@pytest.mark.parametrize(
    ("before", "after", "wanted"),
    [
        ("a fee of £4.50 a day", "a fee of €4.50 a day", ("number", "substantive")),
        ("a fee of 4,50 € a day", "a fee of 4,50 £ a day", ("number", "substantive")),
        ("a fee of £5 a day", "a charge of €5 a day", ("number", "substantive")),
        ("a frost of −5 degrees", "a frost of 5 degrees", ("number", "substantive")),
        ("a rise of 5% or so", "a rise of 5 or so", ("number", "substantive")),
        ("a rise of 5% or so", "a rise of 5 per cent or so", ("wording", "minor")),
        ("a fee of $5 a day", "a fee of 5 dollars a day", ("wording", "minor")),
        ("a covid-19 rule or two", "a covid 19 rule or two", ("wording", "cosmetic")),
        ("a 14-million pound plan", "a 14 million pound plan", ("wording", "cosmetic")),
        ("the years 2010-15 again", "the years 2010, 15 again", ("wording", "cosmetic")),
    ],
)
def test_a_sign_can_change_what_a_number_is_worth(
    before: str, after: str, wanted: tuple[str, str]
) -> None:
    """Currency, percent and minus are of the number, unless they were written out in words."""
    one, two = (Side(f"{FILLER}It was {words}.\n", language="en") for words in (before, after))
    (change,) = compare_sides(one, two).changes
    assert wanted[0] in change.classes
    assert ("number" in change.classes) == (wanted[0] == "number")
    assert change.significance == wanted[1]


def test_a_german_noun_is_no_name() -> None:
    """Where nouns have capitals, exchanging one is a change of wording."""
    before = "Am Abend wurde in dem Ort ein Hund auf der Straße gesehen.\n"
    assert classes(before, before.replace("Hund", "Wolf"), "de") == {"wording"}


def test_a_moved_and_edited_paragraph_is_one_change() -> None:
    """A paragraph that stands elsewhere and was edited is found as moved, with what was edited."""
    one = "First of all the river rose by two metres in the night and flooded the lower streets.\n"
    two = "Then the bridge was closed to all traffic by the police for the whole of the day.\n"
    three = "In the end nobody was hurt, and the schools opened again after lunch as usual.\n"
    found = compare_sides(Side(one + two + three), Side(two + three + one.replace("two", "nine")))
    (change,) = found.changes
    assert change.classes == ("number", "paragraph-moved")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "The river rose in the night and it flooded the lower streets of the old town.\n",
            "The river rose in the night. It flooded the lower streets of the old town.\n",
        ),
        (
            "The bridge was closed to all traffic. The police stood there all day long.\n",
            "The bridge was closed to all traffic and the police stood there all day long.\n",
        ),
    ],
)
def test_a_sentence_cut_in_two_or_joined_is_one_change(before: str, after: str) -> None:
    """One sentence is paired with two, and two with one: only the words at the cut differ."""
    (change,) = compare_sides(Side(FILLER + before), Side(FILLER + after)).changes
    assert change.classes == ("wording",)
    assert (change.before, change.after) == (before.rstrip(), after.rstrip())
    assert all(len(one.before + one.after) < 16 for one in change.operations)


def test_what_was_removed_stands_in_reading_order() -> None:
    """A sentence taken out is listed where it stood, after an edit before it in the same gap."""
    before = "About 40 people came to the pier. It rained all night without an end.\n"
    found = compare_sides(
        Side(FILLER + before), Side(FILLER + "About 60 people came to the pier.\n")
    )
    assert [change.classes for change in found.changes] == [("number",), ("wording",)]


@pytest.mark.parametrize(
    ("term", "before", "after", "wanted"),
    [
        ("headline", "Bridge closed after flood", "Bridge lost after flood", "headline"),
        ("author", "Anna Smith", "Peter Miller", "byline"),
        ("datePublished", "2024-05-03", "2024-05-02", "published"),
        ("dateModified", "2024-05-03", "2024-05-04", "modified"),
        ("publisher", "The Daily Post", "The Weekly Post", "claim-only"),
    ],
)
def test_each_claim_has_its_class(term: str, before: str, after: str, wanted: str) -> None:
    """A change of what the page claims is named by what it claims."""
    titles = (before, after) if term == "headline" else (None, None)
    found = compare_sides(
        Side(FILLER, titles[0], Claims((claim(term, before),))),
        Side(FILLER, titles[1], Claims((claim(term, after),))),
    )
    told = found.beside if wanted == "claim-only" else found.changes
    assert [change.classes for change in told] == [(wanted,)]
    assert found.same is (wanted == "claim-only")


@pytest.mark.parametrize(
    ("before", "after", "wanted"),
    [
        ("The rain, was heavy at noon.\n", "The rain was heavy at noon.\n", "cosmetic"),
        ("The rain was heavy at noon.\n", "The rain was light at noon.\n", "minor"),
        ("The rain was heavy at noon.\n", "The 9 rains were heavy at noon.\n", "substantive"),
        ("Heavy rain fell at noon.\n", "At noon heavy rain fell.\n", "minor"),
        ("The vote was 52-48 at noon.\n", "The vote was 48-52 at noon.\n", "substantive"),
        (
            "So Mary Jones told Peter Brown of it.\n",
            "So Peter Brown told Mary Jones of it.\n",
            "substantive",
        ),
    ],
)
def test_significance(before: str, after: str, wanted: str) -> None:
    """Signs are cosmetic, a few words or others' places minor, numbers and names substantive."""
    (change,) = compare_sides(Side(FILLER + before), Side(FILLER + after)).changes
    assert change.significance == wanted


@pytest.mark.parametrize(
    ("claims", "note", "silent"),
    [
        ((), "", True),
        ((claim("dateModified", "2024-05-04"),), "", False),
        ((claim("dateModified", "2024-05-02"),), "", True),
        ((claim("dateModified", "2024-05-04", "http-header"),), "", True),
        ((), "Correction: an earlier version of this article gave a wrong number.\n", False),
        ((), "Editor's note: some may find the details of this story distressing.\n", True),
        ((claim("correction", "Editor's note: the details may be distressing."),), "", True),
        ((claim("correction", "Editor's note: the number was wrong."),), "", False),
    ],
)
def test_silent(claims: tuple[Claim, ...], note: str, silent: bool) -> None:
    """A substantive change is silent unless a later date or a correction note tells of it."""
    before = Side(FILLER + "Some 40 came.\n", None, Claims((claim("dateModified", "2024-05-03"),)))
    after = Side(FILLER + "Some 60 came.\n" + note, None, Claims(claims))
    assert compare_sides(before, after).silent is silent


def test_minor_changes_are_never_silent() -> None:
    """Only a substantive change can be silent."""
    before, after = Side(FILLER + "It was dark.\n"), Side(FILLER + "It was dim.\n")
    assert not compare_sides(before, after).silent


def test_select_takes_classes_and_significance() -> None:
    """Changes are chosen by class and by the least significance."""
    found = compare_sides(
        Side(FILLER + "Some 40 people came.\n" + FILLER + "It was a dark night.\n"),
        Side(FILLER + "Some 60 people came.\n" + FILLER + "It was a dim night.\n"),
    )
    assert len(found.changes) == 2
    assert len(found.select(frozenset({"number"}))) == len(found.select(least="substantive")) == 1
    assert {name for change in found.changes for name in change.classes} <= set(CLASSES)
    assert found.summary() == "2 changes (1 substantive, silent): number, wording"


@pytest.mark.parametrize(
    ("note", "tells"),
    [
        (
            "Editor's note: This story contains details some readers may find distressing.",
            False,
        ),
        ("Editor’s note: An earlier version gave the wrong number of the injured.", True),
        ("Anmerkung der Redaktion: Wir haben die Zahl der Verletzten korrigiert.", True),
        ("Anmerkung der Redaktion: Der Autor ist mit einer der Genannten verwandt.", False),
        ("Note de la rédaction : le chiffre a été corrigé mardi.", True),
        ("Correction: The number of the injured is 41.", True),
    ],
)
def test_an_editors_note_tells_of_a_change_only_where_it_says_so(note: str, tells: bool) -> None:
    """A note that warns of distressing details hides no silent edit."""
    assert is_note(note) is tells
