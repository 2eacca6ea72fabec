"""``archive report``: the history of a URL as a page."""

from __future__ import annotations

import click

from archive.cli.options import as_json, collection_option, done_by
from archive.cli.pages import html_option

__all__ = ["command"]


@click.command(
    "report",
    epilog="\b\nExamples:\n  archive report https://news.example/story --html story.html\n",
)
@click.argument("url", metavar="URL")
@html_option(required=True)
@collection_option
@as_json
@done_by("reporting:report")
def command() -> None:
    """Write a page about URL: captures in time, what changed, what contradicts itself."""
