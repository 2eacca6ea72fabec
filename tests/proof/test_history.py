"""A log is held to what was seen of it: grown, the same, backwards, sideways."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from attrs import evolve

from archive.errors import UsageError
from archive.proof.checkpoint import Checkpoint
from archive.proof.history import compare_checkpoints
from archive.proof.merkle import Frontier, hash_leaf
from tests.proof.logs import entries, head


def roots(word: str) -> Callable[[int], bytes]:
    """The roots of a log at each size."""
    return lambda size: Frontier().extend(map(hash_leaf, entries(size, word))).root()


@pytest.mark.parametrize(
    ("kept", "found", "verdict"),
    [
        (head(5), head(5), "same"),
        (head(5), head(9), "grown"),
        (head(0), head(9), "grown"),
        (head(0), head(0), "same"),
        (head(9), head(5), "backwards"),
        (head(9), head(0), "backwards"),
        (head(9), head(5, "other"), "backwards"),
        (head(5), head(5, "other"), "sideways"),
        (head(5), head(9, "other"), "sideways"),
    ],
)
def test_what_became_of_a_log(kept: Checkpoint, found: Checkpoint, verdict: str) -> None:
    """Each way that a log can go has its own word."""
    word = "other" if found == head(found.size, "other") else "entry"
    assert compare_checkpoints(kept, found, roots(word)) == verdict


def test_two_logs_are_not_compared() -> None:
    """Checkpoints of two origins say nothing of each other."""
    with pytest.raises(UsageError):
        compare_checkpoints(head(1), evolve(head(1), origin="other.example"), lambda _: b"")
