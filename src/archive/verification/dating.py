"""Check 10: what authorities have dated, and when.

A time stamp beside the log is over a signed checkpoint. It counts when that checkpoint is of the
history that the files hold, and the token verifies, at its own time, against an authority that the
verifier trusts (`archive.proof.timestamp`); what the log says of it must be the same. One of an
authority that he does not trust shows him nothing and is not checked; one that is bad whoever is
trusted fails.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from attrs import frozen

from archive.digest import sha256
from archive.errors import ArchiveError, Hint, IntegrityError, TimestampError
from archive.proof.bodies import TimestampEntry
from archive.proof.checkpoint import open_checkpoint
from archive.proof.verifier import Verifier
from archive.verification.anchors import Anchors, Stamped, TrustedAuthority
from archive.verification.intervals import Bound, Dates
from archive.verification.place import Place
from archive.verification.report import Dated
from archive.verification.tally import Tally
from archive.verification.tree import EnvelopeTree

__all__ = ["LoggedStamp", "judge_stamps", "summarize"]

_NO_STAMPS = "the log has no time stamps"
_NO_AUTHORITY = Hint(
    "no time-stamping authority is trusted, see: Collection.verify(authorities=…), AuthorityPins",
    command="no time-stamping authority is trusted, see --tsa and archive key trust --tsa",
)
_STRANGERS = "time stamps of authorities that are not trusted"
_LATER = "later entries, dated by the archiver alone"


@frozen
class LoggedStamp:
    """An entry that names a time stamp: what it says, where it stands, its place in the log."""

    body: TimestampEntry
    place: Place
    index: int


def judge_stamps(
    anchors: Anchors,
    entries: Sequence[LoggedStamp],
    known: Sequence[Verifier],
    tree: EnvelopeTree,
    dates: Dates,
    tally: Tally,
) -> tuple[Dated, ...]:
    """What each trusted authority has dated, in the order in which they are trusted.

    Args:
        anchors: the time stamps, and the authorities that are trusted.
        entries: what the log says of time stamps.
        known: the keys that checkpoints of this log may be signed with.
        tree: what the files hold.
        dates: what captures say of their dates.
        tally: takes counts and findings.
    """
    failed = _compare_entries(anchors, entries, tally)
    logged = {one.body.sha256: one for one in entries}
    found: list[_Found] = []
    bounds: list[Bound] = []
    for stamp in anchors.stamps:
        place = Place(f"log/{stamp.name}")
        try:
            one = _judge_stamp(stamp, anchors, known, tree)
        except ArchiveError as error:
            if isinstance(error, TimestampError) and error.reason == "untrusted":
                tally.pass_over("timestamp", _STRANGERS)
            else:
                failed = True
                tally.fail("timestamp", error.message, place)
            continue
        if one is not None:
            tally.count("timestamp")
            found.append(one)
            entry = logged.get(sha256(stamp.response))
            _compare_words(one, entry, tally)
            bounds.append(one.bound(entry))
    dates.judge(bounds, tally)
    if not found and not failed and not (anchors.stamps and anchors.authorities):
        tally.set_aside("timestamp", _NO_AUTHORITY if anchors.stamps else _NO_STAMPS)
    if found and (rest := tree.size - max(one.entries for one in found)):
        tally.note("timestamp", _LATER, rest)
    return tuple(_gather(found))


def summarize(dated: Sequence[Dated]) -> tuple[int, str | None]:
    """The first of how many entries were dated, and no later than when."""
    entries = max((one.entries for one in dated), default=0)
    return entries, min((one.time for one in dated if one.entries == entries), default=None)


@frozen
class _Found:
    """A time stamp that holds."""

    authority: TrustedAuthority
    entries: int
    root: str
    moment: datetime
    accuracy: timedelta

    @property
    def time(self) -> str:
        """The moment to the second, as reports say it."""
        return f"{self.moment:%Y-%m-%dT%H:%M:%SZ}"

    def bound(self, entry: LoggedStamp | None) -> Bound:
        """What it says of the entries around it; `entry` is the one that names it."""
        logged = None if entry is None else entry.index
        return Bound(self.moment, self.accuracy, self.entries, logged)


def _gather(found: Sequence[_Found]) -> Iterator[Dated]:
    """One line an authority, in the order of its first stamp."""
    by: dict[TrustedAuthority, list[_Found]] = {}
    for one in found:
        by.setdefault(one.authority, []).append(one)
    for trusted, stamps in by.items():
        entries = max(one.entries for one in stamps)
        time = min(one.time for one in stamps if one.entries == entries)
        pin = trusted.authority
        yield Dated(pin.fingerprint, pin.name, trusted.by, len(stamps), entries, time)


def _judge_stamp(
    stamp: Stamped, anchors: Anchors, known: Sequence[Verifier], tree: EnvelopeTree
) -> _Found | None:
    checkpoint = open_checkpoint(stamp.signed, known).checkpoint
    size = checkpoint.size
    if size > tree.size or tree.root(size) != checkpoint.root:
        raise IntegrityError(f"what was time-stamped, {size} entries, is another history")
    if not anchors.authorities:
        return None
    from archive.proof.timestamp import verify_response  # loads what only time stamps need

    trusted = {item.authority: item for item in reversed(anchors.authorities)}
    found = verify_response(stamp.response, stamp.signed, [*reversed(trusted)])
    root, accuracy = checkpoint.root.hex(), found.accuracy or timedelta(0)
    return _Found(trusted[found.authority], size, root, found.time, accuracy)


def _compare_words(found: _Found, logged: LoggedStamp | None, tally: Tally) -> None:
    """What the log says of a time stamp must be what its token says."""
    if logged is None:
        return
    body = logged.body
    said_of = (body.checkpoint.size, body.checkpoint.root, body.time[:19])
    if said_of != (found.entries, found.root, found.time[:19]):
        said = f"{body.checkpoint.size} entries, {body.time}"
        message = f"the log says of a time stamp what its token does not: {said}"
        tally.fail("timestamp", message, logged.place)


def _compare_entries(anchors: Anchors, entries: Sequence[LoggedStamp], tally: Tally) -> bool:
    """Whether a time stamp that the log names is not there."""
    there = {sha256(stamp.response) for stamp in anchors.stamps}
    missing = [one for one in entries if one.body.sha256 not in there]
    for one in missing:
        message = f"the time stamp {one.body.file}, which the log names, is not there"
        tally.fail("timestamp", message, one.place)
    return bool(missing)
