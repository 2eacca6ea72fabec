"""Who says it: reporting verbs in a sentence and their subjects.

Nothing here understands grammar. A verb of the language's list is a cue; its subject is looked for
where that language puts it: before the verb, behind an apposition ("Smith, a lawyer, said"), after
the verb where the quotation or something else comes first ("said Smith", « dit-il »), or at the
main verb for "adding that". A subject that cannot be told is none: a wrong name is worse.
"""

from __future__ import annotations

from attrs import evolve

from archive.article.quotations.cues import Cue
from archive.article.quotations.names import Mention, Names
from archive.article.quotations.sentences import QUOTED, Sentence
from archive.article.quotations.vocabulary import Vocabulary
from archive.typography import DASHES, LONG_DASHES

__all__ = ["Reports"]

_BREAKS = frozenset("," + DASHES)
_PAUSES = frozenset({",", ";", ":", QUOTED})
_NEAR = 5
"""How many tokens before a verb its negator is looked for."""


class Reports:
    """The cues of one sentence."""

    def __init__(self, sentence: Sentence, words: Vocabulary) -> None:
        self.tokens = sentence.words
        self.lows = sentence.lows
        self.words = words
        self.names = Names(sentence, words)
        self.cues: list[Cue] = []
        signals, clitics = words.signals, words.clitics
        for at, low in enumerate(sentence.lows):
            if low in signals or (clitics and low.endswith(clitics)):
                cue = self._cue(at, low)
                if cue:
                    self.cues.append(self._qualified(cue))

    def subjects(self) -> list[Mention]:
        """Whom the sentence is about: those it reports, or else the name it begins with."""
        named = [cue.speaker for cue in self.cues]
        if not any(named):
            named = [self.names.leading(), self.names.described()]
        return [name for name in named if name and not name.pronoun]

    def _qualified(self, cue: Cue) -> Cue:
        """The cue with what is said of its verb: a manner, a denial."""
        if not cue.verb:
            return cue
        low, words = self.lows[cue.at], self.words
        manner = low in words.manner and low not in words.verbs | words.denials
        denies = low in words.denials
        denied = denies or self._is_negated(cue.at) or self._goes_on_denied(cue.at)
        if not (manner or denied):
            return cue
        return evolve(cue, manner=manner, denied=denied, denies=denies)

    def _is_negated(self, at: int) -> bool:
        """Whether a negator stands right before a verb, or right behind it as in Swedish."""
        words = self.words
        for before in range(at - 1, max(-1, at - _NEAR), -1):
            low = self.lows[before]
            if words.is_negator(low):
                return True
            if low not in words.between and low not in words.passives and not words.is_adverb(low):
                break
        first = self._clause_start(at)  # "neither Smith nor his wife said"
        if words.code == "en" and words.is_negator(self.lows[first]):
            return True
        after = self.tokens[at + 1 : at + 3]  # in lower case: "säger Inga Berg" denies nothing
        return words.inverts and any(words.is_negator(word) for word in after)

    def _goes_on_denied(self, at: int) -> bool:
        """Whether an earlier verb of this clause denies it: "denied having said"."""
        if not self.cues or not self.cues[-1].denied:
            return False
        return not _PAUSES.intersection(self.lows[self.cues[-1].at : at])

    def _cue(self, at: int, low: str) -> Cue | None:
        words = self.words
        if low in words.reporting or low in words.participles:
            return self._verb(at, low) if self._is_verb(at) else None
        clitic = next((end for end in words.clitics if low.endswith(end)), None)
        stem = low.removesuffix(clitic) if clitic else ""
        if stem in words.reporting:
            return Cue(at, Mention(at, at + 1, pronoun=True), follows=True)
        return self._source(at, low)

    def _source(self, at: int, low: str) -> Cue | None:
        """A phrase like "according to"; a word as short as German "so" needs a comma before it."""
        if low in self.words.after:
            return Cue(at, self.names.ending(at - 1), verb=False)
        phrases = self.words.sources + (self.words.first if at == 0 else ())
        for phrase in phrases:
            if low != phrase[0] or tuple(self.lows[at : at + len(phrase)]) != phrase:
                continue
            if phrase == ("so",) and not self._breaks(at - 1):
                continue
            name = self.names.beginning(at + len(phrase))
            if name and phrase in self.words.first and self._is_pointed(name):
                return None
            return Cue(at, name, verb=False, follows=True) if name else None
        return None

    def _is_pointed(self, name: Mention) -> bool:
        """Whether it begins like French "ce" or German "ihr": rarely the source of an opinion."""
        low, words = self.lows[name.first], self.words
        return low in words.determiners and low not in words.articles

    def _breaks(self, at: int) -> bool:
        """Whether a comma, a dash or a quotation stands here."""
        return at >= 0 and (self.tokens[at] in _BREAKS or self.tokens[at] == QUOTED)

    def _is_verb(self, at: int) -> bool:
        """Not a noun ("the report"), and not a capitalised word within the sentence."""
        if not self.tokens[at].islower():
            return False
        before = self.lows[at - 1] if at else ""
        noun = before in self.words.determiners and before not in self.words.relatives
        if self.lows[at] in self.words.nouns and not noun:
            after = self.lows[at + 1] if at + 1 < len(self.lows) else ""
            noun = after in self.words.bounds and after not in self.words.relatives
        return not noun and not before.endswith(("'s", "’s"))

    def _verb(self, at: int, low: str) -> Cue | None:
        words = self.words
        left = self._skip_back(at - 1)
        helped = left >= 0 and self.lows[left] in words.passives
        if helped and low not in words.participles:
            return self._passive(at)
        if left >= 0 and not helped and low in words.participles and low not in words.verbs:
            return Cue(at, self._main_subject())
        return self._active(at, left)

    def _passive(self, at: int) -> Cue | None:
        """The cue in "described by Smith as"; "was told" has none."""
        for agent in range(at + 1, min(at + 4, len(self.lows))):
            if self.lows[agent] in self.words.agents:
                name = self.names.beginning(agent + 1)
                return Cue(at, name, follows=True) if name else None
        return None

    def _skip_back(self, at: int) -> int:
        """Step over auxiliaries, adverbs and days before a verb."""
        lows, words = self.lows, self.words
        while at >= 0 and (
            words.is_adverb(lows[at])
            or (lows[at] in words.bounds and at + 1 < len(lows) and lows[at + 1] in words.times)
        ):
            at -= 1
        return at

    def _active(self, at: int, left: int) -> Cue:
        """The cue of a verb, given the token that stands before it and its adverbs."""
        lows, words = self.lows, self.words
        behind_quote = self._is_behind_quote(left)
        if left < 0 or lows[left] == QUOTED or behind_quote:
            after = at + 2 if tuple(lows[at : at + 2]) in words.phrasal else at + 1
            return Cue(at, self.names.beginning(after), follows=True, bare=True)
        if lows[left] in _BREAKS:
            return self._behind_comma(at, left)
        if lows[left] in words.relatives and not words.inverts:
            return Cue(at, self._antecedent(left))
        if lows[left] in words.conjunctions:
            return Cue(at, self._main_subject())
        return self._plain(at, left)

    def _is_behind_quote(self, at: int) -> bool:
        """Whether nothing but a comma, a dash or both stands between a quotation and a verb."""
        while at > 0 and self.tokens[at] in _BREAKS:
            at -= 1
        return at >= 0 and self.tokens[at] == QUOTED

    def _behind_comma(self, at: int, comma: int) -> Cue:
        """The cue of a verb behind a comma: "Smith, a lawyer, said", or "…, said Smith"."""
        words = self.words
        behind = self.names.beginning(at + 1, exact=not words.inverts)
        before = self._before_apposition(comma)
        if before and self._is_explained(before, comma):
            return Cue(at, before)
        if behind and words.inverts and self.lows[behind.first] not in words.recipients:
            full = before is not None and self.names.proper(before) == before
            if not full or self.lows[behind.first] not in words.articles:
                before = None
        if before:
            return Cue(at, before)
        return Cue(at, behind, follows=True)

    def _is_explained(self, name: Mention, comma: int) -> bool:
        """Whether a capitalised name opens the sentence, and its relative clause ends here."""
        after = self.lows[name.last : comma]
        if name.first > 0 or len(after) < 2 or not self.tokens[name.last - 1][0].isupper():
            return False
        return after.count(",") == 1 and after[0] == "," and after[1] in self.words.relatives

    def _plain(self, at: int, left: int) -> Cue:
        """The cue of a verb with a word before it: its subject, or none and the subject behind."""
        helped = self._helped(at)
        if helped:
            return Cue(at, helped)
        name = self.names.ending(left)
        if self.words.inverts and self._is_fronted(name, at):
            return Cue(at, self.names.beginning(at + 1), follows=True)
        behind = self._behind_clause(at, name)
        if behind:
            return Cue(at, behind, follows=True)
        if self.words.drops and name and not name.pronoun and self._opens_with_phrase(at):
            return self._dropped(at, name)
        if name and not name.pronoun:
            name = self._no_adverb(name)
        return Cue(at, self._whole(name, at) if name else None)

    def _no_adverb(self, name: Mention) -> Mention | None:
        """A name, or the pronoun before an adverb that was none ("she instead said").

        Without articles to tell them by, nouns and adverbs look alike: "она откровенно сказала".
        """
        if any(word[0].isupper() for word in self.tokens[name.first : name.last]):
            return name
        before = name.first - 1
        if before >= 0 and self.lows[before] in self.words.pronouns:
            return Mention(before, before + 1, pronoun=True)
        return name if self.words.articles else None

    def _dropped(self, at: int, name: Mention) -> Cue:
        """The cue of a verb behind an opening phrase: its words end with a subject, or it has none.

        "In court the man said" has one, "In his book says" none, and of "Asked about it Smith said"
        it cannot be told.
        """
        before = self.lows[name.first - 1] if name.first else ""
        if before and before not in self.words.bounds and before[0].isalnum():
            if self.lows[name.first] in self.words.articles:
                return Cue(at, name)
            if self.tokens[name.last - 1][0].isupper() and name.last - name.first == 1:
                return Cue(at, None)
        return Cue(at, None, bare=True)

    def _whole(self, name: Mention, at: int) -> Mention:
        """The name that a phrase before the verb belongs to ("Jane Smith of Leeds said")."""
        first = self._clause_start(at)
        if name.first <= first:
            return name
        whole = self.names.beginning(first, exact=True)
        if whole is None or whole.pronoun or whole.last >= name.first:
            return name
        if self.names.proper(name) and self.names.proper(whole) is None:
            return name
        between = self.lows[whole.last : name.first]
        joined = between[0] in self.words.bounds and between[0] not in self.words.passives
        return name if not joined or self.words.verbs.intersection(between) else whole

    def _clause_start(self, at: int) -> int:
        """Where the clause of this verb begins: behind a comma, a quotation or "that"."""
        words = self.words
        breaks = {",", *LONG_DASHES, ":", ";", QUOTED}
        while at > 0:
            low = self.lows[at - 1]
            if low in breaks or low in words.relatives or low in words.clauses:
                break
            at -= 1
        return at

    def _opens_with_phrase(self, at: int) -> bool:
        """Whether the clause begins with a preposition, as in "En su cuenta señaló que"."""
        words = self.words
        low = self.lows[self._clause_start(at)]
        clause = low in words.clauses or low in words.relatives or low in words.conjunctions
        return low in words.bounds and low not in words.articles and not clause

    def _antecedent(self, left: int) -> Mention | None:
        """Who "who" is. Elsewhere than in English the word may be an object or a conjunction."""
        if self.words.code != "en":
            return None
        end = left - 2 if left and self.lows[left - 1] == "," else left - 1
        name = self.names.ending(end, exact=True)
        if name and name.first > 1 and self.lows[left] != "who":
            beside = self.lows[name.first - 1] in self.words.bounds
            if beside and self.tokens[name.first - 2][0].isupper():
                return None  # "the Harbour Group in Norway, which says"
        return name

    def _behind_clause(self, at: int, name: Mention | None) -> Mention | None:
        """The capitalised subject behind a verb: "On whether he will leave said Smith"."""
        if not self.words.inverts or name is None or name.pronoun or self.names.is_exact(name):
            return None
        behind = self.names.beginning(at + 1, exact=True)
        return behind if behind and self.tokens[behind.first][0].isupper() else None

    def _helped(self, at: int) -> Mention | None:
        """The subject of an auxiliary whose participle ends the clause: "Er hat im Rat gesagt"."""
        words, first = self.words, self._clause_start(at)
        helpers = [one for one in range(first, at - 1) if self.lows[one] in words.helpers]
        if not helpers:
            return None
        behind = helpers[-1] + 1
        if self.lows[behind] in words.pronouns:
            return Mention(behind, behind + 1, pronoun=True)
        before = self.names.ending(helpers[-1] - 1) if helpers[-1] > first else None
        if before and before.first >= first and not self._is_fronted(before, helpers[-1]):
            return before
        return self.names.beginning(behind, exact=True)

    def _is_fronted(self, name: Mention | None, verb: int) -> bool:
        """Whether what stands before the verb is no subject ("In the evening said Smith")."""
        if name is None:
            return True
        words, at = self.words, name.first - 1
        if name.pronoun:
            return False
        leads = words.articles | words.nobody | words.determiners
        while at > 0 and self.lows[at] in leads and self.lows[at] not in words.bounds:
            at -= 1  # "auf dem", "auf alle"
        before = self.lows[at] if at >= 0 else ""
        clause = before in words.clauses  # "als Smith sagte, …", but "als Beispiel nennt er"
        goes_on = "".join(self.lows[verb + 1 : verb + 2]).isalnum() and words.code == "de"
        return before in words.bounds and (not clause or goes_on)

    def _main_subject(self) -> Mention | None:
        """The subject that the sentence's earlier verb has, or else the name it begins with."""
        for cue in reversed(self.cues):
            if cue.verb and cue.speaker:
                return cue.speaker
        return self.names.leading()

    def _before_apposition(self, comma: int) -> Mention | None:
        """The name at the beginning of "Smith, a lawyer, said": `comma` is the one at the verb."""
        begin = comma
        while begin > 0 and self.lows[begin - 1] not in {QUOTED, ";", ":"}:
            begin -= 1
        commas = (at for at in range(begin, comma) if self.lows[at] in {",", *LONG_DASHES})
        firsts = [begin, *(at + 1 for at in commas)]
        if len(firsts) == 1:
            return None
        subjects = [first for first in firsts[:-1] if not self._is_opening(first)]
        for first in reversed(subjects[1:]):
            name = self._after_conjunction(first)
            if name:
                return name
        return self._with_apposition(subjects[0] if subjects else firsts[-1], firsts)

    def _after_conjunction(self, first: int) -> Mention | None:
        """The name in "…, but Jones, the mayor, said"."""
        if self.lows[first] not in self.words.conjunctions:
            return None
        name = self.names.beginning(first + 1)
        return name if name and self.tokens[name.first][0].isupper() else None

    def _with_apposition(self, first: int, firsts: list[int]) -> Mention | None:
        """The name here, or the one behind the comma in "the mayor, Jane Jones, said"."""
        if self.lows[first] in self.words.conjunctions:
            first += 1
        name = self.names.beginning(first)
        if name is None or self._is_clause(name):
            return None
        following = next((other for other in firsts if other > first), None)
        noun = self.tokens[name.first + 1 : name.first + 2]
        if following and noun and noun[0][0].islower():
            other = self.names.beginning(following)
            proper = self.names.proper(other) if other else None
            if proper and proper.first == following:
                return proper
        plural = name.last - name.first == 1 and self.lows[name.first].endswith("s")
        return name if self.names.is_exact(name) or plural else None

    def _is_clause(self, name: Mention) -> bool:
        """Whether an auxiliary follows a name, so that no apposition does."""
        after = self.lows[name.last : name.last + 1]
        return bool(after) and (after[0] in self.words.passives or self.words.is_adverb(after[0]))

    def _is_opening(self, first: int) -> bool:
        """Whether a stretch between commas begins like "On Friday" or "After the game"."""
        low, words = self.lows[first], self.words
        if low in words.conjunctions or low in words.articles:
            return False
        return low in words.bounds or low in words.between or low in words.times
