"""``archive search``: captures by words in titles and texts."""

from __future__ import annotations

from pathlib import Path

import click

from archive.cli.captures import print_capture, to_json
from archive.cli.options import as_json, collection_option, open_here
from archive.cli.output import Output

__all__ = ["command"]

_EPILOG = """\
\b
All WORDS have to be there; words in quotes have to stand in a row. Case and accents count for
nothing. Of captures with the same text the latest is listed. After many captures,
`archive reindex` makes searching fast.

\b
Examples:
  archive search ferry pier
  archive search "ferry pier" Olsen --json

\b
Exit codes: 0 found, 4 nothing found.
"""


@click.command("search", epilog=_EPILOG)
@click.argument("words", metavar="WORDS", nargs=-1, required=True)
@click.option(
    "--most", metavar="N", type=click.IntRange(1), default=20, help="List so many at most (20)."
)
@collection_option
@as_json
def command(words: tuple[str, ...], most: int, collection: Path | None, as_json: bool) -> int:
    """Find captures that have WORDS in title or text, the best first."""
    output = Output(as_json=as_json)
    with open_here(collection) as press:
        found = press.search(*words, most=most)
        for capture in found:
            if as_json:
                output.json(to_json(capture, "search"))
            else:
                print_capture(output, capture)
    if not found:
        output.note("nothing found")
    return 0 if found else 4
