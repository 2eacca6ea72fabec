"""Which revision of the rules pages are read and compared by."""

from __future__ import annotations

__all__ = ["RULES"]

RULES = 11
"""The revision of the rules by which pages are read and their readings are digested: raised
whenever the same page would give another digest, equal digests a change, or two pages another
verdict: what is kept of comparisons in an index goes with it."""
