"""What reading and judging hold in memory, on both sides of each bound."""

from __future__ import annotations

import pytest

from archive.proof.bounds import MAX_ENVELOPE
from archive.verification.blocks import Depth, is_kept
from archive.verification.files import MAX_GROUP
from archive.verification.records import ReadRecord
from tests.builders import Builder, check, put_together

HELD = 40_000_000


def record(kind: str, target: str, length: int, *, envelope: bool = False) -> ReadRecord:
    """A record's headers as they were read."""
    return ReadRecord(
        *("0", 0, True, b"", True, length, "urn:x", kind, target, None, None, envelope)
    )


@pytest.mark.parametrize(
    ("kind", "target", "most"),
    [
        ("resource", "urn:envelope:x", MAX_ENVELOPE),
        ("warcinfo", "", 65_536),
        ("resource", "urn:outcome:x", 262_144),
    ],
)
def test_blocks_that_are_always_held(kind: str, target: str, most: int) -> None:
    """An envelope, a warcinfo and an outcome are held up to a size, pages looked at or not."""
    envelope = target == "urn:envelope:x"
    for length, held in ((most, True), (most + 1, False)):
        found = record(kind, target, length, envelope=envelope)
        assert is_kept(found, Depth(payloads=False)) is held


def test_outcomes_of_one_capture_are_held_together() -> None:
    """What is held for a capture already counts."""
    for before, held in ((HELD - 5, True), (HELD - 4, False)):
        depth = Depth(payloads=False, held=before)
        assert is_kept(record("resource", "urn:outcome:x", 5), depth) is held


def test_a_group_has_at_most_512_records() -> None:
    """Of our own file's records without an envelope one more is named by no statement."""
    builder = Builder()
    [member] = builder.capture().members[:1]
    assert builder.warcinfo is not None
    for number, more in ((MAX_GROUP, []), (MAX_GROUP + 1, ["record is named by no statement"])):
        report = check(put_together([builder.warcinfo, *[member] * number]), whole=True)
        found = [finding.message for finding in report.findings]
        assert f"torn tail: {MAX_GROUP} records without an envelope" in found
        assert [message for message in found if "named by no" in message] == more
