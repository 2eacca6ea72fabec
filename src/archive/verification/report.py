"""What a verification gives: a verdict, the checks behind it, and what they found, as values."""

from __future__ import annotations

from typing import Any, Literal

from attrs import asdict, frozen

from archive.display import escape_html
from archive.errors import Hint, IntegrityError
from archive.verification.checks import CheckName, pick_checks
from archive.verification.place import Place

__all__ = [
    "SCHEMA",
    "Check",
    "Dated",
    "Finding",
    "Report",
    "Result",
    "Shown",
    "Signer",
    "Verdict",
]

SCHEMA = "urn:article-archive:verify:v1"

Result = Literal["passed", "failed", "not-checked"]
Verdict = Literal["verified", "failed", "incomplete", "untrusted", "unsigned", "nothing"]

_MOST_SHOWN = 20  # findings in a notebook
_EXIT = {"verified": 0, "failed": 1}


@frozen
class Check:
    """How one check ended.

    Attributes:
        name: of the check, see `archive.verification.checks`.
        result: ``passed``, ``failed`` or ``not-checked``.
        count: how many things it looked at: files, records, statements or links.
        reason: why it failed or was not checked, or what part of it was not; None otherwise.
        complete: whether it passed and nothing of it was left out: only then can it be required.
    """

    name: CheckName
    result: Result
    count: int
    reason: str | None = None
    complete: bool = False

    def to_dict(self) -> dict[str, Any]:
        """Its members, as ``archive verify --json`` prints them."""
        return {**asdict(self), "reason": Hint.in_shell(self.reason) if self.reason else None}


@frozen(kw_only=True)
class Finding(Place):
    """One thing that is wrong, and the place where it stands.

    Attributes:
        check: the name of the check that failed.
        message: what is wrong, one sentence without a full stop.
    """

    check: CheckName
    message: str

    @classmethod
    def at(cls, place: Place, check: CheckName, message: str) -> Finding:
        """What is wrong at a place."""
        return cls(check=check, message=message, **asdict(place))

    def to_dict(self) -> dict[str, Any]:
        """Its members, what is wrong first."""
        return {"check": self.check, "message": self.message, **asdict(self)}

    to_json = to_dict  # its name in 0.1.0


@frozen
class Signer:
    """A key whose signatures were found intact; `by` says where the trust in it comes from."""

    fingerprint: str
    trusted: bool
    by: str | None

    def to_dict(self) -> dict[str, Any]:
        """Its members."""
        return asdict(self)


@frozen
class Dated:
    """What one trusted authority has dated.

    Attributes:
        fingerprint: of what is pinned of it: SHA-256 of its certificate, or of its root.
        name: whom that certificate names.
        by: where the trust in it comes from: ``--tsa`` or ``pinned``.
        stamps: how many of its time stamps hold.
        entries: the first of how many envelopes it has dated.
        time: no later than when these were there, UTC.
    """

    fingerprint: str
    name: str
    by: str
    stamps: int
    entries: int
    time: str


@frozen(kw_only=True)
class Shown:
    """What log, time stamps and witnesses show of a collection.

    Attributes:
        origin: the log's name.
        entries: how many envelopes are in the log.
        kept: how many of them are in the largest history that the verifier had seen, 0 for none.
        stamped: how many of them a trusted authority has dated, 0 for none.
        time: no later than when, UTC; None without a trusted time stamp.
        witnesses: the witnesses of the policy that have cosigned.
        quorum: whether they are as many as the policy wants.
        witnessed: the first of how many envelopes such a quorum has cosigned, now or before.
        dated: each trusted authority that has dated any of them, and by what it is trusted.
        all_dated: whether no capture or text came after what was dated at `time`.
    """

    origin: str
    entries: int
    kept: int = 0
    stamped: int = 0
    time: str | None = None
    witnesses: tuple[str, ...] = ()
    quorum: bool = False
    witnessed: int = 0
    dated: tuple[Dated, ...] = ()
    all_dated: bool = False


@frozen
class Report:
    """The result of one verification.

    Attributes:
        verdict: ``verified``, ``failed``, ``incomplete``, ``untrusted``, ``unsigned``, ``nothing``.
        files: how many files were read.
        captures: how many captures have an intact statement.
        statements: how many envelopes were found, intact or not.
        signers: the keys of the intact statements.
        checks: every check, in order.
        findings: what is wrong, in the order of the files.
        omitted: how many more findings there were than are kept.
        unreadable: names of the files that are neither WARC nor gzip.
        shown: what log, time stamps and witnesses show; None without a log.
        roll: SHA-256 over the captures that are intact, see `archive.verification.roll`.
    """

    verdict: Verdict
    files: int
    captures: int
    statements: int
    signers: tuple[Signer, ...]
    checks: tuple[Check, ...]
    findings: tuple[Finding, ...]
    omitted: int = 0
    unreadable: tuple[str, ...] = ()
    shown: Shown | None = None
    roll: str = ""

    def __repr__(self) -> str:
        seen = f"{self.captures} captures, {self.statements} statements in {self.files} files"
        wrong = f", {len(self.findings) + self.omitted} findings" if self.findings else ""
        return f"<Report {self.verdict}: {seen}{wrong}>"

    def _repr_html_(self) -> str:
        """For notebooks: the verdict, how each check ended, and what is wrong."""
        told = [f"{self.captures} captures, {self.statements} statements in {self.files} files"]
        told += [f"{finding.check}: {finding.message}" for finding in self.findings[:_MOST_SHOWN]]
        more = len(self.findings[_MOST_SHOWN:]) + self.omitted
        told += [f"… and {more} more findings"] if more else []
        rows = "".join(
            f"<tr><td>{escape_html(check.name)}</td><td>{check.result.replace('-', ' ')}</td>"
            f'<td style="text-align: left">{escape_html(check.reason or "")}</td></tr>'
            for check in self.checks
        )
        lines = "".join(f"<br>{escape_html(line)}" for line in told)
        return f'<p dir="auto"><b>{self.verdict}</b>{lines}</p><table>{rows}</table>'

    @property
    def ok(self) -> bool:
        """Whether everything that could be checked was, held, and a trusted key signed it."""
        return self.verdict == "verified"

    @property
    def exit_code(self) -> int:
        """0 verified, 1 failed, 4 for every other verdict."""
        return _EXIT.get(self.verdict, 4)

    def check(self, name: str) -> Check:
        """One check by name.

        Raises:
            UsageError: no check has that name.
        """
        (wanted,) = pick_checks((name,))
        return next(check for check in self.checks if check.name == wanted)

    def require(self, *names: str) -> None:
        """Insist that checks passed, whole.

        Raises:
            IntegrityError: one of them failed, was not checked, or a part of it was not.
            UsageError: no check has that name.
        """
        for name in pick_checks(names):
            check = self.check(name)
            if not check.complete:
                state = "incomplete" if check.result == "passed" else check.result.replace("-", " ")
                reason = f": {check.reason}" if check.reason else ""
                raise IntegrityError(f"check {name} {state}{reason}")

    def to_dict(self) -> dict[str, Any]:
        """The report as ``archive verify --json`` prints it."""
        return {
            "schema": SCHEMA,
            "verdict": self.verdict,
            "files": self.files,
            "captures": self.captures,
            "statements": self.statements,
            "signers": [signer.to_dict() for signer in self.signers],
            "checks": [check.to_dict() for check in self.checks],
            "findings": [finding.to_dict() for finding in self.findings],
            "omitted": self.omitted,
            "unreadable": list(self.unreadable),
            "log": asdict(self.shown) if self.shown else None,
        }

    to_json = to_dict  # its name in 0.1.0
