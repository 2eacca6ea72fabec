"""Which words of a sentence name somebody, given where the name begins or ends."""

from __future__ import annotations

from attrs import frozen

from archive.article.quotations.sentences import Sentence
from archive.article.quotations.vocabulary import Vocabulary

__all__ = ["Mention", "Names"]

_ADVERBS = {"fr": "ment", "it": "mente", "es": "mente", "pt": "mente"}
"""How adverbs end that may stand between a verb and its subject ("tranche sèchement le maire")."""
_LONGEST = 12
"""How many tokens a name may have; what is longer was no name."""


@frozen
class Mention:
    """Words that name a speaker: first and last (exclusive) token; whether they are a pronoun."""

    first: int
    last: int
    pronoun: bool = False


class Names:
    """The names in one sentence."""

    def __init__(self, sentence: Sentence, words: Vocabulary) -> None:
        self.tokens = sentence.words
        self.lows = sentence.lows
        self.words = words

    def ending(self, at: int, *, exact: bool = False) -> Mention | None:
        """The name that ends with this token.

        Args:
            at: the last token.
            exact: whether only a capital or a determiner with its noun will do.
        """
        at = self._before_brackets(at)
        if at < 0:
            return None
        if self.lows[at] in self.words.pronouns or self._is_clitic(at):
            return Mention(at, at + 1, pronoun=True)
        first = at + 1
        while first > 0 and at - first < 2 * _LONGEST and self._precedes(first - 1, at):
            first -= 1
            if self._starts(first):
                break
        while first <= at and self._is_lead(first):
            first += 1
        if at + 1 - first > _LONGEST:
            first = self._shortened(first, at)
        return self._checked(self._trimmed(first, at), at + 1, exact)

    def beginning(self, at: int, *, exact: bool = False) -> Mention | None:
        """The name that begins with this token, adverbs before it aside.

        Args:
            at: the first token.
            exact: whether only a capital or a determiner with its noun will do.
        """
        lows, words = self.lows, self.words
        while at < len(lows) and self._is_passed(at):
            at += 1
        if at >= len(lows):
            return None
        if self._is_clitic(at) or (lows[at] in words.pronouns and not self._is_article(at)):
            return Mention(at, at + 1, pronoun=True)
        last = at
        while last < len(lows) and last - at < _LONGEST and self._continues(last, at):
            last += 1
        if last - at >= _LONGEST:
            return None
        while last > at and lows[last - 1] in words.links:
            last -= 1
        if words.code == "de":
            last = self._last_noun(at, last)
        return self._checked(at, last, exact)

    def _is_passed(self, at: int) -> bool:
        """Whether it is an adverb before a name."""
        low, words = self.lows[at], self.words
        if low in words.between:
            return low not in words.articles
        ending = _ADVERBS.get(words.code)
        return ending is not None and self.tokens[at].islower() and low.endswith(ending)

    def leading(self) -> Mention | None:
        """The name or pronoun that the sentence begins with, an opening phrase aside."""
        lows, words = self.lows, self.words
        at = self._after_opening()
        while at < len(lows) and (lows[at] in words.conjunctions or lows[at] in words.between):
            at += 1
        if at >= len(lows):
            return None
        if lows[at] in words.pronouns:
            return Mention(at, at + 1, pronoun=True)
        begin = end = at + 1 if lows[at] in words.articles else at
        while end < len(lows) and (self._is_capital(end) or (end > begin and self._links(end))):
            end += 1
        if end == begin or end - begin > _LONGEST or lows[begin] in words.times:
            return None
        return Mention(at, end)

    def described(self) -> Mention | None:
        """A full name that a relative clause follows ("… was Jane Smith, who …")."""
        lows = self.lows
        for at, low in enumerate(lows[2:], 2):
            if low in self.words.relatives and lows[at - 1] == ",":
                name = self.ending(at - 2, exact=True)
                proper = self.proper(name) if name else None
                if proper:
                    return proper
        return None

    def proper(self, name: Mention) -> Mention | None:
        """The capitalised words at the end of a name, where there are two or more."""
        first = name.last
        while first > name.first and self.tokens[first - 1][0].isupper():
            first -= 1
        return Mention(first, name.last) if name.last - first > 1 else None

    def is_exact(self, name: Mention) -> bool:
        """Whether it begins with a capital or a determiner."""
        return (
            self.tokens[name.first][0].isupper() or self.lows[name.first] in self.words.determiners
        )

    def _is_clitic(self, at: int) -> bool:
        """Whether it is an auxiliary with its pronoun, as in « a-t-il ajouté »."""
        low, words = self.lows[at], self.words
        return low.endswith(words.clitics) and any(
            low.removesuffix(clitic) in words.between for clitic in words.clitics
        )

    def _checked(self, first: int, last: int, exact: bool) -> Mention | None:
        """The name between two tokens unless it cannot be one."""
        lows, words = self.lows, self.words
        if first >= last or lows[first] in words.times or lows[last - 1] in words.articles:
            return None
        if words.code == "de" and self._last_noun(first, last) == first:
            return None
        if self._is_nobody(first, last):
            return None
        name = Mention(first, last)
        return None if exact and not self.is_exact(name) else name

    def _is_nobody(self, first: int, last: int) -> bool:
        """Whether these words name nobody: "something", "neither Smith", not Swedish "Inga"."""
        lows, words = self.lows, self.words
        if lows[last - 1] in words.nobody and (last == first + 1 or words.code == "en"):
            return True
        small = self.tokens[first].islower()
        if words.is_negator(lows[first]) and (small or words.code == "en"):
            return True
        return small and lows[first] in words.nobody and lows[first] not in words.articles

    def _before_brackets(self, at: int) -> int:
        """Step back over "(CDU)"."""
        if at < 0 or self.lows[at] != ")":
            return at
        for opening in range(at, max(-1, at - _LONGEST), -1):
            if self.lows[opening] == "(":
                return opening - 1
        return -1

    def _after_opening(self) -> int:
        """Where the subject may stand after "When …" or after "On Friday, …"."""
        lows, words = self.lows, self.words
        if len(lows) > 1 and lows[0] in words.clauses and self.tokens[1][0].isupper():
            return 1
        if lows and lows[0] in words.bounds and lows[0] not in words.conjunctions:
            return lows.index(",") + 1 if "," in lows else len(lows)
        return 0

    def _is_capital(self, at: int) -> bool:
        return self.tokens[at][0].isupper() and self.lows[at] not in self.words.nobody

    def _links(self, at: int) -> bool:
        """Whether it is the "of" in "Bank of England"."""
        after = self.tokens[at + 1 : at + 2]
        return self.lows[at] in self.words.links and bool(after) and after[0][0].isupper()

    def _is_lead(self, at: int) -> bool:
        """A word that may come before a name but is no part of it."""
        low, words = self.lows[at], self.words
        if low in words.articles:
            return False
        if self._opens_surname(at):
            return False
        return any(
            low in group for group in (words.between, words.bounds, words.links, words.times)
        )

    def _opens_surname(self, at: int) -> bool:
        """Whether it is the "Von" of "Von der Leyen", or the "’t" of "’t Hart"."""
        low, words = self.lows[at], self.words
        if low not in words.links or low in words.bounds or low in words.agents:
            return False
        return self.tokens[at][0].isupper() or not low[0].isalnum()

    def _starts(self, at: int) -> bool:
        """An article or "his", unless it stands within a name ("of the")."""
        low, words = self.lows[at], self.words
        if low not in words.articles and low not in words.determiners:
            return False
        before = self.lows[at - 1] if at else ""
        return before not in words.links and low not in words.links

    def _precedes(self, at: int, last: int) -> bool:
        """Whether this token belongs to the name of which the next ones are the end."""
        word, low, words = self.tokens[at], self.lows[at], self.words
        if not word[0].isalnum():
            return self._is_particle(at) or (word == "." and self._is_title_stop(at))
        if low in words.links and 0 < at < last:
            return self._is_inner_link(at)
        if low in words.bounds:
            return False
        if low in words.pronouns or low in words.nobody:
            return at > 0 and word[0].isupper()
        return word[0].isupper() or low not in words.verbs or self._is_noun(at)

    def _is_inner_link(self, at: int) -> bool:
        low, before = self.lows[at], self.tokens[at - 1]
        if low in self.words.conjunctions:
            return before[0].isupper()
        inner = before[0].isalnum() and self.lows[at - 1] not in self.words.bounds
        return inner or low in self.words.articles

    def _continues(self, at: int, first: int) -> bool:
        """Whether this token belongs to the name that begins with the first."""
        word, low, words = self.tokens[at], self.lows[at], self.words
        if not word[0].isalnum():
            return self._is_particle(at) or (at > first and self._is_joint(at))
        if at == first:
            return low in words.articles or self._may_begin(at)
        if low in words.links and low not in words.times:
            return self._goes_on(at, first)
        if low in words.between and at == first + 1 and self._is_article(first):
            return True  # "a former pupil"
        return not self._ends(at)

    def _ends(self, at: int) -> bool:
        """Whether a name has ended before this word: a verb, a preposition, another noun."""
        low, words = self.lows[at], self.words
        if low in words.stops or self._is_elided(low) or self._is_anothers(at):
            return True
        return low in words.verbs and self.tokens[at].islower() and not self._is_noun(at)

    def _is_anothers(self, at: int) -> bool:
        """Whether another noun begins behind a name, as in "sagte Smith seinen Kindern"."""
        low, words = self.lows[at], self.words
        if low not in words.determiners or low in words.articles or not low[0].isalpha():
            return False
        return self.tokens[at - 1][0].isupper()

    def _goes_on(self, at: int, first: int) -> bool:
        """Whether a name goes on behind this link: a person's does with a capital only."""
        tokens, words = self.tokens, self.words
        after = tokens[at + 1 : at + 2]
        if not after or not after[0][0].isalnum():
            return False
        if at - first < 2 or not (tokens[at - 1][0].isupper() and tokens[at - 2][0].isupper()):
            return True
        while at + 1 < len(tokens) and self.lows[at] in words.links | words.articles:
            at += 1
        return tokens[at][0].isupper()

    def _may_begin(self, at: int) -> bool:
        word, low, words = self.tokens[at], self.lows[at], self.words
        if low in words.bounds or low in words.times or self._is_elided(low):
            return False
        if low in words.between or low in words.relatives:
            return word[0].isupper()
        return low not in words.verbs or not word.islower()

    def _is_joint(self, at: int) -> bool:
        """The mark in "Dr. Smith", "the players’ union" or "Gesundheits-, Sozial-"."""
        if self.tokens[at] == ".":
            return self._is_title_stop(at)
        if self.tokens[at] in {"’", "'"}:
            return self.tokens[at - 1].endswith("s")
        return self.tokens[at] == "," and self.tokens[at - 1].endswith("-")

    def _is_particle(self, at: int) -> bool:
        """Whether it is the "’t" in Dutch "Anna ’t Hart"."""
        after = self.tokens[at + 1 : at + 2]
        return self.lows[at] in self.words.links and bool(after) and after[0][0].isupper()

    def _is_noun(self, at: int) -> bool:
        """Whether a form of a verb is a noun here, as in "the report"."""
        return at > 0 and self.lows[at - 1] in self.words.determiners

    def _is_elided(self, low: str) -> bool:
        """Whether it begins with a word that ends a name, as "qu’elle" does."""
        head, apostrophe, _ = low.partition("’")
        return bool(apostrophe) and head + apostrophe in self.words.bounds

    def _is_title_stop(self, at: int) -> bool:
        """Whether a full stop belongs to "Dr." or an initial before a name."""
        if at == 0 or at + 1 >= len(self.tokens):
            return False
        before = self.lows[at - 1]
        known = before in self.words.titles or len(before) == 1
        return known and self.tokens[at + 1][0].isupper()

    def _is_article(self, at: int) -> bool:
        """Whether it is an article before a noun: German "die" alone is a pronoun."""
        after = self.tokens[at + 1 : at + 2]
        return self.lows[at] in self.words.articles and bool(after) and after[0][0].isalnum()

    def _trimmed(self, first: int, last: int) -> int:
        """Without the small words before a full name ("energy minister Jane Smith")."""
        if first > last or not self.tokens[first][0].islower() or self._starts(first):
            return first
        capitals = last + 1
        while capitals > first and self.tokens[capitals - 1][0].isupper():
            capitals -= 1
        before = self.lows[first - 1] if first else ""
        phrase = before in self.words.bounds and before not in self.words.asides
        one = (
            phrase and capitals == last and not self.tokens[last].isupper()
        )  # "on that Smith said"
        return capitals if last - capitals >= 1 or one else first

    def _shortened(self, first: int, last: int) -> int:
        """Where the last article or the last run of capitals begins."""
        at = last
        while at > first and self.lows[at] not in self.words.articles:
            at -= 1
        if at > first:
            return at
        at = last
        while at > first and self.tokens[at - 1][0].isupper():
            at -= 1
        return at

    def _last_noun(self, first: int, last: int) -> int:
        """Where German ends a name: behind its last noun, which has a capital."""
        while last > first and not self.tokens[last - 1][0].isupper():
            last -= 1
        return last
