"""The keyrings that a proof carries: whose keys may sign where in its log.

They are held against the proof's own checkpoint, and against each other as in a collection
(`archive.proof.keyring`). A key counts only where it joined by its own signature: anybody can make
a log whose keyring lists somebody else's key. What a proof cannot show is a keyring that was left
out behind the last: whoever looks for a revocation asks the log, or verifies the collection.
"""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen

from archive.errors import IntegrityError
from archive.proof.bodies import read_body
from archive.proof.checkpoint import OpenedCheckpoint
from archive.proof.dsse import Envelope
from archive.proof.entry import EntryStatement
from archive.proof.extra import LoggedKeyring
from archive.proof.keyring import Keyring, KeyringHistory
from archive.proof.keys import PublicKey
from archive.proof.merkle import check_inclusion, hash_leaf
from archive.proof.spelling import read_statement
from archive.proof.verifier import Verifier

__all__ = ["CarriedKeyrings", "follow_keyrings"]


@frozen
class CarriedKeyrings:
    """Keyrings that agreed to each other, and where their log is said to hold them.

    Attributes:
        history: the keyrings.
        logged: their envelopes and places, in the same order.
    """

    history: KeyringHistory
    logged: tuple[LoggedKeyring, ...]

    def log_keys(self) -> list[Verifier]:
        """All keys that checkpoints of the log were ever to be signed with."""
        versions = self.history.versions
        return list({key.to_vkey(): key for one in versions for key in one.keyring.log}.values())

    def version_at(self, index: int) -> int:
        """The version in force for the entry at an index."""
        return self.history.at(index).version

    def hold(self, opened: OpenedCheckpoint, index: int, key: PublicKey) -> None:
        """Hold them against a checkpoint, and the key of an entry against them.

        Raises:
            IntegrityError: the log does not hold them, the keys in force did not all sign its
                checkpoint, or the key had no right to sign the entry.
        """
        head = opened.checkpoint
        for one in self.logged:
            leaf = hash_leaf(one.envelope)
            if not check_inclusion(one.hashes, one.index, head.size, leaf, head.root):
                raise IntegrityError("the log does not hold a keyring that the proof carries")
        signed = {(item.name, item.key_id) for item in opened.verified}
        wanted = self.history.at(head.size - 1).log
        if not wanted or not {(item.name, item.key_id) for item in wanted} <= signed:
            raise IntegrityError("the checkpoint is not signed by every key of the log")
        joined = any(Envelope.from_bytes(one.envelope).signed_by(key) for one in self.logged)
        if not joined or not self.history.is_valid(key.fingerprint, index):
            message = f"by the log's keyrings this key does not count for entry {index}"
            raise IntegrityError(message, where=key.fingerprint)


def follow_keyrings(logged: Sequence[LoggedKeyring]) -> CarriedKeyrings | None:
    """Read keyrings and follow them, from the first; None where there is none.

    Raises:
        DocumentError: one is no keyring.
        IntegrityError: one was not agreed to by the one before, or says another place.
    """
    history: KeyringHistory | None = None
    for one in logged:
        envelope = Envelope.from_bytes(one.envelope)
        said = read_statement(envelope.payload)
        body = read_body(said) if isinstance(said, EntryStatement) else None
        if not isinstance(said, EntryStatement) or not isinstance(body, Keyring):
            raise IntegrityError("what the proof carries as a keyring is none")
        if said.sequence != one.index:
            raise IntegrityError(f"keyring {body.version} stands at another place than it says")
        if history is None:
            history = KeyringHistory.begin(body, envelope, one.index)
        else:
            history = history.advance(body, envelope, one.index)
    return None if history is None else CarriedKeyrings(history, tuple(logged))
