"""Ed25519 keys (RFC 8032), named by a fingerprint.

The fingerprint is the SHA-256 of the public key's SubjectPublicKeyInfo in DER (RFC 8410), in
lower-case hexadecimal: what ``openssl pkey -pubin -outform DER | sha256sum`` prints.

Small-order and non-canonical public keys are refused: under a small-order key one signature fits
many messages, and a non-canonical encoding gives one key two fingerprints.

Private keys are PEM: PKCS #8 when they are not encrypted, so that openssl reads them; OpenSSH's
format with bcrypt when they are, because PKCS #8 would be written with 2,048 rounds of PBKDF2.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from types import ModuleType

from attrs import field, frozen
from cryptography.exceptions import InternalError, InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from archive.errors import KeyRefusedError

__all__ = ["ALGORITHM", "PrivateKey", "PublicKey"]

ALGORITHM = "ed25519"
_ROUNDS = 64
_DER = bytes.fromhex("302a300506032b6570032100")  # what RFC 8410 puts before the 32 bytes of a key
_PRIME = 2**255 - 19
# The y coordinates of the eight points whose order divides 8 (each stands for x and -x).
_SMALL_ORDER = frozenset(
    {
        0,
        1,
        _PRIME - 1,
        0x05FC536D880238B13933C6D305ACDFD5F098EFF289F4C345B027B2C28F95E826,
        0x7A03AC9277FDC74EC6CC392CFA53202A0F67100D760B3CBA4FD84D3D706A17C7,
    }
)


def _serialization() -> ModuleType:
    """What reads and writes PEM: verifying, which starts often, does without."""
    from cryptography.hazmat.primitives import serialization

    return serialization


def _refuse(message: str, hint: str | None = None) -> KeyRefusedError:
    return KeyRefusedError(message, hint=hint)


@frozen
class PublicKey:
    """A public key that may be trusted or not: this value says nothing of that.

    Attributes:
        der: its SubjectPublicKeyInfo, DER.
        fingerprint: SHA-256 of `der`, hexadecimal.
    """

    der: bytes
    fingerprint: str
    _key: Ed25519PublicKey = field(repr=False, eq=False)

    @classmethod
    def from_der(cls, der: bytes) -> PublicKey:
        """Read a SubjectPublicKeyInfo.

        Raises:
            KeyRefusedError: not an Ed25519 key, or a small-order or non-canonical one.
        """
        if der.startswith(_DER) and len(der) == len(_DER) + 32:
            return cls.from_raw(der[len(_DER) :])
        try:
            key = _serialization().load_der_public_key(der)
        except (ValueError, UnsupportedAlgorithm, InternalError):
            raise _refuse("not a public key in DER") from None
        return cls._checked(key)

    @classmethod
    def from_raw(cls, raw: bytes) -> PublicKey:
        """Read the 32 bytes of a key; errors as `from_der`."""
        try:
            key = Ed25519PublicKey.from_public_bytes(raw)
        except ValueError:
            raise _refuse("not the 32 bytes of a public key") from None
        return cls._checked(key)

    @classmethod
    def from_pem(cls, pem: bytes) -> PublicKey:
        """Read a PEM public key; errors as `from_der`."""
        try:
            key = _serialization().load_pem_public_key(pem)
        except (ValueError, UnsupportedAlgorithm, InternalError):
            raise _refuse("not a public key in PEM") from None
        return cls._checked(key)

    @classmethod
    def _checked(cls, key: object) -> PublicKey:
        if not isinstance(key, Ed25519PublicKey):
            raise _refuse("not an Ed25519 key")
        raw = key.public_bytes_raw()
        y = int.from_bytes(raw, "little") & ((1 << 255) - 1)
        if y >= _PRIME:
            raise _refuse("public key is not in canonical form")
        if y in _SMALL_ORDER:
            raise _refuse("public key is of small order, its signatures prove nothing")
        der = _DER + raw
        return cls(der, hashlib.sha256(der).hexdigest(), key)

    def to_pem(self) -> bytes:
        """The key as PEM."""
        form = _serialization()
        return self._key.public_bytes(form.Encoding.PEM, form.PublicFormat.SubjectPublicKeyInfo)

    def verify(self, signature: bytes, message: bytes) -> bool:
        """Whether `signature` is this key's over `message`."""
        try:
            self._key.verify(signature, message)
        except InvalidSignature:
            return False
        return True


@frozen
class PrivateKey:
    """A private key in memory; its text form never shows it."""

    public: PublicKey
    _key: Ed25519PrivateKey = field(repr=False, eq=False)

    @classmethod
    def generate(cls, rng: Callable[[int], bytes]) -> PrivateKey:
        """A new key from 32 bytes of `rng`, which must be fit for keys (`os.urandom`)."""
        return cls._of(Ed25519PrivateKey.from_private_bytes(rng(32)))

    @classmethod
    def from_pem(cls, pem: bytes, passphrase: bytes | None = None) -> PrivateKey:
        """Read what `to_pem` wrote, or any Ed25519 key in PKCS #8 or OpenSSH form.

        Raises:
            KeyRefusedError: not such a key, or the passphrase is missing or wrong.
        """
        form = _serialization()
        load = form.load_ssh_private_key if b"OPENSSH" in pem[:64] else form.load_pem_private_key
        try:
            key = load(pem, passphrase or None)
        except TypeError:
            if passphrase:
                return cls.from_pem(pem)
            raise _refuse("the key is encrypted", "give its passphrase") from None
        except (ValueError, UnsupportedAlgorithm, InternalError) as error:
            if passphrase or "assword" in str(error):
                message = "wrong passphrase, or not a private key"
                raise _refuse(message) from None
            raise _refuse("not a private key in PEM") from None
        if not isinstance(key, Ed25519PrivateKey):
            raise _refuse("not an Ed25519 key")
        return cls._of(key)

    @classmethod
    def _of(cls, key: Ed25519PrivateKey) -> PrivateKey:
        return cls(PublicKey._checked(key.public_key()), key)

    def to_pem(self, passphrase: bytes | None = None) -> bytes:
        """The private key as PEM, encrypted when a passphrase is given."""
        form = _serialization()
        if passphrase is None:
            plain = form.NoEncryption()
            return self._key.private_bytes(form.Encoding.PEM, form.PrivateFormat.PKCS8, plain)
        ssh = form.PrivateFormat.OpenSSH
        encryption = ssh.encryption_builder().kdf_rounds(_ROUNDS).build(passphrase)
        return self._key.private_bytes(form.Encoding.PEM, ssh, encryption)

    def derive(self, purpose: str) -> bytes:
        """32 bytes that only this key gives (HKDF-SHA-256, RFC 5869), others for each purpose.

        They are made from the seed, which the public key does not give away even to whoever can
        compute the private scalar from it.
        """
        seed = self._key.private_bytes_raw()
        return HKDF(SHA256(), 32, salt=None, info=purpose.encode()).derive(seed)

    def sign(self, message: bytes) -> bytes:
        """The 64-byte signature over `message`."""
        return self._key.sign(message)
