"""``archive report``: the history of a URL as a page."""

from __future__ import annotations

from pathlib import Path

import click

from archive.cli.options import collection_option, open_here
from archive.cli.output import Output
from archive.cli.pages import html_option, write_report
from archive.url import normalize

__all__ = ["command"]


@click.command(
    "report",
    epilog="\b\nExamples:\n  archive report https://news.example/story --html story.html\n",
)
@click.argument("url", metavar="URL")
@html_option(required=True)
@collection_option
def command(url: str, page: Path, collection: Path | None) -> None:
    """Write a page about URL: captures in time, what changed, what contradicts itself."""
    from archive.collection import trace

    with open_here(collection) as press:
        write_report(Output(), press, normalize(url), trace(press.history(url)), page)
