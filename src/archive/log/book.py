"""A collection's log: proofs out of it, time stamps and cosignatures into it, copies of it.

Authorities and witnesses are asked only by the methods named for it. What goes wrong there is told,
kept to be shown, and never costs an entry: the next time asks again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import frozen

from archive.digest import sha256
from archive.disk.layout import AskedAuthority, AskedWitness, CollectionSettings, Layout
from archive.disk.lock import hold_lock
from archive.errors import (
    ADOPT_LOG,
    ArchiveError,
    IntegrityError,
    NotFoundError,
    StorageError,
    UsageError,
)
from archive.index.entries import EntryRow
from archive.index.groups import EntryGroup
from archive.index.reading import Reading
from archive.index.rows import Row
from archive.log.openings import find_quote, open_leaves
from archive.log.stamping import list_unlogged, log_stamps
from archive.proof.bodies import Heartbeat, TimestampEntry, TreeHead, read_body
from archive.proof.checkpoint import read_checkpoint
from archive.proof.extra import Extra, LoggedKeyring
from archive.proof.history import compare_checkpoints
from archive.proof.keyring import Keyring
from archive.proof.logproof import LogProof
from archive.proof.merkle import prove_consistency
from archive.proof.note import Note
from archive.proof.opening import LeafKind, Opening
from archive.proof.tiles import WIDTH, Edge, TiledLog, TilePath, write_bundle
from archive.proof.verifier import Verifier
from archive.store.draft import EntryDraft
from archive.store.stamps import Stamp, Stamps
from archive.store.tiles import LogFolder
from archive.store.witnessed import Witnessed
from archive.store.writer import Writer
from archive.user.failures import Failure, Unanswered
from archive.warc.record import write_date

if TYPE_CHECKING:
    from archive.log.asking import Asked  # loads what talks to the network

__all__ = ["CollectionLog", "LogStatus"]


@frozen
class LogStatus:
    """How a log stands.

    Attributes:
        origin: its name.
        logged: whether the collection has one.
        size: entries that its checkpoint commits to.
        root: the checkpoint's root, hexadecimal; None without a checkpoint.
        behind: envelopes of the files that are not logged yet.
        stamps: how many time stamps lie beside it.
        stamped: entries of the largest checkpoint that was stamped.
        cosigned: names that signed the present checkpoint besides the log.
        witnessed: entries of the largest checkpoint that a witness has cosigned.
        authorities: URLs to ask for time stamps.
        witnesses: URLs to ask for cosignatures.
        failing: those of them that failed the last time that this user asked.
    """

    origin: str
    logged: bool
    size: int
    root: str | None
    behind: int
    stamps: int
    stamped: int
    cosigned: tuple[str, ...]
    authorities: tuple[str, ...]
    witnesses: tuple[str, ...]
    failing: tuple[Failure, ...] = ()
    witnessed: int = 0


class CollectionLog:
    """The log of one collection, see `archive.collection.Collection.log`.

    Args:
        layout: where the collection lies.
        settings: what its settings file says.
        reading: its files.
        open_writer: gives its writer, for what adds entries.
        now: the present moment, UTC.
        patience: seconds to wait for another writer.
    """

    def __init__(
        self,
        layout: Layout,
        settings: CollectionSettings,
        reading: Reading,
        open_writer: Callable[[], Writer],
        now: Callable[[], datetime],
        patience: float,
    ) -> None:
        self._layout = layout
        self._settings = settings
        self._reading = reading
        self._open_writer = open_writer
        self._now = now
        self._patience = patience
        self._folder = LogFolder(layout.log)

    def status(self) -> LogStatus:
        """How it stands, without changing anything."""
        signed = self._folder.read_checkpoint()
        head = read_checkpoint(signed) if signed else None
        names = [item.name for item in Note.from_bytes(signed).signatures] if signed else []
        last = self._reading.ask(lambda index: index.last())
        stamped = [read_checkpoint(stamp.signed).size for stamp in Stamps(self._layout.log).all()]
        size = head.size if head else 0
        return LogStatus(
            origin=self._settings.origin,
            logged=self._settings.log,
            size=size,
            root=head.root.hex() if head else None,
            behind=(last.sequence + 1 if last else 0) - size,
            stamps=len(stamped),
            stamped=max(stamped, default=0),
            cosigned=tuple(name for name in names if name != self._settings.origin),
            authorities=tuple(item.url for item in self._settings.timestamp),
            witnesses=tuple(item.url for item in self._settings.witness),
            failing=self._list_failing(),
            witnessed=max(Witnessed(self._layout.log).sizes(), default=0),
        )

    def checkpoint(self) -> bytes:
        """The signed checkpoint.

        Raises:
            NotFoundError: nothing was logged yet, or the collection has no log.
        """
        signed = self._folder.read_checkpoint()
        if signed is None:
            hint = None if self._settings.log else ADOPT_LOG
            raise NotFoundError("no checkpoint", where=str(self._folder.root), hint=hint)
        return signed

    def list_keys(self) -> list[Verifier]:
        """The keys that the log's keyrings name, latest first; trusted as far as their signer."""
        rows = self._reading.ask(lambda index: index.entries("keyring"))
        found: dict[str, Verifier] = {}
        for row in reversed(rows):
            group = self._reading.read_small(row)
            body = read_body(group.statement) if isinstance(group, EntryGroup) else None
            if isinstance(body, Keyring):
                found |= {key.to_vkey(): key for key in body.log}
        return list(found.values())

    def prove(self, row: Row, *, bare: bool = False) -> LogProof:
        """The proof that a capture is in the log, with its envelope and the log's keyrings in it.

        Args:
            row: the capture's.
            bare: whether it is the proof alone, for programs that have the envelope.

        Raises:
            NotFoundError: it is not logged yet.
            InputError, IntegrityError: tiles are missing or damaged.
        """
        signed = self.checkpoint()
        head = read_checkpoint(signed)
        if row.sequence >= head.size:
            raise NotFoundError("the capture is not in the log yet", where=row.id)
        log = TiledLog(head.size, head.root, self._folder)
        envelope = self._reading.read_small(row).envelope
        if log.read_leaf(row.sequence).hex() != row.leaf:
            raise IntegrityError("the log holds another entry in the capture's place")
        extra = None if bare else Extra(envelope, tuple(self._prove_keyrings(log))).to_bytes()
        return LogProof(row.sequence, log.prove_inclusion(row.sequence), signed, extra)

    def _prove_keyrings(self, log: TiledLog) -> Iterator[LoggedKeyring]:
        """The keyrings that are in the log, each with its proof."""
        for row in self._reading.ask(lambda index: index.entries("keyring")):
            if row.sequence < log.size:
                hashes = log.prove_inclusion(row.sequence)
                yield LoggedKeyring(self._reading.read_small(row).envelope, row.sequence, hashes)

    def open(self, row: Row, kind: LeafKind, numbers: Sequence[int]) -> Opening:
        """The opening of paragraphs or claims of a capture: proved, without the others.

        Args:
            row: the capture's.
            kind: ``paragraph`` or ``claim``.
            numbers: which, from 0.

        Raises:
            NotFoundError: it is not logged yet, or has none of that kind.
            UsageError: none, too many, or one that is not there.
            InputError, IntegrityError: as `prove`, or they are not what the statement commits to.
        """
        return open_leaves(self._reading, row, self.prove(row), kind, numbers)

    def open_quote(self, row: Row, words: str) -> Opening:
        """The opening of the paragraph that some words stand in, or of all that they go over.

        Args:
            row: the capture's.
            words: of its text; marks, dashes and white space may be written in another way.

        Raises:
            NotFoundError: as `open`, or its text does not have these words.
            UsageError, InputError, IntegrityError: as `open`.
        """
        return self.open(row, "paragraph", find_quote(self._reading, row, words))

    def read_entry(self, sequence: int) -> bytes:
        """The envelope with a number, as it stands in the WARC files.

        Raises:
            InputError: it is not there.
        """
        return self._reading.read_envelope(sequence)

    def compare(self, old: bytes, new: bytes | None) -> tuple[str, tuple[bytes, ...]]:
        """Whether one checkpoint extends another, and the consistency proof.

        Args:
            old: a signed checkpoint.
            new: a later one; None for the log's own.

        Returns:
            ``same``, ``grown``, ``backwards`` or ``sideways``; and the proof where it has grown.

        Raises:
            UsageError: they are of two logs.
            InputError, IntegrityError: tiles are missing or damaged, or the log is not the new one.
        """
        head = read_checkpoint(self.checkpoint())
        log = TiledLog(head.size, head.root, self._folder)
        later = read_checkpoint(new) if new is not None else head
        if compare_checkpoints(later, head, log.read_root) not in ("same", "grown"):
            raise IntegrityError("the later checkpoint is not of this log's history")
        verdict = compare_checkpoints(read_checkpoint(old), later, log.read_root)
        size = read_checkpoint(old).size
        grown = verdict == "grown" and size > 0
        return verdict, prove_consistency(size, later.size, log.read_node) if grown else ()

    def publish(self, folder: Path, *, entries: bool = False) -> int:
        """Copy the log as static files for a web server: tiles first, the checkpoint last.

        Args:
            folder: where to.
            entries: also the entries themselves, which name every URL.

        Returns:
            How many entries it holds.
        """
        signed = self.checkpoint()
        head = read_checkpoint(signed)
        log = TiledLog(head.size, head.root, self._folder)
        copy = LogFolder(folder)
        growth = Edge().grow(log.read_leaf(index) for index in range(head.size))
        copy.write(growth.tiles)
        if entries:
            copy.write(self._bundle(head.size))
        copy.publish(signed)
        return head.size

    def heartbeat(self) -> EntryRow:
        """Log that the archiver is alive, and how many captures there are."""
        writer = self._open_writer()

        def draft() -> list[EntryDraft]:  # under the lock: no capture comes in between
            signed = self.checkpoint()
            size = read_checkpoint(signed).size
            said = Heartbeat(sha256(signed), writer.index.count(), size)
            return [EntryDraft.of(said, self._now())]

        [row] = writer.append_drafted(draft)
        return row

    def require_authorities(self) -> None:
        """Insist that there is a log, and somebody to ask for time stamps.

        Raises:
            UsageError: there is not.
        """
        if not self._settings.log:
            raise UsageError("the collection has no log to be time-stamped", hint=ADOPT_LOG)
        if not self._settings.timestamp:
            hint = "write [[timestamp]] with url and root into archive.toml"
            raise UsageError("no time-stamping authority is named", hint=hint)

    def timestamp(self) -> list[Asked]:
        """Ask every authority of the settings for a time stamp over one and the same checkpoint.

        Raises:
            UsageError: there is no log, or the settings name no authority.
            NotFoundError: nothing was logged yet.
            KeyRefusedError, StorageError, LockedError: what came could not be logged.
        """
        self.require_authorities()
        if self._reading.ask(lambda index: list_unlogged(self._layout, index)):
            log_stamps(self._open_writer(), self._layout, self._settings, self._now)
        signed = self._without_cosignatures()
        asked = [self._ask_authority(item, signed) for item in self._settings.timestamp]
        return self._remember("timestamp", asked)

    def witness(self) -> list[Asked]:
        """Ask every witness of the settings to cosign the checkpoint.

        Raises:
            UsageError: the settings name none.
            StorageError, LockedError: what came could not be stored.
        """
        if not self._settings.witness:
            hint = "write [[witness]] with url and key into archive.toml"
            raise UsageError("no witness is named", hint=hint)
        return self._remember("witness", [self._ask_witness(a) for a in self._settings.witness])

    def _ask_authority(self, asked: AskedAuthority, signed: bytes) -> Asked:
        from archive.log.asking import Asked, ask_authority

        head = read_checkpoint(signed)
        try:
            granted = ask_authority(asked, signed, self._layout.root)
        except ArchiveError as error:
            return Asked(asked.url, head.size, error=error.message)
        self._keep_stamp(asked.url, signed, granted.response, granted.time)
        return Asked(asked.url, head.size, granted.time)

    def _keep_stamp(self, url: str, signed: bytes, response: bytes, time: str) -> None:
        head = read_checkpoint(signed)

        @cache  # it is stored once, however often the entry is drafted
        def store() -> Stamp:
            return Stamps(self._layout.log).add(signed, response)

        def draft() -> list[EntryDraft]:  # under one lock, so that nobody else logs it meanwhile
            name, digest = store().name, sha256(response)
            over = TreeHead(head.size, head.root.hex())
            said = TimestampEntry(name, digest, url, time, over)
            return [EntryDraft.of(said, self._now())]

        self._open_writer().append_drafted(draft)

    def _ask_witness(self, asked: AskedWitness) -> Asked:
        from archive.log.asking import Asked, ask_witness

        signed = self.checkpoint()
        head = read_checkpoint(signed)
        try:
            cosigned = ask_witness(asked, signed, self._folder)
        except ArchiveError as error:
            return Asked(asked.url, head.size, error=error.message)
        with hold_lock(self._layout.lock, patience=self._patience):
            Witnessed(self._layout.log).add(cosigned)
            present = self._folder.read_checkpoint()
            if present is not None and read_checkpoint(present) == head:
                added = Note.from_bytes(present).add(Note.from_bytes(cosigned).signatures)
                self._folder.publish(added.to_bytes())
        return Asked(asked.url, head.size)

    def _remember(self, kind: str, asked: list[Asked]) -> list[Asked]:
        """Keep who did not answer, to be shown; a folder that takes nothing costs nothing."""
        now = write_date(self._now())
        failed = [Failure(kind, item.url, now, item.error) for item in asked if item.error]
        with suppress(StorageError):
            Unanswered.of_user().keep(self._settings.origin, kind, failed)
        return asked

    def _list_failing(self) -> tuple[Failure, ...]:
        """Those who failed the last time, as far as the settings still name them."""
        named = {("timestamp", item.url) for item in self._settings.timestamp}
        named |= {("witness", item.url) for item in self._settings.witness}
        failed = Unanswered.of_user().load(self._settings.origin) if named else ()
        return tuple(item for item in failed if (item.kind, item.url) in named)

    def _without_cosignatures(self) -> bytes:
        """The checkpoint as the log alone signed it."""
        note = Note.from_bytes(self.checkpoint())
        origin = read_checkpoint(note.to_bytes()).origin
        return Note(note.text, tuple(s for s in note.signatures if s.name == origin)).to_bytes()

    def _bundle(self, size: int) -> Iterator[tuple[TilePath, bytes]]:
        for start in range(0, size, WIDTH):
            numbers: Sequence[int] = range(start, min(start + WIDTH, size))
            found = [self.read_entry(number) for number in numbers]
            yield TilePath(None, start // WIDTH, len(found)), write_bundle(found)
