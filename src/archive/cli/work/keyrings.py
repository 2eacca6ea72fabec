"""What ``archive key`` does to the keys of a collection: the next keyring."""

from __future__ import annotations

from pathlib import Path

from archive.cli.options import open_here
from archive.cli.output import Output
from archive.log.rekeying import KeyChange
from archive.proof.keyring import Keyring
from archive.user.keystore import FINGERPRINT, Keystore

__all__ = ["revoke", "rotate", "threshold"]


def rotate(
    to: str | None, passphrase_fd: int | None, collection: Path | None, as_json: bool
) -> None:
    """Sign with another key from now on, and show the keyring."""
    output = Output(as_json=as_json)
    signer = Keystore.of_user().find(to, own=True).fingerprint if to else None
    with open_here(collection, passphrase_fd) as press:
        keyring = press.finish_rotation()
        if keyring is not None and signer in (None, press.key):
            output.note("ended what an earlier rotation had begun")
        else:
            keyring = press.change_keys(KeyChange(signer=signer, fresh=signer is None))
    _print_keyring(output, keyring)


def revoke(
    fingerprint: str,
    since: int | None,
    passphrase_fd: int | None,
    collection: Path | None,
    as_json: bool,
) -> None:
    """Let a key count no more, and show the keyring."""
    known = FINGERPRINT.match(fingerprint)
    whole = fingerprint if known else Keystore.of_user().find(fingerprint).fingerprint
    with open_here(collection, passphrase_fd) as press:
        keyring = press.change_keys(KeyChange(revoked={whole: since}))
    _print_keyring(Output(as_json=as_json), keyring)


def threshold(
    number: int,
    add: tuple[str, ...],
    passphrase_fd: int | None,
    collection: Path | None,
    as_json: bool,
) -> None:
    """Let so many keys agree, and show the keyring."""
    added = tuple(Keystore.of_user().find(name, own=True).fingerprint for name in add)
    with open_here(collection, passphrase_fd) as press:
        keyring = press.change_keys(KeyChange(threshold=number, add=added))
    _print_keyring(Output(as_json=as_json), keyring)


def _print_keyring(output: Output, keyring: Keyring) -> None:
    keys = [key.fingerprint for key in keyring.keys]
    if output.as_json:
        said = {"version": keyring.version, "threshold": keyring.threshold, "keys": keys}
        revoked = [{"fingerprint": name, "from": at} for name, at in keyring.revoked.items()]
        output.json({"schema": "urn:article-archive:keyring:v1", **said, "revoked": revoked})
        return
    output.line(f"keyring      version {keyring.version}, threshold {keyring.threshold}")
    for key in keys:
        output.line(f"key          {key}")
    for name, at in keyring.revoked.items():
        output.line(f"revoked      {name} from entry {at}")
