"""Keys that notes are verified with, as one line of text (https://c2sp.org/signed-note, "vkey").

::

    <key name>+<key id, 8 hexadecimal digits>+<base64 of signature type || public key>

Three types are known, and no others are read:

====  ==============  ==================  =============================================
0x01  Ed25519         32-byte key         over a note's text; a log's checkpoint
0x04  Ed25519         32-byte key         cosignature over a checkpoint, with its time
0x06  ML-DSA-44       1,312-byte key      cosignature over a checkpoint, with its time
====  ==============  ==================  =============================================

Ed25519 keys of small order and in non-canonical form are refused, as everywhere.
"""

from __future__ import annotations

import base64
import binascii
from typing import Protocol

from attrs import field, frozen

from archive.errors import DocumentError, KeyRefusedError
from archive.proof import cosignature
from archive.proof.checkpoint import Checkpoint
from archive.proof.keys import PublicKey
from archive.proof.mldsa import KEY_SIZE, MldsaPublicKey
from archive.proof.note import compute_key_id, is_key_name

__all__ = ["COSIGNER", "ED25519", "MLDSA44", "Verifier", "raw_key", "write_message"]

ED25519 = 0x01
"""Signature type: Ed25519 over a note's text."""
COSIGNER = 0x04
"""Signature type: an Ed25519 cosignature."""
MLDSA44 = 0x06
"""Signature type: an ML-DSA-44 cosignature."""
_SIZES = {ED25519: 32, COSIGNER: 32, MLDSA44: KEY_SIZE}


class _Key(Protocol):
    def verify(self, signature: bytes, message: bytes) -> bool:
        """Whether `signature` is this key's over `message`."""


@frozen
class Verifier:
    """A named key of one signature type, known and therefore checked.

    Attributes:
        name: the key's name: a log's origin, or a witness's name.
        kind: `ED25519`, `COSIGNER` or `MLDSA44`.
        raw: the public key's bytes.
        key_id: the four bytes that stand before its signatures.
    """

    name: str
    kind: int
    raw: bytes
    key_id: bytes
    _key: _Key = field(repr=False, eq=False)

    @classmethod
    def of(cls, name: str, kind: int, raw: bytes) -> Verifier:
        """A key from its parts.

        Raises:
            KeyRefusedError: an unknown type, a wrong length, a key of small order, or a name that
                no key may have.
        """
        if not is_key_name(name):
            raise KeyRefusedError("a key's name is UTF-8 without spaces and plus")
        if len(raw) != _SIZES.get(kind):
            raise KeyRefusedError("a key for notes is of an unknown type or length")
        key = MldsaPublicKey.from_raw(raw) if kind == MLDSA44 else PublicKey.from_raw(raw)
        return cls(name, kind, raw, compute_key_id(name, kind, raw), key)

    @classmethod
    def from_vkey(cls, text: str) -> Verifier:
        """Read the one line.

        Raises:
            DocumentError: not such a line, or its id is another key's.
            KeyRefusedError: as `of`.
        """
        name, _, rest = text.partition("+")
        key_id, _, encoded = rest.partition("+")
        try:
            data = base64.b64decode(encoded, validate=True)
        except (ValueError, binascii.Error):
            raise DocumentError("not a verifier key: its last part is not base64") from None
        if not data:
            raise DocumentError("not a verifier key: name, id and key with a plus between them")
        verifier = cls.of(name, data[0], data[1:])
        if verifier.key_id.hex() != key_id or verifier.to_vkey() != text:
            raise DocumentError("the id of a verifier key is not that of its name and key")
        return verifier

    def to_vkey(self) -> str:
        """The one line."""
        encoded = base64.b64encode(bytes([self.kind]) + self.raw).decode("ascii")
        return f"{self.name}+{self.key_id.hex()}+{encoded}"

    def verify(self, text: str, signature: bytes) -> bool:
        """Whether a signature is this key's under a note's text."""
        if self.kind == ED25519:
            return self._key.verify(signature, text.encode())
        parts = cosignature.split(signature)
        if parts is None:
            return False
        time, value = parts
        try:
            message = write_message(self.name, self.kind, text, time)
        except DocumentError:  # the text is no checkpoint: nobody can have cosigned it
            return False
        return self._key.verify(value, message)

    def read_time(self, signature: bytes) -> int | None:
        """The time that a cosignature claims, seconds since 1970; None for other signatures."""
        parts = cosignature.split(signature) if self.kind != ED25519 else None
        return parts[0] if parts else None


def write_message(name: str, kind: int, text: str, time: int) -> bytes:
    """What a key of a type signs under a text.

    Raises:
        DocumentError: a cosignature over what is no checkpoint, or a name that is too long.
    """
    if kind == ED25519:
        return text.encode()
    checkpoint = Checkpoint.from_text(text)
    if kind == COSIGNER:
        return cosignature.write_lines(text, time)
    return cosignature.write_structure(name, checkpoint, time)


def raw_key(key: PublicKey) -> bytes:
    """The 32 bytes of an Ed25519 key: the end of its SubjectPublicKeyInfo (RFC 8410)."""
    return key.der[-32:]
