"""Check 9: the files' envelopes extend every checkpoint of this log that the verifier has seen."""

from __future__ import annotations

from archive.errors import DocumentError
from archive.proof.checkpoint import Checkpoint, read_checkpoint
from archive.verification.anchors import Anchors
from archive.verification.place import Place
from archive.verification.tally import Tally
from archive.verification.tree import EnvelopeTree

__all__ = ["compare_kept"]

_FIRST_TIME = "no checkpoint of this log was kept before, and none was given"
_LOG = Place("log")


def compare_kept(anchors: Anchors, tree: EnvelopeTree, tally: Tally) -> int:
    """Hold the files' tree against what the verifier has seen of the log.

    Args:
        anchors: the log's name, and the checkpoints that were kept or given.
        tree: what the files hold.
        tally: takes counts and findings.

    Returns:
        The entries of the largest history that was seen and is still there.
    """
    largest = 0
    for data in anchors.kept:
        try:
            kept = read_checkpoint(data)
        except DocumentError as error:
            tally.fail("consistency", error.message, _LOG)
            continue
        tally.count("consistency")
        problem = _find_problem(kept, anchors.origin, tree)
        if problem is not None:
            tally.fail("consistency", problem, _LOG)
        else:
            largest = max(largest, kept.size)
    if not anchors.kept:
        tally.set_aside("consistency", _FIRST_TIME)
    return largest


def _find_problem(kept: Checkpoint, origin: str, tree: EnvelopeTree) -> str | None:
    if kept.origin != origin:
        return f"the checkpoint to compare with is of another log: {kept.origin}"
    if kept.size > tree.size:
        return (
            f"history went backwards: {kept.size} entries were seen before, and now"
            f" there are {tree.size}"
        )
    if tree.root(kept.size) != kept.root:
        return f"history was rewritten: the first {kept.size} entries are others"
    return None
