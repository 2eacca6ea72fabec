"""Tests of `archive.article.claims`: the title derived, and claims in JSON."""

from __future__ import annotations

from typing import Any

import pytest

from archive.article import Claim, Claims, derive_title
from archive.errors import DocumentError
from tests.article.pages import extracted, fold, truths

MEMBERS: dict[str, Any] = Claim("headline", "A", "title", "/html/head/title").to_json()


def claims(*pairs: tuple[str, str]) -> Claims:
    """Headline claims of these signals and values."""
    return Claims(tuple(Claim("headline", value, signal, "/html") for signal, value in pairs))


@pytest.mark.parametrize(
    ("found", "title", "rule", "others"),
    [
        ([("visible-text", "A storm")], "A storm", "h1", ()),
        ([("title", "A storm | News")], "A storm | News", "title", ()),
        (
            [
                ("title", "A storm - News"),
                ("opengraph", "A storm - News"),
                ("visible-text", "A STORM"),
            ],
            "A STORM",
            "h1 within og:title",
            (0, 1),
        ),
        (
            [("opengraph", "Storm over Kyiv"), ("visible-text", "A storm")],
            "Storm over Kyiv",
            "og:title",
            (1,),
        ),
        ([("visible-text", "A storm"), ("title", "News")], "A storm", "h1", (1,)),
        (
            [("visible-text", "News"), ("opengraph", "A storm hits | News")],
            "A storm hits | News",
            "og:title",
            (0,),
        ),
        (
            [
                ("visible-text", "News"),
                ("visible-text", "A storm hits"),
                ("title", "A storm hits | News"),
            ],
            "A storm hits",
            "h1 within title",
            (0, 2),
        ),
        (
            [("opengraph", "“A” – b"), ("visible-text", '"A" - B')],
            '"A" - B',
            "h1 within og:title",
            (),
        ),
    ],
)
def test_title_rules(
    found: list[tuple[str, str]], title: str, rule: str, others: tuple[int, ...]
) -> None:
    """The rule that picked is named, and the claims that say something else are kept."""
    derived = derive_title(claims(*found))
    assert derived is not None
    assert (derived.value, derived.rule, derived.others) == (title, rule, others)
    assert found[derived.claim][1] == title


def test_no_headline_gives_no_title() -> None:
    """Claims about something else are no title."""
    assert derive_title(Claims()) is None
    assert derive_title(Claims((Claim("author", "A", "meta", "/html"),))) is None


def test_titles_of_real_pages() -> None:
    """At least 93 of 114 titles are exact (trafilatura's own: 77), and 102 are among the claims."""
    derived = among = 0
    for name, truth in truths().items():
        found = extracted()[name].claims
        title = derive_title(found)
        derived += title is not None and fold(str(title.value)) == fold(truth["title"])
        among += any(fold(c.value) == fold(truth["title"]) for c in found.about("headline"))
    assert derived >= 93
    assert among >= 102


def test_claims_are_a_sequence() -> None:
    """Claims are iterated, counted, indexed and asked by property."""
    found = Claims((Claim("author", "A", "meta", "/"), Claim("headline", "B", "title", "/")))
    assert len(found) == 2
    assert [c.value for c in found] == ["A", "B"]
    assert found.about("headline") == (found[1],)
    assert found.about("publisher") == ()


def test_claim_survives_json() -> None:
    """A claim with every field comes back the same; unknown members are left alone."""
    claim = Claim("headline", "a\n b", "title", "/x", (3, 9), "parsed", "a b")
    assert Claim.from_json({**claim.to_json(), "later": [1]}) == claim


@pytest.mark.parametrize(
    "change",
    [
        {"value": 1},
        {"path": None},
        {"strength": "certain"},
        {"strength": []},
        {"normalized": 3},
        {"span": [3]},
        {"span": [3, 2]},
        {"span": [-1, 2]},
        {"span": [True, 2]},
        {"span": "3-4"},
        {"record": "page"},
        {"record": 1},
    ],
)
def test_malformed_claim_is_refused(change: dict[str, Any]) -> None:
    """A claim with a member of the wrong kind is a clear error."""
    Claim.from_json(MEMBERS)
    with pytest.raises(DocumentError):
        Claim.from_json({**MEMBERS, **change})


def test_a_claim_is_an_object() -> None:
    """Anything else in the list of claims is a clear error."""
    with pytest.raises(DocumentError, match="not an object"):
        Claim.from_json(["headline"])


@pytest.mark.parametrize(
    ("element", "agree"),
    [
        ("Pier closes | The Gazette", True),
        ("Pier closes – The Gazette", True),
        ("The Gazette: Pier closes", True),
        ("Pier closes", True),
        ("Pier closes after debate", True),
        ("Pier closes: a chronicle of shame", True),
        ("Old Pier closes | The Gazette", True),
        ("Pier reopens | The Gazette", False),
        ("The Gazette: Pier reopens", False),
    ],
)
def test_a_title_element_may_name_the_site(element: str, agree: bool) -> None:
    """A title element with more in it than a headline is no conflict; another word in it is."""
    found = Claims(
        (
            Claim("headline", element, "title", "/html/head/title", (0, 1), "stated"),
            Claim("headline", "Pier closes", "opengraph", "/html/head/meta", (2, 3), "stated"),
        )
    )
    assert (found.conflicts() == ()) == agree
