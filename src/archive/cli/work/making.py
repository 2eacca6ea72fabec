"""What ``archive init`` does: makes a collection."""

from __future__ import annotations

from pathlib import Path

from archive.cli.options import new_passphrase
from archive.cli.output import Output
from archive.collection import create_collection, open_collection
from archive.disk.layout import Layout
from archive.errors import UsageError
from archive.user.keystore import Keystore

__all__ = ["make"]


def make(
    folder: Path, origin: str | None, key: str | None, passphrase_fd: int | None, as_json: bool
) -> None:
    """Make a collection, and tell what it signs with."""
    output = Output(as_json=as_json)
    if Layout(folder).exists():
        raise UsageError("there is a collection already", where=str(folder))
    passphrase = None if key else new_passphrase(passphrase_fd)
    create_collection(folder, origin=origin, key=key, passphrase=passphrase)
    with open_collection(folder) as made:
        stored = Keystore.of_user().find(made.key, own=True)
        encrypted = stored.is_encrypted
        if as_json:
            output.json(
                {
                    "schema": "urn:article-archive:init:v1",
                    "collection": str(folder),
                    "origin": made.origin,
                    "fingerprint": made.key,
                    "path": str(stored.path),
                    "encrypted": encrypted,
                }
            )
            return
        output.line(f"collection   {folder}")
        output.line(f"origin       {made.origin}")
        output.line(f"key          {made.key}")
        output.line(f"private key  {stored.path}{'' if encrypted else '  (not encrypted)'}")
        output.note("Keep a copy of the private key; give the fingerprint to those who verify.")
