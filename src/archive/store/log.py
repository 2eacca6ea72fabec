"""The log of a collection: appended to by its one writer, under the collection's lock.

What is in the log is decided by the checkpoint alone: it is verified with the log's own keys, and
the tiles must have its root. Where they have not, or are gone, they are made again from the leaf
hashes of the entries (which stand in the WARC files), if those have the checkpoint's root; if not,
nothing is written: a log that no longer has its entries must be seen, not mended.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from attrs import frozen

from archive.errors import VERIFY, InputError, IntegrityError, StorageError
from archive.proof.checkpoint import Checkpoint, open_checkpoint
from archive.proof.merkle import EMPTY_ROOT
from archive.proof.note import SignatureChecker
from archive.proof.signer import NoteSigner, sign_note
from archive.proof.tiles import Edge
from archive.store.confirmation import UnconfirmedError
from archive.store.tiles import LogFolder

__all__ = ["Log", "LogState"]


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


@frozen
class Log:
    """A log and who signs it. Methods that write are called by whoever holds the lock.

    Attributes:
        folder: where its files lie.
        origin: its name.
        signers: the log's own keys, in the order in which they sign.
        known: further keys that may have signed the checkpoint that is there: earlier ones.
        now: seconds since 1970.
    """

    folder: LogFolder
    origin: str
    signers: tuple[NoteSigner, ...]
    now: Callable[[], int]
    known: tuple[SignatureChecker, ...] = ()

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

    def _refuse(self, message: str) -> StorageError:
        return StorageError(message, where=str(self.folder.root), hint=VERIFY)
