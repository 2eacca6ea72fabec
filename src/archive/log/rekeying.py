"""The next keyring of a collection: other keys, another threshold, a key that is revoked.

It is an entry of the log like any other, signed by every key of the version before and of its own
that this user holds. As soon as it is written, entries that the old keys sign do not count.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from attrs import evolve, field, frozen

from archive.disk.layout import CollectionSettings
from archive.errors import Hint, KeyRefusedError, UsageError
from archive.proof.keyring import MAX_KEYS, Keyring
from archive.proof.keys import PrivateKey
from archive.store.draft import EntryDraft
from archive.store.log import log_signers
from archive.store.writer import Writer
from archive.user.keystore import Keystore

__all__ = ["KeyChange", "write_keyring"]

_ROTATE_FIRST = Hint(
    "sign with another first: Collection.change_keys(KeyChange(signer=…))",
    command="archive key rotate first",
)
_EARLIER = Hint(
    "from an earlier entry on: KeyChange(revoked={fingerprint: N})",
    command="from an earlier entry on: --from N",
)


@frozen(kw_only=True)
class KeyChange:
    """What is to be different.

    Attributes:
        signer: fingerprint of the key that signs from now on, instead of the one that does; None
            to leave that.
        fresh: whether a new key is made to sign from now on: once it is sure that it will, and
            protected as the one before.
        add: fingerprints of further keys that may sign.
        threshold: how many keys must agree to the next change; None to leave that.
        revoked: by fingerprint, from which entry on a key never counted; None: from this one on.
    """

    signer: str | None = None
    fresh: bool = False
    add: tuple[str, ...] = ()
    threshold: int | None = None
    revoked: Mapping[str, int | None] = field(factory=dict)


def write_keyring(
    writer: Writer,
    keystore: Keystore,
    settings: CollectionSettings,
    change: KeyChange,
    passphrase: Callable[[], bytes | None],
    now: datetime,
    rng: Callable[[int], bytes],
) -> tuple[Keyring, str | None]:
    """Write the next version; give it, and the key that signs from now on where that is another.

    Args:
        writer: with the key that signs now.
        keystore: holds the keys that must agree.
        settings: the collection's.
        change: what is to be different.
        passphrase: asked for keys that are encrypted.
        now: the present moment, UTC.
        rng: randomness, for a key that is made.

    Raises:
        UsageError: the change makes no keyring.
        KeyRefusedError: too few of the keys that must agree are held.
        StorageError, LockedError: it could not be written.
    """
    writer.learn_keys()
    if writer.history is None:
        writer.append([])  # which writes the first
        writer.learn_keys()
    history, last = writer.history, writer.index.last()
    if history is None or last is None:
        raise UsageError("the collection has no keyring")
    before = history.latest
    wanted = {change.signer, *change.add, settings.key, *_names(before)}
    own = {key.fingerprint for key in keystore.list() if key.own}
    held = {name: keystore.load(name, passphrase) for name in wanted & own if name}
    made = PrivateKey.generate(rng) if change.fresh else None
    if made is not None:
        held[made.public.fingerprint] = made
        change = evolve(change, signer=made.public.fingerprint)
    after = _change(before, change, held, settings, last.sequence + 1)
    _require_agreement(before, held)
    _require_agreement(after, held)
    if made is not None:
        is_protected = keystore.find(settings.key, own=True).is_encrypted
        keystore.keep(made, passphrase() if is_protected else None)
    others = {*_names(before), *_names(after)} - {settings.key}
    also = tuple(key for name, key in held.items() if name in others)
    writer.append([EntryDraft.of(after, now, *also)])
    return after, change.signer


def _names(version: Keyring) -> list[str]:
    return [key.fingerprint for key in version.keys]


def _require_agreement(version: Keyring, held: Mapping[str, PrivateKey]) -> None:
    if len(held.keys() & _names(version)) < version.threshold:
        message = f"{version.threshold} keys of version {version.version} must agree"
        raise KeyRefusedError(message, hint="not as many of them are here")


def _change(
    before: Keyring,
    change: KeyChange,
    held: Mapping[str, PrivateKey],
    settings: CollectionSettings,
    index: int,
) -> Keyring:
    """The next version, which is the entry with this index."""
    _check_names(change, held, settings.key)
    revoked = _revoke(before, change, index)
    keys = {key.fingerprint: key for key in before.keys}
    log = before.log
    if change.signer is not None:
        keys.pop(settings.key, None)
        keys[change.signer] = held[change.signer].public
        log = tuple(s.verifier for s in log_signers(held[change.signer], settings.origin))
    keys |= {name: held[name].public for name in change.add}
    for name in revoked:
        keys.pop(name, None)
    threshold = before.threshold if change.threshold is None else change.threshold
    if not 0 < threshold <= len(keys) <= MAX_KEYS or before.revoked.keys() & keys.keys():
        hint = f"1 to {MAX_KEYS} keys, none of them revoked, and a threshold that they can meet"
        raise UsageError("that makes no keyring", hint=hint)
    return evolve(
        before,
        version=before.version + 1,
        threshold=threshold,
        keys=tuple(keys.values()),
        log=log,
        revoked={**before.revoked, **revoked},
    )


def _check_names(change: KeyChange, held: Mapping[str, PrivateKey], signing: str | None) -> None:
    """Refuse keys that this user does not hold, and to revoke the one that goes on signing."""
    missing = [name for name in (change.signer, *change.add) if name and name not in held]
    if missing:
        raise KeyRefusedError("no such key of yours", where=missing[0])
    if signing in change.revoked and change.signer is None:
        raise UsageError("the key that signs cannot be revoked", hint=_ROTATE_FIRST)


def _revoke(before: Keyring, change: KeyChange, index: int) -> dict[str, int]:
    """From where on each of the keys does not count: never from later on than it did."""
    revoked = {
        name: min(index if at is None else at, before.revoked.get(name, index))
        for name, at in change.revoked.items()
    }
    if revoked and revoked.items() <= before.revoked.items():
        raise UsageError("the key is revoked already", hint=_EARLIER)
    return revoked
