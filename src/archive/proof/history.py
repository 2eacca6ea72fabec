"""Whether a log still has the history that was once seen of it.

A verifier keeps the last checkpoint that it saw of a log. A later checkpoint must be of the same
tree, grown: it may not be smaller (*backwards*), and at the kept size it had the kept root, or else
it went *sideways*: it was forked or rewritten. The same is asked of two checkpoints that two
verifiers saw. What is shown is only that both are one history up to the smaller size, so that a
verifier who never saw any has nothing to hold a log to.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, TypeAlias

from archive.errors import UsageError
from archive.proof.checkpoint import Checkpoint

__all__ = ["Verdict", "compare_checkpoints"]

Verdict: TypeAlias = Literal["same", "grown", "backwards", "sideways"]


def compare_checkpoints(
    kept: Checkpoint, found: Checkpoint, read_root: Callable[[int], bytes]
) -> Verdict:
    """Hold a log to what was seen of it before.

    Args:
        kept: the checkpoint that was kept, verified.
        found: the log's checkpoint now, verified.
        read_root: gives the root that the log, proved to be what `found` says, had at a size not
            larger than that: `archive.proof.tiles.TiledLog.read_root`, or a
            `archive.proof.merkle.Frontier` over its first leaves.

    Raises:
        UsageError: they are of two logs; and what `read_root` raises.
    """
    if kept.origin != found.origin:
        raise UsageError(f"checkpoints of two logs: {kept.origin!r} and {found.origin!r}")
    if found.size < kept.size:
        return "backwards"
    if found.size == kept.size:
        return "same" if found.root == kept.root else "sideways"
    return "grown" if read_root(kept.size) == kept.root else "sideways"
