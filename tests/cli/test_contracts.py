"""Tests of what scripts rely on: help, JSON fields, streams, errors."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from archive.cli.main import run
from archive.cli.verbs import COMMANDS as ROWS
from archive.cli.verbs import VERBS
from tests.cli.program import Box
from tests.cli.stories import HOSTILE, UNSAFE, Stories, page, response
from tests.servers import OddServer

COMMANDS = [tuple(name.split()) for name in ROWS]

LIST_FIELDS = {
    "schema",
    "id",
    "url",
    "final_url",
    "date",
    "outcome",
    "status",
    "grade",
    "title",
    "words",
    "file",
    "offset",
}
ADD_FIELDS = {
    "schema",
    "id",
    "url",
    "final_url",
    "date",
    "outcome",
    "reason",
    "status",
    "grade",
    "limitations",
    "title",
    "words",
    "extraction",
    "statement",
    "file",
    "offset",
    "error",
}


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_command_explains_itself(
    command: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    """`--help` of every command gives a sentence, its options each with words, and examples."""
    assert run([*command, "--help"]) == 0
    shown = capsys.readouterr().out
    assert shown.splitlines()[2].strip(), "a sentence"
    examples = shown.partition("Examples:")[2].split("Exit codes")[0].strip().splitlines()
    assert examples
    assert all(f"archive {' '.join(command)}" in line or line.startswith("cat")
               for line in map(str.strip, examples) if command != ("key",))  # fmt: skip
    assert "…" not in shown.replace("URL …", "").replace("… and", "")
    assert "..." not in shown.replace("]...", "").replace("FILE...", "")


def test_help_lists_every_verb_with_a_whole_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    """`archive`, `-h` and `--help` list each verb with a sentence that is not cut."""
    texts = []
    for arguments in ([], ["-h"], ["--help"]):
        assert run(arguments) == 0
        texts.append(capsys.readouterr().out)
    assert texts[0] == texts[1] == texts[2]
    for name, verb in VERBS.items():
        assert f"{name:<8} {verb.summary}" in texts[0]
        assert verb.summary.endswith(".")
    assert max(map(len, texts[0].splitlines())) <= 80


@pytest.mark.parametrize("option", ["list", "history"])
def test_lists_have_the_contracts_fields(stories: Stories, option: str) -> None:
    """`list` and `history` write a line an item, with the promised fields at least."""
    more = [stories.story] if option == "history" else []
    result = stories.box.run(option, "-C", stories.folder, "--json", *more)
    assert (result.code, result.err) == (0, b"")
    assert len(result.lines) == (3 if option == "history" else 8)
    wanted = LIST_FIELDS | ({"first", "last", "captures"} if option == "history" else set())
    for line in result.lines:
        assert wanted <= set(line)
        assert line["schema"] == f"urn:article-archive:{option}:v1"


def test_history_tells_versions(stories: Stories) -> None:
    """A version's line says when it was seen first and last, and how often."""
    lines = stories.box.run("history", "-C", stories.folder, "--json", stories.story).lines
    assert [line["captures"] for line in lines] == [1, 2, 1]
    assert [(line["first"][:10], line["last"][:10]) for line in lines] == [
        ("2026-03-01", "2026-03-01"),
        ("2026-03-02", "2026-03-03"),
        ("2026-03-04", "2026-03-04"),
    ]
    assert [line["outcome"] for line in lines] == ["captured", "captured", "failed"]


def test_add_and_import_have_the_contracts_fields(
    box: Box, press: Path, odd_server: OddServer
) -> None:
    """`add` and `import` write a line a capture with the promised fields, failed ones too."""
    (box.folder / "story.txt").write_text("One line.\n")
    url = odd_server.set("/missing", b"HTTP/1.1 410 Gone\r\nContent-Length: 0\r\n\r\n")
    added = box.run("add", "-C", press, "--json", "--allow-private", url)
    imported = box.run(
        "import", "-C", press, "--json", "--url", "https://x.example/", box.folder / "story.txt"
    )
    assert (added.code, added.err, imported.code, imported.err) == (6, b"", 0, b"")
    for result, schema in ((added, "add"), (imported, "import")):
        assert set(result.json) >= ADD_FIELDS
        assert result.json["schema"] == f"urn:article-archive:{schema}:v1"
    assert (added.json["outcome"], added.json["reason"], added.json["status"]) == (
        "failed",
        "http-error",
        410,
    )
    assert (imported.json["grade"], imported.json["words"]) == ("text", 2)


def test_verify_and_diff_have_the_contracts_fields(stories: Stories) -> None:
    """`verify --json` and `diff --json` have the promised fields, down to checks and signers."""
    report = stories.box.run("verify", stories.folder, "--json").json
    fields = {"schema", "verdict", "files", "captures", "statements", "signers", "checks"}
    assert fields | {"findings"} <= set(report)
    assert [set(check) for check in report["checks"]] == [
        {"name", "result", "count", "reason", "complete"}
    ] * 11
    assert {check["result"] for check in report["checks"]} <= {"passed", "failed", "not-checked"}
    assert [set(signer) for signer in report["signers"]] == [{"fingerprint", "trusted", "by"}]
    comparison = stories.box.run("diff", "-C", stories.folder, stories.story, "--json").json
    assert {"schema", "same", "changes"} <= set(comparison)
    assert comparison["same"] is False


def test_findings_have_the_contracts_fields(box: Box) -> None:
    """A finding in `verify --json` says which check, where, and what."""
    (box.folder / "not.warc").write_bytes(b"this is no WARC file")
    result = box.run("verify", "not.warc", "--json")
    assert result.code == 5
    fields = {"check", "file", "offset", "length", "record", "capture", "url", "message"}
    assert result.json["findings"]
    assert all(fields <= set(finding) for finding in result.json["findings"])


VIEWS: tuple[list[str], ...] = ([], ["--text"], ["--raw"], ["--headers"], ["--statement"])


@pytest.mark.parametrize("view", VIEWS, ids=str)
def test_every_view_of_show_is_json_where_asked(
    stories: Stories, view: list[str], capfd: pytest.CaptureFixture[str]
) -> None:
    """Each view of `show` has a JSON form with a schema and the capture's id."""
    assert run(["show", "-C", str(stories.folder), stories.ids[0], *view, "--json"]) == 0
    told = json.loads(capfd.readouterr().out)
    name = view[0][2:] if view else "show"
    assert (told["schema"], told["id"]) == (f"urn:article-archive:{name}:v1", stories.ids[0])


def test_other_commands_are_json_where_asked(box: Box) -> None:
    """`init`, `status`, `reindex` and every `key` verb give JSON with a schema."""
    made = box.run("init", "press", "--json").json
    key = made["fingerprint"]
    assert {"fingerprint", "algorithm", "path"} <= set(box.run("key", "show", key, "--json").json)
    pem = box.run("key", "show", key, "--pem", "--json").json["pem"]
    (box.folder / "key.pem").write_text(pem)
    for arguments, schema in (
        (["status", "-C", "press"], "status"),
        (["reindex", "-C", "press"], "reindex"),
        (["key", "new"], "key"),
        (["key", "trust", "key.pem"], "key"),
        (["key", "forget", key[:8]], "key"),
    ):
        result = box.run(*arguments, "--json")
        assert (result.code, result.err) == (0, b"")
        assert result.json["schema"] == f"urn:article-archive:{schema}:v1"
    listed = box.run("key", "list", "--json").lines
    assert {line["schema"] for line in listed} == {"urn:article-archive:key:v1"}
    assert len(listed) == 2


@pytest.mark.parametrize(
    ("arguments", "code", "word"),
    [
        (["--json", "nonsense"], 2, "usage"),
        (["list", "--json", "--no-such-option"], 2, "usage"),
        (["add", "--json", "--concurrency", "many", "https://x.example/"], 2, "usage"),
        (["key", "--json"], 2, "usage"),
        (["show", "--json"], 2, "usage"),
        (["list", "--json"], 10, "no-collection"),
        (["verify", "absent.warc.gz", "--json"], 5, "input"),
        (["key", "show", "abcdef", "--json"], 7, "key"),
        (["add", "--json", "--from", "absent", "https://x.example/"], 5, "input"),
    ],
)
def test_errors_are_json_where_asked(
    arguments: list[str],
    code: int,
    word: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    """With --json every error, of usage too, is one object with code, message, where and hint."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.delenv("ARCHIVE_COLLECTION", raising=False)
    assert run(arguments) == code
    out, err = capfd.readouterr()
    told = json.loads(out)
    assert err == ""
    assert set(told) == {"schema", "error"}
    assert told["schema"] == "urn:article-archive:error:v1"
    assert set(told["error"]) == {"code", "message", "where", "hint"}
    assert told["error"]["code"] == word
    assert told["error"]["message"]


def test_errors_go_to_stderr_and_say_what_to_do(box: Box) -> None:
    """Without --json an error is words on stderr, with where and a hint; stdout stays empty."""
    result = box.run("list")
    assert (result.code, result.out) == (10, b"")
    assert b"no collection here (" in result.err
    assert b"archive init DIR" in result.err


def test_json_stays_whole_whatever_a_text_says(stories: Stories) -> None:
    """A text comes out of JSON as it was, and no unsafe character stands in it raw."""
    result = stories.box.run("show", "-C", stories.folder, stories.scraped, "--json")
    assert result.json["text"].replace("\n", "") == HOSTILE.replace("\n", "")
    assert not UNSAFE & set(result.text.rstrip("\n"))


def test_arguments_that_are_no_text_are_told_of(box: Box, press: Path) -> None:
    """Bytes that are not UTF-8 in an argument give an error in words and in JSON, no crash."""
    name = os.fsdecode(b"\xff\xfe")
    assert box.run("show", "-C", press, name).code == 2
    result = box.run("show", "-C", press, name, "--json")
    assert (result.code, result.json["error"]["code"]) == (2, "usage")


def test_history_is_headed_by_what_was_asked(box: Box, press: Path, odd_server: OddServer) -> None:
    """`history` names the URL it was asked for, and marks versions that came by redirect."""
    new = odd_server.set("/moved/new", response(page("Moved")))
    old = odd_server.set(
        "/moved/old",
        f"HTTP/1.1 302 Found\r\nLocation: {new}\r\nContent-Length: 0\r\n\r\n".encode(),
    )
    box.run("add", "-C", press, "--allow-private", old)
    asked, moved = (box.run("history", "-C", press, url).text for url in (old, new))
    assert asked.splitlines()[0] == old
    assert moved.splitlines()[0] == new
    assert f"     by redirect from {old}\n" in moved
    assert "by redirect" not in asked
