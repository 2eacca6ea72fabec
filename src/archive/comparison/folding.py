r"""Words as tokens, beside the keys of `archive.article.keys`.

A token is a number with its separators (``1,204.5``), a word with its apostrophes (``don't``), one
character of a script that is written without spaces, or one other sign. Words longer than
`LONGEST` characters are cut, so that no input has a token without bound.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from archive.article.article import UNSPACED
from archive.article.keys import cosmetic_key, tight_key
from archive.typography import MARKS_ON_LETTERS

__all__ = [
    "LONGEST",
    "cosmetic_key",
    "each_word",
    "is_word",
    "masked_key",
    "tight_key",
    "tokenise",
    "words",
]

LONGEST = 64
"""The most letters of a word in one piece; of a word with signs on its letters, twice as many."""

Token = tuple[str, int]
"""A token and where it begins."""

_DIGITS = re.compile(r"\d+(?:[.,:\u00a0\u202f]\d+)*")
_WORD = (
    rf"[^\W\d{UNSPACED}][^\W{UNSPACED}]{{0,{LONGEST - 1}}}"
    rf"(?:[{MARKS_ON_LETTERS}](?:[^\W{UNSPACED}]|[{MARKS_ON_LETTERS}]){{0,{LONGEST - 2}}})?"
)
_TOKEN = re.compile(rf"\d{{1,{LONGEST}}}(?:[.,]\d{{1,9}}){{0,6}}|{_WORD}(?:['’]{_WORD}){{0,3}}|\S")


def masked_key(text: str) -> str:
    """The cosmetic key in lower case with every number replaced by one sign."""
    return _DIGITS.sub("0", cosmetic_key(text)).casefold()


def tokenise(text: str, start: int, end: int) -> list[tuple[str, int, int]]:
    """The tokens between two places of a text: each as it stands, where it begins and ends."""
    return [(found[0], *found.span()) for found in _TOKEN.finditer(text, start, end)]


def words(text: str) -> list[str]:
    """The tokens of a text, without their places."""
    return _TOKEN.findall(text)


def each_word(text: str) -> Iterator[str]:
    """The same one by one, for those who need the first of them only."""
    return (found[0] for found in _TOKEN.finditer(text))


def is_word(token: str) -> bool:
    """Whether a token is a word or a number, not a sign."""
    return token[0].isalnum() or (token[0] == "_" and any(map(str.isalnum, token)))
