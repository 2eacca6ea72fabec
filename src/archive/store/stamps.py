"""Time stamps beside a log, each with the exact bytes that it is over.

::

    log/timestamps/<size>-<n>.checkpoint   the signed checkpoint as it was stamped
    log/timestamps/<size>-<n>.tsr          the authority's response as received

The size is the checkpoint's number of entries, n counts the stamps over it, from 1. The checkpoint
is durable before its stamp, so that no stamp is ever without what it is over; a stamp gets its name
when it is whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import count
from pathlib import Path

from attrs import frozen

from archive.disk.durable import (
    create_file,
    make_folder,
    replace_file,
    sync_folder,
    wrap_read_error,
)
from archive.disk.regular import read_regular
from archive.errors import InputError
from archive.proof.authority import MAX_RESPONSE
from archive.proof.checkpoint import read_checkpoint
from archive.proof.note import MAX_SIZE as MAX_CHECKPOINT

__all__ = ["Stamp", "Stamps"]

_NAME = re.compile(r"([1-9][0-9]{0,18}|0)-([1-9][0-9]{0,8})\.tsr\Z")


@frozen
class Stamp:
    """A response that was kept, not verified here.

    Attributes:
        name: of the response, below the log's folder.
        signed: the bytes that it is said to be over.
        response: as received.
    """

    name: str
    signed: bytes
    response: bytes


@frozen
class Stamps:
    """The time stamps in a log's folder."""

    log: Path

    def add(self, signed: bytes, response: bytes) -> Stamp:
        """Keep a stamp durably.

        Args:
            signed: the signed checkpoint that was stamped.
            response: what the authority answered, verified by whoever calls.

        Raises:
            DocumentError: `signed` is no checkpoint.
            FileExistsError: somebody else wrote one at the same time; the lock forbids that.
            StorageError: full, not writable, or not durable.
        """
        size = read_checkpoint(signed).size
        make_folder(self._folder)
        sync_folder(self.log)
        taken = {path.stem for path in self._folder.iterdir()}
        stem = next(name for n in count(1) if (name := f"{size}-{n}") not in taken)
        create_file(self._folder / f"{stem}.checkpoint", signed)
        replace_file(self._folder / f"{stem}.tsr", response)
        return Stamp(f"timestamps/{stem}.tsr", signed, response)

    def names(self) -> list[str]:
        """The responses' names, below the log's folder, by size and number.

        Raises:
            StorageError: the disk fails.
        """
        try:
            names = [path.name for path in self._folder.iterdir()]
        except FileNotFoundError:
            return []
        except OSError as error:
            raise wrap_read_error(error, "reading a folder", self._folder) from error
        found = (match for match in map(_NAME.match, names) if match)
        ordered = sorted(found, key=lambda match: (int(match[1]), int(match[2])))
        return [f"{self._folder.name}/{match[0]}" for match in ordered]

    def read(self, name: str) -> Stamp:
        """A stamp by its name.

        Raises:
            InputError: it has no checkpoint, or is a file that cannot be one.
            StorageError: the disk fails.
        """
        signed = self._read(f"{name.removesuffix('.tsr')}.checkpoint", MAX_CHECKPOINT)
        return Stamp(name, signed, self._read(name, MAX_RESPONSE))

    def all(self) -> Iterator[Stamp]:
        """Every stamp, by size and number.

        Raises:
            InputError, StorageError: as `names` and `read`.
        """
        return map(self.read, self.names())

    @property
    def _folder(self) -> Path:
        return self.log / "timestamps"

    def _read(self, name: str, largest: int) -> bytes:
        path = self.log / name
        data = read_regular(path, largest, "a file of a time stamp")
        if data is None:
            raise InputError("a file of a time stamp is missing", where=str(path))
        return data
