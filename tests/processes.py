"""Which processes a process has started, as psutil tells it: no system need have ``ps``."""

from __future__ import annotations

from contextlib import suppress

import psutil

__all__ = ["children_of", "extracting"]


def children_of(parent: int) -> list[int]:
    """The processes that a process has started and that are not gone."""
    return [child.pid for child in psutil.Process(parent).children()]


def extracting() -> list[int]:
    """The children of this process that extract."""
    found = []
    for child in psutil.Process().children():
        with suppress(psutil.NoSuchProcess):  # it ended meanwhile
            if "archive.workers.child" in child.cmdline():
                found.append(child.pid)
    return found
