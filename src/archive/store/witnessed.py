"""Checkpoints of a log that were cosigned, kept beside it: the next commit publishes a new one.

::

    log/witnessed/<size>.checkpoint   the signed checkpoint of so many entries, with cosignatures

None is ever taken away: which of them has a quorum is for the policy of whoever verifies.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from attrs import frozen

from archive.disk.durable import make_folder, replace_file, sync_folder, wrap_read_error
from archive.disk.regular import read_regular
from archive.errors import InputError, IntegrityError
from archive.proof.checkpoint import read_checkpoint
from archive.proof.note import MAX_SIZE, Note

__all__ = ["MOST", "Witnessed"]

_NAME = re.compile(r"([1-9][0-9]{0,18})\.checkpoint\Z")
MOST = 100
"""So many are read, those of most entries."""


@frozen
class Witnessed:
    """The cosigned checkpoints in a log's folder."""

    log: Path

    def add(self, cosigned: bytes) -> None:
        """Keep one durably; signatures of one over the same tree that is there already stay.

        Raises:
            DocumentError: it is no signed checkpoint.
            StorageError: full, not writable, or not durable.
        """
        head = read_checkpoint(cosigned)
        path = self._folder / f"{head.size}.checkpoint"
        make_folder(self._folder)
        sync_folder(self.log)
        try:
            before = Note.from_bytes(self._read(path))
            if read_checkpoint(before.to_bytes()) == head:
                cosigned = before.add(Note.from_bytes(cosigned).signatures).to_bytes()
        except (InputError, IntegrityError):
            pass  # there is none, or nothing that could be gone on from
        replace_file(path, cosigned)

    def sizes(self) -> list[int]:
        """How many entries they have, most first.

        Raises:
            StorageError: the disk fails.
        """
        try:
            names = [path.name for path in self._folder.iterdir()]
        except (FileNotFoundError, NotADirectoryError):
            return []
        except OSError as error:
            raise wrap_read_error(error, "reading a folder", self._folder) from error
        return sorted((int(found[1]) for found in map(_NAME.match, names) if found), reverse=True)

    def latest(self) -> Iterator[bytes]:
        """The last ones, that of most entries first, not verified here.

        Raises:
            InputError: one cannot be read.
            StorageError: the disk fails.
        """
        for size in self.sizes()[:MOST]:
            yield self._read(self._folder / f"{size}.checkpoint")

    @property
    def _folder(self) -> Path:
        return self.log / "witnessed"

    def _read(self, path: Path) -> bytes:
        data = read_regular(path, MAX_SIZE, "a cosigned checkpoint")
        if data is None:
            raise InputError("a cosigned checkpoint is missing", where=str(path))
        return data
