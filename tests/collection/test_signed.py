"""No verdict stands beside unsigned data: caches that lie change nothing on a page."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

import archive
from archive.collection.signed import read_signed
from archive.index.changed import SAME, ChangeIndex, KeptDifference
from archive.index.reading import Reading
from tests.collection.press import Clock, open_press
from tests.store import shelf
from tests.store.test_poisoned_index import poison

URL = "https://news.example/1"


def change(folder: Path, statement: str) -> None:
    """Change an index behind everybody's back."""
    with closing(sqlite3.connect(folder / "press" / "index.sqlite")) as connection:
        connection.execute(statement)
        connection.commit()


def delete_row(folder: Path) -> None:
    """One row is deleted: in the middle."""
    change(folder, "DELETE FROM capture WHERE sequence = 2")


def delete_last(folder: Path) -> None:
    """The last row is deleted, and the numbers still follow each other."""
    change(folder, "DELETE FROM capture WHERE sequence = 5")


def rename_row(folder: Path) -> None:
    """A row is given another URL, and a checksum that fits."""
    other = "https://elsewhere.example/"
    poison(folder / "press" / "index.sqlite", 2, url=other, final_url=other)


def redate_row(folder: Path) -> None:
    """A row is given another date, and a checksum that fits."""
    poison(folder / "press" / "index.sqlite", 2, date="2020-01-01T00:00:00.000000Z")


def retitle_row(folder: Path) -> None:
    """A row is given another title, and a checksum that fits."""
    poison(folder / "press" / "index.sqlite", 2, title="Nothing of the kind", words=9)


def hide_change(folder: Path) -> None:
    """The cache of comparisons says of two versions that they are the same."""
    with open_press(folder) as press:
        one, two = press.captures_of(URL)
        index = ChangeIndex.open_writing(press.path / "changes.sqlite")
        told = KeptDifference(one.telling, two.telling, "", "", SAME)
        index.keep([], [told], [], [])
        index.close()


LIES = [delete_row, delete_last, rename_row, redate_row, retitle_row, hide_change]


@pytest.fixture(scope="module")
def four(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A collection of five captures of three URLs; two of `URL`, whose texts differ."""
    folder = tmp_path_factory.mktemp("five")
    clock = Clock()
    with shelf.collection(folder, clock=clock) as press:
        for number in range(5):
            shelf.add_text(press, number)
            clock.advance(100)
    return folder


@pytest.mark.parametrize("lie", LIES)
def test_a_page_with_a_verdict_shows_what_is_signed(
    four: Path, tmp_path: Path, lie: Callable[[Path], None]
) -> None:
    """Whatever index and cache are made to say, a report has both versions as they were signed."""
    folder = tmp_path / "copy"
    shutil.copytree(four, folder)
    with open_press(folder) as press:
        honest = [turn.to_dict() for turn in read_signed(press)[1].turns(URL)]
        assert [turn["turn"] for turn in honest] == ["first", "changed"]
    lie(folder)
    with open_press(folder) as press:
        report, signed = read_signed(press)
        assert report.verdict == "verified"
        assert [turn.to_dict() for turn in signed.turns(URL)] == honest
        page = archive.report_html(press, URL)
        assert "Nothing of the kind" not in page
        assert all(one["id"][:8] in page for one in honest)


@pytest.mark.parametrize("lie", [delete_row, delete_last])
def test_a_row_that_is_gone_is_completed_from_the_files(
    four: Path, tmp_path: Path, lie: Callable[[Path], None]
) -> None:
    """Lists and histories whose index has fewer rows than the files have envelopes are whole."""
    folder = tmp_path / "copy"
    shutil.copytree(four, folder)
    lie(folder)
    with open_press(folder) as press:
        assert len(list(press.captures())) == 5
        assert len(press.captures_of(URL)) == 2
        assert not press.status().indexed
        assert shelf.add_text(press, 5).row.sequence == 6
        assert press.status().indexed


def test_an_index_that_is_whole_is_used_as_it_is(
    four: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An index that says what was verified is not made anew to make a page."""
    with open_press(four) as press:
        monkeypatch.setattr(Reading, "distrust", pytest.fail)
        assert read_signed(press)[1].captures_of(URL) == press.captures_of(URL)


def test_a_page_of_two_captures_compares_them_anew(four: Path, tmp_path: Path) -> None:
    """The page of two captures holds what lies between their records, whatever caches say."""
    folder = tmp_path / "copy"
    shutil.copytree(four, folder)
    retitle_row(folder)
    with open_press(folder) as press:
        one, two = press.captures_of(URL)
        assert one.title == "Nothing of the kind"
        page = archive.diff_html(press, one, two)
        assert "Nothing of the kind" not in page


def test_what_a_later_text_says_is_read_from_its_records(four: Path, tmp_path: Path) -> None:
    """A capture that is told by its records has its later texts told by theirs."""
    with open_press(four) as press:
        capture = press.captures_of(URL)[0]
        _, signed = read_signed(press)
        assert signed.retell(capture).row == capture.reread().row
        with pytest.raises(archive.NotFoundError):
            signed.get("ffffffff")
