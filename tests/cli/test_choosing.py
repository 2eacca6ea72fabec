"""Tests of naming: which collection is worked on, and which capture is meant."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

import archive
from archive.cli.main import run
from archive.errors import NotFoundError, UsageError
from tests.cli.program import Box
from tests.cli.stories import Stories


def test_the_collection_is_named_or_here(box: Box, stories: Stories, press: Path) -> None:
    """-C comes first, then $ARCHIVE_COLLECTION, then the current folder, else exit 10."""
    there, here = {"ARCHIVE_COLLECTION": str(stories.folder)}, {"ARCHIVE_COLLECTION": ""}

    def count(*arguments: str | Path, **how: object) -> int:
        result = box.run("status", "--json", *arguments, **how)  # type: ignore[arg-type]
        return int(result.json["captures"]) if result.code == 0 else -result.code

    assert count("-C", press, env=there) == 0
    assert count("--collection", stories.folder, cwd=press) == 8
    assert count(env=there) == 8
    assert count(env=there, cwd=press) == 8
    assert count(env=here, cwd=press) == 0
    assert count(cwd=press) == 0
    assert count(cwd=press / "warc") == -10
    assert count(env=here) == -10
    assert count("-C", box.folder / "absent", env=there) == -10
    assert count(env={"ARCHIVE_COLLECTION": "absent"}, cwd=press) == -10


def test_verify_takes_the_collection_the_same_way(box: Box, stories: Stories) -> None:
    """`verify` without a path checks the collection that other verbs would work on."""
    there = {"ARCHIVE_COLLECTION": str(stories.folder)}
    assert box.run("verify", "--json", env=there).json["captures"] == 8
    assert box.run("verify", "--json", cwd=stories.folder).json["captures"] == 8
    assert box.run("verify", "-C", stories.folder, "--json").json["captures"] == 8
    [warc] = (stories.folder / "warc").iterdir()
    copy = box.folder / "lone.warc.gz"
    shutil.copy(warc, copy)
    assert box.run("verify", copy, "--json", env=there).json["findings"] == []


CASES = [
    ("{story}", 2),
    ("{story}@~0", 2),
    ("{story}@~1", 1),
    ("{story}@~2", 0),
    ("{story}@2026-03-01", 0),
    ("{story}@2026-03-02", 1),
    ("{story}@2026-04-01", 3),
    ("{story}@2026-03-02T11:59:59Z", 0),
    ("{story}@2026-03-02T12:00:01Z", 1),
    ("{story}@2026-03-02T12:00:01", 1),
    ("{story}@2026-03-02T14:00:01+02:00", 1),
    ("{story}#fragment", 2),
    ("{handle}", 5),
    ("{handle}@~0", 5),
    ("{handle}@2026-03-06", 5),
    ("{handle}@2026-03-01", 6),
    ("{handle}@2026-03-01@~0", 6),
    ("{scraped}", 7),
]


@pytest.mark.parametrize(("reference", "number"), CASES)
def test_references_name_captures(stories: Stories, reference: str, number: int) -> None:
    """A URL, ~N, a date, an instant name what they should, also where a URL itself has an @."""
    named = reference.format(story=stories.story, handle=stories.handle, scraped=stories.scraped)
    with archive.open(stories.folder) as press:
        assert press.get(named).id == stories.ids[number]


@pytest.mark.parametrize(
    ("reference", "error"),
    [
        ("{story}@~3", NotFoundError),
        ("{story}@2026-02-28", NotFoundError),
        ("{story}@2026-13-01", NotFoundError),
        ("{story}@yesterday", NotFoundError),
        ("https://never.example/", NotFoundError),
        ("https://never.example/@~1", NotFoundError),
        ("{handle}@~1", NotFoundError),
        ("ffffffff-0000", NotFoundError),
        ("12345", UsageError),
        ("not an id", NotFoundError),
    ],
)
def test_references_to_nothing_are_told(
    stories: Stories, reference: str, error: type[Exception]
) -> None:
    """A reference that names nothing is an error that says so."""
    named = reference.format(story=stories.story, handle=stories.handle)
    with archive.open(stories.folder) as press, pytest.raises(error):
        press.get(named)


def test_ids_may_be_cut_short(stories: Stories) -> None:
    """Any beginning of six characters names a capture, in either case, with or without urn:."""
    whole = stories.ids[1]
    with archive.open(stories.folder) as press:
        for name in (whole, whole[:6], whole[:8].upper(), f"urn:uuid:{whole}"):
            assert press.get(name).id == whole


def test_url_and_at_say_the_same_without_guessing(
    stories: Stories, capfd: pytest.CaptureFixture[str]
) -> None:
    """`--url U --at T` takes the URL as it stands."""
    for at, number in (("~1", 1), ("2026-03-01", 0), ("2026-03-03T12:00:00Z", 1)):
        options = ["-C", str(stories.folder), "--url", stories.story, "--at", at, "--json"]
        assert run(["show", *options]) == 0
        assert json.loads(capfd.readouterr().out)["id"] == stories.ids[number]
    options = ["-C", str(stories.folder), "--url", f"{stories.handle}@2026-03-01", "--json"]
    assert run(["show", *options]) == 0
    assert json.loads(capfd.readouterr().out)["id"] == stories.ids[6]


def test_an_ambiguous_beginning_is_told(
    stories: Stories, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """An id that fits several captures is refused, and more characters are asked for."""
    from archive.index.queries import Index

    many = Index.select  # what the index gives, twice over: ids share six characters once in 16^6

    def twice(index: Index, where: str, *values: str) -> list[object]:
        return [*many(index, where, *values)] * 2

    monkeypatch.setattr(Index, "select", twice)
    assert run(["show", "-C", str(stories.folder), stories.ids[0][:6]]) == 2
    assert "give more characters" in capfd.readouterr().err


def test_lists_can_be_narrowed(stories: Stories, capfd: pytest.CaptureFixture[str]) -> None:
    """`list` knows --url, --failed and --last, alone and together."""
    for more, numbers in (
        (["--url", stories.story], [0, 1, 2, 3]),
        (["--failed"], [3]),
        (["--last", "2"], [6, 7]),
        (["--url", stories.story, "--failed", "-n", "1"], [3]),
        (["--url", "https://never.example/"], []),
    ):
        assert run(["list", "-C", str(stories.folder), "--json", *more]) == 0
        ids = [json.loads(line)["id"] for line in capfd.readouterr().out.splitlines()]
        assert ids == [stories.ids[number] for number in numbers]


def test_diff_of_a_url_takes_its_last_two_versions(
    stories: Stories, capfd: pytest.CaptureFixture[str]
) -> None:
    """With a URL alone, the last two versions with an article are compared: a 404 is none."""
    assert run(["diff", "-C", str(stories.folder), stories.story, "--json"]) == 1
    told = json.loads(capfd.readouterr().out)
    assert (told["before"], told["after"]) == (stories.ids[0], stories.ids[1])
    changed = [
        (change["part"], one["before"], one["after"])
        for change in told["changes"]
        for one in change["operations"]
    ]
    assert ("text", "14", "41") in changed
    assert run(["diff", "-C", str(stories.folder), stories.story]) == 1
    assert "Cost: [-14-] {+41+} million in all.\n" in capfd.readouterr().out


def test_context_of_a_change_ends_between_words(
    box: Box, press: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Around a change stand a few whole words, with an ellipsis where some were left out."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(box.config))
    for number in ("one", "two"):
        text = f"{'before ' * 20}{number} {'after ' * 20}".strip()
        (box.folder / "text.txt").write_text(text + "\n")
        file = str(box.folder / "text.txt")
        assert run(["import", "-C", str(press), file, "--url", "https://x.example/"]) == 0
    capfd.readouterr()
    assert run(["diff", "-C", str(press), "https://x.example/"]) == 1
    line = capfd.readouterr().out.splitlines()[-1]
    assert line == (
        "  … before before before before before [-one-] {+two+} "
        "after after after after after after …"
    )
