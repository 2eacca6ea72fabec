"""Pages made to break a capture: they cost a detail or their text, never the bytes or a run."""

from __future__ import annotations

from pathlib import Path

import pytest

import archive
from archive.adding import records
from archive.adding.listing import read_list
from archive.workers.pool import ChildLimits, Extractors
from tests.capture.settings import LOCAL
from tests.collection.press import check_verified, open_press, outcome, page, predicate
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
    tmp_path: Path, odd_server: OddServer
) -> None:
    """In a run over a list, a page that takes too long to extract is kept with outcome timeout,
    and the others are kept whole.
    """
    slow = page("Slow", *(f"Paragraph {number} of very many." for number in range(50_000)))
    pages = {"/One": page("One"), "/Slow": slow, "/Two": page("Two")}
    urls = [odd_server.set(path, wire(content)) for path, content in pages.items()]
    with (
        Extractors(1, ChildLimits(cpu=1)) as extractors,
        open_press(tmp_path, extractors=extractors) as press,
    ):
        entries, _ = press.plan(read_list(urls))
        found = {capture.url: capture for capture in press.add_all(entries, LOCAL, delay=0)}
        assert {capture.outcome for capture in found.values()} == {"captured"}
        said = predicate(press, found[urls[1]])["extraction"]
        assert (said["outcome"], said["reason"]) == ("timeout", "over 1 seconds of processor time")
        assert found[urls[1]].content == slow
        assert found[urls[0]].article is not None
        assert found[urls[2]].article is not None
        check_verified(press)


def test_a_suspicion_that_breaks_is_left_out(
    press: archive.Collection, odd_server: OddServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When looking for suspicions raises, the capture is kept with its text and without one."""

    def suspect(*_: object) -> None:
        raise ValueError

    monkeypatch.setattr(records, "suspect", suspect)
    capture = press.add(odd_server.set("/a", wire(page())), LOCAL)
    assert capture.article is not None
    assert outcome(press, capture)["suspicion"] is None
