"""The set of record ids."""

from __future__ import annotations

import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive import digest
from archive.verification.ids import Ids


@given(st.lists(st.text(max_size=3), max_size=200))
def test_it_is_a_set(ids: list[str]) -> None:
    """Of any sequence exactly those are new that a set does not hold yet."""
    seen: set[str] = set()
    known = Ids()
    for id_ in ids:
        assert known.add(id_) is (id_ not in seen)
        seen.add(id_)


def test_what_is_found_across_two_others_is_new(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten bytes that happen to stand across two kept ids are not taken for a third."""
    known = Ids()
    briefs = {"a": b"00" + bytes(range(10)), "b": b"00" + bytes(range(10, 20))}
    briefs["across"] = b"00" + bytes(range(5, 15))
    ids = {name: brief + bytes(4) for name, brief in briefs.items()}
    monkeypatch.setattr(digest, "brief", ids.__getitem__)
    assert [known.add(name) for name in ("a", "b", "across")] == [True] * 3
    assert [known.add(name) for name in ("a", "b", "across")] == [False] * 3


def test_many_take_little_memory() -> None:
    """Half a million ids take under thirty-two bytes each, a third of what a set takes."""
    number = 500_000
    tracemalloc.start()
    try:
        known = Ids()
        for id_ in range(number):
            known.add(f"urn:uuid:{id_}")
        assert tracemalloc.get_traced_memory()[0] < 32 * number
    finally:
        tracemalloc.stop()
