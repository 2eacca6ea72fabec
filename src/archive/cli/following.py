"""``archive log follow``: what it takes."""

from __future__ import annotations

import click

from archive.cli.options import as_json, collection_option, done_by

__all__ = ["command"]

_EPILOG = """\
\b
Examples:
  archive log follow https://news.example/log --trust their-key.pub.pem
  archive log follow /srv/log --once --json
  archive log follow -C press --from 0 --once
"""


@click.command("follow", short_help="Watch a log grow, or not.", epilog=_EPILOG)
@click.argument("source", metavar="[SOURCE]", required=False)
@click.option(
    "--trust",
    metavar="KEY",
    multiple=True,
    help="Key of the log: a PEM file, a fingerprint, a verifier key, a file of such.",
)
@click.option("--no-user-trust", is_flag=True, help="Do not trust your own keys and pins.")
@click.option("--once", is_flag=True, help="Look once, and say by the exit code what was found.")
@click.option(
    "--interval",
    metavar="SECONDS",
    type=click.FloatRange(1),
    default=60,
    show_default=True,
    help="Time between two looks.",
)
@click.option(
    "--from",
    "start",
    metavar="N",
    type=click.IntRange(0),
    help="Begin with entry N, not with what is new.",
)
@collection_option
@as_json
@done_by("following:follow")
def command() -> None:
    """Watch a log: tell what is new in it, and fail when its history was changed.

    SOURCE is the URL or folder where it is published, or a collection; by default the collection
    that -C names. Its checkpoint must be signed by a key that you trust, and extend the last one
    that you saw, which is kept in your state folder. Entries are told where they are published.

    Exit 1 when history went backwards or was rewritten; with --once also 4 when the log has less
    than you saw of it elsewhere.
    """
