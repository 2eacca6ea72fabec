"""What a seal says of a WARC file that was closed: its length, digest and number of records."""

from __future__ import annotations

import hashlib
from pathlib import Path

from archive.disk.durable import wrap_read_error
from archive.disk.regular import open_regular
from archive.errors import VERIFY, StorageError, WarcError
from archive.proof.bodies import Seal
from archive.warc.reader import RecordReader
from archive.warc.stream import Counted

__all__ = ["measure_file"]


def measure_file(path: Path) -> Seal:
    """The seal of a file, all of which is read.

    Raises:
        StorageError: it cannot be read to its end.
    """
    hasher = hashlib.sha256()
    try:
        with open_regular(path) as file:
            source = Counted(file, hasher)
            records = sum(1 for _ in RecordReader(source, path.name))
    except OSError as error:
        raise wrap_read_error(error, "reading a WARC file", path) from error
    except WarcError as error:
        message = f"a file cannot be closed: {error.message}"
        raise StorageError(message, where=str(path), hint=VERIFY) from error
    return Seal(path.name, hasher.hexdigest(), source.position, records)
