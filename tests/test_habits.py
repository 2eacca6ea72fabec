"""Tests of `try` and of the scripts that CI and git's hooks run: what they refuse, and what not."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
from pathlib import Path
from types import ModuleType

import pytest

from archive import __version__
from tests.places import ROOT, program

PLAIN = {"PATH": os.environ.get("PATH", os.defpath), "HOME": "/nonexistent"}


def load(name: str) -> ModuleType:
    """A script of CI as a module."""
    spec = importlib.util.spec_from_file_location(name, ROOT / ".ci" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


subjects = load("subjects")
release = load("release").release


def commit(folder: Path, *messages: str, file: str = "") -> None:
    """Commits in a repository of its own, which is made when there is none."""
    who = ["-c", "user.name=A", "-c", "user.email=a@a.example", "-c", "commit.gpgsign=false"]
    git = [str(program("git")), "-C", str(folder), *who]
    if not (folder / ".git").exists():
        subprocess.run([*git, "init", "-q"], check=True, env=PLAIN)
    if file:
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        (folder / file).write_text("x\n", encoding="utf-8")
        subprocess.run([*git, "add", "."], check=True, env=PLAIN)
    for message in messages:
        command = [*git, "commit", "-q", "--allow-empty", "-m", message]
        subprocess.run(command, check=True, env=PLAIN)


def test_try_is_short_enough_to_be_read_first() -> None:
    """At most 25 lines of at most 100 characters, and no shell but the plain one."""
    lines = (ROOT / "try").read_text(encoding="utf-8").splitlines()
    assert lines[0] == "#!/bin/sh"
    assert len(lines) <= 25
    assert max(map(len, lines)) <= 100


def test_try_refuses_another_word_and_makes_nothing(tmp_path: Path) -> None:
    """A word that it does not know ends with its two uses, before anything is set up."""
    shutil.copy(ROOT / "try", tmp_path)
    done = subprocess.run(
        [program("sh"), str(tmp_path / "try"), "test"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert [line.split("  ")[0] for line in done.stderr.splitlines()] == [
        "sh ./try",
        "sh ./try tests [...]",
    ]
    assert [path.name for path in tmp_path.iterdir()] == ["try"]


@pytest.mark.parametrize("script", ["try", ".ci/run", ".ci/bare", ".ci/judges", ".ci/coverage"])
def test_scripts_can_be_read_by_their_shell(script: str) -> None:
    """Every script is good syntax to the shell that its first line names."""
    shell = (ROOT / script).read_text(encoding="utf-8").splitlines()[0].rpartition("/")[2]
    name = shell.removeprefix("env ")
    done = subprocess.run([program(name), "-n", ROOT / script], capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.parametrize(
    ("message", "fault"),
    [
        ("a" * 71, None),
        ("a" * 72, "72 characters"),
        ("ü" * 71 + "\n\nA longer text " + "x" * 100, None),
        ("Subject\nand on", "no empty line"),
        ("", "no subject"),
        ("# only a comment\n", "no subject"),
        ("# a comment\nSubject\n# another\n", None),
    ],
)
def test_a_subject_has_fewer_than_72_characters(message: str, fault: str | None) -> None:
    """A message is good when its subject is short and stands alone; git's comments do not count."""
    found = subjects.find_fault(message)
    assert found is None if fault is None else fault in found


def test_the_rule_holds_from_the_commit_that_brought_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Commits made before it are not judged; every one on top of it is, with its own id."""
    commit(tmp_path, "old " + "a" * 100, file="README.md")
    commit(tmp_path, "the rule " + "b" * 100, file=".ci/subjects.py")
    assert subjects.read_messages(tmp_path) == {}
    commit(tmp_path, "short\n\nwith a text", "long " + "c" * 100)
    found = subjects.read_messages(tmp_path)
    assert sorted(found.values()) == ["long " + "c" * 100, "short\n\nwith a text"]
    assert subjects.main([], tmp_path) == 1
    assert "105 characters" in capsys.readouterr().err


def test_without_history_it_says_that_nothing_was_checked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """An unpacked copy has no commits: no failure, and no word of success."""
    assert subjects.main([], tmp_path) == 0
    assert "not checked" in capsys.readouterr().out


def test_further_pythons_are_those_of_the_classifiers() -> None:
    """CI tries every Python that the project promises, the least one first."""
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    least = re.search(r'requires-python = ">=([0-9.]+)"', text)
    versions = load("pythons").promised()
    assert least is not None
    assert versions[0] == least[1]
    assert len(versions) >= 3


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A committed project of version 0.1.0 that has something to tell of."""
    (tmp_path / "CHANGELOG.md").write_text("# Changelog\n\n## [Unreleased]\n\n- News.\n")
    (tmp_path / "src" / "archive").mkdir(parents=True)
    (tmp_path / "src" / "archive" / "__init__.py").write_text('__version__ = "0.1.0"\n')
    commit(tmp_path, "Begin", file="README.md")
    for name, value in (("user.name", "A"), ("user.email", "a@a.example")):
        subprocess.run([program("git"), "-C", tmp_path, "config", name, value], check=True)
    return tmp_path


def test_a_release_is_a_commit_and_a_tag(project: Path) -> None:
    """Version and section are set in one commit, and its tag tells what the section tells."""
    release("0.2.0", "2026-12-01", project)
    changelog = (project / "CHANGELOG.md").read_text()
    assert changelog == ("# Changelog\n\n## [Unreleased]\n\n## [0.2.0] - 2026-12-01\n\n- News.\n")
    assert "0.2.0" in (project / "src" / "archive" / "__init__.py").read_text()
    command = [
        str(program("git")),
        "-C",
        str(project),
        "for-each-ref",
        "--format=%(subject)|%(body)|%(type)",
    ]
    done = subprocess.run([*command, "refs/tags/v0.2.0"], capture_output=True, check=True)
    assert done.stdout.split(b"|")[0] == b"article-archive 0.2.0"
    assert b"- News." in done.stdout
    with pytest.raises(ValueError, match="nothing under Unreleased"):
        release("0.3.0", "2026-12-02", project)


@pytest.mark.parametrize(
    ("version", "why"),
    [("0.1.0", "not higher"), ("0.0.9", "not higher"), ("1.0", "no version"), ("v2", "no version")],
)
def test_a_release_that_is_none_changes_nothing(project: Path, version: str, why: str) -> None:
    """A version that is not higher, or no version at all, is refused before anything is written."""
    with pytest.raises(ValueError, match=why):
        release(version, "2026-12-01", project)
    command = [str(program("git")), "-C", str(project), "status", "--porcelain"]
    assert subprocess.run(command, capture_output=True, check=True).stdout == b""


def test_a_release_of_what_is_not_committed_is_refused(project: Path) -> None:
    """What is released is what is committed."""
    (project / "README.md").write_text("changed\n")
    with pytest.raises(ValueError, match="not committed"):
        release("0.2.0", "2026-12-01", project)


def test_the_changelog_and_the_version_are_what_a_release_needs() -> None:
    """The real files have what `release.py` looks for: a section Unreleased, and a version."""
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.search(r"(?m)^## \[Unreleased\]$", changelog)
    assert re.fullmatch(r"[0-9]+\.[0-9]+\.[0-9]+", __version__)


def test_ci_runs_every_piece_that_the_makefile_names() -> None:
    """What `make` offers as checks is what `.ci/run` does, by the same names."""
    run = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = re.findall(r"(?m)^(\w+): +;", makefile)
    pieces = re.search(r"for piece in (.+); do", run)
    assert pieces is not None
    assert set(pieces[1].split()) == {"lint", "types", "layers", "subjects"}
    assert set(pieces[1].split()) < set(targets)
