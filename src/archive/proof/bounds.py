"""How large what is signed may be, apart from what signs: reading a file loads none of that.

C2SP tlog-tiles gives the length of an entry in two bytes. Every envelope is an entry.
"""

from __future__ import annotations

__all__ = ["MAX_ENVELOPE", "MAX_LINES", "MAX_MANIFEST"]

MAX_ENVELOPE = 65_535
"""The largest envelope, and so the largest entry of a log, in bytes."""
MAX_LINES = 65_536
"""The most records of a group with a manifest, besides manifest and envelope."""
MAX_MANIFEST = 32 << 20
"""The most bytes of a manifest."""
