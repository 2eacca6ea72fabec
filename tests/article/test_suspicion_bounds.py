"""From where on a response is looked at, on both sides."""

from __future__ import annotations

import pytest

from archive.article import suspect
from archive.article.suspicion import emptiness, wording

WALL = b"<p>Subscribe to continue reading</p>"


@pytest.mark.parametrize(("words", "told"), [(299, True), (300, False)])
def test_300_words_are_an_article(words: int, told: bool) -> None:
    """With one fewer it counts what a page says."""
    assert bool(suspect(200, (), WALL, words)) is told


@pytest.mark.parametrize(("more", "told"), [(0, True), (1, False)])
def test_a_mebibyte_of_a_page_is_searched(more: int, told: bool) -> None:
    """What ends behind it is not seen."""
    mark = b"px-captcha"
    page = b" " * (1_048_576 - len(mark) + more) + mark
    assert bool(suspect(403, (), page, 0)) is told


@pytest.mark.parametrize(
    ("status", "refused"),
    [
        *((code, True) for code in (401, 402, 403, 405, 406, 429, 451, 503)),
        *((code, False) for code in (200, 400, 404, 407, 428, 430, 450, 452, 502, 504)),
    ],
)
def test_which_statuses_say_that_a_page_was_refused(status: int, refused: bool) -> None:
    """A field that whole pages carry as well counts with these alone."""
    assert bool(suspect(status, (("X-DataDome", "protected"),), b"", 0)) is refused


def asked(title: str, body: str) -> str | None:
    """What is suspected of a short page that came with 200."""
    page = f"<html><head><title>{title}</title></head><body>{body}</body></html>".encode()
    return suspect(200, (("content-type", "text/html"),), page, 40)


@pytest.mark.parametrize(
    ("size", "reason"),
    [
        (emptiness.NOTHING - 1, "login page (its form)"),
        (emptiness.NOTHING, "little text beside a form"),
    ],
)
def test_a_page_of_fewer_than_60_signs_shows_nothing(size: int, reason: str) -> None:
    """Its markup says what it is; with one sign more it is a page with little text."""
    assert asked("Zut", f'<p>{"x" * size}</p><input type="password">') == reason


@pytest.mark.parametrize(
    ("size", "reason"),
    [(wording.ALONE - 1, "challenge page (its words)"), (wording.ALONE, None)],
)
def test_beside_a_wall_s_words_stand_fewer_than_60_signs(size: int, reason: str | None) -> None:
    """With as many a page may tell something."""
    wall = "<p>Verify you are human</p>"
    assert asked("Zut", f"{wall}<p>{'x' * size}</p>") == reason


@pytest.mark.parametrize(
    ("size", "reason"),
    [(wording.NAMED - 1, "page not found (its title)"), (wording.NAMED, None)],
)
def test_a_page_named_as_missing_has_fewer_than_600_signs(size: int, reason: str | None) -> None:
    """With as many it may be an article that is called so."""
    assert asked("Page not found", f"<p>{'x' * size}</p>") == reason


@pytest.mark.parametrize(
    ("size", "reason"),
    [(wording.ANSWER, "consent wall (its words)"), (wording.ANSWER + 1, None)],
)
def test_what_one_presses_to_consent_has_40_signs(size: int, reason: str | None) -> None:
    """A longer line is no answer, however much of it says *accept all*."""
    lines = (
        "<p>It is for you alone to say who of us may look at what you read, said the old"
        " shop, and gave a manage preferences page of many hundred names to all who came.</p>"
        "<p>There we value your privacy, it was told on its wall in small letters, for as long"
        " as nobody comes to ask what that may mean to those who read, or to those who sell.</p>"
    )
    answer = ("accept all " * 3).ljust(size, "x")
    assert asked("Zut", f"{lines}<button>{answer}</button>") == reason
