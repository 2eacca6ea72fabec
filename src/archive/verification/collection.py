"""What only a whole collection can be held to: checks 8 to 11, its keyrings and its seals.

The envelopes' leaf hashes are taken in the order in which the files hold them; the rest is done
when all have come. The tree over them is what is compared: with the log's checkpoint (8), with
what the verifier kept of the log (9), with what authorities dated (10) and witnesses cosigned (11).
So a log that is gone or made anew hides nothing that the verifier, an authority or a witness has
seen.

Kept are 38 bytes an envelope.
"""

from __future__ import annotations

from array import array

from archive.errors import DocumentError
from archive.proof.bodies import Heartbeat, Seal, TimestampEntry, Withdrawal, read_body
from archive.proof.entry import EntryStatement
from archive.proof.keyring import Keyring
from archive.proof.keys import ALGORITHM
from archive.proof.later import LaterStatement
from archive.proof.statement import CaptureStatement
from archive.verification.anchors import Anchors
from archive.verification.consistency import compare_kept
from archive.verification.dating import LoggedStamp, judge_stamps, summarize
from archive.verification.heartbeats import Heartbeats
from archive.verification.intervals import Dates
from archive.verification.keyrings import Keyrings
from archive.verification.log import compare_log
from archive.verification.place import Place
from archive.verification.report import Shown
from archive.verification.seals import Seals
from archive.verification.signatures import Opened
from archive.verification.tally import Tally
from archive.verification.tree import EnvelopeTree
from archive.verification.witnesses import judge_witnesses

__all__ = ["CollectionChecks"]

_UNDATED = "captures or texts that came after what trusted authorities have dated"
_NO_LOG = (
    "the collection has no log, so the end is not anchored: "
    "captures cut off after the last would not show"
)


class CollectionChecks:
    """Takes every envelope of a collection, then holds their tree against what is outside.

    Args:
        anchors: the log, and what it is held against.
        tally: takes counts and findings.
    """

    def __init__(self, anchors: Anchors, tally: Tally) -> None:
        self._anchors = anchors
        self._tally = tally
        self._tree = EnvelopeTree()
        self._contents = array("Q")  # the indices at which captures and texts stand
        self._stamps: list[LoggedStamp] = []
        self._dates = Dates()
        self._keyrings = Keyrings(tally)
        self._heartbeats = Heartbeats(tally)
        self.seals = Seals(tally)
        """Takes what was read of each file."""
        self.unfinished = False
        """Whether a commit died between WARC and log, or is being made."""

    def take(self, data: bytes | None, statement: Opened | None, place: Place) -> None:
        """Take the next envelope.

        Args:
            data: its bytes, None when it was too large to be one.
            statement: what it says, None when it is not intact.
            place: where it stands.
        """
        self._tree.take(data)
        if data is None or statement is None:
            self._heartbeats.count(None)
            self._keyrings.take_signer(None)
            return
        self._heartbeats.count(statement)
        signer = statement.signer
        key = signer.public_key if signer.algorithm == ALGORITHM else None
        index = self._keyrings.take_signer(key)
        if isinstance(statement, LaterStatement):
            self._take_later(statement, index)
        elif isinstance(statement, CaptureStatement) or statement.kind == "text":
            self._contents.append(index)
            if self._anchors.stamps and isinstance(statement, CaptureStatement):
                self._dates.take(index, statement.date)
        else:
            self._take_entry(statement, data, index, place)

    def _take_later(self, later: LaterStatement, index: int) -> None:
        """Of a later version only that much counts: is it a capture, is it a keyring."""
        if later.is_capture:
            self._contents.append(index)
        if later.kind.startswith("keyring:"):
            self._keyrings.lose(index)

    def _take_entry(self, entry: EntryStatement, data: bytes, index: int, place: Place) -> None:
        try:
            body = read_body(entry)
        except DocumentError as error:
            self._tally.fail("log", error.message, place)
            return
        if isinstance(body, Keyring):
            self._keyrings.take(body, data, index, place)
        elif isinstance(body, TimestampEntry):
            self._stamps.append(LoggedStamp(body, place, index))
        elif isinstance(body, Seal):
            self.seals.take(body, place)
        elif isinstance(body, Heartbeat):
            self._heartbeats.take(body, index, place)
        elif isinstance(body, Withdrawal):
            self.seals.take_changes(body, entry.sequence)

    def close(self) -> Shown | None:
        """Make the checks; what is shown then, None without a log."""
        anchors, tree, tally = self._anchors, self._tree, self._tally
        self.seals.compare()
        history = self._keyrings.judge()
        known = self._keyrings.list_log_keys(anchors.origin, history)
        kept = compare_kept(anchors, tree, known, tally)
        if anchors.checkpoint is None and not anchors.logged and history is None:
            tally.set_aside("log", _NO_LOG)
            tally.set_aside("timestamp", _NO_LOG)
            tally.set_aside("witness", _NO_LOG)
            return None
        for problem in anchors.problems:
            tally.fail("log", problem, Place("log"))
        is_newer = self._keyrings.is_lost
        logged = compare_log(anchors, tree, known, history, tally, is_newer=is_newer)
        self.unfinished = logged.unfinished
        dated = judge_stamps(anchors, self._stamps, known, tree, self._dates, tally)
        stamped, time = summarize(dated)
        if dated:
            later = sum(index >= stamped for index in self._contents)
            tally.skip("timestamp", _UNDATED, later)
        self._heartbeats.judge(anchors, tree)
        cosigned = judge_witnesses(anchors, tree, tally)
        return Shown(
            origin=anchors.origin,
            entries=min(logged.head.size, tree.size) if logged.head else 0,
            kept=kept,
            stamped=stamped,
            time=time,
            witnesses=cosigned.witnesses,
            quorum=cosigned.quorum,
            witnessed=cosigned.entries,
            dated=dated,
            all_dated=time is not None and max(self._contents, default=-1) < stamped,
        )
