"""Lines that say whose the rights are, and since when: *© 2026 The Courier*.

The year moves on without anybody having edited. Two such lines are the same where nothing differs
but the years beside the sign or the word; another holder is a change.
"""

from __future__ import annotations

import re
from functools import cache

from archive.comparison.folding import cosmetic_key
from archive.languages import all_phrases

__all__ = ["rights_key"]

LONGEST = 160
"""A line of more characters is text."""


def rights_key(line: str) -> str | None:
    """What a line about rights says beside its years; None of any other line.

    Args:
        line: the line.
    """
    if len(line) > LONGEST:
        return None
    key = cosmetic_key(line).casefold()
    kept, times = _years().subn(lambda found: found["before"] or found["after"], key)
    return kept if times else None


@cache
def _years() -> re.Pattern[str]:
    """Finds years beside a sign of rights, wherever it is, and beside a word that begins a line."""
    words = "|".join(
        re.escape(cosmetic_key(one).casefold()) for one in all_phrases("labels.rights")
    )
    years = r"(?:19|20)\d\d(?:\s?[-/,–]\s?(?:(?:19|20)?\d\d))*年?"
    sign = rf"©|\(c\)(?=\s?(?:19|20)\d\d)|\A(?:{words})(?:\s?[:,-]?\s?(?:©|\(c\)))?"
    return re.compile(rf"(?P<before>{sign})[\s:,]*{years}(?!\d)|(?<!\d){years}\s?(?P<after>©)")
