"""A bar on stderr that tells how many of several are done."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from archive.cli.terminal import color_system

__all__ = ["show_bar"]


@contextmanager
def show_bar(total: int, doing: str) -> Iterator[Callable[[Callable[[], None]], None]]:
    """Show the bar; gives what is to be called for each of `total`, with what tells of it."""
    columns = (TextColumn(doing), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    bar = Progress(
        *columns,
        console=Console(stderr=True, color_system=color_system()),
        transient=True,
        redirect_stdout=False,  # or rich sends what is written there to stderr
        redirect_stderr=False,
    )
    with bar:
        task = bar.add_task(doing, total=total)

        def step(say: Callable[[], None]) -> None:
            if sys.stdout.isatty():
                bar.stop()
                say()
                bar.start()
            else:
                say()
            bar.advance(task)

        yield step
