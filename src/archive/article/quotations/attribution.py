"""Whose words: from the cues of the sentences to the speakers of the quotations.

A quotation's speaker is named in its own sentence: behind it (“…,” said Smith), before it (Smith
said: “…”), or at the sentence's end. A pronoun there stands for the last subject before it. A
quotation that is a sentence by itself continues the speech before it, in its paragraph or the one
before. Both of these are inferred. Titles, terms and headings have no speaker.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from attrs import evolve, frozen

from archive.article.quotations.names import Mention
from archive.article.quotations.quotation import Quotation
from archive.article.quotations.reporting import Cue, Reports
from archive.article.quotations.sentences import QUOTED, Narration, Sentence, last_character
from archive.article.quotations.vocabulary import Vocabulary
from archive.typography import DASHES, LONG_DASHES

__all__ = ["attribute"]

_CAPITAL = r"[^\W\d_a-zß-ÿ]"
_FULL_NAME = re.compile(
    rf"\b(?:(?:{_CAPITAL}\.){{1,3}}|{_CAPITAL}[\w’'-]{{0,30}})\s(?=({_CAPITAL}[\w-]+))"
)
_NUMBERED = re.compile(rf"\d\s({_CAPITAL}\w+)")
_LONGEST_TITLE = 80
"""So many characters at most has the title of a work in quotation marks; longer ones are speech."""
_FAR = 3
"""How many paragraphs back a pronoun's name is looked for. News goes on about a speaker for two or
three short paragraphs; further back the last name is as likely another's, and no speaker is said
rather than a wrong one."""
_FAR_SENTENCES = 12
"""And how many sentences in each: more than paragraphs of news have, so that a page that is one
paragraph costs no more."""


@frozen
class _Voice:
    """A speaker found: where named, with which verb, and whether that was another sentence."""

    name: tuple[int, int]
    verb: tuple[int, int] | None
    inferred: bool = False
    own_verb: bool = True


def attribute(
    text: str, tops: Sequence[tuple[int, int]], words: Vocabulary
) -> dict[tuple[int, int], Quotation]:
    """Find the speakers of the outer quotations of a text.

    Args:
        text: the text.
        tops: the quotations that lie in no other, in order.
        words: the vocabulary of the text's language.

    Returns:
        A quotation for each, by its position.
    """
    return _Attribution(text, tops, words).run()


class _Attribution:
    def __init__(self, text: str, tops: Sequence[tuple[int, int]], words: Vocabulary) -> None:
        self.text = text
        self.tops = tops
        self.words = words
        self.narration = Narration(text, tops, words)
        self.reports: dict[int, Reports] = {}
        self.surnames: set[str] | None = None
        self.counted: set[str] | None = None
        self.voices: dict[tuple[int, int], _Voice | None] = {}

    def run(self) -> dict[tuple[int, int], Quotation]:
        found = {}
        for paragraph in self._paragraphs():
            for number, piece in enumerate(self.narration.pieces(paragraph)):
                tokens = self._tops(piece)
                sentence = self.narration.sentence(piece) if tokens else None
                if sentence is None:
                    continue
                for token, tops in zip(sentence.quotes, tokens, strict=False):
                    for top in tops:
                        voice = self._voice(paragraph, number, sentence, token, top)
                        self.voices[sentence.start, token] = voice
                        found[top] = self._quotation(top, voice)
        return found

    def _paragraphs(self) -> list[int]:
        """The numbers of the paragraphs that have quotations."""
        starts = [start for start, _ in self.narration.bounds]
        return sorted({bisect_right(starts, start) - 1 for start, _ in self.tops})

    def _tops(self, piece: tuple[int, int]) -> list[list[tuple[int, int]]]:
        """The quotations of a sentence by token: several where nothing stands between them."""
        first = bisect_left(self.tops, (piece[0], 0))
        last = bisect_left(self.tops, (piece[1], 0))
        tokens: list[list[tuple[int, int]]] = []
        for top in self.tops[first:last]:
            if tokens and tokens[-1][-1][1] == top[0]:
                tokens[-1].append(top)
            else:
                tokens.append([top])
        return tokens

    def _read(self, sentence: Sentence) -> Reports:
        key = sentence.start
        if key not in self.reports:
            self.reports[key] = Reports(sentence, self.words)
        return self.reports[key]

    def _quotation(self, top: tuple[int, int], voice: _Voice | None) -> Quotation:
        start, end = top
        words = self.text[start:end]
        if voice is None:
            return Quotation(words, start, end)
        return Quotation(
            words,
            start,
            end,
            speaker=self._bare(voice.name),
            verb=self.text[slice(*voice.verb)] if voice.verb and voice.own_verb else None,
            inferred=voice.inferred,
            speaker_span=voice.name,
            verb_span=voice.verb,
        )

    def _bare(self, name: tuple[int, int]) -> str:
        """A name on one line and without its article."""
        words = self.text[slice(*name)].split()
        if len(words) > 1 and words[0].lower() in self.words.articles:
            words = words[1:]
        return " ".join(words)

    def _voice(
        self, paragraph: int, number: int, sentence: Sentence, token: int, top: tuple[int, int]
    ) -> _Voice | None:
        cue = self._cue(sentence, token, top)
        if cue:
            return self._resolve(paragraph, number, sentence, cue)
        headed = self._headed(sentence, token)
        if headed:
            return headed
        if sentence.is_bare and self._is_speech(sentence, top):
            return self._inherited(paragraph, number, sentence, token)
        return None

    def _is_speech(self, sentence: Sentence, top: tuple[int, int]) -> bool:
        """Whether it ends like a sentence: a heading does not."""
        closing = last_character(self.text, top[1])
        if self.text[top[0]] in DASHES and closing == "?":
            return False  # the question of an interview is rarely the last speaker's
        return closing in ".!?…,;。" or sentence.words[-1] in {".", "!", "?", "…"}

    def _headed(self, sentence: Sentence, token: int) -> _Voice | None:
        """The speaker in "Jane Smith: “…”", where a name and a colon are all that comes before."""
        if token < 2 or sentence.words[token - 1] != ":":
            return None
        name = self._read(sentence).names.ending(token - 2, exact=True)
        if name is None or name.pronoun or not self._is_person(sentence, name):
            return None
        if any(word[0].isalnum() for word in sentence.words[: name.first]):
            return None
        return _Voice(sentence.span(name.first, name.last - 1), None)

    # Which cue of its own sentence goes with a quotation

    def _cue(self, sentence: Sentence, token: int, top: tuple[int, int]) -> Cue | None:
        cues = self._read(sentence).cues
        if not cues:
            return None
        ahead = self._ahead(sentence, token, cues, top)
        if ahead and ahead.verb and ahead.speaker and self.words.inverts:
            return ahead
        behind = self._behind(sentence, token, cues, top)
        if ahead and ahead.speaker and behind and behind.speaker is None:
            return ahead
        return behind or ahead or self._at_end(sentence, token, cues, top)

    def _ahead(
        self, sentence: Sentence, token: int, cues: list[Cue], top: tuple[int, int]
    ) -> Cue | None:
        if self._is_title(sentence, token, top):
            return None
        before = (cue for cue in reversed(cues) if cue.at < token)
        return next((cue for cue in before if self._reaches(sentence, cue, token)), None)

    def _runs_into(self, sentence: Sentence, token: int, top: tuple[int, int]) -> bool:
        """Whether a comma or the like leads from the quotation into the words behind it."""
        if last_character(self.text, top[1]) in f",!?…{LONG_DASHES}":
            return True
        after = sentence.words[token + 1 : token + 2]
        return bool(after) and after[0] in {",", *DASHES}

    def _behind(
        self, sentence: Sentence, token: int, cues: list[Cue], top: tuple[int, int]
    ) -> Cue | None:
        first = self._after_comma(sentence, token)
        cue = next((cue for cue in cues if cue.at >= first), None)
        if cue is None:
            return None
        if self._opens_next(sentence, cue) and last_character(self.text, top[1]) != ",":
            return None
        comma = self._runs_into(sentence, token, top)
        enough = comma or token == 0 or self.text.count(" ", *top) >= 3
        if enough and self._is_inverted(sentence, first, cue):
            return cue if cue.speaker or (self.words.drops and cue.bare and comma) else None
        return self._with_subject(sentence, first, cue) if comma else None

    def _after_comma(self, sentence: Sentence, token: int) -> int:
        """Where the words behind a quotation begin: its comma or dash aside, and one "as"."""
        first = token + 1
        if first < len(sentence.lows) and sentence.lows[first] in self.words.asides:
            first += 1
        while first < len(sentence.words) and sentence.words[first] in {",", *DASHES}:
            first += 1
        return first

    def _is_inverted(self, sentence: Sentence, first: int, cue: Cue) -> bool:
        """Whether a verb stands here before its subject, auxiliaries and adverbs aside."""
        return cue.follows and self.words.between.issuperset(sentence.lows[first : cue.at])

    def _with_subject(self, sentence: Sentence, first: int, cue: Cue) -> Cue | None:
        """The cue of a verb with the name that begins here and leads to it."""
        if cue.follows or QUOTED in sentence.words[first : cue.at]:
            return None
        name = self._read(sentence).names.beginning(first)
        if name is None or name.last > cue.at or not self._leads_to(sentence, name.last, cue):
            return None
        return evolve(cue, speaker=name)

    def _opens_next(self, sentence: Sentence, cue: Cue) -> bool:
        """Whether a verb belongs to the next quotation, as in "“Why?” Smith replied: “…”"."""
        words = sentence.words
        quote = next((at for at in sentence.quotes if at > cue.at), None)
        return quote is not None and words[quote - 1] == ":" and "," not in words[cue.at : quote]

    def _leads_to(self, sentence: Sentence, at: int, cue: Cue) -> bool:
        """Whether nothing but adverbs, an apposition or the like stands before the verb."""
        words, lows = self.words, sentence.lows
        if lows[cue.at] in words.participles and lows[cue.at] not in words.verbs:
            return False
        if lows[at] in {",", *LONG_DASHES, "("} or lows[at] in words.bounds:
            return True
        return all(words.is_adverb(low) for low in lows[at : cue.at])

    def _is_title(self, sentence: Sentence, token: int, top: tuple[int, int]) -> bool:
        """Whether it is a few capitalised words within a sentence, like the name of a film."""
        before = sentence.lows[token - 1] if token else ""
        if not before or before in ":," or before in self.words.verbs:
            return before in self.words.naming
        if top[1] - top[0] > _LONGEST_TITLE:
            return False
        words = self.text[top[0] + 1 : top[1] - 1].split()
        most = 4 if self.words.code != "de" else 0
        return len(words) <= most and all(word[0].isupper() for word in words)

    def _reaches(self, sentence: Sentence, cue: Cue, token: int) -> bool:
        """Whether a cue before a quotation still governs it."""
        between = sentence.words[cue.at : token]
        if ";" in between or ":" in between[:-1]:
            return False
        opening = (cue.speaker.first if cue.speaker else cue.at) - 1
        aside = opening >= 0 and sentence.lows[opening] in self.words.asides
        return not (aside and "," in between)

    def _at_end(
        self, sentence: Sentence, token: int, cues: list[Cue], top: tuple[int, int]
    ) -> Cue | None:
        """The cue of a last clause, as in "… a “bad” deal for all, officials say"."""
        cue = cues[-1]
        if cue.at < token or cue.speaker is None or ":" in sentence.words[token : cue.at]:
            return None
        if not cue.verb:
            return cue
        if self.text.count(" ", *top) < 2:
            return None
        if cue.follows:
            return cue if cue.at > 0 and sentence.words[cue.at - 1] in {",", QUOTED} else None
        before = cue.speaker.first - 1
        closing = len(sentence.words) - cue.at <= 5
        return cue if closing and before > token and sentence.words[before] == "," else None

    # Who that is

    def _resolve(self, paragraph: int, number: int, sentence: Sentence, cue: Cue) -> _Voice | None:
        verb = sentence.span(cue.at, cue.at) if cue.verb else None
        name = cue.speaker
        if name and not name.pronoun:
            return _Voice(sentence.span(name.first, name.last - 1), verb)
        if name is None and not (self.words.drops and cue.bare):
            return None
        thing = name is not None and sentence.lows[name.first] in self.words.things
        source = self._announced(sentence, cue) or self._antecedent(paragraph, number, thing)
        return _Voice(source, verb, inferred=True) if source else None

    def _announced(self, sentence: Sentence, cue: Cue) -> tuple[int, int] | None:
        """Who is named before the colon in "Smith is clear: the plan, he says, is …"."""
        if ":" not in sentence.words[: cue.at]:
            return None
        colon = sentence.words.index(":")
        for earlier in self._read(sentence).cues:
            name = earlier.speaker
            if name and not name.pronoun and earlier.at < colon and name.last <= colon:
                return sentence.span(name.first, name.last - 1)
        return None

    def _antecedent(self, paragraph: int, number: int, thing: bool) -> tuple[int, int] | None:
        """The last subject before a pronoun: a speaker, or the name a sentence begins with."""
        for back in range(paragraph, max(-1, paragraph - _FAR - 1), -1):
            pieces = self.narration.pieces(back)
            last = number if back == paragraph else len(pieces)
            for piece in reversed(pieces[max(0, last - _FAR_SENTENCES) : last]):
                earlier = self.narration.sentence(piece)
                if earlier.is_bare:
                    continue
                reports = self._read(earlier)
                for name in reports.subjects():
                    if self._fits(earlier, name, thing):
                        return earlier.span(name.first, name.last - 1)
        return None

    def _fits(self, sentence: Sentence, name: Mention, thing: bool) -> bool:
        """Whether a name goes with the pronoun: a person's with "she", a body's with "it"."""
        first, last = sentence.lows[name.first], sentence.lows[name.last - 1]
        if first in self.words.determiners and first not in self.words.articles:
            return False
        if not thing:
            return self._is_person(sentence, name)
        many = any(low in self.words.links for low in sentence.lows[name.first : name.last])
        return many or last in self.words.things or last.endswith("s")

    def _is_person(self, sentence: Sentence, name: Mention) -> bool:
        """A name of two words, or one that stands elsewhere in the text behind another."""
        tokens = sentence.words[name.first : name.last]
        lows = sentence.lows[name.first : name.last]
        if len(tokens) == 1:
            return not tokens[0].isupper() and self._surname(tokens[0])
        if lows[-1] in self.words.things:
            return False
        if any(low in self.words.times for low in lows) or self._is_counted(tokens[-1]):
            return False
        return not any(word in self.words.links for word in tokens[:2])

    def _surname(self, word: str) -> bool:
        if self.surnames is None:
            self.surnames = set(_FULL_NAME.findall(self.text))
        return word in self.surnames

    def _is_counted(self, word: str) -> bool:
        """Whether a number stands before a word somewhere: then it is a noun and no name."""
        if self.counted is None:
            self.counted = set(_NUMBERED.findall(self.text))
        return word in self.counted

    # Speech that goes on

    def _inherited(
        self, paragraph: int, number: int, sentence: Sentence, token: int
    ) -> _Voice | None:
        before = self._before(paragraph, number, sentence, token)
        if before is None:
            return None
        return evolve(before, inferred=True, own_verb=False)

    def _before(self, paragraph: int, number: int, sentence: Sentence, token: int) -> _Voice | None:
        for earlier in (at for at in reversed(sentence.quotes) if at < token):
            return self._last_voice(sentence, earlier)
        if number:
            return self._spoken(paragraph, number - 1)
        if paragraph:
            pieces = self.narration.pieces(paragraph - 1)
            return self._spoken(paragraph - 1, len(pieces) - 1) if pieces else None
        return None

    def _last_voice(self, sentence: Sentence, token: int) -> _Voice | None:
        return self.voices.get((sentence.start, token))

    def _spoken(self, paragraph: int, number: int) -> _Voice | None:
        """Who speaks in a sentence: its last quotation's speaker, or the subject of its verb."""
        sentence = self.narration.sentence(self.narration.pieces(paragraph)[number])
        for token in reversed(sentence.quotes):
            voice = self._last_voice(sentence, token)
            if voice or sentence.is_bare:
                return voice
        cues = [cue for cue in self._read(sentence).cues if cue.verb and cue.speaker]
        return self._resolve(paragraph, number, sentence, cues[0]) if cues else None
