"""``archive history``: the versions of a URL."""

from __future__ import annotations

from pathlib import Path

import click

from archive.cli.captures import print_version, version_to_json
from archive.cli.options import as_json, collection_option, open_here
from archive.cli.output import Output
from archive.url import normalize

__all__ = ["command"]


@click.command("history", epilog="\b\nExamples:\n  archive history https://news.example/story\n")
@click.argument("url", metavar="URL")
@collection_option
@as_json
def command(url: str, collection: Path | None, as_json: bool) -> None:
    """Show the versions of URL, oldest first: captures in a row whose article is the same."""
    output = Output(as_json=as_json)
    with open_here(collection) as press:
        versions = press.history(url)
        if not as_json:
            output.line((normalize(url), "bold"))
        for number, version in enumerate(versions, 1):
            if as_json:
                output.json(version_to_json(version))
            else:
                print_version(output, number, version, normalize(url))
