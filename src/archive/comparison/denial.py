"""Where a passage denies: words, parts of words and signs that say that something is not so.

Languages deny in different ways. *Not* is a word; Turkish has it in the verb (*geldi*, *gelmedi*),
and Japanese and Chinese write no spaces, so that it is some signs in a row. The data says which:
a phrase stands by itself, a star in it stands for letters (two at least in front, so that a stem is
left), and phrases of a script without spaces are found wherever they stand. What seems to deny and
does not, *komedi* or 少ない, is taken out before.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from unicodedata import normalize

from attrs import frozen

from archive.article.article import UNSPACED

__all__ = ["Denials"]

Span = tuple[int, int]
"""The first token, and the one after the last."""

_IN_UNSPACED = re.compile(f"[{UNSPACED}]")
_NEVER = re.compile(r"(?!)")
_TYPOGRAPHY = str.maketrans({"’": "'", "\u200c": None, "\u200d": None})


@frozen
class Denials:
    """How one language denies.

    Args:
        negators: finds what denies.
        seeming: finds what only looks so.
    """

    negators: re.Pattern[str] = _NEVER
    seeming: re.Pattern[str] = _NEVER

    @classmethod
    def of(cls, negators: Iterable[str], seeming: Iterable[str]) -> Denials:
        """Read the phrases of a language, in lower case."""
        return cls(_pattern(negators), _pattern(seeming))

    def find(self, tokens: Sequence[str]) -> list[Span]:
        """Which tokens deny, each denial once, however many tokens it has."""
        if self.negators is _NEVER or not tokens:
            return []
        text, starts = _joined(tokens)
        text = self.seeming.sub(_blank, text)
        return [
            (bisect_right(starts, found.start()) - 1, bisect_left(starts, found.end()))
            for found in self.negators.finditer(text)
        ]


def _blank(found: re.Match[str]) -> str:
    return " " * len(found[0])


def _joined(tokens: Sequence[str]) -> tuple[str, list[int]]:
    """The tokens as one text in small letters, and where each begins in it."""
    pieces: list[str] = []
    starts: list[int] = []
    length, tight = 0, True
    for token in tokens:
        unspaced = _IN_UNSPACED.match(token) is not None
        if not (unspaced and tight):
            pieces.append(" ")
            length += 1
        folded = _folded(token)
        starts.append(length)
        pieces.append(folded)
        length += len(folded)
        tight = unspaced
    return "".join(pieces), starts


def _folded(text: str) -> str:
    low = text.lower()
    return low if low.isascii() else normalize("NFC", low).translate(_TYPOGRAPHY)


def _pattern(phrases: Iterable[str]) -> re.Pattern[str]:
    """A pattern for phrases, the longest first."""
    kinds: dict[tuple[str, str], list[str]] = {}
    spelled: list[str] = []
    for phrase in sorted(map(_folded, phrases), key=lambda phrase: (-len(phrase), phrase)):
        bare = re.escape(phrase.strip("*"))
        if _IN_UNSPACED.match(phrase):
            spelled.append(bare)
            continue
        stem = r"\S{2,}" if phrase.startswith("*") else ""
        rest = r"\S*" if phrase.endswith("*") else ""
        kinds.setdefault((stem, rest), []).append(bare)
    apart = [f"{stem}(?:{'|'.join(ones)}){rest}" for (stem, rest), ones in kinds.items()]
    words = rf"(?<!\S)(?:{'|'.join(apart)})(?!\S)" if apart else ""
    pattern = "|".join([*spelled, *filter(None, [words])])
    return re.compile(pattern) if pattern else _NEVER
