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


def count(file: Path) -> int:
    """How many captures an index of texts has."""
    with sqlite3.connect(file) as connection:
        return int(connection.execute("SELECT count(*) FROM capture").fetchone()[0])


def test_a_commit_feeds_the_index_and_reading_leaves_it(full: archive.Collection) -> None:
    """What was added is found by the file that its commit wrote; searching changes no byte."""
    file = full.path / "texts.sqlite"
    before = file.read_bytes()
    assert sorted(urls(full.search("ferry"))) == ["paper", "wire"]
    assert file.read_bytes() == before
    with sqlite3.connect(file) as connection:
        [(marked,)] = connection.execute("SELECT sequence FROM mark").fetchall()
    assert marked == max(capture.row.sequence for capture in full)


def test_searching_needs_no_file_and_makes_none(full: archive.Collection) -> None:
    """Without the file, or with a damaged one, the same is found, and none is made."""
    file = full.path / "texts.sqlite"
    before = urls(full.search("ferry"))
    file.unlink()
    assert urls(full.search("ferry")) == before
    assert not file.exists()
    file.write_bytes(b"SQLite format 3\0" + b"\xff" * 5000)
    assert urls(full.search("ferry")) == before
    full.reindex()
    assert urls(full.search("ferry")) == before


@pytest.mark.parametrize("change", ["PRAGMA user_version = 1", "UPDATE mark SET envelope = 'x'"])
def test_a_file_of_old_or_of_another_collection_is_none(
    full: archive.Collection, tmp_path: Path, change: str
) -> None:
    """A file of another version, or whose mark names another envelope, is passed over and replaced
    by the next commit.
    """
    file, before = full.path / "texts.sqlite", urls(full.search("ferry"))
    with sqlite3.connect(file) as connection:
        connection.execute("DELETE FROM capture")
        connection.execute(change)
    assert urls(full.search("ferry")) == before
    text = tmp_path / "later.txt"
    text.write_text(OTHER)
    full.import_file(text, "https://later.example/story")
    assert count(file) == len(full)


def test_what_a_commit_could_not_feed_the_next_one_does(
    full: archive.Collection, tmp_path: Path
) -> None:
    """While another process writes the index of texts a commit goes on without it; what it lacks is
    found all the same, and the next commit adds it.
    """
    file = full.path / "texts.sqlite"
    text = tmp_path / "busy.txt"
    text.write_text("Lanterns were lit along the quay of Norhaven, for the first time in years.\n")
    other = sqlite3.connect(file)
    other.execute("BEGIN IMMEDIATE")
    full.import_file(text, "https://busy.example/story")
    assert urls(full.search("lanterns")) == ["busy"]
    other.close()
    full.import_file(text, "https://again.example/story")
    assert count(file) == len(full)


def test_a_collection_that_was_never_indexed_is_caught_up_bit_by_bit(
    press: archive.Collection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A commit adds so many captures that were left behind, its own after all of them."""
    monkeypatch.setattr("archive.index.feeding._CATCHING_UP", 2)
    file, text = press.path / "texts.sqlite", tmp_path / "text.txt"

    def add(number: int) -> None:
        text.write_text(OTHER.replace("dog", f"dog of number {number}"))
        press.import_file(text, f"https://n{number}.example/story")

    for number in range(6):
        add(number)
    file.unlink()
    for number, counted in ((6, 3), (7, 6), (8, 9)):
        add(number)
        assert count(file) == counted
        assert len(press.search("dog", most=50)) == number + 1


def test_what_more_texts_have_than_can_be_a_story_relates_none(
    full: archive.Collection, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A passage that very many texts have is a site's own line, and counts for nothing."""
    story = full.get("https://wire.example/story")
    monkeypatch.setattr("archive.index.words._COMMON", 2)
    assert len(full.related(story)) == 1
    monkeypatch.setattr("archive.index.words._COMMON", 1)
    assert full.related(story) == []


def test_of_what_very_many_have_the_latest_are_ranked(
    full: archive.Collection, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of more texts than are ranked those that came in last are found."""
    monkeypatch.setattr("archive.index.words._RANKED", 2)
    assert sorted(urls(full.search("will"))) == ["paper", "wire"]
    monkeypatch.setattr("archive.index.words._RANKED", 1)
    assert urls(full.search("will")) == ["paper"]


def test_an_index_that_was_tampered_with_shows_nothing_that_is_not_there(
    full: archive.Collection,
) -> None:
    """Captures that an index names and the collection has not are passed over."""
    with sqlite3.connect(full.path / "texts.sqlite") as connection:
        connection.execute("INSERT INTO capture VALUES (1, '9999', 99)")
    assert len(full.search("ferry")) == 2
