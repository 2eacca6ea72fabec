"""Tests of searching texts, and of captures that share passages."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

import pytest

import archive
from archive.disk.layout import Layout
from archive.disk.lock import hold_lock
from archive.index.words import TextIndex
from tests.collection.press import open_press

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


@pytest.mark.parametrize(
    "change",
    [
        "PRAGMA user_version = 2",
        "UPDATE mark SET envelope = 'x'",
        "CREATE VIEW more AS SELECT 1",
        "CREATE TRIGGER later AFTER INSERT ON mark BEGIN DELETE FROM capture; END",
        "PRAGMA journal_mode = WAL",
    ],
)
def test_a_file_of_old_or_of_another_collection_is_none(
    full: archive.Collection, tmp_path: Path, change: str
) -> None:
    """A file of another version or schema, one written ahead (which a reader could not open without
    making files), or one whose mark names another envelope, is passed over and replaced by the next
    commit.
    """
    file, before = full.path / "texts.sqlite", urls(full.search("ferry"))
    with sqlite3.connect(file) as connection:
        connection.execute("DELETE FROM capture")
        connection.commit()
        connection.execute(change)
    connection.close()
    there = sorted(full.path.rglob("*"))
    assert urls(full.search("ferry")) == before
    assert sorted(full.path.rglob("*")) == there
    add_later(full, tmp_path)
    assert count(file) == len(full)
    assert file.read_bytes()[18:20] == b"\1\1"


def add_later(press: archive.Collection, folder: Path) -> None:
    """Import one more text."""
    text = folder / "later.txt"
    text.write_text(OTHER)
    press.import_file(text, "https://later.example/story")


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE text SET terms = 'many', total = x'00'",
        "UPDATE signs SET title = 7, body = 'none'",
        "UPDATE capture SET sequence = 'first'",
        "INSERT INTO words (rowid, entries) VALUES (1, 'ferry#xx')",
    ],
)
def test_values_that_were_never_written_are_no_answer(
    full: archive.Collection, change: str
) -> None:
    """Damage gives the same as reading the texts, or less of it, and never a traceback."""
    before = [full.search(asked) for asked in ("ferry", "41 million")]
    with sqlite3.connect(full.path / "texts.sqlite") as connection:
        connection.execute(change)
    connection.close()
    for asked, known in zip(("ferry", "41 million"), before, strict=True):
        assert {one.id for one in full.search(asked)} <= {one.id for one in known}
    assert len(full.related(full.get("https://wire.example/story"))) <= 1
    full.reindex()
    assert full.search("ferry") == before[0]


def test_a_journal_of_a_deleted_file_is_not_played_into_the_next(
    full: archive.Collection, tmp_path: Path
) -> None:
    """What a killed writer left beside a file that was then deleted does not spoil the new one."""
    file = full.path / "texts.sqlite"
    other = sqlite3.connect(file)
    other.execute("PRAGMA cache_size = 1")
    other.execute("BEGIN IMMEDIATE")
    other.executemany("INSERT INTO capture VALUES (?, '2026', 1)", ((n,) for n in range(3000)))
    journal = file.with_name("texts.sqlite-journal")
    left = journal.read_bytes()
    other.rollback()
    other.close()
    assert len(left) > 512
    file.unlink()
    journal.write_bytes(left)
    add_later(full, tmp_path)
    assert not journal.exists()
    assert count(file) == len(full)
    assert sorted(urls(full.search("ferry"))) == ["paper", "wire"]


def test_a_file_that_another_process_writes_is_not_replaced(
    full: archive.Collection, tmp_path: Path
) -> None:
    """A file that cannot even be read just now is left alone: it is neither damaged nor old."""
    file = full.path / "texts.sqlite"
    before, inode = count(file), file.stat().st_ino
    other = sqlite3.connect(file)
    other.execute("BEGIN EXCLUSIVE")
    add_later(full, tmp_path)
    other.close()
    assert (count(file), file.stat().st_ino) == (before, inode)
    add_later(full, tmp_path)
    assert (count(file), file.stat().st_ino) == (len(full), inode)


def test_a_commit_is_saved_where_the_file_cannot_be_written(
    full: archive.Collection, tmp_path: Path
) -> None:
    """A cache that cannot be made stops nobody; what was saved is found without it."""
    file = full.path / "texts.sqlite"
    file.unlink()
    (file / "in-the-way").mkdir(parents=True)
    add_later(full, tmp_path)
    assert urls(full.search("dog")) == ["later"]
    assert full.verify().ok


def test_texts_are_fed_when_others_may_write_again(
    full: archive.Collection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Feeding is no part of what happens under the lock: a second writer can have it meanwhile."""
    held: list[bool] = []

    def feed(layout: Layout, *_: object) -> None:
        with hold_lock(layout.lock, patience=0):
            held.append(True)

    monkeypatch.setattr("archive.store.writer.feed_file", feed)
    add_later(full, tmp_path)
    assert held == [True]


def test_a_writer_killed_while_it_feeds_loses_nothing(
    full: archive.Collection, tmp_path: Path
) -> None:
    """A process that dies before the mark is moved leaves a file that the next one goes on with."""
    full.close()
    child = os.fork()
    if not child:  # pragma: no cover: it dies in the middle of it
        TextIndex.move_mark = lambda *_: os._exit(9)  # type: ignore[method-assign]
        with open_press(tmp_path) as writer:
            add_later(writer, tmp_path)
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9
    with open_press(tmp_path) as press:
        assert len(press) == 5
        assert count(press.path / "texts.sqlite") == 4
        assert len(press.search("dog")) == 1
        add_later(press, tmp_path)
        assert count(press.path / "texts.sqlite") == len(press) == 6


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
