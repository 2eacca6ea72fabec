"""What reads like a correction note, and what only sounds like one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.article.signals.notes import is_note, is_remark, tells_of_change

NOTES = (
    "This article was amended on 3 May 2024. An earlier version said 41 were hurt.",
    "• This article was amended on 12 June 2020 because an earlier version misstated the number.",
    "This story has been corrected to say that 41 people were hurt.",
    "(This May 3 story has been corrected to say 41 in the second paragraph)",
    "This story was updated at 5:45 p.m. ET.",
    "This story was originally published on 3 May 2024 and has since been updated.",
    "This article, first published on 3 May, has been updated to include a comment.",
    "The headline of this article was changed.",
    "The headline has been updated to reflect the ruling.",
    "The article has been corrected.",
    "An earlier version of this article misspelled the name.",
    "Earlier versions of this story gave the wrong age.",
    "In an earlier version of this report, Congress was said to have passed the bill.",
    "A previous version of this article said parliament had voted.",
    "An earlier version incorrectly said that 41 were hurt.",
    "This article originally stated that the mayor resigned.",
    "This story incorrectly stated the age of the mayor.",
    "We have updated this story to make clear that it was not the mayor.",
    "A correction was made on May 3, 2024: An earlier version of this article misstated it.",
    "Correction, Nov. 15, 2019: This article originally misidentified the mayor.",
    "Correction added Nov. 18, 2019: The caption below the photograph was wrong.",
    "Correction (3 May): The bridge is older.",
    "Correction: The bridge is older.",
    "Clarification: The bridge is old.",
    "The text said so. This article has been amended to remove a name.",
    "This article has been amended to clarify that parliament has not voted.",
    "Dieser Artikel wurde am 3. Mai 2024 aktualisiert.",
    "Der Artikel wurde nachträglich korrigiert.",
    "In einer früheren Version dieses Artikels hieß es, 41 seien verletzt worden.",
    "In einer früheren Fassung hieß es, 41 seien verletzt worden.",
    "Wir haben den Fehler korrigiert.",
    "Une version précédente de cet article indiquait 41 blessés.",
    "Cet article a été modifié le 3 mai.",
    "Una versión anterior de este artículo decía 41.",
    "Este artículo ha sido corregido.",
    "Korrektur vom 3. Mai: Die Brücke ist alt.",
    "This page was corrected on 3 May.",
    "This article was updated with a comment of the mayor.",
)
NONE = (
    "This article of the constitution has been amended.",
    "This article of the constitution has been amended twice since 1990.",
    "This article was amended in 1992 to let women vote.",
    "This article has been amended several times.",
    "This article was amended by the new government on 3 May.",
    "This piece of legislation was revised before the vote.",
    "The report was revised upwards by the agency.",
    "The story was changed for the film.",
    "An earlier version of the bill was rejected.",
    "A previous version of the report said that 41 had died.",
    "The headline inflation figure was revised on Monday.",
    "“This article has been amended,” said the minister.",
    "He said this article has been amended.",
    "This report shows how the law was changed.",
    "This story originally appeared in the Monthly.",
    "This article was originally published by the Monthly.",
    "The post was updated by Mr Smith.",
    "Correction on Wall Street wipes out billions of dollars.",
    "Author of the article: Joseph Brean Published Aug 28, 2024 • Last updated 1 hour ago",
    "Corrections officers went on strike on Monday.",
    "Correction of 5 percent expected by the bank.",
    "Dieser Artikel des Grundgesetzes wurde 1994 geändert.",
    "Dieser Artikel wurde 1994 geändert.",
    "Der Text wurde vom Kabinett überarbeitet.",
    "Der Beitrag wurde auf 50 Euro geändert.",
    "In einer früheren Version der Software war der Fehler noch da.",
    "Une version précédente de la loi a été rejetée.",
    "Una versión anterior de la ley fue rechazada.",
    "Cet article a été modifié par le parlement.",
    "The article in the treaty has been amended.",
)


@pytest.mark.parametrize("text", NOTES)
def test_a_note_of_the_article_itself(text: str) -> None:
    """What tells readers that this article was changed is a correction note."""
    assert is_note(text)


@pytest.mark.parametrize("text", NONE)
def test_what_was_amended_elsewhere(text: str) -> None:
    """Laws, reports and other people's texts that were changed make no correction note."""
    assert not is_note(text)


@given(st.lists(st.sampled_from([*" .,:\n(", *NOTES, *NONE, "this article", "was", "version"])))
def test_any_text_is_judged(pieces: list[str]) -> None:
    """Whatever stands in a passage, it is judged, and no remark is a note."""
    text = " ".join(pieces)
    assert isinstance(tells_of_change(text), bool)
    assert not (is_remark(text) and is_note(text))
