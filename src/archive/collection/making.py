"""Making and opening collections."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from archive.adding.effects import Effects
from archive.collection.arguments import expect_path
from archive.collection.facade import Collection
from archive.disk.durable import create_file, make_folder, wrap_error
from archive.disk.layout import CollectionSettings, Layout, read_settings, write_settings
from archive.errors import UsageError
from archive.user.keystore import Keystore
from archive.workers.pool import Extractors

__all__ = ["create_collection", "open_collection"]


def create_collection(
    path: str | Path,
    *,
    origin: str | None = None,
    key: str | None = None,
    passphrase: bytes | None = None,
    keystore: Keystore | None = None,
    effects: Effects | None = None,
    log: bool = True,
) -> Collection:
    """Make a collection and open it.

    Args:
        path: its folder; made if need be, must not hold a collection yet.
        origin: the name of its log; by default the folder's name and a random suffix.
        key: fingerprint (or its beginning) of a key to sign with; by default a new one is made.
        passphrase: encrypts the new key.
        keystore: where keys lie; by default the user's.
        effects: clock and randomness.
        log: whether it has a log from its first capture on; one without can adopt one later.

    Returns:
        It, open, with the passphrase that was given.

    Raises:
        UsageError: there is a collection already, or the origin can be no log's name.
        KeyRefusedError: there is no such key.
        StorageError: it cannot be written.
    """
    layout = Layout(expect_path(path))
    _check_origin(origin)
    store = keystore or Keystore.of_user()
    rng = (effects or Effects()).rng
    if layout.exists():
        raise UsageError("there is a collection already", where=str(layout.root))
    found = store.find(key, own=True) if key else None
    make_folder(layout.warc)  # before a key is made, which would be left over where this fails
    make_folder(layout.keys)
    signer = found or store.create(rng, passphrase)
    name = f"{layout.name}-{rng(4).hex()}" if origin is None else origin
    with suppress(FileExistsError):
        pem = store.public(signer).to_pem()
        create_file(layout.keys / f"{signer.fingerprint}.pub.pem", pem)
    try:
        layout.lock.touch()
        create_file(
            layout.settings, write_settings(CollectionSettings(name, signer.fingerprint, log))
        )
    except OSError as error:
        raise wrap_error(error, "making a collection", layout.root) from error
    return open_collection(path, passphrase=lambda: passphrase, keystore=store, effects=effects)


def _check_origin(origin: str | None) -> None:
    """A log's name is not empty and has neither spaces nor ``+`` (C2SP signed-note)."""
    if origin is None:
        return
    if not origin or "+" in origin or any(c.isspace() or not c.isprintable() for c in origin):
        hint = "use no spaces and no +, such as: news.example/press"
        raise UsageError("not a name for a log", where=origin, hint=hint)


def open_collection(
    path: str | Path,
    *,
    create: bool = False,
    passphrase: Callable[[], bytes | None] = lambda: None,
    keystore: Keystore | None = None,
    effects: Effects | None = None,
    file_size: int = 10**9,
    patience: float = 60.0,
    extracting: bool = True,
    extractors: Extractors | None = None,
) -> Collection:
    """Open a collection; nothing is written until something is added.

    Args:
        path: its folder.
        create: make it, with a new unencrypted key, when there is none.
        passphrase: asked when the signing key is encrypted.
        keystore: where keys and pins lie; by default the user's.
        effects: clock, waiting and randomness.
        file_size: bytes after which a WARC file is followed by the next.
        patience: seconds to wait for another writer.
        extracting: whether captured pages are extracted; they can be later.
        extractors: child processes to extract in, to share them between collections; by default
            the collection has its own, as many as there are processors, four at most.

    Raises:
        NoCollectionError: there is none.
        InputError: its settings cannot be read.
    """
    layout = Layout(expect_path(path))
    if create and not layout.exists():
        create_collection(path, keystore=keystore, effects=effects)
    return Collection(
        layout,
        read_settings(layout),
        keystore or Keystore.of_user(),
        passphrase=passphrase,
        effects=effects or Effects(),
        file_size=file_size,
        patience=patience,
        extracting=extracting,
        extractors=extractors or Extractors.for_all_processors(),
        owned=extractors is None,
    )
