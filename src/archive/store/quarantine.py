"""Moving torn tails aside: copied to ``warc/quarantine/``, durable there, then cut off.

What is moved was never reported as saved. What proves that is what the tail lacks: it may not hold
a whole envelope of its own file, for then there is damage in the middle and good captures behind
it; and it must end too early, or in the zeros that a disk leaves after a power cut. Tails are
looked at where they lie, in bounded memory and with bounded work: one made to be slow counts as
damage.
"""

from __future__ import annotations

import mmap
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, cast

from isal import isal_zlib

from archive.disk.durable import copy_file, make_folder, sync_file, sync_folder, wrap_error
from archive.disk.layout import Layout
from archive.errors import DocumentError, Hint, StorageError, WarcError
from archive.index.completion import Torn
from archive.index.groups import Tail, read_groups
from archive.proof.bounds import MAX_ENVELOPE
from archive.proof.dsse import Envelope
from archive.proof.entry import read_head
from archive.proof.statement import Warcinfo
from archive.warc.group import ENVELOPE_TYPE
from archive.warc.reader import MAX_HEAD, RecordReader
from archive.warc.stream import Portion

__all__ = ["holds_envelope", "quarantine"]

_MEMBER = b"\x1f\x8b\x08\x00\x00\x00\x00\x00"
_PIECE = 1 << 20
_LOOKS = 100_000
_READINGS = 5_000
_TRAILER = 8  # bytes that end a gzip member; most of them may be zero in a good one
_Damage = cast("type[Exception]", isal_zlib.error)


def quarantine(layout: Layout, torn: Torn) -> Path | None:
    """Move a torn tail aside and cut it off its file; only while the lock is held.

    Returns:
        The file it was moved to; None for a file without a byte, which is only taken away.

    Raises:
        StorageError: it is damage and no torn tail, or the disk failed.
    """
    path, offset = torn.path, torn.tail.offset
    aside = None
    try:
        with open(path, "r+b") as file:
            if layout.files()[-1] != path:
                raise _refuse(torn)  # no writer goes on to the next file before this one is safe
            if path.stat().st_size:
                if not _is_torn(torn, file):
                    raise _refuse(torn)
                aside = _keep(layout, f"{path.name}.{offset}.torn", file, offset)
                file.truncate(offset)
                sync_file(file, path)
        if offset == 0:
            path.unlink()
            sync_folder(path.parent)
    except OSError as error:
        raise wrap_error(error, "moving a torn tail aside", path) from error
    return aside


def _refuse(torn: Torn) -> StorageError:
    return StorageError(
        f"the file is damaged: {torn.tail.message}",
        where=f"{torn.path}, byte {torn.tail.offset}",
        hint=Hint(
            "bring it back from a copy; Collection.verify() says what is left",
            command="bring it back from a copy; archive verify says what is left",
        ),
    )


def _is_torn(torn: Torn, file: BinaryIO) -> bool:
    """Whether a tail ends too early and holds nothing that may have been reported as saved."""
    start = torn.tail.offset
    with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        if holds_envelope(data, start, torn.warcinfo):
            return False
        if torn.tail.torn:
            return True
        end = _find_zeros(data, start)
        if end == start:
            return True
        if len(data) - end <= _TRAILER:
            return False
        data.seek(start)
        *_, last = read_groups(Portion(data, end - start), base=start, where=torn.path.name)
    return isinstance(last, Tail) and last.torn


def _find_zeros(data: mmap.mmap, start: int) -> int:
    """Where the zeros begin that a file ends with."""
    end = len(data)
    while end > start:
        piece = data[max(start, end - _PIECE) : end]
        rest = len(piece.rstrip(b"\0"))
        end -= len(piece) - rest
        if rest:
            break
    return end


def holds_envelope(data: mmap.mmap | bytes, start: int, warcinfo: Warcinfo | None) -> bool:
    """Whether a whole envelope of this file stands anywhere from `start` on.

    Args:
        data: the file.
        start: where to begin.
        warcinfo: the file's first record, which its envelopes name: what a captured page may have
            brought along is none of them. None: any envelope counts.

    Returns:
        True also when there are so many things to look at that no writer can have left them.
    """
    readings = 0
    at = start - 1
    for _ in range(_LOOKS):
        at = data.find(_MEMBER, at + 1)
        if at < 0:
            return False
        if _seems_envelope(data[at : at + MAX_HEAD]):
            readings += 1
            piece = data[at : at + 4 * MAX_ENVELOPE]
            if readings > _READINGS or _reads_as_envelope(piece, warcinfo):
                return True
    return True


def _seems_envelope(data: bytes) -> bool:
    """Whether a gzip member begins like an envelope's record; a cheap look."""
    try:
        head = isal_zlib.decompressobj(31).decompress(data, MAX_HEAD)
    except _Damage:
        return False
    return head.startswith(b"WARC/") and ENVELOPE_TYPE.encode("ascii") in head


def _reads_as_envelope(data: bytes, warcinfo: Warcinfo | None) -> bool:
    try:
        reader = RecordReader(BytesIO(data))
        record = reader.next_record()
        if record is None or record.get("Content-Type") != ENVELOPE_TYPE:
            return False
        envelope = Envelope.from_bytes(reader.read_block(MAX_ENVELOPE))
        reader.finish()
        said = read_head(envelope.payload)
    except (WarcError, DocumentError):
        return False
    return warcinfo is None or said.warcinfo.id == warcinfo.id


def _keep(layout: Layout, name: str, file: BinaryIO, offset: int) -> Path:
    """Copy a file's end to quarantine, beside what stands there already."""
    make_folder(layout.quarantine)
    sync_folder(layout.warc)
    names = (name, *(f"{name}.{number}" for number in range(1, 1000)))
    for path in (layout.quarantine / candidate for candidate in names):
        with suppress(FileExistsError):
            file.seek(offset)
            copy_file(file, path)
            return path
    raise StorageError("too many quarantined tails of one name", where=str(layout.quarantine))
