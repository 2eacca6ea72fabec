"""Following a log: what is new in it, and whether it still has the history that was seen.

A look reads the checkpoint, verifies it with keys that the follower trusts, and holds it to what
was seen before, through tiles that are proved:

==========  ======================================================================================
first       this source was never looked at
same        nothing is new
grown       all that was there is there, and more behind it
behind      no less than this source had, and less than was seen of the log elsewhere
backwards   less than this source had: entries were taken away
sideways    other entries than were seen, here or elsewhere: the log was forked or rewritten
renamed     another log than this source had
==========  ======================================================================================

Elsewhere means: by ``archive verify``, or in another source of the same log. What was seen is kept
outside any collection, see `archive.user.checkpoints`, and not replaced by what contradicts it.

Entries are read where they are published; each must be the one that the tree has in its place.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Literal, TypeAlias

from attrs import frozen

from archive.digest import sha256
from archive.errors import DocumentError, InputError, IntegrityError, KeyRefusedError
from archive.log.published import LogSource
from archive.proof.checkpoint import Checkpoint, open_checkpoint, read_checkpoint
from archive.proof.dsse import Envelope
from archive.proof.entry import EntryStatement
from archive.proof.history import compare_checkpoints
from archive.proof.keys import PublicKey
from archive.proof.merkle import hash_leaf
from archive.proof.spelling import read_statement
from archive.proof.statement import CaptureStatement
from archive.proof.tiles import TiledLog
from archive.proof.verifier import ED25519, Verifier, raw_key
from archive.user.checkpoints import FollowedSources, KeptCheckpoints

__all__ = ["CONTRADICTIONS", "Follower", "LoggedEntry", "Look", "Seen"]

Seen: TypeAlias = Literal["first", "same", "grown", "behind", "backwards", "sideways", "renamed"]

CONTRADICTIONS = ("backwards", "sideways", "renamed")
"""What no log that was not rewritten can show."""
_CHANGED = "if the log's keys were changed, trust the new one"


@frozen
class Look:
    """What one look found.

    Attributes:
        verdict: see the module.
        head: what the checkpoint says.
        signed: its bytes.
        before: the entries that this source had when it was last looked at, None at first.
        seen: the signed checkpoint that it was held to, None when nothing was ever seen.
    """

    verdict: Seen
    head: Checkpoint
    signed: bytes
    before: int | None
    seen: bytes | None


@frozen
class LoggedEntry:
    """An entry of a log.

    Attributes:
        index: its number, from 0.
        kind: ``capture`` or one of `archive.proof.entry.KINDS`; None when it cannot be read.
        date: when it was made, as it says.
        url: requested; of a capture.
        outcome: of a capture.
        trusted: whether a key that the follower trusts has signed it.
        problem: what is wrong with it, None when nothing is.
    """

    index: int
    kind: str | None = None
    date: str | None = None
    url: str | None = None
    outcome: str | None = None
    trusted: bool = False
    problem: str | None = None


@frozen
class Follower:
    """Follows one source of a log.

    Attributes:
        source: where it is read from.
        keys: the keys that may sign it: those of collections, and verifier keys of logs.
        kept: what was seen of logs, wherever.
        followed: what was seen of sources.
    """

    source: LogSource
    keys: Sequence[PublicKey | Verifier]
    kept: KeptCheckpoints
    followed: FollowedSources

    def look(self) -> Look:
        """Read the checkpoint, and hold the log to what was seen. Nothing is kept by this.

        Raises:
            InputError: there is no checkpoint, or what there is cannot be read; tiles are missing.
            IntegrityError: no trusted key has signed the checkpoint; tiles are not the log's.
            UnreachableError: a server gives no answer.
            StorageError: the disk fails.
        """
        signed = self.source.read_checkpoint()
        if signed is None:
            raise InputError("no checkpoint is there", where=self.source.name)
        head = self._open(signed)
        last = self.followed.load(self.source.name)
        before = read_checkpoint(last) if last is not None else None
        if before is not None and before.origin != head.origin:
            return Look("renamed", head, signed, before.size, last)
        verdict: Seen = self._compare(before, head) if before is not None else "first"
        elsewhere = self.kept.load(head.origin)
        if verdict not in CONTRADICTIONS and elsewhere is not None and elsewhere != last:
            other = self._compare(read_checkpoint(elsewhere), head)
            if other in ("sideways", "backwards"):
                verdict, last = "sideways" if other == "sideways" else "behind", elsewhere
            last = last or elsewhere
        if verdict == "first":
            self._open_tree(head)  # so that what is kept is the head of a tree that is there
        return Look(verdict, head, signed, before.size if before is not None else None, last)

    def list(self, look: Look, start: int) -> Iterator[LoggedEntry]:
        """The entries from a number on, as far as they are published.

        Raises:
            IntegrityError: an entry is not the one that the log committed to.
            InputError, UnreachableError, StorageError: as `look`.
        """
        size = look.head.size
        tree = self._open_tree(look.head)
        before: str | None = None
        for index in range(start, size):
            data = self.source.read_entry(index, size)
            if data is None:
                return
            if hash_leaf(data) != tree.read_leaf(index):
                message = f"entry {index} is not the one that the log committed to"
                raise IntegrityError(message, where=self.source.name)
            yield self._describe(index, data, before if index > start else None)
            before = sha256(data)

    def keep(self, look: Look) -> None:
        """Keep what a look found, so that the next one is held to it.

        Raises:
            ValueError: it contradicts what was seen, and must not take its place.
            StorageError: it cannot be kept.
        """
        if look.verdict in CONTRADICTIONS:
            raise ValueError(look.verdict)
        self.followed.keep(self.source.name, look.signed)
        if look.verdict != "behind":
            self.kept.keep(look.head.origin, look.signed)

    def keep_evidence(self, look: Look) -> tuple[Path, Path]:
        """Keep the two signed checkpoints that contradict each other, to be shown to others.

        Raises:
            ValueError: nothing contradicts.
            StorageError: they cannot be kept.
        """
        if look.verdict not in CONTRADICTIONS or look.seen is None:
            raise ValueError(look.verdict)
        return self.followed.keep_conflict(self.source.name, look.seen, look.signed)

    def _open(self, signed: bytes) -> Checkpoint:
        """The checkpoint, signed by a trusted key, which is called as the log is."""
        origin = read_checkpoint(signed).origin
        known = [key for key in self.keys if isinstance(key, Verifier)]
        try:
            known += [
                Verifier.of(origin, ED25519, raw_key(key))
                for key in self.keys
                if isinstance(key, PublicKey)
            ]
            opened = open_checkpoint(signed, [key for key in known if key.name == origin])
        except (KeyRefusedError, IntegrityError) as error:
            raise IntegrityError(error.message, where=self.source.name, hint=_CHANGED) from None
        return opened.checkpoint

    def _compare(self, before: Checkpoint, head: Checkpoint) -> Seen:
        return compare_checkpoints(before, head, lambda size: self._open_tree(head).read_root(size))

    def _open_tree(self, head: Checkpoint) -> TiledLog:
        return TiledLog(head.size, head.root, self.source)

    def _describe(self, index: int, data: bytes, prior: str | None) -> LoggedEntry:
        """What an entry says; `prior` is the digest of the one before it, where that was read."""
        try:
            envelope = Envelope.from_bytes(data)
            said = read_statement(envelope.payload)
            signer = PublicKey.from_der(said.signer.public_key)
        except (DocumentError, KeyRefusedError) as error:
            return LoggedEntry(index, problem=error.message)
        signed = envelope.signed_by(signer)
        return LoggedEntry(
            index,
            kind=said.kind if isinstance(said, EntryStatement) else "capture",
            date=said.date,
            url=said.url if isinstance(said, CaptureStatement) else None,
            outcome=said.outcome if isinstance(said, CaptureStatement) else None,
            trusted=signed and raw_key(signer) in self._raw_keys(),
            problem=_find_problem(said, index, prior, signed=signed),
        )

    def _raw_keys(self) -> set[bytes]:
        return {key.raw if isinstance(key, Verifier) else raw_key(key) for key in self.keys}


def _find_problem(
    said: CaptureStatement | EntryStatement, index: int, prior: str | None, *, signed: bool
) -> str | None:
    if not signed:
        return "it is not signed by the key that it names"
    if said.sequence != index:
        return f"it says that it is number {said.sequence}"
    if prior is not None and said.prior != prior:
        return "it does not follow the entry before it"
    return None
