"""The bounds of what a writer holds and looks at, on both sides, as numbers."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import Any

import pytest

from archive.adding.batches import Made, Waiting
from archive.adding.listing import Listed
from archive.store.quarantine import holds_envelope
from archive.warc.group import ENVELOPE_TYPE
from tests.collection.press import Clock
from tests.store import shelf

MEMBER = b"\x1f\x8b\x08\x00\x00\x00\x00\x00"


def test_256_captures_make_a_commit(tmp_path: Path) -> None:
    """One fewer waits for a second to go by."""
    clock, entry = Clock(), Listed("https://news.example/")
    with shelf.unlogged(tmp_path) as press:
        waiting = Waiting(shelf.writer(press), lambda: 0.0)
        found: list[Any] = []
        for number in range(256):
            assert not waiting.is_due
            waiting.put(entry, Made(shelf.draft_text(number, clock), None))
        assert waiting.is_due
        found += waiting.commit()
        assert (len(found), waiting.is_due) == (256, False)


@pytest.mark.parametrize(("count", "many"), [(5_000, False), (5_001, True)])
def test_5000_records_are_read_for_an_envelope(count: int, many: bool) -> None:
    """A tail with more that begin like one was not left by a writer that died."""
    head = f"WARC/1.1\r\nContent-Type: {ENVELOPE_TYPE}\r\n\r\n".encode()
    like = gzip.compress(head, mtime=0)
    assert like.startswith(MEMBER)
    assert holds_envelope(like * count, 0, None) is many


@pytest.mark.parametrize(("count", "many"), [(99_999, False), (100_000, True)])
def test_100_000_members_are_looked_at(count: int, many: bool) -> None:
    """A tail with more was not left by a writer that died."""
    assert holds_envelope(MEMBER * count, 0, None) is many
