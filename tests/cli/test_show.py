"""Tests of `show`: exact bytes, heads, statements, texts."""

from __future__ import annotations

import base64
import json
from pathlib import Path

import pytest

import archive
from tests.cli.program import Box
from tests.cli.stories import HOSTILE, Stories, page, response
from tests.servers import OddServer


def test_raw_is_what_was_received(stories: Stories) -> None:
    """Piped, --raw gives the exact bytes of the response, odd ones too; in JSON as base64."""
    for number, wanted in (
        (0, response(page("Pier closes", "Cost: 14 million in all."))),
        (3, response(b"<p>gone</p>", "404 Not Found")),
        (4, response(page(HOSTILE, HOSTILE), kind="text/html; charset=utf-8\r\nX-Odd: \x9b31m")),
        (7, HOSTILE.encode()),
    ):
        show = ("show", "-C", stories.folder, stories.ids[number], "--raw")
        assert stories.box.run(*show).out == wanted
        assert base64.b64decode(stories.box.run(*show, "--json").json["base64"]) == wanted


def test_a_chunked_and_binary_answer_stays_as_it_is(
    box: Box, press: Path, odd_server: OddServer
) -> None:
    """Chunk sizes, odd header case, latin-1 and NUL bytes come out of --raw unchanged."""
    head = b"HTTP/1.1 200 OK\r\ncOnTeNt-TyPe: text/html\r\nX-Caf\xe9: caf\xe9\r\n"
    wire = head + b"Transfer-Encoding: chunked\r\n\r\n4;x=1\r\na\x00\xff\n\r\n0\r\nT: 1\r\n\r\n"
    url = odd_server.set("/wire-raw", wire)
    told = box.run("add", "-C", press, "--allow-private", "--json", url).json
    assert box.run("show", "-C", press, told["id"], "--raw").out == wire


def test_an_unchanged_capture_shows_the_earlier_text(stories: Stories) -> None:
    """The text of an unchanged capture is the earlier one's; its raw bytes are the head it got."""
    show = ("show", "-C", stories.folder, stories.ids[2])
    text = stories.box.run(*show, "--text").text
    assert text == stories.box.run("show", "-C", stories.folder, stories.ids[1], "--text").text
    assert "Cost: 41 million in all." in text
    told = stories.box.run(*show, "--json").json
    assert (told["outcome"], told["text"].rstrip("\n")) == ("unchanged", text.rstrip("\n"))
    assert told["title"] == "Pier saves money"
    whole = stories.box.run("show", "-C", stories.folder, stories.ids[1], "--raw").out
    head = stories.box.run(*show, "--raw").out
    assert whole.startswith(head)
    assert head.endswith(b"\r\n\r\n")


def test_headers_are_both_heads(stories: Stories) -> None:
    """--headers shows what was asked and what was answered, as text and as JSON."""
    show = ("show", "-C", stories.folder, stories.ids[0], "--headers")
    text = stories.box.run(*show).text
    assert "GET /story HTTP/1.1\n" in text
    assert "HTTP/1.1 200 OK\nContent-Type: text/html; charset=utf-8\n" in text
    records = stories.box.run(*show, "--json").json["records"]
    assert [record["type"] for record in records] == ["response", "request"]
    assert records[0]["head"].startswith("HTTP/1.1 200 OK\r\n")
    imported = stories.box.run("show", "-C", stories.folder, stories.ids[7], "--headers")
    assert (imported.code, imported.out) == (4, b"")


def test_the_statement_is_what_was_signed(stories: Stories) -> None:
    """--statement gives the in-toto Statement as JSON."""
    show = ("show", "-C", stories.folder, stories.ids[0], "--statement")
    statement = json.loads(stories.box.run(*show).out)
    assert statement["_type"] == "https://in-toto.io/Statement/v1"
    told = stories.box.run(*show, "--json").json
    assert told["statement"] == statement
    line = stories.box.run("list", "-C", stories.folder, "--json").lines[0]
    assert told["envelope"] == line["statement"]


def test_show_tells_the_whole_capture(stories: Stories) -> None:
    """Without a view, a capture is told with grade, statement, place and text."""
    text = stories.box.run("show", "-C", stories.folder, stories.story).text
    assert text.startswith(f"unchanged  {stories.ids[2][:8]}  2026-03-03 12:00:00 UTC")
    assert "grade wire, statement " in text
    assert ".warc.gz, bytes " in text
    assert text.endswith("Cost: 41 million in all.\n")


@pytest.mark.parametrize(
    ("text", "told"), [("One.\n", "  1 word\n"), ("One two.\n", "  2 words\n")]
)
def test_the_length_of_a_text_is_said_in_words(box: Box, press: Path, text: str, told: str) -> None:
    """One word is not one words."""
    (box.folder / "a.txt").write_text(text)
    box.run("import", "-C", press, "a.txt", "--url", "https://x.example/")
    assert told in box.run("list", "-C", press).text


@pytest.mark.parametrize("date", ["2024", "2024-08", "2024-08-10", "2024-08-10T12:00:00Z"])
def test_a_claimed_date_is_shown_as_claimed(box: Box, press: Path, date: str) -> None:
    """What the user says of an import's date is shown as told, not checked."""
    (box.folder / "a.txt").write_text("A line.\n")
    told = ("import", "-C", press, "a.txt", "--url", "https://x.example/", "--date", date)
    assert f"claimed date: {date}" in box.run(*told).text
    assert "(as told, not checked)" in box.run("list", "-C", press).text


def test_history_draws_an_import_at_the_date_that_is_claimed(box: Box, press: Path) -> None:
    """What was imported last and is claimed to be older stands first, named by that date."""
    for text, date in (("New.\n", "2024-08-10"), ("Old.\n", "2020-01-01")):
        (box.folder / "a.txt").write_text(text)
        box.run("import", "-C", press, "a.txt", "--url", "https://x.example/", "--date", date)
    lines = box.run("history", "-C", press, "https://x.example/").text.splitlines()
    assert lines[2].split() == ["1", "2"]
    assert lines[3].strip()[0] == lines[3].strip()[-1] == "#"
    assert lines[4].split() == ["2020-01-01", "2024-08-10"]
    assert any("of 2020-01-01 (claimed)" in line and "2024-08-10" in line for line in lines)


@pytest.mark.parametrize("date", ["", "soon", "2024-13", "24", "2024-08-10 or so", "20 24"])
def test_a_claimed_date_that_is_none_is_refused(box: Box, press: Path, date: str) -> None:
    """What is no date is not signed as one."""
    (box.folder / "a.txt").write_text("A line.\n")
    told = ("import", "-C", press, "a.txt", "--url", "https://x.example/", "--date", date)
    result = box.run(*told)
    assert (result.code, result.out, b"not a date" in result.err) == (2, b"", True)


def test_two_views_at_once_are_refused(stories: Stories) -> None:
    """Of two views neither is silently dropped: it is a usage error that names both."""
    result = stories.box.run("show", "-C", stories.folder, stories.story, "--text", "--raw")
    assert (result.code, result.out) == (2, b"")
    assert b"give one of --text, --raw" in result.err


def test_why_a_capture_is_suspicious_is_said(box: Box, press: Path, odd_server: OddServer) -> None:
    """`add`, `list` and `show` say what made a page suspicious, in words and as JSON."""
    wall = b"<title>Just a moment...</title><p>Checking your browser before accessing</p>"
    url = odd_server.set("/wall", response(wall, "503 Service Unavailable"))
    added = box.run("add", "-C", press, "--allow-private", url)
    shows = [box.run(*told, "-C", press) for told in (["list"], ["show", url])]
    shows += [box.run("list", "-C", press, "--json")]
    told = shows.pop().lines[0]["suspicion"]
    assert "challenge page" in told
    for shown in (added, *shows):
        assert f"           probably not the article: {told}\n" in shown.text
        assert shown.text.count(told) == 1
        assert "limitations" not in shown.text
    page = press.parent / "report.html"
    box.run("report", "-C", press, url, "--html", page)
    with archive.open(press) as opened:
        (capture,) = opened
        pages = [capture._repr_html_(), page.read_text(encoding="utf-8")]
    for html in pages:
        assert "robably not the article" in html
        assert "limitations" not in html


def test_no_suspicion_is_null(stories: Stories) -> None:
    """A capture that nothing is the matter with has a `suspicion` of null, and no such line."""
    result = stories.box.run("show", "-C", stories.folder, stories.ids[0], "--json")
    assert result.json["suspicion"] is None
    assert "suspicious" not in stories.box.run("list", "-C", stories.folder).text


def test_history_says_what_happened_between_versions(stories: Stories) -> None:
    """First and last seen, and between which captures it changed and was gone, stand in order."""
    told = stories.box.run("history", "-C", stories.folder, stories.story).text
    one, two, three, four = (name[:8] for name in stories.ids[:4])
    lines = [
        "first seen 2026-03-01 12:00:00 UTC, last seen 2026-03-03 12:00:00 UTC; 4 captures",
        f"     changed between {one} of 2026-03-01 12:00:00 UTC and {two} of 2026-03-02",
        f"     gone between {three} of 2026-03-03 12:00:00 UTC and {four} of 2026-03-04",
    ]
    places = [told.index(line) for line in lines]
    assert places == sorted(places)


def test_history_draws_the_captures_in_time(stories: Stories) -> None:
    """Every capture has a sign at its place in time, versions their numbers, both ends a day."""
    told = stories.box.run("history", "-C", stories.folder, stories.story).text.splitlines()
    numbers, axis, days = told[2:5]
    assert days.split()[0] == "2026-03-01"
    assert len(axis) == len(days) == 66
    assert (axis[2], axis[-1]) in {("#", "x"), ("#", "#"), ("#", "=")}
    signs = [sign for sign in axis.strip() if sign != "-"]
    assert "x" in signs
    assert all(axis[numbers.index(number)] in "#=x" for number in numbers.split())


def test_what_is_passed_over_is_said_where_no_date_is_asked_for(
    box: Box, press: Path, odd_server: OddServer
) -> None:
    """A URL, ``~N`` and `diff URL` say which later walls they pass over; a date and an id none."""
    wall = response(b"<title>Access denied</title><p>Verify you are human.</p>")
    url = odd_server.set("/walled", response(page("Pier closes")))
    add = ("add", "-C", press, "--allow-private", url)
    (first, edited, *walls) = [
        box.run(*add, "--json").json
        for answer in (response(page("Pier closes")), response(page("Pier stays")), wall, wall)
        if odd_server.set("/walled", answer)
    ]
    told = f"passed over: 2 captures, the last {walls[-1]['id'][:8]} of "
    for asked in ([url], [f"{url}@~1"], ["--url", url], ["--url", url, "--at", "~1"]):
        assert told in box.run("show", "-C", press, *asked).err.decode()
    assert told in box.run("diff", "-C", press, url).err.decode()
    for asked in ([f"{url}@{edited['date']}"], ["--url", url, "--at", edited["date"]]):
        shown = box.run("show", "-C", press, *asked)
        assert shown.text.startswith(f"captured   {edited['id'][:8]}")
        assert "passed over" not in shown.err.decode()
    assert "passed over" not in box.run("show", "-C", press, first["id"]).err.decode()
    history = box.run("history", "-C", press, url).text
    assert "; 4 captures, 3 versions: 2 of the article, 1 probably not the article\n" in history
    assert f"  probably not the article, after {edited['id'][:8]} of " in history
    assert "\n  3  Access denied" in history
