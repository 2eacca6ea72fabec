"""A text as the index of texts keeps it: its terms, how often each stands there, their order.

A term is a run of letters and digits, or one ideograph, without case and accents. What is kept of
a text is for finding it and proves nothing: its *entries* (every term once, how often it stands
there where that is more than once, and a sample of its passages), and its *signs*, a byte a term in
the order of the text, by which one sees at once that words do not stand in a row.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import accumulate, product
from unicodedata import normalize
from zlib import crc32

from archive.article.article import UNSPACED
from archive.comparison.folding import cosmetic_key
from archive.comparison.passages import MOST_WORDS, SHINGLE
from archive.typography import MARKS_ON_LETTERS

__all__ = [
    "COUNTED",
    "MOST_COUNTED",
    "TITLE",
    "list_entries",
    "list_passages",
    "make_signs",
    "stand_in_a_row",
    "terms",
]

COUNTED = "#"
"""Stands between a term and how often it is there."""
_PASSAGE = "~"
"""Stands before the name of a passage."""
TITLE = 4
"""A term of the title counts as much as so many of the text."""
MOST_COUNTED = 32
"""A term that stands in a text more often is not of it more than that."""

_BARE = bytes(code if chr(code).isalnum() else 32 for code in range(128)).ljust(256)
_OTHER_LETTER = re.compile(r"[^\W\x00-\x7f]")
_SPACED = re.compile(r"[^\W_]+")
_TERM = re.compile(rf"[{UNSPACED}]|[^\W_{UNSPACED}](?:[^\W_{UNSPACED}]|[{MARKS_ON_LETTERS}])*")
_NEEDS_TERM = re.compile(f"[{UNSPACED}{MARKS_ON_LETTERS}]")
_ACCENTS = re.compile("[\u0300-\u036f]+")

_SAMPLED = 8
"""One passage in so many is kept; all of them would cost a tenth of a capture."""
_PAIRS = ["".join(pair) for pair in product("abcdefghijklmnopqrstuvwxyz234567", repeat=2)]


def terms(text: str) -> list[str]:
    """The terms of a text, in order."""
    key = cosmetic_key(text).casefold()
    if not key.isascii():
        key = _ACCENTS.sub("", normalize("NFD", key))
    if key.isascii() or not _OTHER_LETTER.search(key):
        return key.encode("ascii", "replace").translate(_BARE).decode().split()
    key = normalize("NFC", key)
    return (_TERM if _NEEDS_TERM.search(key) else _SPACED).findall(key)


def list_entries(title: Sequence[str], body: Sequence[str], signs: bytes) -> Iterable[str]:
    """What a text is found by.

    Args:
        title: terms of the title.
        body: terms of the text.
        signs: of the text.
    """
    counts = Counter(body)
    for term in title:
        counts[term] += TITLE
    yield from counts
    for term, count in counts.items():
        if count > 1:
            yield f"{term}{COUNTED}{min(count, MOST_COUNTED)}"
    yield from list_passages(body, signs)


def list_passages(body: Sequence[str], signs: bytes) -> list[str]:
    """Names of about one in eight of the passages of a text: five terms in a row.

    They are chosen by what they say, wherever they stand: two texts that share many share about an
    eighth of them in their samples. Two passages may have the same name; what is found by one is
    looked at.

    Args:
        body: terms of the text.
        signs: of the text.
    """
    sums = [0, *accumulate(signs[:MOST_WORDS])]
    spans = enumerate(zip(sums, sums[SHINGLE:], strict=False))
    sampled = (at for at, (before, after) in spans if not (after - before) % _SAMPLED)
    values = {crc32(" ".join(body[at : at + SHINGLE]).encode()) for at in sampled}
    return [
        f"{_PASSAGE}{_PAIRS[value >> 22]}{_PAIRS[value >> 12 & 1023]}{_PAIRS[value >> 2 & 1023]}"
        for value in values
    ]


def make_signs(terms_: Iterable[str]) -> bytes:
    """A byte a term, none of them zero: terms that differ have mostly different ones."""
    return bytes(map(_sign, terms_))


@lru_cache(maxsize=1 << 14)
def _sign(term: str) -> int:
    return crc32(term.encode()) % 255 + 1


def stand_in_a_row(phrases: Iterable[str], texts: Iterable[str]) -> bool:
    """Whether each of some phrases stands in one of some texts, its terms in a row."""
    rows = [f" {' '.join(terms(text))} " for text in texts]
    wanted = (f" {' '.join(asked)} " for phrase in phrases if (asked := terms(phrase)))
    return all(any(phrase in row for row in rows) for phrase in wanted)
