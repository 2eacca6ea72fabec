"""What a verification counts: each check's end and reason, in bounded memory."""

from __future__ import annotations

from typing import Any

import pytest
from attrs import evolve

from archive.verification.place import Place
from archive.verification.report import Check
from archive.verification.tally import MAX_FINDINGS, Tally

PLACE = Place("a.warc.gz", 7)


def blocks(tally: Tally) -> Check:
    """How the check of blocks ended."""
    return next(check for check in tally.close() if check.name == "blocks")


def test_a_thousand_findings_are_kept() -> None:
    """One more is counted only, and its check has failed all the same."""
    tally = Tally()
    for _ in range(MAX_FINDINGS):
        tally.fail("headers", "wrong", PLACE)
    assert (len(tally.findings), tally.omitted) == (1000, 0)
    tally.fail("blocks", "wrong", PLACE)
    assert (len(tally.findings), tally.omitted) == (1000, 1)
    assert blocks(tally) == Check("blocks", "failed", 0, "1 finding")


@pytest.mark.parametrize(("kept", "most"), [("message", 500), ("record", 500), ("url", 8192)])
def test_what_a_stranger_wrote_is_cut(kept: str, most: int) -> None:
    """Messages, ids and URLs are kept up to a length, and of longer ones the beginning."""
    for length in (most, most + 1):
        tally, text = Tally(), "x" * length
        if kept == "message":
            tally.fail("blocks", text, PLACE)
        else:
            named: dict[str, Any] = {kept: text}
            tally.fail("blocks", "wrong", evolve(PLACE, **named))
        found = getattr(tally.findings[0], kept)
        assert found == (text if length == most else f"{text[:most]}… ({length:,} characters)")


def test_twenty_gaps_are_named() -> None:
    """What else could not be looked at is counted together, what was named already as itself."""
    tally = Tally()
    tally.count("blocks", 30)
    for number in range(21):
        tally.skip("blocks", f"gap {number}")
    tally.skip("blocks", "gap 21", 2)
    tally.skip("blocks", "gap 19", 4)
    reason = blocks(tally).reason or ""
    assert reason.startswith("not checked: gap 0 (1); gap 1 (1);")
    assert reason.endswith("; gap 18 (1); gap 19 (5); others (3)")


def test_nothing_skipped_is_no_gap() -> None:
    """A count of none says nothing."""
    tally = Tally()
    tally.count("blocks")
    tally.skip("blocks", "gap", 0)
    assert blocks(tally) == Check("blocks", "passed", 1, complete=True)


def test_how_a_check_ends() -> None:
    """Passed, failed or not checked, and why: what failed first, then what lacks, then notes."""
    tally = Tally()
    assert blocks(tally) == Check("blocks", "not-checked", 0, "there was nothing to check")
    tally.note("blocks", "odd", 2)
    assert blocks(tally) == Check("blocks", "not-checked", 0, "odd (2)")
    tally.count("blocks", 3)
    assert blocks(tally) == Check("blocks", "passed", 3, "odd (2)", complete=True)
    tally.skip("blocks", "gap")
    assert blocks(tally) == Check("blocks", "passed", 3, "not checked: gap (1); odd (2)")
    tally.withhold("blocks", "more", 2)
    assert blocks(tally) == Check("blocks", "not-checked", 3, "gap (1); more (2); odd (2)")
    tally.fail("blocks", "wrong", PLACE)
    tally.fail("blocks", "wrong", PLACE)
    failed = "2 findings; not checked: gap (1); more (2); odd (2)"
    assert blocks(tally) == Check("blocks", "failed", 3, failed)
    tally.condemn("blocks", "gone", "is gone", [PLACE], 4)
    assert blocks(tally) == Check("blocks", "failed", 3, f"gone; {failed}")
    assert ([one.message for one in tally.findings][-2:], tally.omitted) == (
        ["wrong", "is gone"],
        4,
    )
    tally.set_aside("blocks", "not asked for")
    assert blocks(tally) == Check("blocks", "failed", 0, "gone; not asked for")
