"""Tests of how a comparison is counted and shown."""

from __future__ import annotations

import pytest

from archive.article import Article, Claims
from archive.cli.diff import print_comparison
from archive.cli.output import Output
from archive.comparison import compare


def article(text: str) -> Article:
    """An article of that text, which claims nothing."""
    return Article.of(text, Claims())


@pytest.mark.parametrize(
    ("before", "after", "summary"),
    [
        ("One line.\nTwo.\n", "One  line.\nTwo.\n", "spacing changed"),
        ("One line.\nTwo.\n", "One line.\n\nTwo.\n", "spacing changed"),
        ("One line.\n\nTwo.\n", "One line.\nTwo.\n", "spacing changed"),
        ("One line.\nTwo.\n", "One line.\nTwo.\nThree.\n", "1 passage added"),
        ("One line.\nTwo.\n", "One line.\n", "1 passage removed"),
        ("One a b.\nTwo.\n", "One  a b.\nSix.\n", "1 passage changed, spacing changed"),
    ],
)
def test_spacing_is_not_counted_as_a_passage(before: str, after: str, summary: str) -> None:
    """Where only white space differs, that is said, and no passage is counted for it."""
    comparison = compare(article(before), article(after))
    assert not comparison.same
    assert comparison.summary() == summary


def test_a_line_end_that_was_put_in_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    """A difference that is nothing but line ends is shown as their sign, not as nothing."""
    print_comparison(Output(), compare(article("One.\nTwo.\n"), article("One.\n\nTwo.\n")))
    assert "{+¶+}" in capsys.readouterr().out
