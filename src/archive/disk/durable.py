"""Bytes that stay: writes that are on the disk when they return.

A file that is made at its final name is whole or absent: it is written under another name, synced,
and only then named. A failed fsync is never retried: after it nobody knows what the disk holds.
"""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from archive.errors import ArchiveError, InputError, StorageError

__all__ = [
    "copy_file",
    "create_file",
    "make_folder",
    "replace_file",
    "sync_file",
    "sync_folder",
    "wrap_error",
    "wrap_read_error",
]

_FULL = "free space, then try again"
_DENIED = "check its permissions, and that it is not on a read-only disk"
_HINTS = {
    errno.ENOSPC: _FULL,
    errno.EDQUOT: _FULL,
    errno.EFBIG: "the disk or a limit of yours allows no larger files",
    errno.EIO: "check the disk",
    errno.EACCES: _DENIED,
    errno.EPERM: _DENIED,
    errno.EROFS: _DENIED,
}


_NO_LINKS = (errno.EPERM, errno.ENOTSUP, errno.ENOSYS, errno.EMLINK, errno.EINVAL)
"""What file systems answer that have no hard links, such as FAT."""


def wrap_error(error: OSError, doing: str, path: Path) -> StorageError:
    """The `StorageError` for an operating system's error."""
    reason = error.strerror or str(error)
    return StorageError(
        f"{doing} failed: {reason}", where=str(path), hint=_HINTS.get(error.errno or 0)
    )


def wrap_read_error(error: OSError, doing: str, path: Path) -> ArchiveError:
    """The error for reading that failed: `InputError` where it is not allowed, else as above."""
    if error.errno in (errno.EACCES, errno.EPERM):
        reason = error.strerror or str(error)
        return InputError(f"unreadable: {reason}", where=str(path), hint="check its permissions")
    return wrap_error(error, doing, path)


def sync_file(file: BinaryIO, path: Path) -> None:
    """Flush and fsync an open file.

    Raises:
        StorageError: it failed; the caller must treat what it wrote as lost.
    """
    try:
        file.flush()
        os.fsync(file.fileno())
    except OSError as error:
        raise wrap_error(error, "making a file durable", path) from error


def sync_folder(path: Path) -> None:
    """Fsync a folder, so that a new or renamed file in it is found after a power cut."""
    try:
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
    except OSError as error:
        raise wrap_error(error, "making a folder durable", path) from error


def make_folder(path: Path, mode: int = 0o777) -> None:
    """Make a folder and those above it; one that is there is left as it is."""
    try:
        path.mkdir(mode=mode, parents=True, exist_ok=True)
    except OSError as error:
        raise wrap_error(error, "making a folder", path) from error


def create_file(path: Path, data: bytes, *, mode: int = 0o666) -> None:
    """Write a new file durably: at its name it is whole, or is not.

    Raises:
        FileExistsError: there is one already.
        StorageError: anything else; nothing of it is left at its name.
    """
    with _make_whole(path, mode) as (file, temporary):
        _write_and_sync(file, data, temporary)


def copy_file(source: BinaryIO, path: Path) -> None:
    """Copy what is left to read of a file into a new one, durably, as `create_file`.

    Raises:
        FileExistsError, StorageError: as `create_file`.
    """
    with _make_whole(path, 0o666) as (file, temporary):
        try:
            shutil.copyfileobj(source, file)
        except OSError as error:
            raise wrap_error(error, "copying a file", path) from error
        sync_file(file, temporary)


@contextmanager
def _make_whole(path: Path, mode: int) -> Iterator[tuple[BinaryIO, Path]]:
    """A file under another name, which is given its own when what is inside has ended well."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.new")
    if os.path.lexists(path):
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path))
    try:
        with _open_new(temporary, mode) as file:
            yield file, temporary
        _name_new(temporary, path)
    finally:
        _drop(temporary)
    sync_folder(path.parent)


def _open_new(path: Path, mode: int) -> BinaryIO:
    try:
        path.unlink(missing_ok=True)  # of a process with this number that was killed
        return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb")
    except OSError as error:
        raise wrap_error(error, "creating a file", path) from error


def _name_new(temporary: Path, path: Path) -> None:
    """Give a file its name, which nobody else may have taken meanwhile."""
    try:
        os.link(temporary, path)
    except FileExistsError:
        raise
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise wrap_error(error, "naming a file", path) from error
        try:
            os.rename(temporary, path)
        except OSError as second:
            raise wrap_error(second, "naming a file", path) from second


def replace_file(path: Path, data: bytes) -> None:
    """Write a file durably under another name, then rename it over `path`.

    Raises:
        StorageError: it failed; what stood at the name stands there still, or the new one whole.
    """
    temporary = path.with_name(path.name + ".new")
    try:
        with open(temporary, "wb") as file:
            _write_and_sync(file, data, temporary)
        os.replace(temporary, path)
    except OSError as error:
        _drop(temporary)
        raise wrap_error(error, "writing a file", path) from error
    except StorageError:
        _drop(temporary)
        raise
    sync_folder(path.parent)


def _drop(temporary: Path) -> None:
    with suppress(OSError):
        temporary.unlink()


def _write_and_sync(file: BinaryIO, data: bytes, path: Path) -> None:
    try:
        file.write(data)
    except OSError as error:
        raise wrap_error(error, "writing a file", path) from error
    sync_file(file, path)
