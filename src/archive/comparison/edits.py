"""The changes between two texts: sentences aligned, words that differ, classes, significance."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property

from archive.article.quotations import Quotation
from archive.article.quotations.words import pick_vocabulary
from archive.article.shown import STRUCK
from archive.comparison.alignment import Aligned, Match, align
from archive.comparison.classification import (
    Classifier,
    Words,
    ordered,
    weigh,
    weigh_alone,
)
from archive.comparison.folding import cosmetic_key, tight_key
from archive.comparison.footnotes import blank_marks
from archive.comparison.lexicon import pick_lexicon
from archive.comparison.names import Names
from archive.comparison.noise import Noise
from archive.comparison.result import Change, Operation
from archive.comparison.sequences import Run, differing
from archive.comparison.units import Unit

__all__ = ["Edits"]

Span = tuple[int, int]

_STRUCK_OUT = 0xE000
"""From here on struck-out words have signs of their own: the first of the private ones."""


class Edits:
    """The changes between two texts.

    Args:
        texts: the earlier and the later one.
        codes: the languages whose words both may have, the one that they are written in first.
        quoted: gives the quotations of a text; asked only where something differs.
        noise: says which lines do not count.
        is_lead: whether a place of one side is in the standfirst.
        is_note: whether a passage of one side is a correction note.
    """

    def __init__(
        self,
        texts: tuple[str, str],
        codes: tuple[str, ...],
        quoted: Callable[[int], tuple[Quotation, ...]],
        noise: Noise,
        is_lead: Callable[[int, int], bool],
        is_note: Callable[[int, str], bool],
    ) -> None:
        self.texts = texts
        self.codes = codes
        self.noise = noise
        self._find_quotations = quoted
        self._is_at_lead = is_lead
        self._is_note = is_note

    def changes(self) -> list[Change]:
        """Them, in reading order."""
        one, two = self.texts
        if one == two:
            self.noise.count("same-text")
            return []
        aligned = align(blank_marks(one), blank_marks(two), self.noise.is_line)
        self.noise.count("cosmetic", aligned.cosmetic)
        self._prepare(aligned)
        found = [change for match in aligned.matches if (change := self._matched(match))]
        found += self._unmatched(aligned, 0)
        found += self._unmatched(aligned, 1)
        return sorted(found, key=lambda change: (change.after_span, change.before_span))

    @cached_property
    def quoted(self) -> tuple[tuple[Quotation, ...], tuple[Quotation, ...]]:
        """The quotations of both texts."""
        return self._find_quotations(0), self._find_quotations(1)

    def _prepare(self, aligned: Aligned) -> None:
        vocabulary = pick_vocabulary(self.texts[0], self.codes[-1]) if self.codes else None
        lexicon = pick_lexicon(*self.codes)
        names = Names(*self.texts, vocabulary, lexicon)
        self.tokens = aligned.reader
        self.classifier = Classifier(names, vocabulary, lexicon)

    def _matched(self, match: Match) -> Change | None:
        """The change that a pair of sentences is, unless only typography differs."""
        one, two = self.texts
        spans = _hull(match.old), _hull(match.new)
        before, after = one[slice(*spans[0])], two[slice(*spans[1])]
        if match.whole:
            pair = before, after, *spans
            return Change(
                "text", ("wording",), "substantive", "article", *pair, (Operation(*pair),)
            )
        if not match.moved and _is_typography(before, after):
            self.noise.count("cosmetic")
            return None
        if match.moved and [unit.key for unit in match.old] == [unit.key for unit in match.new]:
            return Change("text", ("paragraph-moved",), "minor", "article", before, after, *spans)
        return self._edited(match, spans)

    def _edited(self, match: Match, spans: tuple[Span, Span]) -> Change:
        """The change of a pair of sentences whose words differ."""
        sides = self._words(match.old, 0), self._words(match.new, 1)
        before, after = self.texts[0][slice(*spans[0])], self.texts[1][slice(*spans[1])]
        struck = before.count(STRUCK) != after.count(STRUCK)
        signs = self._signs(match.old, 0), self._signs(match.new, 1)
        runs = differing(*(_with_struck(signs, sides) if struck or STRUCK in before else signs))
        classes = self.classifier.edit(*sides, runs) if runs else set[str]()
        if match.moved:
            classes.add("paragraph-moved")
        if self._is_at_lead(0, spans[0][0]) or self._is_at_lead(1, spans[1][0]):
            classes.add("standfirst")
        operations = tuple(self._operation(sides, run, spans) for run in runs)
        removed, added = (_differing_words(side, runs, at) for at, side in enumerate(sides))
        decided = struck or self.classifier.decides(*sides, runs)
        heavy = weigh(classes, removed, added, differing=True, decided=decided)
        pair = before, after, *spans
        return Change("text", ordered(classes), heavy, "article", *pair, operations, struck=struck)

    def _words(self, units: Sequence[Unit], side: int) -> Words:
        tokens = [token for unit in units for token in self.tokens.places(unit, side)]
        return Words(tokens, self.quoted[side])

    def _signs(self, units: Sequence[Unit], side: int) -> str:
        """Sentences with each token as one sign."""
        return "".join(self.tokens.read(unit, side) for unit in units)

    def _operation(
        self, sides: tuple[Words, Words], run: tuple[int, int, int, int], spans: tuple[Span, Span]
    ) -> Operation:
        one = _run_span(sides[0].tokens, run[0], run[1], spans[0])
        two = _run_span(sides[1].tokens, run[2], run[3], spans[1])
        return Operation(self.texts[0][slice(*one)], self.texts[1][slice(*two)], one, two)

    def _unmatched(self, aligned: Aligned, side: int) -> list[Change]:
        """Sentences that one side has alone, a change for each paragraph of neighbours."""
        entries = aligned.added if side else aligned.removed
        places = {id(unit): at for unit, at in entries}
        found: list[Change] = []
        for group in _neighbours(entries):
            whole = len(group) == aligned.paragraphs[side][group[0].paragraph]
            found.append(self._alone(group, side, whole, places[id(group[0])]))
        return found

    def _alone(self, group: Sequence[Unit], side: int, whole: bool, place: int) -> Change:
        span, at = _hull(group), (place, place)
        passage = self.texts[side][slice(*span)]
        classes: set[str] = set()
        if whole:
            classes.add("paragraph-added" if side else "paragraph-removed")
        if self._is_note(side, passage):
            classes.add("correction")
        if self._is_at_lead(side, span[0]):
            classes.add("standfirst")
        if any(_mostly_in(quotation, span) for quotation in self.quoted[side]):
            classes.add("quotation-added" if side else "quotation-removed")
        if classes <= {"standfirst"}:
            classes.add("wording")
        heavy = weigh_alone(classes, passage)
        pair = ("", passage, at, span) if side else (passage, "", span, at)
        return Change("text", ordered(classes), heavy, "article", *pair, (Operation(*pair),))


def _hull(units: Sequence[Unit]) -> Span:
    return units[0].start, units[-1].end


def _differing_words(words: Words, runs: Sequence[Run], side: int) -> list[str]:
    return [t[0] for run in runs for t in words.tokens[run[2 * side] : run[2 * side + 1]]]


def _run_span(tokens: Sequence[tuple[str, int, int]], start: int, end: int, around: Span) -> Span:
    """Where tokens stand; of none, the place between their neighbours."""
    if start < end:
        return tokens[start][1], tokens[end - 1][2]
    place = tokens[start - 1][2] if start else around[0]
    return place, place


def _neighbours(entries: Sequence[tuple[Unit, int]]) -> list[list[Unit]]:
    """Sentences in the order of the text, those that follow each other in a paragraph together."""
    groups: list[list[Unit]] = []
    for unit, _ in sorted(entries, key=lambda entry: entry[0].start):
        last = groups[-1][-1] if groups else None
        near = last is not None and last.paragraph == unit.paragraph
        if near and last is not None and unit.number == last.number + 1:
            groups[-1].append(unit)
        else:
            groups.append([unit])
    return groups


def _mostly_in(quotation: Quotation, span: Span) -> bool:
    inside = min(quotation.end, span[1]) - max(quotation.start, span[0])
    return 2 * inside > quotation.end - quotation.start


def _is_typography(one: str, two: str) -> bool:
    """Whether nothing but typography differs, or a space after the first letter."""
    if tight_key(one) == tight_key(two):
        return True
    if abs(len(one) - len(two)) > 2:
        return False
    short, long = sorted((cosmetic_key(one), cosmetic_key(two)), key=len)
    return len(long) > 2 and long[1] == " " and long[0] + long[2:] == short


def _with_struck(signs: tuple[str, str], sides: tuple[Words, Words]) -> tuple[str, str]:
    """The signs of two passages where struck-out words have others than those that stand."""
    others: dict[str, str] = {}
    found: list[str] = []
    for written, side in zip(signs, sides, strict=True):
        out, struck = [], False
        words = [word for word, _, _ in side.tokens]
        for at, (sign, word) in enumerate(zip(written, words, strict=True)):
            if word == "~" and words[at + 1 : at + 2] == ["~"]:
                struck = not struck
            other = struck and word != "~"
            new = chr(_STRUCK_OUT + len(others) % 0x1900)
            out.append(others.setdefault(sign, new) if other else sign)
        found.append("".join(out))
    return found[0], found[1]
