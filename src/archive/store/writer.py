"""The writer: commits of whole groups, durable before anybody is told.

A commit holds the lock, reads the files' ends anew, numbers and signs what is ready, appends it to
the open WARC file, reads it back and compares, makes it durable, then logs it and publishes one
checkpoint, then updates the index. Only after that does it return. A failed fsync is never retried.
What the WARC holds is never taken back because the log failed: the next commit logs it first.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from archive.disk.layout import Layout
from archive.disk.lock import hold_lock
from archive.errors import KeyRefusedError, StorageError, UsageError
from archive.index.completion import (
    Torn,
    catch_up,
    open_index,
    rebuild_index,
    refuse_chains,
)
from archive.index.entries import EntryRow
from archive.index.feeding import feed_file
from archive.index.rows import Row
from archive.proof.keyring import KeyringHistory
from archive.proof.statement import CaptureStatement
from archive.store.batch import Batch, Signing
from archive.store.confirmation import Confirmation, UnconfirmedError
from archive.store.draft import Draft, EntryDraft
from archive.store.keyrings import check_current, list_keys, list_log_keys, read_history
from archive.store.log import Log, log_signers
from archive.store.quarantine import quarantine
from archive.store.tiles import LogFolder
from archive.user.signed import SignedCheckpoints

__all__ = ["MAX_BATCH", "Writer"]

_D = TypeVar("_D")
_T = TypeVar("_T")

MAX_BATCH = 256
"""The most captures of one commit."""


class Writer:
    """Appends captures to one collection.

    Args:
        layout: where the collection lies.
        signing: key, software, clock and randomness.
        file_size: bytes after which a WARC file is followed by the next.
        patience: seconds to wait for another writer.
        report: told of every torn tail that is moved aside.
        logged: whether the collection has a log; see `archive.store.log`.
        memory: what was signed of the log before; None where nobody remembers.

    Raises:
        LockedError: another writer held the lock too long.
        StorageError: the collection cannot be written, or is damaged.
    """

    def __init__(
        self,
        layout: Layout,
        signing: Signing,
        *,
        file_size: int,
        patience: float,
        report: Callable[[Torn, Path], None],
        logged: bool,
        memory: SignedCheckpoints | None = None,
    ) -> None:
        self._layout = layout
        self._signing = signing
        self._file_size = file_size
        self._patience = patience
        self._report = report
        self._confirmation = Confirmation(layout, signing.key.public)
        self._log = self._make_log(memory) if logged else None
        self._keyrings = 0
        self.history: KeyringHistory | None = None
        """The collection's keyrings; None before the first."""
        with hold_lock(layout.lock, patience=patience):
            self.index = open_index(layout)
            self._recover()

    def _make_log(self, memory: SignedCheckpoints | None) -> Log:
        signing = self._signing
        return Log(
            LogFolder(self._layout.log),
            signing.origin,
            log_signers(signing.key, signing.origin),
            lambda: int(signing.now().timestamp()),
            confirm=self._confirmation.bears_out,
            memory=memory,
        )

    def close(self) -> None:
        """Give the index back."""
        self.index.close()

    def commit(self, drafts: Sequence[Draft]) -> list[Row | None]:
        """Store captures; when this returns they are durable.

        Args:
            drafts: at most `MAX_BATCH`.

        Returns:
            A row each, in order; None for one that must be captured again, because its URL has a
            capture in the same second already (replay tools count in whole seconds).

        Raises:
            LockedError: another writer held the lock too long.
            StorageError: full, not writable, or not durable; nothing of it counts as saved.
        """
        rows = self._store(lambda: drafts, Batch.take)
        self._feed(drafts, rows)
        return rows

    def _feed(self, drafts: Sequence[Draft], rows: Sequence[Row | None]) -> None:
        """Give the index of texts what was stored: a cache, for which no commit fails or waits."""
        texts: dict[str, bytes] = {}
        for draft, row in zip(drafts, rows, strict=True):
            found = [part.block for part in draft.parts if part.role == "text"]
            if row is not None and found:
                texts[row.envelope] = found[-1]
        with suppress(StorageError):
            feed_file(self._layout, self.index, texts)

    def append(self, drafts: Sequence[EntryDraft]) -> list[EntryRow]:
        """Store entries that are no captures; when this returns they are durable.

        Raises:
            UsageError: a keyring that is not the next version: another writer was faster.
            LockedError, StorageError: as `commit`.
        """
        return self.append_drafted(lambda: drafts)

    def append_drafted(self, draft: Callable[[], Sequence[EntryDraft]]) -> list[EntryRow]:
        """Store entries that are drafted under the lock, when no other writer is at work.

        Args:
            draft: called when index and log are up to date, perhaps twice; it may give none.

        Raises:
            UsageError, LockedError, StorageError: as `append`; what `draft` raises.
        """

        def check() -> Sequence[EntryDraft]:
            drafts = draft()
            for item in drafts:
                self._check_version(item)
            return drafts

        return self._store(check, Batch.take_entry)

    def learn_keys(self) -> None:
        """Read the keyrings from the files, not by the index, which may hide one.

        What the next keyring is made from must be the last one: whatever is logged stays logged.

        Raises:
            LockedError, StorageError: as `commit`.
        """
        with hold_lock(self._layout.lock, patience=self._patience):
            self._rebuild()
            self._recover()

    def _check_version(self, draft: EntryDraft) -> None:
        """A wrong keyring would stand in the log for ever."""
        last = self.history.latest.version if self.history else 0
        if draft.kind == "keyring" and draft.body["version"] != last + 1:
            raise UsageError("the collection's keys were changed meanwhile", hint="try again")

    def confirm(self, row: Row) -> CaptureStatement | None:
        """The statement that a row was made from; None when the files do not bear the row out."""
        return self._confirmation.confirm(row)

    def _store(
        self, draft: Callable[[], Sequence[_D]], take: Callable[[Batch, _D], _T]
    ) -> list[_T]:
        """Store under the lock, the index brought up to the files before."""
        with hold_lock(self._layout.lock, patience=self._patience):
            if not self.index.stands:
                self.index.close()
                self.index = open_index(self._layout)
            self._recover()
            try:
                with self.index.hold():
                    return self._begin().store(draft(), take)
            except UnconfirmedError:
                self._rebuild()
            with self.index.hold():
                return self._begin().store(draft(), take)

    def _begin(self) -> Batch:
        return Batch(
            self._layout,
            self._signing,
            self.index,
            self._file_size,
            self._confirmation,
            self._log,
        )

    def _rebuild(self) -> None:
        """Make the index anew: it says what the files do not."""
        marks = {name: file.size for name, file in self.index.files().items()}
        self.index.close()
        self._confirmation.forget()
        self.index = rebuild_index(self._layout, marks)

    def _recover(self) -> None:
        for torn in catch_up(self._layout, self.index):
            aside = quarantine(self._layout, torn)
            if aside is not None:
                self._report(torn, aside)
        refuse_chains(self._layout, self.index)
        if self._log is None:
            return
        try:
            self._bring_up(self._log)
        except (UnconfirmedError, KeyRefusedError):  # the index may hide a keyring, too
            self._rebuild()
            self._bring_up(self._log)

    def _bring_up(self, log: Log) -> None:
        """Follow the keyrings, of which another writer may have added one; then the log."""
        number = len(self.index.entries("keyring"))
        if number != self._keyrings:
            key = self._signing.key.public
            self.history = read_history(self._layout, self.index)
            check_current(self.history, key)
            self._confirmation.accept(list_keys(self.history, key))
            log.known = list_log_keys(self.history)
            self._keyrings = number
        log.recover(self.index)
