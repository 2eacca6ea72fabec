"""Tests of `.ci/readme_lines.py`, which CI uses to run what the README promises."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.places import ROOT

SCRIPT = ROOT / ".ci" / "readme_lines.py"


def load() -> Any:
    """The script as a module."""
    spec = importlib.util.spec_from_file_location("readme_lines", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


blocks = load().blocks


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """The script as CI runs it."""
    command = [sys.executable, str(SCRIPT), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    ("markdown", "found"),
    [
        ("```sh\na\n```\n", ["a\n"]),
        ("```sh\na && \\\n  b\n```\ntext\n```sh\nc\n```", ["a && \\\n  b\n", "c\n"]),
        ("~~~ sh\na\n~~~\n", ["a\n"]),
        ("``` SH title\na\n```\n", ["a\n"]),
        ("\ufeff```sh\r\na\r\n```\r\n", ["a\n"]),
        ("  ```sh\n  a\n    b\n  ```\n", ["a\n  b\n"]),
        ("````sh\n```\n````\n", ["```\n"]),
        ("```sh\na\n~~~\n```\n", ["a\n~~~\n"]),
        ("```sh\na\n``` x\n```\n", ["a\n``` x\n"]),
        ("```shell\na\n```\n```python\nb\n```\n```\nc\n```\n", []),
        ("````markdown\n```sh\na\n```\n````\n```sh\nb\n```\n", ["b\n"]),
        ("```sh a` b\n\n```sh\nc\n```\n", ["c\n"]),
        ("    ```sh\n    a\n    ```\n", []),
        ("no fence: `sh`\n", []),
        ("", []),
        ("```python\nnever closed\n", []),
    ],
)
def test_fences_are_read_as_commonmark_does(markdown: str, found: list[str]) -> None:
    """Only whole fenced blocks whose info string begins with `sh` count, and keep their text."""
    assert blocks(markdown) == found


@pytest.mark.parametrize("markdown", ["```sh\na\n", "```sh\n```\n", "```sh\n \n\n```\n"])
def test_a_block_that_says_nothing_is_an_error(markdown: str) -> None:
    """An open or an empty block is refused: CI would pass by running nothing."""
    with pytest.raises(ValueError, match=r"never closed|empty"):
        blocks(markdown)


@given(lines=st.lists(st.text(st.characters(exclude_categories=["Cc", "Zl", "Zp", "Cs"]))))
def test_a_command_comes_out_as_it_went_in(lines: list[str]) -> None:
    """Whatever stands between two long fences is printed unchanged, blank ends aside."""
    inside = [line for line in lines if "````" not in line]
    text = "\n".join(["x", *inside])
    assert blocks(f"````sh\n{text}\n````\n") == [text.strip("\n") + "\n"]


def test_the_script_prints_the_block_asked_for(tmp_path: Path) -> None:
    """Block 1 and block 2 go to stdout, byte for byte."""
    readme = tmp_path / "README.md"
    readme.write_text("# x\n```sh\nfirst '$A'\n```\n\n```sh\nsecond\n```\n", encoding="utf-8")
    assert run("1", readme).stdout == "first '$A'\n"
    assert run("2", readme).stdout == "second\n"


def test_the_script_fails_when_there_is_no_such_block(tmp_path: Path) -> None:
    """A missing block, a missing file and a wrong number end with a message and not with 0."""
    readme = tmp_path / "README.md"
    readme.write_text("```sh\nonly\n```\n", encoding="utf-8")
    for arguments, code in [
        (("2", readme), 1),
        (("1", tmp_path / "absent"), 1),
        (("3", readme), 2),
        ((), 2),
    ]:
        result = run(*arguments)
        assert (result.returncode, result.stdout) == (code, "")
        assert result.stderr
        assert "Traceback" not in result.stderr


def test_the_readme_keeps_its_two_lines() -> None:
    """README.md's first block runs the demonstration and its second one runs the tests."""
    readme = blocks((ROOT / "README.md").read_text(encoding="utf-8"))
    assert readme[:2] == ["sh ./try\n", "sh ./try tests\n"]
