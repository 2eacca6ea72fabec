"""Writing pages: the file that ``--html`` names."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from archive.cli.output import Output
from archive.errors import StorageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from click.decorators import FC

__all__ = ["html_option", "write_page"]


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


def write_page(output: Output, page: str, file: Path) -> None:
    """Write a page, and say where.

    Raises:
        StorageError: it cannot be written.
    """
    try:
        file.write_bytes(page.encode("utf-8"))
    except OSError as error:
        raise StorageError(f"not written: {error.strerror}", where=str(file)) from None
    output.note(f"written: {file}")
