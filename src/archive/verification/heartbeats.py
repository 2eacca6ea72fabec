"""Heartbeats: what each counts, and the checkpoint that it names by its digest.

Captures are counted as far as that checkpoint goes. The digest is over a *signed* checkpoint.
Origin, size and root could be made again from the files, but not its signatures: the one by ML-DSA
is another each time, and witnesses add theirs later. So the digest is looked for among the
checkpoints at hand (the log's own, and those that were kept, given, stamped or cosigned), each with
as many of its signatures as it may have had by then. What is found must be this log's, of as many
entries as the heartbeat says, with the root that the files have; a digest that is not found is
counted as not checked.
"""

from __future__ import annotations

import hashlib
from array import array
from collections.abc import Iterator

from archive.errors import DocumentError
from archive.proof.bodies import Heartbeat
from archive.proof.checkpoint import Checkpoint, read_checkpoint
from archive.proof.later import LaterStatement
from archive.proof.statement import CaptureStatement
from archive.verification.anchors import Anchors
from archive.verification.place import Place
from archive.verification.signatures import Opened
from archive.verification.tally import Tally
from archive.verification.tree import EnvelopeTree

__all__ = ["Heartbeats"]

_NOT_AT_HAND = "digests in heartbeats, of checkpoints that are not at hand"
_UNSURE = "counts of heartbeats over captures of later versions, or of other chains"
_OTHER_SIZE = "a heartbeat names a checkpoint that has not as many entries as it says"
_OTHER_HISTORY = "a heartbeat names a checkpoint of another history"


class Heartbeats:
    """Counts captures, takes heartbeats, and judges them when all envelopes have come.

    Kept are four bytes an envelope.

    Args:
        tally: takes findings, and what could not be checked.
    """

    def __init__(self, tally: Tally) -> None:
        self._tally = tally
        self._before = array("I")  # how many captures stand before each envelope, by index
        self._captures = 0
        self._broken = 0
        self._unsure = 0  # captures of later versions, and of other chains
        self._taken: list[tuple[Heartbeat, Place]] = []

    def count(self, statement: Opened | None) -> None:
        """Count the next envelope; None is one that is not intact: it may have been a capture.

        So may be, to whoever counted, one of a later version, or of another chain.
        """
        self._before.append(self._captures)
        is_capture = isinstance(statement, CaptureStatement)
        is_newer = isinstance(statement, LaterStatement) and statement.is_capture
        is_apart = is_capture and statement is not None and statement.chain is not None
        self._captures += is_capture and not is_apart
        self._broken += statement is None
        self._unsure += is_newer or is_apart

    def take(self, body: Heartbeat, index: int, place: Place) -> None:
        """Take a heartbeat, which was counted last: its index, and where it stands."""
        if body.entries > index:
            self._tally.fail("log", "a heartbeat counts more entries than there were", place)
            return
        least = self._before[body.entries]
        if least <= body.captures <= least + self._broken + self._unsure:
            self._taken.append((body, place))
            self._tally.skip("log", _UNSURE, bool(self._unsure))
            return
        message = f"a heartbeat counts captures that were not so many: {body.captures}, not {least}"
        self._tally.fail("log", message, place)

    def judge(self, anchors: Anchors, tree: EnvelopeTree) -> None:
        """Look for the checkpoints that they name.

        Args:
            anchors: the log, and what it is held against.
            tree: what the files hold.
        """
        found = _find({body.sha256 for body, _ in self._taken}, anchors) if self._taken else {}
        for body, place in self._taken:
            head = found.get(body.sha256)
            if head is None:
                self._tally.pass_over("log", _NOT_AT_HAND)
            elif (head.origin, head.size) != (anchors.origin, body.entries):
                self._tally.fail("log", _OTHER_SIZE, place)
            elif head.root != tree.root(head.size):
                self._tally.fail("log", _OTHER_HISTORY, place)


def _find(wanted: set[str], anchors: Anchors) -> dict[str, Checkpoint]:
    """Of the checkpoints at hand, those that were named, by the digest that names them."""
    own = [anchors.checkpoint] if anchors.checkpoint is not None else []
    stamped = [stamp.signed for stamp in anchors.stamps]
    found: dict[str, Checkpoint] = {}
    for signed in (*own, *anchors.given, *anchors.kept, *stamped, *anchors.witnessed):
        try:
            head = read_checkpoint(signed)
        except DocumentError:  # a finding of the check that it is for
            continue
        found |= {digest: head for digest in _digest(signed) if digest in wanted}
    return found


def _digest(signed: bytes) -> Iterator[str]:
    """The digests of a signed checkpoint with its first signature, its first two, and so on."""
    text, gap, lines = signed.rpartition(b"\n\n")
    sum_ = hashlib.sha256(text + gap)
    for line in lines.splitlines(keepends=True):
        sum_.update(line)
        yield sum_.hexdigest()
