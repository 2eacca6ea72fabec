"""``archive init``: what it takes."""

from __future__ import annotations

from pathlib import Path

import click

from archive.cli.options import as_json, done_by, passphrase_option

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
@done_by("making:make")
def command() -> None:
    """Make a collection in DIR, and a key that signs its captures.

    The private key lies in your own configuration folder, never in the collection. Without a
    terminal or --passphrase-fd it is not encrypted.
    """
