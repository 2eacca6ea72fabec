"""``archive list``: the captures of a collection."""

from __future__ import annotations

from collections import deque
from pathlib import Path

import click

from archive.cli.captures import print_capture, to_json
from archive.cli.options import as_json, collection_option, open_here
from archive.cli.output import Output

__all__ = ["command"]

_EPILOG = """\
\b
Examples:
  archive list
  archive list --url https://news.example/story
  archive list --failed --json
"""


@click.command("list", epilog=_EPILOG)
@click.option("--url", metavar="URL", help="Only captures of this URL.")
@click.option("--failed", is_flag=True, help="Only those that failed.")
@click.option("-n", "--last", "last", metavar="N", type=click.IntRange(1), help="Only the last N.")
@collection_option
@as_json
def command(
    url: str | None, failed: bool, last: int | None, collection: Path | None, as_json: bool
) -> None:
    """List captures, oldest first."""
    output = Output(as_json=as_json)
    with open_here(collection) as press:
        found = press.captures_of(url) if url else press.captures()
        chosen = (capture for capture in found if capture.failed or not failed)
        any_found = False
        for capture in deque(chosen, last) if last else chosen:
            any_found = True
            if as_json:
                output.json(to_json(capture, "list"))
            else:
                print_capture(output, capture)
        if not any_found and not as_json:
            output.note("no captures")
