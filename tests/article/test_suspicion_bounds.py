"""From where on a response is looked at, on both sides, as numbers."""

from __future__ import annotations

import pytest

from archive.article import suspect

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
