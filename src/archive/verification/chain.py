"""Check 7: sequence, prior, previous.

Every envelope names its number, the envelope before it in its chain, and the envelope of the same
URL's capture before it. Where the reading does not begin at a chain's first envelope, what lies
before is elsewhere: counted, never assumed. Besides the collection's own there may be other chains,
of units that were made apart: each is followed for itself.

A capture of a later version is one of its URL too, so that `previous` of the next may name it, or
the one before it: which of them, cannot be judged.

Kept is about a quarter of a kilobyte a URL and a capture.
"""

from __future__ import annotations

import hashlib

from attrs import define, field

from archive import digest
from archive.proof.entry import EntryStatement
from archive.proof.later import LaterStatement
from archive.proof.statement import CaptureStatement
from archive.verification.ids import Ids
from archive.verification.place import Place
from archive.verification.signatures import Opened
from archive.verification.tally import Tally

__all__ = ["Chain"]

_ELSEWHERE = "earlier captures that are elsewhere"
_ODD_CHAIN = "statements in chains of a form that this version does not know"
_NEWER = "previous captures where one of a later version stands between"
_BEHIND = "chains behind envelopes of the collection that are elsewhere"


@define
class _Stretch:
    """A run of envelopes of one chain, each of which names the one before it.

    Inside a stretch nothing can be missing, so a URL's `previous` must be the last capture of that
    URL in it, or one of those of a later version behind that one (`newer`).
    """

    last: tuple[int, str] | None = None
    may_jump: bool = True
    from_zero: bool = False
    of_url: dict[bytes, bytes] = field(factory=dict)
    newer: dict[bytes, set[bytes]] = field(factory=dict)


class Chain:
    """Follows envelopes in the order they stand.

    Args:
        tally: takes counts and findings.
        whole: whether everything from the collection's first envelope on is read.
    """

    def __init__(self, tally: Tally, *, whole: bool) -> None:
        self._tally = tally
        self._whole = whole
        self._lost = False
        self._stretches: dict[str | None, _Stretch] = {}
        self._own = Ids()  # the envelopes of the collection's own chain
        self._after: dict[bytes, bytes] = {}  # signer and prior to the envelope that follows it

    @property
    def is_complete(self) -> bool:
        """Whether everything from the collection's first envelope on has been read so far."""
        return self._whole and not self._lost

    def begin_file(self) -> None:
        """A new file begins: a lone one need not follow the one before."""
        for stretch in self._stretches.values():
            stretch.may_jump = not self._whole

    def lose(self) -> None:
        """Something could not be read: what comes next cannot be held against it."""
        for stretch in self._stretches.values():
            stretch.last = None
        self._lost = True

    def follow(self, statement: Opened, envelope: str, place: Place) -> None:
        """Take the next envelope.

        Args:
            statement: what it says.
            envelope: SHA-256 of its bytes.
            place: where it stands.
        """
        if isinstance(statement, LaterStatement) and not statement.is_placed:
            self._tally.withhold("sequence", _ODD_CHAIN)
            return
        named = statement.chain.id if statement.chain is not None else None
        stretch = self._stretches.get(named)
        if stretch is None:
            stretch = self._stretches[named] = _Stretch()
        fork = self._note_prior(statement, envelope)
        problem = self._link(stretch, statement) or self._link_url(stretch, statement) or fork
        problem = problem or self._place(statement, envelope)
        if problem is not None:
            self._tally.fail("sequence", problem, place)
        stretch.may_jump = False
        stretch.last = (statement.sequence, envelope)
        _note_url(stretch, statement, envelope)

    def _place(self, statement: Opened, envelope: str) -> str | None:
        """A chain of its own stands behind an envelope of the collection that is there."""
        if statement.chain is None:
            self._own.add(envelope)
        elif statement.chain.after is not None and statement.chain.after not in self._own:
            if self.is_complete:
                return "its chain stands behind an envelope of the collection that is not there"
            self._tally.skip("sequence", _BEHIND)
        return None

    def _link(self, stretch: _Stretch, statement: Opened) -> str | None:
        """Tie an envelope to the one before it, or begin a new stretch with it."""
        if stretch.last is not None and (statement.sequence - 1, statement.prior) == stretch.last:
            self._tally.count("sequence")
            return None
        before, stretch.from_zero = stretch.last, statement.sequence == 0
        stretch.of_url.clear()
        stretch.newer.clear()
        if stretch.from_zero != (statement.prior is None):
            return "only sequence 0 has no prior envelope"
        if before is not None and not stretch.may_jump:
            self._tally.count("sequence")
            return _describe_gap(statement, before[0])
        if stretch.from_zero:
            self._tally.count("sequence")
            return None
        if self._whole and not self._lost:
            self._tally.count("sequence")
            return f"the sequence begins at {statement.sequence}, not at 0"
        self._tally.skip("sequence", _ELSEWHERE)
        return None

    def _note_prior(self, statement: Opened, envelope: str) -> str | None:
        """No signer has two different envelopes follow the same one, whatever the files."""
        if statement.prior is None:
            return None
        prior = hashlib.sha256(bytes.fromhex(statement.prior) + statement.signer.public_key)
        this = bytes.fromhex(envelope)[:16]
        known = self._after.setdefault(prior.digest()[:16], this)
        return None if known == this else "two envelopes follow the same one: a fork"

    def _link_url(self, stretch: _Stretch, statement: Opened) -> str | None:
        if not isinstance(statement, CaptureStatement):
            return None  # of no URL, or of rules that are not known
        url, said = digest.brief(statement.url), statement.previous
        before, newer = stretch.of_url.get(url), stretch.newer.get(url)
        if newer is not None:
            may_be = {before.hex() if before else None, *(one.hex() for one in newer)}
            if said in may_be or (before is None and not stretch.from_zero):
                self._tally.skip("sequence", _NEWER)
                return None
        if before is not None or newer is not None:
            same = before is not None and said == before.hex()
            return None if same else "previous is not the last capture of this URL"
        if said is None:
            return None
        if stretch.from_zero:
            return "previous names a capture that is not there"
        self._tally.skip("sequence", "previous captures of a URL that are elsewhere")
        return None


def _note_url(stretch: _Stretch, statement: Opened, envelope: str) -> None:
    """Remember the last captures of a URL."""
    if isinstance(statement, EntryStatement) or statement.url is None:
        return
    url, this = digest.brief(statement.url), bytes.fromhex(envelope)
    if isinstance(statement, CaptureStatement):
        stretch.of_url[url] = this
        stretch.newer.pop(url, None)
    elif statement.is_capture:
        stretch.newer.setdefault(url, set()).add(this)


def _describe_gap(statement: Opened, number: int) -> str:
    if statement.sequence == number + 1:
        return "prior is not the envelope before it"
    return f"sequence {statement.sequence} follows {number}: a gap, a fork, or another order"
