"""The world outside a collection: clock, waiting, randomness."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from datetime import UTC, datetime

from attrs import frozen

__all__ = ["Effects"]


def _now() -> datetime:
    return datetime.now(UTC)


@frozen
class Effects:
    """The world outside: clock, waiting, randomness. Tests put their own in."""

    now: Callable[[], datetime] = _now
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    rng: Callable[[int], bytes] = os.urandom
