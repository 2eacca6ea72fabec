"""Who says it: reporting verbs in a sentence and their subjects.

Nothing here understands grammar. A verb of the language's list is a cue; its subject is looked for
where that language puts it: before the verb, behind an apposition ("Smith, a lawyer, said"), after
the verb where the quotation or something else comes first ("said Smith", « dit-il »), or at the
main verb for "adding that". A subject that cannot be told is none: a wrong name is worse.
"""

from __future__ import annotations

from attrs import frozen

from archive.article.quotations.sentences import QUOTED, Sentence
from archive.article.quotations.vocabulary import Vocabulary

__all__ = ["Cue", "Mention", "Reports"]

_LONGEST_NAME = 12


@frozen
class Mention:
    """Words that name a speaker: first and last (exclusive) token; whether they are a pronoun."""

    first: int
    last: int
    pronoun: bool = False


@frozen
class Cue:
    """A reporting verb or phrase: its token, the speaker, and how it reports.

    Args:
        at: the token of the verb, or of the first word of a phrase like "according to".
        speaker: None where the sentence does not say.
        verb: whether it is a verb.
        follows: whether the speaker stands behind the verb.
        bare: whether the verb stands where it needs no subject in some languages: behind quoted
            words or at the sentence's beginning.
    """

    at: int
    speaker: Mention | None
    verb: bool = True
    follows: bool = False
    bare: bool = False


class Reports:
    """The cues of one sentence."""

    def __init__(self, sentence: Sentence, words: Vocabulary) -> None:
        self.sentence = sentence
        self.words = words
        self.cues: list[Cue] = []
        signals, clitics = words.signals, words.clitics
        for at, low in enumerate(sentence.lows):
            if low in signals or (clitics and low.endswith(clitics)):
                cue = self._cue(at, low)
                if cue:
                    self.cues.append(cue)

    def _cue(self, at: int, low: str) -> Cue | None:
        words = self.words
        if low in words.verbs or low in words.participles:
            return self._verb(at, low) if self._is_verb(at) else None
        clitic = next((end for end in words.clitics if low.endswith(end)), None)
        if clitic and low.removesuffix(clitic) in words.verbs:
            return Cue(at, Mention(at, at + 1, pronoun=True), follows=True)
        return self._source(at, low)

    def _source(self, at: int, low: str) -> Cue | None:
        lows = self.sentence.lows
        if low in self.words.after:
            return Cue(at, self.name_before(at - 1), verb=False)
        phrases = self.words.sources + (self.words.first if at == 0 else ())
        for phrase in phrases:
            if low != phrase[0] or tuple(lows[at : at + len(phrase)]) != phrase:
                continue
            if len(phrase[0]) == 2 and len(phrase) == 1 and not self._breaks(at - 1):
                continue
            name = self.name_after(at + len(phrase))
            return Cue(at, name, verb=False, follows=True) if name else None
        return None

    def _breaks(self, at: int) -> bool:
        """Whether a comma, a dash or a quotation stands here."""
        return at >= 0 and self.sentence.words[at] in f",–—-{QUOTED}"

    def _is_verb(self, at: int) -> bool:
        """Not a noun ("the report"), and not a capitalised word within the sentence."""
        if not self.sentence.words[at].islower():
            return False
        before = self.sentence.lows[at - 1] if at else ""
        noun = before in self.words.determiners and before not in self.words.relatives
        return not noun and not before.endswith(("'s", "’s"))

    def _verb(self, at: int, low: str) -> Cue | None:
        left = self._skip_back(at - 1)
        lows, words = self.sentence.lows, self.words
        if left >= 0 and lows[left] in words.passives and low not in words.participles:
            for agent in range(at + 1, min(at + 4, len(lows))):
                if lows[agent] in words.agents:
                    name = self.name_after(agent + 1)
                    return Cue(at, name, follows=True) if name else None
            return None
        if low in words.participles and low not in words.verbs:
            if left >= 0 and lows[left] not in words.passives:
                return Cue(at, self._main_subject())
        return self._subject(at, left)

    def _skip_back(self, at: int) -> int:
        """Step over auxiliaries, adverbs and days before a verb."""
        lows, words = self.sentence.lows, self.words
        while at >= 0 and (
            lows[at] in words.between
            or lows[at] in words.times
            or (
                lows[at].endswith("ly") and words.code == "en" and self.sentence.words[at].islower()
            )
            or (lows[at] in words.bounds and at + 1 < len(lows) and lows[at + 1] in words.times)
        ):
            at -= 1
        return at

    def _subject(self, at: int, left: int) -> Cue:
        lows, words = self.sentence.lows, self.words
        if left < 0 or lows[left] == QUOTED or self._follows_quote(left):
            return Cue(at, self.name_after(at + 1), follows=True, bare=True)
        if lows[left] in {",", "–", "—", "-"}:
            name = self._before_apposition(left)
            if name:
                return Cue(at, name)
            return Cue(at, self.name_after(at + 1, exact=not words.inverts), follows=True)
        if lows[left] in words.relatives and words.code != "de":
            end = left - 2 if left and lows[left - 1] == "," else left - 1
            name = self.name_before(end, exact=True) if words.code == "en" else None
            return Cue(at, name)
        if lows[left] in words.conjunctions:
            return Cue(at, self._main_subject())
        name = self.name_before(left)
        if words.inverts and self._fronted(left, name):
            behind = self.name_after(at + 1)
            if behind:
                return Cue(at, behind, follows=True)
        return Cue(at, name)

    def _follows_quote(self, left: int) -> bool:
        return self._breaks(left) and left > 0 and self.sentence.lows[left - 1] == QUOTED

    def _fronted(self, left: int, name: Mention | None) -> bool:
        """Whether what stands before the verb is no subject ("In the evening said Smith")."""
        if name is None:
            return True
        before = name.first - 1
        return not name.pronoun and before >= 0 and self.sentence.lows[before] in self.words.bounds

    def _main_subject(self) -> Mention | None:
        """The subject that the sentence's earlier verb has, or else its first words if a name."""
        for cue in reversed(self.cues):
            if cue.verb and cue.speaker:
                return cue.speaker
        return self.leading_name()

    def leading_name(self) -> Mention | None:
        """The name or pronoun that the sentence begins with, an opening phrase aside."""
        lows, words = self.sentence.lows, self.sentence.words
        at = 0
        if lows and lows[0] in self.words.clauses and words[1:2] and words[1][0].isupper():
            at = 1
        elif lows and lows[0] in self.words.bounds and lows[0] not in self.words.conjunctions:
            if "," not in lows:
                return None
            at = lows.index(",") + 1
        while at < len(lows) and (
            lows[at] in self.words.conjunctions or lows[at] in self.words.between
        ):
            at += 1
        if at < len(lows) and lows[at] in self.words.pronouns:
            return Mention(at, at + 1, pronoun=True)
        end = at + 1 if at < len(lows) and lows[at] in self.words.articles else at
        begin = end
        while end < len(lows) and (
            (words[end][0].isupper() and lows[end] not in self.words.nobody)
            or (
                end > begin
                and lows[end] in self.words.links
                and words[end + 1 : end + 2]
                and words[end + 1][0].isupper()
            )
        ):
            end += 1
        if end == begin or end - begin > _LONGEST_NAME or lows[begin] in self.words.times:
            return None
        return Mention(at, end)

    def _before_apposition(self, comma: int) -> Mention | None:
        """The name at the beginning of "Smith, a lawyer, said": `comma` is the one at the verb."""
        lows = self.sentence.lows
        begin = comma
        while begin > 0 and lows[begin - 1] not in {QUOTED, ";", ":"}:
            begin -= 1
        firsts = [begin, *(at + 1 for at in range(begin, comma) if lows[at] in ",–—")]
        if len(firsts) == 1:
            return None
        subjects = [first for first in firsts[:-1] if not self._is_opening(first)]
        for first in reversed(subjects[1:]):
            if lows[first] in self.words.conjunctions:
                name = self.name_after(first + 1)
                if name and self.sentence.words[name.first][0].isupper():
                    return name
        first = subjects[0] if subjects else firsts[-1]
        if lows[first] in self.words.conjunctions:
            first += 1
        name = self.name_after(first)
        following = next((other for other in firsts if other > first), None)
        if (
            name
            and following
            and self.sentence.words[name.first + 1 : name.first + 2][:1]
            and (self.sentence.words[name.first + 1][0].islower())
        ):
            proper = self._capitals(self.name_after(following) or name)
            if proper and proper.first == following:
                return proper
        return name if name and (self._is_name(name) or self._is_short(name)) else None

    def _is_opening(self, first: int) -> bool:
        """Whether a stretch between commas begins like "On Friday" or "After the game"."""
        low = self.sentence.lows[first]
        words = self.words
        if low in words.conjunctions or low in words.articles:
            return False
        return low in words.bounds or low in words.between or low in words.times

    def _is_short(self, name: Mention) -> bool:
        """A plural without article ("lawmakers on the committee, led by …, said")."""
        return name.last - name.first == 1 and self.sentence.lows[name.first].endswith("s")

    def _is_name(self, name: Mention) -> bool:
        low = self.sentence.lows[name.first]
        return self.sentence.words[name.first][0].isupper() or low in self.words.determiners

    def name_before(self, at: int, *, exact: bool = False) -> Mention | None:
        """The speaker whose name ends with this token.

        Args:
            at: the last token.
            exact: whether only a name or a determiner with its noun will do.
        """
        lows, words = self.sentence.lows, self.words
        if at >= 0 and lows[at] == ")":
            while at > 0 and lows[at] != "(":
                at -= 1
            at -= 1
        if at < 0:
            return None
        if lows[at] in words.pronouns:
            return Mention(at, at + 1, pronoun=True)
        first = at + 1
        while first > 0 and at - first < 2 * _LONGEST_NAME and self._in_name(first - 1, at):
            first -= 1
            if self._starts_name(first):
                break
        while first <= at and self._is_lead(first):
            first += 1
        if at + 1 - first > _LONGEST_NAME:
            first = self._shortened(first, at)
        first = self._trimmed(first, at)
        name = Mention(first, at + 1)
        if words.code == "de" and self._last_capital(first, at + 1) == first:
            return None
        if first > at or lows[at] in words.nobody or (exact and not self._is_name(name)):
            return None
        return name

    def _trimmed(self, first: int, last: int) -> int:
        """Without the small words before a full name ("energy minister Jane Smith")."""
        words = self.sentence.words
        if first > last or not words[first][0].islower() or self._starts_name(first):
            return first
        capitals = last + 1
        while capitals > first and words[capitals - 1][0].isupper():
            capitals -= 1
        return capitals if last - capitals >= 1 else first

    def _is_title_stop(self, at: int) -> bool:
        """Whether a full stop belongs to "Dr." or an initial before a name."""
        if at == 0 or at + 1 >= len(self.sentence.words):
            return False
        before = self.sentence.lows[at - 1]
        return (before in self.words.titles or len(before) == 1) and (
            self.sentence.words[at + 1][0].isupper()
        )

    def _starts_name(self, at: int) -> bool:
        """An article or "his", unless it stands within a name ("of the")."""
        low, words = self.sentence.lows[at], self.words
        if low not in words.articles and low not in words.determiners:
            return False
        before = self.sentence.lows[at - 1] if at else ""
        return before not in words.links and low not in words.links

    def _is_lead(self, at: int) -> bool:
        """A word that may come before a name but is no part of it."""
        low = self.sentence.lows[at]
        words = self.words
        if low in words.articles:
            return False
        return (
            low in words.between or low in words.bounds or low in words.links or low in words.times
        )

    def _in_name(self, at: int, last: int) -> bool:
        word, low = self.sentence.words[at], self.sentence.lows[at]
        words = self.words
        if not word[0].isalnum():
            return word == "." and self._is_title_stop(at)
        if low in words.links and 0 < at < last:
            before = self.sentence.words[at - 1]
            if low in words.conjunctions:
                return before[0].isupper()
            if before[0].isalnum() and self.sentence.lows[at - 1] not in words.bounds:
                return True
            return low in words.articles
        if low in words.bounds or low in words.pronouns or low in words.nobody:
            return word[0].isupper() and 0 < at and low not in words.bounds
        if low in words.verbs and not word[0].isupper():
            return at > 0 and self.sentence.lows[at - 1] in words.determiners
        return True

    def _shortened(self, first: int, last: int) -> int:
        """Where the last determiner or the last run of capitals begins."""
        at = last
        while at > first and self.sentence.lows[at] not in self.words.articles:
            at -= 1
        if at > first:
            return at
        at = last
        while at > first and self.sentence.words[at - 1][0].isupper():
            at -= 1
        return at

    def name_after(self, at: int, *, exact: bool = False) -> Mention | None:
        """The speaker whose name begins with this token, adverbs aside.

        Args:
            at: the first token.
            exact: whether only a name or a determiner with its noun will do.
        """
        lows, words = self.sentence.lows, self.words
        while at < len(lows) and lows[at] in words.between and lows[at] not in words.articles:
            at += 1
        if at >= len(lows):
            return None
        if lows[at] in words.pronouns and not self._is_article(at):
            return Mention(at, at + 1, pronoun=True)
        last = at
        while last < len(lows) and last - at < _LONGEST_NAME and self._goes_on(last, at):
            last += 1
        while last > at and lows[last - 1] in words.links:
            last -= 1
        if words.code == "de":
            last = self._last_capital(at, last)
        name = Mention(at, last)
        if last == at or lows[at] in words.times or last - at >= _LONGEST_NAME:
            return None
        if last == at + 1 and lows[at] in words.nobody:
            return None
        return None if exact and not self._is_name(name) else name

    def _last_capital(self, first: int, last: int) -> int:
        """Where German ends a name: behind its last noun, which has a capital."""
        while last > first and not self.sentence.words[last - 1][0].isupper():
            last -= 1
        return last

    def described_name(self) -> Mention | None:
        """A full name that a relative clause follows ("… was Jane Smith, who …")."""
        lows = self.sentence.lows
        for at, low in enumerate(lows[2:], 2):
            if low in self.words.relatives and lows[at - 1] == ",":
                name = self.name_before(at - 2, exact=True)
                if name and name.last - name.first > 1:
                    return self._capitals(name)
        return None

    def _capitals(self, name: Mention) -> Mention | None:
        """The capitalised words at the end of a name, where there are two or more."""
        first = name.last
        while first > name.first and self.sentence.words[first - 1][0].isupper():
            first -= 1
        return Mention(first, name.last) if name.last - first > 1 else None

    def _is_article(self, at: int) -> bool:
        """ "die" and "de" are articles before a noun and pronouns alone."""
        if self.sentence.lows[at] not in self.words.articles:
            return False
        after = self.sentence.words[at + 1 : at + 2]
        return bool(after) and after[0][0].isalnum()

    def _goes_on(self, at: int, first: int) -> bool:
        word, low = self.sentence.words[at], self.sentence.lows[at]
        words = self.words
        if word == ".":
            return at > first and self._is_title_stop(at)
        if not word[0].isalnum():
            return word == "," and at > first and self.sentence.words[at - 1].endswith("-")
        if at == first and low in words.articles:
            return True
        if at > first and low in words.links and low not in words.times:
            after = self.sentence.words[at + 1 : at + 2]
            return bool(after) and after[0][0].isalnum()
        if low in words.bounds or low in words.between or low in words.relatives:
            return word[0].isupper() and at == first and low not in words.bounds
        if low in words.verbs and word.islower():
            return at > first and self.sentence.lows[at - 1] in words.determiners
        if low.partition("’")[0] + "’" in words.bounds:
            return False
        return low not in words.times and (at == first or low not in words.nobody)
