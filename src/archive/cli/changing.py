"""``archive changes``: what changed in a collection."""

from __future__ import annotations

import click

from archive.cli.options import as_json, collection_option, done_by, limit_option
from archive.cli.pages import html_option

__all__ = ["command"]

_EPILOG = """\
\b
Listed are captures whose article is not the one of the capture of the same URL before. Failures,
and captures that are probably not the article, are passed over. Classes are those of
`archive diff --help`.

\b
Examples:
  archive changes
  archive changes --since 7d --host news.example
  archive changes --since 2026-11-22 --only headline,number --silent
  archive changes --since 24h --html changes.html
  archive changes --json

\b
Exit codes: 0 nothing to show, 1 something changed.
"""


@click.command("changes", epilog=_EPILOG)
@click.option(
    "--since",
    metavar="7d|DATE",
    help="Only captures of so many hours (h), days (d), weeks (w), or since a date or instant.",
)
@click.option("--host", metavar="HOST", help="Only URLs of this host, such as news.example.")
@click.option(
    "--only",
    metavar="CLASS[,CLASS]",
    multiple=True,
    help="Only where something changed of these classes; repeatable.",
)
@click.option("--silent", is_flag=True, help="Only silent changes.")
@limit_option
@html_option(required=False)
@collection_option
@as_json
@done_by("changing:list_changes")
def command() -> None:
    """List what changed in the collection, the newest first.

    A silent change is told so only after both captures were read again from their records.
    """
