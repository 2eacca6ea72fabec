"""``archive search``: captures by words in titles and texts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click
from attrs import asdict

from archive.cli.captures import MARGIN, from_index, note_basis, print_capture, to_json
from archive.cli.options import as_json, collection_option, open_here
from archive.cli.output import Output, Styled
from archive.errors import ArchiveError

if TYPE_CHECKING:
    from archive.collection import Capture
    from archive.collection.excerpts import Excerpt

__all__ = ["command"]

_EPILOG = """\
\b
All WORDS have to be there; words in quotes have to stand in a row. Case and accents count for
nothing. Of captures with the same text the latest is listed.

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
            excerpt = _excerpt(capture, words)
            if as_json:
                told = asdict(excerpt) if excerpt else None
                output.json({**from_index(to_json(capture, "search")), "excerpt": told})
            else:
                print_capture(output, capture)
                if excerpt:
                    output.line(" " * MARGIN, *_mark(excerpt), hang=MARGIN)
    if not found:
        output.note("nothing found")
    note_basis(output)
    return 0 if found else 4


def _excerpt(capture: Capture, words: tuple[str, ...]) -> Excerpt | None:
    """Where the words stand in the text; None where they do not, or it cannot be read."""
    from archive.collection.excerpts import cut_excerpt

    try:
        article = capture.article
    except ArchiveError:
        return None
    return cut_excerpt(article.text, words) if article else None


def _mark(excerpt: Excerpt) -> list[str | Styled]:
    """The excerpt with the words that were looked for in bold."""
    pieces: list[str | Styled] = []
    last = 0
    for begin, end in excerpt.marks:
        pieces += [(excerpt.text[last:begin], "dim"), (excerpt.text[begin:end], "bold yellow")]
        last = end
    return [*pieces, (excerpt.text[last:], "dim")]
