"""The body of an article that a page states to programs and does not show to its readers.

A page drawn by scripts arrives empty, or with a word such as *Loading…*; its article stands in
JSON-LD (``articleBody``) or in the state that its scripts are given. That is the last source of a
text, and what comes from it is said to: no reader has seen it. A page that shows its article, or
only the beginning of it, is read as it is shown. ::

    finding    which body is the text, if any
    showing    whether a page shows its article, or a beginning of it
    naming     which titles and addresses are the page's own
    stated     the body in JSON-LD
    carried    the body in application state
    values     from a value of JSON to its paragraphs
    markup     from a string, which may be HTML, to its paragraphs
"""

from __future__ import annotations

from typing import Literal, get_args

from attrs import frozen

__all__ = ["FAR", "LEAST", "SCRAPS", "SOURCES", "UNSHOWN", "Body", "TextSource"]

TextSource = Literal["jsonld", "state"]
SOURCES: tuple[str, ...] = get_args(TextSource)
"""Where a text that no reader was shown may come from, as the claims record says it."""

UNSHOWN = {
    "jsonld": "from the page's JSON-LD, not shown to readers",
    "state": "from the state of the page's scripts, not shown to readers",
}
"""What is said of such a text wherever it appears."""

LEAST = 140
"""A body of fewer signs is none: a caption or a summary."""

FAR = 3
"""What a page shows is scraps beside a body of so many times its signs, or more."""

SCRAPS = 2_000
"""A text of more signs is the article's, whatever else the page states."""

FULLER = 1.25
"""State is taken in the place of JSON-LD where it has so many times its signs: some sites state a
cut body, and where both are whole JSON-LD is the one meant for others to read."""


@frozen
class Body:
    """A body that a page states.

    Args:
        source: where.
        lines: its paragraphs.
    """

    source: TextSource
    lines: tuple[str, ...]

    @property
    def size(self) -> int:
        """How many signs it has."""
        return sum(map(len, self.lines))
