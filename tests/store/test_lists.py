"""Tests of lists of URLs: tabs, tables, marks, bad bytes; what is asked for is what stood there."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.adding.listing import join_lists, read_list

ONE, TWO = "https://news.example/1", "https://news.example/2?a=b,c"


@pytest.mark.parametrize(
    "lines",
    [
        [ONE, TWO],
        [f"{ONE}\tA title\t2026", f"{TWO}  \t"],
        ["\ufeff" + ONE + "\r\n", "", "# a comment", f"  {TWO}  # a note"],
        ["url", ONE, TWO],
        ["url", f'"{ONE}"', f"{TWO}\tA title"],
        ["title,URL,date", f'"A, title",{ONE},2026', f'"Two\nlines",{chr(34)}{TWO}{chr(34)},'],
        ["date;url", f"2026;{ONE}", f"2026;{TWO}"],
        ["url,date", f"{ONE},2026,,", f'"{TWO}"'],
        ["url\ttitle", f"{ONE}\tA title", f"{TWO}\t"],
        ["# made by hand", "url,date", "", f"{ONE},", "# no more", f'"{TWO}"'],
    ],
)
def test_the_urls_of_a_list_are_what_stands_there(lines: list[str]) -> None:
    """Plain lines, titles behind a tab, tables with a column of that name."""
    listed = read_list(line for one in lines for line in one.splitlines(keepends=True))
    assert (listed.urls, listed.refused) == ((ONE, TWO), ())


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (f"{ONE} A title", "a blank in a URL"),
        (f"{ONE}?\udcfc", "not UTF-8 text"),
        ("ftp://news.example/", "only http and https are archived, not ftp:"),
        ("url", "not a URL"),
        ("x\ry", "a blank in a URL"),
    ],
)
def test_what_is_refused_is_named_by_its_line(line: str, why: str) -> None:
    """The others are kept; what is shown of it has no lone surrogate."""
    listed = read_list(["# first", ONE, line, TWO], name="list.txt")
    assert listed.urls == (ONE, TWO)
    [(typed, error)] = listed.refused
    assert error.message == f"line 3 of list.txt: {why}"
    typed.encode("utf-8")
    [(_, unnamed)] = read_list([ONE, line]).refused
    assert unnamed.message == why


def test_a_row_without_its_cell_is_refused() -> None:
    """A short row, or an empty cell beside others, is no URL; an empty row is nothing."""
    listed = read_list(["title,url", "One", ",", f"Two,{ONE}", "Three,"], name="t.csv")
    assert listed.urls == (ONE,)
    assert [error.message for _, error in listed.refused] == [
        "line 2 of t.csv: not a URL",
        "line 5 of t.csv: not a URL",
    ]


def test_a_comma_in_a_url_cuts_nothing_off() -> None:
    """A row with more cells than headings is refused, for one of them may be half a URL."""
    listed = read_list(["url,date", f"{TWO},2026", f"{ONE},2026"], name="t.csv")
    assert listed.urls == (ONE,)
    [(_, error)] = listed.refused
    assert error.message == "line 2 of t.csv: more cells than the table has headings"
    assert error.hint


def test_joined_lists_have_each_url_once() -> None:
    """In the order in which they are first named."""
    joined = join_lists([read_list([ONE]), read_list([TWO, ONE + "#part", "x"])])
    assert joined.urls == (ONE, TWO)
    assert [typed for typed, _ in joined.refused] == ["x"]


@given(st.lists(st.text(max_size=40), max_size=8))
def test_no_list_makes_it_fail(lines: list[str]) -> None:
    """Whatever stands there is a URL, refused or passed over."""
    listed = read_list(lines, name="list")
    assert all(url.isascii() or url for url in listed.urls)
    assert listed.digest
