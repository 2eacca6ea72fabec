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

from attrs import evolve, frozen

from archive.article.pieces import DatePiece, fold_figures, key_of, take_apart, words_of_dates
from archive.languages import language_code

__all__ = ["LONGEST", "Spoken", "find_dates", "read_words"]

LONGEST = 120
"""A longer text is no date."""

_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "民國": 1911, "民国": 1911}
_BUDDHIST = 543
_SIGNS = frozenset(",.:|/-–—()·•º@[]，。、「」+॰'’׳״")
"""What may stand between the parts of a date."""
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


def read_words(text: str, language: str = "") -> Spoken | None:
    """The date that a text is, or None.

    Args:
        text: all of it is the date.
        language: the first part of a BCP 47 tag, where the page states one: its names of months go
            before those of others (*listopad* is October in Croatian, November in Polish).
    """
    if len(text) > LONGEST:
        return None
    return _read(take_apart(fold_figures(text)), language_code(language))


def find_dates(text: str, language: str = "") -> Iterator[tuple[int, int]]:
    """Where in a text dates stand, in order."""
    run: list[DatePiece] = []
    code = language_code(language)
    for piece in [*take_apart(fold_figures(text)), DatePiece("end", "", len(text), len(text))]:
        if _is_of_dates(piece):
            run.append(piece)
            continue
        if found := _longest_date(run, code):
            yield found[0], _with_fillers(run, found[1], piece)
        run = []


def _with_fillers(run: list[DatePiece], end: int, following: DatePiece) -> int:
    """The end of a date with what is said behind it (*Uhr*), unless another word goes on there."""
    behind = [piece for piece in run if piece.start >= end]
    count = next(
        (i for i, p in enumerate(behind) if p.kind not in ("space", "filler")), len(behind)
    )
    if count == len(behind) and following.kind not in ("sign", "end"):
        return end
    said = [piece for piece in behind[:count] if piece.kind == "filler"]
    return said[-1].end if said else end


def _longest_date(run: list[DatePiece], code: str) -> tuple[int, int] | None:
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


def _trimmed(run: list[DatePiece]) -> list[DatePiece]:
    """A run without signs, space and filling words at its ends."""
    first, last = 0, len(run)
    while first < last and _is_filler(run[first]):
        first += 1
    while last > first and _is_filler(run[last - 1]) and run[last - 1].kind not in _HALVES:
        last -= 1
    return run[first:last]


def _is_filler(piece: DatePiece) -> bool:
    """Whether a piece says nothing; German *am* does, though it is English for before noon."""
    key = key_of(piece.text) if piece.kind == "half" else piece.key
    return piece.kind in ("space", "sign", "filler") or key in words_of_dates()["filler"]


def _is_of_dates(piece: DatePiece) -> bool:
    if piece.kind == "space":
        return "\n\n" not in piece.text
    if piece.kind == "sign":
        return piece.text in _SIGNS
    return piece.kind not in ("other", "end")


def _read(pieces: list[DatePiece], code: str) -> Spoken | None:
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


def _with_clock(found: Spoken, said: list[DatePiece], code: str) -> Spoken | None:
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


def _first(said: list[DatePiece], kind: str) -> str:
    """The first piece of a kind; empty where there is none."""
    return next((piece.text for piece in said if piece.kind == kind), "")


def _is_half(said: list[DatePiece], at: int) -> bool:
    """Whether a piece is am or pm: right beside a clock."""
    beside = said[max(0, at - 1) : at + 2]
    return said[at].kind in _HALVES and any(piece.kind == "clock" for piece in beside)


def _half(piece: DatePiece, code: str) -> str:
    if piece.kind == "half":
        return piece.text[0].lower()
    told = words_of_dates()["halves"][piece.key]
    return (told.get(code) or next(iter(told.values())))[0]


def _figures(piece: DatePiece, said: list[DatePiece], code: str) -> Spoken | None:
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


def _named(said: list[DatePiece], pieces: list[DatePiece], code: str) -> Spoken | None:
    """A date whose month is a word."""
    months = [at for at, p in enumerate(said) if p.kind == "month" and _months(p, code)]
    if len(months) > 1:  # fr mar.: mardi and a month stand side by side
        days = words_of_dates()["day"]
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


def _day_and_year(said: list[DatePiece], at: int) -> tuple[int, int, bool] | None:
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


def _months(piece: DatePiece, code: str) -> set[int]:
    """The months that a word may be: in the page's language, else in any."""
    if "tháng" in piece.text.casefold() and not piece.key:
        return {int(_FIGURES.findall(piece.text)[0])}
    return {int(number) for number in _numbers("month", piece.key, code)}


def _numbers(kind: str, key: str, code: str) -> set[str]:
    table = words_of_dates()[kind]
    told = table.get(key) or table.get(key[1:], {})
    return {told[code]} if code in told else set(told.values())


def _is_buddhist(month: DatePiece, pieces: list[DatePiece]) -> bool:
    thai = "th" in words_of_dates()["month"].get(month.key, {})
    return thai or any(piece.key == "พศ" for piece in pieces)
