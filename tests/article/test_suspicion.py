"""Tests of `archive.article.suspicion`: signs found where they are, and not on real articles."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.article import suspect, suspect_again, suspicion
from tests.article.pages import article, attribution, extracted, news

SOFT_PAYWALLS = {
    "042bb7b5fedab6ea": 68,
    "7ab16ade32386ece": 89,
}
"""Pages of the corpus that break off after a few sentences and say that they are not free."""

Fields = tuple[tuple[str, str], ...]


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
            b"Enable JavaScript and cookies to continue",
            6,
            "challenge page (its words)",
        ),
        (
            200,
            (),
            b'<form action="https://consent.news.example/save">',
            30,
            "consent wall (its form)",
        ),
        (200, (), b"<p>Subscribe to continue reading</p>", 60, "soft paywall (its words)"),
        (
            200,
            (),
            b'{"isAccessibleForFree" : "False"}',
            60,
            "soft paywall (says isAccessibleForFree: false)",
        ),
        (200, (), b'{"isAccessibleForFree": true}', 60, None),
        (200, (), b"<p>Subscribe to continue reading</p>", 600, None),
        (200, (), b'{"isAccessibleForFree": false}', 600, None),
        (403, (), b'{"isAccessibleForFree": false}', 600, None),
        (404, (), b"<h1>Not found</h1>", 2, None),
    ],
)
def test_signs(status: int, fields: Fields, content: bytes, words: int, reason: str | None) -> None:
    """A sign counts with little text or a refusing status, in the header always."""
    assert suspect(status, fields, content, words) == reason


@pytest.mark.parametrize("mark", [mark for sign in suspicion._SIGNS for mark in sign.marks])
def test_every_mark_is_found(mark: bytes) -> None:
    """Each mark of the table, in capitals too, makes an otherwise empty page suspect."""
    assert suspect(200, (), b"<html>" + mark.upper() + b"</html>", 3) is not None


def test_short_articles_about_it_are_not_suspect() -> None:
    """A short page that only loads a captcha for its comments or tells of one is left alone."""
    script = "<script src=https://www.google.com/recaptcha/api.js></script><p>A captcha story.</p>"
    assert suspect(200, (), article(body=script, paragraphs=1).encode(), 60) is None


def test_real_pages_are_suspect_only_where_they_break_off() -> None:
    """Of 295 real pages exactly the two that are soft paywalls are suspect."""
    found = {}
    for name, content in [*news(), *attribution()]:
        result = extracted()[name].article
        words = result.words if result else 0
        reason = suspect(200, (("Content-Type", "text/html"),), content, words)
        if reason:
            found[name[:16]] = words
            assert reason == "soft paywall (says isAccessibleForFree: false)"
    assert found == SOFT_PAYWALLS


def test_nothing_extracted() -> None:
    """Without an extraction small pages are searched for signs, large ones only when refused."""
    small = b"<title>Just a moment...</title>"
    large = small + b" " * 40_000
    assert suspect(200, (), small, None) == "challenge page (Cloudflare)"
    assert suspect(200, (), large, None) is None
    assert suspect(403, (), large, None) == "challenge page (Cloudflare)"


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
    marks = [b"", b"subscribe to continue reading", b"action='https://consent.", b"px-captcha"]
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
