"""Files of a collection, opened only when they are files: a pipe would be waited on for ever."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import BinaryIO

from archive.errors import InputError

__all__ = ["check_regular", "open_regular"]


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
