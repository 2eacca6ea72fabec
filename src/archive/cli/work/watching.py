"""Whether a bar tells how many of several are done: on a terminal alone."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext

__all__ = ["watch"]


def watch(
    total: int, doing: str = "capturing"
) -> AbstractContextManager[Callable[[Callable[[], None]], None]]:
    """Gives what is to be called for each: it runs what it is given, out of the way of a bar.

    The bar is on stderr, on a terminal and for several only.

    Args:
        total: how many there are.
        doing: what is done to each.
    """
    if total < 2 or not sys.stderr.isatty() or os.environ.get("TERM") in ("dumb", "unknown"):
        return nullcontext(lambda say: say())
    from archive.cli.work.progress import show_bar  # loads rich

    return show_bar(total, doing)
