"""The writer of a collection, with the key that signs for it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from archive.adding.effects import Effects
from archive.adding.versions import versions
from archive.disk.layout import CollectionSettings, Layout
from archive.log.stamping import log_stamps
from archive.store.batch import Signing
from archive.store.writer import Writer
from archive.user.keystore import Keystore
from archive.user.signed import SignedCheckpoints

__all__ = ["open_writer"]


def open_writer(
    layout: Layout,
    settings: CollectionSettings,
    keystore: Keystore,
    passphrase: Callable[[], bytes | None],
    effects: Effects,
    *,
    file_size: int,
    patience: float,
    moved: list[Path],
) -> Writer:
    """Load the key and open the writer, which looks after what was cut short.

    Args:
        layout: where the collection lies.
        settings: what its settings file says.
        keystore: holds the key.
        passphrase: asked when the key is encrypted.
        effects: clock and randomness.
        file_size: bytes after which a WARC file is followed by the next.
        patience: seconds to wait for another writer.
        moved: takes where torn tails were moved to.

    Raises:
        KeyRefusedError: the key is not to be had.
        StorageError, LockedError: it cannot be opened.
    """
    key = keystore.load(settings.key, passphrase)
    writer = Writer(
        layout,
        Signing(key, settings.origin, versions(), effects.now, effects.rng),
        file_size=file_size,
        patience=patience,
        report=lambda _torn, aside: moved.append(aside),
        logged=settings.log,
        memory=SignedCheckpoints.beside(keystore),
    )
    if settings.timestamp:
        log_stamps(writer, layout, settings, effects.now)
    return writer
