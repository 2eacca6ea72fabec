"""What newer rules say of stored bytes: computed when read, beside what was signed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import archive
from archive.adding import records
from archive.article import suspect, suspicion
from archive.disk.layout import Layout
from tests.article.test_reading import page as article
from tests.capture.settings import LOCAL
from tests.collection.press import Clock, open_press
from tests.collection.test_changes import add, told
from tests.collection.test_versions import WALL
from tests.comparison.test_pages import DENIED, TOOK
from tests.servers import Nginx

BEFORE, AFTER = article(f"<p>{TOOK}</p>"), article(f"<p>{DENIED}</p>")
BLOCKED = WALL.format("Access denied").encode()
REASON = "challenge page (its title)"


def nothing(*_: Any, **__: Any) -> None:
    """What rules say that know of nothing."""


@pytest.fixture
def old(tmp_path: Path, nginx: Nginx, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A collection with an article, a wall, an edited article and a wall again, of which nothing
    was suspected when they were captured.
    """
    with monkeypatch.context() as then, open_press(tmp_path, clock) as press:
        then.setattr(records, "_suspect", nothing)
        for content in (BEFORE, BLOCKED, AFTER, BLOCKED):
            assert add(press, nginx, clock, content).suspicion is None
        Layout(press.path).changes.unlink()  # that of an older version is none
        return press.path


def url_of(press: archive.Collection) -> str:
    """The one URL that was captured."""
    return next(iter(press)).url


def test_walls_that_older_rules_did_not_know_are_passed_over(old: Path) -> None:
    """A bare URL, ``~N`` and what changed name articles alone; nothing that was signed changes."""
    with archive.open(old) as press:
        first, wall, edited, last = list(press)
        url = url_of(press)
        assert [one.suspicion for one in (wall, last)] == [None, None]
        assert [one.doubt for one in (first, wall, edited, last)] == [None, REASON, None, REASON]
        assert press.get(url) == edited
        assert press.get(f"{url}@~1") == first
        assert press.get_at(url, wall.date) == wall
        with pytest.raises(archive.NotFoundError, match="only 2 such captures"):
            press.get(f"{url}@~2")
        assert wall.change_reason == f"probably not the article: {REASON}"
        assert (told(edited).since, told(edited).silent) == (first, True)


def test_history_and_comparison_tell_of_the_same_captures(old: Path) -> None:
    """The walls stand aside in the history, and the edit is the one that is compared."""
    with archive.open(old) as press:
        turns = press.turns(url_of(press))
        assert [(one.kind, len(one.version.captures)) for one in turns] == [
            ("first", 1),
            ("suspicious", 2),
            ("changed", 1),
        ]
        assert [one.to_dict()["doubt"] for one in turns] == [None, REASON, None]
        assert [one.to_dict()["suspicion"] for one in turns] == [None, None, None]
        (step,) = press.changes()
        since = turns[2].since
        assert (step.since, step.capture) == (since, turns[2].version.first)
        wall = turns[1].version.first
        found = press.compare(step.since, wall)
        assert found.silent is None
        assert REASON in (found.silent_reason or "")


def test_reading_keeps_nothing_and_reindex_all(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who reads computes what is missing and writes nothing; `reindex` keeps all of it."""
    with archive.open(old) as press:
        first, _, edited, _ = list(press)
        assert press.get(first.url) == edited
        assert not Layout(old).changes.exists()
        press.reindex()
    monkeypatch.setattr(suspicion, "suspect", nothing)  # which would suspect nothing
    with archive.open(old) as press:
        assert press.get(first.url) == edited
        assert [one.doubt for one in press] == [None, REASON, None, REASON]


def test_a_writer_keeps_what_it_found(
    old: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What `add` had to look at, to tell what changed, is not searched again."""
    with open_press(old.parent, clock) as press:
        url = url_of(press)
        again = press.add(url, LOCAL)
        assert (again.suspicion, again.doubt) == (None, REASON)  # its bytes were known before
        assert again.change_reason == f"probably not the article: {REASON}"
    searched: list[object] = []

    def count(*values: object, **_: object) -> None:
        searched.append(values)

    monkeypatch.setattr(suspicion, "suspect", count)
    with open_press(old.parent, clock) as press:
        press.add(url, LOCAL)
        assert press.get(again.id).doubt == REASON
    assert searched == []


def test_the_same_bytes_are_searched_once(
    press: archive.Collection, nginx: Nginx, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However often a page was captured unchanged, its bytes are searched once."""
    taken = [add(press, nginx, clock, BEFORE) for _ in range(4)]
    Layout(press.path).changes.unlink()
    searched: list[object] = []

    def count(*values: Any, **named: Any) -> str | None:
        searched.append(values)
        return suspect(*values, **named)

    monkeypatch.setattr(suspicion, "suspect", count)
    with archive.open(press.path) as again:
        assert [again.get(one.id).doubt for one in taken] == [None] * 4
    assert len(searched) == 1


def test_what_was_signed_as_suspected_stays_so(
    press: archive.Collection, nginx: Nginx, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Newer rules that find nothing take no suspicion back."""
    first = add(press, nginx, clock, BEFORE)
    wall = add(press, nginx, clock, BLOCKED)
    monkeypatch.setattr(suspicion, "suspect", nothing)
    Layout(press.path).changes.unlink()
    with archive.open(press.path) as again:
        assert again.get(wall.id).doubt == wall.suspicion == REASON
        assert again.get(first.url) == first


def test_what_breaks_the_rules_is_not_suspected(
    press: archive.Collection, nginx: Nginx, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A suspicion is a hint: where searching fails the capture is read as it is."""
    first = add(press, nginx, clock, BEFORE)
    Layout(press.path).changes.unlink()

    def fail(*_: object, **__: object) -> str:
        raise RecursionError

    monkeypatch.setattr(suspicion, "suspect", fail)
    with archive.open(press.path) as again:
        assert again.get(first.url).doubt is None


def test_many_walls_in_a_row(
    press: archive.Collection, nginx: Nginx, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The article before more walls than are fetched at a time is found."""
    monkeypatch.setattr("archive.collection.references._PAGE", 2)
    first = add(press, nginx, clock, BEFORE)
    walls = [add(press, nginx, clock, BLOCKED + b" " * n) for n in range(5)]
    assert all(one.doubt for one in walls)
    assert told(add(press, nginx, clock, AFTER)).since == first
