"""Time stamps that were stored and not logged, because a process died in between.

A stamp is stored before it is logged, for the log must never name one that is nowhere. What lies
beside the log and is not named in it is logged at the next chance, once: whether it is named is
asked under the lock. Nobody vouches for what lies there, so it must verify again: the checkpoint
under it is of this log's history, and the response is of an authority that the settings name, whose
URL goes into the entry. What does not verify is left alone, for `archive verify` to tell.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

from archive.digest import sha256
from archive.disk.files import SMALL, read_file
from archive.disk.layout import AskedAuthority, CollectionSettings, Layout
from archive.errors import ArchiveError, IntegrityError
from archive.index.entries import EntryRow
from archive.index.queries import Index
from archive.proof.authority import Authority
from archive.proof.bodies import TimestampEntry, TreeHead
from archive.proof.checkpoint import open_checkpoint
from archive.proof.history import compare_checkpoints
from archive.proof.tiles import TiledLog
from archive.store.draft import EntryDraft
from archive.store.keyrings import list_log_keys
from archive.store.stamps import Stamp, Stamps
from archive.store.tiles import LogFolder
from archive.store.writer import Writer

__all__ = ["list_unlogged", "log_stamps", "read_asked"]


def read_asked(asked: AskedAuthority, root: Path) -> Authority:
    """An authority that the settings name.

    Args:
        asked: how they name it.
        root: the collection's folder, below which its certificates lie.

    Raises:
        InputError: its certificates cannot be read.
    """
    pem = read_file(root / asked.root, SMALL)
    pinned = read_file(root / asked.certificate, SMALL) if asked.certificate else None
    return Authority.from_pem(pem, pinned)


def list_unlogged(layout: Layout, index: Index) -> list[str]:
    """Names of the time stamps that no entry of the index names; none where they cannot be listed.

    Raises:
        StorageError: the index cannot be read.
    """
    try:
        names = Stamps(layout.log).names()
    except ArchiveError:  # what cannot be read must not keep anybody from adding
        return []
    logged = {row.about for row in index.entries("timestamp")} if names else set()
    return [name for name in names if name not in logged]


def log_stamps(
    writer: Writer, layout: Layout, settings: CollectionSettings, now: Callable[[], datetime]
) -> list[EntryRow]:
    """Log the time stamps that were stored and not logged; gives their entries.

    Args:
        writer: the collection's.
        layout: where it lies.
        settings: name the log, and the authorities to ask.
        now: the present moment, UTC.

    Raises:
        KeyRefusedError, StorageError, LockedError: they could not be logged.
    """
    if not (settings.log and settings.timestamp and list_unlogged(layout, writer.index)):
        return []

    def draft() -> list[EntryDraft]:
        return [EntryDraft.of(said, now()) for said in _verify(writer, layout, settings)]

    return writer.append_drafted(draft)


def _verify(
    writer: Writer, layout: Layout, settings: CollectionSettings
) -> Iterator[TimestampEntry]:
    """What can be said of those that verify."""
    for name in list_unlogged(layout, writer.index):
        try:
            stamp = Stamps(layout.log).read(name)
            said = _describe(stamp, writer, layout, settings)
        except ArchiveError:
            continue
        if said is not None:
            yield said


def _describe(
    stamp: Stamp, writer: Writer, layout: Layout, settings: CollectionSettings
) -> TimestampEntry | None:
    """The entry of a time stamp, None when it is of none of the authorities.

    Raises:
        ArchiveError: it is over something else than this log; a file cannot be read.
    """
    from archive.proof.timestamp import verify_response  # loads what only time stamps need

    known, folder = list_log_keys(writer.history), LogFolder(layout.log)
    stamped = open_checkpoint(stamp.signed, known).checkpoint
    head = open_checkpoint(folder.read_checkpoint() or b"", known).checkpoint
    log = TiledLog(head.size, head.root, folder)
    if compare_checkpoints(stamped, head, log.read_root) not in ("same", "grown"):
        raise IntegrityError("a time stamp is over another history", where=stamp.name)
    for asked in settings.timestamp:
        try:
            found = verify_response(stamp.response, stamp.signed, [read_asked(asked, layout.root)])
        except ArchiveError:
            continue
        time = f"{found.time:%Y-%m-%dT%H:%M:%SZ}"
        digest, root = sha256(stamp.response), stamped.root.hex()
        return TimestampEntry(stamp.name, digest, asked.url, time, TreeHead(stamped.size, root))
    return None
