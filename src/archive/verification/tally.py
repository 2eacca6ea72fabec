"""What a verification has counted and found so far, in bounded memory."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from attrs import define, evolve, field

from archive.display import shorten
from archive.errors import Hint
from archive.verification.checks import NAMES, CheckName
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
    _partial: set[str] = field(factory=set)
    _aside: dict[str, str] = field(factory=dict)
    _condemned: dict[str, str] = field(factory=dict)

    def count(self, check: CheckName, number: int = 1) -> None:
        """So many things were looked at."""
        self._checked[check] += number

    def fail(self, check: CheckName, message: str, place: Place) -> Finding | None:
        """Something is wrong; gives the finding, None where it is counted only."""
        self._failed[check] += 1
        if len(self.findings) >= MAX_FINDINGS:
            self.omitted += 1
            return None
        where = evolve(
            place,
            record=place.record and shorten(place.record, _MAX_ID),
            url=place.url and shorten(place.url, _MAX_URL),
        )
        found = Finding.at(where, check, shorten(message, _MAX_MESSAGE))
        self.findings.append(found)
        return found

    def take_back(self, check: CheckName, found: Finding | None) -> None:
        """What `fail` gave is not wrong after all."""
        self._failed[check] -= 1
        if found is None:
            self.omitted -= 1
        else:
            self.findings = [one for one in self.findings if one is not found]

    def condemn(
        self, check: CheckName, reason: str, message: str, places: Sequence[Place], omitted: int
    ) -> None:
        """The check has failed, whatever else it saw, for a reason that is said before all others.

        Args:
            check: which.
            reason: why, for the check as a whole.
            message: what is wrong at each place.
            places: kept as findings, however many there are already.
            omitted: how many more places there are.
        """
        self._condemned[check] = reason
        self.findings += [Finding.at(place, check, message) for place in places]
        self.omitted += omitted

    def skip(self, check: CheckName, what: str, number: int = 1) -> None:
        """So many things could not be looked at; `what` says which and why."""
        if number:
            self._partial.add(check)
        self.pass_over(check, what, number)

    def pass_over(self, check: CheckName, what: str, number: int = 1) -> None:
        """So many things were not looked at that the check can be complete without."""
        if number:
            gaps = self._gaps.setdefault(check, Counter())
            gaps[what if what in gaps or len(gaps) < _MAX_GAPS else "others"] += number

    def withhold(self, check: CheckName, what: str, number: int = 1) -> None:
        """The check as a whole must not be called passed, because of `what`."""
        self._withheld.add(check)
        self.skip(check, what, number)

    def set_aside(self, check: CheckName, reason: str) -> None:
        """The check is not done at all, for a reason."""
        self._aside[check] = reason

    def note(self, check: CheckName, what: str, number: int = 1) -> None:
        """Something worth saying that is not wrong, with how often it was seen."""
        self._notes.setdefault(check, Counter())[what] += number

    def close(self) -> tuple[Check, ...]:
        """How every check ended, in order."""
        return tuple(self._close(name) for name in NAMES)

    def _close(self, name: CheckName) -> Check:
        check = self._conclude(name)
        why = self._condemned.get(name)
        if why is None:
            return check
        return evolve(check, result="failed", reason=_join(why, check.reason))

    def _conclude(self, name: CheckName) -> Check:
        if name in self._aside:
            return Check(name, "not-checked", 0, self._aside[name])
        count, failed = self._checked[name], self._failed[name]
        gaps, notes = _list(self._gaps.get(name)), _list(self._notes.get(name))
        if not failed and (name in self._withheld or not count):
            reason = _join(*gaps, *notes) or "there was nothing to check"
            return Check(name, "not-checked", count, reason)
        partly = Hint.joined("not checked: ", _join(*gaps) or "") if gaps else None
        if failed:
            findings = f"{failed} finding{'s' if failed > 1 else ''}"
            return Check(name, "failed", count, _join(findings, partly, *notes))
        complete = name not in self._partial
        return Check(name, "passed", count, _join(partly, *notes), complete)


def _list(counted: Counter[str] | None) -> list[str]:
    return [Hint.joined(what, f" ({number})") for what, number in (counted or Counter()).items()]


def _join(*reasons: str | None) -> str | None:
    """What is said, in one line; None when nothing is."""
    return Hint.joined(*filter(None, reasons), between="; ") or None
