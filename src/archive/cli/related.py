"""``archive related``: captures that share passages with one."""

from __future__ import annotations

from pathlib import Path

import click

from archive.cli.captures import MARGIN, print_capture, to_json
from archive.cli.options import as_json, collection_option, open_here
from archive.cli.output import Output

__all__ = ["command"]

_EPILOG = """\
\b
Listed are captures of other URLs that have five words in a row with CAPTURE in common, or more: of
those with the same text the latest. What they share shows `archive diff CAPTURE OTHER`. After many
captures, `archive reindex` makes this fast.

\b
Examples:
  archive related https://news.example/story
  archive related 3f2a9c81 --json

\b
Exit codes: 0 found, 4 nothing found.
"""


@click.command("related", epilog=_EPILOG)
@click.argument("reference", metavar="CAPTURE")
@click.option(
    "--most", metavar="N", type=click.IntRange(1), default=20, help="List so many at most (20)."
)
@collection_option
@as_json
def command(reference: str, most: int, collection: Path | None, as_json: bool) -> int:
    """List captures of other URLs that share passages with CAPTURE, those that share most first."""
    output = Output(as_json=as_json)
    with open_here(collection) as press:
        found = press.related(press.get(reference), most=most)
        for one in found:
            if as_json:
                told = {"shingles": one.shingles, "share": round(one.share, 4)}
                output.json({**to_json(one.capture, "related"), **told})
                continue
            print_capture(output, one.capture)
            shared = f"shares {one.share:.0%} of the text ({one.shingles:,} runs of five words)"
            output.line(" " * MARGIN, (shared, "cyan"), hang=MARGIN)
    if not found:
        output.note("nothing found")
    return 0 if found else 4
