"""Texts that a page shows to no reader are said to be that wherever they appear."""

from __future__ import annotations

import json
from pathlib import Path

import archive
from tests.cli.program import Box, Result
from tests.cli.stories import response
from tests.servers import OddServer

TITLE = "Council closes the old ferry pier"
SENTENCE = "The mayor {} the money that was meant for the pier, the county court found on Monday. "
SAID = "from the state of the page's scripts, not shown to readers"


def shell(verb: str) -> bytes:
    """A page drawn by a script, whose state has an article of over 300 words."""
    state = {"title": TITLE, "body": [SENTENCE.format(verb), *["It rained all night. " * 40] * 3]}
    script = f"<script>window.__STATE__ = {json.dumps(state)}</script>"
    head = f"<head><title>{TITLE}</title></head>"
    return f"<!doctype html><html>{head}<body><p>Loading…</p>{script}</body></html>".encode()


def test_it_is_said_wherever_the_text_appears(
    box: Box, press: Path, odd_server: OddServer, tmp_path: Path
) -> None:
    """add, list, show, diff, history and every page say where the text stands, and that it is a
    script's; what is signed verifies, and an index made anew says the same.
    """
    url = odd_server.set("/a", response(shell("took")))
    add = ("add", "-C", press, "--allow-private")
    assert SAID in box.run(*add, url).text
    odd_server.set("/a", response(shell("did not take")))
    told = box.run(*add, "--json", url).json
    assert (told["text_source"], told["suspicion"]) == ("state", "script application without text")
    assert told["change"] is None
    assert told["change_reason"].endswith("script application without text")
    assert told["text_share"] is None
    for command in ("list", "history", "show", "report"):
        where = (url,) if command != "list" else ()
        page = ("--html", tmp_path / "report.html")
        more: tuple[str | Path, ...] = page if command == "report" else ()
        assert SAID in _said(box.run(command, "-C", press, *where, *more), more), command
    shown = box.run("show", "-C", press, told["id"], "--text")
    assert SAID.encode() in shown.err
    assert SAID.encode() not in shown.out
    assert (
        box.run("show", "-C", press, told["id"], "--text", "--json").json["text_source"] == "state"
    )
    claims = box.run("show", "-C", press, told["id"], "--claims", "--json").json
    assert claims["extraction"]["source"] == "state"
    assert box.run("verify", press, "--deep", "--json").json["verdict"] == "verified"
    listed = box.run("list", "-C", press, "--json").out
    box.run("reindex", "-C", press)
    assert box.run("list", "-C", press, "--json").out == listed


def test_a_comparison_says_it_of_both_sides(
    box: Box, press: Path, odd_server: OddServer, tmp_path: Path
) -> None:
    """A comparison says it of each side, in words, in JSON, and on its page; the edit is told."""
    ids = []
    for verb in ("took", "did not take"):
        url = odd_server.set("/a", response(shell(verb)))
        ids.append(box.run("add", "-C", press, "--allow-private", "--json", url).json["id"])
    told = box.run("diff", "-C", press, *ids, "--json").json
    assert (told["before_text_source"], told["after_text_source"]) == ("state", "state")
    assert (told["same"], told["silent"]) == (False, None)
    assert box.run("diff", "-C", press, *ids).text.count(SAID) == 3
    page = tmp_path / "diff.html"
    box.run("diff", "-C", press, *ids, "--html", page)
    assert page.read_text().replace("&#39;", "'").count(SAID) == 3


def test_the_library_says_it(box: Box, press: Path, odd_server: OddServer) -> None:
    """`Capture.text_source` and `Capture.attribution.source` name it."""
    box.run("add", "-C", press, "--allow-private", odd_server.set("/a", response(shell("took"))))
    with archive.open(press) as opened:
        (capture,) = opened.captures()
        assert capture.text_source == "state"
        assert capture.attribution is not None
        assert capture.attribution.source == "state"
        assert capture.text_share is None
        assert SAID.replace("'", "&#x27;") in capture._repr_html_().replace("&#39;", "&#x27;")


def _said(run: Result, more: tuple[str | Path, ...]) -> str:
    """What a command printed, or wrote to the page that it was given."""
    return Path(more[1]).read_text().replace("&#39;", "'") if more else run.text
