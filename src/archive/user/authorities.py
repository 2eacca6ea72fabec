"""Time-stamping authorities that this user trusts, pinned beside the keys, never in a collection.

::

    <configuration folder>/article-archive/authorities/
      <fingerprint>.root.pem   its roots
      <fingerprint>.tsa.pem    the certificate that signs its time stamps, then intermediates;
                               not there where only roots are pinned

The fingerprint is the SHA-256 of the signing certificate in DER, or of the first root where only
roots are pinned, as ``openssl x509 -fingerprint -sha256`` prints it. ``openssl ts -verify`` takes
the files as ``-CAfile`` and ``-untrusted``. A pin is there once its roots are: they are written
last, and taken away first.
"""

from __future__ import annotations

import re
from pathlib import Path

from attrs import frozen

from archive.disk.durable import create_file, make_folder, wrap_error, wrap_read_error
from archive.disk.files import SMALL, read_file
from archive.disk.regular import open_regular
from archive.errors import Hint, InputError, UsageError
from archive.proof.authority import Authority
from archive.user.keystore import FINGERPRINT, Keystore

__all__ = ["AuthorityPins", "PinnedAuthority", "read_authority"]

_PREFIX = re.compile(r"[0-9a-f]{6,64}\Z")
_ROOT, _CERTIFICATE = ".root.pem", ".tsa.pem"


@frozen
class PinnedAuthority:
    """A pin, not read yet.

    Attributes:
        fingerprint: SHA-256 of the signing certificate, or of the first root, hexadecimal.
        path: the file of its roots.
    """

    fingerprint: str
    path: Path

    def read(self) -> Authority:
        """What is pinned.

        Raises:
            InputError: it cannot be read, or is another authority than its name says.
        """
        roots = _read(self.path)
        if roots is None:
            raise InputError("no such pin", where=str(self.path))
        try:
            authority = Authority.from_pem(roots, _read(_beside(self.path)))
        except InputError as error:
            raise InputError(error.message, where=str(self.path)) from None
        if authority.fingerprint != self.fingerprint:
            message = "the files hold other certificates than their name says"
            hint = _forget("take it away", self.fingerprint)
            raise InputError(message, where=str(self.path), hint=hint)
        return authority


@frozen
class AuthorityPins:
    """The pins in a folder, which need not be there yet."""

    folder: Path

    @classmethod
    def beside(cls, keystore: Keystore) -> AuthorityPins:
        """Those of the user whose keys these are."""
        return cls(keystore.root / "authorities")

    def list(self) -> list[PinnedAuthority]:
        """Every pin, in order of fingerprint.

        Raises:
            InputError: the folder must not be read.
            StorageError: the disk fails.
        """
        try:
            names = sorted(path.name for path in self.folder.iterdir())
        except FileNotFoundError:
            return []
        except OSError as error:
            raise wrap_read_error(error, "reading a folder", self.folder) from error
        stems = [name.removesuffix(_ROOT) for name in names if name.endswith(_ROOT)]
        return [self._pin(stem) for stem in stems if FINGERPRINT.match(stem)]

    def find(self, prefix: str) -> PinnedAuthority | None:
        """The one pin whose fingerprint begins with `prefix` (six digits or more), or None.

        Raises:
            UsageError: not a fingerprint, or it fits several pins.
        """
        if _PREFIX.match(prefix) is None:
            raise UsageError("not a fingerprint", where=prefix)
        found = [pin for pin in self.list() if pin.fingerprint.startswith(prefix)]
        if len(found) > 1:
            raise UsageError("fits several authorities", where=prefix, hint="give more digits")
        return found[0] if found else None

    def trust(self, roots: bytes, certificate: bytes | None = None) -> PinnedAuthority:
        """Pin an authority; pinning it again changes nothing.

        Args:
            roots: its roots, PEM.
            certificate: the certificate that signs its time stamps, then intermediates, PEM.

        Raises:
            InputError: not certificates in PEM.
            UsageError: the same certificate is pinned with others beside it.
            StorageError: it could not be written.
        """
        authority = Authority.from_pem(roots, certificate)
        pin = self._pin(authority.fingerprint)
        if pin in self.list():
            if pin.read() != authority:
                hint = _forget("first", pin.fingerprint)
                message = "the authority is pinned already, with other certificates beside it"
                raise UsageError(message, where=str(pin.path), hint=hint)
            return pin
        make_folder(self.folder, mode=0o700)
        try:
            _beside(pin.path).unlink(missing_ok=True)  # of a pin whose writing was cut short
        except OSError as error:
            raise wrap_error(error, "pinning an authority", pin.path) from error
        if certificate is not None:
            create_file(_beside(pin.path), certificate)
        create_file(pin.path, roots)
        return pin

    def forget(self, pin: PinnedAuthority) -> None:
        """Take a pin away.

        Raises:
            StorageError: it could not be.
        """
        try:
            pin.path.unlink(missing_ok=True)
            _beside(pin.path).unlink(missing_ok=True)
        except OSError as error:
            raise wrap_error(error, "forgetting a pin", pin.path) from error

    def _pin(self, fingerprint: str) -> PinnedAuthority:
        return PinnedAuthority(fingerprint, self.folder / f"{fingerprint}{_ROOT}")


def read_authority(text: str) -> tuple[bytes, bytes | None]:
    """The PEM files that name an authority: its roots, and its certificate where that is named.

    Args:
        text: ``ROOT.pem`` or ``ROOT.pem,CERTIFICATE.pem``.

    Raises:
        UsageError: it is neither.
        InputError: a file is missing, or cannot be read.
    """
    root, comma, certificate = text.partition(",")
    if not root or (comma and not certificate):
        raise UsageError("not an authority", where=text, hint="write ROOT.pem[,CERT.pem]")
    pinned = read_file(Path(certificate), SMALL) if comma else None
    return read_file(Path(root), SMALL), pinned


def _beside(roots: Path) -> Path:
    return roots.with_name(roots.name.removesuffix(_ROOT) + _CERTIFICATE)


def _read(path: Path) -> bytes | None:
    try:
        with open_regular(path) as file:
            return file.read(SMALL)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise wrap_read_error(error, "reading a pinned authority", path) from error


def _forget(when: str, fingerprint: str) -> Hint:
    short = fingerprint[:12]
    return Hint(f"{when}: AuthorityPins.remove({short!r})", f"{when}: archive key forget {short}")
