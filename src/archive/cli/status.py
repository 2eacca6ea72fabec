"""``archive status``: what a collection holds and what state it is in."""

from __future__ import annotations

from pathlib import Path

import attrs
import click

from archive.cli.options import as_json, collection_option, open_here
from archive.cli.output import Output

__all__ = ["command"]


@click.command("status", epilog="\b\nExamples:\n  archive status -C press\n")
@collection_option
@as_json
def command(collection: Path | None, as_json: bool) -> None:
    """Show what a collection holds, without changing anything. It verifies nothing."""
    output = Output(as_json=as_json)
    with open_here(collection) as press:
        status = press.status()
        if as_json:
            told = attrs.asdict(status)
            told["files"] = [{"name": name, "bytes": size} for name, size in status.files]
            output.json({"schema": "urn:article-archive:status:v1", **told})
            return
        size = sum(size for _, size in status.files)
        output.line(f"collection   {press.path}")
        output.line(f"origin       {status.origin}")
        output.line(f"key          {status.key}")
        output.line(f"captures     {status.captures:,}")
        output.line(f"WARC files   {len(status.files)}, {size:,} bytes")
        output.line(
            f"index        {'up to date' if status.indexed else 'behind, see: archive reindex'}"
        )
        output.line(f"writer       {'at work now' if status.writing else 'none'}")
        for torn in status.torn:
            output.line(("torn tail    ", "yellow"), torn)
        for name in status.quarantined:
            output.line(("quarantine   ", "yellow"), name)
