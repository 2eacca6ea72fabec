"""The index is a cache: gone, old, damaged or too new, it costs nothing and leads nobody astray."""

from __future__ import annotations

import random
import shutil
import sqlite3
from pathlib import Path

import pytest

import archive
from archive.disk.layout import Layout
from archive.errors import StorageError
from archive.index.completion import catch_up, rebuild_index
from archive.index.queries import Index
from tests.capture.settings import LOCAL
from tests.collection.press import Clock, check_verified, open_press, page
from tests.collection.test_unchanged import wire
from tests.servers import OddServer
from tests.store import shelf


@pytest.fixture(scope="module")
def five(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A collection of five captures in two files; ``index.old`` is the index after two."""
    folder = tmp_path_factory.mktemp("five")
    with shelf.unlogged(folder, 2, file_size=12_000) as press:
        shutil.copy(Layout(press.path).index, folder / "index.old")
        for number in range(2, 5):
            shelf.add_text(press, number)
        assert len(Layout(press.path).files()) == 2
    return folder


def copy_of(folder: Path, target: Path) -> tuple[Path, Layout]:
    """A copy of a collection: its folder, and where things lie in it."""
    shutil.copytree(folder, target)
    return target, Layout(target / "press")


def ids(press: archive.Collection) -> list[str]:
    """The ids of all captures."""
    return [capture.id for capture in press.captures()]


def goes_on(folder: Path, kept: int) -> None:
    """Insist that a writer mends the index and goes on without a gap."""
    with shelf.unlogged(folder) as press:
        assert shelf.add_text(press, 60).row.sequence == kept
        check_verified(press)
        assert press.status().indexed
    assert shelf.known_rows(press.path) == shelf.rows_in_files(press.path)


@pytest.mark.parametrize("state", ["deleted", "older", "garbage", "empty", "folder", "version"])
def test_an_index_that_is_no_use_is_made_anew(five: Path, tmp_path: Path, state: str) -> None:
    """Readers do without it and change nothing; the next writer makes it anew, row by row equal."""
    folder, layout = copy_of(five, tmp_path / "copy")
    whole = shelf.known_rows(five / "press")
    spoil(layout.index, state, five / "index.old")
    before = shelf.read_tree(layout.root)
    with shelf.unlogged(folder) as press:
        assert [capture.row for capture in press.captures()] == whole
        assert press.get(whole[0].id[:8]).row == whole[0]
        assert press.status().indexed is False
    assert shelf.read_tree(layout.root) == before
    if state == "folder":
        with shelf.unlogged(folder) as press, pytest.raises(StorageError):
            shelf.add_text(press, 60)
        layout.index.rmdir()
    goes_on(folder, 5)


def spoil(index: Path, state: str, old: Path) -> None:
    """Bring an index into a state that is no use."""
    if state == "older":
        shutil.copy(old, index)
        return
    index.unlink()
    if state == "garbage":
        index.write_bytes(random.Random(1).randbytes(50_000))
    elif state == "empty":
        index.touch()
    elif state == "folder":
        index.mkdir()
    elif state == "version":
        connection = sqlite3.connect(index)
        connection.executescript("CREATE TABLE capture (a); PRAGMA user_version = 1;")
        connection.close()


@pytest.mark.parametrize("seed", range(25))
def test_random_damage_to_the_index_leads_nobody_astray(
    five: Path, tmp_path: Path, seed: int
) -> None:
    """Random bytes in the index: readers show every capture, and whatever a writer then signs is
    right, or it stops with exit 8.
    """
    dice = random.Random(seed)
    folder, layout = copy_of(five, tmp_path / "copy")
    whole = [row.id for row in shelf.known_rows(five / "press")]
    data = bytearray(layout.index.read_bytes())
    for _ in range(dice.choice([1, 10, 200])):
        data[dice.randrange(100, len(data))] = dice.randrange(256)
    layout.index.write_bytes(bytes(data))
    with shelf.unlogged(folder) as press:
        assert ids(press) == whole
    with shelf.unlogged(folder) as press:
        try:
            shelf.add_text(press, 60)
        except StorageError as error:
            assert "reindex" in str(error)  # noqa: PT017 both ends are right
            press.reindex()
            shelf.add_text(press, 60)
        check_verified(press)


def test_a_changed_value_in_the_index_is_noticed(five: Path, tmp_path: Path) -> None:
    """A row whose values do not fit its checksum is not believed, and so never signed."""
    folder, layout = copy_of(five, tmp_path / "copy")
    connection = sqlite3.connect(layout.index)
    connection.execute("UPDATE capture SET envelope = ? WHERE sequence = 4", ("0" * 64,))
    connection.commit()
    connection.close()
    index = Index.open_reading(layout.index)
    assert index is not None
    with pytest.raises(StorageError, match="index is damaged"):
        index.last()
    index.close()
    goes_on(folder, 5)


def test_an_index_of_another_state_is_not_believed(five: Path, tmp_path: Path) -> None:
    """An index of files that were since replaced by others of the same name is made anew."""
    folder, layout = copy_of(five, tmp_path / "copy")
    shutil.copy(five / "index.old", layout.index)
    other, theirs = copy_of(folder, tmp_path / "other")
    [_, second] = theirs.files()
    second.unlink()
    theirs.index.unlink()
    with shelf.unlogged(other, clock=Clock()) as press:
        press.reindex()
        shelf.add_text(press, 33, size=4000)
    longer = layout.files()[0]
    shutil.copy(theirs.index, layout.index)
    with shelf.unlogged(folder) as press:
        found = ids(press)
        assert found == [row.id for row in shelf.rows_in_files(layout.root)]
        with pytest.raises(StorageError):  # the index has read more of a file than there is
            shelf.add_text(press, 60)
        press.reindex()
    assert longer.exists()
    goes_on(folder, 5)


@pytest.mark.parametrize("how", ["gone", "shorter", "cut between groups", "emptied"])
def test_files_that_hold_less_than_the_index_knows_stop_writers(
    five: Path, tmp_path: Path, how: str
) -> None:
    """A WARC file lost or cut: writers end with exit 8, readers show what is left."""
    folder, layout = copy_of(five, tmp_path / "copy")
    rows = shelf.known_rows(layout.root)
    last = layout.files()[-1]
    if how == "gone":
        last.unlink()
    else:
        ends = {"shorter": -10, "cut between groups": rows[-1].offset, "emptied": 0}
        last.write_bytes(last.read_bytes()[: ends[how]])
    left = [row.id for row in shelf.rows_in_files(layout.root)]
    assert 0 < len(left) < 5
    before = shelf.read_tree(layout.root)
    with shelf.unlogged(folder) as press:
        assert ids(press) == left
        assert len(list(press.history("https://news.example/0"))) > 0
        with pytest.raises(StorageError, match="captures are missing") as caught:
            shelf.add_text(press, 60)
        assert caught.value.exit_code == 8
    assert shelf.read_tree(layout.warc) == {
        name.removeprefix("warc/"): value
        for name, value in before.items()
        if name.startswith("warc/")
    }
    with shelf.unlogged(folder) as press:
        assert press.reindex() == len(left)  # who accepts the loss says so
        assert shelf.add_text(press, 60).row.sequence == len(left)
        check_verified(press)


def test_reindexing_gives_the_same_rows(five: Path, tmp_path: Path) -> None:
    """An index made anew equals the one that grew with each commit, in every value and mark."""
    _, layout = copy_of(five, tmp_path / "copy")
    grown = Index.open_reading(layout.index)
    assert grown is not None
    rows, marks = list(grown.all()), grown.files()
    grown.close()
    made = rebuild_index(layout)
    assert list(made.all()) == rows
    assert made.files() == marks
    made.close()


def test_a_killed_writer_s_journal_does_not_spoil_a_new_index(five: Path, tmp_path: Path) -> None:
    """A journal left beside an index that was deleted is not played into the next one."""
    folder, layout = copy_of(five, tmp_path / "copy")
    connection = sqlite3.connect(layout.index)
    connection.execute("PRAGMA cache_size = 1")
    connection.execute("PRAGMA cache_spill = 1")
    connection.execute("BEGIN IMMEDIATE")
    for number in range(300):
        connection.execute("INSERT INTO file VALUES (?, 0, NULL, NULL, NULL, 0)", (str(number),))
    journal = layout.index.with_name("index.sqlite-journal")
    left = journal.read_bytes()
    connection.rollback()
    connection.close()
    assert len(left) > 512
    layout.index.unlink()
    journal.write_bytes(left)
    goes_on(folder, 5)


def test_an_index_replaced_under_a_writer_is_opened_anew(five: Path, tmp_path: Path) -> None:
    """A writer at work notices that its index was deleted or made anew by somebody else."""
    folder, layout = copy_of(five, tmp_path / "copy")
    with shelf.unlogged(folder) as press:
        shelf.add_text(press, 60)
        layout.index.unlink()
        shelf.add_text(press, 61)
        shelf.unlogged(folder).reindex()
        shelf.add_text(press, 62)
    goes_on(folder, 8)


def test_rows_of_what_was_just_written_are_those_of_the_files(
    tmp_path: Path, odd_server: OddServer
) -> None:
    """What a writer takes into the index without reading it again is what reading it gives."""
    clock = Clock()
    wall = wire(page("Just a moment..."), b"cf-mitigated: challenge", status=b"403 Forbidden")
    gzip = wire(b"no gzip", b"Content-Encoding: gzip")
    cut = wire(page())[:-9]
    moved = b"HTTP/1.1 301 x\r\nLocation: /page\r\nContent-Length: 0\r\n\r\n"
    file = tmp_path / "story.txt"
    file.write_bytes("“Nie”, sagte Anna.\n".encode())
    with open_press(tmp_path, clock, extracting=False) as press:
        bare = press.add(odd_server.set("/bare", wire(page("Bare"))), LOCAL)
        press.extract(bare)
    with open_press(tmp_path, clock) as press:
        for name, sent in {
            "/page": wire(page()),
            "/wall": wall,
            "/gzip": gzip,
            "/cut": cut,
            "/moved": moved,
        }.items():
            for _ in range(2):
                clock.advance(60)
                press.add(odd_server.set(name, sent), LOCAL)
        press.import_file(file, "https://news.example/a", date="2024-08-10")
        file.write_bytes(b"<html></html>\n")
        press.import_file(file, "https://news.example/b", grade="html")
        entries = [shelf.writer(press).index.entries(kind) for kind in ("keyring", "text")]
    rows = shelf.known_rows(press.path)
    assert rows == shelf.rows_in_files(press.path)
    assert {row.outcome for row in rows} == {"captured", "unchanged", "failed"}
    assert {row.suspicion is None for row in rows} == {True, False}
    index = Index.create(None)
    catch_up(Layout(press.path), index)
    assert entries == [index.entries(kind) for kind in ("keyring", "text")]
    assert entries[1][0].title == "Bare"
    index.close()
