"""``archive witness``: what its verbs take."""

from __future__ import annotations

from pathlib import Path

import click

from archive.cli.options import as_json, done_by, passphrase_option

__all__ = ["command"]

_EPILOG = """\
\b
Examples:
  archive witness serve --name witness.example --log their-keys.txt
  archive witness serve --name witness.example --log their-keys.txt --port 8081
"""


@click.group("witness", no_args_is_help=False, epilog=_EPILOG)
def command() -> None:
    """Watch the logs of others: cosign that they only ever grow."""


@command.command("serve", short_help="Serve as a witness.", epilog=_EPILOG)
@click.option("--name", metavar="NAME", required=True, help="The witness's name, such as a host.")
@click.option("--key", "fingerprint", metavar="FPR", help="Sign with this key of yours.")
@click.option(
    "--log",
    "logs",
    metavar="FILE",
    multiple=True,
    required=True,
    type=click.Path(path_type=Path),
    help="Keys of logs to watch, a line each, as archive log status prints them.",
)
@click.option("--port", type=click.IntRange(0, 65535), default=8081, show_default=True)
@click.option("--host", metavar="ADDRESS", default="127.0.0.1", show_default=True)
@passphrase_option
@as_json
@done_by("witnessing:serve")
def serve() -> None:
    """Serve as a witness (C2SP tlog-witness) until interrupted.

    A log's checkpoint is cosigned when it extends the last one cosigned, which is kept in your
    state folder. First the witness's key is printed, for those who ask it or trust it. It must be
    another than the logs' own.
    """
