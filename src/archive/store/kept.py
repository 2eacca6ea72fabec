"""Checkpoints that are remembered, one a log, outside any collection.

A verifier keeps the last checkpoint that it has seen of each log, and a witness the last that it
has cosigned: each is a file of its own in one of the user's folders, named by the SHA-256 of the
log's origin, with the signed checkpoint's exact bytes, replaced as a whole.
"""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs
from attrs import frozen

from archive.digest import sha256
from archive.errors import InputError
from archive.proof.checkpoint import read_checkpoint
from archive.proof.note import MAX_SIZE
from archive.store.durable import make_folder, replace_file, wrap_read_error
from archive.store.regular import open_regular

__all__ = ["KeptCheckpoints"]


@frozen
class KeptCheckpoints:
    """The checkpoints kept in a folder, which need not be there yet."""

    folder: Path

    @classmethod
    def of_user(cls) -> KeptCheckpoints:
        """Those that this user has seen as a verifier (``XDG_STATE_HOME`` moves them)."""
        return cls(Path(platformdirs.user_state_path("article-archive")) / "checkpoints")

    def load(self, origin: str) -> bytes | None:
        """The signed checkpoint kept for a log, or None.

        Raises:
            InputError: the file is not readable, or is not this log's checkpoint: what was once
                kept must not be forgotten silently.
            StorageError: the disk fails.
        """
        path = self._path(origin)
        try:
            with open_regular(path) as file:
                data = file.read(MAX_SIZE + 1)
        except FileNotFoundError:
            return None
        except OSError as error:
            raise wrap_read_error(error, "reading a kept checkpoint", path) from error
        try:
            found = read_checkpoint(data).origin
        except InputError as error:
            raise InputError(f"a kept checkpoint is damaged: {error}", where=str(path)) from None
        if found != origin:
            raise InputError("a kept checkpoint is another log's", where=str(path))
        return data

    def keep(self, origin: str, signed: bytes) -> None:
        """Put a signed checkpoint in the place of the one kept, durably.

        Raises:
            StorageError: full, not writable, or not durable; the one before is still kept.
        """
        make_folder(self.folder, 0o700)
        replace_file(self._path(origin), signed)

    def _path(self, origin: str) -> Path:
        return self.folder / f"{sha256(os.fsencode(origin))}.checkpoint"
