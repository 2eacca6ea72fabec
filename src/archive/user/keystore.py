"""Keys and pins in the user's own folder, never in a collection.

::

    <configuration folder>/article-archive/
      keys/<fingerprint>.pem         private keys, mode 0600; .pub.pem beside each
      trusted/<fingerprint>.pub.pem  keys of others that this user pinned

A private key that others can read is refused.
"""

from __future__ import annotations

import re
import stat
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import platformdirs
from attrs import frozen

from archive.disk.durable import create_file, make_folder, wrap_error
from archive.errors import Hint, KeyRefusedError, KeySupersededError, UsageError
from archive.proof.keys import ALGORITHM, PrivateKey, PublicKey

__all__ = ["FINGERPRINT", "Keystore", "StoredKey"]

FINGERPRINT = re.compile(r"[0-9a-f]{64}\Z")
_PREFIX = re.compile(r"[0-9a-f]{6,64}\Z")

_KEYS = Hint("see: Keystore.of_user().list()", command="see: archive key list")


@frozen
class StoredKey:
    """A key this user holds or pinned.

    Attributes:
        fingerprint: SHA-256 of the public key, hexadecimal.
        path: the file it lies in.
        own: whether it is a private key of this user's; else a pin.
    """

    fingerprint: str
    path: Path
    own: bool
    algorithm: str = ALGORITHM

    @property
    def is_encrypted(self) -> bool:
        """Whether a private key needs a passphrase.

        Raises:
            KeyRefusedError: it cannot be read, or others can read it.
        """
        return _is_encrypted(_read_private(self.path, self.fingerprint))


@frozen
class Keystore:
    """The user's keys and pins under one folder."""

    root: Path

    @classmethod
    def of_user(cls) -> Keystore:
        """The folder of this user (``XDG_CONFIG_HOME`` moves it)."""
        return cls(Path(platformdirs.user_config_path("article-archive")))

    def create(self, rng: Callable[[int], bytes], passphrase: bytes | None = None) -> StoredKey:
        """Make a new private key and keep it, see `keep`."""
        return self.keep(PrivateKey.generate(rng), passphrase)

    def keep(self, key: PrivateKey, passphrase: bytes | None = None) -> StoredKey:
        """Keep a private key, encrypted when a passphrase is given.

        The public half is kept first: a private key that is there is whole, with its other half.

        Raises:
            StorageError: it cannot be kept; then there is none.
        """
        folder = self.root / "keys"
        make_folder(folder, mode=0o700)
        path = folder / f"{key.public.fingerprint}.pem"
        create_file(_public_path(path), key.public.to_pem())
        create_file(path, key.to_pem(passphrase), mode=0o600)
        return StoredKey(key.public.fingerprint, path, own=True)

    def load(self, fingerprint: str, passphrase: Callable[[], bytes | None]) -> PrivateKey:
        """Read a private key.

        Args:
            fingerprint: the whole fingerprint.
            passphrase: asked only when the key is encrypted.

        Raises:
            KeyRefusedError: no such key, readable by others, wrong passphrase, or another key
                than its name says.
        """
        path = self.root / "keys" / f"{fingerprint}.pem"
        pem = _read_private(path, fingerprint)
        try:
            key = PrivateKey.from_pem(pem, passphrase() if _is_encrypted(pem) else None)
        except KeyRefusedError as error:
            raise KeyRefusedError(error.message, where=str(path), hint=error.hint) from None
        if key.public.fingerprint != fingerprint:
            raise KeyRefusedError("the file holds another key than its name says", where=str(path))
        return key

    def list(self) -> list[StoredKey]:
        """Own keys, then pins, each in order of fingerprint."""
        own = _find(self.root / "keys", ".pem", own=True)
        return own + _find(self.root / "trusted", ".pub.pem", own=False)

    def find(self, prefix: str, *, own: bool | None = None) -> StoredKey:
        """The one key whose fingerprint begins with `prefix` (six digits or more).

        Raises:
            UsageError: not a fingerprint, or it fits several keys.
            KeyRefusedError: there is none.
        """
        if _PREFIX.match(prefix) is None:
            raise UsageError("not a fingerprint", where=prefix)
        found = {
            key.fingerprint: key
            for key in reversed(self.list())
            if key.fingerprint.startswith(prefix) and own in (None, key.own)
        }
        if len(found) > 1:
            raise UsageError("fits several keys", where=prefix, hint="give more digits")
        if not found:
            raise KeyRefusedError("no such key", where=prefix, hint=_KEYS)
        return next(iter(found.values()))

    def choose(self, superseded: KeySupersededError) -> str:
        """The one key of this user's that a keyring has instead of one that it had before.

        A rotation that was killed leaves the settings behind the keyring; nobody else's key is
        ever chosen.

        Raises:
            KeySupersededError: as given: this user holds none of them, or several.
        """
        held = [key.fingerprint for key in self.list() if key.own]
        fitting = [name for name in superseded.current if name in held]
        if len(fitting) != 1:
            raise superseded
        return fitting[0]

    def public(self, key: StoredKey) -> PublicKey:
        """A key's public half.

        Raises:
            KeyRefusedError: it cannot be read, or is another key than its name says.
        """
        path = _public_path(key.path) if key.own else key.path
        try:
            public = PublicKey.from_pem(path.read_bytes())
        except OSError as error:
            raise KeyRefusedError(f"key unreadable: {error.strerror}", where=str(path)) from None
        if public.fingerprint != key.fingerprint:
            raise KeyRefusedError("the file holds another key than its name says", where=str(path))
        return public

    def trust(self, key: PublicKey) -> StoredKey:
        """Pin another's key; pinning it again changes nothing."""
        folder = self.root / "trusted"
        make_folder(folder, mode=0o700)
        path = folder / f"{key.fingerprint}.pub.pem"
        with suppress(FileExistsError):
            create_file(path, key.to_pem())
        return StoredKey(key.fingerprint, path, own=False)

    def forget(self, fingerprint: str) -> None:
        """Take a pin away; a private key is never deleted by this."""
        path = self.root / "trusted" / f"{fingerprint}.pub.pem"
        try:
            path.unlink()
        except FileNotFoundError:
            raise KeyRefusedError("no such pin", where=fingerprint) from None
        except OSError as error:
            raise wrap_error(error, "forgetting a pin", path) from error


def _is_encrypted(pem: bytes) -> bool:
    """Whether a PEM says so; an OpenSSH key is only ever written encrypted here."""
    return b"OPENSSH" in pem[:64] or b"ENCRYPTED" in pem[:64]


def _find(folder: Path, ending: str, *, own: bool) -> list[StoredKey]:
    try:
        paths = sorted(folder.glob(f"*{ending}")) if folder.is_dir() else []
    except OSError as error:
        raise KeyRefusedError(f"keys unreadable: {error.strerror}", where=str(folder)) from None
    names = [(path, path.name.removesuffix(ending)) for path in paths]
    return [StoredKey(name, path, own) for path, name in names if FINGERPRINT.match(name)]


def _public_path(private: Path) -> Path:
    return private.with_name(private.name.removesuffix(".pem") + ".pub.pem")


def _read_private(path: Path, fingerprint: str) -> bytes:
    try:
        mode = path.stat().st_mode
        if stat.S_IMODE(mode) & 0o077:
            raise KeyRefusedError(
                "private key is readable by others", where=str(path), hint=f"chmod 600 {path}"
            )
        return path.read_bytes()
    except FileNotFoundError:
        raise KeyRefusedError(
            f"no private key {fingerprint[:16]}… here",
            where=str(path.parent),
            hint="only who holds the collection's key can add to it",
        ) from None
    except OSError as error:
        raise KeyRefusedError(f"key unreadable: {error.strerror}", where=str(path)) from None
