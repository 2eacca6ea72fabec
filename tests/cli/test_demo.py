"""Tests of `archive demo`."""

from __future__ import annotations

import os
import shlex
import subprocess
from pathlib import Path

from archive.cli.verbs import VERBS
from tests.cli.program import BASIS, Box, Result, make_script, plain

STORY = [
    "1. A collection, and a key that signs its captures",
    "2. An article is captured",
    "3. The paper changes its headline, a number and a quotation",
    "4. The article is captured again",
    "5. What changed",
    "6. What the page now says of itself does not agree",
    "7. The collection is verified",
    "8. A forger turns",
    "9. Others see the log",
    "10. The last capture is deleted",
    "11. Yours to look at",
]


def test_the_story_is_told(demo: tuple[Box, Result]) -> None:
    """The story goes from capture to tampering, on stdout, and ends with 0."""
    _, result = demo
    assert (result.code, result.err) == (0, b"")
    places = [result.text.index(step) for step in STORY]
    assert places == sorted(places)
    told = result.text
    assert "[-14-] {+41+}" in told
    assert "[-closes-] {+saves money on+}" in told
    assert "quotation changed, negation  substantive\n" in told
    assert "silent: neither a later date of modification nor a correction note" in told
    assert "  Council closes the old ferry pier\n    jsonld, stated, line 9 of the page\n" in told
    assert told.index("Verified:") < told.index("FAILED:")
    assert "of the response record (the page as received) is not the one that was signed" in told
    assert "of the text record (the extracted text) is not the one that was signed" in told
    assert "The forger could change the page but not the signature" in told
    assert "Nothing can be added to this collection" in told


def test_what_it_leaves_can_be_looked_at(demo: tuple[Box, Result]) -> None:
    """The commands it prints run as they stand, and the tampered copy fails."""
    box, result = demo
    codes = {}
    for line in _commands(result.text):
        ran = subprocess.run(
            line,
            shell=True,
            cwd=box.folder,
            env=box.environment(),
            capture_output=True,
            check=False,
        )
        verb = next(word for word in shlex.split(line) if word in VERBS)
        assert ran.stderr.decode() == (f"{BASIS}\n" if verb == "history" else "")
        codes[verb, "tampered" in line] = ran.returncode
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
        "cut",
        "keys",
        "outside",
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


def test_its_commands_name_the_path_by_which_it_was_called(demo: tuple[Box, Result]) -> None:
    """Called by a path that has a blank, the path is printed, quoted."""
    _, result = demo
    assert "  './my tools/archive' history " in result.text


def test_it_is_readable_on_a_narrow_terminal(box: Box) -> None:
    """On a terminal of 60 columns the story is coloured, fits, and its commands stay whole; found
    in PATH, the program is called by its name in them.
    """
    make_script(box.folder / "tools")
    env = {"PATH": f"{box.folder / 'tools'}{os.pathsep}{os.defpath}"}
    shown = box.on_terminal("demo", "d", columns=60, env=env, command=["/usr/bin/env", "archive"])
    assert shown.code == 0
    assert b"\x1b[1;31mFAILED" in shown.out
    commands = plain(shown.out)
    story = commands.partition("Yours to look at\n")[0]
    assert not [line for line in story.splitlines() if len(line) > 60 and len(line.split()) > 1]
    assert len(_commands(commands)) == 6
    assert "  archive history " in commands


def _commands(told: str) -> list[str]:
    """The commands that the story ends with."""
    return [
        line for line in told.partition("Yours to look at\n")[2].splitlines() if line[:2] == "  "
    ]
