"""Which sentence of one text is which of the other.

1. Equal paragraphs, then equal sentences between them, are anchors (`sequences.common`).
2. A sentence left over that stands word for word elsewhere has moved.
3. What is left between two anchors is paired by dynamic programming, so that as many words as
   possible find their equal: one sentence with one, one with two, two with one, in order.
4. What is still left over on both sides is paired wherever it stands when most of its words are
   the same: moved and edited.

Large gaps are paired by the groups of words they share; where more than `MOST`
sentences are left over, a gap is one passage replaced by another.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from itertools import pairwise

from attrs import frozen

from archive.comparison.folding import cosmetic_key
from archive.comparison.pairing import (
    MOVED,
    is_close,
    is_long,
    pair_anywhere,
    pair_in_order,
    pair_parts,
)
from archive.comparison.sentences import Span, paragraph_spans, piece_spans, sentence_spans
from archive.comparison.sequences import common, gaps
from archive.comparison.units import Tokens, Unit

__all__ = ["Aligned", "Match", "align"]

MOST = 4_000
"""With more sentences left over than this, gaps are not searched for pairs."""

FAR = 1_000_000
"""With more pairs of sentences left over, none that moved and was edited is looked for."""

LINES = 10_000
"""A text of more paragraphs is cut into pieces of any kind, not into sentences."""


@frozen
class Match:
    """Sentences that are the same ones, edited or moved.

    Args:
        old: the sentences of the earlier text, neighbours.
        new: those of the later text.
        moved: whether they stand elsewhere.
        whole: whether there are too many of them to look for what differs.
    """

    old: tuple[Unit, ...]
    new: tuple[Unit, ...]
    moved: bool
    whole: bool = False


@frozen
class Aligned:
    """Two texts aligned: what is not equal in place.

    Args:
        matches: the sentences that were edited or moved.
        removed: sentences of the earlier text without counterpart, each with the place in the
            later text where it would stand.
        added: the other way round.
        cosmetic: how many sentences differ in nothing but typography.
        paragraphs: for each side, how many sentences each paragraph that was looked into has.
        reader: what reads the tokens of its sentences.
    """

    matches: tuple[Match, ...]
    removed: tuple[tuple[Unit, int], ...]
    added: tuple[tuple[Unit, int], ...]
    cosmetic: int
    paragraphs: tuple[Counter[int], Counter[int]]
    reader: Tokens


def align(
    before: str, after: str, leave_out: Callable[[str, int, int], bool] | None = None
) -> Aligned:
    """Align two texts, sentence by sentence.

    Args:
        before: the earlier text.
        after: the later text.
        leave_out: says of a line that differs, of its side (0 or 1), and of where it begins,
            whether it does not count.
    """
    return _Alignment(before, after, leave_out).result()


class _Alignment:
    def __init__(
        self, before: str, after: str, leave_out: Callable[[str, int, int], bool] | None
    ) -> None:
        self.texts = before, after
        self.leave_out = leave_out
        self.tokens = Tokens(before, after)
        self.matches: list[Match] = []
        self.removed: list[tuple[Unit, int]] = []
        self.added: list[tuple[Unit, int]] = []
        self.cosmetic = 0
        self.counts: tuple[Counter[int], Counter[int]] = (Counter(), Counter())

    def result(self) -> Aligned:
        open_gaps = self._open_gaps()
        left = max((sum(len(gap[side]) for gap in open_gaps) for side in (0, 1)), default=0)
        if left > MOST:
            for old, new, _ in open_gaps:
                self._replace(old, new)
        else:
            self._pair(open_gaps)
        return Aligned(
            tuple(_together(self.matches)),
            tuple(self.removed),
            tuple(self.added),
            self.cosmetic,
            self.counts,
            self.tokens,
        )

    def _replace(self, old: list[Unit], new: list[Unit]) -> None:
        """One passage for another."""
        if old and new:
            self.matches.append(Match(tuple(old), tuple(new), moved=False, whole=True))
        else:
            self.removed += [(unit, 0) for unit in old]
            self.added += [(unit, 0) for unit in new]

    def _open_gaps(self) -> list[Gap]:
        """The sentences between equal ones, and where they stand."""
        before, after = self.texts
        spans = paragraph_spans(before), paragraph_spans(after)
        sizes = len(spans[0]), len(spans[1])
        if max(sizes) > LINES:
            runs = [(0, sizes[0], 0, sizes[1])]
        else:
            lines = [before[a:b] for a, b in spans[0]], [after[a:b] for a, b in spans[1]]
            runs = gaps(common(*lines, len), *sizes)
        found: list[Gap] = []
        for one, two, three, four in runs:
            old = self._units(0, spans[0], one, two)
            new = self._units(1, spans[1], three, four)
            keys = [unit.key for unit in old], [unit.key for unit in new]
            pairs = common(*keys, len)
            self.cosmetic += self._cosmetic(old, new, pairs)
            for run in gaps(pairs, len(old), len(new)):
                place = (
                    _place(old, run[0], spans[0], one),
                    _place(new, run[2], spans[1], three),
                )
                found.append((old[run[0] : run[1]], new[run[2] : run[3]], place))
        return found

    def _cosmetic(self, old: list[Unit], new: list[Unit], pairs: list[tuple[int, int]]) -> int:
        before, after = self.texts
        return sum(
            before[old[i].start : old[i].end] != after[new[j].start : new[j].end] for i, j in pairs
        )

    def _units(self, side: int, spans: list[Span], first: int, last: int) -> list[Unit]:
        text, counts = self.texts[side], self.counts[side]
        if last - first > LINES:
            pieces = piece_spans(text, spans[first][0], spans[last - 1][1])
            counts[first] = len(pieces)
            return [Unit(*span, first, at, text[slice(*span)]) for at, span in enumerate(pieces)]
        units: list[Unit] = []
        for number in range(first, last):
            first_sign, last_sign = spans[number]
            if self.leave_out is not None and self.leave_out(
                text[first_sign:last_sign], side, first_sign
            ):
                continue
            for start, end in sentence_spans(text, first_sign, last_sign):
                key = cosmetic_key(text[start:end])
                units.append(Unit(start, end, number, counts[number], key))
                counts[number] += 1
        return units

    def _pair(self, open_gaps: list[Gap]) -> None:
        elsewhere = self._exact_moves(open_gaps)
        lost: list[tuple[Unit, int]] = []
        gained: list[tuple[Unit, int]] = []
        for old, new, (at_old, at_new) in open_gaps:
            olds = [unit for unit in old if id(unit) not in elsewhere]
            news = [unit for unit in new if id(unit) not in elsewhere]
            place = {id(unit): at for units in (old, new) for at, unit in enumerate(units)}
            matches = [
                Match(_neighbours(match.old, place), _neighbours(match.new, place), moved=False)
                for match in self._match(olds, news)
            ]
            self.matches += matches
            lost += _left_over(olds, [(match.old, match.new) for match in matches], at_new)
            gained += _left_over(news, [(match.new, match.old) for match in matches], at_old)
        self._fuzzy_moves(lost, gained)

    def _exact_moves(self, open_gaps: list[Gap]) -> set[int]:
        """Pair sentences that stand word for word in another place; which ones they are."""
        places: dict[str, list[Unit]] = {}
        times = Counter(unit.key for old, _, _ in open_gaps for unit in old)
        for _, new, _ in open_gaps:
            for unit in new:
                places.setdefault(unit.key, []).append(unit)
        used: set[int] = set()
        for old, _, _ in open_gaps:
            for unit in old:
                found = places.get(unit.key)
                if found and (is_long(unit.key) or len(found) == times[unit.key] == 1):
                    other = found.pop(0)
                    self.matches.append(Match((unit,), (other,), moved=True))
                    used |= {id(unit), id(other)}
        return used

    def _match(self, old: list[Unit], new: list[Unit]) -> list[Match]:
        """Pair the sentences of one gap, in order."""
        if not old or not new:
            return []
        one = [self.tokens.read(unit, 0) for unit in old]
        two = [self.tokens.read(unit, 1) for unit in new]
        if len(old) == len(new) == 1:
            close = is_close(one[0], two[0], (old[0].key, new[0].key))
            return [Match((old[0],), (new[0],), moved=False)] if close else []
        pairs = pair_in_order(one, two)
        pairs += pair_parts(one, two, pairs)
        return [Match(tuple(old[a:b]), tuple(new[c:d]), moved=False) for a, b, c, d in pairs]

    def _fuzzy_moves(self, lost: list[tuple[Unit, int]], gained: list[tuple[Unit, int]]) -> None:
        one = [self.tokens.read(unit, 0) for unit, _ in lost]
        two = [self.tokens.read(unit, 1) for unit, _ in gained]
        pairs = pair_anywhere(one, two, MOVED) if len(one) * len(two) <= FAR else []
        for i, j in pairs:
            self.matches.append(Match((lost[i][0],), (gained[j][0],), moved=True))
        gone, come = {i for i, _ in pairs}, {j for _, j in pairs}
        self.removed += [entry for i, entry in enumerate(lost) if i not in gone]
        self.added += [entry for j, entry in enumerate(gained) if j not in come]


def _left_over(
    units: list[Unit], pairs: list[tuple[tuple[Unit, ...], tuple[Unit, ...]]], place: int
) -> list[tuple[Unit, int]]:
    """The sentences of a gap without a partner, each with where it would stand on the other side.

    Args:
        units: the sentences of one side.
        pairs: sentences of this side and their partners on the other.
        place: where the gap begins on the other side.
    """
    ends = {id(unit): partners[-1].end for ours, partners in pairs for unit in ours}
    found: list[tuple[Unit, int]] = []
    for unit in units:
        if id(unit) in ends:
            place = max(place, ends[id(unit)])
        else:
            found.append((unit, place))
    return found


def _neighbours(units: tuple[Unit, ...], place: dict[int, int]) -> tuple[Unit, ...]:
    """All of a match's sentences, or the longest where one that moved away stands between them.

    Args:
        units: the sentences of one side of the match.
        place: of each sentence in its gap.
    """
    if all(place[id(two)] == place[id(one)] + 1 for one, two in pairwise(units)):
        return units
    return (max(units, key=lambda unit: len(unit.key)),)


def _together(matches: list[Match]) -> list[Match]:
    """Neighbours that moved together as one."""
    moved = sorted((m for m in matches if m.moved), key=lambda m: m.old[0].start)
    joined: list[Match] = []
    for match in moved:
        last = joined[-1] if joined else None
        if last and _follows(last.old[-1], match.old[0]) and _follows(last.new[-1], match.new[0]):
            joined[-1] = Match((*last.old, *match.old), (*last.new, *match.new), moved=True)
        else:
            joined.append(match)
    return [match for match in matches if not match.moved] + joined


def _follows(one: Unit, two: Unit) -> bool:
    return one.paragraph == two.paragraph and one.number + 1 == two.number


Gap = tuple[list[Unit], list[Unit], tuple[int, int]]


def _place(units: list[Unit], index: int, spans: list[Span], paragraph: int) -> int:
    """Where a gap begins: after the sentence before it, else where its paragraph begins."""
    if index:
        return units[index - 1].end
    if units:
        return units[0].start
    return spans[paragraph - 1][1] if paragraph else 0
