"""Tests that README.md shows what happens."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.program import Box, Result
from tests.docs.pages import read_blocks
from tests.places import ROOT
from tests.servers import Nginx

_BLOCKS = read_blocks(ROOT / "README.md")


def test_the_excerpt_is_what_the_demo_prints(demo: tuple[Box, Result]) -> None:
    """Every line of the README's excerpt is printed by `archive demo`, in that order."""
    printed = iter(demo[1].text.splitlines())
    excerpt = next(block.text for block in _BLOCKS if block.info == "text")
    for line in excerpt.splitlines():
        assert line in printed, line


def test_the_two_lines_are_one_line_each() -> None:
    """The first two blocks are one short command each, which a newcomer reads before running it."""
    first, second = [block for block in _BLOCKS if block.info == "sh"][:2]
    for block in (first, second):
        assert len(block.text.splitlines()) == 1
        assert len(block.text) < 20


def test_the_library_example_runs(
    nginx: Nginx,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The README's Python runs as it stands, but for the address and the leave to go there."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    example = next(block.text for block in _BLOCKS if block.info == "python")
    url = f"{nginx.http}/readme-story.html"
    code = example.replace(
        'add("https://news.example/story")', f'add("{url}", archive.Settings(allow_private=True))'
    ).replace("https://news.example/story", url)
    for cost in ("14", "41"):
        nginx.publish("readme-story.html", _PAGE.format(cost=cost).encode())
        exec(compile(code, "README.md", "exec"), {})
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "The pier closes wire"
    assert lines[-1] == "1 change (1 substantive, silent): number"


_PAGE = """<html><head><title>The pier closes</title></head><body><article><h1>The pier closes</h1>
<p>The council voted on Tuesday evening to close the old ferry pier, which served for a century.</p>
<p>Repairs would have cost {cost} million, according to the report that the engineers handed in.</p>
</article></body></html>"""
