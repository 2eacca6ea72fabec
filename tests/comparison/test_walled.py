"""Whether a page breaks off before a paywall: then nobody is accused."""

from __future__ import annotations

import pytest

from archive.comparison import Comparison, compare_sides
from tests.comparison.test_pages import side

PARAGRAPHS = [
    f"Paragraph {n} tells at some length of the old pier, of those who wanted to keep it, and of"
    f" the {n + 20} councillors who voted on it that night."
    for n in range(12)
]
STATED = (
    '<script type="application/ld+json">'
    '{"@type": "NewsArticle", "isAccessibleForFree": %s}</script>'
)
VENDOR = '<script src="https://cdn.tinypass.com/api/tinypass.min.js"></script>'
FORM = '<form><input type="email"><button>Go on</button></form>'


def told(kept: int, behind: str = "", head: str = "", language: str = "en") -> bytes:
    """A page with the first paragraphs of an article, and something behind them."""
    lines = "".join(f"<p>{line}</p>" for line in PARAGRAPHS[:kept])
    return (
        f'<html lang="{language}"><head><title>Council closes the pier</title>{head}</head><body>'
        f"<article><h1>Council closes the pier</h1>{lines}{behind}</article></body></html>"
    ).encode()


def found(one: bytes, two: bytes) -> Comparison:
    """What is said of two pages."""
    return compare_sides(side(one), side(two))


@pytest.mark.parametrize(
    ("language", "behind", "head"),
    [
        ("en", "<p>You have 0 free articles remaining. Subscribe for unlimited access.</p>", ""),
        ("en", "<p>To continue reading this article, please log in or subscribe.</p>", ""),
        ("en", "", STATED % "false"),
        ("en", "", VENDOR),
        ("en", FORM, ""),
        ("da", "<p>Resten af artiklen er kun for abonnenter.</p>", ""),
        ("ko", "<p>이 기사는 유료 회원만 볼 수 있습니다.</p>", ""),
        ("he", "<p>כתבה זו זמינה למנויים בלבד.</p>", ""),
        ("lt", "<p>Šis straipsnis skirtas tik prenumeratoriams.</p>", ""),
    ],
)
@pytest.mark.parametrize("kept", [1, 3, 5])
def test_a_page_that_breaks_off_before_a_wall_accuses_nobody(
    language: str, behind: str, head: str, kept: int
) -> None:
    """A beginning alone, and a second sign of a paywall, have no verdict in either order."""
    short = told(kept, behind, head, language)
    for pair, name in (((told(8), short), "later"), ((short, told(8)), "earlier")):
        verdict = found(*pair)
        assert not verdict.same
        assert verdict.silent is None
        assert f"the {name} page" in (verdict.silent_reason or "")


@pytest.mark.parametrize(
    "behind",
    [
        "",
        "<p>The council has declined to give its reasons, and the mayor could not be reached.</p>",
    ],
)
@pytest.mark.parametrize("around", ["", STATED % "true"])
@pytest.mark.parametrize("kept", [1, 3, 5])
def test_a_gutted_article_is_a_silent_edit(kept: int, behind: str, around: str) -> None:
    """Where no second sign of a paywall stands, what was cut away was cut away in silence."""
    assert found(told(8, head=around), told(kept, behind, around)).silent is True


def test_a_form_that_both_pages_have_is_no_wall() -> None:
    """A field for an address that stands under the whole article too is a newsletter's."""
    assert found(told(8, FORM), told(3, FORM)).silent is True
    assert found(told(8), told(3, FORM)).silent is None


@pytest.mark.parametrize(("lost", "silent"), [(2, None), (1, True)])
def test_a_quarter_is_lost_where_a_page_breaks_off(lost: int, silent: bool | None) -> None:
    """Less than a quarter of the article that went is an edit, whatever stands behind it."""
    assert found(told(8, head=VENDOR), told(8 - lost, head=VENDOR)).silent is silent


@pytest.mark.parametrize(("gone", "silent"), [(1, None), (2, True)])
def test_what_stands_before_the_break_is_there(gone: int, silent: bool | None) -> None:
    """Where more than a fifth before the break went as well, the article was edited."""
    kept = told(5, head=VENDOR)
    for line in PARAGRAPHS[1 : 1 + gone]:
        kept = kept.replace(f"<p>{line}</p>".encode(), b"")
    assert found(told(8, head=VENDOR), kept).silent is silent


@pytest.mark.parametrize(("count", "silent"), [(8, None), (10, True)])
def test_a_wall_says_little(count: int, silent: bool | None) -> None:
    """Where more than a notice is new behind the break, the rest was written anew."""
    line = "<p>The mayor said that of the {} boats none would ever come back to the old quay.</p>"
    behind = "".join(line.format(n + 100) for n in range(count))
    assert found(told(12), told(3, behind, VENDOR)).silent is silent


@pytest.mark.parametrize(("count", "silent"), [(1, None), (2, True)])
def test_a_story_that_goes_on_is_no_wall(count: int, silent: bool | None) -> None:
    """Beside two new paragraphs of a story one that speaks of subscribers is news as well."""
    said = "The mayor said on Monday that of the {} boats that had left the harbour none would ever"
    line = f"<p>{said} come back to the old quay there.</p>"
    news = "<p>The ferry has subscribers, who want to continue reading on the boats.</p>"
    behind = "".join(line.format(n + 100) for n in range(count))
    assert found(told(12), told(3, f"{behind}{news}")).silent is silent
