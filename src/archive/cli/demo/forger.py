"""The forger of the demonstration: careful, and without the key."""

from __future__ import annotations

from pathlib import Path

from archive.digest import sha256
from archive.warc.reader import RecordReader
from archive.warc.writer import compress

__all__ = ["forge"]

_BLANK = b"\r\n\r\n"


def forge(path: Path, old: bytes, new: bytes) -> None:
    """Change words in every record that has them, and make digests and gzip fit again."""
    with open(path, "rb") as file:
        reader = RecordReader(file)
        records = [(record, reader.read_block(1 << 24)) for record in reader]
    forged = []
    for record, block in records:
        changed = block.replace(old, new)
        body, was = changed.partition(_BLANK)[2], block.partition(_BLANK)[2]
        digests = {sha256(block): sha256(changed), sha256(was): sha256(body)}
        head = record.head.decode()
        for before, after in digests.items():
            head = head.replace(before, after)
        forged.append(compress(head.encode(), changed))
    path.write_bytes(b"".join(forged))
