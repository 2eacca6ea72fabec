"""The six labelled pairs of real pages."""

from __future__ import annotations

import re

import pytest

from archive.article import extract
from archive.comparison import compare_sides, read_side
from archive.comparison.result import Comparison
from tests.places import shared


def compare(name: str) -> Comparison:
    """Compare a pair, each page at the URL that it names itself."""
    sides = []
    for which in "ab":
        content = shared("corpus", "pages", "pairs", f"{name}-{which}.html").read_bytes()
        named = re.search(rb'rel="canonical"\s+href="(https?://[^"]+)"', content)
        url = named[1].decode() if named else "https://site.example/page"
        sides.append(read_side(content, None, url, extract(content, None, url)))
    return compare_sides(*sides)


@pytest.mark.parametrize("name", ["footer", "num-views", "small-changes"])
def test_noise_makes_no_substantive_change(name: str) -> None:
    """Rotating teasers, counters and navigation are no edit."""
    assert compare(f"falsepos-{name}").select(least="substantive") == ()


@pytest.mark.parametrize("name", ["image-removal", "major-changes"])
def test_edits_are_substantive(name: str) -> None:
    """A caption gone with its picture, and a page rewritten, are substantive."""
    assert compare(f"truepos-{name}").select(least="substantive")


def test_a_dataset_that_was_taken_away_is_a_link() -> None:
    """The only trace of the removal is a button's link, which the text has not."""
    (change,) = compare("truepos-dataset-removal").changes
    assert (change.classes, change.part, change.after) == (("link",), "page", "")
    assert "View this Dataset" in change.before
