"""Dates in words: *Freitag, 3. Mai 2024, 14:05 Uhr*, *2024年5月3日 午後2時05分*, *3rd of May, '24*.

Names of months and days are those of `archive.languages` (CLDR), in every language that is known. A
text is taken apart into numbers, words and clocks. It is a date if it has one day, one month and
one year, in an order that leaves one reading, and no word beside them that is not one of dates.
Figures alone (``03/04/2024``) are read where only one order of day and month makes a date, or only
one makes it the day of the week that is stated. A year of two digits is of 1969 to 2068, as POSIX
has it (``strptime``, ``%y``). Years of the Buddhist era stand in Thai dates, those of an emperor in
Japanese ones: they are the same days.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from unicodedata import digit, normalize

from attrs import evolve, frozen

from archive.languages import LANGUAGES, language_code, read_bylines, read_calendar
from archive.typography import MARKS_ON_LETTERS

__all__ = ["LONGEST", "Spoken", "find_dates", "fold_figures", "read_words"]

LONGEST = 120
"""A longer text is no date."""

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
_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "民國": 1911, "民国": 1911}
_BUDDHIST = 543
_SIGNS = frozenset(",.:|/-–—()·•º@[]，。、「」+॰'’׳״")
"""What may stand between the parts of a date."""
_ZONE = re.compile(r"(?:[A-Z]{1,4}T|UTC|GMT|Z|ME?S?Z|WIB|WITA|МСК|MSK)\Z")
_DIGITS = re.compile(r"[^\x00-\x7f]")
_WIDE = str.maketrans("／：．，（）－＋　", "/:.,()-+ ")
_BIDI = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069\u061c]")
_ACCENTS = re.compile("[\u0300-\u036f]")
_PIVOT = 69
_HALVES = ("half", "halves")
_FIGURES = re.compile(r"\d+")
_POINTED = frozenset({"de", "fr", "it", "da", "no", "fi", "pl", "cs", "sk", "ru", "uk", "bg", "sr"})
_POINTED |= {"hr", "sl", "ro", "tr", "is", "et", "be", "mk", "nl", "he", "pt", "es", "el"}
"""Languages that write a day, a month and a year of two digits with points, in this order."""
MOST_MISSED = 3
"""How many numbers before or behind a date may be none of its own."""


@frozen
class Spoken:
    """What a text says, a part each, as strings that `archive.article.dates` puts together.

    Args:
        year: its year.
        month: its month.
        day: its day.
        clock: hour, minute and second, as digits; empty where none is stated.
        fraction: of the second.
        half: ``a`` or ``p`` where the clock has twelve hours.
        zone: the letters of a zone, or empty.
        offset: an offset, or empty.
        american: whether the month stands before its day, and the clock has am or pm.
    """

    year: int
    month: int
    day: int
    clock: tuple[str, ...] = ()
    fraction: str = ""
    half: str = ""
    zone: str = ""
    offset: str = ""
    american: bool = False


@frozen
class _Piece:
    kind: str
    text: str
    start: int
    end: int
    key: str = ""


def fold_figures(text: str) -> str:
    """A text with plain digits and signs for those of other scripts; its length stays."""
    text = _BIDI.sub(" ", text).translate(_WIDE)
    return _DIGITS.sub(lambda m: str(digit(m[0])) if m[0].isdecimal() else m[0], text)


def read_words(text: str, language: str = "") -> Spoken | None:
    """The date that a text is, or None.

    Args:
        text: all of it is the date.
        language: the first part of a BCP 47 tag, where the page states one: its names of months go
            before those of others (*listopad* is October in Croatian, November in Polish).
    """
    if len(text) > LONGEST:
        return None
    return _read(_pieces(fold_figures(text)), language_code(language))


def find_dates(text: str, language: str = "") -> Iterator[tuple[int, int]]:
    """Where in a text dates stand, in order."""
    run: list[_Piece] = []
    code = language_code(language)
    for piece in [*_pieces(fold_figures(text)), _Piece("end", "", len(text), len(text))]:
        if _is_of_dates(piece):
            run.append(piece)
            continue
        if found := _longest_date(run, code):
            yield found[0], _with_fillers(run, found[1], piece)
        run = []


def _with_fillers(run: list[_Piece], end: int, following: _Piece) -> int:
    """The end of a date with what is said behind it (*Uhr*), unless another word goes on there."""
    behind = [piece for piece in run if piece.start >= end]
    count = next(
        (i for i, p in enumerate(behind) if p.kind not in ("space", "filler")), len(behind)
    )
    if count == len(behind) and following.kind not in ("sign", "end"):
        return end
    said = [piece for piece in behind[:count] if piece.kind == "filler"]
    return said[-1].end if said else end


def _longest_date(run: list[_Piece], code: str) -> tuple[int, int] | None:
    """The part of a run of words and figures of dates that is a date."""
    run = _trimmed(run)
    for first in range(MOST_MISSED + 1):
        rest = run
        for _ in range(MOST_MISSED + 1):
            if rest and rest[-1].end - rest[0].start <= LONGEST and _read(rest, code):
                return rest[0].start, rest[-1].end
            rest = _trimmed(rest[:-1])
        run = _trimmed(run[1:]) if first < MOST_MISSED else []
    return None


def _trimmed(run: list[_Piece]) -> list[_Piece]:
    """A run without signs, space and filling words at its ends."""
    first, last = 0, len(run)
    while first < last and _is_filler(run[first]):
        first += 1
    while last > first and _is_filler(run[last - 1]) and run[last - 1].kind not in _HALVES:
        last -= 1
    return run[first:last]


def _is_filler(piece: _Piece) -> bool:
    """Whether a piece says nothing; German *am* does, though it is English for before noon."""
    key = _key(piece.text) if piece.kind == "half" else piece.key
    return piece.kind in ("space", "sign", "filler") or key in _words()["filler"]


def _is_of_dates(piece: _Piece) -> bool:
    if piece.kind == "space":
        return "\n\n" not in piece.text
    if piece.kind == "sign":
        return piece.text in _SIGNS
    return piece.kind not in ("other", "end")


def _pieces(text: str) -> list[_Piece]:
    """A text taken apart, each word with what it is in dates of any language."""
    found: list[_Piece] = []
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup or ""
        kind = "number" if kind == "nth" else "date" if kind == "by" else kind
        kind = "cjk" if kind == "era" else kind
        if kind == "word":
            _add_word(found, match)
        else:
            value = match["number"] if kind == "number" else match[0]
            found.append(_Piece(kind, value, *match.span()))
        if len(found) >= MOST:
            break
    return found


def _add_word(found: list[_Piece], match: re.Match[str]) -> None:
    """Add a word, or make one of it and the one before, where a name of a month is two."""
    key = _key(match[0])
    before = found[-2] if len(found) > 1 and found[-1].kind == "space" else None
    if before and before.key and before.key + key in _words()["month"]:
        del found[-2:]
        text = f"{before.text} {match[0]}"
        found.append(_Piece("month", text, before.start, match.end(), before.key + key))
    else:
        found.append(_Piece(_kind_of(key, match[0]), match[0], *match.span(), key))


def _kind_of(key: str, word: str) -> str:
    """What a word is in dates: the most telling of what it may be."""
    if word.isupper() and _ZONE.match(word.rstrip(".")):
        return "zone"
    tables = _words()
    for kind in ("month", "halves", "filler", "day"):
        if key in tables[kind]:
            return kind
    if key[:1] == "ב" and key[1:] in tables["month"]:  # Hebrew "in" is written to its word
        return "month"
    return "other"


def _key(word: str) -> str:
    """A word as it is looked up: no accents of Latin, Greek and Cyrillic, no points, lower case."""
    plain = _ACCENTS.sub("", normalize("NFKD", word.replace("İ", "i"))).casefold()
    return re.sub(r"[.\s॰'’׳]", "", plain)


@cache
def _words() -> dict[str, dict[str, dict[str, str]]]:
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
                found[kind].setdefault(_key(name), {})[code] = number
    return found


def _read(pieces: list[_Piece], code: str) -> Spoken | None:
    """The one date that pieces say."""
    if not all(map(_is_of_dates, pieces)):
        return None
    said = [piece for piece in pieces if piece.kind not in ("space", "sign", "filler")]
    kinds = [piece.kind for piece in said]
    if not said or any(kinds.count(kind) > 1 for kind in ("offset", "zone")):
        return None
    dated = [p for p in said if p.kind in ("date", "cjk")]
    found = None
    if len(dated) == 1 and not {"number"} & set(kinds):
        found = _figures(dated[0], said, code)
    elif not dated:
        found = _named(said, pieces, code)
    return None if found is None else _with_clock(found, said, code)


def _with_clock(found: Spoken, said: list[_Piece], code: str) -> Spoken | None:
    """A day with the clock and the zone beside it; None where there are two clocks."""
    clocks = [piece.text for piece in said if piece.kind == "clock"]
    halves = [piece for at, piece in enumerate(said) if _is_half(said, at)]
    if len(clocks) > 1 or len(halves) > 1:
        return None
    if not clocks:
        return None if any(p.kind in ("offset", "half") for p in said) else found
    clock, _, fraction = clocks[0].partition(".") if ":" in clocks[0] else (clocks[0], "", "")
    digits = tuple(_FIGURES.findall(clock))
    digits = digits if len(digits) > 1 else (digits[0], "00")
    half = _half(halves[0], code) if halves and int(digits[0]) <= 12 else ""
    return evolve(
        found,
        clock=digits,
        fraction=fraction,
        half=half,
        zone=_first(said, "zone").rstrip("."),
        offset=_first(said, "offset"),
        american=found.american and bool(half),
    )


def _first(said: list[_Piece], kind: str) -> str:
    """The first piece of a kind; empty where there is none."""
    return next((piece.text for piece in said if piece.kind == kind), "")


def _is_half(said: list[_Piece], at: int) -> bool:
    """Whether a piece is am or pm: right beside a clock."""
    beside = said[max(0, at - 1) : at + 2]
    return said[at].kind in _HALVES and any(piece.kind == "clock" for piece in beside)


def _half(piece: _Piece, code: str) -> str:
    if piece.kind == "half":
        return piece.text[0].lower()
    told = _words()["halves"][piece.key]
    return (told.get(code) or next(iter(told.values())))[0]


def _figures(piece: _Piece, said: list[_Piece], code: str) -> Spoken | None:
    """A date of figures, where it has one reading."""
    numbers = _FIGURES.findall(piece.text)
    if piece.kind == "cjk":
        if "元" in piece.text:
            numbers = ["1", *numbers]
        era = next((year for name, year in _ERAS.items() if name in piece.text), 0)
        year, month, day = map(int, numbers)
        return Spoken(year + era, month, day) if era or year > 999 else None
    readings = set(_readings(numbers, piece.text, code))
    if len(readings) > 1:
        stated = {n for p in said if p.kind == "day" for n in _numbers("day", p.key, code)}
        readings = {r for r in readings if str(date(*r).isoweekday()) in stated}
    return Spoken(*readings.pop()) if len(readings) == 1 else None


def _readings(numbers: list[str], text: str, code: str) -> Iterator[tuple[int, int, int]]:
    """Every year, month and day that three numbers can be."""
    one, two, three = numbers
    if len(one) > 2:
        orders = [(one, two, three)]
    elif len(three) == 4 or "." not in text:
        orders = [(three, two, one), (three, one, two)]
        orders = orders[:1] if "." in text else orders
    else:
        orders = [(three, two, one)] if code in _POINTED else [(three, two, one), (one, two, three)]
    if any(len(n) == 3 for n in numbers):
        return
    for year, month, day in orders:
        try:
            yield date(_year(year), int(month), int(day)).timetuple()[:3]
        except ValueError:
            continue


def _year(digits: str) -> int:
    year = int(digits)
    return year if len(digits) > 2 else year + (1900 if year >= _PIVOT else 2000)


def _named(said: list[_Piece], pieces: list[_Piece], code: str) -> Spoken | None:
    """A date whose month is a word."""
    months = [at for at, p in enumerate(said) if p.kind == "month" and _months(p, code)]
    if len(months) > 1:  # fr mar.: mardi and a month stand side by side
        days = _words()["day"]
        months = [at for at in months if said[at].key not in days]
    if len(months) != 1:
        return None
    at = months[0]
    number = _months(said[at], code)
    if len(number) != 1:
        return None
    found = _day_and_year(said, at)
    if found is None:
        return None
    day, year, first = found
    if _is_buddhist(said[at], pieces) and year > 2400:
        year -= _BUDDHIST
    return Spoken(year, number.pop(), day, american=first)


def _day_and_year(said: list[_Piece], at: int) -> tuple[int, int, bool] | None:
    """Day, year, and whether the month is before its day, of the numbers beside a month."""
    numbers = [(index, p.text.lstrip("'’")) for index, p in enumerate(said) if p.kind == "number"]
    numbers = [(index, text) for index, text in numbers if text]
    if len(numbers) != 2:
        return None
    (one, first), (two, second) = numbers
    if len(first) == 4 and len(second) <= 2:
        return int(second), int(first), at < two
    if len(first) <= 2 and len(second) == 4:
        return int(first), int(second), at < one
    short = len(first) <= 2 and len(second) == 2 and at < two
    if short and (one < at or said[two].text[0] in "'’"):
        return int(first), _year(second), at < one
    return None


def _months(piece: _Piece, code: str) -> set[int]:
    """The months that a word may be: in the page's language, else in any."""
    if "tháng" in piece.text.casefold() and not piece.key:
        return {int(_FIGURES.findall(piece.text)[0])}
    return {int(number) for number in _numbers("month", piece.key, code)}


def _numbers(kind: str, key: str, code: str) -> set[str]:
    table = _words()[kind]
    told = table.get(key) or table.get(key[1:], {})
    return {told[code]} if code in told else set(told.values())


def _is_buddhist(month: _Piece, pieces: list[_Piece]) -> bool:
    return "th" in _words()["month"].get(month.key, {}) or any(p.key == "พศ" for p in pieces)
