"""A change's passage, cut at the words that differ, for whoever shows it."""

from __future__ import annotations

from typing import Literal

from attrs import frozen

from archive.comparison.folding import tokenise
from archive.comparison.result import Change, Operation
from archive.comparison.sequences import differing
from archive.display import escape_html, shorten

__all__ = ["Segment", "mark", "mark_html"]


_MOST_WORDS = 10_000
_LONGEST = 20_000  # characters of one run of words in a notebook
_ELEMENTS = {"same": "{}", "removed": "<del>{}</del>", "added": "<ins>{}</ins>"}
_DATES = frozenset({"published", "modified"})
_FIRST_SIGN = 0x10000  # above the surrogates


@frozen
class Segment:
    """A piece of a passage.

    Args:
        kind: ``same``, ``removed`` or ``added``.
        text: the words; of what is the same, as they stand in the later passage.
    """

    kind: Literal["same", "removed", "added"]
    text: str


def mark(change: Change) -> tuple[Segment, ...]:
    """A change's passage as segments, in reading order.

    Without the added segments they make the earlier passage (but for typography), without the
    removed ones the later. A passage that was only moved is one segment that is the same; a date
    is never cut.
    """
    if not change.operations and change.before and change.after:
        if "paragraph-moved" in change.classes:
            return (Segment("same", change.after),)
        if _DATES.intersection(change.classes):
            return (Segment("removed", change.before), Segment("added", change.after))
        return _by_words(change.before, change.after)
    if not _fits(change):
        return _segments((Segment("removed", change.before), Segment("added", change.after)))
    found: list[Segment] = []
    start = change.after_span[0]
    at = 0
    for one in change.operations:
        found.append(Segment("same", change.after[at : one.after_span[0] - start]))
        found += [Segment("removed", _with_space(change, one, found[-1].text))]
        found += [Segment("added", one.after)]
        at = one.after_span[1] - start
    found.append(Segment("same", change.after[at:]))
    return _segments(found)


def mark_html(change: Change) -> str:
    """A change's passage as HTML for a notebook: ``<del>`` and ``<ins>`` in it."""
    return "".join(
        _ELEMENTS[one.kind].format(escape_html(shorten(one.text, _LONGEST))) for one in mark(change)
    )


def _with_space(change: Change, one: Operation, lead: str) -> str:
    """What was taken out, with a space before it that went too: else two words would touch."""
    place = one.before_span[0] - change.before_span[0]
    gone = one.before and not one.after and lead and not lead[-1].isspace()
    spaced = gone and place > 0 and change.before[place - 1].isspace()
    return change.before[place - 1] + one.before if spaced else one.before


def _by_words(before: str, after: str) -> tuple[Segment, ...]:
    """The words of two short passages that differ; white space alone is no difference."""
    one, two = (tokenise(text, 0, len(text)) for text in (before, after))
    if len(one) + len(two) > _MOST_WORDS:
        return _segments((Segment("removed", before), Segment("added", after)))
    signs: dict[str, str] = {}
    keys = [
        "".join(signs.setdefault(word, chr(_FIRST_SIGN + len(signs))) for word, _, _ in words)
        for words in (one, two)
    ]
    found: list[Segment] = []
    at = 0
    for a, b, c, d in differing(keys[0], keys[1]):
        start = two[c][1] if c < len(two) else len(after)
        end = two[d - 1][2] if d > c else start
        found.append(Segment("same", after[at:start]))
        found.append(Segment("removed", before[one[a][1] : one[b - 1][2]] if b > a else ""))
        found.append(Segment("added", after[start:end]))
        at = end
    return _segments([*found, Segment("same", after[at:])])


def _segments(found: list[Segment] | tuple[Segment, ...]) -> tuple[Segment, ...]:
    return tuple(segment for segment in found if segment.text)


def _fits(change: Change) -> bool:
    """Whether the operations stand in the passage, in order."""
    at = change.after_span[0]
    for one in change.operations:
        if one.after_span[0] < at or one.after_span[1] > change.after_span[1]:
            return False
        at = one.after_span[1]
    return bool(change.operations)
