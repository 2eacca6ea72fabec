"""Edits of short lines that say nothing more than is told elsewhere: headline, byline, date."""

from __future__ import annotations

from collections.abc import Sequence

from archive.comparison.folding import tight_key
from archive.comparison.result import Change
from archive.comparison.side import Side

__all__ = ["Signed", "is_claimed"]

LINE = 250
"""A line of more characters says more than a headline, a byline or a date."""

AROUND = 40
"""So many signs stand around a name in a line that came or went as a whole."""

BYLINE = 80
"""A line of more signs is no byline."""

LABEL = 12
"""A byline has no more signs beside the name: *By*, *Text und Foto:*."""

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
        rest = [
            key.replace(name, "") if name and name in key else None
            for key, name in zip(keys, names, strict=True)
        ]
        if rest[0] is not None and rest[0] == rest[1]:
            return True
        alone = rest[0] if not keys[1] else rest[1] if not keys[0] else None
        if alone is not None and len(alone) <= AROUND:
            return True
    return False


class Signed:
    """Who two pages both name as their authors.

    Args:
        before: the earlier side.
        after: the later side.
    """

    def __init__(self, before: Side, after: Side) -> None:
        named = [
            {tight_key(one.line()) for one in side.claims.about("author")}
            for side in (before, after)
        ]
        self._names = named[0] & named[1]
        self._pages = before.reading, after.reading

    def is_kept(self, edit: Change) -> bool:
        """Whether a line that came or went is only a byline that the other page has elsewhere."""
        words = edit.before or edit.after
        if (edit.before and edit.after) or len(words) > BYLINE or words.endswith(_ENDS):
            return False
        key, other = tight_key(words), self._pages[1 if edit.before else 0]
        return any(
            name in key
            and len(key) - len(name) <= LABEL
            and any(name in block.key and len(block.key) <= BYLINE for block in other.blocks)
            for name in self._names
        )
