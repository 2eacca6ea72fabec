"""Writing pages: the file that ``--html`` names."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import click

from archive.cli.output import Output
from archive.errors import StorageError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from click.decorators import FC

    from archive.collection import Collection, Pair, Turn

__all__ = ["html_option", "write_diff", "write_report"]

_MOST_VERSIONS = 200


def html_option(*, required: bool) -> Callable[[FC], FC]:
    """``--html FILE``."""
    return click.option(
        "--html",
        "page",
        metavar="FILE",
        type=click.Path(path_type=Path, dir_okay=False),
        required=required,
        help="Write a page to look at: one file, no script, no network.",
    )


def write_diff(output: Output, press: Collection, pair: Pair, file: Path) -> None:
    """Write the page of two captures.

    Raises:
        StorageError: it cannot be written.
    """
    from archive.adding.effects import Effects
    from archive.export import render_diff

    _write(output, file, render_diff(pair, press.verify(), made=Effects().now()))


def write_report(
    output: Output, press: Collection, url: str, turns: Sequence[Turn], file: Path
) -> None:
    """Write the page of a URL's history.

    Raises:
        StorageError: it cannot be written.
    """
    from archive.adding.effects import Effects
    from archive.export import render_report

    pairs = _compare(press, turns[:_MOST_VERSIONS])
    page = render_report(url, turns, pairs, press.verify(), made=Effects().now())
    _write(output, file, page)


def _compare(press: Collection, turns: Sequence[Turn]) -> dict[str, Pair]:
    """Each version with an article compared with the one before it, by its first capture's id."""
    pairs: dict[str, Pair] = {}
    versions = [turn.version for turn in turns if turn.version.first.words is not None]
    for before, after in pairwise(versions):
        pairs[after.first.id] = press.pair(before.last, after.first)
    return pairs


def _write(output: Output, file: Path, page: str) -> None:
    try:
        file.write_bytes(page.encode("utf-8"))
    except OSError as error:
        raise StorageError(f"not written: {error.strerror}", where=str(file)) from None
    output.note(f"written: {file}")
