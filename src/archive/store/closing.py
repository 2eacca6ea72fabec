"""What a seal says of a WARC file that was closed: its length, digest and number of records."""

from __future__ import annotations

import hashlib
from pathlib import Path

from attrs import define, field

from archive.disk.durable import wrap_read_error
from archive.disk.regular import open_regular
from archive.errors import VERIFY, StorageError, WarcError
from archive.proof.bodies import Seal
from archive.warc.reader import Reader
from archive.warc.stream import ByteSource

__all__ = ["measure_file"]


@define
class _Hashing:
    """A source that counts and hashes what is read of it."""

    source: ByteSource
    length: int = 0
    hasher: hashlib._Hash = field(factory=hashlib.sha256)

    def read(self, size: int, /) -> bytes:
        data = self.source.read(size)
        self.length += len(data)
        self.hasher.update(data)
        return data


def measure_file(path: Path) -> Seal:
    """The seal of a file, all of which is read.

    Raises:
        StorageError: it cannot be read to its end.
    """
    try:
        with open_regular(path) as file:
            source = _Hashing(file)
            records = sum(1 for _ in Reader(source, path.name))
    except OSError as error:
        raise wrap_read_error(error, "reading a WARC file", path) from error
    except WarcError as error:
        message = f"a file cannot be closed: {error.message}"
        raise StorageError(message, where=str(path), hint=VERIFY) from error
    return Seal(path.name, source.hasher.hexdigest(), source.length, records)
