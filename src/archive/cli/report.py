"""``archive report``: the history of a URL as a page."""

from __future__ import annotations

from pathlib import Path

import click

from archive.cli.options import as_json, collection_option, open_here
from archive.cli.output import Output
from archive.cli.pages import html_option, write_page
from archive.url import normalize

__all__ = ["command"]


@click.command(
    "report",
    epilog="\b\nExamples:\n  archive report https://news.example/story --html story.html\n",
)
@click.argument("url", metavar="URL")
@html_option(required=True)
@collection_option
@as_json
def command(url: str, page: Path, collection: Path | None, as_json: bool) -> None:
    """Write a page about URL: captures in time, what changed, what contradicts itself."""
    output = Output(as_json=as_json)
    with open_here(collection) as press:
        from archive.export import write_report  # loads what makes pages

        made, turns = write_report(press, url)
        write_page(output, made, page)
    if as_json:
        output.json(
            {
                "schema": "urn:article-archive:report:v1",
                "url": normalize(url),
                "file": str(page),
                "versions": len(turns),
                "captures": sum(len(turn.version.captures) for turn in turns),
            }
        )
