"""Pages made to break a capture: they cost a detail or their text, never the bytes or a run."""

from __future__ import annotations

from typing import Any

import pytest

import archive
from archive import article
from archive.collection import adding, read_list
from tests.capture.settings import LOCAL
from tests.collection.press import check_verified, outcome, page, predicate
from tests.collection.test_unchanged import wire
from tests.servers import OddServer


@pytest.mark.parametrize(
    "date",
    [
        b"Mon, 01 Jan 99999999999 00:00:00 GMT",
        b"Mon, 01 Jan 0001 00:00:00 +2359",
        b"Fri, 31 Dec 9999 23:59:59 -2359",
        b"Fri, 31 Dec 9999 23:59:59 +" + b"9" * 500,
        b"9" * 5000 + b" Jan 2020 00:00:00 GMT",
    ],
    ids=["year", "before year 1", "after year 9999", "zone", "day"],
)
def test_a_date_beyond_all_calendars_costs_nothing_but_the_skew(
    press: archive.Collection, odd_server: OddServer, date: bytes
) -> None:
    """Whatever the field Date says, the page is captured; a skew it gives is a number or null."""
    capture = press.add(odd_server.set("/a", wire(page(), b"Date: " + date)), LOCAL)
    assert capture.outcome == "captured"
    assert isinstance(outcome(press, capture)["clock_skew"], float | None)
    check_verified(press)


def test_a_page_that_breaks_its_reading_costs_its_text_only(
    press: archive.Collection, odd_server: OddServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a run over a list, a page over which extraction raises is kept with outcome crash, and
    the others are kept whole.
    """
    real = article.extract

    def extract(content: bytes, *rest: Any, **more: Any) -> Any:
        if b"Broken" in content:
            raise RecursionError
        return real(content, *rest, **more)

    monkeypatch.setattr(adding, "extract", extract)
    titles = ("One", "Broken", "Two")
    urls = [odd_server.set(f"/{title}", wire(page(title))) for title in titles]
    entries, _ = press.plan(read_list(urls))
    found = {capture.url: capture for capture in press.add_all(entries, LOCAL, delay=0)}
    assert {capture.outcome for capture in found.values()} == {"captured"}
    said = predicate(press, found[urls[1]])["extraction"]
    assert (said["outcome"], said["reason"]) == ("crash", "RecursionError")
    assert found[urls[1]].content == page("Broken")
    assert found[urls[0]].article is not None
    check_verified(press)


def test_a_suspicion_that_breaks_is_left_out(
    press: archive.Collection, odd_server: OddServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When looking for suspicions raises, the capture is kept with its text and without one."""

    def suspect(*_: object) -> None:
        raise ValueError

    monkeypatch.setattr(adding, "suspect", suspect)
    capture = press.add(odd_server.set("/a", wire(page())), LOCAL)
    assert capture.article is not None
    assert outcome(press, capture)["suspicion"] is None
