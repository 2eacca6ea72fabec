"""Tests that CONTRIBUTING's diffs work on the project as it is, and that half of one is noticed."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from attrs import frozen

from archive.article.signals.table import CLAIMS
from tests.docs.pages import read_blocks
from tests.places import ROOT, program

pytestmark = pytest.mark.exhaustive

_PARTS = ("src", "tests", "docs", "fixtures", "pyproject.toml", "CHANGELOG.md")
_LEFT_OUT = shutil.ignore_patterns("__pycache__", "*.pyc", "collections", "corpus")
_REFERENCE = "docs/reference"


@frozen
class Kind:
    """What is added: by which scripts it is finished, and which tests hold it to its row."""

    name: str
    scripts: tuple[str, ...]
    tests: tuple[str, ...]


_REWRITTEN = "tests/docs/test_reference.py"
_KINDS = (
    Kind(
        "signal",
        ("fixtures/claims/pin.py --update", f"{_REFERENCE}/make_tables.py"),
        ("tests/article/test_signal_table.py", _REWRITTEN, "-k", "not changelog"),
    ),
    Kind(
        "check",
        (f"{_REFERENCE}/make_tables.py",),
        (
            "tests/verification/test_verify.py",
            _REWRITTEN,
            "-k",
            "table or numbered or needs or page",
        ),
    ),
    Kind(
        "verb",
        (f"{_REFERENCE}/make_cli.py", f"{_REFERENCE}/make_json.py"),
        (
            "tests/cli/test_verbs.py",
            _REWRITTEN,
            "-k",
            "(row or somebodys or closed or as_their_schemas or was_run or page) and not changelog",
        ),
    ),
)
_BY_NAME = {kind.name: kind for kind in _KINDS}
_DIFFS = dict(
    zip(
        _BY_NAME,
        (b.text for b in read_blocks(ROOT / "CONTRIBUTING.md") if b.info == "diff"),
        strict=True,
    )
)


def files(diff: str) -> dict[str, str]:
    """The parts of a diff, by the file that each is about."""
    parts = re.split(r"^(?=diff --git )", diff, flags=re.MULTILINE)[1:]
    return {re.findall(r"^\+\+\+ b/(.*)$", part, re.MULTILINE)[0]: part for part in parts}


def numbered(diff: str) -> str:
    """A diff that raises `CLAIMS` from what it is now, whatever it was when that was written."""
    diff = re.sub(r"^-CLAIMS = \d+$", f"-CLAIMS = {CLAIMS}", diff, flags=re.MULTILINE)
    return re.sub(r"^\+CLAIMS = \d+$", f"+CLAIMS = {CLAIMS + 1}", diff, flags=re.MULTILINE)


@frozen
class Project:
    """A copy of the project."""

    folder: Path

    def apply(self, diff: str) -> None:
        """Apply a diff exactly, each of its places found where it says."""
        done = subprocess.run(
            [str(program("patch")), "--strip=1", "--fuzz=0", "--batch"],
            input=diff,
            cwd=self.folder,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run Python on the copy's own package."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST")}
        return subprocess.run(
            [sys.executable, *words],
            cwd=self.folder,
            env={**kept, "PYTHONPATH": str(self.folder / "src"), "PYTHONDONTWRITEBYTECODE": "1"},
            capture_output=True,
            text=True,
            check=False,
        )

    def finish(self, kind: Kind) -> None:
        """Run the scripts, which fail where what they are to write about is not there."""
        for script in kind.scripts:
            self.run(*script.split())

    def test(self, kind: Kind, *more: str) -> subprocess.CompletedProcess[str]:
        """Run the tests that hold what is new to its row."""
        return self.run("-m", "pytest", "-q", "-p", "no:cacheprovider", *more, *kind.tests)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A copy of the project, without what was made of it."""
    for name in _PARTS:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, tmp_path / name, ignore=_LEFT_OUT)
        else:
            shutil.copy(ROOT / name, tmp_path / name)
    collections = ROOT / "fixtures" / "collections"
    (tmp_path / "fixtures" / "collections").symlink_to(collections)
    return Project(tmp_path)


@pytest.mark.parametrize("kind", _KINDS, ids=lambda kind: kind.name)
def test_a_diff_is_of_three_files(kind: Kind) -> None:
    """What is added takes three files at most, and the scripts that follow are named."""
    assert 1 < len(files(_DIFFS[kind.name])) <= 3
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    [row] = re.findall(rf"^\| {kind.name} \| .*$", text, re.MULTILINE)
    assert all(f"`{script}`" in row for script in kind.scripts)


def added(project: Project, name: str) -> Project:
    """The project with one of the three added."""
    kind = _BY_NAME[name]
    project.apply(numbered(_DIFFS[name]))
    project.finish(kind)
    done = project.test(kind)
    assert done.returncode == 0, done.stdout
    return project


def test_the_signal_is_found(project: Project) -> None:
    """With the diff a page's attributes are claimed, and every test of the table passes."""
    folder = added(project, "signal").folder / "fixtures" / "claims" / "revisions"
    stored = (folder / str(CLAIMS + 1) / "data.jsonl").read_text("utf-8")
    assert '"value":"Ada Fernsby","signal":"data"' in stored
    page = (project.folder / _REFERENCE / "claims-record.md").read_text("utf-8")
    assert "| `data` |" in page


def test_the_check_is_made(project: Project) -> None:
    """With the diff a collection's dates are checked, and every test of the table passes."""
    done = added(project, "check").run("-m", "archive", "verify", "fixtures/press", "--json")
    checks = {check["name"]: check for check in json.loads(done.stdout)["checks"]}
    assert checks["clock"]["result"] == "passed"
    assert checks["clock"]["count"] == checks["sequence"]["count"]


def test_the_verb_prints(project: Project) -> None:
    """With the diff hosts are counted, and help, completion and reference have the verb."""
    words = ("-m", "archive", "hosts", "-C", "fixtures/press", "--json")
    printed = added(project, "verb").run(*words).stdout.splitlines()
    assert [json.loads(line)["host"] for line in printed] == ["news.example", "gone.example"]
    assert "  hosts  " in project.run("-m", "archive", "--help").stdout
    for page in ("cli.md", "json.md"):
        assert "archive hosts" in (project.folder / _REFERENCE / page).read_text("utf-8")


_NOTICED = {
    "src/archive/article/signals/data.py": "No module named",
    "src/archive/article/signals/table.py": "test_every_module_that_reads_is_in_the_table",
    "fixtures/claims/pages/data.html": "put a place of the signal data on a new page",
    "src/archive/verification/chain.py": "test_every_check_of_the_table_is_made",
    "src/archive/verification/checks.py": "test_every_check_of_the_table_is_made",
    "docs/reference/verification.md": "test_the_reference_says_of_each_check",
    "src/archive/cli/hosts.py": "No module named",
    "src/archive/cli/verbs.py": "test_every_module_with_a_command_has_a_row",
    "docs/reference/schemas/hosts.json": "test_every_schema_is_somebodys",
}
"""By which words leaving out a file is noticed."""

_FORGOTTEN = [(name, file) for name, diff in _DIFFS.items() for file in files(diff)]


@pytest.mark.parametrize(("name", "file"), _FORGOTTEN)
def test_a_forgotten_file_is_noticed(project: Project, name: str, file: str) -> None:
    """A diff without one of its files makes a test fail that says what is missing."""
    kind = _BY_NAME[name]
    for other, part in files(numbered(_DIFFS[name])).items():
        if other != file:
            project.apply(part)
    project.finish(kind)
    done = project.test(kind, "--exitfirst")
    assert done.returncode in (1, 2), done.stdout
    assert _NOTICED[file] in done.stdout


def test_a_forgotten_revision_is_noticed(project: Project) -> None:
    """The signal without another `CLAIMS` makes a test fail that says what to do."""
    project.apply(
        numbered(_DIFFS["signal"]).replace(f"+CLAIMS = {CLAIMS + 1}", f"+CLAIMS = {CLAIMS}")
    )
    project.finish(_BY_NAME["signal"])
    done = project.test(_BY_NAME["signal"])
    assert done.returncode == 1
    assert "raise CLAIMS" in done.stdout
