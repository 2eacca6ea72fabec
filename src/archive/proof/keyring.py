"""Keyrings: which keys may sign a collection's entries, and from which entry on.

A keyring is an entry of the log (`archive.proof.bodies`), signed by several keys at once::

    version     1, 2, 3 … without gap
    threshold   how many of its keys must sign the next version (and this one)
    keys        Ed25519 public keys, SubjectPublicKeyInfo in DER
    log         the keys that the log's checkpoints are signed with, as verifier keys
    revoked     fingerprints, each with the index of the first entry that it does not count for

Version N + 1 counts only when it is signed by the threshold of version N's keys *and* by its own
threshold of its own keys (The Update Framework 1.0.34, section 5.3.4: the same rule for its root).
Thresholds count distinct keys: never signatures, never key ids, which are hints. The first version
must be signed by its own threshold, and is trusted only as far as whoever reads it trusts its keys.

Time is the log's index and nobody's clock: the entries behind a version, up to and with the next
one, are to be signed by that version's keys; those before the first version by the first's. A key
that is revoked *from* an index is not believed from there on, whatever version was in force: that
is for a key that is known to have been stolen.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from typing import Any

from attrs import field, frozen

from archive.document import Members
from archive.errors import DocumentError, IntegrityError, KeyRefusedError
from archive.proof.dsse import Envelope
from archive.proof.keys import PublicKey
from archive.proof.verifier import ED25519, MLDSA44, Verifier

__all__ = ["MAX_KEYS", "Keyring", "KeyringHistory", "KeyringVersion"]

MAX_KEYS = 16
"""The most keys of one version: an envelope has at most so many signatures."""


@frozen
class Keyring:
    """One version of a collection's keys.

    Attributes:
        version: from 1.
        threshold: how many keys must agree on the next version.
        keys: the keys that may sign entries, all different.
        log: the log's own keys.
        revoked: by fingerprint, the first index that a key does not count for.
    """

    version: int
    threshold: int
    keys: tuple[PublicKey, ...]
    log: tuple[Verifier, ...] = ()
    revoked: Mapping[str, int] = field(factory=dict)

    @classmethod
    def from_members(cls, members: Members) -> Keyring:
        """Read the members of a keyring entry's body.

        Raises:
            DocumentError: malformed: a key twice, a threshold that cannot be met, a revoked key
                among the keys, a log key of another type than logs have.
        """
        keys = tuple(_read_key(text) for text in members.texts("keys"))
        log = tuple(_read_log_key(text) for text in members.texts("log"))
        revoked = {
            item.sha256("fingerprint"): item.number("from")
            for item in (Members(value, "revocation") for value in members.items("revoked"))
        }
        fingerprints = {key.fingerprint for key in keys}
        keyring = cls(members.number("version"), members.number("threshold"), keys, log, revoked)
        if not 0 < len(keys) <= MAX_KEYS or len(fingerprints) < len(keys):
            raise DocumentError(f"a keyring has 1 to {MAX_KEYS} keys, each of them once")
        if not 0 < keyring.threshold <= len(keys) or keyring.version < 1:
            raise DocumentError("a keyring's version and threshold are from 1, and can be met")
        if len({item.key_id for item in log}) < len(log) or len(log) > MAX_KEYS:
            raise DocumentError("a keyring names a key of the log twice, or too many")
        if len(revoked) < len(members.items("revoked")) or fingerprints & revoked.keys():
            raise DocumentError("a keyring revokes a key twice, or one that it has")
        return keyring

    def to_value(self) -> dict[str, Any]:
        """The members, to be written as JSON."""
        return {
            "version": self.version,
            "threshold": self.threshold,
            "keys": [base64.b64encode(key.der).decode("ascii") for key in self.keys],
            "log": [verifier.to_vkey() for verifier in self.log],
            "revoked": [
                {"fingerprint": fingerprint, "from": index}
                for fingerprint, index in self.revoked.items()
            ],
        }

    def holds(self, fingerprint: str) -> bool:
        """Whether a key is one of these."""
        return any(key.fingerprint == fingerprint for key in self.keys)

    def is_signed(self, envelope: Envelope) -> bool:
        """Whether a threshold of these keys, each counted once, has signed an envelope."""
        return sum(envelope.signed_by(key) for key in self.keys) >= self.threshold


@frozen
class KeyringVersion:
    """A keyring, and the index of the entry that it is."""

    index: int
    keyring: Keyring


@frozen
class KeyringHistory:
    """Every version so far, each of which the one before agreed to.

    Attributes:
        versions: in order, the first one's keys trusted by whoever reads them.
    """

    versions: tuple[KeyringVersion, ...]

    @classmethod
    def begin(cls, keyring: Keyring, envelope: Envelope, index: int) -> KeyringHistory:
        """The history of a collection's first keyring.

        Args:
            keyring: what the envelope's statement says.
            envelope: with its signatures.
            index: the entry's in the log.

        Raises:
            IntegrityError: it is not version 1, or not signed by its own threshold.
        """
        if keyring.version != 1:
            raise IntegrityError(f"the first keyring is version {keyring.version}, not 1")
        if not keyring.is_signed(envelope):
            raise IntegrityError("the first keyring is not signed by its own threshold")
        return cls((KeyringVersion(index, keyring),))

    @property
    def latest(self) -> Keyring:
        """The keyring in force for the next entry."""
        return self.versions[-1].keyring

    def advance(self, keyring: Keyring, envelope: Envelope, index: int) -> KeyringHistory:
        """The history with one version more.

        Args:
            keyring: what the envelope's statement says.
            envelope: with its signatures.
            index: the entry's in the log.

        Raises:
            IntegrityError: the version is not the next one (skipped, or rolled back), the entry
                does not stand behind the version before, or one of the thresholds is not met.
        """
        last = self.versions[-1]
        if keyring.version != last.keyring.version + 1:
            message = f"keyring version {keyring.version} follows {last.keyring.version}"
            raise IntegrityError(message, hint="a version was left out, or rolled back")
        if index <= last.index:
            raise IntegrityError("a keyring stands before the version that it replaces")
        for signers, whose in ((last.keyring, "the version before"), (keyring, "its own version")):
            if not signers.is_signed(envelope):
                message = f"keyring version {keyring.version} is not signed by {whose}'s threshold"
                raise IntegrityError(message)
        return KeyringHistory((*self.versions, KeyringVersion(index, keyring)))

    def at(self, index: int) -> Keyring:
        """The keyring in force for the entry at an index."""
        found = self.versions[0].keyring
        for version in self.versions:
            if version.index >= index:
                break
            found = version.keyring
        return found

    def is_valid(self, fingerprint: str, index: int) -> bool:
        """Whether a key may have signed the entry at an index."""
        revoked = (version.keyring.revoked.get(fingerprint, index + 1) for version in self.versions)
        return self.at(index).holds(fingerprint) and min(revoked) > index


def _read_key(text: str) -> PublicKey:
    try:
        key = PublicKey.from_der(base64.b64decode(text, validate=True))
    except (ValueError, binascii.Error, KeyRefusedError):
        raise DocumentError("a key of a keyring is not an Ed25519 key in base64") from None
    if base64.b64encode(key.der).decode("ascii") != text:
        raise DocumentError("a key of a keyring is spelled in another way than it is written")
    return key


def _read_log_key(text: str) -> Verifier:
    try:
        verifier = Verifier.from_vkey(text)
    except KeyRefusedError as error:
        raise DocumentError(f"a log key of a keyring is refused: {error.message}") from None
    if verifier.kind not in (ED25519, MLDSA44):
        raise DocumentError("a log key of a keyring is of a type that logs do not have")
    return verifier
