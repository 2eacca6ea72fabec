"""Check 11: a quorum of the policy's witnesses has cosigned the checkpoint."""

from __future__ import annotations

from attrs import frozen

from archive.errors import ArchiveError, Hint
from archive.proof.policy import Policy
from archive.verification.anchors import Anchors
from archive.verification.log import CHECKPOINT, NO_HEAD
from archive.verification.place import Place
from archive.verification.tally import Tally
from archive.verification.tree import EnvelopeTree

__all__ = ["Cosigned", "judge_witnesses"]

_NO_POLICY = Hint(
    "no policy was given that says whose witness counts, see: Collection.verify(policy=…)",
    command="no policy was given that says whose witness counts, see --policy",
)


@frozen
class Cosigned:
    """What witnesses have seen.

    Attributes:
        witnesses: who has cosigned the checkpoint, by the policy's names.
        quorum: whether they are as many as the policy wants.
        entries: the first of how many envelopes a quorum has cosigned, now or before.
    """

    witnesses: tuple[str, ...] = ()
    quorum: bool = False
    entries: int = 0


def judge_witnesses(anchors: Anchors, tree: EnvelopeTree, tally: Tally) -> Cosigned:
    """Who has cosigned, whether that is a quorum, and how many entries a quorum has.

    Args:
        anchors: the policy, the checkpoint, and earlier ones that were cosigned.
        tree: what the files hold.
        tally: takes counts and findings.
    """
    policy, checkpoint = anchors.policy, anchors.checkpoint
    if policy is None:
        tally.set_aside("witness", _NO_POLICY)
        return Cosigned()
    names: tuple[str, ...] = ()
    try:
        if checkpoint is not None:
            judged = policy.judge(checkpoint)
            names = judged.cosigned
            tally.count("witness", len(names))
            if judged.is_met:
                return Cosigned(names, quorum=True, entries=judged.checkpoint.size)
    except ArchiveError as error:
        tally.fail("witness", error.message, CHECKPOINT)
    earlier = _find_earlier(anchors, policy, tree, tally)
    if earlier:
        message = f"after the first {earlier}: entries that no quorum has cosigned"
        tally.withhold("witness", message, tree.size - earlier)
    elif checkpoint is None:
        tally.withhold("witness", NO_HEAD)
    else:
        seen = f"only {', '.join(names)}" if names else "nobody has"
        tally.withhold("witness", f"no quorum of the policy has cosigned, {seen}")
    return Cosigned(names, entries=earlier)


def _find_earlier(anchors: Anchors, policy: Policy, tree: EnvelopeTree, tally: Tally) -> int:
    """The first of how many entries a quorum has cosigned before; others than here fail."""
    for data in anchors.witnessed:
        try:
            judged = policy.judge(data)
        except ArchiveError:  # of a log or a key that the policy does not know
            continue
        head = judged.checkpoint
        if not judged.is_met or head.origin != anchors.origin:
            continue
        if head.size <= tree.size and tree.root(head.size) == head.root:
            return head.size
        message = f"what witnesses have cosigned, {head.size} entries, is another history"
        tally.fail("witness", message, Place(f"log/witnessed/{head.size}.checkpoint"))
    return 0
