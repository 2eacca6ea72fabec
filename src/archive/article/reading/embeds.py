"""What stands in the place of a post, a video or a map until its reader agrees to load it.

*This content is hosted by a third party. By showing it you accept its cookies.* Such a box says in
few words what it is, what is to be agreed to and what is asked. Words alone do not make one: an
article may be about them. So it has a control or a link that stands alone; or it speaks of *this*
content and is a plain element, other than those of the article's paragraphs.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from archive.article.reading.walk import Spot, Stretch, is_in
from archive.languages import all_phrases

__all__ = ["find_placeholders"]

BLOCKS = 6
"""A box has no more blocks."""

SIGNS = 600
"""Nor more signs."""

PROSE = 40
"""A block of more signs is none of what stands beside the words of a box."""

_LEVELS = 3
"""How many elements around a block are looked at."""

_PLAIN = frozenset({"div", "p", "span", "section", "figure"})
"""Elements of such a box: what is quoted, listed or a caption is the article's."""

_CONTENT = ("embed.content", "embed.this")
_RIGHTS = ("embed.rights",)
_ASKS = ("embed.asks",)
_THIS = ("embed.this",)


def find_placeholders(runs: list[Stretch], said: list[bool], ours: list[int]) -> set[int]:
    """The blocks of boxes that stand in the place of something embedded.

    Args:
        runs: the page's blocks, in order.
        said: which of them the text has.
        ours: the numbers of those that are the article's otherwise.
    """
    texts = {at: runs[at].text.lower() for at in ours if len(runs[at].key) <= SIGNS}
    whole = "\n".join(texts.values())
    words = [word for word in _rights() if word in whole]
    found: set[int] = set()
    if not words:
        return found
    for at, text in texts.items():
        if at not in found and any(word in text for word in words):
            box = _box(at, runs)
            if box is not None and _is_other(box, runs, said):
                found.update(box)
    return found


@cache
def _rights() -> tuple[str, ...]:
    return all_phrases(*_RIGHTS)


@cache
def _words(*sections: str) -> re.Pattern[str]:
    """What finds the words of some sections in any language, as words begin.

    In scripts without spaces they begin anywhere.
    """
    phrases = all_phrases(*sections)
    unspaced = [re.escape(one) for one in phrases if "\u3040" <= one[-1] <= "\u9fff"]
    spaced = [re.escape(one) for one in phrases if not "\u3040" <= one[-1] <= "\u9fff"]
    pattern = rf"(?<![^\W\d_])(?:{'|'.join(spaced)})"
    return re.compile("|".join([pattern, *unspaced]), re.IGNORECASE)


def _box(at: int, runs: list[Stretch]) -> range | None:
    """The blocks of the smallest element around one that says all three, and its few-word ones."""
    place: Spot | None = runs[at].place.block
    whole: range | None = None
    for _ in range(_LEVELS):
        if place is None or place.element.tag in ("body", "html"):
            break
        inside = _inside(at, place, runs)
        if inside is None:
            break
        if whole is None:
            words = " ".join(runs[one].text for one in inside)
            if all(_words(*named).search(words) for named in (_CONTENT, _RIGHTS, _ASKS)):
                whole = inside
        elif all(len(runs[one].key) <= PROSE for one in inside if one not in whole):
            whole = inside
        place = place.around
    return whole


def _inside(at: int, place: Spot, runs: list[Stretch]) -> range | None:
    """The blocks around one that stand in an element; None where they are more than a box has."""
    start, end = at, at + 1
    while start and is_in(runs[start - 1].place, place) and end - start <= BLOCKS:
        start -= 1
    while end < len(runs) and is_in(runs[end].place, place) and end - start <= BLOCKS:
        end += 1
    size = sum(len(run.key) for run in runs[start:end])
    return range(start, end) if end - start <= BLOCKS and size <= SIGNS else None


def _is_other(box: range, runs: list[Stretch], said: list[bool]) -> bool:
    """Whether a box is of another form than the article's paragraphs, and not all there is."""
    rest = [runs[at] for at, is_said in enumerate(said) if is_said and at not in box]
    if not any(len(run.key) > PROSE for run in rest):
        return False
    inside = [runs[at] for at in box]
    asks = len(box) > 1 and any(
        10 * run.linked >= 9 * len(run.key) or any(kind == "control" for _, kind in run.place.told)
        for run in inside
    )
    usual = _usual(rest)
    return asks or all(_is_plain(run, usual) for run in inside)


def _is_plain(run: Stretch, usual: tuple[str, ...]) -> bool:
    """Whether a block speaks of this content, in plain elements of its own."""
    path = list(run.place.names)
    for tag in reversed(usual):
        if not path or path[-1] != tag:
            break
        path.pop()
    if not path or not _PLAIN.issuperset(path):
        return False
    return len(run.key) <= PROSE or _words(*_THIS).search(run.text) is not None


def _usual(runs: list[Stretch]) -> tuple[str, ...]:
    """The elements around most of these blocks' words, from the innermost."""
    weights: Counter[tuple[str, ...]] = Counter()
    for run in runs:
        weights[run.place.names] += len(run.key)
    return max(weights, key=lambda path: weights[path], default=())
