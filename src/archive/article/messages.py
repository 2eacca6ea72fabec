"""Messages of a form that sends an article on, which stand in the page until the form is used.

*Your e-mail has been sent. An error has occurred, and your e-mail has not been sent.* A style sheet
hides them, which is not read here. What tells them is their form: an element of its own, no list,
that holds two short lines or more and nothing else, every one of which speaks of e-mail, beside an
article that has prose.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from archive.article.reading.walk import Stretch, Walk
from archive.languages import all_phrases

if TYPE_CHECKING:
    from lxml.html import HtmlElement

__all__ = ["ALL", "LINES", "SHORT", "take_out"]

SHORT = 120
"""A message has no more signs."""

LINES = 2
"""Fewer lines are none: a sentence about e-mail may stand anywhere."""

ALL = 12
"""Nor are more: a form says less."""

_HOLDERS = frozenset({"div", "section", "aside", "form", "fieldset", "span"})


def take_out(root: HtmlElement, blocks: Walk) -> frozenset[int]:
    """Take such messages out of a page's tree.

    Args:
        root: the tree, changed in place.
        blocks: the page cut into blocks.

    Returns:
        The numbers of the blocks that are gone.
    """
    gone: set[int] = set()
    for holder, numbers in _groups(blocks.runs):
        around = holder.getparent()
        if around is None or not LINES <= len(numbers) <= ALL:
            continue
        whole = sum(1 for _ in _inside(blocks.runs, holder, numbers)) == len(numbers)
        if whole and _has_prose(blocks.runs, numbers):
            _drop(holder, around)
            gone.update(numbers)
    return frozenset(gone)


def _groups(runs: Sequence[Stretch]) -> list[tuple[Any, list[int]]]:
    """Messages by the element that they stand in."""
    found: dict[Any, list[int]] = {}
    for at, run in enumerate(runs):
        if len(run.key) <= SHORT and _mail().search(run.text.casefold()):
            holder = run.place.block.element.getparent()
            if holder is not None and holder.tag in _HOLDERS:
                found.setdefault(holder, []).append(at)
    return list(found.items())


def _inside(runs: Sequence[Stretch], holder: Any, numbers: list[int]) -> list[int]:
    """The blocks from the first to the last of some, and those around them, that stand in it."""
    near = range(max(numbers[0] - 1, 0), min(numbers[-1] + 2, len(runs)))
    return [at for at in near if holder in _ancestors(runs[at])]


def _ancestors(run: Stretch) -> list[Any]:
    element = run.place.block.element
    return [element, *element.iterancestors()]


def _has_prose(runs: Sequence[Stretch], numbers: list[int]) -> bool:
    """Whether the page has a longer block elsewhere: messages alone may be all that it says."""
    own = set(numbers)
    return any(len(run.key) > SHORT for at, run in enumerate(runs) if at not in own)


def _drop(holder: Any, around: Any) -> None:
    """Take an element out and leave its tail."""
    before = holder.getprevious()
    tail = holder.tail or ""
    if before is not None:
        before.tail = (before.tail or "") + tail
    else:
        around.text = (around.text or "") + tail
    around.remove(holder)


@cache
def _mail() -> re.Pattern[str]:
    """What begins a word for e-mail in any language; where words have no spaces, anywhere."""
    phrases = [phrase.casefold() for phrase in all_phrases("forms.mail")]
    begun = [
        f"(?<!\\w){re.escape(one)}" if one[0].isalpha() and one[0] < "\u1100" else re.escape(one)
        for one in phrases
    ]
    return re.compile("|".join(begun))
