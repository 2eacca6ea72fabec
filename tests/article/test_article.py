"""Tests of `archive.article.article` and `archive.article.imported`."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.article import Article, Claims, extract, looks_like_html, read_text
from archive.article.article import count_words, has_words
from tests.article.pages import URL, article, extracted
from tests.places import shared


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0),
        ("Don't stop, it’s 1,000 words", 6),
        ("'quoted' – well…", 2),
        ("Über-große Änderung", 3),
        ("中国航天技术", 6),
        ("iPhone 15を発売", 5),
        ("한국일보 기사", 2),
        ("\u2028\n\t", 0),
    ],
)
def test_words_are_counted_by_one_rule(text: str, words: int) -> None:
    """Apostrophes join, hyphens part, characters of unspaced scripts count one each."""
    assert count_words(text) == words


@given(st.text(st.sampled_from("aÉ0_'’ -.한ə\u0301\n")))
def test_words_of_spaced_scripts_are_the_same_beside_an_ideograph(text: str) -> None:
    """A text without unspaced scripts is counted faster, and not otherwise."""
    assert count_words(text + "\n") + 1 == count_words(text + "\n中")


@given(st.text(st.sampled_from("aÉ0_'’ -.한中ไั\u0301\n")), st.integers(0, 12))
def test_many_words_are_found_without_counting_all(text: str, least: int) -> None:
    """A text has so many words or more exactly when counting says so."""
    assert has_words(text, least) == (count_words(text) >= least)


def test_article_of_a_page() -> None:
    """A page's article has title, signal, paragraphs and words that belong together."""
    result = extract(article("Bridge closed").encode(), None, URL).article
    assert result is not None
    assert (result.title, result.title_signal) == ("Bridge closed", "visible-text")
    assert "".join(f"{line}\n" for line in result.paragraphs) == result.text
    assert result.words == count_words(result.text) > 200


def test_articles_of_real_pages() -> None:
    """Real pages with text have a title of one line and at least one paragraph."""
    for name, result in extracted().items():
        if result.article is None:
            continue
        assert result.article.title, name
        assert "\n" not in result.article.title
        assert result.article.words > 0


def test_text_is_taken_as_it_is() -> None:
    """An import's text is the file's lines: CR, NUL, tabs, empty lines and all."""
    data = "one\r\n\n\ttwo\0 \u2028 three\x0b<p>é</p>\n \n".encode()
    result = read_text(data)
    assert result.record == data
    assert (result.outcome, result.reason, result.extractor) == ("ok", None, None)
    assert list(result.claims) == []


@pytest.mark.parametrize(
    ("data", "text", "encoding", "rule"),
    [
        (b"a", "a\n", "utf-8", "utf-8"),
        (b"\xef\xbb\xbfa\n", "a\n", "utf-8", "bom"),
        ("a\nb".encode("utf-16"), "a\nb\n", "utf-16le", "bom"),
        (b"caf\xe9\n", "café\n", "windows-1252", "windows-1252"),
        (
            b"<meta charset=koi8-r>\xe9\n",
            "<meta charset=koi8-r>é\n",
            "windows-1252",
            "windows-1252",
        ),
        (b"\n", "\n", "utf-8", "utf-8"),
    ],
)
def test_text_is_decoded_without_looking_for_declarations(
    data: bytes, text: str, encoding: str, rule: str
) -> None:
    """Byte order mark, UTF-8, windows-1252; a missing last line feed is added."""
    result = read_text(data)
    assert result.text == text
    assert result.decoding is not None
    assert (result.decoding.encoding, result.decoding.rule) == (encoding, rule)


def test_empty_text_is_none() -> None:
    """An empty file has no text and says so."""
    for data in (b"", b"\xef\xbb\xbf"):
        result = read_text(data)
        assert (result.outcome, result.reason, result.text) == ("none", "empty", None)


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_utf8_text_comes_back(text: str) -> None:
    """Whatever the text, its record holds exactly it, with one line feed at the end if missing."""
    body = text.removeprefix("\ufeff")
    expected = None if not body else body if body.endswith("\n") else body + "\n"
    assert read_text(text.encode()).text == expected


def test_seed_article_is_imported() -> None:
    """The article this project began with keeps its bytes and has no title."""
    data = shared("seed/kursk-article.txt").read_bytes()
    result = read_text(data)
    assert result.record == (data if data.endswith(b"\n") else data + b"\n")
    assert result.article is not None
    assert result.article == Article.of(result.text or "", Claims())
    assert (result.article.title, result.article.title_signal) == (None, None)
    assert 700 < result.article.words < 1200
    assert not looks_like_html(data, "kursk-article")


@pytest.mark.parametrize(
    ("data", "name", "expected"),
    [
        (b"words", "a.HTML", True),
        (b"words", "a.htm", True),
        (b"<html>", "a.txt", False),
        (b"<!doctype HTML>", "page", True),
        (b"\xef\xbb\xbf \n<html lang=en>", "page.mht", True),
        (b"<?xml version='1.0'?>\n<!-- saved --> <!-- x --><html>", "", True),
        (b"<p>Words", "", True),
        (b"<pre-release>", "", False),
        (b"<!-- never closed <html>", "", False),
        (b"a < b and <html>", "", False),
        (b"", "", False),
        (b"<!---->" * 500 + b"words", "", False),
    ],
)
def test_html_is_told_from_text(data: bytes, name: str, expected: bool) -> None:
    """The name decides where it says so, else the first tag."""
    assert looks_like_html(data, name) is expected
