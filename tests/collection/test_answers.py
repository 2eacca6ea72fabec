"""Answers as servers really send them, by raw sockets: captured, read, and told as they are."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from attrs import frozen

import archive
from archive.adding.listing import read_list
from archive.http.oddities import ODDITIES
from tests.capture.settings import LOCAL
from tests.collection.press import Clock, Record, open_press, read_records, statement
from tests.http.answers import SENTENCE, Answer, everything
from tests.places import ROOT
from tests.servers import OddServer

ALL = {f"{path.split('/')[1]}: {answer.name}": (path, answer) for path, answer in everything()}
CHROMIUM: dict[str, Any] = json.loads((ROOT / "fixtures" / "wire" / "chromium.json").read_bytes())

# Of those that Chromium shows, the ones that are failures of a kind that is not extracted: the
# connection ended inside the message, or the status is no success.
FAILURES = ("cut", "http-error")


@frozen
class Captured:
    """A capture of every answer, by its name, and the records of each, by its id."""

    press: archive.Collection
    captures: dict[str, archive.Capture]
    records: dict[str, list[Record]]


def _group(records: list[Record]) -> dict[str, list[Record]]:
    """The records of each capture, its envelope the last, by its id."""
    groups: dict[str, list[Record]] = {}
    group: list[Record] = []
    for record in records[1:]:
        group.append(record)
        if record["WARC-Target-URI"].startswith(("urn:statement:", "urn:entry:")):
            groups[record.id.removeprefix("urn:uuid:")] = group
            group = []
    return groups


@pytest.fixture(scope="module")
def captured(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Captured]:
    """All answers, captured once."""
    folder: Path = tmp_path_factory.mktemp("answers")
    with OddServer() as server, open_press(folder, Clock()) as press:
        names = {server.set(path, answer.data): name for name, (path, answer) in ALL.items()}
        entries, _ = press.plan(read_list(list(names)))
        found = press.add_all(entries, LOCAL, delay=0)
        captures = {names[capture.url]: capture for capture in found}
        yield Captured(press, captures, _group(read_records(press)))


@pytest.mark.parametrize("name", ALL)
def test_answers_are_captured_as_they_are(captured: Captured, name: str) -> None:
    """Text, status, reason, limitations, oddities and framing are right; all bytes are there."""
    right: Answer = ALL[name][1]
    capture = captured.captures[name]
    text = capture.article.text if capture.article is not None else ""
    assert (SENTENCE in text) == right.text
    found = (capture.status, capture.reason, capture.limitations)
    assert found == (right.status, right.reason, right.limitations)
    records = captured.records[capture.id]
    [told] = [one for one in records if one["WARC-Target-URI"].startswith("urn:outcome:")]
    hop = json.loads(told.block)["hops"][-1]
    assert sorted(hop.get("oddities", [])) == sorted(right.oddities)
    assert hop.get("framing") == (right.framing if right.oddities else None)
    heads = [one for one in records if one["WARC-Target-URI"].startswith("urn:interim:")]
    answers = [one for one in records if one["WARC-Type"] == "response"]
    assert b"".join(one.block for one in (*heads, *answers)) == right.data
    truncated = [one.get("WARC-Truncated") for one in answers]
    assert truncated in ([], ["disconnect" if right.reason == "cut" else None])
    assert statement(records[-1])["predicate"]["http"] == {"rules": 2}


def test_everything_verifies(captured: Captured) -> None:
    """What was signed of odd answers is what their bytes give."""
    report = captured.press.verify(deep=True)
    assert (report.verdict, report.findings) == ("verified", ())


def test_whatever_chromium_shows_has_its_text() -> None:
    """Chromium was asked about every answer; each that it shows has its text, or is a failure."""
    shown = {name for name, one in CHROMIUM["answers"].items() if one["shown"]}
    assert set(CHROMIUM["answers"]) == set(ALL)
    assert len(ALL) >= 120
    without = [name for name in shown if not ALL[name][1].text]
    assert [name for name in without if ALL[name][1].reason not in FAILURES] == []
    assert len(without) < 0.04 * len(shown)


def test_every_oddity_is_shown_by_an_answer() -> None:
    """No row of the table is there that no answer shows."""
    shown = {odd for _, answer in ALL.values() for odd in answer.oddities}
    assert shown == {row.name for row in ODDITIES}
