"""Whether one of two pages in two languages is the other in translation, by what stays the same.

Another language alone says nothing: a page of errors is often in another one than the article
before it, and so is the story that an editor put in its place. A translation keeps numbers, names,
and how long its paragraphs are beside each other; both pages may state one moment of publication;
and pages that are each other's translation say so to machines (``hreflang``).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from archive.comparison.side import Side

__all__ = ["is_translation"]

NEEDED = 2
"""So many points make a translation."""

LEAST = 3
"""With fewer paragraphs two pages have no shape."""

PARAGRAPH = 20
"""A paragraph has so many signs, in a script in which a sign is a word too."""

UNEVEN = 2.0
"""No paragraph is so many times as long, beside the others of its page, as its translation."""

READ = 100_000
"""In so many characters of each page numbers and names are looked for."""

_NUMBER = re.compile(r"\d+(?:[.,'\u2019\u00a0\u202f]\d{3})*(?!\d)")
_NAME = re.compile(r"[^\W\d_a-zß-öø-ÿа-яёіїєґ][^\W\d_]{3,}")
_ALTERNATE = re.compile(rb"<link\b[^>]*\bhreflang\s*=\s*[\"']?([a-z]{2,3})\b", re.IGNORECASE)


def is_translation(before: Side, after: Side) -> bool:
    """Whether two pages in two languages are one article.

    Args:
        before: the earlier page.
        after: the later one.
    """
    old, new = (
        [b.text for b in side.reading.blocks if b.is_article and not b.headline]
        for side in (before, after)
    )
    one, two = ("\n".join(lines)[:READ] for lines in (old, new))
    points = _count_numbers(one, two)
    points += len(_names(one) & _names(two)) >= 2  # one may stand in any news of a place
    points += _have_one_shape(old, new)
    points += _have_one_moment(before, after)
    return points >= NEEDED or _lists(before, after.code()) or _lists(after, before.code())


def _count_numbers(one: str, two: str) -> int:
    """Two points where two or more numbers are the same, and half of the fewer; one for one."""
    old, new = _numbers(one), _numbers(two)
    shared = len(old & new)
    return min(shared, 2) if 2 * shared >= min(len(old), len(new)) else 0


def _numbers(text: str) -> set[str]:
    """Numbers of two digits and more, in digits of any script, without signs between thousands."""
    found = ("".join(filter(str.isdigit, one)) for one in _NUMBER.findall(text))
    return {"".join(str(unicodedata.digit(sign, 0)) for sign in one) for one in found if one[1:]}


def _names(text: str) -> set[str]:
    return set(_NAME.findall(text))


def _have_one_shape(old: Sequence[str], new: Sequence[str]) -> bool:
    """Whether both have as many paragraphs, each as long beside the others as the other's."""
    sizes = [[len(line) for line in lines if len(line) >= PARAGRAPH] for lines in (old, new)]
    one, two = sizes
    if len(one) != len(two) or len(one) < LEAST:
        return False
    ratios = [a * sum(two) / (b * sum(one)) for a, b in zip(one, two, strict=True)]
    return max(ratios) < UNEVEN and min(ratios) > 1 / UNEVEN


def _have_one_moment(before: Side, after: Side) -> bool:
    """Whether both state one moment of publication, to the minute."""
    old, new = ({claim.value for claim in s.claims.about("datePublished")} for s in (before, after))
    return any(":" in value for value in old & new)


def _lists(side: Side, code: str | None) -> bool:
    """Whether a page names one in a language as its own in that language."""
    if side.source is None or code is None:
        return False
    return code in {found.decode("ascii").lower() for found in _ALTERNATE.findall(side.source[0])}
