"""What kind of change an edit to the text is, and how much it matters, by stated rules.

Every run of words that differs is looked at by itself; a change has the classes of all of its runs.
The rules stand in docs/reference/comparison.md.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import islice

from attrs import frozen
from rapidfuzz.distance import OSA

from archive.article.quotations import Quotation
from archive.article.quotations.vocabulary import Vocabulary
from archive.article.signals.notes import is_note
from archive.comparison.folding import each_word, is_word
from archive.comparison.lexicon import Lexicon
from archive.comparison.meaning import (
    count_hedges,
    decides,
    denies_by_prefix,
    exchanged,
    is_other_date,
    is_other_unit,
    is_report,
)
from archive.comparison.names import Names, is_capital
from archive.comparison.numbers import is_numeric, numbers, value_signs
from archive.comparison.quoted import Words, inside, sort_out, touches_report
from archive.comparison.result import CLASSES, Significance
from archive.comparison.sequences import Run

__all__ = ["Classifier", "Words", "ordered", "weigh", "weigh_alone"]

LITTLE = 4
"""A change of wording of no more words is minor: a synonym, an article, a word order. Five and more
are mostly a clause, which says something."""

_HEAVY = frozenset(CLASSES) - {
    "modified",
    "paragraph-moved",
    "wording",
    "link",
    "claim-only",
}
"""Classes that are substantive where words changed. Left out is what moves or re-dates words, and
what is weighed by how many words it is."""

_LEADING = frozenset({"said", "says"})
"""Verbs that stand before their subject in a language that has it first otherwise."""

_NEAR = 2
"""How many words a name may stand from the verb of saying whose subject it is: one word between is
an adverb or a title (`said Mayor Fernsby`), two are a clause with another subject."""

_AROUND = 8
"""How many words on both sides of what differs are looked at. Numbers in words (`two hundred and
forty-one million`), a name's titles, and a denial of two words reach no further."""

MOST = 5_000
"""In a run of more words nothing is looked for: it is wording. So much at once is another text, and
its names and numbers would be looked for at a cost that grows with its length."""

_SPACED = re.compile(r" (?=[,.;:!?)\]])")


class Classifier:
    """Names the classes of edits to one text.

    Args:
        names: what counts as a name in it.
        vocabulary: how its language reports speech, or None.
        lexicon: the closed words of its language.
    """

    def __init__(self, names: Names, vocabulary: Vocabulary | None, lexicon: Lexicon) -> None:
        self._names = names
        self._vocabulary = vocabulary
        self._lexicon = lexicon
        self._verbs = vocabulary.verbs | vocabulary.participles if vocabulary else frozenset()

    def edit(self, old: Words, new: Words, runs: Sequence[Run]) -> set[str]:
        """The classes of a passage that was edited.

        Args:
            old: the passage as it was.
            new: as it is.
            runs: which tokens differ.
        """
        quoted = sort_out(old, new, runs)
        before = _Side.of(old, quoted.whole[0], quoted.stayed[0])
        after = _Side.of(new, quoted.whole[1], quoted.stayed[1])
        classes = set(quoted.classes)
        for index, run in enumerate(runs):
            found: set[str] = set()
            if max(run[1] - run[0], run[3] - run[2]) <= MOST:
                one, two = self._part(before, run[0], run[1]), self._part(after, run[2], run[3])
                found = self._run(one, two)
                if _is_worth_else(old, new, run, runs):
                    found.add("number")
            if not found and index not in quoted.explained:
                found.add("wording")
            classes |= found
        if self._measures_else(before.tokens, after.tokens):
            classes = {"number", *classes} if len(runs) > 1 else {"number", *classes} - {"wording"}
        if _is_note_text(after.tokens) and not _is_note_text(before.tokens):
            classes.add("correction")
        return classes

    def _measures_else(self, before: Sequence[str], after: Sequence[str]) -> bool:
        """Whether a number counts another unit of measure than it did."""
        short = max(len(before), len(after)) <= MOST
        return short and is_other_unit(before, after, self._lexicon)

    def decides(self, old: Words, new: Words, runs: Sequence[Run]) -> bool:
        """Whether few words turn what a passage says, whatever their classes.

        Modal and legal words that differ, and words that took each other's place.
        """
        before = [token for token, _, _ in old.tokens]
        after = [token for token, _, _ in new.tokens]
        removed = [token for run in runs for token in before[run[0] : run[1]]]
        added = [token for run in runs for token in after[run[2] : run[3]]]
        return decides(removed, added, self._lexicon) or exchanged(before, after, self._lexicon)

    def _part(self, side: _Side, start: int, end: int) -> _Part:
        """What the tokens between two places are; quotations that came or went are none of it.

        What they are depends on those around them, which are read only where it can matter.
        """
        tokens, left_out = side.tokens, side.whole
        first = max(0, start - _AROUND)
        within = tokens[start:end]
        near = tokens[first : end + _AROUND]
        counted = tokens[max(0, start - 1) : end + 1]
        found: list[tuple[str, int, int]] = []
        if any(is_numeric(token, self._lexicon) for token in counted):
            found = [
                (value, one + first, two + first)
                for value, one, two in numbers(near, self._lexicon)
                if one + first not in left_out
            ]
        names: set[int] = set()
        if any(map(is_capital, within)):
            names = {at + first for at in self._names.find(near)} - left_out
        negators = [
            (one + first, two + first)
            for one, two in (self._lexicon.denials.find(near) if within else ())
            if one + first not in left_out
        ]
        return _Part(side, start, end, found, names, negators)

    def _run(self, one: _Part, two: _Part) -> set[str]:
        """What differs in one run of words: numbers, names, negators, who says it."""
        found: set[str] = set()
        if one.values() != two.values() or is_other_date(one.words, two.words, self._vocabulary):
            found.add("number")
        if _differ(one, two):
            found.add("name")
        denied = one.denials() != two.denials()
        if denied or denies_by_prefix(one.words, two.words, self._lexicon):
            found.add("negation")
        if self._is_said(one, two) or self._reports(one, two):
            found.add("attribution")
        return found

    def _is_said(self, one: _Part, two: _Part) -> bool:
        """Whether something is now told as what somebody says, or no longer."""
        if one.is_of_whole() or two.is_of_whole():
            return False
        if count_hedges(one.words, self._lexicon) != count_hedges(two.words, self._lexicon):
            return True
        if is_report(one.words, two.words, self._vocabulary):
            return True
        turned = one.turned(), two.turned()
        return turned != (one.words, two.words) and is_report(*turned, self._vocabulary)

    def _reports(self, one: _Part, two: _Part) -> bool:
        """Whether a run touches who said something, or the verb that says so."""
        if _is_spelling(one.words, two.words):
            return False
        if one.touches_report() or two.touches_report():
            return True
        if not (self._verbs.isdisjoint(one.words) or self._verbs.isdisjoint(two.words)):
            return True
        return self._is_subject(one) and self._is_subject(two)

    def _is_subject(self, part: _Part) -> bool:
        """Whether words hold a name beside a verb or phrase of saying."""
        vocabulary = self._vocabulary
        if vocabulary is None or part.names.isdisjoint(range(part.start, part.end)):
            return False
        clear = self._verbs - vocabulary.nouns
        before, after = part.around()
        near = after if vocabulary.between.issuperset(after[:1]) else after[:1]
        leading = clear if vocabulary.inverts else _LEADING
        if not (clear.isdisjoint(near) and leading.isdisjoint(before[-1:])):
            return True
        return any(before[-len(phrase) :] == list(phrase) for phrase in vocabulary.sources)


def _differ(one: _Part, two: _Part) -> bool:
    """Whether names differ; a word that only gained or lost its capital is none."""
    gone, come = one.named(), two.named()
    lows = {token.lower() for token in one.words}, {token.lower() for token in two.words}
    return not (lows[1].issuperset(gone - come) and lows[0].issuperset(come - gone))


def _is_worth_else(old: Words, new: Words, run: Run, runs: Sequence[Run]) -> bool:
    """Whether signs alone make a number worth something else: £5 and €5, -5 and 5, 5% and 5.

    A sign of a currency or percent that came or went may have become a word, or been one: it counts
    where no word of the passage differs.
    """
    one = value_signs(old.tokens, run[0], run[1])
    two = value_signs(new.tokens, run[2], run[3])
    if one == two or not _is_of_signs(old, new, run):
        return False
    if (one and two) or "-" in one or "-" in two:
        return True
    return all(_is_of_signs(old, new, other) for other in runs)


def _is_of_signs(old: Words, new: Words, run: Run) -> bool:
    """Whether no word differs in a run."""
    tokens = (*old.tokens[run[0] : run[1]], *new.tokens[run[2] : run[3]])
    return not any(is_word(token) for token, _, _ in tokens)


def _is_spelling(removed: Sequence[str], added: Sequence[str]) -> bool:
    """Whether one word in small letters differs from another by a letter or two."""
    if len(removed) != 1 or len(added) != 1 or not (removed[0].islower() and added[0].islower()):
        return False
    return OSA.distance(removed[0], added[0]) * 5 <= max(len(removed[0]), len(added[0]), 5)


@frozen
class _Side:
    """One side of a passage: which of its tokens stand in a quotation that came or went."""

    passage: Words
    tokens: Sequence[str]
    whole: set[int]
    stayed: Sequence[Quotation]

    @classmethod
    def of(cls, passage: Words, whole: Sequence[Quotation], stayed: Sequence[Quotation]) -> _Side:
        tokens = [token for token, _, _ in passage.tokens]
        return cls(passage, tokens, inside(passage.tokens, whole), stayed)


@frozen
class _Part:
    """What one side has of a run of words that differ: where, and what stands there and nearby.

    Numbers and negators have their first token and the one after the last; names are tokens.
    """

    side: _Side
    start: int
    end: int
    numbers: Sequence[tuple[str, int, int]]
    names: set[int]
    negators: Sequence[tuple[int, int]]

    @property
    def words(self) -> Sequence[str]:
        return self.side.tokens[self.start : self.end]

    def denials(self) -> int:
        """How many denials these words are part of."""
        return sum(one < self.end and two > self.start for one, two in self.negators)

    def values(self) -> list[str]:
        """The values of the numbers that these words are part of."""
        return sorted(v for v, one, two in self.numbers if one < self.end and two > self.start)

    def named(self) -> Counter[str]:
        """The names among these words."""
        places = enumerate(self.words, self.start)
        return Counter(token.lower() for at, token in places if at in self.names)

    def is_of_whole(self) -> bool:
        """Whether one of these words stands in a quotation that came or went."""
        return not self.side.whole.isdisjoint(range(self.start, self.end))

    def touches_report(self) -> bool:
        """Whether they are a speaker or the verb of a quotation that stayed."""
        return touches_report(self.side.passage, self.start, self.end, self.side.stayed)

    def turned(self) -> Sequence[str]:
        """The words one place before, where they differ as well: *the [minister said the]*."""
        start, end, tokens = self.start, self.end, self.side.tokens
        if start and start < end and tokens[start - 1].lower() == tokens[end - 1].lower():
            return tokens[start - 1 : end - 1]
        return tokens[start:end]

    def around(self) -> tuple[list[str], list[str]]:
        """The few words before and behind, in lower case."""
        tokens = self.side.tokens
        before = tokens[max(0, self.start - 3) : self.start]
        after = tokens[self.end : self.end + _NEAR]
        return [token.lower() for token in before], [token.lower() for token in after]


def _is_note_text(tokens: Sequence[str]) -> bool:
    return is_note(_SPACED.sub("", " ".join(tokens[:120])))


def ordered(classes: Iterable[str]) -> tuple[str, ...]:
    """The classes in their fixed order."""
    wanted = set(classes)
    return tuple(name for name in CLASSES if name in wanted)


def weigh(
    classes: Iterable[str],
    removed: Sequence[str],
    added: Sequence[str],
    *,
    differing: bool = False,
    decided: bool = False,
) -> Significance:
    """How much a change matters.

    Args:
        classes: its classes.
        removed: the words and signs taken out.
        added: those put in.
        differing: whether these are only what differs, so that equal words changed their places.
        decided: whether they turn what the passage says, however few they are.

    Returns:
        ``substantive`` where one of its classes is and words changed, or a sign changed what a
        number is worth, or marks made words a quotation or made one none; for wording, where more
        than `LITTLE` words did, or a few decide. ``cosmetic`` where nothing but signs or capitals
        changed in wording.
    """
    names = set(classes)
    gone, come = list(filter(is_word, removed)), list(filter(is_word, added))
    swapped = differing and bool(gone) and gone == come
    if decided:
        return "substantive"
    alike = [word.lower() for word in gone] == [word.lower() for word in come]
    if alike and (removed or added) and not (swapped or "paragraph-moved" in names):
        return _weigh_signs(names, differing)
    if names & _HEAVY:
        return "substantive"
    much = "wording" in names and max(len(gone), len(come)) > LITTLE
    return "substantive" if much and not swapped else "minor"


def _weigh_signs(names: set[str], differing: bool) -> Significance:
    """How much a change matters of signs or capitals alone."""
    if "number" in names or (differing and names & {"quotation-added", "quotation-removed"}):
        return "substantive"
    return "cosmetic" if names <= {"wording", "headline", "standfirst"} else "minor"


def weigh_alone(classes: Iterable[str], passage: str) -> Significance:
    """How much a passage matters that one side has alone: of its words a few are enough to tell."""
    found = list(islice(filter(is_word, each_word(passage)), LITTLE + 1))
    return weigh(classes, found or [passage], [])
