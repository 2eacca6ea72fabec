"""Tests of what reaches a terminal: styles of ours, nothing of the web's, lines that fit."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.cli.output import clean
from tests.cli.program import BASIS, Box, plain
from tests.cli.stories import UNSAFE, Stories, page, response
from tests.servers import OddServer

VIEWS = [
    ("list",),
    ("history", "URL"),
    ("show", "URL"),
    ("show", "URL", "--text"),
    ("show", "URL", "--headers"),
    ("show", "URL", "--raw"),
    ("show", "URL", "--statement"),
    ("show", "URL", "--json"),
    ("diff", "URL", "OTHER"),
]


def arguments(stories: Stories, view: tuple[str, ...], url: str) -> list[str]:
    """The arguments of a view on a page."""
    names = {"URL": url, "OTHER": stories.story}
    verb, *rest = (names.get(word, word) for word in view)
    return [verb, "-C", str(stories.folder), *rest]


@pytest.mark.parametrize("view", VIEWS, ids=" ".join)
@pytest.mark.parametrize("which", ["hostile", "scraped"])
def test_nothing_of_the_webs_drives_the_terminal(
    stories: Stories, view: tuple[str, ...], which: str
) -> None:
    """Escape, control, bidirectional and invisible characters of a page reach no terminal."""
    url = getattr(stories, which)
    shown = plain(stories.box.on_terminal(*arguments(stories, view, url)).out)
    assert not UNSAFE & set(shown)
    assert len(shown) > 40
    if "--headers" in view and which == "hostile":
        assert "X-Odd: \\x9b31m" in shown


@pytest.mark.parametrize("view", [view for view in VIEWS if "--raw" not in view], ids=" ".join)
def test_nothing_of_the_webs_is_in_a_pipe(stories: Stories, view: tuple[str, ...]) -> None:
    """Piped output is as clean, raw bytes aside, and has no styles."""
    shown = stories.box.run(*arguments(stories, view, stories.scraped)).text
    assert not UNSAFE & set(shown)


def test_verify_shows_names_and_urls_clean(stories: Stories, box: Box) -> None:
    """A file's name and a record's target are shown escaped by `verify`."""
    name = "odd\x1b[31m\u202e.warc.gz"
    [warc] = (stories.folder / "warc").glob("*.warc.gz")
    (box.folder / name).write_bytes(warc.read_bytes()[:-30])
    result = box.on_terminal("verify", name)
    assert result.code == 1
    assert not UNSAFE & set(plain(result.out))
    assert "odd\\x1b[31m\\u202e.warc.gz" in plain(result.out).replace("\n", "")


@given(text=st.text())
def test_clean_text_has_no_control_left(text: str) -> None:
    """Whatever goes in, what comes out is free of controls, and clean text is left alone."""
    cleaned = clean(text)
    assert not re.search("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]", cleaned)
    assert clean(cleaned) == cleaned


def test_letters_that_people_write_stay() -> None:
    """Accents, Arabic, joiners of Persian and of emoji are shown as they are."""
    text = "naïve Ærø می‌خواهم 👩‍🚀 日本語 “quoted” – dash"
    assert clean(text) == text
    assert clean("a\tb\nc", lines=True) == "a\tb\nc"
    assert clean("a\tb\nc") == "a\\tb\\nc"


def test_styles_are_for_terminals(stories: Stories) -> None:
    """A terminal shows colours; a pipe, NO_COLOR and a dumb terminal show the same words plain."""
    view = ["list", "-C", str(stories.folder)]
    coloured = stories.box.on_terminal(*view, columns=400)
    assert b"\x1b[32mcaptured" in coloured.out
    ran = stories.box.run(*view)
    assert ran.err.decode() == f"{BASIS}\n"
    piped = ran.text + ran.err.decode()
    assert "\x1b" not in piped
    assert plain(coloured.out) == piped
    for more in ({"NO_COLOR": "1"}, {"TERM": "dumb"}):
        shown = stories.box.on_terminal(*view, columns=400, env=more)
        assert b"\x1b" not in shown.out
    assert stories.box.on_terminal(*view, columns=400, env={"NO_COLOR": "1"}).out.decode() == piped


def test_no_line_ends_in_blanks(stories: Stories) -> None:
    """Neither piped nor on a narrow terminal does a line end in blanks."""
    for view in (("list",), ("history", stories.story), ("diff", stories.story)):
        verb, *rest = view
        told = [verb, "-C", str(stories.folder), *rest]
        for shown in (stories.box.run(*told).text, plain(stories.box.on_terminal(*told).out)):
            assert not [line for line in shown.splitlines() if line != line.rstrip()]


@pytest.mark.parametrize("columns", [40, 60, 80])
def test_the_table_of_checks_fits(stories: Stories, columns: int) -> None:
    """On a narrow terminal the lines of `verify` break between words, under their column."""
    stories.box.run("verify", stories.folder)  # the first to see the log says another thing
    shown = stories.box.on_terminal("verify", str(stories.folder), columns=columns)
    lines = plain(shown.out).splitlines()
    long = [line for line in lines if len(line) > columns]
    assert not [line for line in long if len(line.split()) > 1]
    [first] = [number for number, line in enumerate(lines) if line.startswith("  1  framing")]
    if columns == 80:
        assert all(re.match(r"  \d  |  \d\d |     \S", line) for line in lines[first : first + 8])
    if columns == 60:
        assert lines[first + 1].startswith(" " * 30)
    assert " ".join(plain(shown.out).split()) == " ".join(
        stories.box.run("verify", stories.folder).text.split()
    )


def test_a_url_is_never_broken(stories: Stories) -> None:
    """A URL longer than the terminal is wide stays one word, to be copied."""
    shown = plain(stories.box.on_terminal("list", "-C", str(stories.folder), columns=30).out)
    assert f"{stories.handle}@2026-03-01\n" in shown


def test_a_failed_report_says_that_it_shows_less(box: Box, stories: Stories) -> None:
    """The last paragraph on a failed collection does not claim what the findings take away."""
    [warc] = (stories.folder / "warc").glob("*.warc.gz")
    (box.folder / "cut.warc.gz").write_bytes(warc.read_bytes()[:-30])
    text = box.run("verify", "cut.warc.gz").text
    assert text.splitlines()[-1].startswith("What is listed as failed shows nothing.")
    whole = stories.box.run("verify", stories.folder).text
    assert whole.splitlines()[-1].startswith("This shows that the archiver claimed")


def test_a_bar_shows_progress_beside_the_lines(
    box: Box, press: Path, odd_server: OddServer
) -> None:
    """On a terminal many URLs have a bar, which is gone from every line that stays."""
    urls = [odd_server.set(f"/bar/{n}", response(page(f"Story {n}"))) for n in range(3)]
    shown = box.on_terminal(
        "add", "-C", str(press), "--allow-private", "--delay", "0", *urls, columns=100
    )
    assert shown.code == 0
    assert b"capturing" in shown.out
    lines = render(shown.out)
    assert [line for line in lines if line.startswith("captured ")] == [
        line for line in lines if "Story" in line
    ]
    assert len([line for line in lines if line.startswith("captured ")]) == 3
    assert not [line for line in lines if "capturing" in line]
    assert lines[-1] == "3 captured"


def test_the_bar_never_takes_the_data(box: Box, press: Path, odd_server: OddServer) -> None:
    """With stdout in a file and stderr a terminal, the file has every line and no bar."""
    urls = [odd_server.set(f"/file/{n}", response(page(f"Story {n}"))) for n in range(3)]
    path = box.folder / "out.txt"
    with open(path, "wb") as file:
        shown = box.on_terminal(
            *("add", "-C", str(press), "--allow-private", "--delay", "0", *urls),
            stdout=file.fileno(),
        )
    assert shown.code == 0
    written = path.read_text()
    assert "\x1b" not in written
    assert len(re.findall("^captured ", written, re.MULTILINE)) == 3
    assert b"captured " not in plain(shown.out).encode().replace(b"3 captured", b"")
    assert b"capturing" in shown.out


def test_no_bar_in_a_pipe_or_on_a_dumb_terminal(
    box: Box, press: Path, odd_server: OddServer
) -> None:
    """Piped, and on a dumb terminal, there is no bar and no escape sequence."""
    urls = [odd_server.set(f"/dumb/{n}", response(page(f"Story {n}"))) for n in range(2)]
    add = ("add", "-C", str(press), "--allow-private", "--delay", "0", *urls)
    piped = box.run(*add)
    assert piped.err == b"2 captured\n"
    assert b"\x1b" not in piped.out
    dumb = box.on_terminal(*add, env={"TERM": "dumb"})
    assert b"\x1b" not in dumb.out
    assert b"capturing" not in dumb.out
    assert dumb.out.endswith(b"2 unchanged\n")


def test_any_encoding_can_be_written(stories: Stories) -> None:
    """An output encoding without some letter gets it escaped, and the program goes on."""
    ascii_only = {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    result = stories.box.run("show", "-C", stories.folder, stories.story, env=ascii_only)
    assert result.code == 0
    assert b"bytes" in result.out
    assert b"\\u2013" in result.out


def test_a_reader_that_goes_away_is_no_error(stories: Stories) -> None:
    """When the reader of a pipe closes it, listing ends quietly."""
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as closed:
        result = stories.box.on_terminal("list", "-C", str(stories.folder), stdout=closed.fileno())
    assert (result.code, result.out) == (0, b"")


def render(shown: bytes) -> list[str]:
    """The lines that stay on a terminal: carriage return, up, and erase are carried out."""
    lines, row = [""], 0
    for token in re.findall(r"\x1b\[[0-9;?]*[A-Za-z]|[\r\n]|[^\x1b\r\n]+", shown.decode()):
        if token == "\n":
            row += 1
            if row == len(lines):
                lines.append("")
        elif token == "\x1b[1A":
            row -= 1
        elif token == "\x1b[2K":
            lines[row] = ""
        elif not token.startswith("\x1b") and token != "\r":
            lines[row] += token
    return [line for line in lines if line.strip()]


def test_trust_stands_on_a_line_of_its_own(stories: Stories) -> None:
    """At 80 columns neither fingerprint nor trust is broken."""
    shown = plain(stories.box.on_terminal("verify", str(stories.folder)).out)
    assert re.search(r"^Signed by:\n  [0-9a-f]{64}\n    trusted \(own key\)$", shown, re.MULTILINE)


def test_a_title_has_a_line_on_a_narrow_terminal(stories: Stories) -> None:
    """At 60 columns the title begins the second line; at 80, as in a pipe, it ends the first."""
    for columns, wanted in ((60, "UTC\n           Pier closes  "), (80, "UTC  Pier closes  ")):
        shown = stories.box.on_terminal("list", "-C", str(stories.folder), columns=columns)
        assert wanted in plain(shown.out)
