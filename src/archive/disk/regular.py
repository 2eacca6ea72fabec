"""Files of a collection, opened only when they are files: a pipe would be waited on for ever."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import BinaryIO

from archive.disk.durable import wrap_read_error
from archive.errors import InputError

__all__ = ["check_regular", "open_regular", "read_regular"]


def check_regular(mode: int, path: Path) -> None:
    """Refuse what is no regular file, by its mode.

    Raises:
        InputError: it is a pipe, a device, a folder, a socket.
    """
    if not stat.S_ISREG(mode):
        raise InputError("not a regular file", where=str(path))


def open_regular(path: Path) -> BinaryIO:
    """Open a file to read, without waiting for whoever writes into a pipe of that name.

    Raises:
        InputError: it is no regular file.
        OSError: it cannot be opened.
    """
    handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    try:
        check_regular(os.fstat(handle).st_mode, path)
    except InputError:
        os.close(handle)
        raise
    return os.fdopen(handle, "rb")


def read_regular(path: Path, largest: int, what: str) -> bytes | None:
    """The bytes of a small file; None where there is none.

    Args:
        path: of the file.
        largest: the most bytes that it may have.
        what: what it is, for messages: ``a file of the log``.

    Raises:
        InputError: it is no regular file, not readable, or larger.
        StorageError: the disk fails.
    """
    try:
        with open_regular(path) as file:
            data = file.read(largest + 1)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise wrap_read_error(error, f"reading {what}", path) from error
    if len(data) > largest:
        raise InputError(f"{what} is larger than it can be", where=str(path))
    return data
