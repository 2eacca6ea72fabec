"""Making a log's tiles anew where they are damaged; needs no key, for the root decides."""

from __future__ import annotations

from archive.disk.layout import Layout
from archive.errors import ArchiveError, InputError
from archive.index.queries import Index
from archive.proof.checkpoint import read_checkpoint
from archive.proof.tiles import Edge
from archive.store.tiles import LogFolder

__all__ = ["mend_tiles"]


def mend_tiles(layout: Layout, origin: str, index: Index) -> int:
    """Write every tile that is not what the entries give, if these have the checkpoint's root.

    Args:
        layout: where the collection lies, locked.
        origin: the log's name.
        index: up to date with the files.

    Returns:
        How many tiles were written. None are where there is no checkpoint, or where the entries
        are not those that it commits to, which is for `archive verify` to tell.

    Raises:
        StorageError: full, not writable, or not durable.
    """
    folder = LogFolder(layout.log)
    try:
        signed = folder.read_checkpoint()
        head = read_checkpoint(signed) if signed is not None else None
    except InputError:
        return 0
    if head is None or head.origin != origin:
        return 0
    growth = Edge().grow(index.leaves(head.size))
    if (growth.edge.size, growth.edge.root()) != (head.size, head.root):
        return 0
    bad = [(path, data) for path, data in growth.tiles if _read(folder, path.to_text()) != data]
    folder.write(bad)
    return len(bad)


def _read(folder: LogFolder, path: str) -> bytes | None:
    try:
        return folder.read(path)
    except ArchiveError:
        return None
