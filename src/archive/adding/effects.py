"""The world outside a collection: clock, waiting, randomness, versions of what is installed."""

from __future__ import annotations

import os
import platform
import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from importlib.metadata import version

from attrs import frozen

__all__ = ["Effects", "versions"]

_STANDS_ON = ("warcio", "pycurl", "h11", "isal", "cryptography")


def _now() -> datetime:
    return datetime.now(UTC)


@frozen
class Effects:
    """The world outside: clock, waiting, randomness. Tests put their own in."""

    now: Callable[[], datetime] = _now
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    rng: Callable[[int], bytes] = os.urandom


@cache
def versions() -> dict[str, str]:
    """Names and versions of what makes a capture, ours first; signed with each."""
    found = {name: version(name) for name in ("article-archive", *_STANDS_ON)}
    return {**found, "python": platform.python_version()}
