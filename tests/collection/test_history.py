"""Tests of how versions of a URL came about."""

from __future__ import annotations

import archive
from archive.collection import trace
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
    turns = trace(press.history(url))
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
    [turn] = trace(press.history(url))
    assert (turn.kind, turn.since, turn.moved) == ("failed", None, False)
