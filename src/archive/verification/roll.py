"""The roll: one digest over all captures and later texts that a verification found intact.

Whoever shows something beside a verdict holds what he is about to show, such as the rows of an
index, against it: with an equal roll none of them is missing, invented, or of another URL or date.
"""

from __future__ import annotations

import hashlib
from typing import Protocol

from archive import document

__all__ = ["Roll"]


class _Capture(Protocol):
    """What is called up of a capture: by its statement, or by its row."""

    @property
    def sequence(self) -> int: ...
    @property
    def url(self) -> str: ...
    @property
    def final_url(self) -> str: ...
    @property
    def date(self) -> str: ...
    @property
    def claimed_date(self) -> str | None: ...
    @property
    def outcome(self) -> str: ...
    @property
    def grade(self) -> str: ...


class Roll:
    """Takes captures and texts, each in the order in which they are stored."""

    def __init__(self) -> None:
        self._captures = hashlib.sha256()
        self._texts = hashlib.sha256()

    def take_capture(self, said: _Capture, envelope: str) -> None:
        """Call up a capture.

        Args:
            said: its statement, or its row.
            envelope: SHA-256 of its envelope.
        """
        when = (said.date, said.claimed_date)
        what = (said.sequence, envelope, said.url, said.final_url, *when, said.outcome, said.grade)
        self._captures.update(document.write(what) + b"\n")

    def take_text(self, sequence: int, envelope: str, capture: str) -> None:
        """Call up a text that was extracted later, and its capture, by their envelopes' SHA-256."""
        self._texts.update(document.write((sequence, envelope, capture)) + b"\n")

    def close(self) -> str:
        """The digest, in hexadecimal."""
        both = self._captures.digest() + self._texts.digest()
        return hashlib.sha256(both).hexdigest()
