"""The log as a collection's writer keeps it: one leaf an envelope, in the order of the sequence.

The envelope with sequence n is the log's entry n. A commit that died between WARC and log leaves
the log behind: the next writer appends the rest. The log is never taken back: one that has more
entries than the WARC files, or others, stops the writer, because captures are missing.

What the index says of envelopes is confirmed from the files before it is logged; where it only
fills tiles that were lost, the checkpoint's root confirms it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from attrs import evolve

from archive.disk.layout import Layout
from archive.errors import InputError, IntegrityError, StorageError
from archive.index.entries import EntryRow
from archive.index.queries import Index
from archive.index.rows import Row
from archive.proof.bodies import write_body
from archive.proof.keyring import Keyring
from archive.proof.keys import PrivateKey
from archive.proof.mldsa import MldsaPrivateKey
from archive.proof.signer import NoteSigner
from archive.proof.tiles import TiledLog
from archive.proof.verifier import Verifier
from archive.store.confirmation import Confirmation, UnconfirmedError
from archive.store.draft import EntryDraft
from archive.store.log import Log, LogState
from archive.store.tiles import LogFolder

__all__ = ["Logbook", "derive_log_key", "log_signers"]

_MISSING = "bring the missing WARC files back; a log cannot be shortened"
_BATCH = 4096


def derive_log_key(key: PrivateKey, origin: str) -> MldsaPrivateKey:
    """The ML-DSA-44 key of a log, which is made from its collection's Ed25519 key."""
    return MldsaPrivateKey.generate(lambda _: key.derive(f"article-archive log {origin}"))


def log_signers(key: PrivateKey, origin: str) -> tuple[NoteSigner, NoteSigner]:
    """The two keys that sign a log's checkpoints, both under the log's name."""
    return (
        NoteSigner.for_notes(origin, key),
        NoteSigner.for_checkpoints(origin, derive_log_key(key, origin)),
    )


class Logbook:
    """Appends to the log of one collection; every method is called under the lock.

    Args:
        layout: where the collection lies.
        key: the key that signs.
        origin: the log's name.
        now: the present moment, UTC.
        confirmation: confirms what the index says.
    """

    def __init__(
        self,
        layout: Layout,
        key: PrivateKey,
        origin: str,
        now: Callable[[], datetime],
        confirmation: Confirmation,
    ) -> None:
        signers = log_signers(key, origin)
        self._log = Log(LogFolder(layout.log), origin, signers, lambda: int(now().timestamp()))
        self._key = key
        self._now = now
        self._confirmation = confirmation
        self._state: LogState | None = None
        self._keyed = False
        self._sought = False  # whether the index was made anew to look for the first keyring

    def know(self, keys: Sequence[Verifier]) -> None:
        """Keys that may have signed the checkpoint before this writer's."""
        self._log = evolve(self._log, known=tuple(keys))

    def recover(self, index: Index) -> None:
        """Bring the log up to the files; nothing is read of one that has not changed.

        Args:
            index: up to date with the files.

        Raises:
            UnconfirmedError: the log has more entries than the index, or others, or the files do
                not bear the index out.
            StorageError: the checkpoint cannot be read; the log cannot be written.
        """
        last = index.last()
        total = 0 if last is None else last.sequence + 1
        state = self._state
        if state is None or state.signed != self._log.folder.read_checkpoint():
            state = self._load(index)
        if state.checkpoint.size > total:
            raise self._refuse(f"the log has {state.checkpoint.size} entries, the files {total}")
        while state.checkpoint.size < total:
            state = self._log.append(state, self._read(index, state.checkpoint.size, total))
        self._state = state

    def append(self, leaves: Sequence[bytes]) -> None:
        """Log what a commit has just made durable, and publish one checkpoint.

        Raises:
            StorageError: full, not writable, or not durable; the next writer logs the rest.
        """
        if self._state is not None:
            self._state = self._log.append(self._state, leaves)

    def draft_keyring(self, index: Index) -> EntryDraft | None:
        """The first keyring, which binds the log's keys; None when there is a keyring.

        Raises:
            UnconfirmedError: once, when there are envelopes and the index has no keyring among
                them: a second first one would stand in the log for ever.
        """
        self._keyed = self._keyed or bool(index.entries("keyring"))
        if self._keyed:
            return None
        if index.last() is not None and not self._sought:
            self._sought = True
            raise self._refuse("the index has no keyring")
        verifiers = tuple(signer.verifier for signer in self._log.signers)
        written = write_body(Keyring(1, 1, (self._key.public,), verifiers))
        return EntryDraft(
            kind=written.kind, date=self._now(), subjects=written.subjects, body=written.body
        )

    def _load(self, index: Index) -> LogState:
        """The log as its checkpoint says, its tiles made anew from the index if need be."""
        try:
            state = self._log.load()
        except (InputError, IntegrityError):
            state = self._rebuild(index)
        self._compare_last(state, index)
        return state

    def _rebuild(self, index: Index) -> LogState:
        size = self._log.read_head()[0].size
        try:
            return self._log.rebuild(index.leaves(size))
        except StorageError as error:
            raise self._refuse(error.message) from error

    def _compare_last(self, state: LogState, index: Index) -> None:
        """The log's last entry is the file's: each names the one before, so all are."""
        size = state.checkpoint.size
        if size == 0:
            return
        try:
            log = TiledLog(size, state.checkpoint.root, self._log.folder)
            leaf = log.read_leaf(size - 1)
        except (InputError, IntegrityError):
            self._rebuild(index)
            leaf = log.read_leaf(size - 1)
        row = index.at(size - 1)
        if row is None:
            raise self._refuse(f"the log has {size} entries, more than the files")
        if row.leaf != leaf.hex():
            raise self._refuse(f"entry {size - 1} of the log is not what the files hold")

    def _read(self, index: Index, start: int, total: int) -> list[bytes]:
        """Leaf hashes of envelopes that are not in the log yet, each confirmed from the files."""
        leaves = []
        before = index.at(start - 1) if start else None
        for sequence in range(start, min(total, start + _BATCH)):
            row = index.at(sequence)
            if row is None or not self._confirm(row):
                raise self._refuse(f"envelope {sequence} does not stand in the files")
            if row.prior != (before.envelope if before else None):
                raise self._refuse(f"envelope {sequence} does not follow the one before it")
            leaves.append(bytes.fromhex(row.leaf))
            before = row
        return leaves

    def _confirm(self, row: Row | EntryRow) -> bool:
        if isinstance(row, EntryRow):
            return self._confirmation.confirm_entry(row)
        return self._confirmation.confirm(row) is not None

    def _refuse(self, message: str) -> UnconfirmedError:
        return UnconfirmedError(message, where=str(self._log.folder.root), hint=_MISSING)
