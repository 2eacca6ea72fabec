"""Tests of files that were stored anew since they were sealed, and of records too large to hold."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from archive.disk.layout import Layout
from archive.verification import Report, blocks
from tests.store import shelf


def sealed(folder: Path) -> Path:
    """The first file of a collection of several: the second says how it was closed."""
    with shelf.collection(folder, 5, file_size=9000) as press:
        first, *others = Layout(press.path).files()
    assert others
    return first


def verify(folder: Path) -> Report:
    """A verification of the whole collection."""
    with shelf.collection(folder) as press:
        return press.verify()


def members(data: bytes) -> Iterator[bytes]:
    """What each gzip member of a file holds."""
    while data:
        member = zlib.decompressobj(31)
        yield member.decompress(data)
        data = member.unused_data


@pytest.mark.parametrize("store", [bytes, gzip.compress], ids=["plain", "by another program"])
def test_a_sealed_file_that_is_stored_anew_is_told_and_not_accused(
    tmp_path: Path, store: Callable[[bytes], bytes]
) -> None:
    """The same records without gzip, or in other members, are no failure: they are all there."""
    first = sealed(tmp_path)
    first.write_bytes(b"".join(map(store, list(members(first.read_bytes())))))
    report = verify(tmp_path)
    assert [finding.message for finding in report.findings] == []
    assert "stored anew since they were sealed" in (report.check("framing").reason or "")


def test_a_sealed_file_as_it_was_closed_needs_no_word(tmp_path: Path) -> None:
    """Nothing is said of seals where each file is what it was."""
    sealed(tmp_path)
    assert verify(tmp_path).check("framing").reason is None


def test_a_text_is_compared_only_where_text_and_claims_are_held(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With room for the text and not for the claims, the check says so and accuses nobody."""
    with shelf.collection(tmp_path, 1) as press:
        group = next(iter(press.captures())).group
        text, claims = (len(group.block(role) or b"") for role in ("text", "claims"))
        assert press.verify(deep=True).check("text").result == "passed"
        before = len(group.block("import") or b"")
        for room in (before + text, before + text + claims - 1):
            monkeypatch.setattr(blocks, "_MAX_HELD", room)
            report = press.verify(deep=True)
            assert report.findings == ()
            check = report.check("text")
            assert (check.result, check.reason) == ("not-checked", "records too large to hold (1)")
