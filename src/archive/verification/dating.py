"""Check 10: what authorities have dated, and when.

A time stamp beside the log is over a signed checkpoint. It counts when that checkpoint is of the
history that the files hold, and the token verifies, at its own time, against an authority that the
verifier trusts (`archive.proof.timestamp`). One of an authority that he does not trust shows him
nothing and is not checked; one that is bad whoever is trusted fails.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from archive.digest import sha256
from archive.errors import ArchiveError, IntegrityError, TimestampError
from archive.proof.bodies import TimestampEntry
from archive.proof.checkpoint import open_checkpoint
from archive.proof.verifier import Verifier
from archive.verification.anchors import Anchors, Stamped
from archive.verification.place import Place
from archive.verification.tally import Tally

__all__ = ["History", "judge_stamps"]

_NO_STAMPS = "the log has no time stamps"
_NO_AUTHORITY = "no time-stamping authority was named, see --tsa"


class History(Protocol):
    """The tree over the envelopes that the files hold."""

    @property
    def size(self) -> int:
        """How many envelopes there are."""

    def root(self, size: int, /) -> bytes:
        """The root over the first of them."""


def judge_stamps(
    anchors: Anchors,
    entries: Sequence[tuple[TimestampEntry, Place]],
    known: Sequence[Verifier],
    history: History,
    tally: Tally,
) -> tuple[int, str | None]:
    """How many entries a trusted authority has dated, and when.

    Args:
        anchors: the time stamps, and the authorities that are trusted.
        entries: what the log says of time stamps, each with where it stands.
        known: the keys that checkpoints of this log may be signed with.
        history: what the files hold.
        tally: takes counts and findings.
    """
    found: list[tuple[int, str]] = []
    failed = _compare_entries(anchors, entries, tally)
    for stamp in anchors.stamps:
        place = Place(f"log/{stamp.name}")
        try:
            dated = _judge_stamp(stamp, anchors, known, history)
        except TimestampError as error:
            if error.reason == "untrusted":
                tally.skip("timestamp", "time stamps of authorities that are not trusted")
                continue
            dated, failed = None, True
            tally.fail("timestamp", error.message, place)
        except ArchiveError as error:
            dated, failed = None, True
            tally.fail("timestamp", error.message, place)
        if dated is not None:
            tally.count("timestamp")
            found.append(dated)
    if not found:
        reason = _NO_AUTHORITY if anchors.stamps else _NO_STAMPS
        if not failed and not (anchors.stamps and anchors.authorities):
            tally.set_aside("timestamp", reason)
        return 0, None
    size = max(size for size, _ in found)
    if rest := history.size - size:
        tally.note("timestamp", "later entries, dated by the archiver alone", rest)
    return size, min(time for stamped, time in found if stamped == size)


def _judge_stamp(
    stamp: Stamped, anchors: Anchors, known: Sequence[Verifier], history: History
) -> tuple[int, str] | None:
    checkpoint = open_checkpoint(stamp.signed, known).checkpoint
    size = checkpoint.size
    if size > history.size or history.root(size) != checkpoint.root:
        raise IntegrityError(f"what was time-stamped, {size} entries, is another history")
    if not anchors.authorities:
        return None
    from archive.proof.timestamp import verify_response  # loads what only time stamps need

    found = verify_response(stamp.response, stamp.signed, anchors.authorities)
    return size, f"{found.time:%Y-%m-%dT%H:%M:%SZ}"


def _compare_entries(
    anchors: Anchors, entries: Sequence[tuple[TimestampEntry, Place]], tally: Tally
) -> bool:
    """Whether a time stamp that the log names is not there."""
    there = {sha256(stamp.response) for stamp in anchors.stamps}
    missing = [(body, place) for body, place in entries if body.sha256 not in there]
    for body, place in missing:
        message = f"the time stamp {body.file}, which the log names, is not there"
        tally.fail("timestamp", message, place)
    return bool(missing)
