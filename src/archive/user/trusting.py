"""Whose signatures count, and why."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from archive.disk.files import SMALL, read_file
from archive.errors import DocumentError, KeyRefusedError, UsageError
from archive.proof.keys import PublicKey
from archive.user.keystore import FINGERPRINT, Keystore
from archive.verification import Trust

if TYPE_CHECKING:
    from archive.proof.verifier import Verifier

__all__ = ["gather_keys", "gather_log_keys", "gather_trust"]


def gather_trust(
    keystore: Keystore, named: Sequence[str] = (), *, user_trust: bool = True
) -> Trust:
    """Which keys count, and why. Nothing inside what is verified is ever trust.

    Args:
        keystore: the user's keys and pins.
        named: PEM files of public keys, or whole fingerprints.
        user_trust: whether the user's pins and own keys count.

    Raises:
        UsageError: neither a fingerprint nor a file.
        KeyRefusedError: a file that holds no usable key.
    """
    keys: dict[str, str] = {}
    if user_trust:
        for key in keystore.list():
            keys.setdefault(key.fingerprint, "own key" if key.own else "pinned")
    for name in named:
        keys[_read_named(name)] = "--trust"
    return Trust(keys)


def gather_log_keys(
    keystore: Keystore, named: Sequence[str] = (), *, user_trust: bool = True
) -> list[PublicKey | Verifier]:
    """Which keys may sign a log's checkpoints.

    Args:
        keystore: the user's keys and pins.
        named: PEM files of public keys, fingerprints of keys in the keystore, verifier keys, or
            files with verifier keys, one a line.
        user_trust: whether the user's pins and own keys count.

    Raises:
        UsageError: none of these.
        DocumentError, KeyRefusedError: a key that is malformed, refused or not there.
    """
    own = [keystore.public(key) for key in keystore.list()] if user_trust else []
    return [*own, *(key for name in named for key in _read_log_keys(keystore, name))]


def gather_keys(
    keystore: Keystore, named: Sequence[str] = (), *, user_trust: bool = True
) -> list[PublicKey]:
    """The keys themselves that `gather_trust` trusts, as far as they are at hand.

    Args:
        keystore: the user's keys and pins.
        named: as for `gather_trust`; of a fingerprint the key is taken from the keystore.
        user_trust: whether the user's pins and own keys count.

    Raises:
        UsageError, KeyRefusedError: as `gather_trust`.
    """
    wanted = {_read_named(name) for name in named}
    held = [item for item in keystore.list() if user_trust or item.fingerprint in wanted]
    files = [name for name in named if not FINGERPRINT.match(name.lower())]
    read = [PublicKey.from_pem(read_file(Path(name), SMALL)) for name in files]
    return [*read, *(keystore.public(item) for item in held)]


def _read_log_keys(keystore: Keystore, name: str) -> list[PublicKey | Verifier]:
    if FINGERPRINT.match(name.lower()):
        return [keystore.public(keystore.find(name.lower()))]
    from archive.proof.verifier import Verifier  # loads what only a log's key needs

    if "+" in name and not os.path.exists(name):  # which takes a name that is too long for one
        return [Verifier.from_vkey(name)]
    data = read_file(Path(name), SMALL)
    if data.startswith(b"-----BEGIN"):
        return [PublicKey.from_pem(data)]
    lines = data.decode("utf-8", "replace").split("\n")
    found: list[PublicKey | Verifier] = []
    for line in filter(None, map(str.strip, lines)):
        found.append(Verifier.from_vkey(line.split()[-1]))
    if not found:
        raise DocumentError("no key in there", where=name)
    return found


def _read_named(name: str) -> str:
    if FINGERPRINT.match(name.lower()):
        return name.lower()
    path = Path(name)
    try:
        if not path.is_file():
            message = "neither a file nor a fingerprint of 64 hexadecimal digits"
            raise UsageError(message, where=name)
        return PublicKey.from_pem(path.read_bytes()).fingerprint
    except OSError as error:
        raise KeyRefusedError(f"key unreadable: {error.strerror}", where=name) from None
    except KeyRefusedError as error:
        raise KeyRefusedError(error.message, where=name, hint=error.hint) from None
