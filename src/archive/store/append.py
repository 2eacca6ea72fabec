"""Appending to one WARC file: write, read back, compare; make durable or undo."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import BinaryIO

from archive.disk.durable import sync_file, sync_folder, wrap_error
from archive.errors import StorageError, WarcError
from archive.proof.statement import Warcinfo
from archive.warc.stream import read_member
from archive.warc.writer import END, compress_pieces

__all__ = ["OpenFile"]


class OpenFile:
    """A WARC file that a commit appends to.

    Args:
        path: the file; made when it is not there.
        size: its length so far, in bytes; 0 for a new one.
        warcinfo: its first record.

    Raises:
        StorageError: it cannot be opened.
    """

    def __init__(self, path: Path, size: int, warcinfo: Warcinfo) -> None:
        self.path = path
        self.size = size
        self.warcinfo = warcinfo
        self._start = size
        try:
            # Read and append; unbuffered, so that what is read back is what was written.
            self._file: BinaryIO = open(path, "a+b", buffering=0)  # noqa: SIM115
        except OSError as error:
            raise wrap_error(error, "opening a WARC file", path) from error

    def append(self, records: Sequence[tuple[bytes, bytes]]) -> list[int]:
        """Write records, each a gzip member of its own, and read them back.

        Args:
            records: (header, block) of each.

        Returns:
            Where each record begins in the file.

        Raises:
            StorageError: not written, or not what is read back.
        """
        offsets = [self.size]
        try:
            for head, block in records:
                pieces = compress_pieces(head, block)
                offsets.append(offsets[-1] + sum(_write_all(self._file, piece) for piece in pieces))
            self._file.seek(self.size)
            self._compare(records, [end - start for start, end in pairwise(offsets)])
        except OSError as error:
            raise wrap_error(error, "writing a WARC file", self.path) from error
        self.size = offsets.pop()
        return offsets

    def _compare(self, records: Sequence[tuple[bytes, bytes]], sizes: Sequence[int]) -> None:
        """What stands in the file must equal what was to be written, byte for byte."""
        try:
            same = all(
                _are(read_member(self._file, size), (head, block, END))
                for (head, block), size in zip(records, sizes, strict=True)
            )
            same = same and not self._file.read(1)
        except WarcError:
            same = False
        if not same:
            raise StorageError("records read back differ from those written", where=str(self.path))

    def sync(self) -> None:
        """Make durable what was appended, and the file's name if it is new."""
        sync_file(self._file, self.path)
        if self._start == 0:
            sync_folder(self.path.parent)

    def undo(self) -> bool:
        """Take back what was appended and not made durable.

        Returns:
            Whether that was possible; else the file has a torn tail.
        """
        try:
            os.ftruncate(self._file.fileno(), self._start)
            if self._start == 0:
                self.path.unlink()
        except OSError:
            return False
        return True

    def close(self) -> None:
        """Close the file."""
        self._file.close()


def _write_all(file: BinaryIO, data: bytes) -> int:
    view = memoryview(data)
    while view:
        view = view[file.write(view) :]
    return len(data)


def _are(pieces: Iterable[bytes], parts: Sequence[bytes]) -> bool:
    """Whether the pieces, put together, are the parts put together."""
    left = [memoryview(part) for part in parts]
    for piece in pieces:
        at = 0
        while at < len(piece):
            if not left:
                return False
            wanted = left[0][: len(piece) - at]
            # Not ==, which compares memoryviews item by item, twenty times as slowly.
            if not piece.startswith(wanted, at):
                return False
            at += len(wanted)
            left[0] = left[0][len(wanted) :]
            if not left[0]:
                del left[0]
    return not any(left)
