"""Whose words: from the cues of the sentences to the speakers of the quotations.

A quotation's speaker is named in its own sentence: by a verb that governs it, before a colon,
behind a dash, or between the quoted words. A pronoun stands for the last subject before it. A
quotation that is a sentence by itself continues the speech before it, in its paragraph or the one
before. Both of these are inferred. Titles, terms and headings have no speaker.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from attrs import evolve

from archive.article.quotations.antecedents import resolve
from archive.article.quotations.forms import Forms
from archive.article.quotations.frames import Frames
from archive.article.quotations.governing import find_cue, is_work
from archive.article.quotations.quotation import Quotation
from archive.article.quotations.sentences import Sentence, last_character
from archive.article.quotations.story import Place, Span, Story, Voice
from archive.article.quotations.vocabulary import Vocabulary
from archive.typography import DASHES, DIRECTIONS

__all__ = ["attribute"]

_LONGEST = 200
"""How many characters a speaker may have: no name or role has more, whatever stands there."""
_TURNS = re.compile(f"[{DIRECTIONS}]")
_KEPT = 64
"""How many speakers of earlier quotations are remembered: speech goes on from the last ones."""


def attribute(text: str, tops: Sequence[Span], words: Vocabulary) -> dict[Span, Quotation]:
    """Find the speakers of the outer quotations of a text.

    Args:
        text: the text.
        tops: the quotations that lie in no other, in order.
        words: the vocabulary of the text's language.

    Returns:
        A quotation for each, by its position.
    """
    if words.frames:
        voices = Frames(text, tops, words).voices()
    else:
        voices = _Attribution(Story(text, tops, words)).voices()
    return {top: _quotation(text, top, voice, words) for top, voice in voices.items()}


def _quotation(text: str, top: Span, voice: Voice | None, words: Vocabulary) -> Quotation:
    start, end = top
    if voice is None or voice.name[1] - voice.name[0] > _LONGEST:
        return Quotation(text[start:end], start, end)
    return Quotation(
        text[start:end],
        start,
        end,
        speaker=_bare(text, voice.name, words),
        verb=text[slice(*voice.verb)] if voice.verb and voice.own_verb else None,
        inferred=voice.inferred,
        speaker_span=voice.name,
        verb_span=voice.verb,
    )


def _bare(text: str, name: Span, words: Vocabulary) -> str:
    """A name on one line and without its article; that of Dutch "De Vries" is a part of it.

    Signs that turn the direction of writing are left out: they would turn what is written behind.
    """
    tokens = _TURNS.sub("", text[slice(*name)]).split()
    if len(tokens) > 1 and tokens[0].lower() in words.articles:
        if tokens[1].lower() in words.articles:  # "einer der Männer"
            return " ".join(tokens)
        within = text[max(0, name[0] - 2) : name[0]].strip(" ").isalpha()
        if not (within and tokens[0][0].isupper() and tokens[1][0].isupper()):
            tokens = tokens[1:]
    head, apostrophe, rest = tokens[0].partition("’")
    if apostrophe and rest and f"{head}’".lower() in words.articles:
        tokens[0] = rest
    return " ".join(tokens)


class _Attribution:
    """The speakers of one text, found in its order."""

    def __init__(self, story: Story) -> None:
        self.story = story
        self.words = story.words
        self.forms = Forms(story)
        self.spoken: dict[tuple[int, int], Voice | None] = {}

    def voices(self) -> dict[Span, Voice | None]:
        """A speaker or None for each quotation."""
        found = {}
        for place in self.story.places():
            voice = self._voice(place)
            if len(self.spoken) >= _KEPT:
                del self.spoken[next(iter(self.spoken))]
            self.spoken[place.sentence.start, place.token] = voice
            found[place.top] = voice
        return found

    def _voice(self, place: Place) -> Voice | None:
        cue = find_cue(self.story, place)
        if cue:
            return resolve(self.story, place, cue)
        if is_work(self.story, place.sentence, place.token):
            return None
        voice = self.forms.find(place)
        if voice:
            return voice
        if place.sentence.is_bare and self._is_speech(place):
            return self._inherited(place) or self.forms.signed_below(place)
        return None

    def _is_speech(self, place: Place) -> bool:
        """Whether it ends like a sentence: a heading does not."""
        text, (start, end) = self.story.text, place.top
        closing = last_character(text, end)
        if text[start] in DASHES and closing == "?":
            return False  # the question of an interview is rarely the last speaker's
        return closing in ".!?…,;。" or place.sentence.words[-1] in {".", "!", "?", "…"}

    # Speech that goes on

    def _inherited(self, place: Place) -> Voice | None:
        before = self._before(place)
        return evolve(before, inferred=True, own_verb=False) if before else None

    def _before(self, place: Place) -> Voice | None:
        """Who speaks before a quotation that is a sentence by itself."""
        sentence = place.sentence
        for earlier in (at for at in reversed(sentence.quotes) if at < place.token):
            return self.spoken.get((sentence.start, earlier))
        if place.number:
            return self._last_voice(place, place.paragraph, place.number - 1)
        if place.paragraph:
            pieces = self.story.narration.pieces(place.paragraph - 1)
            if pieces:
                return self._last_voice(place, place.paragraph - 1, len(pieces) - 1)
        return None

    def _last_voice(self, place: Place, paragraph: int, number: int) -> Voice | None:
        """Who speaks in a sentence: its last quotation's speaker, or the subject of its verb."""
        narration = self.story.narration
        sentence = narration.sentence(narration.pieces(paragraph)[number])
        for token in reversed(sentence.quotes):
            voice = self.spoken.get((sentence.start, token))
            if voice or sentence.is_bare or self._is_unread(sentence, token):
                return voice
        return self._reported(place, paragraph, number, sentence)

    def _is_unread(self, sentence: Sentence, token: int) -> bool:
        """Whether words that follow a quotation were not understood: somebody spoke there."""
        return sentence.words[token + 1 : token + 2] == [","]

    def _reported(
        self, place: Place, paragraph: int, number: int, sentence: Sentence
    ) -> Voice | None:
        """The subject of a sentence's reporting verb, or of a lead-in that ends with a colon."""
        cues = [
            cue
            for cue in self.story.read(sentence).cues
            if cue.verb and cue.speaker and not cue.denied and not cue.manner
        ]
        if not cues:
            return self.forms.led(sentence)
        there = evolve(place, paragraph=paragraph, number=number, sentence=sentence)
        return resolve(self.story, there, cues[0])
