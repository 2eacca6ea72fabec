"""Tests that this version says of what version 0.1.0 wrote exactly what is stored, to the byte.

`fixtures/collections/outputs.py` runs the commands; where a change is meant to change what they
print, it also stores the new outputs: see its first words.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from archive.capture.exchange import REASONS
from archive.proof.entry import KINDS
from tests.places import ROOT
from tests.scripts import load_script

OUTCOMES = ("captured", "unchanged", "failed")
_FOLDER = ROOT / "fixtures" / "collections"

_OUTPUTS = load_script(_FOLDER / "outputs.py")
_COMMANDS = _OUTPUTS.read_table()


def _digests(folder: Path) -> dict[str, str]:
    """The SHA-256 of every file that was made, by its name in the folder."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file() and path.relative_to(folder).parts[0] not in _OUTPUTS.NOT_MADE
    }


def _listed() -> dict[str, str]:
    lines = (_OUTPUTS.MADE_BY / "SHA256SUMS").read_text("utf-8").splitlines()
    return {name: digest for digest, name in (line.split("  ") for line in lines)}


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The collections, copied to be read only; whatever read them has changed nothing."""
    made: Path = _OUTPUTS.copy_collections(tmp_path_factory.mktemp("collections"))
    yield made
    assert _digests(made) == _listed()
    _OUTPUTS.free_copy(made)


def test_nothing_of_what_was_made_is_made_anew() -> None:
    """The files are those that version 0.1.0 wrote: none is another, missing, or new."""
    assert _digests(_OUTPUTS.MADE_BY) == _listed()


def test_every_output_is_of_a_command_of_the_table() -> None:
    """No stored output is left over, none is missing, and no two commands share one."""
    folder = _OUTPUTS.MADE_BY / "outputs"
    there = {path for path in folder.rglob("*") if path.is_file()}
    assert there == {command.output for command in _COMMANDS}
    assert len(there) == len(_COMMANDS)


def _stored(name: str) -> str:
    return str((_OUTPUTS.MADE_BY / "outputs" / name).read_text("utf-8", "replace"))


@pytest.mark.parametrize(
    ("output", "words"),
    [
        ("press/list.json", [f'"reason":"{reason}"' for reason in REASONS]),
        ("press/list.json", [f'"outcome":"{word}"' for word in OUTCOMES]),
        ("press/list.json", [f'"grade":"{word}"' for word in ("wire", "html", "text")]),
        (
            "press/log-follow.txt",
            [f" {kind} " for kind in ("capture", *KINDS) if kind != "withdrawn"],
        ),
        ("press/view-revisit-headers.txt", ["revisit https://"]),
        ("press/view-early-hints-raw.bin", ["HTTP/1.1 103 Early Hints"]),
        ("press/view-chunked-headers.txt", ["Transfer-Encoding: chunked"]),
        ("press/view-redirected-headers.txt", ["301 Moved", "302 Found", "200 OK"]),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_the_collection_holds_one_of_each(output: str, words: list[str]) -> None:
    """Every reason to fail, every outcome, every kind of entry written, what is odd on the wire."""
    text = _stored(output)
    assert [word for word in words if word not in text] == []


@pytest.mark.parametrize("command", _COMMANDS, ids=lambda command: str(command.name))
def test_a_command_prints_what_it_printed(command: Any, copy: Path, tmp_path: Path) -> None:
    """Exit code and output are those that are stored, byte for byte."""
    if reason := _OUTPUTS.why_not(command):
        pytest.skip(reason)
    code, printed = _OUTPUTS.run(command, copy, tmp_path)
    assert printed == command.output.read_bytes()
    assert code == command.code


def test_a_changed_output_is_told_and_stored(tmp_path: Path, monkeypatch: Any) -> None:
    """The script finds an output and an exit code that differ, and stores them when it is told."""
    made = tmp_path / "0.1.0"
    shutil.copytree(_OUTPUTS.MADE_BY, made)
    monkeypatch.setattr(_OUTPUTS, "MADE_BY", made)
    output, table = made / "outputs" / "unlogged" / "list.txt", made / "commands.txt"
    printed, lines = output.read_bytes(), table.read_text("utf-8")
    output.write_bytes(printed + b"more\n")
    table.write_text(lines.replace("0  unlogged/list.txt", "3  unlogged/list.txt"), "utf-8")
    assert _OUTPUTS.main(["unlogged/list.txt"]) == 1
    assert output.read_bytes() == printed + b"more\n"
    assert _OUTPUTS.main(["--update", "unlogged/list.txt"]) == 0
    assert (output.read_bytes(), table.read_text("utf-8")) == (printed, lines)
    assert _OUTPUTS.main(["unlogged/list.txt"]) == 0
