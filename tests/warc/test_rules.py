"""The header rules: what each version of the standard allows."""

from __future__ import annotations

import pytest

from archive.warc.record import parse_head
from archive.warc.rules import check_header

BASE = {
    "WARC-Type": "metadata",
    "WARC-Record-ID": "<urn:uuid:00000000-0000-4000-8000-000000000000>",
    "WARC-Date": "2026-11-22T07:01:09.123456Z",
    "Content-Type": "application/json",
    "Content-Length": "0",
}


def problems(version: str = "WARC/1.1", without: str = "", **fields: str) -> list[str]:
    """The problems of a small header with fields added, changed or left out."""
    changed = {name.replace("_", "-"): value for name, value in fields.items()}
    merged = {**BASE, **changed}
    lines = [f"{name}: {value}" for name, value in merged.items() if name != without]
    head = "\r\n".join([version, *lines, "", ""]).encode()
    return check_header(parse_head(head, 0))


def test_good_headers_have_no_problem() -> None:
    """A plain header of each version keeps the rules."""
    assert problems() == []
    assert problems("WARC/1.0", **{"WARC-Date": "2026-11-22T07:01:09Z"}) == []
    assert problems(X_Extension="anything") == []


@pytest.mark.parametrize("name", ["WARC-Type", "WARC-Record-ID", "WARC-Date"])
def test_required_fields(name: str) -> None:
    """A required field that is missing is a problem that names it."""
    assert any(name.lower() in problem.lower() for problem in problems(without=name))


WRONG = {
    "id without brackets": {"WARC-Record-ID": "urn:uuid:1"},
    "id with space": {"WARC-Record-ID": "<urn:uuid:1 2>"},
    "date without zone": {"WARC-Date": "2026-11-22T07:01:09"},
    "date with offset": {"WARC-Date": "2026-11-22T07:01:09+00:00"},
    "date with ten digits": {"WARC-Date": "2026-11-22T07:01:09.1234567890Z"},
    "date with month 99": {"WARC-Date": "2026-99-99T07:01:09Z"},
    "date of a leap day in no leap year": {"WARC-Date": "2026-02-29"},
    "date at 25 o'clock": {"WARC-Date": "2026-11-22T25:01Z"},
    "date in Arabic digits": {"WARC-Date": "٢٠٢٦"},
    "month 13": {"WARC-Date": "2026-13"},
    "year 0": {"WARC-Date": "0000"},
    "type of content": {"Content-Type": "json"},
    "payload digest on metadata": {"WARC-Payload-Digest": "sha256:" + "0" * 64},
    "digest without algorithm": {"WARC-Block-Digest": "00112233"},
    "digest without value": {"WARC-Block-Digest": "blake3:"},
    "short digest": {"WARC-Block-Digest": "sha256:00"},
    "profile on metadata": {"WARC-Profile": "x"},
    "refers-to-date on metadata": {"WARC-Refers-To-Date": "2026-11-22T07:01:09Z"},
    "warcinfo id": {"WARC-Warcinfo-ID": "x"},
    "truncated": {"WARC-Truncated": "because"},
    "address": {"WARC-IP-Address": "localhost"},
    "response without target": {"WARC-Type": "response"},
    "revisit without profile": {"WARC-Type": "revisit", "WARC-Target-URI": "a:b"},
    "target with space": {"WARC-Target-URI": "http://a/ b"},
    "target in brackets": {"WARC-Target-URI": "<http://a/>"},
    "target on warcinfo": {"WARC-Type": "warcinfo", "WARC-Target-URI": "http://a/"},
}


@pytest.mark.parametrize("digest", ["crc32:00", "blake3:e3b0c442", "sha3-256:p0=", "x.y:!"])
def test_digests_of_algorithms_that_we_do_not_know_break_no_rule(digest: str) -> None:
    """The standard names none (section 5.8), so that any label may stand there."""
    assert problems(**{"WARC-Block-Digest": digest}) == []


@pytest.mark.parametrize("case", WRONG)
def test_broken_rules_are_named(case: str) -> None:
    """Each broken rule is a problem that names the section of the standard."""
    found = problems(**WRONG[case])
    assert found
    assert all("section" in problem for problem in found)


def test_fields_that_stand_twice() -> None:
    """A field twice is a problem, whatever its case, except for those that may repeat."""
    lines = [f"{name}: {value}" for name, value in BASE.items()]

    def check(*more: str) -> list[str]:
        return check_header(
            parse_head("\r\n".join(["WARC/1.1", *lines, *more, "", ""]).encode(), 0)
        )

    assert any("twice" in item for item in check("warc-date: 2026-11-22T07:01:09Z"))
    assert check("WARC-Concurrent-To: <a:b>", "WARC-Concurrent-To: <a:c>") == []
    assert check("WARC-Protocol: http/1.1", "WARC-Protocol: tls/1.3") == []


def test_versions_differ() -> None:
    """WARC/1.0 has whole seconds and may put target URIs in angle brackets; 1.1 may not."""
    assert problems("WARC/1.0")
    old = {"WARC-Date": "2026-11-22T07:01:09Z", "WARC-Target-URI": "<http://a/>"}
    assert problems("WARC/1.0", **old) == []
    assert problems("WARC/1.1", **old)


def test_long_headers_are_judged_like_short_ones() -> None:
    """A header too long to be remembered gets the same judgement."""
    long = {"X-Long": "x" * 5000}
    assert problems(**long) == []
    assert problems(**long, **WRONG["target on warcinfo"]) == problems(
        **WRONG["target on warcinfo"]
    )


@pytest.mark.parametrize(
    "date",
    ["2024", "2024-02", "2024-02-29", "2024-02-29T23:59Z", "2024-02-29T23:59:59.123456789Z"],
)
def test_dates_may_be_as_coarse_as_a_year(date: str) -> None:
    """WARC/1.1 takes every precision from a year to nanoseconds; 1.0 whole seconds only."""
    assert problems(**{"WARC-Date": date}) == []
    assert problems("WARC/1.0", **{"WARC-Date": date}) != []
    assert problems("WARC/1.0", **{"WARC-Date": "2024-02-30T00:00:00Z"}) != []
