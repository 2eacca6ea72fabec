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
from archive.comparison.names import Names, is_capital
from archive.comparison.numbers import is_numeric, numbers, value_signs
from archive.comparison.quoted import Words, inside, sort_out, touches_report
from archive.comparison.result import CLASSES, Significance
from archive.comparison.sequences import Run
from archive.comparison.shades import (
    count_hedges,
    decides,
    denies_by_prefix,
    exchanged,
    is_other_date,
    is_other_unit,
    is_report,
)

__all__ = ["Classifier", "Words", "ordered", "weigh", "weigh_alone"]

LITTLE = 4
"""A change of wording of no more words is minor."""

_HEAVY = frozenset(CLASSES) - {
    "modified",
    "paragraph-moved",
    "wording",
    "link",
    "claim-only",
}
"""Classes that are substantive where words changed."""

_LEADING = frozenset({"said", "says"})
"""Verbs that stand before their subject in a language that has it first otherwise."""

_NEAR = 2
"""How many words a name may stand from the verb of saying whose subject it is."""

_AROUND = 8
"""How many words on both sides of what differs are looked at."""

MOST = 5_000
"""In a run of more words nothing is looked for: it is wording."""

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
        before = [token for token, _, _ in old.tokens]
        after = [token for token, _, _ in new.tokens]
        quoted = sort_out(old, new, runs)
        classes = set(quoted[0])
        lost, won = inside(old.tokens, quoted[3][0]), inside(new.tokens, quoted[3][1])
        for index, run in enumerate(runs):
            found: set[str] = set()
            if max(run[1] - run[0], run[3] - run[2]) <= MOST:
                one = self._facts(before, run[0], run[1], lost)
                two = self._facts(after, run[2], run[3], won)
                found = self._run(run, before, after, one, two)
                if _is_worth_else(old, new, run, runs):
                    found.add("number")
                whole = any(at in lost for at in range(run[0], run[1])) or any(
                    at in won for at in range(run[2], run[3])
                )
                if not whole and self._is_said(before, after, run):
                    found.add("attribution")
                if self._reports(old, new, run, quoted[1], (before, after), (one.names, two.names)):
                    found.add("attribution")
            if not found and index not in quoted[2]:
                found.add("wording")
            classes |= found
        if _is_note_text(after) and not _is_note_text(before):
            classes.add("correction")
        return classes

    def decides(self, old: Words, new: Words, runs: Sequence[Run]) -> bool:
        """Whether few words turn what a passage says, whatever their classes.

        Modal and legal words that differ, and words that took each other's place.
        """
        before = [token for token, _, _ in old.tokens]
        after = [token for token, _, _ in new.tokens]
        removed = [token for run in runs for token in before[run[0] : run[1]]]
        added = [token for run in runs for token in after[run[2] : run[3]]]
        return decides(removed, added, self._lexicon) or exchanged(before, after, self._lexicon)

    def _facts(self, tokens: Sequence[str], start: int, end: int, left_out: set[int]) -> Facts:
        """What the tokens between two places are; those left out are none of it.

        What they are depends on those around them, which are read only where it can matter.
        """
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
        return Facts(found, names, negators)

    def _run(
        self, run: Run, before: Sequence[str], after: Sequence[str], one: Facts, two: Facts
    ) -> set[str]:
        """Numbers, names and negators in one run of words that differ."""
        removed, added = before[run[0] : run[1]], after[run[2] : run[3]]
        found: set[str] = set()
        if (
            one.values(run[0], run[1]) != two.values(run[2], run[3])
            or is_other_date(removed, added, self._vocabulary)
            or is_other_unit(before, after, (run[0], run[2]), self._lexicon)
        ):
            found.add("number")
        if _differ(one.named(removed, run[0]), two.named(added, run[2]), removed, added):
            found.add("name")
        denials = one.denials(run[0], run[1]), two.denials(run[2], run[3])
        if denials[0] != denials[1] or denies_by_prefix(removed, added, self._lexicon):
            found.add("negation")
        return found

    def _is_said(self, before: Sequence[str], after: Sequence[str], run: Run) -> bool:
        """Whether something is now told as what somebody says, or no longer."""
        removed, added = before[run[0] : run[1]], after[run[2] : run[3]]
        if count_hedges(removed, self._lexicon) != count_hedges(added, self._lexicon):
            return True
        if is_report(removed, added, self._vocabulary):
            return True
        turned = _turned(before, run[0], run[1]), _turned(after, run[2], run[3])
        return turned != (removed, added) and is_report(*turned, self._vocabulary)

    def _reports(
        self,
        old: Words,
        new: Words,
        run: Run,
        kept: tuple[Sequence[Quotation], Sequence[Quotation]],
        tokens: tuple[Sequence[str], Sequence[str]],
        names: tuple[set[int], set[int]],
    ) -> bool:
        """Whether a run touches who said something, or the verb that says so."""
        removed, added = tokens[0][run[0] : run[1]], tokens[1][run[2] : run[3]]
        if _is_spelling(removed, added):
            return False
        if touches_report(old, run[0], run[1], kept[0]):
            return True
        if touches_report(new, run[2], run[3], kept[1]):
            return True
        if any(self._is_verb(word) for word in removed) and any(map(self._is_verb, added)):
            return True
        return bool(removed and added) and (
            self._is_subject(tokens[0], run[0], run[1], names[0])
            and self._is_subject(tokens[1], run[2], run[3], names[1])
        )

    def _is_verb(self, word: str) -> bool:
        return word in self._verbs

    def _is_subject(self, tokens: Sequence[str], start: int, end: int, names: set[int]) -> bool:
        """Whether the words between two places hold a name beside a verb or phrase of saying."""
        vocabulary = self._vocabulary
        if vocabulary is None or not any(at in names for at in range(start, end)):
            return False
        after = [token.lower() for token in tokens[end : end + _NEAR]]
        before = [token.lower() for token in tokens[max(0, start - 3) : start]]
        clear = self._verbs - vocabulary.nouns
        if any(word in clear for word in after[:1]) or (
            after[:1] and after[0] in vocabulary.between and any(w in clear for w in after)
        ):
            return True
        if any(word in (clear if vocabulary.inverts else _LEADING) for word in before[-1:]):
            return True
        return any(before[-len(phrase) :] == list(phrase) for phrase in vocabulary.sources)


def _turned(tokens: Sequence[str], start: int, end: int) -> Sequence[str]:
    """The words of a run one place before, where they differ as well: *the [minister said the]*."""
    if start and start < end and tokens[start - 1].lower() == tokens[end - 1].lower():
        return tokens[start - 1 : end - 1]
    return tokens[start:end]


def _differ(
    gone: Counter[str], come: Counter[str], removed: Sequence[str], added: Sequence[str]
) -> bool:
    """Whether names differ; a word that only gained or lost its capital is none."""
    lows = {token.lower() for token in removed}, {token.lower() for token in added}
    return any(name not in lows[1] for name in gone - come) or any(
        name not in lows[0] for name in come - gone
    )


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
class Facts:
    """What tokens in a row are: the numbers and denials they touch, and which of them are names."""

    numbers: Sequence[tuple[str, int, int]]
    names: set[int]
    negators: Sequence[tuple[int, int]]

    def denials(self, start: int, end: int) -> int:
        """How many denials these tokens are part of."""
        return sum(one < end and two > start for one, two in self.negators)

    def values(self, start: int, end: int) -> list[str]:
        """The values of the numbers that these tokens are part of."""
        return sorted(value for value, one, two in self.numbers if one < end and two > start)

    def named(self, tokens: Sequence[str], start: int) -> Counter[str]:
        """The names among the tokens that begin at this place."""
        return Counter(token.lower() for at, token in enumerate(tokens, start) if at in self.names)


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
    words = [token for token in removed if is_word(token)], [t for t in added if is_word(t)]
    gone, come = ([token.lower() for token in one] for one in words)
    swapped = differing and bool(gone) and words[0] == words[1]
    alike = gone == come and (removed or added) and "paragraph-moved" not in names
    marked = alike and differing and bool(names & {"quotation-added", "quotation-removed"})
    if decided or marked:
        return "substantive"
    if alike and not swapped and "number" not in names:
        return "cosmetic" if names <= {"wording", "headline", "standfirst"} else "minor"
    if names & _HEAVY:
        return "substantive"
    if swapped:
        return "minor"
    if "wording" in names and max(len(gone), len(come)) > LITTLE:
        return "substantive"
    return "minor"


def weigh_alone(classes: Iterable[str], passage: str) -> Significance:
    """How much a passage matters that one side has alone: of its words a few are enough to tell."""
    found = list(islice(filter(is_word, each_word(passage)), LITTLE + 1))
    return weigh(classes, found or [passage], [])
