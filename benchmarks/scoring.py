"""How attribution and article text are scored; the same functions for every tool.

Text is folded before it is compared: typographic characters, white space and case count for
nothing, everything else counts. Article text is scored as article-extraction-benchmark does it:
precision and recall over shingles of four tokens, averaged over the pages, and their F1.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime

__all__ = ["author_set", "authors_right", "day_right", "fold", "instant_right", "text_f1"]

_ALIKE = (("[“”„«»]", '"'), ("[‘’‚`´]", "'"), ("[‐‑–—−]", "-"), ("…", "..."))


def fold(text: str) -> str:
    """A text as it is compared with another."""
    text = unicodedata.normalize("NFC", html.unescape(html.unescape(text)))
    text = re.sub("[\u00ad\u200b-\u200d\u2060\ufeff]", "", text)
    for alike, plain in _ALIKE:
        text = re.sub(alike, plain, text)
    return " ".join(text.split()).casefold()


def author_set(names: Iterable[str]) -> set[str]:
    """Names as they are compared: folded, with nothing but word characters and spaces."""
    return {" ".join(re.sub(r"[^\w\s]", " ", fold(name)).split()) for name in names} - {""}


def authors_right(derived: Iterable[str], truth: Iterable[str]) -> bool:
    """Whether the sets are equal."""
    return author_set(derived) == author_set(truth)


def _moment(written: str | None) -> datetime | None:
    try:
        return datetime.fromisoformat(written) if written else None
    except ValueError:
        return None


def day_right(derived: str | None, truth: str) -> bool:
    """Whether the day is the same as each side writes it, or the instants are equal."""
    if not derived:
        return False
    if derived[:10] == truth[:10]:
        return True
    mine, known = _moment(derived), _moment(truth)
    both = mine and known and mine.tzinfo and known.tzinfo
    return bool(both) and _minute(mine) == _minute(known)


def instant_right(derived: str | None, truth: str) -> bool:
    """Whether the time is the same to the minute: in UTC where the truth has a zone."""
    mine, known = _moment(derived), _moment(truth)
    if mine is None or known is None:
        return False
    if known.tzinfo:
        return mine.tzinfo is not None and _minute(mine) == _minute(known)
    return mine.replace(tzinfo=None, second=0, microsecond=0) == known.replace(
        second=0, microsecond=0
    )


def _minute(moment: datetime | None) -> datetime | None:
    return moment.astimezone(UTC).replace(second=0, microsecond=0) if moment else None


def _shingles(text: str, size: int = 4) -> Counter[tuple[str, ...]]:
    tokens = re.findall(r"\w+", text)
    if not tokens:
        return Counter()
    spans = range(max(1, len(tokens) - size + 1))
    return Counter(tuple(tokens[i : i + size]) for i in spans)


def _overlap(truth: str, found: str) -> tuple[float, float, float]:
    """True positives, false positives and false negatives, each a part of one page."""
    wanted, got = _shingles(truth), _shingles(found)
    both = sum((wanted & got).values())
    extra, missed = sum(got.values()) - both, sum(wanted.values()) - both
    total = both + extra + missed
    return (both / total, extra / total, missed / total) if total else (0.0, 0.0, 0.0)


def text_f1(pairs: Iterable[tuple[str, str]]) -> tuple[float, float, float]:
    """Precision, recall and F1 over pages.

    Args:
        pairs: the true text and the one that was found, page by page.
    """
    precisions: list[float] = []
    recalls: list[float] = []
    for truth, found in pairs:
        both, extra, missed = _overlap(truth, found)
        if extra or both:
            precisions.append(both / (both + extra))
        if missed or both:
            recalls.append(both / (both + missed))
    precision = sum(precisions) / len(precisions)
    recall = sum(recalls) / len(recalls)
    return precision, recall, 2 * precision * recall / (precision + recall)
