"""What ``archive report`` does: writes the page of a URL's history."""

from __future__ import annotations

from pathlib import Path

from archive.cli.options import open_here
from archive.cli.output import Output
from archive.cli.pages import write_page
from archive.export import write_report
from archive.url import normalize

__all__ = ["report"]


def report(url: str, page: Path, collection: Path | None, as_json: bool) -> None:
    """Write the page, and tell how much stands on it."""
    output = Output(as_json=as_json)
    with open_here(collection) as press:
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
