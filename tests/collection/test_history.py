"""Tests of how versions of a URL came about."""

from __future__ import annotations

from pathlib import Path

import archive
from tests.capture.settings import LOCAL
from tests.collection.press import Clock, page
from tests.servers import Nginx, free_port


def test_gone_and_back_again_is_told(press: archive.Collection, nginx: Nginx, clock: Clock) -> None:
    """An article that changed, went and came back as it was is told so, each with its captures."""
    url = nginx.publish("turns.html", page())
    steps = [page(), page(), page("Mayor stays"), None, page()]
    captures = []
    for step in steps:
        file = nginx.root / "turns.html"
        file.unlink(missing_ok=True)
        if step is not None:
            nginx.publish("turns.html", step)
        captures.append(press.add(url, LOCAL))
        clock.advance(60)
    turns = press.turns(url)
    assert [(turn.kind, turn.again) for turn in turns] == [
        ("first", None),
        ("changed", None),
        ("gone", None),
        ("back", 1),
    ]
    since = [turn.since.id if turn.since else None for turn in turns]
    assert since == [None, captures[1].id, captures[2].id, captures[3].id]


def test_what_never_answered_is_a_failure(press: archive.Collection, clock: Clock) -> None:
    """A URL that was never reached has one version, failed, which nothing came before."""
    url = f"http://127.0.0.1:{free_port()}/"
    press.add(url, LOCAL)
    [turn] = press.turns(url)
    assert (turn.kind, turn.since, turn.moved) == ("failed", None, False)


def test_an_import_stands_where_its_claimed_date_says(
    press: archive.Collection, nginx: Nginx, clock: Clock, tmp_path: Path
) -> None:
    """An imported older text is no newest state: not of a bare URL, of ``~0``, or of history."""
    url = nginx.publish("claimed.html", page("Now"))
    now = press.add(url, LOCAL)
    clock.advance(60)
    file = tmp_path / "old.txt"
    file.write_text("The old ferry pier will close in April, the council of Norhaven said.\n")
    old = press.import_file(file, url, date="2020-05")
    clock.advance(60)
    coming = press.import_file(file, url, date="2099-01-01")
    assert press.get(url) == press.get(f"{url}@~0") == now
    assert press.get(f"{url}@2021-01-01") == old
    assert [version.first for version in press.history(url)] == [old, now, coming]


def test_a_suspicious_capture_is_passed_over(
    press: archive.Collection, nginx: Nginx, clock: Clock
) -> None:
    """A bare URL is the latest that is probably the article, while there is one."""
    url = nginx.publish("walled.html", page("Now"))
    good = press.add(url, LOCAL)
    clock.advance(60)
    wall = "<title>Access denied</title><h1>Access denied</h1><p>Verify you are human.</p>"
    nginx.publish("walled.html", wall.encode())
    walled = press.add(url, LOCAL)
    assert walled.suspicion is not None
    assert press.get(url) == good
    only = nginx.publish("only.html", wall.encode())
    clock.advance(60)
    alone = press.add(only, LOCAL)
    assert press.get(only) == alone
