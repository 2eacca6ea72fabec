"""Check 4: envelopes, their signatures, and the keys behind them.

The statement carries its signer's public key, so that a lone file can be checked for consistency.
That key only says *whether* the signature is intact; whether it counts is for `Trust` to say. A key
id is a hint and decides nothing, but one that names another key is a finding. So is an envelope in
any other spelling than the one it is written in: without the key, nobody can then make a second
envelope of a statement.

Nothing inside what is verified is ever trust: `Trust` comes from who verifies.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import TypeAlias

from attrs import field, frozen

from archive.digest import sha256
from archive.errors import DocumentError, KeyRefusedError
from archive.proof.dsse import PAYLOAD_TYPE, Envelope
from archive.proof.entry import EntryStatement
from archive.proof.keys import ALGORITHM, PublicKey
from archive.proof.later import LaterStatement
from archive.proof.spelling import read_signed
from archive.proof.statement import Announced, CaptureStatement, SignedBy
from archive.verification.place import Place
from archive.verification.report import Signer
from archive.verification.tally import Tally

__all__ = ["Opened", "Signatures", "Trust"]

_MAX_KEYS = 1000
_UNKNOWN_ALGORITHM = "statements signed by an algorithm that this version does not know"
_RESPELLED = "envelope is not written as it was signed"
_OTHERS = "envelope has other signatures than its statement announces"
_UNKNOWN_ALSO = "further signatures by algorithms that this version does not know"

Opened: TypeAlias = CaptureStatement | EntryStatement | LaterStatement
"""What an intact envelope says, of a later version its head alone."""


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

    def open(self, data: bytes | None, place: Place) -> Opened | None:
        """The statement in an envelope whose signature is intact, else None and a finding.

        One that is signed by an algorithm that is not known is given too, and not checked.

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
            statement = read_signed(envelope.payload)
            problem = self._judge(envelope, statement, data)
        except (DocumentError, KeyRefusedError) as error:
            problem = error.message
        if problem is not None:
            self._tally.fail("signature", problem, place)
            return None
        return statement

    def _judge(self, envelope: Envelope, statement: Opened, data: bytes) -> str | None:
        """What is wrong with an envelope, or None: then its key is noted."""
        if envelope.payload_type != PAYLOAD_TYPE:
            return "envelope does not hold an in-toto statement"
        if statement.signer.algorithm != ALGORITHM:
            self._tally.withhold("signature", _UNKNOWN_ALGORITHM)
            return _RESPELLED if envelope.to_bytes() != data else None
        key = self._load(statement.signer)
        further = None if _is_keyring(statement) else _compare_announced(envelope, statement)
        problem = further or _judge(envelope, key, data)
        if problem is None and not _is_keyring(statement):
            problem = self._judge_announced(envelope, statement.signer.also or ())
        if problem is None:
            self._note(key)
        return problem

    def _judge_announced(self, envelope: Envelope, also: Iterable[Announced]) -> str | None:
        """What is wrong with the signatures that a statement announces."""
        for one in also:
            if one.algorithm != ALGORITHM:
                self._tally.skip("signature", _UNKNOWN_ALSO)
            elif not envelope.signed_by(self._load(SignedBy(one.public_key))):
                return "a signature that is announced is not that of its key"
        return None

    def _load(self, signer: SignedBy) -> PublicKey:
        known = self._keys.get(signer.public_key)
        if known is not None:
            return known
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


def _is_keyring(statement: Opened) -> bool:
    """Whether it may have several signatures; whose, is for `archive.verification.keyrings`."""
    return not isinstance(statement, CaptureStatement) and (
        statement.kind == "keyring" or statement.kind.startswith("keyring:")
    )


def _compare_announced(envelope: Envelope, statement: Opened) -> str | None:
    """Each signature behind the signer's is one that the statement announces."""
    announced = sorted(sha256(one.public_key) for one in statement.signer.also or ())
    further = sorted(signature.keyid for signature in envelope.signatures[1:])
    if further == announced:
        return None
    return _OTHERS if announced else "envelope has more than one signature"


def _judge(envelope: Envelope, key: PublicKey, data: bytes) -> str | None:
    """What is wrong with an envelope whose statement names `key`, or None."""
    if not envelope.signed_by(key):
        return "signature is not that of the statement's signer"
    if envelope.signatures[0].keyid != key.fingerprint:
        return "key id is not the signer's fingerprint"
    return _RESPELLED if envelope.to_bytes() != data else None


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
