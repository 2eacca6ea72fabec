"""Lines that look like what a rule lets pass, and are edits: nothing is hidden, nothing excused."""

from __future__ import annotations

import pytest

from archive.comparison import Comparison, compare_sides
from tests.article.test_reading import LINES, paragraphs
from tests.comparison.test_pages import side

HEADLINE = "Council closes the pier"
COST = "Repairs would have cost {} million, the engineers told the council in their report."


def made(inner: str, cost: int = 14, *, under: str = "", head: str = "", last: int = 9) -> bytes:
    """A page with this in the story and under the headline, so many paragraphs of it."""
    return (
        f'<html lang="en"><head><title>{HEADLINE}</title>{head}</head><body><article>'
        f"<h1>{HEADLINE}</h1>{under}<p>{COST.format(cost)}</p>{paragraphs(*LINES[:last])}{inner}"
        "</article></body></html>"
    ).encode()


def compare(before: bytes, after: bytes) -> Comparison:
    """What is said of two pages."""
    return compare_sides(side(before), side(after))


@pytest.mark.parametrize(
    "line",
    [
        "Updated plans were approved at {} pm",
        "By Friday {} people had died",
        "Updated: {}",
        "Updated figures: {} dead",
        "Updated {} June: 3 dead",
        "Published: {},000 copies",
        "The rules were last updated {} June 2026",
        "Opens at {} am",
        "Deadline: {} June 2026",
        "Died {} June 2026",
        "Missing since {} June",
        "Reviewed by {} judges",
        "As of Friday, {} dead",
        "Added {}",
        "Views on the war: {}",
        "Subscribe or lose: minister to {} towns",
    ],
)
@pytest.mark.parametrize("form", ["<p>{}</p>", "<div>{}</div>", "<ul><li>{}</li></ul>"])
def test_a_number_in_a_line_like_a_label_is_a_change(line: str, form: str) -> None:
    """Words that begin like a time of update or a counter, and say something else."""
    pages = (made(form.format(line.format(number))) for number in (4, 7))
    assert any("number" in change.classes for change in compare(*pages).changes)


@pytest.mark.parametrize(
    "line",
    [
        "The rules were last updated 4 June 2026",
        "The law was updated on 4 June 2026.",
        "Updated plans were approved on 4 June 2026",
        "He said the map was updated 4 June 2026",
        "The site was updated at 15:05",
        "The app, updated 4 June 2026, is free.",
        "Its website says: last updated 4 June 2026",
        "Update the app by 4 June 2026",
        "A new version was modified on 4 June 2026",
    ],
)
def test_what_else_was_updated_tells_of_no_edit(line: str) -> None:
    """A sentence about rules, maps and apps that were updated makes no edit told."""
    assert compare(made(""), made(f"<p>{line}</p>", 41)).silent is True


@pytest.mark.parametrize(
    "form",
    [
        "<figure><img src=x><figcaption>Updated {} June 2026</figcaption></figure>",
        "<table><caption>Updated {} June 2026</caption><tr><td>1</td></tr></table>",
    ],
)
def test_a_caption_tells_of_its_picture(form: str) -> None:
    """That a map or table was updated makes no edit of the text told; the page's line does."""
    assert compare(made(form.format(3)), made(form.format(4), 41)).silent is True
    under = [f"<p>Updated {day} June 2026</p>" for day in (3, 4)]
    assert compare(made("", under=under[0]), made("", 41, under=under[1])).silent is False


@pytest.mark.parametrize(
    "line",
    [
        "By Jane Doe, 3 June 2026, updated 4 June 2026",
        "3 June 2026 (updated 4 June 2026)",
        "Published 3 June 2026 | Updated 4 June 2026",
        "Updated on Thursday, 4 June 2026, 15:05",
    ],
)
def test_a_labelled_time_behind_a_date_still_tells(line: str) -> None:
    """The page's own line is known behind its date of publication, a stroke or in brackets."""
    assert compare(made(""), made("", 41, under=f"<p>{line}</p>")).silent is False


@pytest.mark.parametrize(
    "line",
    [
        "The newsletter that went to subscribers was wrong.",
        "Subscribers to the paper were told of it on Monday.",
        "Subscriptions fell by a tenth last year.",
        "Members of the council left early.",
        "Subscribe, the minister told the islanders.",
        "The app is free for islanders.",
        "“Subscribe to our newsletter,” said Olsen.",
        "",
    ],
)
def test_a_gutted_article_with_news_of_subscriptions_is_a_silent_edit(line: str) -> None:
    """What breaks off does so before a paywall only where a line asks its reader for something."""
    assert compare(made(""), made(f"<p>{line}</p>", last=2)).silent is True


@pytest.mark.parametrize(
    "line",
    [
        "Subscribe to read the rest of this article.",
        "This article is for subscribers.",
        "Already a member? Log in",
        "Keep reading for 1 euro a month.",
        "You have read your last free article.",
        "To continue, subscribe now.",
    ],
)
def test_a_paywall_is_still_one(line: str) -> None:
    """Lines of walls, where the article breaks off, leave silence unjudged."""
    assert compare(made(""), made(f"<p>{line}</p>", last=2)).silent is None


@pytest.mark.parametrize(
    "line",
    [
        "Subscribe to nothing, the minister told islanders on Monday, and 14 did.",
        "Sign up, the army told 14 men in May.",
        "Join us or leave, the mayor told the 14 towns.",
        "Donate blood, the hospital asked the 14 towns.",
        "Log in to vote, the council told members in 14 towns.",
        "Download speeds rose to 14 megabits.",
        "Support for the mayor fell to 14 percent.",
        "Newsletter writers earned 14 million.",
    ],
)
def test_news_that_begins_like_an_advertisement_is_judged(line: str) -> None:
    """What somebody told others to do, and news of subscriptions, is silent where nothing tells."""
    added = compare(made(""), made(f"<p>{line}</p>"))
    edited = compare(*(made(f"<p>{line.replace('14', number)}</p>") for number in ("14", "41")))
    assert added.silent is True
    assert edited.silent is True


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        ("Jane Doe resigns", False),
        ("Guilty: Jane Doe", False),
        ("Jane Doe was shot", False),
        ("By Jane Doe", True),
        ("Text: Jane Doe", True),
        ("Jane Doe, Berlin", True),
        ("Jane Doe", True),
    ],
)
def test_a_line_with_the_authors_name_is_a_byline_only_by_its_form(line: str, kept: bool) -> None:
    """News about somebody who is also the author is not taken for a byline that the page keeps."""
    known = {"head": '<meta name="author" content="Jane Doe">', "under": "<p>By Jane Doe</p>"}
    found = compare(made(f"<p>{line}</p>", **known), made("", **known))  # type: ignore[arg-type]
    assert found.same is kept


def test_another_author_is_a_change_and_so_is_another_photographer() -> None:
    """A person exchanged in a byline or a credit is substantive."""
    for one, two in (("By Jane Doe", "By John Roe"), ("Photos: Jane Doe", "Photos: Ola Ek")):
        found = compare(made("", under=f"<p>{one}</p>"), made("", under=f"<p>{two}</p>"))
        assert any(change.significance == "substantive" for change in found.changes)


def test_the_date_of_a_hearing_is_not_explained_by_the_pages_date() -> None:
    """A sentence with the same old and new date as the page's own is told beside it."""
    pages = (
        made(
            f"<p>The hearing is on {day} June 2026.</p>",
            head=f'<meta property="article:published_time" content="2026-06-0{day}">',
            under=f"<p>Published {day} June 2026</p>",
        )
        for day in (3, 4)
    )
    assert {"published", "number"} <= {*compare(*pages).classes}
