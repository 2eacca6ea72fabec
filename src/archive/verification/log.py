"""Check 8: the files' envelopes are the log's entries, all of them and no others."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from attrs import frozen

from archive.errors import ArchiveError, Hint, InputError, IntegrityError
from archive.proof.checkpoint import Checkpoint, open_checkpoint
from archive.proof.keyring import KeyringHistory
from archive.proof.tiles import Edge, TiledLog
from archive.proof.verifier import Verifier
from archive.verification.anchors import Anchors
from archive.verification.place import Place
from archive.verification.tally import Tally
from archive.verification.tree import EnvelopeTree

__all__ = ["CHECKPOINT", "NO_HEAD", "Logged", "compare_log"]

CHECKPOINT = Place("log/checkpoint")
"""Where the log's checkpoint stands."""
NO_HEAD = "the log has no checkpoint yet; the next writer makes it"
"""Why what is of the checkpoint is not checked."""
_BEHIND = "envelopes at the end that are not in the log yet; the next writer logs them"
_LOST_TILES = Hint(
    "tiles that are missing or damaged, and made anew by: Collection.reindex()",
    command="tiles that are missing or damaged, and made anew by: archive reindex",
)
_NEWER = "a checkpoint by keys that a keyring of a later version may name"
_LARGE = 1_000_000  # entries of a log that are looked through for those that are missing
_NAMED = 20  # entries that are named one by one; the rest are counted


@frozen
class Logged:
    """What the log's checkpoint says, None when it cannot be believed or is not there.

    `unfinished` says that a commit died between WARC and log, or is being made.
    """

    head: Checkpoint | None = None
    unfinished: bool = False


def compare_log(
    anchors: Anchors,
    tree: EnvelopeTree,
    known: Sequence[Verifier],
    history: KeyringHistory | None,
    tally: Tally,
    *,
    is_newer: bool = False,
) -> Logged:
    """Hold the files' envelopes against the log's checkpoint, and against its tiles.

    Args:
        anchors: the log.
        tree: what the files hold.
        known: the keys that its checkpoints may be signed with.
        history: the keyrings that count, None without any.
        tally: takes counts and findings.
        is_newer: whether there is a keyring of a later version, which may name other keys.
    """
    if anchors.checkpoint is None:
        waiting = tree.size > 0 and not anchors.problems
        if waiting:
            tally.withhold("log", NO_HEAD)
        return Logged(unfinished=waiting)
    head = _open_head(anchors, anchors.checkpoint, known, history, tally, is_newer=is_newer)
    if head is None:
        return Logged()
    count = tree.size
    tally.count("log", min(count, head.size))
    if head.size > count:
        message = f"the log has {head.size} entries, the files {count}: some were taken away"
        tally.fail("log", message, CHECKPOINT)
        _name_differences(anchors, tree, head, tally)
    elif tree.root(head.size) != head.root:
        message = "the files' envelopes are not those that the log's checkpoint commits to"
        tally.fail("log", message, CHECKPOINT)
        _name_differences(anchors, tree, head, tally)
    else:
        _compare_tiles(anchors, tree, head.size, tally)
        if count > head.size:
            tally.withhold("log", _BEHIND, count - head.size)
            return Logged(head, unfinished=True)
    return Logged(head)


def _open_head(
    anchors: Anchors,
    checkpoint: bytes,
    known: Sequence[Verifier],
    history: KeyringHistory | None,
    tally: Tally,
    *,
    is_newer: bool,
) -> Checkpoint | None:
    try:
        opened = open_checkpoint(checkpoint, known)
    except ArchiveError as error:
        if is_newer:
            tally.withhold("log", _NEWER)
            return None
        tally.fail("log", error.message, CHECKPOINT)
        return None
    head = opened.checkpoint
    signed = {(item.name, item.key_id) for item in opened.verified}
    wanted = history.at(head.size - 1).log if history is not None else ()
    if head.origin != anchors.origin:
        tally.fail("log", "the checkpoint is another log's", CHECKPOINT)
    elif not is_newer and not {(key.name, key.key_id) for key in wanted} <= signed:
        tally.fail("log", "the checkpoint is not signed by every key of the log", CHECKPOINT)
    return head


def _name_differences(anchors: Anchors, tree: EnvelopeTree, head: Checkpoint, tally: Tally) -> None:
    """Which entries and envelopes are not both in the log and in the files."""
    if head.size > 2 * tree.size + _LARGE:
        return
    try:
        log = TiledLog(head.size, head.root, anchors.reader)
        logged = [log.read_leaf(index) for index in range(head.size)]
    except (InputError, IntegrityError) as error:
        tally.note("log", f"which ones does not show: {error.message}")
        return
    stored = list(tree.list_leaves(tree.size))
    gone = _find_others(logged, stored)
    new = _find_others(stored, logged)
    for index in gone[:_NAMED]:
        tally.fail("log", f"entry {index} of the log is not in the files", CHECKPOINT)
    for index in new[:_NAMED]:
        tally.fail("log", f"envelope {index} of the files is not in the log", Place("warc"))
    if not gone and not new:
        message = "the envelopes stand in another order than in the log"
        tally.fail("log", message, Place("warc"))


def _find_others(these: Iterable[bytes], those: Iterable[bytes]) -> list[int]:
    others = set(those)
    return [index for index, leaf in enumerate(these) if leaf not in others]


def _compare_tiles(anchors: Anchors, tree: EnvelopeTree, size: int, tally: Tally) -> None:
    """Tiles can be made anew, so a damaged one is no failure; it is said all the same."""
    bad = 0
    for path, data in Edge().grow(tree.list_leaves(size)).tiles:
        try:
            bad += anchors.reader.read(path.to_text()) != data
        except ArchiveError:
            bad += 1
    if bad:
        tally.note("log", _LOST_TILES, bad)
