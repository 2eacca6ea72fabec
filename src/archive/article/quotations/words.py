"""Which language's vocabulary goes with a text, told by the page or by the text's own words."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache, lru_cache

from archive.article.quotations.vocabulary import SPOKEN, Vocabulary, read_vocabulary
from archive.languages import read_language

__all__ = ["guess_vocabulary", "pick_vocabulary"]

_WORD = re.compile(r"\w+")
_SAMPLE = 1200
_PLENTY = 20
"""How many frequent words of a language outweigh the one that the page declares,"""
_CLEARLY = 1.5
"""and how many times as many as of that one: Danish and Norwegian have most of theirs in common."""
_SCRIPTS = {"ja": "[぀-ヿ]", "ko": "[가-힣]", "zh": "[一-鿿]"}
"""By which letters a language is known that puts no blanks between words, the first that fits:
Japanese has those of Chinese too. A tenth of the sample is enough."""


def pick_vocabulary(text: str, language: str | None) -> Vocabulary | None:
    """The vocabulary for a text.

    Args:
        text: the text, to guess from when no language is given. It also outweighs a language given
            that is one of ours: pages made from foreign templates declare the template's.
        language: a BCP 47 tag such as ``de-AT``, or None.

    Returns:
        None where the language is none of ours or cannot be told.
    """
    shown, counts = _guess(text[:_SAMPLE])
    if language is None:
        return shown
    given = read_vocabulary(language.replace("_", "-").split("-", 1)[0].lower())
    if given is None or shown is None:
        return given
    count = counts.get(shown.code, 0)
    plain = count >= _PLENTY and count >= _CLEARLY * counts.get(given.code, 0)
    return shown if plain else given


def guess_vocabulary(text: str) -> Vocabulary | None:
    """The vocabulary whose frequent words are a tenth or more of the text's beginning."""
    return _guess(text[:_SAMPLE])[0]


@lru_cache(maxsize=8)  # the same text is asked about several times in a row
def _guess(sample: str) -> tuple[Vocabulary | None, dict[str, int]]:
    """That vocabulary, and how many of the words are frequent ones of each language."""
    for code, letters in _SCRIPTS.items():
        count = len(re.findall(letters, sample))
        if count and 10 * count >= len(sample):
            return read_vocabulary(code), {code: count}
    words = _WORD.findall(sample.lower())
    codes = _frequent()
    counts = Counter([code for word in words if word in codes for code in codes[word]])
    if not counts:
        return None, {}
    code, count = counts.most_common(1)[0]
    return (read_vocabulary(code) if 10 * count >= len(words) else None), dict(counts)


@cache
def _frequent() -> dict[str, list[str]]:
    """For each frequent word the codes of the languages that have it."""
    found: dict[str, list[str]] = {}
    for code in SPOKEN:
        for word in read_language(code).words("speech.common"):
            found.setdefault(word, []).append(code)
    return found
