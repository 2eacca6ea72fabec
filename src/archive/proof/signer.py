"""Keys that notes are signed with: a log's two, and a witness's.

A log signs its checkpoint with Ed25519 (type 0x01) and with ML-DSA-44 (type 0x06), both under its
origin's name; a witness cosigns with one of the types that carry a time. See
`archive.proof.verifier` for the types.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from attrs import field, frozen

from archive.proof import cosignature
from archive.proof.keys import PrivateKey
from archive.proof.mldsa import MldsaPrivateKey
from archive.proof.note import Note, Signature
from archive.proof.verifier import (
    COSIGNER,
    ED25519,
    MLDSA44,
    Verifier,
    raw_key,
    write_message,
)

__all__ = ["NoteSigner", "sign_note"]


@frozen
class NoteSigner:
    """A private key under a name; its text form never shows it.

    Attributes:
        verifier: what its signatures are verified with.
    """

    verifier: Verifier
    _sign: Callable[[bytes], bytes] = field(repr=False, eq=False)

    @classmethod
    def for_notes(cls, name: str, key: PrivateKey) -> NoteSigner:
        """Ed25519 under any text (type 0x01)."""
        return cls(Verifier.of(name, ED25519, raw_key(key.public)), key.sign)

    @classmethod
    def for_checkpoints(cls, name: str, key: PrivateKey | MldsaPrivateKey) -> NoteSigner:
        """Cosignatures over checkpoints, of the type that fits the key (0x04 or 0x06)."""
        if isinstance(key, MldsaPrivateKey):
            return cls(Verifier.of(name, MLDSA44, key.public.raw), key.sign)
        return cls(Verifier.of(name, COSIGNER, raw_key(key.public)), key.sign)

    def sign(self, text: str, time: int) -> Signature:
        """The signature under a note's text.

        Args:
            text: a checkpoint's, where this is a cosigner.
            time: seconds since 1970; types without a time leave it out.

        Raises:
            DocumentError: a cosigner is given what is no checkpoint.
        """
        kind = self.verifier.kind
        value = self._sign(write_message(self.verifier.name, kind, text, time))
        if kind != ED25519:
            value = cosignature.join(time, value)
        return Signature(self.verifier.name, self.verifier.key_id, value)


def sign_note(text: str, signers: Iterable[NoteSigner], time: int) -> bytes:
    """A note: a text that ends with a newline, and a signature of each signer, in order."""
    return Note(text, tuple(signer.sign(text, time) for signer in signers)).to_bytes()
