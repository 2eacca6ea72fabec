"""pywb replays what was captured: every version at its time, and nothing of ours in its place."""

from __future__ import annotations

import json
from email.utils import parsedate_to_datetime
from urllib.parse import quote

import archive
from tests.judges.conftest import Judged, Replay

EARLY = "/early"


def moment(capture: archive.Capture) -> str:
    """The time of a capture as replay tools write it."""
    return capture.date.strftime("%Y%m%d%H%M%S")


def replays(replay: Replay, capture: archive.Capture, body: bytes) -> bool:
    """Whether pywb gives this capture, and no other, at its time."""
    response, found = replay.page(moment(capture), capture.final_url)
    at = parsedate_to_datetime(response.headers["Memento-Datetime"] or "")
    wanted = (capture.status, capture.date.replace(microsecond=0), body)
    return (response.status, at, found) == wanted


def test_every_version_replays_at_its_time(judged: Judged, replay: Replay) -> None:
    """Each capture of a page, revisits among them, gives its own bytes at its own second."""
    count = 0
    for capture in judged.captures:
        body = judged.contents.get(capture.id)
        if body is None or capture.reason == "cut" or capture.url.endswith(EARLY):
            continue
        count += 1
        assert replays(replay, capture, body), (capture.url, capture.date)
    assert count >= 18


def test_nothing_of_ours_replays_in_place_of_a_page(judged: Judged, replay: Replay) -> None:
    """Under an article's URL pywb knows responses and revisits alone, one for each we wrote."""
    wanted: dict[str, list[str]] = {}
    for capture in judged.captures:
        wanted.setdefault(capture.url, [])
        hops = [record for record in capture.group.records if record.target == capture.url]
        if any(record.type in ("response", "revisit") for record in hops):
            wanted[capture.url].append(moment(capture))
    assert any(not moments for moments in wanted.values()), "failures and imports are among them"
    for url, moments in wanted.items():
        query = f"/press/cdx?url={quote(url, safe='')}&output=json"
        response, found = replay.get(query)
        lines = [json.loads(line) for line in found.splitlines()]
        assert [line["timestamp"] for line in lines] == moments, (url, response.status)
        assert {line["mime"] for line in lines} <= {"text/html", "warc/revisit", "unk", "-"}
        if not moments:
            assert replay.page("20261122", url)[0].status == 404


def test_an_import_is_kept_apart(judged: Judged, replay: Replay) -> None:
    """Imported text is never replayed as if the site had sent it."""
    imports = [one for one in judged.captures if one.grade not in ("wire", "none")]
    assert [capture.grade for capture in imports] == ["text", "html"]
    for capture in imports:
        assert replay.page(moment(capture), capture.url)[0].status == 404
