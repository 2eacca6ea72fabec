"""Marks of footnotes in a text: *[3]* behind a word, which is *[4]* once a note comes in before.

Only the number moves, and nobody edited the sentence. A number in square brackets is a mark where
it touches the word before it, stands behind a sign that ends a part of a sentence or at the
beginning of a line, or where all of a text's numbers in brackets count up from one. In quotation
marks it is what an editor put in, and *Olsen [14]* is a fact. A raised digit is a mark behind a
sign or a longer word; behind a short one it may be a power.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

__all__ = ["blank_marks"]

_BRACKETS = re.compile(r"\[(\d{1,3})\]")
_RAISED = re.compile(
    r"(?:(?<=[.,;:!?)\]”»])|(?<=[^\W\d]{4}))[\u00b9\u00b2\u00b3\u2070\u2074-\u2079]+"
)
_BEHIND = re.compile(r"(?:\A|\n|[.,;:!?)\]。、，；：！？؟،۔।”“»«」』\"] ?|[^\W\d_]|\d)\Z")
"""What a mark stands behind: a sign and perhaps a space, or the word that it touches."""

_QUOTES = re.compile('[“”„«»「」『』"]')
_CLOSES = {"„": "“”", "“": "”", "«": "»", "»": "«", "「": "」", "『": "』", '"': '"'}
"""With which marks a quotation may end, by those that it begins with."""

MOST = 5_000
"""In a text with more brackets no marks are looked for."""

SPAN = 400
"""So many signs of a line are looked at for the beginning of a quotation."""


def blank_marks(text: str) -> str:
    """A text with spaces for the numbers of its footnotes' marks: every place stays the same.

    Args:
        text: the text, a paragraph a line.
    """
    if "[" in text and text.count("[") <= MOST:
        counted = _count_up(int(mark[1]) for mark in _BRACKETS.finditer(text))
        text = _BRACKETS.sub(lambda mark: _blanked(mark, counted), text)
    return _RAISED.sub(lambda raised: " " * len(raised[0]), text)


def _blanked(found: re.Match[str], counted: bool) -> str:
    """A number in brackets without its digits, if it is a mark."""
    text, place = found.string, found.start()
    behind = place == 0 or _BEHIND.search(text, max(0, place - 2), place) is not None
    if not (counted or behind) or _is_quoted(text, place):
        return found[0]
    return f"[{' ' * len(found[1])}]"


def _count_up(numbers: Iterable[int]) -> bool:
    """Whether numbers count up from one, each new one the next; an earlier one may come again."""
    most = 0
    for number in numbers:
        if number > most + 1:
            return False
        most = max(most, number)
    return most > 1


def _is_quoted(text: str, place: int) -> bool:
    """Whether a place stands within quotation marks of its line."""
    start = max(text.rfind("\n", max(0, place - SPAN), place) + 1, place - SPAN, 0)
    closing = ""
    for found in _QUOTES.finditer(text, start, place):
        if not closing:
            closing = _CLOSES.get(found[0], "")
        elif found[0] in closing:
            closing = ""
    return closing != ""
