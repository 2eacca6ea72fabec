"""Tests of `tests.passed`: CI leaves out what has passed elsewhere, and nothing else."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.passed import read_passed
from tests.places import ROOT

TESTS = """
import os, pytest
HERE = bool(os.environ.get("HERE"))

class TestGroup:
    @pytest.mark.parametrize("value", ["a::b", "[c]", "ü", "x y"])
    def test_passes(self, value): pass

def test_needs_a_program():
    if not HERE: pytest.skip("program not installed")

def test_fails(): assert HERE

@pytest.fixture
def broken(): assert HERE

def test_errs(broken): pass

@pytest.fixture
def leaking():
    yield
    assert HERE

def test_errs_afterwards(leaking): pass
"""


def run(folder: Path, *arguments: str, here: str = "") -> str:
    """What pytest says at its end of the tests of a folder, with this project's options."""
    plugins = ["-p", "no:cacheprovider", "-p", "tests.conftest", f"--rootdir={folder}"]
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-c",
            "/dev/null",
            *plugins,
            *arguments,
            str(folder),
        ],
        cwd=folder,
        env={"PYTHONPATH": str(ROOT), "HERE": here, "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout.splitlines()[-1] if done.stdout else done.stderr


def test_what_passed_elsewhere_is_left_out_and_nothing_else(tmp_path: Path) -> None:
    """Skips, failures and errors of the other run are run again, at set-up and afterwards too."""
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "test_it.py").write_text(TESTS, encoding="utf-8")
    report = tmp_path / "report.xml"
    assert run(tmp_path, f"--junitxml={report}").startswith("1 failed, 5 passed, 1 skipped, 2 err")
    assert len(read_passed(report)) == 4
    assert run(tmp_path, f"--passed-before={report}", here="yes").startswith(
        "4 passed, 4 deselected"
    )


def test_a_report_that_cannot_be_read_is_an_error(tmp_path: Path) -> None:
    """A missing or broken report never counts as one in which everything passed, or nothing."""
    (tmp_path / "broken.xml").write_text("<testsuites>", encoding="utf-8")
    for name in ("absent.xml", "broken.xml"):
        with pytest.raises(pytest.UsageError, match=name):
            read_passed(tmp_path / name)
