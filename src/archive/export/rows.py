"""Two texts side by side: which paragraph stands beside which, and what is marked in them.

Paragraphs that are the same but for typography stand beside each other; of the others those that a
change connects, or a sentence that both have. A paragraph without a partner stands alone.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Literal

from attrs import define, evolve, frozen

from archive.comparison import Change, Comparison, Side
from archive.comparison.folding import cosmetic_key
from archive.comparison.sentences import sentence_spans
from archive.comparison.sequences import differing

__all__ = ["Fold", "PairedRow", "Piece", "lay_out"]

Kind = Literal["same", "removed", "added", "moved"]

_MOST_LINES = 5_000
"""Paragraphs of a text that are shown side by side."""
_FIRST_SIGN = 0x10000  # above the surrogates
_KNOWN = 20  # characters of a sentence that is known again wherever it stands
_FOLDED = 2  # so many unchanged paragraphs in a row are folded


@frozen
class Piece:
    """Words of one kind; `number` is the change's, from 1, 0 of what is the same."""

    kind: Kind
    text: str
    number: int = 0


@frozen
class PairedRow:
    """Two paragraphs beside each other, either may be missing, and both as one.

    Args:
        before: the earlier paragraph, empty where there is none.
        after: the later.
        inline: both as one.
        firsts: the numbers of the changes that no row before this one has.
    """

    before: tuple[Piece, ...]
    after: tuple[Piece, ...]
    inline: tuple[Piece, ...]
    firsts: tuple[int, ...] = ()

    @property
    def numbers(self) -> tuple[int, ...]:
        """The numbers of the changes that are marked in it."""
        return tuple(sorted({one.number for one in (*self.before, *self.after) if one.number}))

    @property
    def is_same(self) -> bool:
        """Whether nothing in it is marked."""
        return all(piece.kind == "same" for piece in (*self.before, *self.after))

    @property
    def is_filtered(self) -> bool:
        """Whether it is on one side only, which a filter took for no edit."""
        return self.is_same and not (self.before and self.after)


@frozen
class Fold:
    """Rows in a row, folded or not."""

    rows: tuple[PairedRow, ...]
    is_folded: bool


@define
class _Text:
    """One side: its paragraphs, where they begin, and the marks in them."""

    text: str
    lines: list[str]
    starts: list[int]
    marks: list[tuple[int, int, Kind, int]]

    @classmethod
    def of(cls, text: str) -> _Text:
        lines = text.removesuffix("\n").split("\n") if text else []
        starts, at = [], 0
        for line in lines:
            starts.append(at)
            at += len(line) + 1
        return cls(text, lines[:_MOST_LINES], starts[:_MOST_LINES], [])

    def line_at(self, place: int) -> int:
        return max(0, bisect_right(self.starts, place) - 1)

    def bounds(self, number: int) -> tuple[int, int]:
        return self.starts[number], self.starts[number] + len(self.lines[number])

    def pieces(self, number: int) -> tuple[Piece, ...]:
        """A paragraph cut at its marks."""
        at, end = self.bounds(number)
        found: list[Piece] = []
        for start, stop, kind, change in self.marks:
            first, last = max(start, at), min(stop, end)
            if first >= last:
                continue
            found.append(Piece("same", self.text[at:first]))
            found.append(Piece(kind, self.text[first:last], change))
            at = last
        found.append(Piece("same", self.text[at:end]))
        return tuple(piece for piece in found if piece.text)


def lay_out(sides: tuple[Side, Side], comparison: Comparison) -> list[Fold]:
    """The two texts of a comparison as blocks of rows.

    Args:
        sides: what was compared.
        comparison: the outcome; its changes are numbered from 1, in their order.
    """
    old, new = _Text.of(sides[0].text or ""), _Text.of(sides[1].text or "")
    numbered = [
        (number, change)
        for number, change in enumerate(comparison.changes, 1)
        if change.part == "text"
    ]
    for number, change in numbered:
        _mark(old, new, number, change)
    old.marks.sort()
    new.marks.sort()
    rows = [_row(old, new, one, two, numbered) for one, two in _pairs(old, new, numbered)]
    return list(_blocks(_number(rows)))


def _number(rows: Iterable[PairedRow]) -> Iterator[PairedRow]:
    """The rows, each with the changes that it is the first to have."""
    seen: set[int] = set()
    for row in rows:
        yield evolve(row, firsts=tuple(one for one in row.numbers if one not in seen))
        seen.update(row.numbers)


def _mark(old: _Text, new: _Text, number: int, change: Change) -> None:
    if "paragraph-moved" in change.classes and not change.operations:
        old.marks.append((*change.before_span, "moved", number))
        new.marks.append((*change.after_span, "moved", number))
    for one in change.operations:
        old.marks.append((*one.before_span, "removed", number))
        new.marks.append((*one.after_span, "added", number))


def _pairs(
    old: _Text, new: _Text, numbered: Sequence[tuple[int, Change]]
) -> Iterator[tuple[int | None, int | None]]:
    """Numbers of paragraphs that stand beside each other."""
    links: dict[int, set[int]] = {}
    for _, change in numbered:
        if change.before and change.after and "paragraph-moved" not in change.classes:
            one, two = old.line_at(change.before_span[0]), new.line_at(change.after_span[0])
            links.setdefault(one, set()).add(two)
    linked = {number for found in links.values() for number in found}
    sizes = len(old.lines), len(new.lines)
    a = c = 0
    for first, last, start, end in [*_differing(old, new), (*sizes[:1] * 2, *sizes[1:] * 2)]:
        while a < first:
            yield a, c
            a, c = a + 1, c + 1
        lines, others = range(first, last), range(start, end)
        for one, two in _sharing(old, new, lines, others):
            if one not in links and two not in linked:
                links[one] = {two}
        yield from _between(lines, others, links)
        a, c = last, end


def _sharing(old: _Text, new: _Text, one: range, two: range) -> Iterator[tuple[int, int]]:
    """Paragraphs of both sides that have a sentence in common, each with the first such."""
    known: dict[str, int] = {}
    for number in two:
        for key in _sentences(new.lines[number]):
            known.setdefault(key, number)
    for number in one:
        found = [known[key] for key in _sentences(old.lines[number]) if key in known]
        if found:
            yield number, min(found)


def _sentences(line: str) -> list[str]:
    """The cosmetic keys of the sentences of a paragraph that are long enough to be known again."""
    keys = (cosmetic_key(line[slice(*span)]) for span in sentence_spans(line, 0, len(line)))
    return [key for key in keys if len(key) >= _KNOWN]


def _differing(old: _Text, new: _Text) -> list[tuple[int, int, int, int]]:
    signs: dict[str, str] = {}
    keys = [
        "".join(
            signs.setdefault(cosmetic_key(line), chr(_FIRST_SIGN + len(signs))) for line in lines
        )
        for lines in (old.lines, new.lines)
    ]
    return list(differing(keys[0], keys[1]))


def _between(
    one: Iterable[int], two: range, links: dict[int, set[int]]
) -> Iterator[tuple[int | None, int | None]]:
    """Paragraphs that differ: those that a change connects beside each other."""
    at = two.start
    for number in one:
        partner = min((x for x in links.get(number, ()) if x in two and x >= at), default=None)
        if partner is None:
            yield number, None
            continue
        yield from ((None, other) for other in range(at, partner))
        yield number, partner
        at = partner + 1
    yield from ((None, other) for other in range(at, two.stop))


def _row(
    old: _Text,
    new: _Text,
    one: int | None,
    two: int | None,
    numbered: Sequence[tuple[int, Change]],
) -> PairedRow:
    before = old.pieces(one) if one is not None else ()
    after = new.pieces(two) if two is not None else ()
    if one is None or two is None:
        return PairedRow(before, after, before or after)
    return PairedRow(before, after, _inline(old, new, one, two, numbered))


def _inline(
    old: _Text, new: _Text, one: int, two: int, numbered: Sequence[tuple[int, Change]]
) -> tuple[Piece, ...]:
    """The later paragraph with what was taken out put where it stood."""
    first, last = old.bounds(one)
    at, end = new.bounds(two)
    found: list[Piece] = []
    for number, change in numbered:
        for op in change.operations:
            if not (first <= op.before_span[0] <= last and at <= op.after_span[0] <= end):
                continue
            stop = min(op.after_span[1], end)
            found.append(Piece("same", new.text[at : op.after_span[0]]))
            gone = op.before and not op.after and at < op.after_span[0]
            touching = gone and not new.text[op.after_span[0] - 1].isspace()
            lead = op.before_span[0] - 1
            spaced = touching and lead >= first and old.text[lead].isspace()
            removed = old.text[lead] + op.before if spaced else op.before
            found.append(Piece("removed", removed, number))
            found.append(Piece("added", new.text[op.after_span[0] : stop], number))
            at = stop
    found.append(Piece("same", new.text[at:end]))
    return tuple(piece for piece in found if piece.text)


def _blocks(rows: Iterable[PairedRow]) -> Iterator[Fold]:
    for is_same, found in groupby(rows, lambda row: row.is_same and not row.is_filtered):
        alike = tuple(found)
        yield Fold(alike, is_same and len(alike) >= _FOLDED)
