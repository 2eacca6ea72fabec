"""``archive reindex``: make the index anew."""

from __future__ import annotations

from pathlib import Path

import click

from archive.cli.options import as_json, collection_option, open_here
from archive.cli.output import Output

__all__ = ["command"]


@click.command("reindex", epilog="\b\nExamples:\n  archive reindex -C press\n")
@collection_option
@as_json
def command(collection: Path | None, as_json: bool) -> None:
    """Make the index anew from the WARC files. It is a cache: nothing is lost or proved by it.

    What of the files could not be read is told, with its place: a capture is indexed all the same.
    """
    output = Output(as_json=as_json)
    with open_here(collection) as press:
        unread: list[str] = []
        count = press.reindex(unread.append)
    if as_json:
        told = {"captures": count, "unread": unread}
        output.json({"schema": "urn:article-archive:reindex:v1", **told})
    else:
        for one in unread:
            output.note(("not read  ", "yellow"), one, hang=10)
        output.line(f"{count:,} capture{'' if count == 1 else 's'} indexed")
