"""Tests that the reference says what the program writes, and nothing else."""

from __future__ import annotations

import json
import re
from typing import Any, get_type_hints

import pytest

import archive
from archive import errors
from archive.index.groups import Group, read_groups
from tests.places import ROOT
from tests.scripts import load_script

_REFERENCE = ROOT / "docs" / "reference"
_FIXTURES = ROOT / "fixtures"
_URL = "https://news.example/ferry-pier"
_ROW = re.compile(r"^\| `([^`]+)` \| ([^|]*) \|(?:[^|]*\| `(.*)` \|$)?", re.MULTILINE)
_WIRE = _FIXTURES / "golden" / "wire.warc.gz"
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
    if heading == "Statement":  # what only captures from the wire have, by the rules of now
        wire = json.loads((_FIXTURES / "golden" / "wire-statement.json").read_bytes())
        golden["predicate"] = {**wire["predicate"], **golden["predicate"]}
    text = section("statement.md", heading)
    assert documented(text) == members(golden)
    for path, _, example in _ROW.findall(text):
        if example:
            shown = json.dumps(look(golden, path), ensure_ascii=False)
            assert shown == example or (
                example.endswith("…") and shown.startswith(example.removesuffix("…"))
            ), path


def _groups() -> list[Group]:
    found: list[object] = []
    for warc in ((_FIXTURES / "press" / "warc").glob("*.warc.gz"), [_WIRE]):
        for path in warc:
            with open(path, "rb") as file:
                found += read_groups(file, base=0, where=path.name, everything=True)
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
    first = whole.partition("\n## ")[0]
    assert documented(section(page, heading) if heading else first) == written


def test_the_command_line_page_is_the_help() -> None:
    """cli.md is what its script writes now; if not, run docs/reference/make_cli.py."""
    script = load_script(_REFERENCE / "make_cli.py")
    page = (_REFERENCE / "cli.md").read_text(encoding="utf-8")
    assert page.split() == script.write().split()  # click's versions break lines differently


def test_tables_are_those_of_the_program() -> None:
    """Tables that follow from tables of ours are as make_tables.py writes them now."""
    script = load_script(_REFERENCE / "make_tables.py")
    shown: list[str] = []
    for page in script.pages():
        text = page.read_text("utf-8")
        assert script.rewrite(text) == text, f"{page.name}: run docs/reference/make_tables.py"
        shown += re.findall(r"<!-- (\S+): written by", text)
    assert sorted(shown) == sorted(script.TABLES)


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
