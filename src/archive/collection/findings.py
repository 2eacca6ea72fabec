"""What is found out about captures: by a collection that is asked, or already known."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from attrs import frozen

if TYPE_CHECKING:
    from archive.collection.capture import Capture
    from archive.collection.changing import Step
    from archive.index.rows import Row

__all__ = ["Findings", "KnownFindings"]


class Findings(Protocol):
    """What a collection finds out about its captures, when it is asked."""

    def step(self, capture: Capture) -> Any:
        """What changed in one since the one before, or why nothing is said of that."""

    def share(self, capture: Capture) -> float | None:
        """The share of its article's words that its text has."""

    def doubt(self, row: Row) -> str | None:
        """Why its page may not be the article, by the rules of now as well."""


@frozen
class KnownFindings:
    """What was found out about one capture."""

    _step: Step | str | None
    _share: float | None
    _doubt: str | None = None

    def step(self, _: Capture) -> Step | str | None:
        """What changed in it, or why nothing is said of that."""
        return self._step

    def share(self, _: Capture) -> float | None:
        """How whole its text is."""
        return self._share

    def doubt(self, _: Row) -> str | None:
        """Why its page may not be the article."""
        return self._doubt
