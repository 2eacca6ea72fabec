"""What a verification has counted and found so far, in bounded memory."""

from __future__ import annotations

from collections import Counter

from attrs import define, field

from archive.display import shorten
from archive.verification.checks import NAMES
from archive.verification.place import Place
from archive.verification.report import Check, Finding

__all__ = ["MAX_FINDINGS", "Tally"]

MAX_FINDINGS = 1000
"""How many findings are kept; more are counted only."""
_MAX_MESSAGE, _MAX_ID = 500, 500
_MAX_URL = 8192  # what a URL of ours may have; anything may stand in a stranger's header
_MAX_GAPS = 20


@define
class Tally:
    """Counts, findings and gaps, by check."""

    findings: list[Finding] = field(factory=list)
    omitted: int = 0
    _checked: Counter[str] = field(factory=Counter)
    _failed: Counter[str] = field(factory=Counter)
    _gaps: dict[str, Counter[str]] = field(factory=dict)
    _notes: dict[str, Counter[str]] = field(factory=dict)
    _withheld: set[str] = field(factory=set)
    _aside: dict[str, str] = field(factory=dict)

    def count(self, check: str, number: int = 1) -> None:
        """So many things were looked at."""
        self._checked[check] += number

    def fail(self, check: str, message: str, place: Place) -> None:
        """Something is wrong."""
        self._failed[check] += 1
        if len(self.findings) >= MAX_FINDINGS:
            self.omitted += 1
            return
        self.findings.append(
            Finding(
                check,
                shorten(message, _MAX_MESSAGE),
                place.file,
                place.offset,
                place.length,
                place.record and shorten(place.record, _MAX_ID),
                place.capture,
                place.url and shorten(place.url, _MAX_URL),
            )
        )

    def skip(self, check: str, what: str, number: int = 1) -> None:
        """So many things could not be looked at; `what` says which and why."""
        if number:
            gaps = self._gaps.setdefault(check, Counter())
            gaps[what if what in gaps or len(gaps) < _MAX_GAPS else "others"] += number

    def withhold(self, check: str, what: str, number: int = 1) -> None:
        """The check as a whole must not be called passed, because of `what`."""
        self._withheld.add(check)
        self.skip(check, what, number)

    def set_aside(self, check: str, reason: str) -> None:
        """The check is not done at all, for a reason."""
        self._aside[check] = reason

    def note(self, check: str, what: str, number: int = 1) -> None:
        """Something worth saying that is not wrong, with how often it was seen."""
        self._notes.setdefault(check, Counter())[what] += number

    def failed(self) -> bool:
        """Whether anything is wrong."""
        return bool(self._failed)

    def close(self) -> tuple[Check, ...]:
        """How every check ended, in order."""
        return tuple(self._close(name) for name in NAMES)

    def _close(self, name: str) -> Check:
        if name in self._aside:
            return Check(name, "not-checked", 0, self._aside[name])
        count = self._checked[name]
        gaps = [f"{what} ({number})" for what, number in self._gaps.get(name, Counter()).items()]
        notes = [f"{what} ({number})" for what, number in self._notes.get(name, Counter()).items()]
        reasons = [f"not checked: {'; '.join(gaps)}"] if gaps else []
        reasons += notes
        if self._failed[name]:
            number = self._failed[name]
            reasons.insert(0, f"{number} finding{'s' if number > 1 else ''}")
            return Check(name, "failed", count, "; ".join(reasons))
        if name in self._withheld or not count:
            reason = "; ".join(gaps + notes) or "there was nothing to check"
            return Check(name, "not-checked", count, reason)
        return Check(name, "passed", count, "; ".join(reasons) or None)
