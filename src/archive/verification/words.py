"""A report in plain words: lines of text without colour or control characters."""

from __future__ import annotations

import re
from collections.abc import Iterator

from archive.display import shorten
from archive.errors import Hint
from archive.verification.checks import CHECKS
from archive.verification.report import Finding, Report, Shown

__all__ = ["MEANING", "describe", "show"]

MEANING = (
    "This shows that the archiver claimed to have received these bytes from these URLs; it does "
    "not show that the publisher sent them, nor that what they say is true. "
)
"""What every report must say. With a trusted time stamp it says "no later than" a time."""
_UNLOGGED = "No log and no outside authority has dated them: the dates are the archiver's own word."
_ALONE = (
    "All of it is in the archiver's own log, but no authority that you trust has dated it and "
    "nobody else has seen it: the dates are the archiver's own word, and whoever holds the "
    "archiver's key could make another history in its place."
)

_NOTHING_SHOWN = (
    "This shows nothing about who made these records, when, or whether a publisher sent them: "
    "no intact statement was found."
)
_VERDICTS = {
    "verified": "Verified: nothing failed, and a trusted key signed every statement.",
    "failed": "FAILED: something is wrong, see the findings.",
    "incomplete": "Incomplete: not all that must be checked could be, see what is not checked.",
    "untrusted": "Untrusted: the signatures are intact, but nothing says whose keys they are.",
    "unsigned": "Unsigned: the files are as far in order as shown, but nobody vouches for them.",
    "nothing": "Nothing: there was no capture to check.",
}
_GIVE = "give a WARC file, plain or in gzip; one of zstd, or those in a WACZ, unpacked"
_FAILED = "What is listed as failed shows nothing. Of the rest: "
_ROLE = re.compile(r"\bthe (\w+) record\b")
_ROLES = {
    "response": "the page as received",
    "revisit": "that the page was received unchanged",
    "request": "what was asked of the server",
    "tls": "the server's certificates",
    "outcome": "what came of the attempt",
    "text": "the extracted text",
    "claims": "what the page says of itself",
    "import": "the file as imported",
}
"""The roles of records in plain words."""

_MAX_URL = 200  # characters of one in a report for readers
_MARKS = {"passed": "passed", "failed": "FAILED", "not-checked": "not checked"}


def describe(report: Report, *, findings: int = 20) -> list[str]:
    """The report as lines.

    Args:
        report: what `archive.verification.verify` gave.
        findings: how many findings to list; the rest are counted.

    Returns:
        Lines without line ends. Control and bidirectional characters in them are escaped.
    """
    if report.unreadable and report.files == len(report.unreadable) == len(report.findings):
        told = [line for finding in report.findings[:findings] for line in _refuse(finding)]
        return [show(line) for line in told]
    lines = [_VERDICTS[report.verdict], "", _count(report), ""]
    for number in range(len(CHECKS)):
        lines += _describe_check(report, number)
    if report.signers:
        lines += ["", "Signed by:"]
    for signer in report.signers:
        origin = f"trusted ({signer.by})" if signer.trusted else "NOT trusted"
        lines += [f"  {signer.fingerprint}", f"    {origin}"]
    lines += _describe_dates(report)
    if report.findings:
        lines += ["", "Findings:"]
    for finding in report.findings[:findings]:
        lines += _describe_finding(finding)
    more = len(report.findings[findings:]) + report.omitted
    if more:
        lines.append(f"  and {more} more")
    lines += ["", _meaning(report)]
    return [show(line) for line in lines]


def _refuse(finding: Finding) -> list[str]:
    """Three lines about a file of which nothing could be checked."""
    return [
        f"FAILED: {finding.message}.",
        f"  {finding.file}",
        f"  nothing was checked; {_GIVE}",
    ]


def show(text: str) -> str:
    """Text as it may go to a terminal: what is not printable stands as an escape.

    That covers control characters, line ends, bidirectional marks and lone surrogates.
    """
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() else _escape(char) for char in text)


def _explain(match: re.Match[str]) -> str:
    meaning = _ROLES.get(match.group(1))
    return f"{match.group()} ({meaning})" if meaning else match.group()


def _escape(char: str) -> str:
    return char.encode("unicode_escape", "surrogatepass").decode("ascii")


def _count(report: Report) -> str:
    files = f"{report.files} file{'' if report.files == 1 else 's'}"
    captures = f"{report.captures} capture{'' if report.captures == 1 else 's'}"
    envelopes = f"{report.statements} statement{'' if report.statements == 1 else 's'}"
    return f"{files}, {envelopes}, {captures} with an intact statement"


def _meaning(report: Report) -> str:
    if not report.captures:
        return _NOTHING_SHOWN
    meaning = MEANING
    shown = report.shown
    if report.verdict == "failed":
        return _FAILED + meaning[:1].lower() + meaning[1:] + _UNLOGGED * (shown is None)
    if shown is None:
        return meaning + _UNLOGGED
    if shown.time and shown.all_dated:
        meaning = meaning.replace("claimed to", f"claimed, no later than {shown.time}, to")
    return meaning + _tell_anchors(shown, report.statements)


def _tell_anchors(shown: Shown, statements: int) -> str:
    """What is outside the archiver's hands, and who would have to collude to fake it."""
    said = []
    if shown.time:
        said.append(
            f"An authority that you trust dated the first {shown.stamped} of {statements} "
            f"statements: they existed no later than {shown.time}. To fake that, the archiver and "
            "the authority would have to collude."
        )
    named = ", ".join(shown.witnesses)
    if shown.quorum and named:
        said.append(
            f"{named} cosigned the log of {shown.entries} statements: to show somebody else "
            "another history, the archiver and as many witnesses as your policy asks for would "
            "have to collude."
        )
    elif shown.witnessed:
        said.append(
            f"A quorum of your policy cosigned the first {shown.witnessed} of {statements} "
            "statements: to show somebody else others in their place, the archiver and that "
            "quorum would have to collude."
        )
    elif named:
        said.append(f"{named} cosigned the log, which is less than your policy asks for.")
    if shown.kept:
        said.append(
            f"The first {shown.kept} statements are those that you have seen before: none of "
            "them was changed or taken away since."
        )
    if not said:
        return _ALONE
    anchored = max(shown.stamped, shown.kept, shown.witnessed)
    if anchored < statements and shown.all_dated:
        said.append(f"The last {statements - anchored} came later; none of them is a capture.")
    elif anchored < statements:
        said.append(
            f"The last {statements - anchored} came later: the archiver alone vouches for them, "
            "and could still leave them out."
        )
    return " ".join(said)


def _describe_dates(report: Report) -> Iterator[str]:
    """Which trusted authorities have dated what, and by what they are trusted."""
    dated = report.shown.dated if report.shown else ()
    if dated:
        yield from ("", "Dated by:")
    for one in dated:
        yield f"  {one.fingerprint}"
        yield f"    trusted ({one.by}), {one.name or 'without a name'}"
        stamps = f"{one.stamps} time stamp{'' if one.stamps == 1 else 's'}"
        first = f"the first {one.entries} of {report.statements} statements"
        yield f"    {stamps}: {first}, no later than {one.time}"


def _describe_check(report: Report, index: int) -> list[str]:
    rule, check = CHECKS[index], report.checks[index]
    line = f"  {rule.number:<2} {rule.name:<11} {_MARKS[check.result]:<12} {rule.holds}"
    return [line, f"     {Hint.in_shell(check.reason)}"] if check.reason else [line]


def _describe_finding(finding: Finding) -> list[str]:
    place = finding.file if finding.offset is None else f"{finding.file}, byte {finding.offset}"
    if finding.capture:
        place += f", capture {finding.capture}"
    message = _ROLE.sub(_explain, finding.message)
    lines = [f"  {finding.check}: {message}", f"    {place}"]
    return [*lines, f"    {shorten(finding.url, _MAX_URL)}"] if finding.url else lines
