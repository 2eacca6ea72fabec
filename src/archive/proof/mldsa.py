"""ML-DSA-44 keys (FIPS 204): signatures that a quantum computer does not forge.

A public key has 1,312 bytes, a signature 2,420; a private key is made from a seed of 32 bytes,
which is all there is to keep of it. The signature is over the message itself with an empty context
string, as https://c2sp.org/tlog-cosignature wants it.

The primitives are the cryptography package's; where its build of OpenSSL has no ML-DSA, every
function here says so.
"""

from __future__ import annotations

from collections.abc import Callable

from attrs import field, frozen
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PrivateKey, MLDSA44PublicKey

from archive.errors import KeyRefusedError

__all__ = ["KEY_SIZE", "MldsaPrivateKey", "MldsaPublicKey"]

KEY_SIZE = 1312


def _unsupported() -> KeyRefusedError:
    return KeyRefusedError(
        "this build of the cryptography package has no ML-DSA",
        hint="install cryptography 48 or later from its wheels",
    )


@frozen
class MldsaPublicKey:
    """A public key, named by its bytes."""

    raw: bytes
    _key: MLDSA44PublicKey = field(repr=False, eq=False)

    @classmethod
    def from_raw(cls, raw: bytes) -> MldsaPublicKey:
        """Read the 1,312 bytes of a key.

        Raises:
            KeyRefusedError: another number of bytes.
        """
        if len(raw) != KEY_SIZE:
            raise KeyRefusedError(f"an ML-DSA-44 key has {KEY_SIZE} bytes, not {len(raw)}")
        try:
            return cls(raw, MLDSA44PublicKey.from_public_bytes(raw))
        except UnsupportedAlgorithm:
            raise _unsupported() from None
        except ValueError:
            raise KeyRefusedError("not an ML-DSA-44 key") from None

    def verify(self, signature: bytes, message: bytes) -> bool:
        """Whether `signature` is this key's over `message`."""
        try:
            self._key.verify(signature, message)
        except InvalidSignature:
            return False
        return True


@frozen
class MldsaPrivateKey:
    """A private key in memory; its text form never shows it."""

    public: MldsaPublicKey
    _key: MLDSA44PrivateKey = field(repr=False, eq=False)

    @classmethod
    def generate(cls, rng: Callable[[int], bytes]) -> MldsaPrivateKey:
        """A new key from 32 bytes of `rng`, which must be fit for keys (`os.urandom`)."""
        try:
            return cls._of(MLDSA44PrivateKey.from_seed_bytes(rng(32)))
        except UnsupportedAlgorithm:
            raise _unsupported() from None

    @classmethod
    def _of(cls, key: MLDSA44PrivateKey) -> MldsaPrivateKey:
        public = key.public_key()
        return cls(MldsaPublicKey(public.public_bytes_raw(), public), key)

    def sign(self, message: bytes) -> bytes:
        """The 2,420-byte signature over `message`; another one each time."""
        return self._key.sign(message)
