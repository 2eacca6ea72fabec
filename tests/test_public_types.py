"""The types that a program gets to see which is checked against this library.

Two things judge this page: mypy, which takes every `assert_type` and every line that must not pass
(an unused `type: ignore` is an error), and a run, in which the values are real.
"""

from __future__ import annotations

import importlib.resources
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import assert_type

import pytest

import archive


@pytest.fixture
def press(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[archive.Collection]:
    """A collection that holds two versions of one imported text."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    opened = archive.open(tmp_path / "press", create=True)
    assert_type(opened, archive.Collection)
    with opened as press:
        assert_type(press, archive.Collection)
        for number, words in enumerate(("closes in May", "closes in June")):
            file = tmp_path / f"{number}.txt"
            file.write_text(f"The pier\n\nThe old ferry pier {words}, the council says.\n")
            assert_type(press.import_file(file, URL), archive.Capture)
        yield press


URL = "https://news.example/story"


def test_what_is_captured_has_types(press: archive.Collection) -> None:
    """What `add`, `history`, and a capture give, down to the claims."""
    assert_type(press.add("http://127.0.0.1:9/"), archive.Capture)  # refused, and told as such
    versions = press.history(URL)
    assert_type(versions, list[archive.Version])
    capture = versions[-1].last
    assert_type(capture, archive.Capture)
    assert_type(capture.article, archive.Article | None)
    assert_type(capture.claims, archive.Claims)
    assert_type(capture.date, datetime)
    assert capture.article is not None
    assert_type(capture.article.text, str)
    assert "June" in capture.article.text


def test_what_is_compared_and_verified_has_types(press: archive.Collection) -> None:
    """What `compare` and `verify` give."""
    before, after = press.captures()
    comparison = press.compare(before, after)
    assert_type(comparison, archive.Comparison)
    for change in comparison.changes:
        assert_type(change, archive.Change)
    assert_type(comparison.summary(), str)
    report = press.verify()
    assert_type(report, archive.Report)
    for finding in report.findings:
        assert_type(finding, archive.Finding)
    report.require("signature")


def test_wrong_uses_are_errors_to_a_type_checker_and_at_run_time(
    press: archive.Collection, tmp_path: Path
) -> None:
    """A name that there is not, a positional flag, a wrong argument: none passes either judge."""
    with pytest.raises(AttributeError):
        archive.opne(tmp_path)  # type: ignore[attr-defined]
    with pytest.raises(TypeError):
        archive.open(tmp_path / "other", True)  # type: ignore[call-arg]
    with pytest.raises(archive.UsageError):
        press.compare(URL, URL)  # type: ignore[arg-type]
    with pytest.raises(archive.UsageError):
        press.history(None)  # type: ignore[arg-type]


def test_the_package_says_that_it_has_types() -> None:
    """`py.typed` is installed: without it a type checker would ignore all of this (PEP 561)."""
    assert importlib.resources.files("archive").joinpath("py.typed").is_file()
