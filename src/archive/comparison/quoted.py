"""The quotations that an edit touches: changed inside, gone, come, or told by somebody else."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen

from archive.article.quotations import Quotation
from archive.comparison.sequences import Run

__all__ = ["Sides", "Sorted", "Words", "inside", "sort_out", "touches_report"]

Token = tuple[str, int, int]


@frozen
class Words:
    """One side of a passage.

    Args:
        tokens: its words and signs, with their places in the text.
        quotations: the quotations of that text.
    """

    tokens: Sequence[Token]
    quotations: Sequence[Quotation]


Sides = tuple[list[Quotation], list[Quotation]]


@frozen
class Sorted:
    """What an edit made of the quotations of both sides.

    Args:
        classes: what kinds of change that is.
        stayed: those that neither came nor went, of each side.
        whole: those that came or went, of the side that has more of them.
        explained: the runs that touch any, by their numbers.
    """

    classes: set[str]
    stayed: Sides
    whole: Sides
    explained: set[int]


Touched = tuple[Quotation, int, set[int]]
"""A quotation, how many of its words differ, and the numbers of the runs that touch it."""


def _touched(words: Words, runs: Sequence[Run], side: int) -> list[Touched]:
    """The quotations that runs touch."""
    found: list[Touched] = []
    tokens = words.tokens
    if not tokens:
        return found
    first, last = tokens[0][1], tokens[-1][2]
    for quotation in words.quotations:
        if quotation.end <= first or quotation.start >= last:
            continue
        hits = 0
        which: set[int] = set()
        for index, run in enumerate(runs):
            start, end = run[2 * side], run[2 * side + 1]
            if start == end:
                within = 0 < start < len(tokens) and (
                    quotation.start <= tokens[start - 1][1] and tokens[start][2] <= quotation.end
                )
                if within:
                    which.add(index)
                continue
            hit = [
                token
                for token, one, two in tokens[start:end]
                if one < quotation.end and two > quotation.start
            ]
            if hit:
                which.add(index)
                hits += len(hit)
        if which:
            found.append((quotation, hits, which))
    return found


def sort_out(old: Words, new: Words, runs: Sequence[Run]) -> Sorted:
    """Tell the quotations that changed inside from those that came or went.

    Where some came and others went the one took the other's place: that changed them, and only what
    one side has more of came or went.
    """
    gone, changed_old = _sorted_out(old, runs, 0)
    come, changed_new = _sorted_out(new, runs, 1)
    lost = [entry[0] for entry in gone] if len(gone) > len(come) else []
    found = [entry[0] for entry in come] if len(come) > len(gone) else []
    classes = {
        "quotation-changed": changed_old or changed_new or (gone and come),
        "quotation-removed": lost,
        "quotation-added": found,
    }
    return Sorted(
        {name for name, which in classes.items() if which},
        (_without(lost, old.quotations), _without(found, new.quotations)),
        (lost, found),
        set().union(*(entry[2] for entry in (*gone, *changed_old, *come, *changed_new))),
    )


def _without(some: Sequence[Quotation], quotations: Sequence[Quotation]) -> list[Quotation]:
    return [one for one in quotations if one not in some]


def inside(tokens: Sequence[Token], quotations: Sequence[Quotation]) -> set[int]:
    """Which tokens stand in one of these quotations."""
    if not quotations:
        return set()
    return {
        at
        for at, (_, start, end) in enumerate(tokens)
        for one in quotations
        if one.start <= start and end <= one.end
    }


def _sorted_out(
    words: Words, runs: Sequence[Run], side: int
) -> tuple[list[Touched], list[Touched]]:
    """The quotations of one side that are wholly new or gone, and those that changed inside."""
    whole: list[Touched] = []
    partly: list[Touched] = []
    for entry in _touched(words, runs, side):
        quotation, hits, _ = entry
        tokens = [t for t in words.tokens if t[1] < quotation.end and t[2] > quotation.start]
        marks = _marks_touched(words, runs, side, quotation)
        (whole if hits >= 0.9 * len(tokens) or marks else partly).append(entry)
    return whole, partly


def _marks_touched(words: Words, runs: Sequence[Run], side: int, quotation: Quotation) -> bool:
    """Whether both marks of a quotation are among the words that differ."""
    ends = {quotation.start: False, quotation.end - 1: False}
    for run in runs:
        for _, start, end in words.tokens[run[2 * side] : run[2 * side + 1]]:
            for place in ends:
                ends[place] |= start <= place < end
    return all(ends.values())


def touches_report(words: Words, start: int, end: int, kept: Sequence[Quotation]) -> bool:
    """Whether tokens between two places are a speaker or the verb of a quotation that stayed."""
    if start == end:
        return False
    first, last = words.tokens[start][1], words.tokens[end - 1][2]
    for quotation in kept:
        for span in (quotation.speaker_span, quotation.verb_span):
            if span and span[0] < last and span[1] > first and not quotation.inferred:
                return True
    return False
