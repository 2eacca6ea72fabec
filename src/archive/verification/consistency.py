"""Check 9: the files' envelopes extend every checkpoint of this log that the verifier has seen."""

from __future__ import annotations

from collections.abc import Sequence

from archive.errors import DocumentError, IntegrityError
from archive.proof.checkpoint import Checkpoint, open_checkpoint, read_checkpoint
from archive.proof.verifier import Verifier
from archive.verification.anchors import Anchors
from archive.verification.place import Place
from archive.verification.tally import Tally
from archive.verification.tree import EnvelopeTree

__all__ = ["compare_kept"]

_FIRST_TIME = "no checkpoint of this log was kept before, and none was given"
_STRANGE = "a checkpoint that no key of this log has signed: whoever wrote it proves nothing"
_LOG = Place("log")


def compare_kept(
    anchors: Anchors, tree: EnvelopeTree, known: Sequence[Verifier], tally: Tally
) -> int:
    """Hold the files' tree against what the verifier has seen of the log.

    What he keeps was verified when he saw it. What he was handed may be anybody's writing, so it
    counts only where a key of this log has signed it.

    Args:
        anchors: the log's name, and the checkpoints that were kept or given.
        tree: what the files hold.
        known: the keys that checkpoints of this log may be signed with.
        tally: takes counts and findings.

    Returns:
        The entries of the largest history that was seen and is still there.
    """
    largest = 0
    strangers = [data for data in anchors.given if _is_strange(data, anchors.origin, known)]
    tally.skip("consistency", _STRANGE, len(strangers))
    for data in (*(one for one in anchors.given if one not in strangers), *anchors.kept):
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
    if not anchors.kept and not anchors.given:
        tally.set_aside("consistency", _FIRST_TIME)
    return largest


def _is_strange(data: bytes, origin: str, known: Sequence[Verifier]) -> bool:
    """Whether a checkpoint in the name of this log is signed by none of its keys."""
    try:
        open_checkpoint(data, known)
    except IntegrityError:
        return read_checkpoint(data).origin == origin
    except DocumentError:
        return False  # which is told where it is read
    return False


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
