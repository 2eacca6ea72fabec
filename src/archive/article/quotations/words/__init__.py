"""The vocabularies by language, and which language a text is in."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

from archive.article.quotations.vocabulary import Vocabulary
from archive.article.quotations.words.english import ENGLISH
from archive.article.quotations.words.germanic import GERMAN, NORWEGIAN
from archive.article.quotations.words.romance import FRENCH, ITALIAN, PORTUGUESE, SPANISH
from archive.article.quotations.words.slavic import POLISH, UKRAINIAN

__all__ = ["VOCABULARIES", "guess_vocabulary", "pick_vocabulary"]

VOCABULARIES = {
    vocabulary.code: vocabulary
    for vocabulary in (
        ENGLISH,
        FRENCH,
        GERMAN,
        ITALIAN,
        NORWEGIAN,
        POLISH,
        PORTUGUESE,
        SPANISH,
        UKRAINIAN,
    )
}
"""By ISO 639-1 code."""

_ALIASES = {"nb": "no", "nn": "no"}
_WORD = re.compile(r"\w+")
_SAMPLE = 1200
_PLENTY = 20
_CODES: dict[str, list[str]] = {}
for _vocabulary in VOCABULARIES.values():
    for _word in _vocabulary.common:
        _CODES.setdefault(_word, []).append(_vocabulary.code)


def pick_vocabulary(text: str, language: str | None) -> Vocabulary | None:
    """The vocabulary for a text.

    Args:
        text: the text, to guess from when no language is given. It also outweighs a language given
            that is one of ours: pages made from foreign templates declare the template's.
        language: a BCP 47 tag such as ``de-AT``, or None.

    Returns:
        None where the language is none of ours or cannot be told.
    """
    shown, count = _guess(text[:_SAMPLE])
    if language is None:
        return shown
    code = language.replace("_", "-").split("-", 1)[0].lower()
    given = VOCABULARIES.get(_ALIASES.get(code, code))
    if given is None or shown is None:
        return given
    return shown if count >= _PLENTY else given


def guess_vocabulary(text: str) -> Vocabulary | None:
    """The vocabulary whose frequent words are a tenth or more of the text's beginning."""
    return _guess(text[:_SAMPLE])[0]


@lru_cache(maxsize=8)  # the same text is asked about several times in a row
def _guess(sample: str) -> tuple[Vocabulary | None, int]:
    """That vocabulary, and how many of the words are frequent ones of its language."""
    words = _WORD.findall(sample.lower())
    counts = Counter([code for word in words if word in _CODES for code in _CODES[word]])
    if not counts:
        return None, 0
    code, count = counts.most_common(1)[0]
    return (VOCABULARIES[code], count) if 10 * count >= len(words) else (None, 0)
