"""The log as a collection's writer keeps it: one leaf an envelope, in the order of the sequence.

What is in the log is decided by the checkpoint alone: it is verified with the log's own keys, and
the tiles must have its root. Where they have not, or are gone, they are made again from the leaf
hashes of the entries (which stand in the WARC files), if those have the checkpoint's root; if not,
nothing is written: a log that no longer has its entries must be seen, not mended.

The envelope with sequence n is the log's entry n. A commit that died between WARC and log leaves
the log behind: the next writer appends the rest. The log is never taken back: one that has more
entries than the WARC files, or others, stops the writer, because captures are missing.

What the index says of envelopes is confirmed from the files before it is logged; where it only
fills tiles that were lost, the checkpoint's root confirms it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from attrs import define, field, frozen

from archive.errors import VERIFY, Hint, InputError, IntegrityError, StorageError
from archive.index.entries import EntryRow
from archive.index.queries import Index
from archive.index.rows import Row
from archive.proof.checkpoint import Checkpoint, open_checkpoint
from archive.proof.keyring import Keyring
from archive.proof.keys import PrivateKey
from archive.proof.merkle import EMPTY_ROOT
from archive.proof.mldsa import MldsaPrivateKey
from archive.proof.note import SignatureChecker
from archive.proof.signer import NoteSigner, sign_note
from archive.proof.tiles import Edge, TiledLog
from archive.store.confirmation import UnconfirmedError
from archive.store.draft import EntryDraft
from archive.store.tiles import LogFolder
from archive.user.signed import SignedCheckpoints

__all__ = ["Log", "LogState", "derive_log_key", "log_signers"]

_MISSING = "bring the missing WARC files back; a log cannot be shortened"
_WAY_OUT = Hint(
    "a backup was brought back, or another copy was added to: bring those files back; where they"
    " are lost for good, keep this collection as it is and go on in a new one: archive.create(…)",
    command="a backup was brought back, or another copy was added to: bring those files back; where"
    " they are lost for good, keep this collection as it is and go on in a new one: archive init",
)
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


@frozen
class LogState:
    """A log at one moment.

    Attributes:
        checkpoint: what the verified checkpoint says.
        signed: its bytes, or None for a log that has never published one.
        edge: the tiles that are not full.
    """

    checkpoint: Checkpoint
    signed: bytes | None
    edge: Edge


@define
class Log:
    """A log and who signs it. Methods that write are called by whoever holds the lock.

    Attributes:
        folder: where its files lie.
        origin: its name.
        signers: the log's own keys, in the order in which they sign.
        known: further keys that may have signed the checkpoint that is there: earlier ones.
        now: seconds since 1970.
        confirm: whether the files bear a row out.
        memory: what its key has signed last; None where nobody remembers.
    """

    folder: LogFolder
    origin: str
    signers: tuple[NoteSigner, ...]
    now: Callable[[], int]
    known: tuple[SignatureChecker, ...] = ()
    confirm: Callable[[Row | EntryRow], bool] = lambda _: False
    memory: SignedCheckpoints | None = None
    _state: LogState | None = field(default=None, init=False)
    _keyed: bool = field(default=False, init=False)
    _sought: bool = field(default=False, init=False)  # made the index anew for the first keyring
    _forgot: bool = field(default=False, init=False)  # made it anew for what was signed before

    def read_head(self) -> tuple[Checkpoint, bytes | None]:
        """The verified checkpoint and its bytes; those of an empty log where there is none.

        Raises:
            UnconfirmedError: the checkpoint is malformed, or not signed by its keys: the index may
                hide a keyring.
            StorageError: it is another log's.
        """
        data = self.folder.read_checkpoint()
        if data is None:
            return Checkpoint(self.origin, 0, EMPTY_ROOT), None
        try:
            known = [signer.verifier for signer in self.signers]
            checkpoint = open_checkpoint(data, [*known, *self.known]).checkpoint
        except (InputError, IntegrityError) as error:
            message = f"the log's checkpoint cannot be gone on from: {error}"
            raise UnconfirmedError(message, where=str(self.folder.root), hint=VERIFY) from error
        if checkpoint.origin != self.origin:
            raise self._refuse("the checkpoint is another log's")
        return checkpoint, data

    def load(self) -> LogState:
        """The log as its checkpoint says.

        Raises:
            StorageError: as `read_head`.
            InputError, IntegrityError: tiles are missing or damaged: see `rebuild`.
        """
        checkpoint, data = self.read_head()
        edge = Edge.load(checkpoint.size, checkpoint.root, self.folder)
        return LogState(checkpoint, data, edge)

    def append(self, state: LogState, leaves: Sequence[bytes]) -> LogState:
        """Append leaf hashes and publish one checkpoint over them all.

        Returns:
            The log afterwards; everything of it is durable.

        Raises:
            StorageError: full, not writable, or not durable; the log is as it was.
        """
        growth = state.edge.grow(leaves)
        self.folder.write(growth.tiles)
        checkpoint = Checkpoint(self.origin, growth.edge.size, growth.edge.root())
        signed = sign_note(checkpoint.to_text(), self.signers, self.now())
        if self.memory is not None:  # before anybody can see it
            self.memory.keep(self.origin, self._key, signed)
        self.folder.publish(signed)
        return LogState(checkpoint, signed, growth.edge)

    def rebuild(self, leaves: Iterable[bytes]) -> LogState:
        """Write every tile anew from leaf hashes, and leave the checkpoint as it is.

        Args:
            leaves: those of the log's entries, from the first, as many as the checkpoint says.

        Raises:
            StorageError: as `read_head`, or the leaves are not what the checkpoint committed to.
        """
        checkpoint, data = self.read_head()
        growth = Edge().grow(leaves)
        if (growth.edge.size, growth.edge.root()) != (checkpoint.size, checkpoint.root):
            raise self._refuse("the entries are not those that the log's checkpoint committed to")
        self.folder.write(growth.tiles)
        return LogState(checkpoint, data, growth.edge)

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
        if state is None or state.signed != self.folder.read_checkpoint():
            state = self._load_mended(index)
        if state.checkpoint.size > total:
            raise self._doubt(f"the log has {state.checkpoint.size} entries, the files {total}")
        if self.memory is not None:
            self._remember(self.memory, state, index, total)
        while state.checkpoint.size < total:
            state = self.append(state, self._read(index, state.checkpoint.size, total))
        self._state = state

    @property
    def _key(self) -> str:
        return self.signers[0].verifier.to_vkey()

    def _remember(
        self, memory: SignedCheckpoints, state: LogState, index: Index, total: int
    ) -> None:
        """Hold the log, and what is to be logged, against what was signed of it before.

        Raises:
            UnconfirmedError: once, when something else was signed, or more, by what the index says.
            StorageError: also when it was made anew: nothing may be signed on this.
        """
        signed = memory.load(self.origin, self._key)
        if signed is None or signed == state.signed:
            return
        try:
            own = [signer.verifier for signer in self.signers]
            before = open_checkpoint(signed, [*own, *self.known]).checkpoint
        except IntegrityError:
            return  # seen of another log of this name
        if before.size > total:
            raise self._forget(f"{before.size} entries of this log were signed, here are {total}")
        if before.size > state.checkpoint.size:
            root = Edge().grow(index.leaves(before.size)).edge.root()
        elif before.size == state.checkpoint.size:
            root = state.checkpoint.root
        else:
            tiled = TiledLog(state.checkpoint.size, state.checkpoint.root, self.folder)
            root = tiled.read_root(before.size)
        if root != before.root:
            raise self._forget(f"other entries were signed as the first {before.size} of this log")

    def _forget(self, message: str) -> StorageError:
        """Why nothing is signed: what was signed cannot be taken back.

        The first time it may be the index that says so, and not the files.
        """
        if not self._forgot:
            self._forgot = True
            return self._doubt(message)
        return StorageError(message, where=str(self.folder.root), hint=_WAY_OUT)

    def commit(self, leaves: Sequence[bytes]) -> None:
        """Log what a commit has just made durable, and publish one checkpoint.

        Raises:
            StorageError: full, not writable, or not durable; the next writer logs the rest.
        """
        if self._state is not None:
            self._state = self.append(self._state, leaves)

    def draft_keyring(
        self, index: Index, key: PrivateKey, now: Callable[[], datetime]
    ) -> EntryDraft | None:
        """The first keyring, which binds the log's keys; None when there is a keyring.

        Args:
            index: up to date with the files.
            key: the key that signs.
            now: the present moment, UTC.

        Raises:
            UnconfirmedError: once, when there are envelopes and the index has no keyring among
                them: a second first one would stand in the log for ever.
        """
        self._keyed = self._keyed or bool(index.entries("keyring"))
        if self._keyed:
            return None
        if index.last() is not None and not self._sought:
            self._sought = True
            raise self._doubt("the index has no keyring")
        verifiers = tuple(signer.verifier for signer in self.signers)
        return EntryDraft.of(Keyring(1, 1, (key.public,), verifiers), now())

    def _load_mended(self, index: Index) -> LogState:
        """The log as its checkpoint says, its tiles made anew from the index if need be."""
        try:
            state = self.load()
        except (InputError, IntegrityError):
            state = self._mend(index)
        self._compare_last(state, index)
        return state

    def _mend(self, index: Index) -> LogState:
        size = self.read_head()[0].size
        try:
            return self.rebuild(index.leaves(size))
        except StorageError as error:
            raise self._doubt(error.message) from error

    def _compare_last(self, state: LogState, index: Index) -> None:
        """The log's last entry is the file's: each names the one before, so all are."""
        size = state.checkpoint.size
        if size == 0:
            return
        try:
            log = TiledLog(size, state.checkpoint.root, self.folder)
            leaf = log.read_leaf(size - 1)
        except (InputError, IntegrityError):
            self._mend(index)
            leaf = log.read_leaf(size - 1)
        row = index.at(size - 1)
        if row is None:
            raise self._doubt(f"the log has {size} entries, more than the files")
        if row.leaf != leaf.hex():
            raise self._doubt(f"entry {size - 1} of the log is not what the files hold")

    def _read(self, index: Index, start: int, total: int) -> list[bytes]:
        """Leaf hashes of envelopes that are not in the log yet, each confirmed from the files."""
        leaves = []
        before = index.at(start - 1) if start else None
        for sequence in range(start, min(total, start + _BATCH)):
            row = index.at(sequence)
            if row is None or not self.confirm(row):
                raise self._doubt(f"envelope {sequence} does not stand in the files")
            if row.prior != (before.envelope if before else None):
                raise self._doubt(f"envelope {sequence} does not follow the one before it")
            leaves.append(bytes.fromhex(row.leaf))
            before = row
        return leaves

    def _doubt(self, message: str) -> UnconfirmedError:
        return UnconfirmedError(message, where=str(self.folder.root), hint=_MISSING)

    def _refuse(self, message: str) -> StorageError:
        return StorageError(message, where=str(self.folder.root), hint=VERIFY)
