"""Tests that the reference says what the program writes, and nothing else."""

from __future__ import annotations

import importlib.util
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any, get_type_hints

import pytest

import archive
from archive import errors
from archive.collection import create_collection, open_collection
from archive.index.groups import Group, read_groups
from archive.proof.timestamp import Authority
from archive.user.keystore import Keystore
from tests.places import ROOT
from tests.proof.authority import make_authority
from tests.servers import OddServer

_REFERENCE = ROOT / "docs" / "reference"
_FIXTURES = ROOT / "fixtures"
_URL = "https://news.example/ferry-pier"
_ROW = re.compile(r"^\| `([^`]+)` \| ([^|]*) \|(?:[^|]*\| `(.*)` \|$)?", re.MULTILINE)
_FREE = {"software", "options", "built_on", "seconds", "statement", "derived"}
"""Members whose own members are names of things, or are described on another page."""


def members(value: Any, path: str = "") -> set[str]:
    """The paths of all members of a JSON value: ``a``, ``a.b``, ``a[].b``."""
    if isinstance(value, list):
        return set().union(*(members(item, f"{path}[]") for item in value))
    if not isinstance(value, dict) or (path and "schema" in value):
        return set()
    found: set[str] = set()
    for name, inner in value.items():
        here = f"{path}.{name}" if path else name
        found |= {here} | (set() if name in _FREE else members(inner, here))
    return found


def section(page: str, heading: str) -> str:
    """The part of a reference page below a heading."""
    text = (_REFERENCE / page).read_text(encoding="utf-8")
    _, found, rest = text.partition(f"\n## {heading}\n")
    assert found, f"{page} has no section {heading}"
    return rest.partition("\n## ")[0]


def documented(text: str) -> set[str]:
    """The members that the tables of a section name."""
    return {match[1] for match in _ROW.finditer(text)}


def look(value: Any, path: str) -> Any:
    """What stands at a member's path, in the first item of every array."""
    for name in path.split("."):
        value = value[name.removesuffix("[]")]
        value = value[0] if name.endswith("[]") else value
    return value


@pytest.mark.parametrize(
    ("heading", "file"), [("Envelope", "envelope.json"), ("Statement", "statement.json")]
)
def test_every_member_of_the_golden_envelope_is_documented(heading: str, file: str) -> None:
    """Statement and envelope have exactly the members that the reference names, as shown."""
    golden = json.loads((_FIXTURES / "golden" / file).read_bytes())
    text = section("statement.md", heading)
    assert documented(text) == members(golden)
    for path, _, example in _ROW.findall(text):
        if example:
            shown = json.dumps(look(golden, path), ensure_ascii=False)
            assert shown == example or (
                example.endswith("…") and shown.startswith(example.removesuffix("…"))
            ), path


def _groups() -> list[Group]:
    [warc] = (_FIXTURES / "press" / "warc").glob("*.warc.gz")
    with open(warc, "rb") as file:
        found = list(read_groups(file, base=0, where=warc.name, everything=True))
    return [item for item in found if isinstance(item, Group)]


@pytest.mark.parametrize(
    ("page", "heading", "role", "imported"),
    [
        ("outcome-record.md", "Of a capture from the wire", "outcome", False),
        ("outcome-record.md", "Of an import", "outcome", True),
        ("claims-record.md", None, "claims", None),
    ],
)
def test_every_member_of_a_record_is_documented(
    page: str, heading: str | None, role: str, imported: bool | None
) -> None:
    """Outcome and claims records have exactly the members that the reference names."""
    groups = [group for group in _groups() if imported in (None, group.statement.grade == "text")]
    blocks = [block for group in groups if (block := group.block(role)) is not None]
    written = set().union(*(members(json.loads(block)) for block in blocks))
    whole = (_REFERENCE / page).read_text(encoding="utf-8")
    assert documented(section(page, heading) if heading else whole) == written


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory, odd_server: OddServer) -> dict[str, set[str]]:
    """The members that the commands print, by schema."""
    folder = tmp_path_factory.mktemp("json")
    press, text = str(folder / "press"), str(_FIXTURES / "import" / "ferry-pier.txt")
    fixture, key = str(_FIXTURES / "press"), str(_FIXTURES / "golden" / "key.pub.pem")
    body = b"<article><h1>Pier</h1><p>The pier will close in April, it was said.</p></article>"
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n" % len(body)
    served = odd_server.set("/reference", head + body)
    authority = make_authority(folder / "tsa").folder / "root.pem"
    commands = [
        ["init", press],
        ["import", "-C", press, text, "--url", _URL],
        ["import", "-C", press, text, "--url", _URL],
        ["add", "-C", press, "http://127.0.0.1:1/", "nothing"],
        *[["add", "-C", press, "--allow-private", served]] * 2,
        ["list", "-C", fixture],
        ["history", "-C", fixture, _URL],
        ["changes", "-C", fixture],
        *(["show", "-C", fixture, "6118e63d", *view] for view in ([], *_VIEWS)),
        ["diff", "-C", fixture, "06205219", "6118e63d"],
        ["import", "-C", press, text, "--url", "https://other.example/"],
        ["diff", "-C", press, _URL, "https://other.example/"],
        ["related", "-C", press, _URL],
        ["search", "-C", fixture, "ferry"],
        ["report", "-C", fixture, _URL, "--html", str(folder / "report.html")],
        ["verify", str(_FIXTURES / "tampered")],
        ["status", "-C", press],
        ["reindex", "-C", press],
        ["key", "trust", "--tsa", str(authority)],
        ["key", "list"],
        ["key", "forget", Authority.from_pem(authority.read_bytes()).fingerprint],
        ["key", "trust", key],
        ["key", "show", "6a12c2ba", "--pem"],
        ["key", "forget", "6a12c2ba"],
        *(["log", *verb] for verb in _log_verbs(folder, press)),
        ["key", "rotate", "-C", press],
        ["key", "revoke", "ab" * 32, "-C", press],
        ["demo", str(folder / "demo")],
    ]
    create_collection(
        folder / "old", keystore=Keystore(folder / "config" / "article-archive"), log=False
    )
    found: dict[str, set[str]] = {}
    lines = _run([[*command, "--json"] for command in commands], folder)
    [demo] = [told for line in lines if "captures" in (told := json.loads(line)) and "diff" in told]
    id_, made = demo["captures"][1]["id"], demo["collection"]
    again = [["show", "-C", made, id_, *view] for view in _VIEWS]
    again.append(["extract", "-C", made, id_])
    again.append(["verify", made, "--tsa", f"{made}/keys/tsa-root.pem"])
    lines += _run([[*command, "--json"] for command in again], folder)
    for line in lines:
        told = json.loads(line)
        found.setdefault(told["schema"], set()).update(members(told))
    return found


_VIEWS = [
    [f"--{view}"]
    for view in ("text", "raw", "headers", "claims", "conflicts", "quotations", "statement")
]


def _log_verbs(folder: Path, press: str) -> list[list[str]]:
    """The verbs of ``archive log``; whoever is asked for anything does not answer."""
    proof, seen = folder / "first.tlog-proof", folder / "seen.txt"
    with open_collection(_FIXTURES / "press") as fixture:
        [first, *_] = fixture.captures()
        proof.write_bytes(fixture.log.prove(first.row).to_bytes())
        seen.write_bytes(fixture.log.checkpoint())
    place = str(_FIXTURES / "press")
    trusted = ["--trust", str(_FIXTURES / "golden" / "key.pub.pem")]
    (folder / "asking").mkdir()
    shutil.copytree(place, folder / "asking" / "press")
    asked = '[[timestamp]]\nurl = "http://127.0.0.1:1"\nroot = "none.pem"\n'
    asked += '[[witness]]\nurl = "http://127.0.0.1:1"\nkey = "none"\n'
    with open(folder / "asking" / "press" / "archive.toml", "a") as settings:
        settings.write(asked)
    return [
        ["status", "-C", place],
        ["checkpoint", "-C", place],
        ["prove", "-C", place, first.id],
        ["check", str(proof)],
        ["consistency", "-C", place, str(seen)],
        ["publish", "-C", place, str(folder / "published")],
        ["follow", str(folder / "published"), "--once", "--from", "0", *trusted],
        ["follow", place, "--once", "--from", "0", *trusted],
        ["heartbeat", "-C", press],
        ["timestamp", "-C", str(folder / "asking" / "press")],
        ["witness", "-C", str(folder / "asking" / "press")],
        ["status", "-C", str(folder / "asking" / "press")],
        ["adopt", "-C", str(folder / "old")],
    ]


_SCRIPT = """\
import json, sys
from archive.cli.main import run
for command in json.loads(sys.argv[1]):
    run(command)
"""


def _run(commands: list[list[str]], folder: Path) -> list[str]:
    """What the commands print, in one process that holds nothing of the tests."""
    result = subprocess.run(
        [sys.executable, "-c", _SCRIPT, json.dumps(commands)],
        env={
            "XDG_CONFIG_HOME": str(folder / "config"),
            "XDG_STATE_HOME": str(folder / "state"),
            "LC_ALL": "C.UTF-8",
        },
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stderr
    return result.stdout.splitlines()


def test_json_output_is_documented(printed: dict[str, set[str]]) -> None:
    """Every schema that a command prints has exactly the members that the reference names."""
    text = (_REFERENCE / "json.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^## (urn:\S+)$", text, re.MULTILINE)) == set(printed)
    shared = documented(section("json.md", "A capture"))
    for schema, found in printed.items():
        part = section("json.md", schema)
        also = shared if "Members of [a capture](#a-capture)" in part else set()
        assert documented(part) | also == found, schema


def test_the_command_line_page_is_the_help() -> None:
    """cli.md is what its script writes now; if not, run docs/reference/make_cli.py."""
    spec = importlib.util.spec_from_file_location("make_cli", _REFERENCE / "make_cli.py")
    assert spec is not None
    assert spec.loader is not None
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    page = (_REFERENCE / "cli.md").read_text(encoding="utf-8")
    assert page.split() == script.write().split()  # click's versions break lines differently


def raised() -> list[type[errors.ArchiveError]]:
    """Every class of the tree of errors."""
    found = [getattr(errors, name) for name in errors.__all__]
    return [one for one in found if isinstance(one, type) and issubclass(one, errors.ArchiveError)]


def test_every_exit_code_is_documented() -> None:
    """The page of exit codes has every code that an error of ours ends with."""
    text = (_REFERENCE / "exit-codes.md").read_text(encoding="utf-8")
    codes = {int(code) for code in re.findall(r"^\| (\d+) \|", text, re.MULTILINE)}
    ours = {error.exit_code for error in raised()}
    assert ours <= codes
    assert codes - ours == {0, 3, 6, 130}


def test_every_error_code_is_documented() -> None:
    """The word of every error of ours stands in the page of JSON output."""
    text = section("json.md", "urn:article-archive:error:v1")
    words = {error.code for error in raised()} - {"error"}
    assert {f"`{word}`" for word in words} <= set(re.findall(r"`[^`]+`", text))


def test_every_public_name_is_documented() -> None:
    """The page of the library names everything that the package offers, errors by their root."""
    text = (_REFERENCE / "library.md").read_text(encoding="utf-8")
    for name in archive.__all__:
        if not name.endswith("Error"):
            assert re.search(rf"\b{name}\b", text), name


def test_every_member_of_the_library_page_exists() -> None:
    """What the page says a class has, it has."""
    text = (_REFERENCE / "library.md").read_text(encoding="utf-8")
    for names, does in re.findall(r"^\| ((?:`[A-Z]\w+`(?:, )?)+) \| (.*) \|$", text, re.MULTILINE):
        classes = [getattr(archive, name) for name in re.findall(r"`(\w+)`", names)]
        for member in re.findall(r"`(?:\w+\.)?([a-z_]+)", does):
            if member not in ("with", "message", "where", "hint", "len", "in", "command"):
                assert any(hasattr(one, member) for one in classes), member


def test_types_of_public_values_can_be_asked() -> None:
    """`typing.get_type_hints` works on everything public, whatever is loaded late."""
    for name in archive.__all__:
        if isinstance(getattr(archive, name), type):
            get_type_hints(getattr(archive, name))


def test_the_changelog_names_every_verb() -> None:
    """The changelog tells of every command that there is."""
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    page = (_REFERENCE / "cli.md").read_text(encoding="utf-8")
    for verb in re.findall(r"^## archive (\w+)$", page, re.MULTILINE):
        assert re.search(rf"\b{verb}\b", text), verb
