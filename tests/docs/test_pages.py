"""Tests that the documents are true: their commands run, their links lead somewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.docs.pages import all_pages, read_blocks, run_page
from tests.places import ROOT, program

_DOCS = ROOT / "docs"
_SCEPTIC = _DOCS / "how-to" / "verify-without-archive.md"
_LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
_HEADING = re.compile(r"^#+ (.*)$", re.MULTILINE)
_INFOS = {"sh", "sh run", "python", "python run", "text", "json", "toml", "diff"}


def _runnable() -> list[Path]:
    pages = [page for page in all_pages() if page != _SCEPTIC]
    return [page for page in pages if any(b.info.endswith(" run") for b in read_blocks(page))]


@pytest.mark.parametrize("page", _runnable(), ids=lambda page: page.stem)
def test_what_a_page_shows_is_what_happens(page: Path, tmp_path: Path) -> None:
    """Every runnable block of a page runs, and prints what the page says it prints."""
    run_page(page, tmp_path)


def test_a_sceptic_needs_no_program_of_ours(tmp_path: Path) -> None:
    """The sceptic's page runs with nothing in reach but the programs that it names."""
    named = re.search(r"nothing but these programs:\n`([^`]*)`", _SCEPTIC.read_text("utf-8"))
    assert named is not None
    tools = tmp_path / "tools"
    tools.mkdir()
    for name in named[1].split():
        (tools / name).symlink_to(program(name))
    folder = tmp_path / "work"
    folder.mkdir()
    run_page(_SCEPTIC, folder, {"PATH": str(tools)})


@pytest.mark.parametrize("page", all_pages(), ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    """Every link between the project's documents names a file that is there, and its heading."""
    text = page.read_text(encoding="utf-8")
    for link in _LINK.findall(_without_blocks(text)):
        if re.match(r"[a-z]+:", link):
            continue
        name, _, anchor = link.partition("#")
        target = (page.parent / name).resolve() if name else page
        assert target.exists(), f"{page.name} links to {link}"
        if anchor:
            assert anchor in _anchors(target), f"{page.name} links to {link}"


def test_every_page_is_on_the_map() -> None:
    """Every page below docs is linked from its table of contents."""
    table = (_DOCS / "README.md").read_text(encoding="utf-8")
    linked = {(_DOCS / link).resolve() for link in _LINK.findall(table)}
    assert set(_DOCS.rglob("*.md")) - {_DOCS / "README.md"} <= linked


@pytest.mark.parametrize("page", all_pages(), ids=lambda page: str(page.relative_to(ROOT)))
def test_every_block_says_what_it_is(page: Path) -> None:
    """No fenced block has another info string than the tests know, so none escapes them."""
    assert {block.info for block in read_blocks(page)} <= _INFOS


def _without_blocks(text: str) -> str:
    return re.sub(r"^```.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL)


def _anchors(page: Path) -> set[str]:
    headings = _HEADING.findall(_without_blocks(page.read_text(encoding="utf-8")))
    return {re.sub(r"[^\w\- ]", "", heading).lower().replace(" ", "-") for heading in headings}
