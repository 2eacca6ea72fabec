"""Which reporting verb of its sentence goes with a quotation.

A verb behind the quotation (“…,” said Smith), before it (Smith said: “…”), or in a last clause. A
verb that is denied ("never said") takes its quotation from everybody, and so does a noun before the
marks that makes them a title (the film “…”). Verbs of manner (*sighed*) report in the pattern of
speech only, which also tells of verbs that no list has: words with a comma, a verb, a name.
"""

from __future__ import annotations

from attrs import evolve

from archive.article.quotations.cues import Cue
from archive.article.quotations.names import Mention
from archive.article.quotations.sentences import QUOTED, Sentence, last_character
from archive.article.quotations.story import Place, Story
from archive.typography import DASHES, LONG_DASHES

__all__ = ["find_cue", "is_work", "runs_into"]

_LONGEST_TITLE = 80
"""So many characters at most has the title of a work in quotation marks; longer ones are speech."""
_TITLE_WORDS = 4
"""And so many words, all of them with a capital."""
_TITLE_CASE = frozenset({"de", "en"})
"""Languages whose titles have a capital in every word. Elsewhere the first word has one, and so has
no piece of a sentence that is quoted in another."""
_FEW = 4
"""Words of speech that a verb of no list may report: shorter ones with a comma behind them may be
the title in "“Dune”, signed Herbert"."""


def find_cue(story: Story, place: Place) -> Cue | None:
    """The cue of its own sentence that governs a quotation, or None.

    Args:
        story: the text.
        place: the quotation.
    """
    if is_work(story, place.sentence, place.token):
        return None
    return _Governing(story, place).cue()


def runs_into(story: Story, place: Place) -> bool:
    """Whether a comma or the like leads from a quotation into the words behind it."""
    if last_character(story.text, place.top[1]) in f",!?…{LONG_DASHES}":
        return True
    after = place.sentence.words[place.token + 1 : place.token + 2]
    return bool(after) and after[0] in {",", *DASHES}


def is_work(story: Story, sentence: Sentence, token: int) -> bool:
    """Whether the words before the marks make a name of them: "the film", "so-called"."""
    lows, works = sentence.lows, story.words.works
    while token > 1 and lows[token - 2] == QUOTED:  # "two songs, “…” and “…”"
        if lows[token - 1] != "," and lows[token - 1] not in story.words.conjunctions:
            break
        token -= 2
    before = lows[max(0, token - 2) : token]
    if not before or not works:
        return False
    return before[-1] in works or (before[-1] == "," and before[0] in works)


class _Governing:
    """One quotation, and the cues of its sentence."""

    def __init__(self, story: Story, place: Place) -> None:
        self.text = story.text
        self.words = story.words
        self.reports = story.read(place.sentence)
        self.cues = self.reports.cues
        self.sentence, self.token, self.top = place.sentence, place.token, place.top
        self.comma = runs_into(story, place)

    def cue(self) -> Cue | None:
        ahead = self._ahead()
        if ahead and ahead.denied:
            return None
        if ahead and self._has_all(ahead):
            return ahead
        behind = self._behind() or self._unlisted()
        if behind and behind.denied and not behind.denies:
            return None
        if ahead and ahead.speaker and behind and behind.speaker is None:
            return ahead
        return behind or ahead or self._at_end()

    def _has_all(self, ahead: Cue) -> bool:
        """Whether a cue before the quotation has all: where verbs stand first, none behind has."""
        return bool(ahead.verb and ahead.speaker and self.words.inverts)

    # Before the quotation

    def _ahead(self) -> Cue | None:
        if self._is_title():
            return None
        before = (cue for cue in reversed(self.cues) if cue.at < self.token)
        return next((cue for cue in before if self._reaches(cue)), None)

    def _is_title(self) -> bool:
        """Whether it is a few capitalised words within a sentence, like the name of a film."""
        words = self.words
        before = self.sentence.lows[self.token - 1] if self.token else ""
        if not before or before in ":," or before in words.verbs:
            return before in words.naming
        if self.top[1] - self.top[0] > _LONGEST_TITLE:
            return False
        inner = self.text[self.top[0] + 1 : self.top[1] - 1].split()
        if len(inner) == 1 and before in words.terms:
            return True  # "defiende la “imparcialidad”"
        return self._is_name(inner, before)

    def _is_name(self, inner: list[str], before: str) -> bool:
        """Whether quoted words have the capitals that a title has in this language."""
        words = self.words
        names = [word for at, word in enumerate(inner) if not at or word not in words.links]
        if not names or len(names) > _TITLE_WORDS:
            return False
        if words.code == "de" and (len(names) < 2 or before not in words.articles):
            return False  # every noun has a capital there
        capitals = names if words.code in _TITLE_CASE else names[:1]
        return all(word[0].isupper() for word in capitals)

    def _reaches(self, cue: Cue) -> bool:
        """Whether a cue before a quotation still governs it."""
        lows, words, token = self.sentence.lows, self.words, self.token
        between = lows[cue.at : token]
        if ";" in between or ":" in between[:-1]:
            return False
        if cue.manner and between[-1] != ":" and not self._is_split(cue):
            return False
        if words.code == "de" and between[1:2] == [","] and lows[cue.at + 2] in words.clauses:
            return False  # a verb at the end of its clause, which goes no further
        opening = (cue.speaker.first if cue.speaker else cue.at) - 1
        aside = opening >= 0 and lows[opening] in words.asides
        return not (aside and "," in between)

    def _is_split(self, cue: Cue) -> bool:
        """Whether a verb stands between two pieces of what is said: "“A,” sighed Smith, “B”"."""
        words = self.sentence.words
        before = words[max(0, cue.at - 2) : cue.at]
        return words[self.token - 1] == "," and QUOTED in before

    # Behind it

    def _behind(self) -> Cue | None:
        first = self._after_comma()
        cue = self._next(first)
        if cue is None:
            return None
        enough = self.comma or self.token == 0 or self.text.count(" ", *self.top) >= 3
        if enough and self._is_inverted(first, cue):
            dropped = self.words.drops and cue.bare and self.comma
            return cue if cue.speaker or dropped else None
        return self._with_subject(first, cue) if self.comma else None

    def _next(self, first: int) -> Cue | None:
        """The first cue from this token on, where it can report what stands before it."""
        cue = next((cue for cue in self.cues if cue.at >= first), None)
        if cue is None or (cue.manner and not self.comma):
            return None
        closing = last_character(self.text, self.top[1])
        return None if self._opens_next(cue) and closing != "," else cue

    def _after_comma(self) -> int:
        """Where the words behind a quotation begin: its comma or dash aside, and one "as"."""
        sentence, first = self.sentence, self.token + 1
        if first < len(sentence.lows) and sentence.lows[first] in self.words.asides:
            first += 1
        while first < len(sentence.words) and sentence.words[first] in {",", *DASHES}:
            first += 1
        return first

    def _is_inverted(self, first: int, cue: Cue) -> bool:
        """Whether a verb stands here before its subject, auxiliaries and adverbs aside."""
        return cue.follows and self.words.between.issuperset(self.sentence.lows[first : cue.at])

    def _with_subject(self, first: int, cue: Cue) -> Cue | None:
        """The cue of a verb with the name that begins here and leads to it."""
        if cue.follows or QUOTED in self.sentence.words[first : cue.at]:
            return None
        names = self.reports.names
        name = names.beginning(first)
        if name is None or name.last > cue.at or not self._leads_to(name.last, cue):
            return None
        if self._answers(cue):
            return None
        listed = self.sentence.lows[name.last] == "," and not names.is_exact(name)
        if listed and not name.pronoun and cue.speaker:  # "chairman, CEO and president Smith said"
            return cue if names.proper(cue.speaker) else None
        return evolve(cue, speaker=name)

    def _answers(self, cue: Cue) -> bool:
        """Whether the sentence behind a question is its answer: "“When?” Smith said that …"."""
        if (
            last_character(self.text, self.top[1]) != "?"
            or self.sentence.lows[self.token + 1] == ","
        ):
            return False
        return self.sentence.lows[cue.at + 1 : cue.at + 2] == ["that"]

    def _opens_next(self, cue: Cue) -> bool:
        """Whether a verb belongs to the next quotation, as in "“Why?” Smith replied: “…”"."""
        words = self.sentence.words
        quote = next((at for at in self.sentence.quotes if at > cue.at), None)
        return quote is not None and words[quote - 1] == ":" and "," not in words[cue.at : quote]

    def _leads_to(self, at: int, cue: Cue) -> bool:
        """Whether nothing but adverbs, an apposition or the like stands before the verb."""
        words, lows = self.words, self.sentence.lows
        if lows[cue.at] in words.participles and lows[cue.at] not in words.verbs:
            return False
        if all(words.is_adverb(low) for low in lows[at : cue.at]):
            return True
        if lows[at] in words.passives:  # another clause: "a deal was near, Smith told the paper"
            return False
        return lows[at] in {",", *LONG_DASHES, "("} or lows[at] in words.bounds

    # Verbs that no list has

    def _unlisted(self) -> Cue | None:
        """The cue of a verb of no list in the pattern of speech: "“…,” VERB Jane Smith"."""
        inner = last_character(self.text, self.top[1]) in ",!?…"
        if not self.comma or not (inner or self.text.count(" ", *self.top) >= _FEW):
            return None
        lows, words, at = self.sentence.lows, self.words, self._after_comma()
        if at < len(lows) and self.sentence.words[at][0].isupper():
            return self._unlisted_after(at)
        while at < len(lows) and lows[at] in words.between and lows[at] not in words.articles:
            at += 1
        if not self._may_report(at):
            return None
        name = self.reports.names.beginning(at + 1, exact=True)
        if name is None or name.pronoun or not self._is_named(name):
            return None
        return Cue(at, name, follows=True)

    def _may_report(self, at: int) -> bool:
        """Whether a word can be a finite verb that reports."""
        lows, words = self.sentence.lows, self.words
        if at + 1 >= len(lows) or not self.sentence.words[at].islower() or not lows[at].isalpha():
            return False
        low = lows[at]
        known = low in words.stops or low in words.verbs or low in words.participles
        if known or low in words.determiners or low in words.pronouns or low in words.links:
            return False
        return words.code != "en" or low.endswith(("ed", "s"))

    def _is_named(self, name: Mention) -> bool:
        """Whether it is somebody's name, or a noun with its article, up to a pause or the end."""
        sentence, words = self.sentence, self.words
        after = sentence.lows[name.last : name.last + 1]
        if after and after[0].isalnum() and after[0] not in words.stops:
            return False
        proper = sentence.words[name.last - 1][0].isupper()
        return proper or sentence.lows[name.first] in words.articles

    def _unlisted_after(self, at: int) -> Cue | None:
        """The same with the name first, as English has it: "“…,” Jane Smith VERB"."""
        sentence, first = self.sentence, at
        while at < len(sentence.words) and sentence.words[at][0].isupper():
            at += 1
        after = sentence.lows[at + 1 : at + 2]
        if self.words.code != "en" or not self._may_report(at) or at - first > _TITLE_WORDS:
            return None
        if after and after[0].isalnum() and after[0] not in self.words.bounds:
            return None
        if sentence.lows[first] in self.words.stops or sentence.lows[first] in self.words.pronouns:
            return None
        return Cue(at, Mention(first, at))

    # In a last clause

    def _last(self) -> Cue | None:
        """The sentence's last cue, where it stands behind the quotation and says who spoke."""
        cue = self.cues[-1] if self.cues else None
        silent = cue is None or cue.at < self.token or cue.denied or cue.manner
        return None if silent else cue

    def _at_end(self) -> Cue | None:
        """The cue of a last clause, as in "… a “bad” deal for all, officials say"."""
        sentence, token, cue = self.sentence, self.token, self._last()
        if cue is None or cue.speaker is None or ":" in sentence.words[token : cue.at]:
            return None
        if not cue.verb or self.text.count(" ", *self.top) < 2:
            return None if cue.verb else cue
        if cue.follows:
            return cue if cue.at > 0 and sentence.words[cue.at - 1] in {",", QUOTED} else None
        before = cue.speaker.first - 1
        closing = len(sentence.words) - cue.at <= 5
        return cue if closing and before > token and sentence.words[before] == "," else None
