"""What makes a capture: versions of what is installed, signed with it."""

from __future__ import annotations

import platform
from functools import cache
from importlib.metadata import version

__all__ = ["versions"]

_STANDS_ON = ("warcio", "pycurl", "h11", "isal", "cryptography")


@cache
def versions() -> dict[str, str]:
    """Names and versions of what makes a capture, ours first; signed with each."""
    found = {name: version(name) for name in ("article-archive", *_STANDS_ON)}
    return {**found, "python": platform.python_version()}
