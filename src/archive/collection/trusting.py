"""Whose signatures count, and why."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from archive.errors import KeyRefusedError, UsageError
from archive.proof.keys import PublicKey
from archive.store.keystore import FINGERPRINT, Keystore
from archive.verification import Trust

__all__ = ["gather_trust"]


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
