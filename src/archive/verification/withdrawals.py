"""Of check 5: records that are missing because a right has taken them away.

A court, or a person's right, may take bytes away that a statement still names. A *withdrawn* entry
says so later in the chain, for each record by id and digest. What it names is then no failure but
*not checked*, and the verdict is incomplete; what is missing without one stays a failure.
"""

from __future__ import annotations

from attrs import frozen

from archive.proof.bodies import Withdrawal
from archive.verification.place import Place
from archive.verification.report import Finding
from archive.verification.tally import Tally

__all__ = ["MAX_MISSING", "Withdrawals"]

MAX_MISSING = 65_536
"""How many missing records may be excused; more are failures."""


@frozen
class _Missing:
    id: str
    block: str
    found: Finding | None


class Withdrawals:
    """Takes what is missing, and what was withdrawn, and brings both together at the end.

    Args:
        tally: takes findings, and takes back those of what was withdrawn.
    """

    def __init__(self, tally: Tally) -> None:
        self._tally = tally
        self._missing: list[_Missing] = []
        self._withdrawn: dict[tuple[str, str], int] = {}  # id and block to the entry's number
        self.found = False
        """Whether anything is missing that was withdrawn."""

    def miss(self, message: str, id_: str, block: str, place: Place) -> None:
        """A record that a statement names, with the digest of its block, is not there."""
        found = self._tally.fail("coverage", message, place)
        if len(self._missing) < MAX_MISSING:
            self._missing.append(_Missing(id_, block, found))

    def take(self, body: Withdrawal, number: int) -> None:
        """Take what an intact entry of some number withdraws."""
        for item in body.records:
            self._withdrawn.setdefault((item.id, item.block), number)

    def close(self) -> None:
        """Take back the findings of what was withdrawn."""
        for missing in self._missing:
            number = self._withdrawn.get((missing.id, missing.block))
            if number is None:
                continue
            self.found = True
            self._tally.take_back("coverage", missing.found)
            self._tally.withhold("coverage", f"withdrawn by entry {number}")
