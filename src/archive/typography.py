"""Quotation marks, apostrophes, dashes, marks on letters: which there are, and what for.

One table for who finds quotations, compares texts and compares claims. Texts are compared with all
signs folded. Claims are with the usual ones only: folding more would change which claims of pages
that are archived already say the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from unicodedata import category

__all__ = [
    "CLOSED_BY",
    "DASHES",
    "DIRECTIONS",
    "DOUBLE_MARKS",
    "ELLIPSIS",
    "INVISIBLE",
    "LONG_DASHES",
    "MARKS",
    "MARKS_ON_LETTERS",
    "MINUS_SIGNS",
    "SINGLE_MARKS",
    "spellings",
]

_SPELLINGS: Mapping[str, tuple[str, str]] = {
    '"': ("“”„«»", "‟〝〞＂"),
    "'": ("‘’‚`´", "‛ʼ＇"),
    "-": ("‐‑–—−", "‒―﹣－"),
}
"""For each plain sign those that are written for it: the usual ones, and the rarer ones."""

CLOSED_BY: Mapping[str, str] = {
    '"': '"“„”',
    "“": "„“‟",
    "”": '“„”"‟',
    "»": "«»",
    "«": "»",
    "」": "「",
    "』": "『",
    "›": "‹",
    "‹": "›",
    "’": "‘‚‛",
    "‘": "‚‘",
    "'": "'",
}
"""For each mark that can close a quotation those that it closes."""

SINGLE_MARKS = "'‘’‚‛"
"""Marks of inner quotations, and apostrophes."""

DOUBLE_MARKS = '"“”„‟«»「」『』'
"""Marks of outer quotations."""

MARKS = "".join(sorted({*CLOSED_BY, *"".join(CLOSED_BY.values())}))
"""All marks that quotations are found by."""

LONG_DASHES = "—–"
"""What sets off a clause, or begins speech."""

DASHES = "—–-"
"""The same, or the hyphen that is typed for them."""

MINUS_SIGNS = "-−–"
"""What stands before a number below zero."""

ELLIPSIS: Mapping[str, str] = {"…": "..."}

INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
"""Signs without a width: soft hyphen, zero-width space, joiners, byte order mark."""

DIRECTIONS = "\u200e\u200f\u202a-\u202e\u2066-\u2069"
"""Signs that turn the direction of writing, as they stand in a character class."""

MARKS_ON_LETTERS = "\u200c\u200d" + "".join(
    chr(at) for at in range(0x300, 0xE00) if category(chr(at)) in {"Mn", "Mc"}
)
"""Signs that stand on or in a word and are no letters: joiners, accents by themselves, points of
Hebrew and Arabic, vowels of Indian scripts. As they stand in a character class."""


def spellings(*, rare: bool) -> dict[str, str]:
    """For each sign the plain one that it is written for.

    Args:
        rare: whether the rarer signs are among them.
    """
    return {
        sign: plain
        for plain, (usual, rarer) in _SPELLINGS.items()
        for sign in (usual + rarer if rare else usual)
    }
