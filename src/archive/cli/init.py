"""``archive init``: make a collection."""

from __future__ import annotations

from pathlib import Path

import click

from archive.cli.options import as_json, new_passphrase, passphrase_option
from archive.cli.output import Output

__all__ = ["command"]


_EPILOG = """\
\b
Examples:
  archive init press
  archive init press --origin news.example/press
"""


@click.command("init", epilog=_EPILOG)
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--origin", metavar="NAME", help="Name of its log; by default folder and suffix.")
@click.option("--key", metavar="FPR", help="Sign with this key instead of a new one.")
@passphrase_option
@as_json
def command(
    folder: Path, origin: str | None, key: str | None, passphrase_fd: int | None, as_json: bool
) -> None:
    """Make a collection in DIR, and a key that signs its captures.

    The private key lies in your own configuration folder, never in the collection. Without a
    terminal or --passphrase-fd it is not encrypted.
    """
    from archive.collection import create_collection, open_collection
    from archive.disk.layout import Layout
    from archive.errors import UsageError
    from archive.user.keystore import Keystore

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
