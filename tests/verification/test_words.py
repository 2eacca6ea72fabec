"""What a report says in words: each sentence where it is true, and only there."""

from __future__ import annotations

from typing import Any

import pytest
from attrs import evolve

from archive.verification import describe
from archive.verification.checks import CHECKS
from archive.verification.report import Check, Dated, Finding, Report, Shown, Signer
from archive.verification.words import MEANING

CHECKED = tuple(Check(rule.name, "passed", 1) for rule in CHECKS)
REPORT = Report("verified", 1, 1, 1, (), CHECKED, ())
ORIGIN = "press.example/log"
TIME = "2026-11-30T12:00:00Z"
SENTENCES = {
    "unlogged": "No log and no outside authority has dated them",
    "alone": "All of it is in the archiver's own log, but no authority",
    "dated": "An authority that you trust dated the first 2 of 3 statements",
    "cosigned": "w1, w2 cosigned the log of 3 statements",
    "too few": "w1 cosigned the log, which is less than your policy asks for.",
    "cosigned before": "A quorum of your policy cosigned the first 2 of 3 statements",
    "kept": "The first 2 statements are those that you have seen before",
    "one later": "The last 1 came later: the archiver alone vouches",
    "all later": "The last 3 came later: the archiver alone vouches",
    "no capture later": "The last 1 came later; none of them is a capture.",
}


def meaning(**shown: Any) -> str:
    """The last paragraph of a report of three statements, all in the log."""
    return describe(evolve(REPORT, statements=3, shown=Shown(origin=ORIGIN, entries=3, **shown)))[
        -1
    ]


def told(text: str) -> set[str]:
    """Which of the sentences stand in a text."""
    return {name for name, sentence in SENTENCES.items() if sentence in text}


@pytest.mark.parametrize(
    ("shown", "said"),
    [
        ({}, {"alone"}),
        ({"quorum": True}, {"alone"}),
        ({"stamped": 2, "time": TIME}, {"dated", "one later"}),
        ({"stamped": 2, "time": TIME, "all_dated": True}, {"dated", "no capture later"}),
        ({"stamped": 2, "time": TIME, "witnessed": 3}, {"dated"}),
        ({"stamped": 2, "time": TIME, "witnessed": 3, "all_dated": True}, {"dated"}),
        ({"witnesses": ("w1", "w2"), "quorum": True, "witnessed": 3}, {"cosigned"}),
        ({"witnesses": ("w1", "w2"), "quorum": True}, {"cosigned", "all later"}),
        ({"witnesses": ("w1",)}, {"too few", "all later"}),
        ({"witnesses": ("w1",), "witnessed": 2}, {"cosigned before", "one later"}),
        ({"witnessed": 2}, {"cosigned before", "one later"}),
        ({"kept": 2}, {"kept", "one later"}),
    ],
)
def test_who_vouches(shown: dict[str, Any], said: set[str]) -> None:
    """What stands outside the archiver's hands is told of where it is so, and nowhere else."""
    assert told(meaning(**shown)) == said


def test_without_a_log() -> None:
    """Where no log was read, the dates are said to be the archiver's own word."""
    text = describe(REPORT)[-1]
    assert text.startswith(MEANING)
    assert told(text) == {"unlogged"}


@pytest.mark.parametrize(
    ("time", "all_dated", "claimed"),
    [
        (TIME, True, f"claimed, no later than {TIME}, to have"),
        (TIME, False, "claimed to have"),
        (None, True, "claimed to have"),
    ],
)
def test_a_time_for_all_stands_in_the_first_sentence(
    time: str | None, all_dated: bool, claimed: str
) -> None:
    """That captures were there by a time is said of all where all of them are dated, else not."""
    assert f"the archiver {claimed}" in meaning(stamped=3, time=time, all_dated=all_dated)


@pytest.mark.parametrize(
    ("log", "said"), [(None, {"unlogged"}), (Shown(origin=ORIGIN, entries=3), set())]
)
def test_a_failure_comes_first(log: Shown | None, said: set[str]) -> None:
    """Where something failed, the rest is spoken of as the rest; nobody's word is added to it."""
    text = describe(evolve(REPORT, verdict="failed", shown=log))[-1]
    assert text.startswith("What is listed as failed shows nothing. Of the rest: this shows that")
    assert told(text) == said


def test_no_capture_shows_nothing() -> None:
    """Without a capture with an intact statement a report says that it shows nothing."""
    text = describe(evolve(REPORT, captures=0, shown=Shown(origin=ORIGIN, entries=3)))[-1]
    assert text.startswith("This shows nothing about who made these records")
    assert told(text) == set()


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (0, "0 files, 0 statements, 0 captures with an intact statement"),
        (1, "1 file, 1 statement, 1 capture with an intact statement"),
        (2, "2 files, 2 statements, 2 captures with an intact statement"),
    ],
)
def test_one_is_one(number: int, said: str) -> None:
    """One file, statement or capture is spoken of in the singular."""
    counted = evolve(REPORT, files=number, statements=number, captures=number)
    assert describe(counted)[2] == said


def test_who_dated_what() -> None:
    """Each authority is told with what it is trusted by, its name, and how many stamps hold."""
    dated = (
        Dated("a" * 64, "CN=Test", "pinned", 1, 2, TIME),
        Dated("b" * 64, "", "--tsa", 2, 3, TIME),
    )
    lines = describe(
        evolve(REPORT, statements=3, shown=Shown(origin=ORIGIN, entries=3, dated=dated))
    )
    first = lines.index("Dated by:")
    assert lines[first - 1] == ""
    assert lines[first + 1 : -2] == [
        f"  {'a' * 64}",
        "    trusted (pinned), CN=Test",
        f"    1 time stamp: the first 2 of 3 statements, no later than {TIME}",
        f"  {'b' * 64}",
        "    trusted (--tsa), without a name",
        f"    2 time stamps: the first 3 of 3 statements, no later than {TIME}",
    ]


def test_whose_keys_they_are() -> None:
    """A key is told with where the trust in it comes from, or that there is none."""
    signers = (Signer("a" * 64, True, "pinned"), Signer("b" * 64, False, None))
    lines = describe(evolve(REPORT, signers=signers))
    first = lines.index("Signed by:")
    named = [f"  {'a' * 64}", "    trusted (pinned)", f"  {'b' * 64}", "    NOT trusted"]
    assert lines[first - 1 : -2] == ["", "Signed by:", *named]
    assert "Signed by:" not in describe(REPORT)


def test_checks_with_and_without_a_reason() -> None:
    """Each check has a line of its own, and one more where there is a reason."""
    checks = (evolve(CHECKED[0], result="not-checked", reason="no file"), *CHECKED[1:])
    lines = describe(evolve(REPORT, checks=checks))[4:]
    assert lines[0] == f"  1  framing     not checked  {CHECKS[0].holds}"
    assert lines[1:3] == ["     no file", f"  2  headers     passed       {CHECKS[1].holds}"]
    assert len(lines) == len(CHECKS) + 1 + 2


def finding(**changes: Any) -> Finding:
    """A finding at a byte of a file."""
    given = {"file": "a.warc.gz", "offset": 7, "capture": None, "url": None, **changes}
    return Finding(check="blocks", message="the response record is changed", **given)


def test_where_it_is_wrong() -> None:
    """A finding names its file, byte, capture and URL, as far as they are known."""
    told = evolve(
        REPORT, findings=(finding(), finding(offset=None, capture="urn:x", url="https://a/"))
    )
    lines = describe(told)
    message = "  blocks: the response record (the page as received) is changed"
    assert lines[lines.index("Findings:") + 1 : -2] == [
        message,
        "    a.warc.gz, byte 7",
        message,
        "    a.warc.gz, capture urn:x",
        "    https://a/",
    ]


@pytest.mark.parametrize(("length", "cut"), [(200, False), (201, True)])
def test_a_url_is_told_up_to_200_characters(length: int, cut: bool) -> None:
    """A longer one ends in how long it is."""
    url = "https://a/".ljust(length, "b")
    line = describe(evolve(REPORT, findings=(finding(url=url),)))[-3]
    assert line == "    " + (f"{url[:200]}… (201 characters)" if cut else url)


@pytest.mark.parametrize(
    ("listed", "omitted", "more"), [(2, 0, None), (3, 0, 1), (2, 4, 4), (3, 4, 5)]
)
def test_findings_past_those_wanted_are_counted(listed: int, omitted: int, more: int) -> None:
    """The first are told, and how many more there are where there are more."""
    found = evolve(REPORT, findings=(finding(),) * listed, omitted=omitted)
    lines = describe(found, findings=2)
    assert sum(line.startswith("  blocks:") for line in lines) == 2
    assert [line for line in lines if line.startswith("  and ")] == (
        [f"  and {more} more"] if more else []
    )
