"""Two sides compared: filters, alignment, classes, significance, silence.

The filters come in order, each with its own count: the same bytes; the same text; the same but for
typography; the extraction's doing; boilerplate and counters. What is left is classified. There is
no clock and no randomness: the same sides give the same comparison on every machine.
"""

from __future__ import annotations

from collections.abc import Sequence

from archive.article.quotations import Quotation
from archive.article.quotations.words import pick_vocabulary
from archive.article.signals.notes import is_note, is_remark
from archive.comparison.alignment import Aligned, Match, align
from archive.comparison.claimed import compare_claims, is_later
from archive.comparison.classification import (
    Classifier,
    Words,
    ordered,
    weigh,
    weigh_alone,
)
from archive.comparison.folding import cosmetic_key, tight_key
from archive.comparison.lexicon import pick_lexicon
from archive.comparison.linked import compare_links
from archive.comparison.names import Names
from archive.comparison.noise import Host, Noise
from archive.comparison.result import Change, Comparison, Operation
from archive.comparison.sequences import differing
from archive.comparison.side import Side
from archive.comparison.units import Unit

__all__ = ["compare_sides"]

Span = tuple[int, int]

_LONG = 10_000
"""How much of a paragraph is looked at on both sides of a place."""


def compare_sides(
    before: Side, after: Side, *, host: Host | None = None, reextracted: bool = False
) -> Comparison:
    """Compare two captures of an article.

    Args:
        before: the earlier side.
        after: the later side. Both texts have to come from one extractor.
        host: what other captures of the host have, of other articles; None where there are none.
        reextracted: whether the sides were extracted anew because the stored texts came from
            different extractors.

    Returns:
        The comparison; nothing is raised, whatever the sides are.
    """
    counts = {"re-extracted": 1} if reextracted else {}
    if before.text is None or after.text is None:
        if before.text is None and after.text is None:
            return Comparison(filters=counts, state="none")
        return Comparison(filters=counts, state="gone" if after.text is None else "appeared")
    if before.content is not None and before.content == after.content:
        return Comparison(filters={**counts, "same-bytes": 1})
    noise = Noise((before, after), (host or Host()).others(before, after), counts)
    changes = _Texts(before, after, noise).changes()
    standfirst = any("standfirst" in change.classes for change in changes)
    claimed = compare_claims(before, after, standfirst)
    linked: list[Change] = []
    if before.page is not None and after.page is not None:
        edited = _edited(before.text, after.text, changes)
        linked = compare_links(before.page, after.page, edited)
    found = (*claimed, *changes, *linked)
    return Comparison(found, _is_silent(before, after, found), noise.counts)


def _edited(before: str, after: str, changes: Sequence[Change]) -> dict[str, str]:
    """For the tight key of every paragraph that was edited, what it became."""
    both = [change for change in changes if change.before and change.after]
    lines = {
        _line(before, change.before_span[0]): _line(after, change.after_span[0]) for change in both
    }
    return {
        tight_key(before[slice(*one)]): tight_key(after[slice(*two)]) for one, two in lines.items()
    }


def _line(text: str, place: int) -> Span:
    """Where the paragraph that a place is in begins and ends; of a very long one, a part."""
    start = text.rfind("\n", max(0, place - _LONG), place) + 1 or max(0, place - _LONG)
    end = text.find("\n", place, place + _LONG)
    return start, end if end >= 0 else min(len(text), place + _LONG)


def _is_silent(before: Side, after: Side, changes: Sequence[Change]) -> bool:
    """A substantive change with neither a later date of modification nor a correction note."""
    if not any(change.significance == "substantive" for change in changes):
        return False
    if any("correction" in change.classes and change.after for change in changes):
        return False
    notes = {cosmetic_key(claim.line()) for claim in before.claims.about("correction")}
    lines = [claim.line() for claim in after.claims.about("correction")]
    if any(cosmetic_key(line) not in notes and not is_remark(line) for line in lines):
        return False
    return not is_later(before.claims, after.claims)


class _Texts:
    """The changes between two texts."""

    def __init__(self, before: Side, after: Side, noise: Noise) -> None:
        self.sides = before, after
        self.texts = before.text or "", after.text or ""
        self.noise = noise

    def changes(self) -> list[Change]:
        one, two = self.texts
        if one == two:
            self.noise.count("same-text")
            return []
        aligned = align(one, two, self.noise.is_line)
        self.noise.count("cosmetic", aligned.cosmetic)
        self._prepare(aligned)
        found = [change for match in aligned.matches if (change := self._matched(match, aligned))]
        found += self._unmatched(aligned, 0)
        found += self._unmatched(aligned, 1)
        return sorted(found, key=lambda change: (change.after_span, change.before_span))

    def _prepare(self, aligned: Aligned) -> None:
        code = self.sides[0].code() or self.sides[1].code()
        vocabulary = pick_vocabulary(self.texts[0], code) if code else None
        lexicon = pick_lexicon(code)
        names = Names(*self.texts, vocabulary, lexicon)
        self.tokens = aligned.reader
        self.classifier = Classifier(names, vocabulary, lexicon)
        self.quoted = self.sides[0].quoted(), self.sides[1].quoted()
        self.leads = self._leads(0), self._leads(1)

    def _leads(self, side: int) -> frozenset[str]:
        """The tight keys of what the page gives as its standfirst."""
        given = self.sides[side]
        described = [
            tight_key(claim.line())
            for term in ("description", "alternativeHeadline")
            for claim in given.claims.about(term)
        ]
        return frozenset(key for key in described if len(key) >= 30)

    def _matched(self, match: Match, aligned: Aligned) -> Change | None:
        """The change that a pair of sentences is, unless it is noise."""
        one, two = self.texts
        spans = _hull(match.old), _hull(match.new)
        before, after = one[slice(*spans[0])], two[slice(*spans[1])]
        moved = match.moved
        if match.whole:
            pair = before, after, *spans
            return Change(
                "text", ("wording",), "substantive", "article", *pair, (Operation(*pair),)
            )
        if cosmetic_key(before) == cosmetic_key(after) and not moved:
            self.noise.count("cosmetic")
            return None
        if _is_drop_cap(before, after) or (tight_key(before) == tight_key(after) and not moved):
            self.noise.count("cosmetic")
            return None
        sentences = (
            [one[u.start : u.end] for u in match.old],
            [two[u.start : u.end] for u in match.new],
        )
        if not moved and self.noise.is_artefact(*sentences):
            return None
        if moved and [unit.key for unit in match.old] == [unit.key for unit in match.new]:
            return Change("text", ("paragraph-moved",), "minor", "article", before, after, *spans)
        old = "".join(self.tokens.read(unit, 0) for unit in match.old)
        new = "".join(self.tokens.read(unit, 1) for unit in match.new)
        runs = differing(old, new)
        sides = (
            Words([t for unit in match.old for t in self.tokens.places(unit, 0)], self.quoted[0]),
            Words([t for unit in match.new for t in self.tokens.places(unit, 1)], self.quoted[1]),
        )
        classes = self.classifier.edit(*sides, runs) if runs else set[str]()
        if moved:
            classes.add("paragraph-moved")
        if self._is_lead(match.old, 0) or self._is_lead(match.new, 1):
            classes.add("standfirst")
        operations = tuple(self._operation(sides, run, spans) for run in runs)
        removed = [t[0] for run in runs for t in sides[0].tokens[run[0] : run[1]]]
        added = [t[0] for run in runs for t in sides[1].tokens[run[2] : run[3]]]
        decided = self.classifier.decides(*sides, runs)
        heavy = weigh(classes, removed, added, differing=True, decided=decided)
        return Change("text", ordered(classes), heavy, "article", before, after, *spans, operations)

    def _operation(
        self, sides: tuple[Words, Words], run: tuple[int, int, int, int], spans: tuple[Span, Span]
    ) -> Operation:
        one = _run_span(sides[0].tokens, run[0], run[1], spans[0])
        two = _run_span(sides[1].tokens, run[2], run[3], spans[1])
        return Operation(self.texts[0][slice(*one)], self.texts[1][slice(*two)], one, two)

    def _is_lead(self, units: Sequence[Unit], side: int) -> bool:
        """Whether sentences are of the standfirst: of a first paragraph that a claim repeats."""
        if units[0].start > 1_500 or not self.leads[side]:
            return False
        text = self.texts[side]
        line = tight_key(text[slice(*_line(text, units[0].start))])
        return any(line == lead or line == lead.rstrip(".…") for lead in self.leads[side])

    def _unmatched(self, aligned: Aligned, side: int) -> list[Change]:
        """Sentences that one side has alone, a change for each paragraph of neighbours."""
        entries = aligned.added if side else aligned.removed
        text = self.texts[side]
        places = {id(unit): at for unit, at in entries}
        found: list[Change] = []
        for group in _neighbours(entries):
            sentences = [text[unit.start : unit.end] for unit in group]
            if self.noise.is_artefact(*([], sentences) if side else (sentences, [])):
                continue
            whole = len(group) == aligned.paragraphs[side][group[0].paragraph]
            found.append(self._alone(group, side, whole, places[id(group[0])]))
        return found

    def _alone(self, group: Sequence[Unit], side: int, whole: bool, place: int) -> Change:
        span, at = _hull(group), (place, place)
        passage = self.texts[side][slice(*span)]
        classes: set[str] = set()
        if whole:
            classes.add("paragraph-added" if side else "paragraph-removed")
        if is_note(passage):
            classes.add("correction")
        if self._is_lead(group, side):
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


def _is_drop_cap(one: str, two: str) -> bool:
    """Whether nothing but a space after the first letter differs."""
    if abs(len(one) - len(two)) > 2:
        return False
    short, long = sorted((cosmetic_key(one), cosmetic_key(two)), key=len)
    return len(long) > 2 and long[1] == " " and long[0] + long[2:] == short
