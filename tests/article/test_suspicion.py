"""Tests of `archive.article.suspicion`: signs found where they are, and not on real articles."""

from __future__ import annotations

from typing import Any

import pytest
from benchmarks.made import read_set
from hypothesis import given
from hypothesis import strategies as st

from archive.article import suspect, suspect_again
from archive.article.suspicion import vendors, wording
from tests.article.pages import article, attribution, extracted, news

SOFT_PAYWALLS = {
    "042bb7b5fedab6ea": 68,
    "7ab16ade32386ece": 89,
}
"""Pages of the corpus that break off after a few sentences and say that they are not free."""

Fields = tuple[tuple[str, str], ...]

ASKED = "https://news.example/2026/06/story"
STORY = "<p>The ferry pier closes in April, the council of Norhaven said on Tuesday evening.</p>"


@pytest.mark.parametrize(
    ("status", "fields", "content", "words", "reason"),
    [
        (403, (("CF-Mitigated", "challenge"),), b"", 0, "challenge page (Cloudflare)"),
        (200, (("cf-mitigated", "challenge"),), b"", 900, "challenge page (Cloudflare)"),
        (405, (("x-amzn-waf-action", "captcha"),), b"", 0, "challenge page (AWS WAF)"),
        (403, (("X-DataDome", "protected"),), b"", 0, "challenge page (DataDome)"),
        (200, (("X-DataDome", "protected"),), b"", 0, None),
        (403, (("Server", "AkamaiGHost"),), b"", 0, "challenge page (Akamai)"),
        (200, (), b"<TITLE>Just a moment...</TITLE>", 8, "challenge page (Cloudflare)"),
        (403, (), b"<script>window._cf_chl_opt={}", 0, "challenge page (Cloudflare)"),
        (
            403,
            (),
            b"<script src=https://ct.captcha-delivery.com/c.js>",
            0,
            "challenge page (DataDome)",
        ),
        (200, (), b"<div id='px-captcha'>", 4, "challenge page (PerimeterX)"),
        (
            200,
            (),
            b"<p>Enable JavaScript and cookies to continue</p>",
            6,
            "challenge page (its words)",
        ),
        (200, (), b"<p>Subscribe to continue reading</p>", 60, "soft paywall (its words)"),
        (200, (), b'{"isAccessibleForFree": false}', 60, None),
        (200, (), b"<p>Subscribe to continue reading</p>", 600, None),
        (403, (), b'{"isAccessibleForFree": false}', 600, None),
        (200, (("Content-Type", "application/json"),), b'{"error": "not found"}', 0, None),
        (404, (), b"<h1>Not found</h1>", 2, None),
    ],
)
def test_signs(status: int, fields: Fields, content: bytes, words: int, reason: str | None) -> None:
    """A sign counts with little text or a refusing status, in the header always."""
    assert suspect(status, fields, content, words) == reason


@pytest.mark.parametrize("mark", [mark for _, _, marks in vendors._MARKS for mark in marks])
def test_every_mark_is_found(mark: str) -> None:
    """Each mark of the table, in capitals too, makes an otherwise empty page suspect, and one that
    was refused, and no page that shows a story.
    """
    page = f"<html><body><i id='{mark.upper()}'></i></body></html>"
    assert suspect(200, (), page.encode(), 3) is not None
    assert suspect(403, (), page.encode(), 3) is not None
    told = f"<html><body><i id='{mark.upper()}'></i>{STORY}</body></html>"
    assert suspect(200, (), told.encode(), 40) is None or "<title>" in mark


def test_short_articles_about_it_are_not_suspect() -> None:
    """A short page that only loads a captcha for its comments or tells of one is left alone."""
    script = "<script src=https://www.google.com/recaptcha/api.js></script><p>A captcha story.</p>"
    assert suspect(200, (), article(body=script, paragraphs=1).encode(), 60) is None


def test_real_pages_are_suspect_only_where_they_break_off() -> None:
    """Of 295 real pages exactly two soft paywalls and a script without text are suspect."""
    found = {}
    for name, content in [*news(), *attribution()]:
        words = extracted()[name].shown_words
        reason = suspect(200, (("Content-Type", "text/html"),), content, words)
        if reason:
            found[name[:16]] = words
            assert reason.startswith(("soft paywall", "script application"))
    assert found == {**SOFT_PAYWALLS, "kr-HankookIlbo_2": 0}


@pytest.mark.parametrize("half", ["dev", "held"])
def test_made_pages_that_are_no_article(half: str) -> None:
    """Of the made pages 97 of 100 are suspected, of whole articles that are like them none is."""
    walls = [one for one in read_set("walls", half) if one["suspected"]]
    missed = [one["name"] for one in walls if not ask(one)]
    assert len(missed) <= 0.05 * len(walls), missed
    others = [one for one in read_set("walls", half) if not one["suspected"]]
    others += read_set("articles", half)
    assert [one["name"] for one in others if ask(one)] == []


def ask(case: dict[str, Any]) -> str | None:
    """What is suspected of a made page, of which little was extracted."""
    return suspect(
        case.get("status", 200),
        tuple((name, value) for name, value in case.get("fields", ())),
        case["html"].encode(),
        60,
        asked=ASKED,
        arrived=case.get("url", ASKED),
    )


@pytest.mark.parametrize(
    ("asked", "arrived", "kind"),
    [
        ("https://news.example/a/story", "https://news.example/", "front page"),
        ("https://news.example/a/story", "https://news.example/en/", "front page"),
        ("https://news.example/a/story", "https://news.example/index.html", "front page"),
        ("https://news.example/", "https://news.example/en/", None),
        ("https://news.example/a/story", "https://news.example/404", "page not found"),
        ("https://news.example/a/story", "https://news.example/login?next=x", "login page"),
        ("https://news.example/a/story", "https://consent.news.example/c", "consent wall"),
        ("https://news.example/a/story", "https://news.example/error/", "error page"),
        ("https://news.example/error/a", "https://news.example/error/b", None),
        ("https://news.example/a/story", "https://news.example/b/story", None),
        ("https://news.example/a/story", "https://news.example/?p=5", None),
    ],
)
def test_a_redirect_to_another_kind_of_address(asked: str, arrived: str, kind: str | None) -> None:
    """Where a redirect led tells what a page is, unless the address asked for reads so too."""
    assert suspect(200, (), b"<p>hello", 900, asked=asked, arrived=arrived) == kind


@pytest.mark.parametrize(("more", "suspected"), [(-1, True), (0, False)])
def test_an_invitation_stands_after_a_teaser(more: int, suspected: bool) -> None:
    """So much of a story may stand before an invitation to subscribe, and no more."""
    page = f"<p>{'x' * (wording.TEASER + more)}<p>Subscribe to continue reading"
    assert bool(suspect(200, (), page.encode(), 200)) is suspected


@pytest.mark.parametrize("status", [200, 403])
@pytest.mark.parametrize("words", [3, 600])
@pytest.mark.parametrize(
    "now", [(), (("cf-mitigated", "challenge"),), (("Server", "AkamaiGHost"),)]
)
@pytest.mark.parametrize("then", [(), (("X-Amzn-Waf-Action", "captcha"),)])
def test_content_seen_before_gives_the_same(
    status: int, words: int, now: Fields, then: Fields
) -> None:
    """What was found before and the header fields of now say what searching again would."""
    marks = [b"", b"<p>subscribe to continue reading", b"<p>not found", b"<i id=px-captcha>"]
    for content in (b"<html>" + mark for mark in marks):
        before = suspect(status, then, content, words)
        again = suspect_again(status, now, content, words, before=before)
        assert again == suspect(status, now, content, words)


@given(
    st.integers(100, 999),
    st.lists(st.tuples(st.text(max_size=20), st.text(max_size=20)), max_size=3).map(tuple),
    st.binary(max_size=200),
    st.integers(0, 400),
)
def test_never_raises(status: int, fields: Fields, content: bytes, words: int) -> None:
    """Any response gives words or None."""
    reason = suspect(status, fields, content, words)
    assert reason is None or reason
