"""A reading goes to another process as bytes, and is read strictly there."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.article.reading import REGIONS, Block, Link, Reading
from archive.article.reading.stored import parse_reading, write_reading
from archive.errors import DocumentError

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
COUNT = st.integers(0, 1)
BLOCKS = st.builds(
    Block,
    TEXT,
    TEXT,
    st.sampled_from(REGIONS),
    TEXT,
    st.booleans(),
    st.integers(0, 99),
    st.lists(st.builds(Link, TEXT, TEXT), max_size=2).map(tuple),
    st.lists(TEXT, max_size=2).map(tuple),
    st.booleans(),
    st.booleans(),
    COUNT,
    COUNT,
)
READINGS = st.builds(
    Reading,
    st.lists(BLOCKS, min_size=1, max_size=3).map(tuple),
    TEXT,
    st.lists(st.tuples(TEXT, st.integers(-1, 0)), max_size=2).map(tuple),
    st.none() | COUNT,
    st.sampled_from([None, "amp", "print"]),
)
BLOCK: list[Any] = [
    "Pier",
    "Pier",
    "article",
    "p",
    True,
    0,
    [["/a", "b"]],
    ["x"],
    False,
    False,
    0,
    0,
]


@given(READINGS)
def test_a_reading_comes_back_as_it_was(reading: Reading) -> None:
    """Any reading is read as it was written."""
    assert parse_reading(write_reading(reading)) == reading


@given(
    st.binary(max_size=60)
    | st.recursive(st.none() | st.booleans() | st.integers() | TEXT, st.lists, max_leaves=20).map(
        lambda value: json.dumps(value).encode()
    )
)
def test_rubbish_is_no_reading(data: bytes) -> None:
    """Whatever else another process gives raises DocumentError."""
    with pytest.raises(DocumentError):
        parse_reading(data)


@pytest.mark.parametrize(
    ("at", "odd"),
    [
        (0, 1),
        (2, "attic"),
        (4, 1),
        (5, -1),
        (5, True),
        (6, ["ab"]),
        (6, [["/a"]]),
        (6, [["/a", 2]]),
        (7, [1]),
        (10, 2),
        (11, -1),
    ],
)
def test_each_member_of_a_block_is_checked(at: int, odd: object) -> None:
    """A block is a reading's; with one member of another kind or out of its bounds it is none."""
    whole = json.dumps(["https://a.example/", [BLOCK], [["2026-11-02", 0]], None, None]).encode()
    assert parse_reading(whole).blocks[0].links == (Link("/a", "b"),)
    block = [*BLOCK[:at], odd, *BLOCK[at + 1 :]]
    data = json.dumps(["https://a.example/", [block], [], None, None]).encode()
    with pytest.raises(DocumentError):
        parse_reading(data)


@pytest.mark.parametrize(
    "rest",
    [
        ([["2026", 1]], None, None),
        ([["2026", -2]], None, None),
        ([["2026"]], None, None),
        ([], 2, None),
        ([], True, None),
        ([], None, "fax"),
        ([], None, None, None),
    ],
)
def test_what_is_beside_the_blocks_is_checked(rest: tuple[object, ...]) -> None:
    """Dates of blocks that are not there, an odd bound and an odd variant are refused."""
    with pytest.raises(DocumentError):
        parse_reading(json.dumps(["", [BLOCK], *rest]).encode())
