"""Tests of `archive changes`, and of what `archive add` tells of a page captured again."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from archive.cli.main import run
from tests.article.test_reading import page as article
from tests.cli.program import Box
from tests.cli.stories import HOSTILE, UNSAFE, Stories, response
from tests.collection.test_versions import WALL
from tests.comparison.test_pages import DENIED, TOOK
from tests.servers import OddServer


def add(box: Box, press: Path, server: OddServer, body: bytes, *more: str) -> tuple[str, str]:
    """Capture one page; the last line that is printed, and the page's URL."""
    url = server.set("/changing", response(body))
    done = box.run("add", "-C", press, "--allow-private", *more, url)
    assert (done.code, done.err) == (0, b"")
    return done.text.splitlines()[-1].strip(), url


def test_add_tells_what_it_found(box: Box, press: Path, odd_server: OddServer) -> None:
    """Nothing of the first capture, then that it is the same, what changed, or that it is none."""
    line, url = add(box, press, odd_server, article(f"<p>{TOOK}</p>"))
    assert line == url
    line, _ = add(box, press, odd_server, article(f"<p>{TOOK}</p>"))
    assert re.fullmatch(r"the same as at \d\d:\d\d:\d\d UTC|the same as on .*", line)
    line, _ = add(box, press, odd_server, article(f"<p>{DENIED}</p>"))
    assert re.fullmatch(r"changed since .+: negation \(silent\)", line)
    line, _ = add(box, press, odd_server, WALL.format("Access denied").encode())
    assert line.startswith("probably not the article: ")


def test_add_tells_programs_what_diff_tells_them(
    box: Box, press: Path, odd_server: OddServer
) -> None:
    """`--json` gives `change`, or why there is none; never both."""
    told = []
    for body in (article(f"<p>{TOOK}</p>"), article(f"<p>{DENIED}</p>")):
        url = odd_server.set("/changing", response(body))
        told.append(box.run("add", "-C", press, "--allow-private", "--json", url).json)
    diff = box.run("diff", "-C", press, url, "--json").json
    assert told[0]["change"] is None
    assert told[0]["change_reason"]
    assert told[1]["change_reason"] is None
    assert told[1]["change"] == {
        "since": told[0]["id"],
        "same": diff["same"],
        "classes": diff["changes"][0]["classes"],
        "silent": diff["silent"],
        "silent_reason": diff["silent_reason"],
    }
    assert diff["silent"] is True


def test_changes_are_listed_as_diff_counts(stories: Stories) -> None:
    """One line a capture that changed; exit code 1, and 0 where nothing is listed."""
    told = stories.box.run("changes", "-C", stories.folder, "--json")
    assert told.code == 1
    [line] = told.lines
    assert line["id"] == stories.ids[1]
    assert line["schema"] == "urn:article-archive:changes:v1"
    assert line["change"]["since"] == stories.ids[0]
    assert line["change"]["classes"] == ["headline", "number"]
    text = stories.box.run("changes", "-C", stories.folder)
    assert (text.code, len(text.text.splitlines())) == (1, 3)
    assert "changed since 1 March: headline, number" in text.text
    for options in (["--since", "7d"], ["--host", "news.example"], ["--only", "byline"]):
        none = stories.box.run("changes", "-C", stories.folder, *options)
        assert (none.code, none.out) == (0, b"")
        assert none.err == b"no changes\nfrom the index, not verified, see: archive verify\n"


@pytest.mark.parametrize(
    "options",
    [
        ["--since", "2026-03-02"],
        ["--since", "2026-03-02T11:00:00Z"],
        ["--host", "127.0.0.1"],
        ["--only", "byline,number"],
        ["--silent"],
        ["--limit", "1"],
    ],
    ids=" ".join,
)
def test_options_that_choose_keep_what_fits(stories: Stories, options: list[str]) -> None:
    """Each way of choosing lists the one change that fits it."""
    told = stories.box.run("changes", "-C", stories.folder, "--json", *options)
    assert [line["id"] for line in told.lines] == [stories.ids[1]]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--since", "Monday"], "not an ISO date"),
        (["--only", "mood"], "no such class of changes"),
    ],
)
def test_what_cannot_be_asked_is_refused(
    stories: Stories, options: list[str], words: str, capfd: pytest.CaptureFixture[str]
) -> None:
    """A date that is none, and a class that is none, are usage errors."""
    assert run(["changes", "-C", str(stories.folder), *options]) == 2
    assert words in capfd.readouterr().err


def test_the_page_of_changes_shows_no_markup_of_the_web(
    box: Box, press: Path, odd_server: OddServer
) -> None:
    """Titles show as text on the page and on a terminal, whatever they try."""
    for words in ("first", "second"):
        body = f"<title>{HOSTILE} &lt;script&gt; {words}</title>".encode()
        body += article(f"<p>{words} {TOOK}</p>")
        add(box, press, odd_server, body)
    page = box.folder / "changes.html"
    done = box.run("changes", "-C", press, "--html", page)
    assert done.code == 1
    assert not UNSAFE & (set(done.text) | set(page.read_text("utf-8")))
    assert "<script" not in page.read_text("utf-8")
    assert 'http-equiv="Content-Security-Policy"' in page.read_text("utf-8")
