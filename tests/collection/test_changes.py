"""What changed since the capture before: for one capture, and for a whole collection."""

from __future__ import annotations

import pickle
import sqlite3
from datetime import date
from pathlib import Path

import pytest
from attrs import evolve

import archive
from archive.adding.listing import read_list
from archive.collection import Step, comparing
from archive.index.changed import ChangeIndex, KeptDifference
from tests.article.test_reading import page as article
from tests.capture.settings import LOCAL
from tests.collection.press import Clock, open_press
from tests.collection.test_host_noise import SPRING, WINTER, story
from tests.collection.test_versions import LOST, WALL, rows_of
from tests.comparison.test_pages import DENIED, TOOK
from tests.servers import Nginx


def add(press: archive.Collection, nginx: Nginx, clock: Clock, content: bytes) -> archive.Capture:
    """Capture one page, a day later each time."""
    clock.advance(86_400)
    return press.add(nginx.publish("change.html", content), LOCAL)


def told(capture: archive.Capture) -> Step:
    """What changed in a capture."""
    assert capture.change is not None, capture.change_reason
    return capture.change


def test_a_capture_tells_what_changed_as_a_comparison_does(
    press: archive.Collection, nginx: Nginx, clock: Clock
) -> None:
    """The first says that it is one; then there are the classes and the silence of `compare`."""
    first = add(press, nginx, clock, article(LOST.format(TOOK)))
    assert (first.change, first.change_reason) == (
        None,
        "no capture of an article at this URL before it",
    )
    same = add(press, nginx, clock, article(LOST.format(TOOK), after="<footer>One</footer>"))
    assert (told(same).same, told(same).since, told(same).classes) == (True, first, ())
    edited = add(press, nginx, clock, article(LOST.format(DENIED)))
    compared = press.compare(same, edited)
    assert compared.silent
    assert told(edited) == Step(same, edited, told(edited).difference)
    assert (told(edited).classes, told(edited).silent) == (compared.classes, True)
    assert press.get(edited.id).change == edited.change


def test_what_is_no_article_tells_why_nothing_is_said(
    press: archive.Collection, nginx: Nginx, clock: Clock
) -> None:
    """A wall and a failure are no change, and the next article is held against the last one."""
    first = add(press, nginx, clock, article(""))
    wall = add(press, nginx, clock, WALL.format("Access denied").encode())
    assert wall.change is None
    assert (wall.change_reason or "").startswith("probably not the article: ")
    clock.advance(60)
    (nginx.root / "change.html").unlink()
    gone = press.add(first.url, LOCAL)
    assert (gone.change, gone.change_reason) == (None, "the capture failed")
    again = add(press, nginx, clock, article("<p>1,204 views</p>"))
    assert (told(again).same, told(again).since) == (True, first)


def test_a_text_that_was_not_extracted_is_not_compared(
    tmp_path: Path, nginx: Nginx, clock: Clock
) -> None:
    """Bytes that were kept without a text say so, and nothing is extracted to compare them."""
    with open_press(tmp_path, clock) as press:
        add(press, nginx, clock, article(""))
    with open_press(tmp_path, clock, extracting=False) as press:
        later = add(press, nginx, clock, article(f"<p>{TOOK}</p>"))
    assert (later.change, later.change_reason) == (None, "no text was extracted")


def test_what_comparing_breaks_does_not_break_adding(
    press: archive.Collection, nginx: Nginx, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is stored is stored; that it could not be compared is told."""
    add(press, nginx, clock, article(""))

    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(comparing, "compare_sides", fail)
    edited = add(press, nginx, clock, article(f"<p>{TOOK}</p>"))
    assert press.get(edited.id) == edited
    assert edited.change_reason == "it could not be compared: ZeroDivisionError"


def test_a_capture_without_its_collection_does_not_guess(
    press: archive.Collection, nginx: Nginx, clock: Clock
) -> None:
    """A pickled capture has no collection that could compare it, and says so."""
    capture = add(press, nginx, clock, article(""))
    with pytest.raises(archive.UsageError, match="without its collection"):
        _ = pickle.loads(pickle.dumps(capture)).change


def test_silent_is_said_only_after_the_records_were_read_again(
    press: archive.Collection, nginx: Nginx, clock: Clock, tmp_path: Path
) -> None:
    """An index that calls an edit silent, which the later page tells of, accuses nobody."""
    first = add(press, nginx, clock, article(f"<p>{TOOK}</p>"))
    note = "<p>Correction: an earlier version of this article said that he took it.</p>"
    edited = add(press, nginx, clock, article(f"<p>{DENIED}</p>{note}"))
    assert told(edited).silent is False
    forged = evolve(told(edited).difference, silent=True, classes=("headline",))
    kept = KeptDifference(first.row.envelope, edited.row.envelope, "", "", forged)
    index = ChangeIndex.open_writing(press.path / "changes.sqlite")
    index.keep([], [kept], [])
    index.close()
    with open_press(tmp_path, clock) as reader:
        (step,) = reader.changes()
        assert step == told(edited)
        assert reader.get(edited.id).change == step


def test_the_changes_of_a_collection_come_newest_first(
    press: archive.Collection, nginx: Nginx, clock: Clock
) -> None:
    """All captures whose article is another one than before, of a time and of a host."""
    pages = [article(LOST.format(TOOK)), article(LOST.format(TOOK)), article(LOST.format(DENIED))]
    _, _, second, wall, third = (
        add(press, nginx, clock, content)
        for content in (*pages, WALL.format("Access denied").encode(), article(f"<p>{TOOK}</p>"))
    )
    assert [step.capture for step in press.changes()] == [third, second]
    assert [step.capture for step in press.changes(since=wall.date)] == [third]
    assert [step.capture for step in press.changes(since=third.row.date)] == [third]
    assert list(press.changes(since="2030-01-01")) == []
    assert list(press.changes(since=date(2030, 1, 1))) == []
    assert len(list(press.changes(since=date(2020, 1, 1)))) == len(list(press.changes()))
    assert len(list(press.changes(host="127.0.0.1"))) == 2
    assert list(press.changes(host="news.example")) == []
    with pytest.raises(archive.UsageError, match="not an ISO date"):
        list(press.changes(since="Monday"))


def test_a_run_over_a_list_is_told_with_what_all_its_pages_have(
    press: archive.Collection, nginx: Nginx, clock: Clock
) -> None:
    """A notice that all pages of a host exchanged is no change once the whole run is stored, and
    the index that the run leaves says so.
    """
    for notice in (SPRING, WINTER):
        clock.advance(86_400)
        urls = [nginx.publish(f"run-{at}.html", story(at, notice)) for at in range(3)]
        entries, _ = press.plan(read_list(urls))
        captures = list(press.add_all(entries, LOCAL, delay=0))
        assert len(captures) == 3
    assert list(press.changes()) == []
    kept = {row[:2]: row[4] for row in rows_of(press.path / "changes.sqlite")["difference"]}
    assert set(kept.values()) == {1}
    assert len(kept) == 3


def test_what_a_commit_cannot_write_is_computed_by_who_reads(
    press: archive.Collection, nginx: Nginx, clock: Clock
) -> None:
    """While another process writes the index of changes a commit goes on, and the same is said."""
    add(press, nginx, clock, article(""))
    add(press, nginx, clock, article("<p>1,204 views</p>"))
    other = sqlite3.connect(press.path / "changes.sqlite")
    other.execute("BEGIN IMMEDIATE")
    edited = add(press, nginx, clock, article(f"<p>{TOOK}</p>"))
    assert told(edited).classes == ("paragraph-added",)
    other.close()
    assert [step.capture for step in press.changes()] == [edited]
