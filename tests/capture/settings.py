"""What the tests of capture share: settings for loopback, and a fetch with the real clock."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from attrs import evolve

from archive.capture import Fetch, Limits, Settings, fetch

__all__ = ["LOCAL", "get", "now"]

LOCAL = Settings(allow_private=True, limits=Limits(total=30.0, stall=15.0))
"""Settings that reach loopback."""


def now() -> datetime:
    """The time of day, in UTC."""
    return datetime.now(UTC)


def get(url: str, settings: Settings = LOCAL, **limits: Any) -> Fetch:
    """Fetch, with these limits changed."""
    return fetch(url, evolve(settings, limits=evolve(settings.limits, **limits)), now=now)
