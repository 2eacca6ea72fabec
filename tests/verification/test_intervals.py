"""A capture's own date is held against the trusted time stamps around it; a day is allowed."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

import archive
from archive.verification.intervals import ALLOWANCE, Bound, Dates
from archive.verification.tally import Tally
from tests.places import shared

TOKEN = datetime(2026, 3, 5, 12, tzinfo=UTC)
ACCURACY = timedelta(seconds=2)
SECOND = timedelta(seconds=1)
BOUND = Bound(TOKEN, ACCURACY, entries=3, logged=5)


def judge(index: int, date: datetime, *bounds: Bound) -> list[str]:
    """What is found wrong with one capture's date."""
    dates, tally = Dates(), Tally()
    dates.take(index, f"{date:%Y-%m-%dT%H:%M:%S.%fZ}")
    dates.judge(bounds, tally)
    return [finding.message for finding in tally.findings]


@pytest.mark.parametrize(
    ("index", "date", "is_found"),
    [
        (6, TOKEN - ACCURACY - ALLOWANCE, False),
        (6, TOKEN - ACCURACY - ALLOWANCE - SECOND, True),
        (5, TOKEN - timedelta(days=900), False),  # it does not stand on the token
        (2, TOKEN + ACCURACY + ALLOWANCE, False),
        (2, TOKEN + ACCURACY + ALLOWANCE + SECOND, True),
        (3, TOKEN + timedelta(days=900), False),  # the token is not over it
        (2, TOKEN - timedelta(days=900), False),
        (6, TOKEN + timedelta(days=900), False),
    ],
)
def test_only_what_contradicts_a_token_is_found(index: int, date: datetime, is_found: bool) -> None:
    """Before the token that it stands on, or after the one over it, by more than a day: found."""
    assert bool(judge(index, date, BOUND)) == is_found


def test_the_tightest_of_many_tokens_decides() -> None:
    """The latest token below a capture, and the earliest over it; in any order they are read."""
    days = [Bound(TOKEN + timedelta(days=at), ACCURACY, 10 * at, 10 * at + 1) for at in range(9)]
    for bounds in (days, days[::-1]):
        assert not judge(45, TOKEN + timedelta(days=4), *bounds)
        [low] = judge(45, TOKEN, *bounds)
        assert "4 days before the trusted time stamp that it stands on" in low
        [high] = judge(45, TOKEN + timedelta(days=9), *bounds)
        assert "4 days after the trusted time stamp that is over it" in high


def test_an_unlogged_token_is_no_lower_bound() -> None:
    """What no entry names, no capture stands on."""
    unlogged = Bound(TOKEN, ACCURACY, 3, None)
    assert not judge(9, TOKEN - timedelta(days=900), unlogged)
    assert judge(2, TOKEN + timedelta(days=900), unlogged)


def test_a_capture_dated_years_before_the_token_it_stands_on_fails(tmp_path: Path) -> None:
    """Backdated by whoever holds the key: *timestamp* fails where the authority is trusted."""
    case = shared("cases", "proof", "backdated-behind-a-stamp")
    shutil.copytree(case / "press", tmp_path / "press")
    with archive.open(tmp_path / "press") as press:
        trust = [str(case / "signer.pub.pem")]
        root = str(tmp_path / "press" / "root.pem")
        report = press.verify(trust=trust, user_trust=False, authorities=[root], keep=False)
        strange = press.verify(trust=trust, user_trust=False, keep=False)
    assert (report.verdict, report.check("timestamp").result) == ("failed", "failed")
    assert "says 2019-05-01: 2771 days before" in report.findings[0].message
    assert (strange.verdict, strange.check("timestamp").result) == ("verified", "not-checked")
