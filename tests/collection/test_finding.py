"""Tests of searching texts, and of captures that share passages."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

import archive

WIRE = (
    "The old ferry pier will close in April, the council said on Tuesday evening.\n"
    "Repairs would have cost 14 million, according to a report that is not public.\n"
)
PAPER = WIRE.replace("14 million", "41 million") + "Islanders are angry about Ærø’s café.\n"
OTHER = "A dog was found in the harbour of Lund and taken home by a passer-by on Monday.\n"


@pytest.fixture
def full(press: archive.Collection, tmp_path: Path) -> archive.Collection:
    """A collection with three texts, one of them twice."""
    for name, text in (("wire", WIRE), ("paper", PAPER), ("other", OTHER), ("wire", WIRE)):
        file = tmp_path / "text.txt"
        file.write_text(text)
        press.import_file(file, f"https://{name}.example/story")
    return press


def urls(captures: list[archive.Capture]) -> list[str]:
    """Their hosts."""
    return [capture.url.split("/")[2].partition(".")[0] for capture in captures]


def test_search_finds_words_and_phrases(full: archive.Collection) -> None:
    """All words have to be there, phrases in a row; case and accents count for nothing."""
    assert sorted(urls(full.search("FERRY", "million"))) == ["paper", "wire"]
    assert urls(full.search("41 million")) == ["paper"]
    assert full.search("million 41") == []
    assert urls(full.search("cafe")) == ["paper"]
    assert full.search('"*) OR NEAR(', "") == []
    assert urls(full.search("NEAR", most=5)) == []


def test_search_lists_each_text_once_by_its_latest_capture(full: archive.Collection) -> None:
    """Of two captures with one text the later is found, and only that."""
    [found] = full.search("14 million")
    assert found.id == full.captures_of("https://wire.example/story")[-1].id


def test_related_finds_an_edited_copy(full: archive.Collection) -> None:
    """A copy with one number changed shares most of its runs of five words, exactly counted."""
    [found] = full.related(full.get("https://wire.example/story"))
    assert urls([found.capture]) == ["paper"]
    words = 14 + 14
    assert found.shingles == words - 4 - 5
    assert found.share == pytest.approx(found.shingles / (words - 4))
    assert full.related(full.get("https://other.example/story")) == []


def test_reading_leaves_no_file_and_reindex_makes_one(full: archive.Collection) -> None:
    """Searching writes nothing; after reindex the same is found, also with a damaged file."""
    file = full.path / "texts.sqlite"
    before = urls(full.search("ferry"))
    assert not file.exists()
    full.reindex()
    assert file.is_file()
    assert urls(full.search("ferry")) == before
    file.write_bytes(b"SQLite format 3\0" + b"\xff" * 5000)
    assert urls(full.search("ferry")) == before


def test_an_index_that_was_tampered_with_shows_nothing_that_is_not_there(
    full: archive.Collection,
) -> None:
    """Captures that an index names and the collection has not are passed over."""
    full.reindex()
    with sqlite3.connect(full.path / "texts.sqlite") as connection:
        connection.execute("INSERT INTO capture VALUES ('00000000-none', 1)")
    assert len(full.search("ferry")) == 2
