"""A set of record ids in little memory: some sixteen bytes each, of millions.

An id is kept as twelve bytes of its SHA-256. Two of them choose a bucket and ten stand in it, one
after the other in one byte string, because a Python set takes a hundred bytes for each.
"""

from __future__ import annotations

from archive import digest

__all__ = ["Ids"]

_SIZE = 10


class Ids:
    """The ids seen so far."""

    def __init__(self) -> None:
        self._buckets: dict[bytes, bytearray] = {}

    def __contains__(self, id_: str) -> bool:
        brief = digest.brief(id_)
        bucket = self._buckets.get(brief[:2])
        return bucket is not None and _find_in(bucket, brief[2 : 2 + _SIZE]) >= 0

    def add(self, id_: str) -> bool:
        """Take an id; gives whether it is new."""
        brief = digest.brief(id_)
        rest = brief[2 : 2 + _SIZE]
        bucket = self._buckets.get(brief[:2])
        if bucket is None:
            self._buckets[brief[:2]] = bytearray(rest)
            return True
        if _find_in(bucket, rest) >= 0:
            return False
        bucket += rest
        return True


def _find_in(bucket: bytearray, rest: bytes) -> int:
    at = bucket.find(rest)
    while at > 0 and at % _SIZE:  # found across two others
        at = bucket.find(rest, at + 1)
    return at
