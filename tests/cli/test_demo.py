"""Tests of `archive demo`."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest

from tests.cli.program import Box, Result, plain

STORY = [
    "1. A collection, and a key that signs its captures",
    "2. An article is captured",
    "3. The paper changes its headline, a number and a quotation",
    "4. The article is captured again",
    "5. What changed",
    "6. The collection is verified",
    "7. A forger turns",
    "8. Yours to look at",
]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[Box, Result]:
    """The demonstration, run once in a folder whose name has a blank."""
    box = Box(tmp_path_factory.mktemp("a demo"))
    return box, box.run("demo", box.folder / "left here")


def test_the_story_is_told(demo: tuple[Box, Result]) -> None:
    """The story goes from capture to tampering, on stdout, and ends with 0."""
    _, result = demo
    assert (result.code, result.err) == (0, b"")
    places = [result.text.index(step) for step in STORY]
    assert places == sorted(places)
    told = result.text
    assert "[-14-] {+41+}" in told
    assert "[-knew about the damage for years and did nothing-]" in told
    assert told.index("Verified:") < told.index("FAILED:")
    assert "headers: header of the response record is not the one that was signed" in told


def test_what_it_leaves_can_be_looked_at(demo: tuple[Box, Result]) -> None:
    """The commands it prints run as they stand, and the tampered copy fails."""
    box, result = demo
    printed = result.text.partition("Yours to look at\n")[2].splitlines()
    codes = {}
    for line in printed:
        program, *arguments = shlex.split(line)
        assert program == "archive"
        ran = box.run(*arguments)
        assert ran.err == b""
        codes[arguments[0], "tampered" in line] = ran.code
    assert codes == {
        ("history", False): 0,
        ("show", False): 0,
        ("diff", False): 1,
        ("verify", False): 0,
        ("verify", True): 1,
    }


def test_its_key_stays_in_its_folder(demo: tuple[Box, Result]) -> None:
    """The demonstration leaves the user's own keys alone."""
    box, _ = demo
    assert not box.config.exists()
    assert sorted(path.name for path in (box.folder / "left here").iterdir()) == [
        "collection",
        "keys",
        "tampered",
    ]


def test_an_existing_folder_is_refused(box: Box) -> None:
    """A folder that is there is never written into."""
    (box.folder / "mine").mkdir()
    result = box.run("demo", "mine")
    assert (result.code, result.out) == (2, b"")
    assert b"name another folder" in result.err
    assert list((box.folder / "mine").iterdir()) == []


def test_it_is_told_as_json_where_asked(box: Box) -> None:
    """`--json` gives captures, comparison and both reports as one object."""
    result = box.run("demo", "--json")
    assert (result.code, result.err) == (0, b"")
    told = result.json
    assert told["schema"] == "urn:article-archive:demo:v1"
    assert [capture["outcome"] for capture in told["captures"]] == ["captured", "captured"]
    assert (told["diff"]["same"], told["verify"]["verdict"]) == (False, "verified")
    assert told["tampered"]["verdict"] == "failed"
    assert {finding["check"] for finding in told["tampered"]["findings"]} == {"headers", "blocks"}
    assert Path(box.folder / told["collection"]).is_dir()


def test_it_is_readable_on_a_narrow_terminal(box: Box) -> None:
    """On a terminal of 60 columns the story is coloured, fits, and its commands stay whole."""
    shown = box.on_terminal("demo", "d", columns=60)
    assert shown.code == 0
    assert b"\x1b[1;31mFAILED" in shown.out
    text = plain(shown.out)
    story, _, commands = text.partition("Yours to look at\n")
    assert not [line for line in story.splitlines() if len(line) > 60 and len(line.split()) > 1]
    assert all(line.startswith("  archive ") for line in commands.splitlines())
    assert len(commands.splitlines()) == 5
