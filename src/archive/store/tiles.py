"""A log's files in a folder: tiles that are durable before the checkpoint that speaks of them.

One append writes, in this order, and each step is on the disk before the next begins:

1. the new tiles, whole and partial, each under another name, synced, then renamed; then the folders
   that they are in;
2. nothing in place of the partial tiles that a whole one has overtaken: they are removed;
3. the checkpoint, under another name, synced, renamed, its folder synced.

Whoever dies in between leaves the old checkpoint, and beside it tiles that it does not speak of,
whose beginnings are what it does speak of: the next append writes the same again.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from pathlib import Path

from attrs import frozen

from archive.disk.durable import (
    make_folder,
    replace_file,
    sync_file,
    sync_folder,
    wrap_error,
)
from archive.disk.regular import read_regular
from archive.proof.note import MAX_SIZE
from archive.proof.tiles import MAX_BUNDLE, WIDTH, TilePath

__all__ = ["LogFolder"]

_NEW = ".new"


@frozen
class LogFolder:
    """The folder of one log; a `archive.proof.tiles.TileReader`."""

    root: Path

    def read(self, path: str) -> bytes | None:
        """The bytes of a file of the log; None when there is none.

        Raises:
            InputError: it is no regular file, not readable, or larger than any tile.
            StorageError: the disk fails.
        """
        return self._read(path, MAX_BUNDLE)

    def read_checkpoint(self) -> bytes | None:
        """The signed checkpoint; None when nothing was ever published. Errors as `read`."""
        return self._read("checkpoint", MAX_SIZE)

    def write(self, tiles: Iterable[tuple[TilePath, bytes]]) -> None:
        """Write tiles durably, then remove the partial tiles that whole ones have overtaken.

        Raises:
            StorageError: full, not writable, or not durable: nothing may be published on it.
        """
        written = []
        for path, data in tiles:
            place = self._place(path)
            self._make_folder(place.parent)
            _write_new(place, data)
            written.append((path, place))
        for _, place in written:
            try:
                os.replace(place.with_name(place.name + _NEW), place)
            except OSError as error:
                raise wrap_error(error, "writing a tile", place) from error
        for folder in {place.parent: None for _, place in written}:
            sync_folder(folder)
        for path, place in written:
            if path.width == WIDTH:
                _remove(place.with_name(place.name + ".p"))

    def publish(self, checkpoint: bytes) -> None:
        """Put a signed checkpoint in the place of the one before, durably.

        Raises:
            StorageError: full, not writable, or not durable.
        """
        self._make_folder(self.root)
        replace_file(self.root / "checkpoint", checkpoint)

    def _place(self, path: TilePath) -> Path:
        return self.root / path.to_text()

    def _make_folder(self, folder: Path) -> None:
        """Make a folder, and sync every one above it that has got a new name in it."""
        missing = []
        while not folder.is_dir():
            missing.append(folder)
            folder = folder.parent
        for new in reversed(missing):
            make_folder(new)
            sync_folder(new.parent)

    def _read(self, path: str, largest: int) -> bytes | None:
        return read_regular(self.root / path, largest, "a file of the log")


def _write_new(place: Path, data: bytes) -> None:
    temporary = place.with_name(place.name + _NEW)
    try:
        with open(temporary, "wb") as file:
            file.write(data)
            sync_file(file, temporary)
    except OSError as error:
        raise wrap_error(error, "writing a tile", place) from error


def _remove(folder: Path) -> None:
    """Remove a folder of partial tiles; what cannot be removed does no harm where it is."""
    shutil.rmtree(folder, ignore_errors=True)
