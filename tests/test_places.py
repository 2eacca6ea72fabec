"""Tests of `tests.places`: a look-up finds, skips, or in CI fails."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import places


def test_shared_finds_what_the_environment_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`ARTICLE_ARCHIVE_SHARED` names the folder; paths go in whole or in pieces."""
    (tmp_path / "a" / "b").mkdir(parents=True)
    monkeypatch.setenv("ARTICLE_ARCHIVE_SHARED", str(tmp_path))
    assert places.shared("a", "b") == places.shared("a/b") == tmp_path / "a" / "b"


def test_shared_skips_what_is_absent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Absent data skips the test, in CI too: it is not part of the project."""
    monkeypatch.setenv("ARTICLE_ARCHIVE_SHARED", str(tmp_path))
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.skip.Exception, match="shared data not present: a/b"):
        places.shared("a", "b")


def test_judge_finds_a_program_of_the_named_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`ARCHIVE_JUDGES` names a virtual environment, whose programs are found."""
    warcio = tmp_path / "bin" / "warcio"
    warcio.parent.mkdir()
    warcio.write_text("#!/bin/sh\n", encoding="utf-8")
    warcio.chmod(0o755)
    monkeypatch.setenv("ARCHIVE_JUDGES", str(tmp_path))
    assert places.judge("warcio") == warcio


@pytest.mark.parametrize("find", [places.judge, places.program])
def test_a_missing_judge_skips_at_home_and_fails_in_ci(
    find: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """CI refuses the skip that a missing judge or program would cause."""
    assert callable(find)
    monkeypatch.setenv("ARCHIVE_JUDGES", str(tmp_path))
    monkeypatch.delenv("CI", raising=False)
    with pytest.raises(pytest.skip.Exception, match="not installed: no-such-program"):
        find("no-such-program")
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="CI refuses skips"):
        find("no-such-program")


def test_program_finds_what_the_system_has() -> None:
    """A program on `PATH` is found by its name."""
    assert places.program("sh").name == "sh"
