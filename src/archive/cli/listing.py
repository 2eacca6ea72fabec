"""``archive list``: the captures of a collection."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import click

from archive.cli.captures import from_index, note_basis, print_capture, to_json
from archive.cli.options import after_option, as_json, collection_option, limit_option, open_here
from archive.cli.output import Output
from archive.errors import NotFoundError

if TYPE_CHECKING:
    from archive.collection import Capture, Collection

__all__ = ["command"]

_EPILOG = """\
\b
Examples:
  archive list
  archive list --url https://news.example/story
  archive list --failed --json
  archive list --limit 100 --after 3f2a9c    the hundred that come behind this one
"""


@click.command("list", epilog=_EPILOG)
@click.option("--url", metavar="URL", help="Only captures of this URL.")
@click.option("--failed", is_flag=True, help="Only those that failed.")
@click.option("-n", "--last", "last", metavar="N", type=click.IntRange(1), help="Only the last N.")
@limit_option
@after_option
@collection_option
@as_json
def command(
    url: str | None,
    failed: bool,
    last: int | None,
    limit: int | None,
    after: str | None,
    collection: Path | None,
    as_json: bool,
) -> None:
    """List captures, oldest first. With --limit and --after, page by page."""
    output = Output(as_json=as_json)
    with open_here(collection) as press:
        start = press.get(after).id if after else None
        found = press.captures(after=start) if url is None else _behind(press, url, start)
        chosen = (capture for capture in found if capture.failed or not failed)
        any_found = False
        for capture in deque(chosen, last) if last else islice(chosen, limit):
            any_found = True
            if as_json:
                output.json(from_index(to_json(capture, "list")))
            else:
                print_capture(output, capture)
        if not any_found and not as_json:
            output.note("no captures")
        note_basis(output)


def _behind(press: Collection, url: str, after: str | None) -> Iterator[Capture]:
    """The captures of a URL behind one of them."""
    found = press.captures_of(url)
    if after is not None:
        ids = [capture.id for capture in found]
        if after not in ids:
            raise NotFoundError("no capture of this URL", where=after)
        found = found[ids.index(after) + 1 :]
    yield from found
