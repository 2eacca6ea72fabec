"""Tests of `archive extract`."""

from __future__ import annotations

from pathlib import Path

from tests.cli.program import Box
from tests.cli.stories import Stories, page, response
from tests.judges.test_warc_tools import judge_file
from tests.servers import OddServer


def add(box: Box, press: Path, url: str, *options: str) -> str:
    """Capture a page and give the capture's id."""
    found = box.run("add", "-C", press, "--allow-private", "--json", *options, url).json["id"]
    assert isinstance(found, str)
    return found


def test_a_page_kept_without_text_gets_one(box: Box, press: Path, odd_server: OddServer) -> None:
    """What was captured with --no-extract is listed and shown with the text extracted later, and
    the collection verifies in depth.
    """
    id_ = add(box, press, odd_server.set("/a", response(page("Pier closes"))), "--no-extract")
    assert box.run("list", "-C", press, "--json").json["title"] is None
    told = box.run("extract", "-C", press, id_, "--json").json
    assert told["schema"] == "urn:article-archive:extract:v1"
    assert (told["id"], told["stored"], told["outcome"]) == (id_, True, "ok")
    assert told["title"] == "Pier closes"
    assert box.run("list", "-C", press, "--json").json["title"] == "Pier closes"
    shown = box.run("show", "-C", press, id_).text
    assert "(--extraction 1)" in shown
    assert "The council voted on Tuesday evening" in shown
    assert box.run("show", "-C", press, id_, "--text", "--extraction", "2").code == 4
    claims = box.run("show", "-C", press, id_, "--claims").text
    assert "line 1 of the page" in claims
    report = box.run("verify", press, "--deep", "--json").json
    assert report["verdict"] == "verified"
    assert report["statements"] == 3  # the keyring is the first
    assert report["captures"] == 1


def test_what_is_up_to_date_is_left_alone(stories: Stories, tmp_path: Path) -> None:
    """A capture whose text this version extracted is not stored again; --all says nothing of it."""
    before = stories.box.run("status", "-C", stories.folder, "--json").json
    told = stories.box.run("extract", "-C", stories.folder, stories.ids[0], "--json").json
    assert (told["stored"], told["entry"]) == (False, None)
    quiet = stories.box.run("extract", "-C", stories.folder, "--all")
    assert (quiet.code, quiet.out) == (0, b"")
    assert stories.box.run("status", "-C", stories.folder, "--json").json == before


def test_all_extracts_what_has_no_text_yet(box: Box, press: Path, odd_server: OddServer) -> None:
    """--all goes over every page of the collection, and a second time finds nothing to do."""
    for name in ("a", "b"):
        add(box, press, odd_server.set(f"/{name}", response(page(name))), "--no-extract")
    first = box.run("extract", "-C", press, "--all")
    assert [line.split()[0] for line in first.text.splitlines()[::2]] == ["extracted"] * 2
    assert box.run("extract", "-C", press, "--all").out == b""


def test_what_holds_no_page_is_refused(stories: Stories) -> None:
    """A failed capture and an imported text give exit code 2, an unknown one 4; others go on."""
    imported, gone = stories.ids[7], stories.box.run("list", "-C", stories.folder, "--json")
    assert gone.code == 0
    refused = stories.box.run("extract", "-C", stories.folder, imported)
    assert refused.code == 2
    assert b"an imported text is kept as it is" in refused.err
    assert stories.box.run("extract", "-C", stories.folder, "ffffffff").code == 4
    both = stories.box.run("extract", "-C", stories.folder, imported, stories.ids[0])
    assert both.code == 3
    assert stories.box.run("extract", "-C", stories.folder).code == 2


def test_other_readers_read_the_new_group(
    box: Box, press: Path, odd_server: OddServer, tmp_path: Path
) -> None:
    """The judges find nothing wrong with a file that holds a text entry."""
    id_ = add(box, press, odd_server.set("/a", response(page("Pier closes"))), "--no-extract")
    box.run("extract", "-C", press, id_)
    [warc] = (press / "warc").iterdir()
    judge_file(warc, tmp_path)


OLDER = "import archive.article.engine as engine\nengine.RULES = engine.RULES[:-1]\n"
"""A program whose extractor has one rule less, as an earlier version had."""


def test_a_collection_of_an_earlier_version_is_extracted_again(
    box: Box, press: Path, odd_server: OddServer, tmp_path: Path
) -> None:
    """Each page is extracted once more, what was interrupted goes on where it ended, and verify
    says of the old texts that another extractor made them, of the new ones that they are signed.
    """
    (tmp_path / "older").mkdir()
    (tmp_path / "older" / "sitecustomize.py").write_text(OLDER)
    older = {"PYTHONPATH": str(tmp_path / "older")}
    ids = []
    for name in "abc":
        url = odd_server.set(f"/{name}", response(page(name * 9)))
        add_json = ("add", "-C", press, "--allow-private", "--json", url)
        ids.append(box.run(*add_json, env=older).json["id"])
    box.run("add", "-C", press, "--allow-private", "http://127.0.0.1:1/")
    assert box.run("extract", "-C", press, "--all", env=older).out == b""
    assert box.run("extract", "-C", press, ids[1]).code == 0  # as if interrupted after it
    told = box.run("extract", "-C", press, "--all", "--json")
    assert told.code == 0
    assert [one["stored"] for one in told.lines] == [True, False, True]
    assert {one["id"] for one in told.lines} == set(ids)
    assert b"2 extracted, 1 as they were" in told.err
    again = box.run("extract", "-C", press, "--all")
    assert (again.code, again.out, again.err) == (0, b"", b"")
    report = box.run("verify", press, "--deep", "--json").json
    assert report["verdict"] == "verified"
    (check,) = (one for one in report["checks"] if one["name"] == "text")
    assert "texts by another extractor than this program has (3)" in check["reason"]
    assert (check["result"], check["count"], check["complete"]) == ("passed", 3, False)
    assert "text" not in [one["check"] for one in report["findings"]]
    required = box.run("verify", press, "--deep", "--require", "text", "--json")
    assert required.json["verdict"] == "incomplete"


def test_all_passes_over_what_holds_no_page(stories: Stories) -> None:
    """--all passes over failed captures and imported texts, and says nothing of them."""
    every = stories.box.run("extract", "-C", stories.folder, "--all", "--json")
    assert every.code == 0
    assert {one["stored"] for one in every.lines} == {False}
    assert stories.ids[7] not in {one["id"] for one in every.lines}
