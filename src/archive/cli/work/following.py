"""What ``archive log follow`` does: tells what is new in a log, and whether it is what it was."""

from __future__ import annotations

import time
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from attrs import asdict

from archive.cli.options import find_collection
from archive.cli.output import Output
from archive.errors import ArchiveError, IntegrityError, StorageError
from archive.log.following import CONTRADICTIONS, Follower, LoggedEntry, Look
from archive.log.published import open_source
from archive.user.checkpoints import FollowedSources, KeptCheckpoints
from archive.user.keystore import Keystore
from archive.user.trusting import gather_log_keys

__all__ = ["follow"]

_SCHEMA = "urn:article-archive:log-follow:v1"
_WORDS = {
    "first": "seen for the first time",
    "same": "nothing new",
    "grown": "all that was there is there, and more",
    "behind": "LESS than was seen of this log elsewhere: not shown to be one history",
    "backwards": "HISTORY WENT BACKWARDS: there is less than there was",
    "sideways": "HISTORY WAS REWRITTEN: other entries than were seen",
    "renamed": "ANOTHER LOG than was seen here",
}
_BEHIND = 4


def follow(
    source: str | None,
    trust: tuple[str, ...],
    no_user_trust: bool,
    once: bool,
    interval: float,
    start: int | None,
    collection: Path | None,
    as_json: bool,
) -> int:
    """Watch a log, once or until somebody interrupts; gives the exit code."""
    teller = _Teller(Output(as_json=as_json), start)
    keys = gather_log_keys(Keystore.of_user(), trust, user_trust=not no_user_trust)
    with open_source(source or str(find_collection(collection))) as opened:
        follower = Follower(opened, keys, KeptCheckpoints.of_user(), FollowedSources.of_user())
        return teller.look(follower) if once else _follow(teller, follower, interval)


def _follow(teller: _Teller, follower: Follower, interval: float) -> int:
    """Look again and again, until history is not what it was or somebody interrupts."""
    with suppress(KeyboardInterrupt):
        while not (code := teller.look_again(follower)):
            time.sleep(interval)
        return code
    return 0


class _Teller:
    """Looks, and tells what was found.

    Args:
        output: where it is told.
        start: the first entry to tell of; None for those that are new.
    """

    def __init__(self, output: Output, start: int | None) -> None:
        self._output = output
        self._start = start
        self._said: tuple[str, object] | None = None

    def look_again(self, follower: Follower) -> int:
        """Look, say only what is new, and go on when the source cannot be read just now.

        Returns:
            1 when history was changed or an entry is not what it should be, else 0.
        """
        try:
            return 1 if self.look(follower, quiet=True) == 1 else 0
        except (IntegrityError, StorageError):
            raise
        except ArchiveError as error:
            said = "unreadable", error.message
            if said != self._said:
                self._tell("unreadable", follower, {"problem": str(error)}, f"unreadable   {error}")
            self._said = said
            return 0

    def look(self, follower: Follower, *, quiet: bool = False) -> int:
        """Look once and tell.

        Args:
            follower: looks.
            quiet: do not tell what was told before.

        Returns:
            The exit code: 0, 1 or 4.
        """
        look = follower.look()
        said = look.verdict, look.head
        known = self._said is not None and self._said[0] != "unreadable"
        if not (quiet and known and (look.verdict == "same" or said == self._said)):
            self._tell_look(follower, look)
        self._said = said
        if look.verdict in CONTRADICTIONS:
            self._tell_evidence(follower, look)
            return 1
        sound = self._tell_entries(follower, look)
        follower.keep(look)
        if not sound:
            return 1
        return _BEHIND if look.verdict == "behind" else 0

    def _tell_look(self, follower: Follower, look: Look) -> None:
        head, before = look.head, look.before
        fields = {"origin": head.origin, "size": head.size, "root": head.root.hex()}
        notes = {"signed": look.signed.decode(), "seen": look.seen.decode() if look.seen else None}
        grown = f", {head.size - before} new" if look.verdict == "grown" and before else ""
        line = f"{look.verdict:<12} {head.origin}: {head.size} entries{grown}"
        self._tell(look.verdict, follower, {**fields, "before": before, **notes}, line)
        if not self._output.as_json:
            self._output.line(f"             {_WORDS[look.verdict]}")

    def _tell_evidence(self, follower: Follower, look: Look) -> None:
        """Say where the two checkpoints lie that show what the log has done."""
        seen, shown = follower.keep_evidence(look)
        self._output.note(f"the checkpoint that was seen: {seen}")
        self._output.note(f"the one that is shown now:    {shown}")
        self._output.note("both are signed: show them to others")

    def _tell_entries(self, follower: Follower, look: Look) -> bool:
        """Tell of the entries that are new; gives whether all are what they should be."""
        since = look.head.size if look.before is None else look.before
        start = since if self._start is None else self._start
        self._start = None
        number, sound = start, True
        for entry in follower.list(look, start):
            self._tell_entry(follower, entry)
            number, sound = entry.index + 1, sound and entry.problem is None
        if number < look.head.size:
            line = f"unlisted     entries {number} to {look.head.size - 1} are not published"
            self._tell("unlisted", follower, {"from": number, "to": look.head.size - 1}, line)
        return sound

    def _tell_entry(self, follower: Follower, entry: LoggedEntry) -> None:
        words = [str(entry.index), entry.kind or "unreadable", entry.outcome, entry.date, entry.url]
        line = "entry        " + " ".join(word for word in words if word)
        trusted = "" if entry.trusted or entry.problem else " (signed by a key that is NOT trusted)"
        wrong = f" (WRONG: {entry.problem})" if entry.problem else ""
        self._tell("entry", follower, asdict(entry), line + trusted + wrong)

    def _tell(self, event: str, follower: Follower, fields: dict[str, Any], line: str) -> None:
        if self._output.as_json:
            when = f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}"
            said = {"event": event, "time": when, "source": follower.source.name}
            self._output.json({"schema": _SCHEMA, **said, **fields})
        else:
            self._output.line(line)
