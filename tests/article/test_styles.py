"""What an inline style says, as a browser computes it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.article.styles import read_style

STYLES = json.loads(
    (Path(__file__).parents[2] / "fixtures" / "verdicts" / "styles.json").read_bytes()
)
UNREAD = "text-decoration:1!imp\\6frtant"
"""A thickness without its unit is not known from one with it."""

PIECES = (
    *("display", "visibility", "all", "--x", "none", "block", ":", ";", "!important", "/*"),
    *("*/", "\\", "\\6f ", "'", '"', "(", ")", "{", "}", "[", "@media", "var(", "url(", "\n"),
)


@pytest.mark.parametrize("case", STYLES, ids=lambda case: case["style"][:40].encode().hex()[:24])
def test_a_style_hides_and_strikes_what_it_does_in_a_browser(case: dict[str, str]) -> None:
    """Comments, escapes, strings, brackets, invalid values, importance: as Chromium reads them."""
    style = read_style(case["style"])
    assert (style.display == "none") is (case["display"] == "none")
    hidden = ("hidden", "collapse")
    assert (style.visibility in hidden) is (case["visibility"] in hidden)
    assert (style.content == "hidden") is (case["content-visibility"] == "hidden")
    if UNREAD not in case["style"]:
        assert style.struck is ("line-through" in case["text-decoration-line"])


def test_the_browser_was_asked_for_enough_of_each() -> None:
    """Of the styles in the list a browser hides many, strikes some, and shows the greater part."""
    assert len(STYLES) >= 250
    assert sum(case["display"] == "none" for case in STYLES) >= 40
    assert sum(case["visibility"] in ("hidden", "collapse") for case in STYLES) >= 2
    assert sum("line-through" in case["text-decoration-line"] for case in STYLES) >= 5


@given(st.one_of(st.text(), st.lists(st.sampled_from(PIECES)).map("".join)))
def test_what_is_important_stays_whatever_follows(written: str) -> None:
    """Any text is read, and undoes an important declaration before it only with one of its own."""
    style = read_style(f"display:none!important;{written}")
    if "important" not in written.lower() and "\\" not in written:
        assert style.display == "none"
