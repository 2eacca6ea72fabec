"""Articles in tables that lay a page out, and tables that hold data."""

from __future__ import annotations

import pytest
from lxml import html

from archive.article import extract
from archive.article.tables import laid_flat

TITLE = "The pier"
LINES = tuple(
    f"Paragraph {n} of a story about the old ferry pier, with words enough to be read as one line."
    for n in range(1, 7)
)
BODY = "".join(f"<p>{line}</p>" for line in LINES)
MENU = "".join(f'<a href="/{n}">Section {n}</a><br>' for n in range(9))


def text(inner: str) -> str:
    """The text of a page with this in its body."""
    page = f"<html><head><title>{TITLE}</title></head><body>{inner}</body></html>"
    return extract(page.encode(), "text/html", "https://news.example/a").text or ""


LAYOUT = {
    "a cell beside the menu": f"<table width=700><tr><td>{MENU}</td><td>{BODY}</td></tr></table>",
    "breaks": f"<table><tr><td>{MENU}</td><td>{'<br><br>'.join(LINES)}</td></tr></table>",
    "tables in cells": f"<table><tr><td><table><tr><td>{MENU}</td></tr></table></td><td><table><tr>"
    f"<td><font size=5>{TITLE}</font></td></tr><tr><td>{BODY}</td></tr></table></td></tr></table>",
    "a row a paragraph": "<table>" + "".join(f"<tr><td>{x}</td></tr>" for x in LINES) + "</table>",
    "by its role": f"<table role=presentation><tr><th><h1>{TITLE}</h1></th></tr><tr><td>{BODY}</td>"
    "</tr></table>",
}


@pytest.mark.parametrize("inner", LAYOUT.values(), ids=LAYOUT)
def test_an_article_in_a_table_of_layout_is_paragraphs(inner: str) -> None:
    """Every paragraph is a line of its own, and the menu beside it is none."""
    assert text(inner) == "".join(f"{line}\n" for line in LINES)


DATA = {
    "headings": "<table><tr><th>Year</th><th>Boats</th></tr><tr><td>1911</td><td>14</td></tr>"
    "</table>",
    "no headings": "<table><tr><td>1911</td><td>14</td></tr><tr><td>1912</td><td>19</td></tr>"
    "</table>",
    "a sentence a row": f"<table><tr><td>1911</td><td>{LINES[0]}</td></tr><tr><td>14</td><td>"
    f"{LINES[1]}</td></tr></table>",
}


@pytest.mark.parametrize("table", DATA.values(), ids=DATA)
def test_data_stays_a_table(table: str) -> None:
    """What has headings, or one thing a cell, is rows as before."""
    found = text(f"<article><h1>{TITLE}</h1>{BODY}{table}<p>{LINES[0]} Again.</p></article>")
    row = next(line for line in found.splitlines() if "1911" in line)
    assert row.startswith("| 1911 | ")


def test_a_caption_makes_data_of_prose() -> None:
    """A table that names itself is data, whatever its cells hold."""
    root = html.fromstring(f"<table><caption>Boats</caption><tr><td>{BODY}</td></tr></table>")
    with laid_flat(root):
        assert root.tag == "table"


def test_lists_in_cells_are_words_and_every_name_comes_back() -> None:
    """While it is read a tree has other names, afterwards its own."""
    page = f"<div><table><tr><td>{BODY}</td></tr></table><table><tr><td>Mon</td><td><ul><li>10:00"
    root = html.fromstring(f"{page}<li>14:00</ul></td></tr></table></div>")
    before = [element.tag for element in root.iter()]
    with laid_flat(root):
        assert [e.tag for e in root.iter()].count("table") == 1
        *_, cell = root.iter("td")
        assert " ".join(map(str, cell.itertext())).split() == ["10:00", "14:00"]
        assert next(root.iter("li"), None) is None
    assert [element.tag for element in root.iter()] == before
