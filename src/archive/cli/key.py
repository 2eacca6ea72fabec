"""``archive key``: what its verbs take."""

from __future__ import annotations

from pathlib import Path

import click

from archive.cli.options import as_json, collection_option, done_by, passphrase_option

__all__ = ["command"]


def _examples(*lines: str) -> str:
    return "\b\nExamples:\n" + "".join(f"  archive key {line}\n" for line in lines)


@click.group(
    "key", no_args_is_help=False, epilog=_examples("list", "show 77b0aa12 --pem > mine.pub.pem")
)
def command() -> None:
    """Keys that sign, and the keys and authorities that you trust.

    Private keys and pins lie in your configuration folder (XDG_CONFIG_HOME moves it).
    """


@command.command(
    "new",
    short_help="Make a key.",
    epilog=_examples("new", "new --passphrase-fd 3 3< passphrase.txt"),
)
@passphrase_option
@as_json
@done_by("keys:new")
def new() -> None:
    """Make a key. Sign with it in a new collection: archive init DIR --key FPR.

    Without a terminal or --passphrase-fd it is not encrypted.
    """


@command.command(
    "show",
    short_help="Show one key.",
    epilog=_examples("show", "show 77b0aa12", "show -C press --pem > mine.pub.pem"),
)
@click.argument("fingerprint", metavar="[FPR]", required=False)
@click.option("--pem", is_flag=True, help="Print the public key as PEM, to give to others.")
@collection_option
@as_json
@done_by("keys:show")
def show() -> None:
    """Show one key; six characters of its fingerprint will do.

    Without FPR it is the key that signs for the collection, or where there is none your only key.
    """


@command.command(
    "list", short_help="List your keys and pins.", epilog=_examples("list", "list --json")
)
@as_json
@done_by("keys:list_keys")
def list_keys() -> None:
    """List your keys, the keys that you pinned, and the authorities that you pinned."""


@command.command(
    "trust",
    short_help="Pin another's public key, or an authority.",
    epilog=_examples("trust theirs.pub.pem", "trust --tsa tsa-root.pem,tsa.pem"),
)
@click.argument("pem", metavar="[PEM]", required=False, type=click.Path(path_type=Path))
@click.option(
    "--tsa",
    metavar="ROOT.pem[,CERT.pem]",
    help="A time-stamping authority: its root and, if you can, the certificate that signs.",
)
@as_json
@done_by("keys:trust")
def trust() -> None:
    """Pin another's public key, from a PEM file whose fingerprint you checked with its owner.

    Or pin a time-stamping authority, from PEM files that you got from it. archive verify trusts
    what is pinned, unless --no-user-trust is given.
    """


@command.command("forget", short_help="Take a pin away.", epilog=_examples("forget 77b0aa12"))
@click.argument("fingerprint", metavar="FPR")
@as_json
@done_by("keys:forget")
def forget() -> None:
    """Take a pin away, of a key or of an authority. Your own keys are never deleted by this."""


@command.command(
    "rotate", short_help="Sign with a new key from now on.", epilog=_examples("rotate -C press")
)
@click.option("--to", metavar="FPR", help="This key of yours instead of a new one.")
@passphrase_option
@collection_option
@as_json
@done_by("keyrings:rotate")
def rotate() -> None:
    """Sign a collection with a new key from now on. The old key agrees, and counts no more.

    What it signed before counts as before: the log's index decides, nobody's clock.
    """


@command.command(
    "revoke", short_help="Say that a key was stolen.", epilog=_examples("revoke 77b0aa12 --from 9")
)
@click.argument("fingerprint", metavar="FPR")
@click.option("--from", "since", metavar="N", type=click.IntRange(0), help="From this entry on.")
@passphrase_option
@collection_option
@as_json
@done_by("keyrings:revoke")
def revoke() -> None:
    """Say that a key does not count from entry N of the log on, by default from now on.

    Rotate first when it is the key that signs.
    """


@command.command(
    "threshold",
    short_help="Say how many keys must agree.",
    epilog=_examples("threshold 2 --add 77b0aa12 -C press"),
)
@click.argument("number", metavar="N", type=click.IntRange(1))
@click.option("--add", metavar="FPR", multiple=True, help="A further key of yours that may sign.")
@passphrase_option
@collection_option
@as_json
@done_by("keyrings:threshold")
def threshold() -> None:
    """Say how many of a collection's keys must agree to the next change of its keys."""
