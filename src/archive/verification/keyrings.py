"""Of check 4: whether each envelope's key was valid where it stands, by index and nobody's clock.

Which keyring was in force where is told by `archive.proof.keyring`.

Kept are 2 bytes an envelope, and the keyrings.
"""

from __future__ import annotations

from array import array

from archive.digest import sha256
from archive.errors import IntegrityError, KeyRefusedError
from archive.proof.dsse import Envelope
from archive.proof.keyring import Keyring, KeyringHistory
from archive.proof.keys import PublicKey
from archive.proof.verifier import ED25519, Verifier, raw_key
from archive.verification.place import Place
from archive.verification.tally import Tally

__all__ = ["MAX_KEYRINGS", "Keyrings"]

MAX_KEYRINGS = 1000
"""How many are looked at: each is held, with its envelope."""
_BEHIND_NEWER = "keys of envelopes behind a keyring of a later version"
_MAX_SIGNERS = 65_535  # told apart; the rest count as one


class Keyrings:
    """Takes every envelope's key, and every keyring; judges when all have come.

    Args:
        tally: takes findings.
    """

    def __init__(self, tally: Tally) -> None:
        self._tally = tally
        self._signers: dict[bytes, int] = {}  # public keys, in the order they came
        self._signed = array("H")  # which of them, by index; 0 for a broken envelope
        self._keyrings: list[tuple[int, Keyring, Envelope, Place]] = []
        self._lost_at: int | None = None

    def take_signer(self, key: bytes | None) -> int:
        """Take the next envelope's public key, None when it is not intact; gives its index."""
        if key is None:
            self._signed.append(0)
        else:
            number = min(len(self._signers) + 1, _MAX_SIGNERS)
            self._signed.append(self._signers.setdefault(key, number))
        return len(self._signed) - 1

    def take(self, keyring: Keyring, data: bytes, index: int, place: Place) -> None:
        """Take a keyring: what its envelope says, that envelope, its index, where it stands."""
        if len(self._keyrings) >= MAX_KEYRINGS:
            self._tally.fail("signature", "the collection has too many keyrings", place)
        else:
            self._keyrings.append((index, keyring, Envelope.from_bytes(data), place))

    def lose(self, index: int) -> None:
        """A keyring of a later version stands at an index: what counts behind it is not known."""
        if self._lost_at is None:
            self._lost_at = index

    @property
    def is_lost(self) -> bool:
        """Whether there is a keyring that is not understood."""
        return self._lost_at is not None

    def judge(self) -> KeyringHistory | None:
        """Judge every envelope's key; gives the keyrings that count, None without any."""
        history = self._follow()
        if history is not None:
            self._judge_signers(history)
        return history

    def _follow(self) -> KeyringHistory | None:
        """Every keyring that the one before agreed to; the rest are findings."""
        history: KeyringHistory | None = None
        for index, keyring, envelope, place in self._keyrings:
            if self._lost_at is not None and index > self._lost_at:
                self._tally.skip("signature", "keyrings behind one of a later version")
                continue
            try:
                if history is None:
                    signers = keyring.keys
                    history = KeyringHistory.begin(keyring, envelope, index)
                else:
                    signers = (*history.latest.keys, *keyring.keys)
                    history = history.advance(keyring, envelope, index)
            except IntegrityError as error:
                self._tally.fail("signature", error.message, place)
                continue
            signed = {key.fingerprint for key in signers if envelope.signed_by(key)}
            if len(signed) != len(envelope.signatures):
                message = "a keyring has signatures besides those of its keys"
                self._tally.fail("signature", message, place)
        return history

    def _judge_signers(self, history: KeyringHistory) -> None:
        names = ["", *(sha256(key) for key in self._signers)]
        for signer, found in self._list_invalid(names, history).items():
            message = (
                f"{len(found)} envelopes, from number {found[0]} on, are signed by a key that the"
                f" keyring did not have there, or that was revoked: {names[signer]}"
            )
            self._tally.fail("signature", message, Place("log"))

    def _list_invalid(self, names: list[str], history: KeyringHistory) -> dict[int, list[int]]:
        """Where each signer signed without being valid there; asked anew where that may change."""
        edges = {version.index + 1 for version in history.versions}
        edges |= {index for v in history.versions for index in v.keyring.revoked.values()}
        invalid: dict[int, list[int]] = {}
        valid: dict[int, bool] = {}
        end = len(self._signed) if self._lost_at is None else self._lost_at + 1
        self._tally.skip("signature", _BEHIND_NEWER, len(self._signed) - end)
        for index, signer in enumerate(self._signed[:end]):
            if index in edges:
                valid.clear()
            if signer and signer not in valid:
                valid[signer] = history.is_valid(names[signer], index)
            if signer and not valid[signer]:
                invalid.setdefault(signer, []).append(index)
        return invalid

    def list_log_keys(self, origin: str, history: KeyringHistory | None) -> list[Verifier]:
        """The keys that checkpoints of this log may be signed with."""
        if history is None:  # a log that was just adopted: its own keyring comes next
            keys = [PublicKey.from_der(key) for key in list(self._signers)[:MAX_KEYRINGS]]
            try:
                return [Verifier.of(origin, ED25519, raw_key(key)) for key in keys]
            except KeyRefusedError:  # settings of a stranger's may name anything
                return []
        found = {key.to_vkey(): key for version in history.versions for key in version.keyring.log}
        if any(key.name != origin for key in found.values()):
            message = "the keyring is of a log with another name than the collection's settings say"
            self._tally.fail("log", message, Place("archive.toml"))
        return list(found.values())
