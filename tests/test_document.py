"""Tests of `archive.document`: strict JSON, on JSONTestSuite and on random bytes."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive import document
from archive.errors import DocumentError
from tests.places import shared

LIMIT = 1_000_000
DUPLICATES = {"y_object_duplicated_key.json", "y_object_duplicated_key_and_value.json"}
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
LEAVES = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | TEXT
)
VALUES = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(TEXT, inner, max_size=5),
    max_leaves=20,
)


def suite(prefix: str) -> dict[str, bytes]:
    """The files of JSONTestSuite whose names begin so."""
    folder = shared("vectors", "jsontestsuite", "test_parsing")
    return {path.name: path.read_bytes() for path in sorted(folder.glob(prefix + "*.json"))}


def accepts(data: bytes) -> bool:
    """Whether our parser takes the document; anything but a DocumentError goes through."""
    try:
        document.parse(data, limit=LIMIT)
    except DocumentError:
        return False
    return True


def test_what_must_be_accepted_is_accepted() -> None:
    """Every `y_` file of JSONTestSuite is read, save the two with a name that stands twice."""
    found = suite("y_")
    assert len(found) >= 95
    assert {name for name, data in found.items() if not accepts(data)} == DUPLICATES


def test_what_is_accepted_has_the_value_that_json_gives_it() -> None:
    """Where the standard library reads a `y_` file too, both find the same value."""
    for name, data in suite("y_").items():
        if name not in DUPLICATES:
            assert document.parse(data, limit=LIMIT) == json.loads(data)


def test_what_must_be_refused_is_refused() -> None:
    """Every `n_` file of JSONTestSuite is a DocumentError."""
    found = suite("n_")
    assert len(found) >= 185
    assert [name for name, data in found.items() if accepts(data)] == []


def test_what_may_go_either_way_is_a_value_or_an_error() -> None:
    """Of the `i_` files, only numbers that fit (or round to zero) are taken."""
    taken = {name for name, data in suite("i_").items() if accepts(data)}
    assert taken == {
        "i_number_double_huge_neg_exp.json",
        "i_number_real_underflow.json",
        "i_number_too_big_neg_int.json",
        "i_number_too_big_pos_int.json",
        "i_number_very_big_negative_int.json",
    }


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b'{"a":1,"a":2}', "stands twice"),
        (b'{"x":[{"a":1,"b":2,"a":1}]}', "stands twice"),
        (b'{"a":1,"\\u0061":2}', "stands twice"),
        (b"NaN", "not JSON"),
        (b"[-Infinity]", "not JSON"),
        (b"1e400", "does not fit"),
        (b"\xef\xbb\xbf{}", "not strict JSON"),
        ('{"a":1}'.encode("utf-16"), "not strict JSON"),
        (b'"\xff"', "not strict JSON"),
        (b'"\\ud800"', "lone surrogate"),
        (b'{"\\udc00":1}', "lone surrogate"),
        (b'[[{"a":["\\ud800"]}]]', "lone surrogate"),
        (b"{} {}", "not strict JSON"),
        (b"", "not strict JSON"),
        (b"9" * 5000, "not strict JSON"),
    ],
)
def test_a_refusal_says_why(data: bytes, message: str) -> None:
    """Each rule that is stricter than Python's parser has a message of its own."""
    with pytest.raises(DocumentError, match=message):
        document.parse(data, limit=LIMIT, what="statement")


def test_the_limit_is_in_bytes_and_inclusive() -> None:
    """A document of exactly the limit is read; one byte more is refused, and named."""
    data = '"üü"'.encode()
    assert document.parse(data, limit=len(data)) == "üü"
    with pytest.raises(DocumentError, match="keyring is larger than 5 bytes"):
        document.parse(data, limit=len(data) - 1, what="keyring")


@pytest.mark.parametrize("leaf", [b"", b"1", b'"a"'])
def test_depth_counts_arrays_whatever_stands_in_them(leaf: bytes) -> None:
    """`MAX_DEPTH` arrays in one another are read, empty or not; one more is refused."""
    deepest = document.MAX_DEPTH
    assert accepts(b"[" * deepest + leaf + b"]" * deepest)
    assert not accepts(b"[" * (deepest + 1) + leaf + b"]" * (deepest + 1))


def test_depth_counts_objects_too() -> None:
    """Objects nest as deep as arrays do."""
    deepest = document.MAX_DEPTH
    assert accepts(b'{"a":' * deepest + b"1" + b"}" * deepest)
    assert not accepts(b'{"a":' * (deepest + 1) + b"1" + b"}" * (deepest + 1))


def test_a_hundred_thousand_brackets_are_an_error() -> None:
    """Nesting far past the interpreter's own limit is refused like any other."""
    assert not accepts(b"[" * 100_000)
    assert not accepts(b'{"a":' * 100_000)


def test_finding_a_duplicate_among_many_names_is_not_quadratic() -> None:
    """A name repeated after 200,000 others is found, which comparing all with all never would."""
    names = ",".join(f'"{number}":0' for number in range(200_000))
    data = f'{{{names},"199999":1}}'.encode()
    with pytest.raises(DocumentError, match="'199999' stands twice"):
        document.parse(data, limit=len(data))


@given(data=st.binary(max_size=200))
def test_random_bytes_give_a_value_or_a_document_error(data: bytes) -> None:
    """`parse` raises nothing but DocumentError, and what it accepts, Python's parser accepts."""
    if accepts(data):
        json.loads(data.decode("utf-8"))


@given(text=st.text(alphabet='[]{}",:\\u0dD8aeE+-.tfn1 \n', max_size=60))
def test_json_like_text_gives_a_value_or_a_document_error(text: str) -> None:
    """The same for text made of JSON's own characters, which gets further into the parser."""
    if accepts(text.encode()):
        json.loads(text)


@given(value=VALUES)
def test_documents_round_trip(value: Any) -> None:
    """What is written is read back as the same value, of the same types, in the same order."""
    assert repr(document.parse(document.write(value), limit=LIMIT)) == repr(value)
    lines = document.write_lines({"a": value, "ü": value})
    assert repr(document.parse(lines, limit=LIMIT)) == repr({"a": value, "ü": value})


@given(value=VALUES)
def test_writing_is_stable(value: Any) -> None:
    """Writing what was read gives the same bytes."""
    data = document.write(value)
    assert document.write(document.parse(data, limit=LIMIT)) == data


def test_written_documents_are_compact_and_not_escaped() -> None:
    """One line without spaces, letters as they are, names in the order given."""
    assert document.write({"b": "ü😀", "a": [1, None]}) == '{"b":"ü😀","a":[1,null]}'.encode()


def test_a_document_for_people_has_a_member_a_line() -> None:
    """Names in the order given, each member compact on its own line, and it reads as the same."""
    value = {"b": {"ü": [1, "\n"]}, "a": None}
    data = document.write_lines(value)
    assert data == '{\n "b": {"ü":[1,"\\n"]},\n "a": null\n}\n'.encode()
    assert document.parse(data, limit=LIMIT) == value


@pytest.mark.parametrize("value", ["\ud800", {"\udfff": 1}, float("nan"), [float("inf")]])
def test_what_json_cannot_say_is_not_written(value: Any) -> None:
    """A lone surrogate, NaN and Infinity are refused before a byte is written."""
    with pytest.raises(DocumentError, match="cannot be written"):
        document.write(value)
