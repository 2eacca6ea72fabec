"""The log's reference names exactly the members that entries have."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from archive.proof.timestamp import REASONS
from tests.places import ROOT
from tests.proof.test_bodies import BODIES, entry
from tests.proof.test_entry import GOOD as TEXT

_PAGES = ROOT / "docs" / "reference"
_ROW = re.compile(r"^\| `([^`]+)` \|", re.MULTILINE)


_ELSEWHERE = {
    "predicate.software",
    "predicate.records[]",
    *(f"predicate.body.{name}" for name in ("extraction", "paragraphs", "claims")),
}
"""Members whose own members are described with a capture's statement."""


def members(value: Any, path: str = "") -> set[str]:
    """The paths of all members of a JSON value, as the page writes them."""
    if isinstance(value, list):
        return {name for item in value for name in members(item, f"{path}[]")}
    if not isinstance(value, dict) or path in _ELSEWHERE:
        return set()
    found: set[str] = set()
    for name, inner in value.items():
        inside = f"{path}.{name}" if path else name
        found |= {inside} | members(inner, inside)
    return found


def test_every_member_of_an_entry_is_written_down() -> None:
    """The page has a row for each member of each kind, and for nothing else."""
    page = (_PAGES / "log-entries.md").read_text("utf-8")
    found: set[str] = set()
    for body in BODIES.values():
        found |= members(json.loads(entry(body).to_bytes()))
    found |= members(json.loads(TEXT.to_bytes()))
    assert set(_ROW.findall(page)) == found


@pytest.mark.parametrize("reason", REASONS)
def test_every_reason_of_a_time_stamp_is_written_down(reason: str) -> None:
    """The page has a row for each reason for which a time stamp may be refused."""
    page = (_PAGES / "log-trust.md").read_text("utf-8")
    assert reason in _ROW.findall(page)
