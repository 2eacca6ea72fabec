"""Lines that run beside a story by their form: markets, weather, a score while it is played.

*DAX 18,412.5 +0.4 %*: a name, what it stands at, and by how much that changed. *Oslo 14°*: a name
and degrees. *USD/EUR 0.92*: two codes of currencies. *67' Alder Rovers 2-1 Steinach*: the minute
and a score. Stories have such lines too, in lists and tables: the form alone makes none of them
noise, the place has to say so (`archive.comparison.places`). Weaker still are names that each stand
at a number with a fraction, *USD 91.20 EUR 98.75*, and the answers of a poll, *Yes 61 % No 39 %*:
an election has such lines. They are told only so that nobody is accused of them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from archive.comparison.folding import cosmetic_key

__all__ = ["is_ticker", "may_run"]

LONGEST = 160
"""A line of more characters is text."""

NAMED = 5
"""A name has no more words, nor is more said of the sky."""

_NUMBER = r"\d+(?:[.,']\d+)*"
_PIECE = re.compile(
    rf"(?P<minute>{_NUMBER}(?:\+\d+)?\s?['′](?!\w))|(?P<score>\d+\s?[-:]\s?\d+(?![\d.,%°]))"
    rf"|(?P<codes>\b[A-Z]{{3}}\s?[/-]\s?[A-Z]{{3}}\b)"
    rf"|(?P<degrees>-?\d+(?:\s?/\s?-?\d+)?\s?(?:[°º]\s?[CF]\b|°|℃|℉)(?:\s?/\s?-?\d+\s?°)?)"
    rf"|(?P<change>(?<![\w\d])(?:[▲▼△▽↑↓]\s?[+-]?|[+±-])\s?{_NUMBER}\s?%?)"
    rf"|(?P<number>{_NUMBER})|(?P<stop>[.!?。！？](?=\s|\Z))|(?P<part>[|·•,;()\[\]])"
    r"|(?P<colon>:)|(?P<word>[^\W\d]+(?:['&.][^\W\d]+)*)|(?P<sign>\S)"
)
_NAME = r"(?:[^\W\d]++[\s:.'-]*+)"
_APART = r"[\s|·•;,/]*+"
_QUOTE = re.compile(
    rf"{_NAME}{{1,3}}\d+[.,]\d[\d.,]*+\s?[$€£¥]?"
    rf"(?:\s?(?:[▲▼△▽↑↓]\s?[+-]?|[+±-])\s?{_NUMBER}\s?%?)?{_APART}"
)
_ANSWER = re.compile(rf"{_NAME}{{1,{NAMED}}}(\d{{1,3}}(?:[.,]\d)?)\s?%{_APART}")
_VOTES = re.compile(r"(?:\d[\d.,' ]*+[^\W\d]*+\W*)?")
_WHOLE = (98, 102)
"""The answers of a poll are so many percent together, as rounding has it."""

_FREE = frozenset({"part", "sign"})
"""What these are says nothing of a form."""


def is_ticker(line: str) -> bool:
    """Whether a line has the form of a market's, a weather box's or a running score's.

    Args:
        line: the line.
    """
    if len(line) > LONGEST or not any(map(str.isdecimal, line)):
        return False
    kinds = [str(found.lastgroup) for found in _PIECE.finditer(cosmetic_key(line))]
    if "stop" in kinds:
        return False
    if {"minute", "score"} <= {*kinds}:
        return kinds.count("word") <= 3 * NAMED
    return _is_of_values([kind for kind in kinds if kind not in _FREE])


def may_run(line: str) -> bool:
    """Whether a line may be one that runs beside a story: a ticker, quotes in a row, a poll.

    Args:
        line: the line.
    """
    if is_ticker(line):
        return True
    if len(line) > LONGEST:
        return False
    key = cosmetic_key(line)
    quotes, rest = _in_a_row(_QUOTE, key)
    if len(quotes) > 1 and not rest:
        return True
    answers, rest = _in_a_row(_ANSWER, key)
    whole = sum(float(answer[1].replace(",", ".")) for answer in answers)
    low, high = _WHOLE
    return len(answers) > 1 and low <= whole <= high and _VOTES.fullmatch(rest) is not None


def _in_a_row(pattern: re.Pattern[str], key: str) -> tuple[list[re.Match[str]], str]:
    """What a line begins with of a pattern again and again, and the rest of it."""
    found, at = [], 0
    while (one := pattern.match(key, at)) is not None:
        found.append(one)
        at = one.end()
    return found, key[at:]


def _is_of_values(kinds: Sequence[str]) -> bool:
    """Whether pieces are names with what they stand at, and nothing else."""
    values = named = at = 0
    while at < len(kinds):
        size = _value(kinds, at, named)
        if size:
            values, named = values + 1, 0
            at += size
        elif kinds[at] == "word" and named < NAMED:
            named, at = named + 1, at + 1
        elif kinds[at : at + 2] == ["number", "number"] and named:
            at += 1  # a number in the name: S&P 500
        else:
            return False
    return values > 0 and (named == 0 or kinds[-1 - named] == "degrees")


def _value(kinds: Sequence[str], at: int, named: int) -> int:
    """How many pieces say what something stands at, of those that begin here."""
    start = at + (kinds[at] == "colon")
    if kinds[start : start + 1] == ["degrees"]:
        return start + 1 - at if named or kinds[at - 1 : at] == ["degrees"] else 0
    if kinds[at] == "codes":
        size = 2 + (kinds[at + 1 : at + 2] == ["colon"])
        if kinds[at + size - 1 : at + size] != ["number"]:
            return 0
        return size + (kinds[at + size : at + size + 1] == ["change"])
    if not named or kinds[start : start + 1] != ["number"]:
        return 0
    unit = kinds[start + 1 : start + 2] == ["word"]  # points, a currency
    return start + 2 + unit - at if kinds[start + 1 + unit : start + 2 + unit] == ["change"] else 0
