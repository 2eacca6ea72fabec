"""A text taken apart into what dates are made of: figures, clocks, signs, and words by their kind.

The words are those of every language that is known, months and days by CLDR.
"""

from __future__ import annotations

import re
from functools import cache
from unicodedata import digit, normalize

from attrs import frozen

from archive.languages import LANGUAGES, read_bylines, read_calendar
from archive.typography import MARKS_ON_LETTERS

__all__ = ["DatePiece", "fold_figures", "key_of", "take_apart", "words_of_dates"]

MOST = 400
"""How many pieces of a text are looked at for dates in it."""

_LETTER = rf"[^\W\d_]|[{MARKS_ON_LETTERS}\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]"
_TOKEN = re.compile(
    rf"(?P<era>令和|平成|昭和|民國|民国)?(?<!\d)(?P<cjk>(?:\d{{1,4}}|元)\s?[年년]\s?\d{{1,2}}\s?[月월]\s?"
    r"\d{1,2}(?:\s?[日일号號])?)|"
    r"(?<!\d)(?P<date>\d{1,4}(?P<by>[./-])\s?\d{1,2}(?P=by)\s?(?:'|’)?\d{1,4})(?!\d)\.?|"
    r"(?<!\d)(?P<clock>\d{1,2}\s?[:時时点點시]\s?[0-5]\d(?:\s?[:分분]\s?[0-5]\d)?(?:\s?[分분秒초])?"
    r"(?:[.,]\d{1,9}(?=\s?(?:Z|[+-]\d)))?|"
    r"\d{1,2}\s?[hH]\s?[0-5]\d(?![^\W_])|\d{1,2}\.[0-5]\d(?!\d|\.\d)|"
    r"\d{1,2}\s?(?:[hH]|(?i:uhr|heures))(?!\w)|\d{1,2}\s?[時时点點시](?!\w)|"
    r"\d{1,2}(?=\s?[ap]\.?\s?m\b))|"
    r"(?P<half>(?<!\w)[ap]\.?\s?m\b\.?|(?<=\d)[ap]\.?m\b\.?)|"
    r"(?P<offset>(?:GMT|UTC)?\s?[+−-]\d{1,2}(?::?\d\d)?(?!\d))|"
    r"(?P<month>(?i:tháng)\s+\d{1,2})(?!\d)|"
    r"(?P<number>['’]?\d+)(?P<nth>(?:st|nd|rd|th|er|re|ère|ste|ième|-?(?:го|е|я|ша|те))(?!\w)|[ºª°])?|"
    rf"(?P<word>(?:{_LETTER})+(?:\.(?:{_LETTER})+)*)\.?|"
    r"(?P<space>\s+)|(?P<sign>[^\w\s])",
    re.IGNORECASE,
)
_ZONE = re.compile(r"(?:[A-Z]{1,4}T|UTC|GMT|Z|ME?S?Z|WIB|WITA|МСК|MSK)\Z")
_DIGITS = re.compile(r"[^\x00-\x7f]")
_WIDE = str.maketrans("／：．，（）－＋　", "/:.,()-+ ")
_BIDI = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069\u061c]")
_ACCENTS = re.compile("[\u0300-\u036f]")


@frozen
class DatePiece:
    """A piece of a text.

    Args:
        kind: what it is in dates: ``number``, ``month``, ``clock`` …, ``other`` for none of these.
        text: as it stands, or without the ending of an ordinal.
        start: where it begins.
        end: where it ends.
        key: of a word, by which `words_of_dates` has it.
    """

    kind: str
    text: str
    start: int
    end: int
    key: str = ""


def fold_figures(text: str) -> str:
    """A text with plain digits and signs for those of other scripts; its length stays."""
    text = _BIDI.sub(" ", text).translate(_WIDE)
    return _DIGITS.sub(lambda m: str(digit(m[0])) if m[0].isdecimal() else m[0], text)


def take_apart(text: str) -> list[DatePiece]:
    """A text taken apart, each word with what it is in dates of any language."""
    found: list[DatePiece] = []
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup or ""
        kind = "number" if kind == "nth" else "date" if kind == "by" else kind
        kind = "cjk" if kind == "era" else kind
        if kind == "word":
            _add_word(found, match)
        else:
            value = match["number"] if kind == "number" else match[0]
            found.append(DatePiece(kind, value, *match.span()))
        if len(found) >= MOST:
            break
    return found


def _add_word(found: list[DatePiece], match: re.Match[str]) -> None:
    """Add a word, or make one of it and the one before, where a name of a month is two."""
    key = key_of(match[0])
    before = found[-2] if len(found) > 1 and found[-1].kind == "space" else None
    if before and before.key and before.key + key in words_of_dates()["month"]:
        del found[-2:]
        text = f"{before.text} {match[0]}"
        found.append(DatePiece("month", text, before.start, match.end(), before.key + key))
    else:
        found.append(DatePiece(_kind_of(key, match[0]), match[0], *match.span(), key))


def _kind_of(key: str, word: str) -> str:
    """What a word is in dates: the most telling of what it may be."""
    if word.isupper() and _ZONE.match(word.rstrip(".")):
        return "zone"
    tables = words_of_dates()
    for kind in ("month", "halves", "filler", "day"):
        if key in tables[kind]:
            return kind
    if key[:1] == "ב" and key[1:] in tables["month"]:  # Hebrew "in" is written to its word
        return "month"
    return "other"


def key_of(word: str) -> str:
    """A word as it is looked up: no accents of Latin, Greek and Cyrillic, no points, lower case."""
    plain = _ACCENTS.sub("", normalize("NFKD", word.replace("İ", "i"))).casefold()
    return re.sub(r"[.\s॰'’׳]", "", plain)


@cache
def words_of_dates() -> dict[str, dict[str, dict[str, str]]]:
    """By kind the words of all languages: for each, which languages have it, and what it says."""
    found: dict[str, dict[str, dict[str, str]]] = {
        kind: {} for kind in ("month", "day", "filler", "halves")
    }
    for code in LANGUAGES:
        calendar, ours = read_calendar(code), read_bylines(code)
        told = {
            "month": calendar.table("months") | ours.table("months"),
            "day": calendar.table("days"),
            "halves": ours.table("date.halves"),
            "filler": dict.fromkeys(ours.phrases("date.words"), ""),
        }
        for kind, table in told.items():
            for name, number in table.items():
                found[kind].setdefault(key_of(name), {})[code] = number
    return found
