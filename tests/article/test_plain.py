"""Tests of `archive.article.plain`: pages of plain text and their paragraphs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.article import extract
from archive.article.plain import find_plain_text, is_plain

WRAPPED = (
    "The council voted on Tuesday to keep the\r\n"
    "old ferry pier open for another ten years.\r\n"
    "\r\n"
    "A second vote was put off.\r\n"
)
LIST = "What was decided, in the order of the votes:\n- the pier stays\n- tickets cost more\n"
VERSE = "Short lines\nstay lines\n"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            WRAPPED,
            "The council voted on Tuesday to keep the old ferry pier open for another ten years.\n"
            "A second vote was put off.\n",
        ),
        (LIST, LIST),
        (VERSE, VERSE),
        ("One\n\n \n\nTwo", "One\nTwo\n"),
        ("One\rTwo\u2028Three", "One\nTwo\nThree\n"),
        (" \n\t\n", ""),
    ],
)
def test_paragraphs_end_at_empty_lines(text: str, wanted: str) -> None:
    """Lines broken to a width are joined, others stay; every paragraph is one line."""
    assert find_plain_text(text.encode(), "text/plain")[0] == wanted


def test_a_page_of_plain_text_has_a_text_and_quotations() -> None:
    """It is decoded by its charset, and extracted by the same extractor as any page."""
    page = 'Ada Größe said: "The vote came as a relief to everyone here."'.encode("latin-1")
    found = extract(page, "text/plain;charset=iso-8859-1", "https://news.example/a.txt")
    assert (found.outcome, found.text) == ("ok", page.decode("latin-1") + "\n")
    assert found.extractor is not None
    assert "plain-text" in found.extractor.options["rules"]
    assert len(found.quotations.entries) == 1
    assert found.decoding is not None
    assert found.decoding.rule == "http"


def test_markup_is_not_plain_text() -> None:
    """What is stated as HTML, as something else, or not at all, goes the usual way."""
    for kind in ("text/html", "text/csv", "application/json", None, ""):
        assert not is_plain(kind)
    assert extract(b"Only words", "text/csv", "https://a.example/").outcome == "none"
    assert extract(b" \n", "text/plain", "https://a.example/").reason == "empty"


@given(st.text(max_size=80))
def test_any_text_gives_lines(text: str) -> None:
    """No characters are lost but blanks, and no line is empty."""
    found, _ = find_plain_text(text.encode("utf-8", "surrogatepass"), "text/plain;charset=utf-8")
    assert all(line.strip() for line in found.splitlines())
    assert found == "" or found.endswith("\n")
