"""Signed notes (https://c2sp.org/signed-note): text with signatures under it.

::

    <text, which ends with a newline>
    <an empty line>
    — <key name> <base64 of key id (4 bytes) || signature>
    …

The text is UTF-8 without control characters other than newline, and is parted from the signatures
by the last empty line. A key name is not empty and has neither Unicode spaces nor a plus. Name and
key id together name the key, and by the key the algorithm::

    key id = SHA-256(key name || 0x0A || signature type || public key)[:4]

A key id is short and proves nothing: whoever reads a note knows the whole keys that he trusts.
Signatures of unknown keys are ignored, and kept; one of a known key that fails makes the note
refused, and so does a note that no known key has signed. What would not be written again exactly as
it was read (odd base64, for one) is refused too, so that one note has one spelling.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Iterable
from typing import Protocol

from attrs import frozen

from archive.errors import DocumentError, IntegrityError

__all__ = [
    "MAX_SIGNATURES",
    "MAX_SIZE",
    "Note",
    "OpenedNote",
    "Signature",
    "SignatureChecker",
    "compute_key_id",
    "is_key_name",
]

MAX_SIZE = 1_000_000
"""The largest note, in bytes."""
MAX_SIGNATURES = 100
"""The most signatures that are looked at: the specification wants 16 at least."""
_DASH = "\u2014 "


class SignatureChecker(Protocol):
    """A key that a reader of notes knows."""

    @property
    def name(self) -> str:
        """The key's name."""

    @property
    def key_id(self) -> bytes:
        """The key's id, four bytes."""

    def verify(self, text: str, signature: bytes) -> bool:
        """Whether a signature is this key's under a note's text."""


@frozen
class Signature:
    """One signature line: who is said to have signed, and what follows the key id."""

    name: str
    key_id: bytes
    value: bytes

    @classmethod
    def from_line(cls, line: str) -> Signature:
        """Read a line without its newline; DocumentError when it is not a signature line."""
        name, space, encoded = line.removeprefix(_DASH).partition(" ")
        if not line.startswith(_DASH) or not space or not is_key_name(name):
            raise DocumentError("note has a line that is no signature")
        try:
            raw = base64.b64decode(encoded, validate=True)
        except (ValueError, binascii.Error):
            raise DocumentError("signature of a note is not base64") from None
        if len(raw) < 5:
            raise DocumentError("signature of a note is too short")
        return cls(name, raw[:4], raw[4:])

    def to_line(self) -> str:
        """The line, with its newline."""
        encoded = base64.b64encode(self.key_id + self.value).decode("ascii")
        return f"{_DASH}{self.name} {encoded}\n"


@frozen
class OpenedNote:
    """A note that at least one known key has signed.

    Attributes:
        text: what was signed.
        verified: the good signatures of known keys, one a key, in order.
        unverified: signatures of keys that are not known: they say nothing.
    """

    text: str
    verified: tuple[Signature, ...]
    unverified: tuple[Signature, ...]


@frozen
class Note:
    """Text and signatures as they were read, nothing of it verified: see `open`."""

    text: str
    signatures: tuple[Signature, ...]

    @classmethod
    def from_bytes(cls, data: bytes) -> Note:
        """Read a note strictly.

        Raises:
            DocumentError: too large, not UTF-8, control characters, no signatures, a malformed
                line, or another spelling than `to_bytes` gives.
        """
        if len(data) > MAX_SIZE:
            raise DocumentError(f"note is larger than {MAX_SIZE} bytes")
        try:
            whole = data.decode("utf-8")
        except UnicodeDecodeError:
            raise DocumentError("note is not UTF-8") from None
        if any(character < " " and character != "\n" for character in whole):
            raise DocumentError("note has control characters")
        head, gap, tail = whole.rpartition("\n\n")
        lines = tail.split("\n")
        if not gap or lines.pop() != "" or not 0 < len(lines) <= MAX_SIGNATURES:
            raise DocumentError(f"note has no block of one to {MAX_SIGNATURES} signatures")
        note = cls(head + "\n", tuple(map(Signature.from_line, lines)))
        if note.to_bytes() != data:
            raise DocumentError("note is spelled in another way than it is written")
        return note

    def to_bytes(self) -> bytes:
        """The note as it is stored and sent."""
        lines = "".join(signature.to_line() for signature in self.signatures)
        return f"{self.text}\n{lines}".encode()

    def open(self, known: Iterable[SignatureChecker]) -> OpenedNote:
        """Verify the signatures of the keys that are known.

        Raises:
            IntegrityError: a known key's signature is wrong, or no known key has signed.
        """
        checkers = {(key.name, key.key_id): key for key in known}
        verified: dict[tuple[str, bytes], Signature] = {}
        unverified: dict[Signature, None] = {}
        for signature in self.signatures:
            place = (signature.name, signature.key_id)
            checker = checkers.get(place)
            if checker is None:
                unverified[signature] = None
            elif checker.verify(self.text, signature.value):
                verified.setdefault(place, signature)
            else:
                message = f"the signature of {signature.name} under a note is wrong"
                raise IntegrityError(message, hint="do not use anything that the note says")
        if not verified:
            raise IntegrityError("no known key has signed the note")
        return OpenedNote(self.text, tuple(verified.values()), tuple(unverified))

    def add(self, signatures: Iterable[Signature]) -> Note:
        """The note with more signatures; a key's earlier signature makes way for its new one."""
        places = {(item.name, item.key_id): item for item in self.signatures}
        for item in signatures:
            places.pop((item.name, item.key_id), None)
            places[item.name, item.key_id] = item
        return Note(self.text, tuple(places.values()))


def compute_key_id(name: str, kind: int, key: bytes) -> bytes:
    """The id of a key: four bytes from its name, its signature type and its public bytes."""
    return hashlib.sha256(name.encode() + b"\n" + bytes([kind]) + key).digest()[:4]


def is_key_name(name: str) -> bool:
    """Whether a key may be called that. Surrogates, which UTF-8 cannot write, are in no name."""
    refused = any(
        character.isspace() or character < " " or "\ud800" <= character <= "\udfff"
        for character in name
    )
    return name != "" and "+" not in name and not refused
