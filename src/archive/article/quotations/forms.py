"""Speakers that no verb outside the marks names: where the form of the text says who speaks.

"Jane Smith: “…”" and a lead-in such as "And from Jane Smith:"; the signature of a press release,
“…” — Jane Smith, in its line or the one below; and the aside within the marks, « …, dit Jean
Petit, … », as French and Russian have it.
"""

from __future__ import annotations

import re

from archive.article.quotations.antecedents import find_antecedent
from archive.article.quotations.names import Mention
from archive.article.quotations.sentences import Sentence
from archive.article.quotations.story import Place, Story, Voice
from archive.typography import DASHES, LONG_DASHES

__all__ = ["Forms"]

_SCANNED = 1000
"""How many characters of a quotation are looked through for an aside: it comes early."""
_LED = 60
"""How many tokens before a colon are looked at: a lead-in is a line, not a paragraph."""
_ASIDE = re.compile(
    rf"(?:[,!?…»][ \u00a0]?(?:[{LONG_DASHES}][ \u00a0])?|[ \u00a0][{LONG_DASHES}][ \u00a0])(?=\w)"
    r"(?P<before>(?:[\w’]+[ \u00a0]){0,2}?)"
    rf"(?P<verb>\w[\w-]*)(?:[ \u00a0](?P<name>[^\W\d][^,.;:!?…{LONG_DASHES}«»\n]{{0,60}}?))?"
    rf"(?=[,.;]|[ \u00a0][{LONG_DASHES}])"
)


class Forms:
    """The forms of one text."""

    def __init__(self, story: Story) -> None:
        self.story = story
        self.words = story.words

    def find(self, place: Place) -> Voice | None:
        """The speaker whom the form of a quotation's sentence names, or None."""
        return self._headed(place) or self._signed(place) or self._aside(place)

    # Before a colon

    def _headed(self, place: Place) -> Voice | None:
        """The speaker in "Jane Smith: “…”", where a name and a colon are all that comes before."""
        if place.token < 2 or place.sentence.words[place.token - 1] != ":":
            return None
        return self._leading(place.sentence, place.token - 1, inferred=False)

    def led(self, sentence: Sentence) -> Voice | None:
        """The speaker of a paragraph before, such as "And from Jane Smith:"."""
        if not sentence.words or sentence.words[-1] != ":":
            return None
        return self._leading(sentence, len(sentence.words) - 1, inferred=True)

    def _leading(self, sentence: Sentence, colon: int, *, inferred: bool) -> Voice | None:
        name = self.story.read(sentence).names.ending(colon - 1, exact=True)
        if colon > _LED or name is None or name.pronoun or not self._is_named(sentence, name):
            return None
        before = sentence.lows[: name.first]
        if any(low[0].isalnum() for low in before) and tuple(before) not in self.words.leads:
            return None
        return Voice(sentence.span(name.first, name.last - 1), None, inferred=inferred)

    def _is_named(self, sentence: Sentence, name: Mention) -> bool:
        """Whether it is a person's name and no topic ("The case:", German "Sein Urteil:")."""
        first, tokens = sentence.lows[name.first], sentence.words[name.first : name.last]
        if not tokens[-1][0].isupper() or not self.story.is_person(sentence, name):
            return False
        if first in self.words.articles:
            return self.words.code != "de" and len(tokens) > 2 and tokens[-2][0].isupper()
        known = self.words.determiners | self.words.nobody | self.words.verbs  # "Said Smith: “…”"
        return first not in known

    # Behind a dash

    def _signed(self, place: Place) -> Voice | None:
        """The name in "“…” — Jane Smith, mayor", where nothing else stands before or behind."""
        sentence, at = place.sentence, place.token + 1
        if place.token > 0 or at >= len(sentence.words) or sentence.words[at] not in DASHES:
            return None
        return self._signature(sentence, at + 1, inferred=False)

    def signed_below(self, place: Place) -> Voice | None:
        """The same in the paragraph below the quotation."""
        narration = self.story.narration
        if place.paragraph + 1 >= len(narration.bounds):
            return None
        pieces = narration.pieces(place.paragraph + 1)
        if len(pieces) != 1 or len(narration.pieces(place.paragraph)) != 1:
            return None
        sentence = narration.sentence(pieces[0])
        if sentence.quotes or not sentence.words or sentence.words[0] not in DASHES:
            return None
        return self._signature(sentence, 1, inferred=True)

    def _signature(self, sentence: Sentence, at: int, *, inferred: bool) -> Voice | None:
        lows, words = sentence.lows, self.words
        reports = self.story.read(sentence)
        if reports.cues or at >= len(lows) or not sentence.words[at][0].isupper():
            return None
        name = reports.names.beginning(at, exact=True)
        if name is None or name.pronoun or not self._is_named(sentence, name):
            return None
        ends = name.last == len(lows) or lows[name.last] in {",", "(", ".", *DASHES}
        if not ends or any(low in words.passives for low in lows[name.last :]):
            return None
        return Voice(sentence.span(name.first, name.last - 1), None, inferred=inferred)

    # Within the marks

    def _aside(self, place: Place) -> Voice | None:
        """The speaker in « …, explique Jean Petit, … », where the language has such asides."""
        if not self.words.incises:
            return None
        start, end = place.top
        for match in _ASIDE.finditer(self.story.text, start + 1, min(end, start + _SCANNED)):
            voice = self._aside_voice(place, match)
            if voice:
                return voice
        return None

    def _aside_voice(self, place: Place, match: re.Match[str]) -> Voice | None:
        words, verb = self.words, match.group("verb")
        before = match.group("before").lower().replace("’", "’ ").split()
        if not verb.islower() or not words.between.issuperset(before):
            return None
        clitic = next((end for end in words.clitics if verb.endswith(end)), "")
        low = verb.removesuffix(clitic)
        if low not in words.reporting:
            return None
        if clitic or (match.group("name") or "").lower() in words.pronouns:
            source = find_antecedent(self.story, place, thing=False)
            return Voice(source, match.span("verb"), inferred=True) if source else None
        return self._aside_name(match)

    def _aside_name(self, match: re.Match[str]) -> Voice | None:
        name, (start, _) = match.group("name"), match.span("name")
        if not name:
            return None
        tokens = name.split()
        while tokens and tokens[0].lower() in self.words.between | self.words.times:
            start += len(tokens[0]) + 1
            tokens = tokens[1:]
        kept = next((at for at, word in enumerate(tokens) if at and self._stops(word)), len(tokens))
        article = bool(tokens) and tokens[0].lower().startswith(tuple(self.words.articles))
        proper = bool(tokens) and tokens[kept - 1][0].isupper()
        if kept > 5 or not (proper or (article and kept + ("’" in tokens[0]) > 1)):
            return None
        last = tokens[kept - 1]
        stop = match.string.index(last, start + len(" ".join(tokens[: kept - 1]))) + len(last)
        return Voice((start, stop), match.span("verb"))

    def _stops(self, word: str) -> bool:
        return word.lower() in self.words.stops
