"""Which keys are trusted, and why. Nothing inside what is verified is ever trust."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from attrs import field, frozen

__all__ = ["Trust"]


def _freeze(keys: Mapping[str, str]) -> Mapping[str, str]:
    return MappingProxyType(dict(keys))


@frozen
class Trust:
    """Fingerprints that count, each with where the trust comes from.

    Args:
        keys: fingerprint (64 lower-case hexadecimal digits) to its origin, such as ``--trust``,
            ``pinned`` or ``own key``. Empty: nobody is trusted.
    """

    keys: Mapping[str, str] = field(factory=dict, converter=_freeze)

    def by(self, fingerprint: str) -> str | None:
        """Where the trust in a key comes from, or None when it is not trusted."""
        return self.keys.get(fingerprint)
