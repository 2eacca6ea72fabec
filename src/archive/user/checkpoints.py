"""Checkpoints that are remembered outside any collection, in the user's folders.

A verifier keeps the last checkpoint that it has seen of each log, and a witness the last that it
has cosigned: each is a file of its own, named by the SHA-256 of the log's origin, with the signed
checkpoint's exact bytes, replaced as a whole. Who follows logs keeps the last checkpoint of each
*source* besides, named by the SHA-256 of the folder or URL; and of a source that contradicted what
was seen the two checkpoints that show it.
"""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs
from attrs import frozen

from archive.digest import sha256
from archive.disk.durable import make_folder, replace_file, wrap_read_error
from archive.disk.regular import open_regular
from archive.errors import InputError
from archive.proof.checkpoint import read_checkpoint
from archive.proof.note import MAX_SIZE

__all__ = ["FollowedSources", "KeptCheckpoints", "keep_checkpoint", "load_checkpoint"]


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
        data = load_checkpoint(path)
        if data is not None and read_checkpoint(data).origin != origin:
            raise InputError("a kept checkpoint is another log's", where=str(path))
        return data

    def keep(self, origin: str, signed: bytes) -> None:
        """Put a signed checkpoint in the place of the one kept, durably.

        Raises:
            StorageError: full, not writable, or not durable; the one before is still kept.
        """
        keep_checkpoint(self._path(origin), signed)

    def _path(self, origin: str) -> Path:
        return self.folder / f"{sha256(os.fsencode(origin))}.checkpoint"


@frozen
class FollowedSources:
    """What was last seen of each source of logs; the folder need not be there yet."""

    folder: Path

    @classmethod
    def of_user(cls) -> FollowedSources:
        """Those that this user follows (``XDG_STATE_HOME`` moves them)."""
        return cls(Path(platformdirs.user_state_path("article-archive")) / "followed")

    def load(self, source: str) -> bytes | None:
        """The signed checkpoint that a source showed last, or None.

        Raises:
            InputError, StorageError: as `KeptCheckpoints.load`.
        """
        return load_checkpoint(self._path(source, "checkpoint"))

    def keep(self, source: str, signed: bytes) -> None:
        """Put a signed checkpoint in the place of the one kept, durably.

        Raises:
            StorageError: as `KeptCheckpoints.keep`.
        """
        keep_checkpoint(self._path(source, "checkpoint"), signed)

    def keep_conflict(self, source: str, seen: bytes, shown: bytes) -> tuple[Path, Path]:
        """Keep two signed checkpoints that cannot both be of one history, as evidence.

        Args:
            source: where the second one was shown.
            seen: what was seen before.
            shown: what is shown now.

        Returns:
            Where they lie; an earlier conflict of the source is replaced.

        Raises:
            StorageError: as `KeptCheckpoints.keep`.
        """
        paths = self._path(source, "seen"), self._path(source, "shown")
        for path, signed in zip(paths, (seen, shown), strict=True):
            keep_checkpoint(path, signed)
        return paths

    def _path(self, source: str, ending: str) -> Path:
        return self.folder / f"{sha256(os.fsencode(source))}.{ending}"


def keep_checkpoint(path: Path, signed: bytes) -> None:
    """Put a signed checkpoint in its place, durably, in a folder that is the user's alone.

    Raises:
        StorageError: full, not writable, or not durable; the one before is still kept.
    """
    make_folder(path.parent, 0o700)
    replace_file(path, signed)


def load_checkpoint(path: Path) -> bytes | None:
    """A kept checkpoint that can be read as one, None where there is no file.

    Raises:
        InputError: the file is not readable, or holds no checkpoint.
        StorageError: the disk fails.
    """
    try:
        with open_regular(path) as file:
            data = file.read(MAX_SIZE + 1)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise wrap_read_error(error, "reading a kept checkpoint", path) from error
    try:
        read_checkpoint(data)
    except InputError as error:
        raise InputError(f"a kept checkpoint is damaged: {error}", where=str(path)) from None
    return data
