"""Dates as pages write them, in ISO 8601, with exactly as much as is stated.

A date without time stays a date; a time without zone stays without; a fraction of a second is kept.
Read are ISO 8601 in its usual misspellings, HTTP and mail dates (RFC 9110, RFC 5322), what
JavaScript prints, dates of digits only, seconds and milliseconds since 1970, day-month-year with
dots, and dates in words of every language that is known (`archive.article.calendars`).
Anything else has no normal form: nothing is guessed, least of all the order of day and month
(``03/04/2024``), which is read only where one order is a date at all or falls on the day of the
week that is stated.

Names of zones are read where they mean one. ``EST`` and ``CST`` do not: Eastern time of America or
of Australia, Central time, China or Cuba. They are read where the date is written as Americans do,
month first and the clock with am or pm, and in the form of RFC 5322, which defines them (section
4.3); elsewhere the time is read and they are not. Letters that are no zone known here, or several
(``ET``, ``IST``, ``BST``), are left out of the normal form, and the date and its time stay.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

from archive.article.calendars import LONGEST, Spoken, find_dates, read_words
from archive.article.pieces import fold_figures
from archive.languages import read_calendar

__all__ = ["agree", "find_dates", "instant", "iso", "latest", "same_moment"]

_ZONE = (
    r"(?:\(?(?P<zone>(?:Z|UTC|GMT|CET|CEST|MEZ|MESZ|E[SD]T|C[SD]T|M[SD]T|P[SD]T|JST|KST)\b)\)?)?"
)
_OFFSET = r"(?:(?:GMT|UTC)?\s*(?P<offset>[+\-−]\d{1,2}(?::?\d\d)?))?"
_CLOCK = (
    r"(?P<hour>\d{1,2})[:.hH](?P<minute>\d\d)(?::(?P<second>\d\d)(?:[.,](?P<fraction>\d{1,9}))?)?"
    r"(?:\s*(?P<half>[AaPp])\.?[Mm]\.?)?"
)
_TAIL = rf"\s*{_OFFSET}\s*{_ZONE}(?:\s*[\[(][\w/ +\-]*[\])])?\s*\Z"
_DAY_FIRST = r"(?P<day>\d{1,2})\.?\s*(?:de\s+)?(?P<word>[A-Za-z]{3,9})\.?,?\s+(?P<year>\d{4})"
_MONTH_FIRST = r"(?P<word>[A-Za-z]{3,9})\.?\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<year>\d{4})"
_BETWEEN = r"(?:,?\s*(?:at|um|-|–|\||/)?\s*"
_FORMS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\s*(?P<year>\d{{4}})[-/.](?P<month>\d{{1,2}})[-/.](?P<day>\d{{1,2}})"
        rf"(?:(?:T|\s*,\s*|\s+|\s-\s){_CLOCK})?{_TAIL}",
        r"\s*(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)"
        r"(?:T?(?P<hour>\d\d)(?P<minute>\d\d)(?P<second>\d\d)?)?" + _TAIL,
        rf"\s*(?:[A-Za-z]{{3,9}},?\s+)?{_DAY_FIRST}{_BETWEEN}{_CLOCK})?{_TAIL}",
        rf"\s*(?:[A-Za-z]{{3,9}},?\s+)?{_MONTH_FIRST}{_BETWEEN}{_CLOCK})?{_TAIL}",
        rf"\s*{_CLOCK}\s*{_ZONE},?\s+(?:[A-Za-z]{{3,9}},?\s+)?{_MONTH_FIRST}\s*\Z",
        rf"\s*(?:[^\W\d]{{2,12}}\.?,\s*)?(?P<day>\d{{1,2}})\.\s?(?P<month>\d{{1,2}})\.\s?"
        rf"(?P<year>\d{{4}}){_BETWEEN}{_CLOCK})?(?:\s*Uhr)?{_TAIL}",
    )
)
_AMBIGUOUS = frozenset({"EST", "CST"})
_MAIL = re.compile(
    r"\s*[A-Z][a-z]{2},\s\d{1,2}\s[A-Z][a-z]{2}\s\d{4}\s\d\d:\d\d(?::\d\d)?\s[A-Z]{3}\s*\Z"
)
"""A date of RFC 5322 with a zone of letters."""

_EPOCH = re.compile(r"\s*(1[0-9]{9})([0-9]{3})?\s*\Z")
_MONTHS = {name: int(month) for name, month in read_calendar("en").table("months").items()}
_MONTHS["sept"] = 9  # as the British write it, and CLDR for their English alone
_ZONES = {
    "CET": 1,
    "MEZ": 1,
    "CEST": 2,
    "MESZ": 2,
    "EST": -5,
    "EDT": -4,
    "CST": -6,
    "CDT": -5,
    "MST": -7,
    "MDT": -6,
    "PST": -8,
    "PDT": -7,
    "JST": 9,
    "KST": 9,
}


_DAY = len("2024-05-03")
_MINUTE = timedelta(minutes=1)
_QUARTER = timedelta(minutes=15)
_WEST, _EAST = timedelta(hours=-12), timedelta(hours=14)


def iso(text: str, language: str = "") -> str | None:
    """The date in ISO 8601, or None where there is none that can be read for certain.

    Args:
        text: all of it is the date.
        language: the first part of the page's BCP 47 tag, for names of months that are others' too.

    Returns:
        ``2024-05-03``, ``2024-05-03T15:47:42`` or ``2024-05-03T15:47:42.389+02:00``.
    """
    return _iso(text, language) if len(text) <= LONGEST else None


@lru_cache(maxsize=1024)  # a page says its dates in many places, and each is looked at again
def _iso(text: str, language: str) -> str | None:
    epoch = _EPOCH.match(text)
    if epoch:
        moment = datetime.fromtimestamp(int(epoch[1]), UTC).isoformat()
        return moment.replace("+", f".{epoch[2]}+") if epoch[2] and int(epoch[2]) else moment
    text = fold_figures(text)
    for form in _FORMS:
        match = form.match(text)
        if match:
            parts = match.groupdict()
            if (parts.get("zone") or "").upper() in _AMBIGUOUS and not _is_american(match, text):
                parts["zone"] = None
            written = _written(parts)
            if written:
                return written
    spoken = read_words(text, language)
    return None if spoken is None else _written(_parts_of(spoken))


def _parts_of(spoken: Spoken) -> dict[str, str | None]:
    """What was read in words, as the parts of a form."""
    zone = "" if spoken.zone in _AMBIGUOUS and not spoken.american else spoken.zone
    hour, minute, second = (*spoken.clock, None, None, None)[:3]
    return {
        "year": str(spoken.year),
        "month": str(spoken.month),
        "day": str(spoken.day),
        "hour": hour,
        "minute": minute,
        "second": second,
        "fraction": spoken.fraction or None,
        "half": spoken.half or None,
        "zone": zone if zone in _ZONES or zone in ("UTC", "GMT", "Z") else None,
        "offset": spoken.offset.strip().removeprefix("GMT").removeprefix("UTC").strip() or None,
    }


def _is_american(match: re.Match[str], text: str) -> bool:
    """Whether ``EST`` and ``CST`` are those of America, by how the date around them is written."""
    parts = match.groupdict()
    month_first = bool(parts.get("word")) and match.start("word") < match.start("day")
    return bool(month_first and parts.get("half")) or _MAIL.match(text) is not None


def _written(parts: dict[str, str | None]) -> str | None:
    """What was read, put together; None when there is no such day or time."""
    month = parts.get("month") or _month(parts.get("word") or "")
    try:
        day = date(int(parts["year"] or 0), int(month), int(parts["day"] or 0))
        if not 1800 <= day.year <= 2200:
            return None
        if not parts.get("hour"):
            return day.isoformat()
        clock = _clock(parts)
        written = f"{day.isoformat()}T{clock}{_zone(parts)}"
        datetime.fromisoformat(written)
    except ValueError:
        return None
    return written


def _clock(parts: dict[str, str | None]) -> str:
    hour = int(parts["hour"] or 0)
    half = (parts.get("half") or "").lower()
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    if hour > 23:  # from 3.14 on, Python takes 24:00 for the next midnight
        raise ValueError
    clock = f"{hour:02}:{parts['minute']}"
    second, fraction = parts.get("second"), parts.get("fraction")
    if second:
        clock += f":{second}"
    return clock + (f".{fraction}" if fraction else "")


def _month(word: str) -> int:
    """The month of an English word; 0, which is no month, for any other."""
    return _MONTHS.get(word.lower(), 0)


def _zone(parts: dict[str, str | None]) -> str:
    offset, name = parts.get("offset"), (parts.get("zone") or "").upper()
    if offset:
        digits = offset[1:].replace(":", "")
        hours, minutes = (digits[:-2], digits[-2:]) if len(digits) > 2 else (digits, "00")
        return f"{'+' if offset[0] == '+' else '-'}{int(hours):02}:{minutes}"
    if name in _ZONES:
        return f"{_ZONES[name]:+03}:00"
    return "+00:00" if name else ""


def instant(written: str) -> datetime | None:
    """The moment that an ISO date with time and zone names, in UTC; None without them."""
    moment = _parsed(written)
    return moment.astimezone(UTC) if moment and moment.tzinfo else None


def same_moment(one: str, other: str) -> bool:
    """Whether two ISO dates do not contradict each other.

    With zones on both sides the instants must be less than a minute apart; otherwise the shorter
    must be a part of the longer, down to the minute, in the time that each states.
    """
    first, second = instant(one), instant(other)
    if first and second:
        return abs(first - second) < _MINUTE
    length = min(len(one[:16]), len(other[:16]))
    return one[:length] == other[:length]


def agree(one: str, other: str) -> bool:
    """Whether two ISO dates can be the same moment; `same_moment`, or by a zone that is not stated.

    A time without a zone agrees with one that has one if it is the same clock, or that clock in
    UTC. Where the other is written in UTC nothing tells the writer's zone: then any zone will do,
    a whole number of quarter hours from -12:00 to +14:00.
    """
    if same_moment(one, other):
        return True
    zoned, local = _parsed(one), _parsed(other)
    if zoned is None or local is None or (zoned.tzinfo is None) == (local.tzinfo is None):
        return False
    if zoned.tzinfo is None:
        zoned, local, other = local, zoned, one
    if len(other) <= _DAY:
        return False
    ahead = local.replace(tzinfo=UTC) - zoned
    if abs(ahead) < _MINUTE or zoned.utcoffset():
        return abs(ahead) < _MINUTE
    nearest = round(ahead / _QUARTER) * _QUARTER
    return _WEST <= nearest <= _EAST and abs(ahead - nearest) < _MINUTE


def _parsed(written: str) -> datetime | None:
    try:
        return datetime.fromisoformat(written)
    except ValueError:
        return None


def latest(dates: list[str]) -> str | None:
    """The latest of ISO dates, compared as they are written."""
    return max(dates, default=None)
