"""The language of a text by its own script and words, whatever its page declares.

Pages made from a foreign template declare the template's language, and everything that rests on a
language's words would look for the wrong ones: a denial would be missed. The script tells where one
language alone has it. Else the closed words tell that all files of `archive.languages` have, *of*,
*not*, *and*: the language declared stays where its own are a tenth of the words, and goes where
another's are many times as many.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from archive.article.quotations.words import guess_vocabulary, pick_vocabulary
from archive.languages import LANGUAGES, language_code, read_language

__all__ = ["find_tongue"]

SAMPLE = 3_000
"""So many signs of a text are looked at."""

OWN = 0.1
"""This share of the words shows that a text is in the language that it declares."""

OTHERS = 0.15
"""So great has the share of another language's words to be,"""

TIMES = 4
"""as many times the share of the one declared,"""

LEAST = 8
"""and that many words."""

KNOWN = 25
"""Of a language with fewer closed words in its file only English is told apart: no other is like
English, and many are like a neighbour."""

_SECTIONS: tuple[str, ...] = ("negators", "names.joins", "list.articles", "that", "counters.beside")
_SECTIONS += ("labels.advertisement.beside", "time words", "house.address", "ago.about")
_SECTIONS += ("note.manner", "note.was", "speech.common", "speech.articles", "speech.bounds")
_LONGEST = 5
"""Longer words of these sections are no closed ones: *article*."""

_WORD = re.compile(r"[^\W\d_]+")
_ELSEWHERE = re.compile("[\u0370-\u03ff\u0590-\uffff\U00020000-\U0003ffff]")
"""What is written in no Latin, Cyrillic or Armenian letters."""

_SCRIPTS = {
    "ja": "\u3040-\u30ff",
    "ko": "\uac00-\ud7a3",
    "zh": "\u3400-\u4dbf\u4e00-\u9fff",
    "th": "\u0e00-\u0e7f",
    "he": "\u0590-\u05ff",
    "el": "\u0370-\u03ff",
    "hi": "\u0900-\u097f",
    "bn": "\u0980-\u09ff",
    "ta": "\u0b80-\u0bff",
}
_OF_SCRIPT = {code: re.compile(f"[{signs}]") for code, signs in _SCRIPTS.items()}


def find_tongue(text: str, claimed: str) -> str | None:
    """The code of the language that a text is written in.

    Args:
        text: the text.
        claimed: the first part of the tag that its page declares, lower case; may be empty.

    Returns:
        What is claimed where nothing else is plain; None where nothing is claimed either.
    """
    sample = text[:SAMPLE]
    written = _by_script(sample)
    if written is not None:
        return claimed if claimed == written else written
    known = language_code(claimed)
    spoken = pick_vocabulary(text, known) if known else guess_vocabulary(text)
    if spoken is not None and spoken.code != known:
        return spoken.code
    return _by_words(sample, known) or known or claimed or None


def _by_script(sample: str) -> str | None:
    """The language that alone has the script of most letters; Japanese has some kana."""
    letters = sum(map(str.isalpha, sample))
    if 2 * len(_ELSEWHERE.findall(sample)) <= letters:
        return None
    counts = {code: len(signs.findall(sample)) for code, signs in _OF_SCRIPT.items()}
    east = counts["ja"] + counts["zh"]
    if counts["ja"] * 10 >= east > 0:
        counts["ja"], counts["zh"] = east, 0
    code = max(counts, key=lambda one: counts[one])
    return code if 2 * counts[code] > letters else None


def _by_words(sample: str, known: str) -> str | None:
    """Another language than the one declared, by closed words; None where none is plain."""
    if not known:
        return None
    words = _WORD.findall(sample.lower())
    own = sum(word in _closed(known) for word in words)
    if own >= OWN * len(words):
        return None
    languages = _languages()
    counts = Counter(code for word in words for code in languages.get(word, ()))
    if len(_closed(known)) < KNOWN:
        counts = Counter(en=counts["en"])
    for code, count in counts.most_common(1):
        if count >= max(LEAST, OTHERS * len(words), TIMES * own) and code != known:
            return code
    return None


@cache  # of known codes alone
def _closed(code: str) -> frozenset[str]:
    """The short closed words of a language."""
    given = read_language(code)
    found = (_WORD.findall(given.sections.get(name, "")) for name in _SECTIONS)
    return frozenset(word for part in found for word in part if len(word) <= _LONGEST)


@cache
def _languages() -> dict[str, list[str]]:
    """For each closed word the languages that have it, of those with enough of them."""
    found: dict[str, list[str]] = {}
    for code in LANGUAGES:
        if len(_closed(code)) >= KNOWN:
            for word in _closed(code):
                found.setdefault(word, []).append(code)
    return found
