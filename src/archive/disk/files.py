"""Files that people name: only regular ones are read, and what else it is gets said."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from archive.errors import InputError

__all__ = ["SMALL", "check_file", "read_file"]

SMALL = 1 << 20
"""The most bytes that are read of a file that lists or proves something: certificates, a policy, a
checkpoint, a proof. Real ones have a few thousand."""

_KINDS = {
    stat.S_IFDIR: "a folder",
    stat.S_IFIFO: "a pipe (FIFO)",
    stat.S_IFSOCK: "a socket",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
}


def check_file(path: Path) -> None:
    """Refuse what cannot be read to its end: a pipe, a device, a folder, a file of another's.

    Raises:
        InputError: it is missing, is no regular file, or must not be read.
    """
    try:
        mode = path.stat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        raise InputError("no such file", where=str(path)) from None
    except (OSError, ValueError) as error:
        raise _unreadable(error, path) from None
    if not stat.S_ISREG(mode):
        kind = _KINDS.get(stat.S_IFMT(mode), "something else")
        raise InputError(f"not a file but {kind}", where=str(path))
    if not os.access(path, os.R_OK):
        raise InputError("unreadable: Permission denied", where=str(path))


def read_file(path: Path, size: int) -> bytes:
    """The first `size` bytes of a regular file, or all of it.

    Raises:
        InputError: as `check_file`, or reading fails.
    """
    check_file(path)
    try:
        with open(path, "rb") as file:
            return file.read(size)
    except OSError as error:
        raise _unreadable(error, path) from None


def _unreadable(error: OSError | ValueError, path: Path) -> InputError:
    reason = error.strerror if isinstance(error, OSError) else None
    return InputError(f"unreadable: {reason or error}", where=str(path))
