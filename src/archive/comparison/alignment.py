"""Which sentence of one text is which of the other.

1. Equal paragraphs, then equal sentences between them, are anchors (`sequences.common`).
2. A sentence left over that stands word for word elsewhere has moved.
3. What is left between two anchors is paired by dynamic programming, so that as many words as
   possible find their equal: one sentence with one, one with two, two with one, in order.
4. What is still left over on both sides is paired wherever it stands when most of its words are
   the same: moved and edited.

Larger gaps than `CELLS` are paired by the groups of words they share; where more than `MOST`
sentences are left over, a gap is one passage replaced by another.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from attrs import define, frozen
from rapidfuzz.distance import LCSseq

from archive.comparison.folding import cosmetic_key, tokenise, words
from archive.comparison.sentences import Span, paragraph_spans, piece_spans, sentence_spans
from archive.comparison.sequences import common, gaps, heaviest

__all__ = ["Aligned", "Match", "Tokens", "Unit", "align"]

CELLS = 2_500
"""The most pairs of sentences that a gap is searched through for."""

MOST = 4_000
"""With more sentences left over than this, gaps are not searched for pairs."""

LINES = 10_000
"""A text of more paragraphs is cut into pieces of any kind, not into sentences."""

PAIRED = 0.4
"""How much of two sentences must be the same for them to be one, edited."""

ALONE = 0.3
"""The same where no other sentence of the gap could be meant."""

MOVED = 0.6
"""The same where they stand elsewhere."""

_SHARE = 0.4
"""How much of each half must be found in the whole where a sentence was split or joined."""

_WITHIN = 0.9
"""How much of a sentence is found in another that it was cut down to, or grew to."""

_REST = 0.8
"""Or how much of what the other half leaves of the whole."""

_SHORTEST = 4
"""A sentence of fewer words is not looked for elsewhere."""

_LONGEST = 5_000
"""Sentences of more tokens are compared by the words they have, whatever their order."""


@define(eq=False)
class Unit:
    """A sentence.

    Args:
        start: where it begins in its text.
        end: where it ends.
        paragraph: the number of its paragraph.
        number: the number of the sentence in it.
        key: its cosmetic key.
        tokens: its words and signs, each written as one character; filled in when needed.
    """

    start: int
    end: int
    paragraph: int
    number: int
    key: str
    tokens: str | None = None


class Tokens:
    """Gives every different token one character, so that sentences compare as strings."""

    def __init__(self, before: str, after: str) -> None:
        self._texts = before, after
        self._signs: dict[str, str] = {}
        self._keys: dict[str, str] = {}

    def read(self, unit: Unit, side: int) -> str:
        """The tokens of a sentence, each as one character; found once."""
        if unit.tokens is None:
            found = words(self._texts[side][unit.start : unit.end])
            for token in dict.fromkeys(found):
                if token not in self._signs:
                    key = cosmetic_key(token)
                    sign = chr(0x10000 + min(len(self._keys), 0xFFFFF))
                    self._signs[token] = self._keys.setdefault(key, sign)
            unit.tokens = "".join(map(self._signs.__getitem__, found))
        return unit.tokens

    def places(self, unit: Unit, side: int) -> list[tuple[str, int, int]]:
        """The tokens of a sentence as they stand, with their places."""
        return tokenise(self._texts[side], unit.start, unit.end)


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


def align(before: str, after: str, leave_out: Callable[[str, int], bool] | None = None) -> Aligned:
    """Align two texts, sentence by sentence.

    Args:
        before: the earlier text.
        after: the later text.
        leave_out: says of a line that differs, and of its side (0 or 1), whether it does not count.
    """
    return _Alignment(before, after, leave_out).result()


class _Alignment:
    def __init__(
        self, before: str, after: str, leave_out: Callable[[str, int], bool] | None
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
            if self.leave_out is not None and self.leave_out(text[first_sign:last_sign], side):
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
            matches = self._match(olds, news)
            self.matches += matches
            used = {id(unit) for match in matches for unit in (*match.old, *match.new)}
            lost += [(unit, at_new) for unit in olds if id(unit) not in used]
            gained += [(unit, at_old) for unit in news if id(unit) not in used]
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
                if found and (_is_long(unit.key) or len(found) == times[unit.key] == 1):
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
            close = (
                similarity(one[0], two[0]) >= ALONE
                or _is_part(one[0], two[0])
                or _letters(old[0].key, new[0].key)
            )
            return [Match((old[0],), (new[0],), moved=False)] if close else []
        pairs = _by_groups(one, two) if len(old) * len(new) > CELLS else _by_words(one, two)
        return [Match(tuple(old[a:b]), tuple(new[c:d]), moved=False) for a, b, c, d in pairs]

    def _fuzzy_moves(self, lost: list[tuple[Unit, int]], gained: list[tuple[Unit, int]]) -> None:
        one = [self.tokens.read(unit, 0) for unit, _ in lost]
        two = [self.tokens.read(unit, 1) for unit, _ in gained]
        pairs = _candidates(one, two, MOVED)
        for i, j in pairs:
            self.matches.append(Match((lost[i][0],), (gained[j][0],), moved=True))
        gone, come = {i for i, _ in pairs}, {j for _, j in pairs}
        self.removed += [entry for i, entry in enumerate(lost) if i not in gone]
        self.added += [entry for j, entry in enumerate(gained) if j not in come]


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


def _is_long(key: str) -> bool:
    """Whether a sentence has words enough to be known again wherever it stands."""
    return len(key) > 24 or key.count(" ") + 1 >= _SHORTEST


def similarity(one: str, two: str) -> float:
    """How much of two sentences is the same: twice the shared tokens by all tokens."""
    total = len(one) + len(two)
    return 2 * _shared(one, two) / total if total else 1.0


def _shared(one: str, two: str) -> int:
    """How many tokens two sentences share, in order."""
    if len(one) + len(two) > _LONGEST:
        return (Counter(one) & Counter(two)).total()
    return LCSseq.similarity(one, two)


def _is_part(one: str, two: str) -> bool:
    """Whether nearly all of one of two sentences stands in the other."""
    least = min(len(one), len(two))
    return least > 2 and _shared(one, two) >= _WITHIN * least


def _letters(one: str, two: str) -> bool:
    """Whether two short sentences have most letters in common, though few words."""
    short = len(one) + len(two) <= 200
    return short and LCSseq.normalized_similarity(one, two) >= 0.7


def _by_words(one: list[str], two: list[str]) -> list[tuple[int, int, int, int]]:
    """The pairing, in order, under which the most words are shared (dynamic programming)."""
    rows, columns = len(one), len(two)
    shared = [[_shared(a, b) for b in two] for a in one]
    best = [[0] * (columns + 1) for _ in range(rows + 1)]
    step = [[(0, 0)] * (columns + 1) for _ in range(rows + 1)]
    for i in range(rows - 1, -1, -1):
        for j in range(columns - 1, -1, -1):
            score, move = best[i + 1][j], (1, 0)
            if best[i][j + 1] > score:
                score, move = best[i][j + 1], (0, 1)
            for down, right, gain in _pairings(one, two, shared, i, j):
                if gain + best[i + down][j + right] > score:
                    score, move = gain + best[i + down][j + right], (down, right)
            best[i][j], step[i][j] = score, move
    found: list[tuple[int, int, int, int]] = []
    i = j = 0
    while i < rows and j < columns:
        down, right = step[i][j]
        if down and right:
            found.append((i, i + down, j, j + right))
        i, j = i + down, j + right
    return found


def _pairings(
    one: list[str], two: list[str], shared: list[list[int]], i: int, j: int
) -> Iterable[tuple[int, int, int]]:
    """How the sentences at two places may be paired, and how many words that finds equal."""
    here = shared[i][j]
    if here and 2 * here >= PAIRED * (len(one[i]) + len(two[j])):
        yield 1, 1, here
    if j + 1 < len(two):
        joined = _shared(one[i], two[j] + two[j + 1])
        if _belongs(joined, here, shared[i][j + 1], one[i], two[j], two[j + 1]):
            yield 1, 2, joined - 1
    if i + 1 < len(one):
        joined = _shared(one[i] + one[i + 1], two[j])
        if _belongs(joined, here, shared[i + 1][j], two[j], one[i], one[i + 1]):
            yield 2, 1, joined - 1


def _belongs(joined: int, first: int, second: int, whole: str, one: str, two: str) -> bool:
    """Whether a sentence is two others together.

    Each of the two must add enough of itself, or enough of what the other leaves of the whole: of a
    sentence that was cut down and joined to another only its end may be left.
    """
    gains = (joined - second, len(one), second), (joined - first, len(two), first)
    for gain, size, other in gains:
        rest = len(whole) - other
        if gain < 2 or not (gain >= _SHARE * size or (gain >= _REST * rest and gain >= 3)):
            return False
    return 2 * joined >= PAIRED * (len(whole) + len(one) + len(two))


def _by_groups(one: list[str], two: list[str]) -> list[tuple[int, int, int, int]]:
    """The pairing, in order, of the sentences that share groups of words."""
    pairs = _candidates(one, two, PAIRED)
    chosen = heaviest([j for _, j in pairs], [len(one[i]) for i, _ in pairs])
    return [(i, i + 1, j, j + 1) for i, j in (pairs[at] for at in chosen)]


_COMMON = 12
"""A group of words that stands more often says nothing about which sentence is which."""


def _candidates(one: Sequence[str], two: Sequence[str], least: float) -> list[tuple[int, int]]:
    """Pairs of sentences that share groups of words and are alike enough, each used once."""
    size = 2 if len(one) * len(two) <= 100 * CELLS else 3
    places: dict[str, list[int]] = {}
    for j, tokens in enumerate(two):
        for group in _groups(tokens, size):
            places.setdefault(group, []).append(j)
    places = {group: found for group, found in places.items() if len(found) <= _COMMON}
    used: set[int] = set()
    pairs: list[tuple[int, int]] = []
    for i, tokens in enumerate(one):
        counts: dict[int, int] = {}
        for group in _groups(tokens, size):
            for j in places.get(group, ()):
                counts[j] = counts.get(j, 0) + 1
        if not counts:
            continue
        likely = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:3]
        scored = [(similarity(tokens, two[j]), -j) for j, _ in likely if j not in used]
        best = max(scored, default=(0.0, 0))
        if best[0] >= least:
            used.add(-best[1])
            pairs.append((i, -best[1]))
    return pairs


def _groups(tokens: str, size: int) -> list[str]:
    """The groups of so many neighbouring words of a sentence that is long enough to be known."""
    if not _SHORTEST <= len(tokens) <= _LONGEST:
        return []
    return [tokens[at : at + size] for at in range(len(tokens) - size + 1)]
