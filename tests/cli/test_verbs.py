"""Tests that commands do what the table of verbs says, and print what their schemas say."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import click
import pytest
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from archive import errors
from archive.article import extraction
from archive.article.claims import Place, Strength
from archive.cli.main import program
from archive.cli.verbs import ALWAYS, COMMANDS, VERBS, Writes
from archive.collection import history
from archive.comparison import result
from archive.literals import Grade, Limitation, Outcome
from archive.proof.history import Verdict
from archive.verification import report
from tests.cli.commands import Told, run_every_command
from tests.places import ROOT
from tests.scripts import load_script

_FOLDER = ROOT / "docs" / "reference" / "schemas"
_SCHEMAS = {path.stem: json.loads(path.read_bytes()) for path in sorted(_FOLDER.glob("*.json"))}
_BY_ID = {schema["$id"]: schema for schema in _SCHEMAS.values()}
_SHARED = {name for name, schema in _SCHEMAS.items() if "title" in schema}
_REGISTRY: Registry[Any] = Registry().with_resources(
    (id_, Resource.from_contents(schema)) for id_, schema in _BY_ID.items()
)
_NAMES = frozenset(COMMANDS)
_OUTPUTS = load_script(ROOT / "fixtures" / "collections" / "outputs.py")
_STORED = [
    command
    for command in _OUTPUTS.read_table()
    if "--json" in command.words and command.output.suffix == ".json"
]


def faults(value: Any) -> list[str]:
    """What is wrong with a JSON value, by the schema that it names."""
    validator = Draft202012Validator(_BY_ID[value["schema"]], registry=_REGISTRY)
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(value)]


def name_of(value: Any) -> str:
    """The name of the schema that a JSON value names, as files are called."""
    return str(value["schema"]).split(":")[2]


def commands(
    group: click.Group, above: tuple[str, ...] = ()
) -> Iterator[tuple[str, click.Command]]:
    """Every command below a group, with its full name."""
    context = click.Context(group)
    for name in group.list_commands(context):
        found = group.get_command(context, name)
        assert found is not None
        yield " ".join((*above, name)), found
        if isinstance(found, click.Group):
            yield from commands(found, (*above, name))


_COMMANDS = dict(commands(program))


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> list[Told]:
    """What every command printed."""
    return run_every_command(tmp_path_factory.mktemp("verbs"))


def test_every_command_has_a_row() -> None:
    """The program has the commands of the table, each in the module that its row names."""
    assert set(_COMMANDS) == set(COMMANDS)
    for name, command in _COMMANDS.items():
        assert command.callback is not None
        module = f"archive.cli.{COMMANDS[name].module}"
        assert f"{command.callback.__module__}.".startswith(f"{module}."), name


def test_every_module_with_a_command_has_a_row() -> None:
    """A module of `archive.cli` that defines a command is one that a row names."""
    folder = ROOT / "src" / "archive" / "cli"
    there = {
        path.relative_to(folder).parts[0].removesuffix(".py")
        for path in folder.rglob("*.py")
        if re.search(r"^@click\.(?:command|group)\(\s*\"", path.read_text("utf-8"), re.MULTILINE)
    }
    assert there == {verb.module for verb in COMMANDS.values()}


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_a_row_is_whole(name: str) -> None:
    """A command with ``--json`` has a schema, a verb a summary; its codes are documented."""
    verb, command = COMMANDS[name], _COMMANDS[name]
    prints = any("--json" in option.opts for option in command.params)
    assert bool(verb.schemas) is prints, f"{name} and its schemas"
    assert prints is not isinstance(command, click.Group)
    assert bool(verb.summary) is (name in VERBS)
    assert set(verb.writes) <= set(get_args(Writes))
    page = (ROOT / "docs" / "reference" / "exit-codes.md").read_text("utf-8")
    codes = {int(code) for code in re.findall(r"^\| (\d+) \|", page, re.MULTILINE)}
    assert {*verb.codes, *ALWAYS} <= codes
    named = re.search(r"Exit codes: (.*?)\.\n", command.epilog or "", re.DOTALL)
    shown = re.findall(r"(?:\A|[;,]\s)(\d+) ", named[1]) if named else []
    assert {int(code) for code in shown} <= {*verb.codes, *ALWAYS}


def test_every_schema_is_somebodys() -> None:
    """Each file is of a row, shared by others, or that of errors; and none is missing."""
    named = {schema for verb in COMMANDS.values() for schema in verb.schemas}
    assert named | _SHARED | {"error"} == set(_SCHEMAS)
    for name, schema in _SCHEMAS.items():
        Draft202012Validator.check_schema(schema)
        form = f"urn:article-archive:{name}" + (r"\Z" if name in _SHARED else r":v\d+\Z")
        assert re.match(form, schema["$id"])
        assert schema["description"]


def objects(schema: Any) -> Iterator[dict[str, Any]]:
    """Every part of a schema that names members."""
    if isinstance(schema, dict):
        if "properties" in schema and "type" in schema:
            yield schema
        for inner in schema.values():
            yield from objects(inner)
    elif isinstance(schema, list):
        for inner in schema:
            yield from objects(inner)


@pytest.mark.parametrize("name", sorted(_SCHEMAS))
def test_schemas_are_closed(name: str) -> None:
    """Every object takes the members that are named and no other, so that none is undocumented.

    The members that captures share are closed by the schemas that take them.
    """
    if name == "capture":
        takers = [one for one in _SCHEMAS.values() if one.get("$ref") == _SCHEMAS[name]["$id"]]
        assert all(one["unevaluatedProperties"] is False for one in takers)
        assert len(takers) > 5
        return
    for part in objects(_SCHEMAS[name]):
        closed = "unevaluatedProperties" if "$ref" in part else "additionalProperties"
        assert part[closed] is False


def test_every_command_was_run(told: list[Told]) -> None:
    """Of each command that prints JSON there is a run, and of each schema an output."""
    ran = {one.verb(_NAMES) for one in told}
    assert ran == {name for name, verb in COMMANDS.items() if verb.schemas}
    printed = {name_of(line) for one in told for line in one.lines}
    assert printed == set(_SCHEMAS) - _SHARED


def test_what_commands_print_is_as_their_schemas_say(told: list[Told]) -> None:
    """Each line of each command is valid by a schema of its row, or is an error."""
    for one in told:
        verb = COMMANDS[one.verb(_NAMES)]
        assert one.lines, one.words
        for line in one.lines:
            assert name_of(line) in {*verb.schemas, "error"}, one.words
            assert faults(line) == [], one.words


def test_commands_end_as_their_rows_say(told: list[Told]) -> None:
    """The exit code of each run is one of its row; a witness that serves was ended by us."""
    for one in told:
        if one.verb(_NAMES) != "witness serve":
            assert one.code in {*COMMANDS[one.verb(_NAMES)].codes, *ALWAYS}, one.words


def test_only_who_says_so_writes_to_a_collection(told: list[Told]) -> None:
    """A command whose row does not say that it writes to a collection changes no file of it."""
    for one in told:
        assert not one.wrote or "collection" in COMMANDS[one.verb(_NAMES)].writes, one.words
    assert {"add", "import", "reindex"} <= {one.verb(_NAMES) for one in told if one.wrote}


def printed_members(schema: dict[str, Any], value: Any, where: str) -> Iterator[str]:
    """The members of a value that schemas name, each with the schema and its path there."""
    if place := schema.get("$ref"):
        yield from printed_members(_BY_ID[place], value, place)
    if isinstance(value, dict):
        for name, inner in schema.get("properties", {}).items():
            if name in value:
                yield f"{where}.{name}"
                yield from printed_members(inner, value[name], f"{where}.{name}")
    elif isinstance(value, list):
        for item in value:
            yield from printed_members(schema.get("items", {}), item, f"{where}[]")


def named_members(schema: dict[str, Any], where: str) -> Iterator[str]:
    """The members that a schema itself names, in the same form."""
    for name, inner in schema.get("properties", {}).items():
        yield f"{where}.{name}"
        yield from named_members(inner, f"{where}.{name}")
    if "items" in schema:
        yield from named_members(schema["items"], f"{where}[]")


def test_every_member_of_a_schema_is_printed(told: list[Told]) -> None:
    """What a schema names, some run prints: the reference has no member that is not there."""
    named = {path for id_, schema in _BY_ID.items() for path in named_members(schema, id_)}
    assert named == {
        path
        for one in told
        for line in one.lines
        for path in printed_members(_BY_ID[line["schema"]], line, line["schema"])
    }


@pytest.mark.parametrize("command", _STORED, ids=lambda command: str(command.name))
def test_stored_outputs_are_as_the_schemas_say(command: Any) -> None:
    """What is stored of the collections of 0.1.0 is valid, and so are its exit codes."""
    verb = COMMANDS[Told(command.words, 0, (), wrote=False).verb(_NAMES)]
    assert command.code in {*verb.codes, *ALWAYS}
    for line in command.output.read_text("utf-8").splitlines():
        value = json.loads(line)
        assert name_of(value) in {*verb.schemas, "error"}
        assert faults(value) == []


def test_a_member_that_no_schema_names_is_found(told: list[Told]) -> None:
    """A member more, on top or below, makes an output invalid; so does one less."""
    lines = {line["schema"]: line for one in told for line in one.lines}
    for line in lines.values():
        assert faults({**line, "undocumented": 1})
    report = lines["urn:article-archive:verify:v1"]
    assert faults({**report, "checks": [{**report["checks"][0], "undocumented": 1}]})
    assert faults({name: value for name, value in report.items() if name != "verdict"})


def at(name: str, *path: str) -> Any:
    """A part of a schema."""
    part = _SCHEMAS[name]
    for step in path:
        part = part["items" if step == "[]" else "properties"]
        part = part if step == "[]" else part[step]
    return part


_WORDS = [
    (("capture", "outcome"), Outcome),
    (("capture", "grade"), Grade),
    (("history", "turn"), history.Kind),
    (("claim", "strength"), Strength),
    (("claim", "record"), Place),
    (("extract", "outcome"), extraction.Outcome),
    (("show-claims", "extraction", "outcome"), extraction.Outcome),
    (("diff", "state"), result.State),
    (("change", "significance"), result.Significance),
    (("change", "scope"), result.Scope),
    (("change", "part"), result.Part),
    (("verify", "verdict"), report.Verdict),
    (("verify", "checks", "[]", "result"), report.Result),
    (("log-consistency", "verdict"), Verdict),
]


@pytest.mark.parametrize(("place", "words"), _WORDS, ids=lambda value: str(value)[:40])
def test_words_of_schemas_are_those_of_the_program(place: tuple[str, ...], words: Any) -> None:
    """A list of words in a schema is the closed list that the program has."""
    assert [word for word in at(*place)["enum"] if word is not None] == list(get_args(words))


def test_open_lists_name_what_this_version_says() -> None:
    """Errors and limitations of the reference are those that this version has."""
    tree = [getattr(errors, name) for name in errors.__all__]
    kinds = [one for one in tree if isinstance(one, type) and issubclass(one, errors.ArchiveError)]
    codes = {one.code for one in kinds} - {"error"} | {"defect"}
    assert set(at("error", "error", "code")["enum"]) == codes
    named = re.findall(r"`([^`]+)`", at("capture", "limitations")["description"])
    assert named == list(get_args(Limitation))


def test_the_page_of_json_is_written_from_the_schemas() -> None:
    """json.md is what its script writes now; if not, run docs/reference/make_json.py."""
    script = load_script(_FOLDER.parent / "make_json.py")
    page = Path(_FOLDER.parent / "json.md").read_text("utf-8")
    assert page == f"{script.INTRODUCTION}\n{script.write()}"
