"""Sources that stand before another: what is read of it is bounded, or counted and hashed."""

from __future__ import annotations

import hashlib
import sys

from attrs import define

from archive.warc.stream import ByteSource

__all__ = ["Counted", "Portion"]


@define
class Portion:
    """No more of a source than `left` bytes, and at most so many at a time."""

    source: ByteSource
    left: int = sys.maxsize
    most: int = sys.maxsize

    def read(self, size: int, /) -> bytes:
        """Give up to `size` bytes; none at the portion's end."""
        data = self.source.read(min(size, self.left, self.most))
        self.left -= len(data)
        return data

    def close(self) -> None:
        """Close the source, if it can be closed."""
        _close(self.source)


@define
class Counted:
    """A source that knows how far it was read, and hashes what it gives if asked to."""

    source: ByteSource
    hasher: hashlib._Hash | None = None
    position: int = 0

    def read(self, size: int, /) -> bytes:
        """Give up to `size` bytes; none at the end."""
        data = self.source.read(size)
        self.position += len(data)
        if self.hasher is not None:
            self.hasher.update(data)
        return data

    def close(self) -> None:
        """Close the source, if it can be closed."""
        _close(self.source)


def _close(source: ByteSource) -> None:
    close = getattr(source, "close", None)
    if close is not None:
        close()
