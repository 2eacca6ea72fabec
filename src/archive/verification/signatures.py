"""Check 4: envelopes, their signatures, and the keys behind them.

The statement carries its signer's public key, so that a lone file can be checked for consistency.
That key only says *whether* the signature is intact; whether it counts is for `Trust` to say. A key
id is a hint and decides nothing, but one that names another key is a finding. So is an envelope in
any other spelling than the one it is written in: without the key, nobody can then make a second
envelope of a statement.

Nothing inside what is verified is ever trust: `Trust` comes from who verifies.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from attrs import field, frozen

from archive.errors import DocumentError, KeyRefusedError
from archive.proof.dsse import PAYLOAD_TYPE, Envelope
from archive.proof.entry import EntryStatement
from archive.proof.keys import ALGORITHM, PublicKey
from archive.proof.spelling import read_statement
from archive.proof.statement import CaptureStatement, SignedBy
from archive.verification.place import Place
from archive.verification.report import Signer
from archive.verification.tally import Tally

__all__ = ["Signatures", "Trust"]

_MAX_KEYS = 1000


class Signatures:
    """Opens envelopes and remembers who signed them.

    Args:
        trust: the keys that count.
        tally: takes counts and findings.
    """

    def __init__(self, trust: Trust, tally: Tally) -> None:
        self._trust = trust
        self._tally = tally
        self._keys: dict[bytes, PublicKey] = {}
        self._signers: dict[str, Signer] = {}
        self.untrusted = False
        """Whether an intact statement was signed by a key that is not trusted."""

    @property
    def signers(self) -> tuple[Signer, ...]:
        """The keys of the intact statements, in the order they appeared."""
        return tuple(self._signers.values())

    def open(self, data: bytes | None, place: Place) -> CaptureStatement | EntryStatement | None:
        """The statement in an envelope whose signature is intact, else None and a finding.

        Args:
            data: the envelope's exact bytes, None when it was too large to be one.
            place: where it stands.
        """
        self._tally.count("signature")
        if data is None:
            self._tally.fail("signature", "envelope is larger than an envelope may be", place)
            return None
        try:
            envelope = Envelope.from_bytes(data)
            statement = read_statement(envelope.payload)
            key = self._load(statement.signer)
        except (DocumentError, KeyRefusedError) as error:
            self._tally.fail("signature", error.message, place)
            return None
        several = isinstance(statement, EntryStatement) and statement.kind == "keyring"
        problem = _judge(envelope, key, data, several=several)
        if problem is not None:
            self._tally.fail("signature", problem, place)
            return None
        self._note(key)
        return statement

    def _load(self, signer: SignedBy) -> PublicKey:
        known = self._keys.get(signer.public_key)
        if known is not None and signer.algorithm == ALGORITHM:
            return known
        if signer.algorithm != ALGORITHM:
            raise KeyRefusedError(f"signature algorithm is not {ALGORITHM}")
        key = PublicKey.from_der(signer.public_key)
        if len(self._keys) < _MAX_KEYS:
            self._keys[key.der] = key
        return key

    def _note(self, key: PublicKey) -> None:
        by = self._trust.by(key.fingerprint)
        if by is None:
            self.untrusted = True
            self._tally.withhold("signature", "intact, but by a key that is not trusted")
        if len(self._signers) < _MAX_KEYS:
            self._signers.setdefault(key.fingerprint, Signer(key.fingerprint, by is not None, by))


def _judge(envelope: Envelope, key: PublicKey, data: bytes, *, several: bool) -> str | None:
    """What is wrong with an envelope whose statement names `key`, or None.

    A keyring's may have several signatures; whose, is for `archive.verification.anchoring`.
    """
    if envelope.payload_type != PAYLOAD_TYPE:
        return "envelope does not hold an in-toto statement"
    if len(envelope.signatures) != 1 and not several:
        return "envelope has more than one signature"
    if not envelope.signed_by(key):
        return "signature is not that of the statement's signer"
    if envelope.signatures[0].keyid != key.fingerprint:
        return "key id is not the signer's fingerprint"
    if envelope.to_bytes() != data:
        return "envelope is not written as it was signed"
    return None


def _freeze(keys: Mapping[str, str]) -> Mapping[str, str]:
    return MappingProxyType(dict(keys))


@frozen
class Trust:
    """Fingerprints that count, each with where the trust comes from.

    Args:
        keys: fingerprint (64 lower-case hexadecimal digits) to its origin, such as ``--trust``,
            ``pinned`` or ``own key``. Empty: nobody is trusted.
    """

    keys: Mapping[str, str] = field(factory=dict, converter=_freeze)

    def by(self, fingerprint: str) -> str | None:
        """Where the trust in a key comes from, or None when it is not trusted."""
        return self.keys.get(fingerprint)
