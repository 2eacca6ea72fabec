"""The keyrings of a collection as its writer needs them: which of its keys signed before.

They are read from the WARC files and followed from the first; they count only when the version in
force has the key that the writer holds, for that version was agreed to by all before it.
"""

from __future__ import annotations

from archive.disk.layout import Layout
from archive.errors import VERIFY, ArchiveError, KeyRefusedError, KeySupersededError
from archive.index.groups import EntryGroup, read_group
from archive.index.queries import Index
from archive.proof.bodies import read_body
from archive.proof.dsse import Envelope
from archive.proof.keyring import Keyring, KeyringHistory
from archive.proof.keys import PublicKey
from archive.proof.verifier import Verifier
from archive.store.confirmation import UnconfirmedError

__all__ = ["check_current", "list_keys", "list_log_keys", "read_history"]


def read_history(layout: Layout, index: Index) -> KeyringHistory | None:
    """Every keyring of a collection; None before the first.

    Args:
        layout: where the collection lies.
        index: up to date with the files.

    Raises:
        UnconfirmedError: a keyring cannot be read, or was not agreed to by the one before.
    """
    try:
        return _follow(layout, index)
    except (ArchiveError, OSError) as error:
        message = f"a keyring cannot be followed: {error}"
        raise UnconfirmedError(message, where=str(layout.warc), hint=VERIFY) from error


def _follow(layout: Layout, index: Index) -> KeyringHistory | None:
    history: KeyringHistory | None = None
    for row in index.entries("keyring"):
        group = read_group(layout.file(row.file), row.offset)
        body = read_body(group.statement) if isinstance(group, EntryGroup) else None
        if not isinstance(group, EntryGroup) or not isinstance(body, Keyring):
            raise ArchiveError("a keyring does not stand where it did", where=row.file)
        envelope = Envelope.from_bytes(group.envelope)
        if history is None:
            history = KeyringHistory.begin(body, envelope, row.sequence)
        else:
            history = history.advance(body, envelope, row.sequence)
    return history


def check_current(history: KeyringHistory | None, key: PublicKey) -> None:
    """Refuse to write with a key that the keyring in force does not have.

    Raises:
        KeySupersededError: it has not any more: an earlier one had it.
        KeyRefusedError: none ever had it.
    """
    if history is None or history.latest.holds(key.fingerprint):
        return
    current = tuple(one.fingerprint for one in history.latest.keys)
    hint = f'write into archive.toml: key = "{current[0]}"'
    if not any(version.keyring.holds(key.fingerprint) for version in history.versions):
        message = "no keyring of the collection has had this key"
        raise KeyRefusedError(message, where=key.fingerprint, hint=hint)
    message = "the collection's keyring does not have this key any more"
    raise KeySupersededError(message, where=key.fingerprint, hint=hint, current=current)


def list_keys(history: KeyringHistory | None, key: PublicKey) -> tuple[PublicKey, ...]:
    """The writer's key, and every key that a keyring has had."""
    versions = history.versions if history else ()
    found = {item.fingerprint: item for version in versions for item in version.keyring.keys}
    return tuple({key.fingerprint: key, **found}.values())


def list_log_keys(history: KeyringHistory | None) -> tuple[Verifier, ...]:
    """Every key that the log's checkpoints were signed with."""
    versions = history.versions if history else ()
    return tuple({k.to_vkey(): k for version in versions for k in version.keyring.log}.values())
