"""Write `src/archive/languages/calendar`: names of months and days, and how times are told.

    python docs/reference/make_calendar.py [FOLDER]

They are the Unicode Consortium's (CLDR), as the package babel brings them; babel is needed here
alone. For each language of `archive.languages` a file with these sections:

- ``months`` and ``days`` (from Monday): full and short names, as in a date and as alone;
- ``when``: yesterday, today, parts of the day, am and pm, words inside dates (Spanish *de*);
- ``time units`` and ``ago``: the words of "3 hours ago", those of the unit apart from the others,
  which stand with most units. Not where no spaces stand between words.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from importlib.metadata import version
from itertools import groupby
from pathlib import Path
from typing import Any

from babel import Locale

from archive.article.article import UNSPACED
from archive.languages import LANGUAGES

FOLDER = Path(__file__).resolve().parents[2] / "src/archive/languages/calendar"
UNITS = ("second", "minute", "hour", "day", "week", "month", "year")
STYLES = ("", "-short", "-narrow")
WIDTHS = ("wide", "abbreviated", "short")
HEADER = """\
# Made by docs/reference/make_calendar.py from the CLDR data in babel {babel}.
# Copyright © 1991-2025 Unicode, Inc. Unicode License V3, see LICENSE in this folder.
"""
WIDE = 98
_LITERAL = re.compile(r"'([^']+)'|([^\W\d_]{2,})")
_UNSPACED = re.compile(f"[{UNSPACED}]")


def main() -> None:
    """Write all files."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    folder.mkdir(exist_ok=True)
    for code in LANGUAGES:
        (folder / f"{code}.txt").write_text(render(code), encoding="utf-8")


def render(code: str) -> str:
    """The file of a language."""
    data = Locale.parse("nb" if code == "no" else code)._data
    months = {n: names(data["months"], n) for n in range(1, 13)}
    days = {n + 1: names(data["days"], n) for n in range(7)}
    units, ago = told(data["date_fields"])
    sections = {
        "months": table(months),
        "days": table(days),
        "when": filled(dict.fromkeys(when(data))),
        "time units": table(units),
        "ago": filled(ago),
    }
    parts = [f"[{name}]\n" + "\n".join(lines) for name, lines in sections.items() if lines]
    return HEADER.format(babel=version("babel")) + "\n" + "\n\n".join(parts) + "\n"


def names(of: Any, number: int) -> list[str]:
    """The full and short names of a month or day, each once."""
    given = (
        plain(of[form][width].get(number))
        for width in WIDTHS
        for form in ("format", "stand-alone")
        if form in of and width in of[form]
    )
    return list(dict.fromkeys(name for name in given if len(name) > name.isascii()))


def when(data: Any) -> Iterator[str]:
    """Yesterday and today, parts of the day, and words of date formats."""
    for style in STYLES:
        for place in (-2, -1, 0):
            yield plain(data["date_fields"].get(f"day{style}", {}).get("relative", {}).get(place))
    for width in ("wide", "abbreviated"):
        yield from map(plain, data["day_periods"].get("format", {}).get(width, {}).values())
    for kind in ("date_formats", "datetime_formats"):
        for pattern in data[kind].values():
            written = getattr(pattern, "pattern", pattern)
            for quoted, _ in _LITERAL.findall(str(written)):
                yield plain(quoted)


def told(fields: Any) -> tuple[dict[str, list[str]], list[str]]:
    """The words of the units in "3 hours ago", and the others."""
    seen: dict[str, set[str]] = {unit: set() for unit in UNITS}
    patterns: list[str] = []
    for unit in UNITS:
        for style in STYLES:
            for pattern in fields.get(f"{unit}{style}", {}).get("past", {}).values():
                patterns.append(pattern)
                seen[unit].update(plain(pattern.replace("{0}", " ")).split())
    if any(_UNSPACED.search(word) for words in seen.values() for word in words):
        return {}, []
    held = Counter(word for words in seen.values() for word in words)
    others = {word for word, times in held.items() if times > len(UNITS) // 2}
    runs = [list(in_a_row(pattern, others)) for pattern in patterns]
    alone = {run[0] for run in runs if len(run) == 1 and (len(run[0]) > 1)}
    ago = sorted(alone or {one for run in runs for one in run})
    return {unit: sorted(words - others) for unit, words in seen.items()}, ago


def in_a_row(pattern: str, words: set[str]) -> Iterator[str]:
    """The phrases that some words make in a pattern."""
    for held, run in groupby(plain(pattern.replace("{0}", " | ")).split(), words.__contains__):
        if held:
            yield " ".join(run)


def plain(text: str | None) -> str:
    """In lower case without full stops and brackets; nothing where a digit is in it."""
    text = re.sub(r"[.()\u200e\u200f]", " ", (text or "").lower()).strip(" ,'’-")
    if any(sign.isdecimal() for sign in text):
        return ""
    return " ".join(word for word in text.split() if any(map(str.isalpha, word)) or word == "|")


def table(rows: dict[Any, list[str]]) -> list[str]:
    """A line a key; commas between names of several words."""
    return [f"{key}: {', '.join(words)}" for key, words in rows.items() if words]


def filled(words: Iterable[str]) -> list[str]:
    """Phrases in lines."""
    lines: list[str] = []
    for word in filter(None, words):
        if lines and len(lines[-1]) + len(word) + 2 <= WIDE:
            lines[-1] += f", {word}"
        else:
            lines.append(word)
    return lines


if __name__ == "__main__":
    main()
