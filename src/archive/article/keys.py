"""What counts as the same text: white space, quotation marks, dashes written one plain way.

The cosmetic key of a text is its NFC form with typographic quotation marks, apostrophes, dashes,
ellipses, digits and white space written one plain way, and without invisible characters. Upper and
lower case stay: a capital can be an edit. The tight key has no white space at all; it finds a text
in a page whose markup puts spaces elsewhere.
"""

from __future__ import annotations

import re
from unicodedata import is_normalized, normalize

from archive.typography import ELLIPSIS, INVISIBLE, spellings

__all__ = ["cosmetic_key", "tight_key"]

_ZEROS = "٠۰߀०০੦૦୦௦౦೦൦๐໐༠၀០᠐０"
"""The zero of each script whose digits newspapers print; nine others follow it (Unicode, Nd)."""

_FOLDED = {
    **spellings(rare=True),
    **{chr(ord(zero) + digit): str(digit) for zero in _ZEROS for digit in range(10)},
    **ELLIPSIS,
    **dict.fromkeys(f"{INVISIBLE}\u200e\u200f", ""),
}
_FOLDS = re.compile(f"[{''.join(_FOLDED)}]")


def cosmetic_key(text: str) -> str:
    """The text without what is only typography; two texts with equal keys read the same."""
    return " ".join(_folded(text).split())


def tight_key(text: str) -> str:
    """The cosmetic key without any white space."""
    return "".join(_folded(text).split())


def _folded(text: str) -> str:
    if text.isascii():
        return text.replace("`", "'") if "`" in text else text
    if not is_normalized("NFC", text):
        text = normalize("NFC", text)
    return _FOLDS.sub(_fold, text)


def _fold(found: re.Match[str]) -> str:
    return _FOLDED[found[0]]
