"""Tests of how a comparison is counted and shown."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from archive.cli.changes import print_comparison
from archive.cli.main import run
from archive.cli.output import Output
from archive.comparison import Side, compare_sides
from tests.cli.program import Box
from tests.cli.stories import Stories
from tests.places import program

WIRE = (
    "The old ferry pier will close in April, the council said on Tuesday evening.\n"
    "Repairs would have cost 14 million, according to a report that is not public.\n"
    "Islanders have asked the county for a bus across the new bridge.\n"
)
PAPER = (
    "Islanders are angry.\n"
    "The old ferry pier will close in April, the council said on Tuesday evening.\n"
    "Repairs would have cost 41 million, according to a report that is not public.\n"
)


def show(before: str, after: str, capsys: pytest.CaptureFixture[str]) -> list[str]:
    """What is shown of the change from one text to another."""
    print_comparison(Output(), compare_sides(Side(before), Side(after)))
    return capsys.readouterr().out.splitlines()


@pytest.fixture
def press(box: Box, press: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A collection with the wire's copy and the paper's."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(box.config))
    for name, text in (("wire", WIRE), ("paper", PAPER)):
        file = box.folder / f"{name}.txt"
        file.write_text(text)
        url = f"https://{name}.example/pier"
        assert run(["import", "-C", str(press), str(file), "--url", url]) == 0
    return press


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("One line.\nTwo.\n", "One  line.\nTwo.\n"),
        ("One line.\nTwo.\n", "One line.\n\nTwo.\n"),
        ("It “was” so.\n", 'It "was" so.\n'),
    ],
)
def test_typography_is_no_change(
    before: str, after: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where only spaces, line ends or the form of signs differ, it says so and lists nothing."""
    lines = show(before, after, capsys)
    assert lines[0] == "no change"
    assert not [line for line in lines if "[-" in line or "{+" in line]


def test_changes_stand_under_their_classes(capsys: pytest.CaptureFixture[str]) -> None:
    """Each class is named with its significance, the words that differ are marked inside."""
    lines = show(WIRE, WIRE.replace("14", "41").replace("asked", "begged"), capsys)
    assert "number  substantive" in lines
    assert "  Repairs would have cost [-14-] {+41+} million, according to a report that is …" in (
        lines
    )
    assert "attribution  substantive" in lines


def test_a_paragraph_that_came_is_shown_whole(capsys: pytest.CaptureFixture[str]) -> None:
    """A paragraph put in is marked from its first word to its last."""
    assert "  {+Nobody else said a word about it.+}" in show(
        WIRE, WIRE + "Nobody else said a word about it.\n", capsys
    )


def test_only_and_least_choose(stories: Stories) -> None:
    """`--only` and `--min-significance` list fewer changes, and the exit code follows."""
    ask = ("diff", "-C", stories.folder, stories.story)
    told = stories.box.run(*ask, "--json", "--only", "number").json
    assert [change["classes"] for change in told["changes"]] == [["number"]]
    none = stories.box.run(*ask, "--only", "correction,byline", "--only", "link")
    assert (none.code, "listed: 0 of 2" in none.text) == (0, True)
    heavy = stories.box.run(*ask, "--min-significance", "substantive", "--json")
    assert heavy.code == 1
    assert {change["significance"] for change in heavy.json["changes"]} == {"substantive"}
    refused = stories.box.run(*ask, "--only", "numbers")
    assert refused.code == 2
    assert b"no such class of changes" in refused.err


def test_json_has_what_was_promised(stories: Stories) -> None:
    """`--json` gives changes with classes, significance, scope and spans; silence; filters."""
    told = stories.box.run("diff", "-C", stories.folder, stories.story, "--json").json
    assert (told["silent"], told["state"], told["shared"]) == (True, "compared", [])
    assert set(told["filters"]) >= {"same-bytes", "cosmetic", "extraction-artefact", "boilerplate"}
    promised = {"classes", "significance", "scope", "before", "after", "before_span", "after_span"}
    assert all(promised <= set(change) for change in told["changes"])


def test_an_article_that_is_gone_differs(stories: Stories) -> None:
    """Against a capture without an article nothing is listed, and the exit code is 1."""
    gone = stories.box.run("diff", "-C", stories.folder, stories.ids[2], stories.ids[3])
    assert (gone.code, "article gone" in gone.text) == (1, True)


def test_a_patch_leads_from_one_text_to_the_other(stories: Stories, tmp_path: Path) -> None:
    """`patch` makes the later text out of the earlier with what `--patch` prints."""
    made = stories.box.run("diff", "-C", stories.folder, *stories.ids[:2], "--patch")
    assert made.code == 1
    texts = [
        stories.box.run("show", "-C", stories.folder, name, "--text").out
        for name in stories.ids[:2]
    ]
    file = tmp_path / "text"
    file.write_bytes(texts[0])
    subprocess.run([program("patch"), "-s", file], input=made.out, check=True)
    assert file.read_bytes() == texts[1]
    same = stories.box.run("diff", "-C", stories.folder, *stories.ids[1:3], "--patch")
    assert (same.code, same.out) == (0, b"")


def test_a_patch_is_not_filtered(stories: Stories) -> None:
    """`--patch` together with what chooses changes is refused."""
    refused = stories.box.run("diff", "-C", stories.folder, *stories.ids[:2], "--patch", "--json")
    assert refused.code == 2


def test_two_sources_show_what_they_share(press: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """Captures of different URLs are compared too, and the passages that both have are listed.

    Neither source edited the other, so nothing is called silent.
    """
    sources = ["https://wire.example/pier", "https://paper.example/pier"]
    capfd.readouterr()
    assert run(["diff", "-C", str(press), *sources]) == 1
    told = capfd.readouterr().out
    assert "https://wire.example/pier  →  https://paper.example/pier" in told
    assert "shared passages: 2, " in told
    assert "[-14-] {+41+}" in told
    assert "silent" not in told
    assert run(["diff", "-C", str(press), *sources, "--json"]) == 1
    found = json.loads(capfd.readouterr().out)
    assert (found["silent"], found["silent_reason"]) == (None, "captures of two URLs")
    shared = found["shared"]
    assert all(WIRE[slice(*one["before_span"])] == one["text"] for one in shared)
    assert [PAPER[slice(*one["after_span"])] for one in shared] == [one["text"] for one in shared]


def test_the_page_of_two_sources_lists_what_they_share(press: Path) -> None:
    """The page of captures of different URLs says so, and has the passages of both, in words."""
    file = press.parent / "sources.html"
    sources = ["https://wire.example/pier", "https://paper.example/pier"]
    assert run(["diff", "-C", str(press), *sources, "--html", str(file)]) == 1
    page = file.read_text("utf-8")
    assert "Two sources compared" in page
    assert "Silent." not in page
    assert "Passages that both texts have" in page
    assert "million, according to a report that is not public" in page


def test_related_and_search_find_copies(press: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """`related` names the copy and how much is shared, `search` the texts; 4 means nothing."""
    capfd.readouterr()
    assert run(["related", "-C", str(press), "https://wire.example/pier", "--json"]) == 0
    told = json.loads(capfd.readouterr().out)
    assert told["url"] == "https://paper.example/pier"
    assert 0 < told["share"] < 1
    assert run(["related", "-C", str(press), "https://wire.example/pier"]) == 0
    assert "runs of five words)" in capfd.readouterr().out
    assert run(["search", "-C", str(press), "41 million", "ferry"]) == 0
    found = capfd.readouterr().out
    assert "https://paper.example/pier" in found
    assert "41 million, according to a report" in found
    assert run(["search", "-C", str(press), "41 million", "--json"]) == 0
    excerpt = json.loads(capfd.readouterr().out)["excerpt"]
    assert [excerpt["text"][begin:end] for begin, end in excerpt["marks"]] == ["41 million"]
    assert run(["search", "-C", str(press), "nobody-wrote-this"]) == 4
    assert (
        capfd.readouterr().err
        == "nothing found\nfrom the index, not verified, see: archive verify\n"
    )


def test_a_page_that_cannot_be_written_is_told(stories: Stories) -> None:
    """`--html` into a folder that is not there ends with the exit code of storage, and why."""
    asked = ("diff", "-C", stories.folder, stories.story, "--html", "none/page.html")
    refused = stories.box.run(*asked)
    assert refused.code == 8
    assert b"none/page.html" in refused.err
