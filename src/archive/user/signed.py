"""What this user's keys have signed last of each log: the signer's memory.

A log must never sign a checkpoint that contradicts an earlier one (C2SP tlog-checkpoint), and the
collection's folder cannot say what was signed: a backup that was brought back, or another copy that
was added to, looks whole. So the last checkpoint signed of each log is kept beside the private
keys, by the log's origin and key, in a file that is named by the SHA-256 of both.
"""

from __future__ import annotations

from pathlib import Path

from attrs import frozen

from archive.digest import sha256
from archive.user.checkpoints import KeptCheckpoints, keep_checkpoint, load_checkpoint
from archive.user.keystore import Keystore

__all__ = ["SignedCheckpoints"]


@frozen
class SignedCheckpoints:
    """The checkpoints that a user's keys have signed last, one a log.

    Attributes:
        folder: where they lie; it need not be there yet.
        seen: what the user's verifications and followings have seen: asked where nothing was
            signed yet by a key, such as after it was brought to another machine.
    """

    folder: Path
    seen: KeptCheckpoints

    @classmethod
    def beside(cls, keystore: Keystore) -> SignedCheckpoints:
        """Those of a user's keys."""
        return cls(keystore.root / "signed", KeptCheckpoints.of_user())

    def load(self, origin: str, key: str) -> bytes | None:
        """The last checkpoint signed of a log, else the last one seen of it; None without either.

        Args:
            origin: the log's name.
            key: the log's verifier key.

        Raises:
            InputError: it is not readable: what was signed must not be forgotten silently.
            StorageError: the disk fails.
        """
        return load_checkpoint(self._path(origin, key)) or self.seen.load(origin)

    def keep(self, origin: str, key: str, signed: bytes) -> None:
        """Put a checkpoint that is about to be published in the place of the one before, durably.

        Raises:
            StorageError: full, not writable, or not durable: nothing may be published.
        """
        keep_checkpoint(self._path(origin, key), signed)

    def _path(self, origin: str, key: str) -> Path:
        name = sha256(f"{origin}\n{key}".encode())
        return self.folder / f"{name}.checkpoint"
