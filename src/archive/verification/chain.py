"""Check 7: sequence, prior, previous.

Every envelope names its number, the envelope before it in the collection, and the envelope of the
same URL's capture before it. Where the reading does not begin at the collection's first envelope,
what lies before is elsewhere: counted, never assumed.

Kept is about a quarter of a kilobyte a URL and a capture.
"""

from __future__ import annotations

import hashlib

from archive import digest
from archive.proof.entry import EntryStatement
from archive.proof.statement import CaptureStatement
from archive.verification.place import Place
from archive.verification.tally import Tally

__all__ = ["Chain"]

_ELSEWHERE = "earlier captures that are elsewhere"


class Chain:
    """Follows envelopes in the order they stand.

    A stretch is a run of envelopes each of which names the one before it. Inside a stretch nothing
    can be missing, so a URL's `previous` must be the last capture of that URL in it.

    Args:
        tally: takes counts and findings.
        whole: whether everything from the collection's first envelope on is read.
    """

    def __init__(self, tally: Tally, *, whole: bool) -> None:
        self._tally = tally
        self._whole = whole
        self._lost = False
        self._may_jump = True
        self._last: tuple[int, str | None] | None = None
        self._from_zero = False
        self._of_url: dict[bytes, bytes] = {}
        self._after: dict[bytes, bytes] = {}  # signer and prior to the envelope that follows it

    @property
    def is_complete(self) -> bool:
        """Whether everything from the collection's first envelope on has been read so far."""
        return self._whole and not self._lost

    def begin_file(self) -> None:
        """A new file begins: a lone one need not follow the one before."""
        self._may_jump = not self._whole

    def lose(self) -> None:
        """Something could not be read: what comes next cannot be held against it."""
        self._last = None
        self._lost = True

    def follow(self, statement: CaptureStatement, envelope: str, place: Place) -> None:
        """Take the next envelope.

        Args:
            statement: what it says.
            envelope: SHA-256 of its bytes.
            place: where it stands.
        """
        fork = self._note_prior(statement, envelope)
        problem = self._link(statement) or self._link_url(statement) or fork
        if problem is not None:
            self._tally.fail("sequence", problem, place)
        self._may_jump = False
        self._last = (statement.sequence, envelope)
        self._of_url[digest.brief(statement.url)] = bytes.fromhex(envelope)

    def follow_entry(self, entry: EntryStatement, envelope: str, place: Place) -> None:
        """Take the next envelope, one that is no capture's and so of no URL.

        Args:
            entry: what it says.
            envelope: SHA-256 of its bytes.
            place: where it stands.
        """
        fork = self._note_prior(entry, envelope)
        problem = self._link(entry) or fork
        if problem is not None:
            self._tally.fail("sequence", problem, place)
        self._may_jump = False
        self._last = (entry.sequence, envelope)

    def _link(self, statement: CaptureStatement | EntryStatement) -> str | None:
        """Tie an envelope to the one before it, or begin a new stretch with it."""
        if self._last is not None and (statement.sequence - 1, statement.prior) == self._last:
            self._tally.count("sequence")
            return None
        before, self._from_zero = self._last, statement.sequence == 0
        self._of_url.clear()
        if self._from_zero != (statement.prior is None):
            return "only sequence 0 has no prior envelope"
        if before is not None and not self._may_jump:
            self._tally.count("sequence")
            return _describe_gap(statement, before[0])
        if self._from_zero:
            self._tally.count("sequence")
            return None
        if self._whole and not self._lost:
            self._tally.count("sequence")
            return f"the sequence begins at {statement.sequence}, not at 0"
        self._tally.skip("sequence", _ELSEWHERE)
        return None

    def _note_prior(
        self, statement: CaptureStatement | EntryStatement, envelope: str
    ) -> str | None:
        """No signer has two different envelopes follow the same one, whatever the files."""
        if statement.prior is None:
            return None
        prior = hashlib.sha256(bytes.fromhex(statement.prior) + statement.signer.public_key)
        this = bytes.fromhex(envelope)[:16]
        known = self._after.setdefault(prior.digest()[:16], this)
        return None if known == this else "two envelopes follow the same one: a fork"

    def _link_url(self, statement: CaptureStatement) -> str | None:
        before = self._of_url.get(digest.brief(statement.url))
        if before is not None:
            same = statement.previous == before.hex()
            return None if same else "previous is not the last capture of this URL"
        if statement.previous is None:
            return None
        if self._from_zero:
            return "previous names a capture that is not there"
        self._tally.skip("sequence", "previous captures of a URL that are elsewhere")
        return None


def _describe_gap(statement: CaptureStatement | EntryStatement, number: int) -> str:
    if statement.sequence == number + 1:
        return "prior is not the envelope before it"
    return f"sequence {statement.sequence} follows {number}: a gap, a fork, or another order"
