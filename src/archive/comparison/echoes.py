"""Edits of short lines that say nothing more than is told elsewhere: headline, byline, date."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from archive.comparison.folding import cosmetic_key, tight_key
from archive.comparison.result import Change
from archive.comparison.side import Side
from archive.languages import all_phrases

__all__ = ["Signed", "is_claimed"]

LINE = 250
"""A line of more characters says more than a headline, a byline or a date."""

AROUND = 40
"""So many signs stand around a name in a line that came or went as a whole."""

BYLINE = 80
"""A line of more signs is no byline."""

LABEL = 12
"""Behind the name a byline has no more signs: *, Berlin*, *(dpa)*."""

_PLACE = re.compile(r"\W*|\s?[,|/(-]\s?(?:[^\W\d_a-zа-я].*|\w{2,5}\W?)")
"""A sign and a name with a capital, or an agency's letters."""

_ENDS = (".", "!", "?", "。")
_SHOWN = frozenset({"headline", "byline", "published", "modified"})


def is_claimed(edit: Change, claimed: Sequence[Change]) -> bool:
    """Whether an edit of a short line says what a change of headline, byline or date says.

    Args:
        edit: the edit.
        claimed: the changes of what the two pages claim.
    """
    if max(len(edit.before), len(edit.after)) > LINE:
        return False
    keys = tight_key(edit.before), tight_key(edit.after)
    for change in claimed:
        if _SHOWN.isdisjoint(change.classes):
            continue
        names = tight_key(change.before), tight_key(change.after)
        before, after = map(_without, keys, names)
        if before is not None and before == after:
            return True
        alone = before if not keys[1] else after if not keys[0] else None
        ends = (edit.before or edit.after).endswith(_ENDS)
        if alone is not None and len(alone) <= (LABEL if ends else AROUND):
            return True
    return False


def _without(key: str, name: str) -> str | None:
    """A key without a name in it; None where it does not have it."""
    return key.replace(name, "") if name and name in key else None


class Signed:
    """Who two pages both name as their authors.

    Args:
        before: the earlier side.
        after: the later side.
    """

    def __init__(self, before: Side, after: Side) -> None:
        named = [
            {tight_key(one.line()): one.line() for one in side.claims.about("author")}
            for side in (before, after)
        ]
        self._names = {key: name for key, name in named[0].items() if key in named[1]}
        self._pages = before.reading, after.reading

    def is_kept(self, edit: Change) -> bool:
        """Whether a line that came or went is only a byline that the other page has elsewhere."""
        words = edit.before or edit.after
        if (edit.before and edit.after) or len(words) > BYLINE or words.endswith(_ENDS):
            return False
        other = self._pages[1 if edit.before else 0]
        return any(
            _signs(words, name)
            and any(key in block.key and len(block.key) <= BYLINE for block in other.blocks)
            for key, name in self._names.items()
        )


def _signs(line: str, name: str) -> bool:
    """Whether a line is a name with what bylines have: a label before it, a place behind it.

    *Jane Doe resigns* is news.
    """
    before, found, behind = cosmetic_key(line).partition(cosmetic_key(name))
    label = tight_key(before).casefold().strip(":-–—|•·/")
    place = _PLACE.fullmatch(behind) is not None and len(behind) <= LABEL + 2
    return found != "" and place and (not label or label in _labels())


@cache
def _labels() -> frozenset[str]:
    """What stands before names in bylines, in any language, as tight keys."""
    phrases = all_phrases("labels.byline", "labels.credit")
    return frozenset(tight_key(one).casefold() for one in phrases)
