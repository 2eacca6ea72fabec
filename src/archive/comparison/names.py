"""Which words of a sentence are names, by their capitals and by where else they stand.

A guess by rule. In most languages with capitals a word inside a sentence that has one is a name. At
the beginning of a sentence it counts when another name follows it, or when it has its capital
inside a sentence elsewhere. German writes every noun with a capital: there a word counts when it
stands beside another capital without an article before it, next to a verb of saying, or is known
from such a place. Scripts without capitals have no names here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property

from archive.article.quotations.vocabulary import Vocabulary
from archive.comparison.lexicon import Lexicon
from archive.typography import DASHES

__all__ = ["Names", "is_capital"]

_CAPITAL = r"[^\W\d_a-zß-öø-ÿа-яёіїєґ][\w’'\-]*"
_RUN = re.compile(
    rf"(?:(?<=\A)|(?<=[\s(„“\"«]))({_CAPITAL})((?: (?:von |van |de |zu )?{_CAPITAL})+)"
)
_OPENING = frozenset(f"\"“”„‟«»'‘’「『{DASHES}([{{:•*¿¡")
READ = 100_000
"""In how many characters of each text it is looked up how a word stands elsewhere."""

_STOPS = frozenset(".!?…")
_NONE = frozenset({"i", "i'm", "i’m", "i've", "i’ve", "i'll", "i’ll", "i'd", "i’d"})
_NOUN = re.compile(
    r"(?:ung|ungen|heit|heiten|keit|keiten|schaft|schaften|tion|tionen|tät|täten|ismus|ment|nis"
    r"|nisse|tum|ling|linge)\Z"
)


class Names:
    """The names of two texts that are compared.

    Args:
        before: the earlier text.
        after: the later text.
        vocabulary: the reporting verbs of their language, or None.
        lexicon: the closed words of their language.
    """

    def __init__(
        self, before: str, after: str, vocabulary: Vocabulary | None, lexicon: Lexicon
    ) -> None:
        self._texts = before[:READ], after[:READ]
        self._vocabulary = vocabulary
        self._lexicon = lexicon
        self._seen_small: dict[str, bool] = {}

    def find(self, tokens: Sequence[str]) -> set[int]:
        """The places of the tokens of a sentence that are names, or parts of names."""
        capital = list(map(is_capital, tokens))
        if not any(capital):
            return set()
        first = next((at for at, token in enumerate(tokens) if token[0].isalnum()), 0)
        found: set[int] = set()
        for at, written in enumerate(capital):
            if not written or self._is_no_name(tokens[at]):
                continue
            starts = at == first or tokens[at - 1] in _OPENING or _is_after_stop(tokens, at)
            if self._lexicon.nouns:
                named = self._is_german(tokens, capital, at, starts)
            else:
                named = not starts or self._starts_name(tokens, capital, at)
            if named:
                found.add(at)
        return found

    def _is_no_name(self, token: str) -> bool:
        low = token.lower()
        if low in self._lexicon.numbers or low in self._lexicon.magnitudes:
            return True
        return low in _NONE or (self._vocabulary is not None and low in self._vocabulary.times)

    def _starts_name(self, tokens: Sequence[str], capital: Sequence[bool], at: int) -> bool:
        """Whether the first word of a sentence is a name."""
        token = tokens[at]
        if len(token) > 2 and token.isupper():
            return True
        low = token.lower()
        if self._is_small(low):
            return False
        beside = at + 1 < len(tokens) and capital[at + 1]
        return beside or self._is_known(token)

    def _is_german(
        self, tokens: Sequence[str], capital: Sequence[bool], at: int, starts: bool
    ) -> bool:
        """Whether a word with a capital is a name where every noun has one."""
        token, low = tokens[at], tokens[at].lower()
        if _NOUN.search(token) or low in self._lexicon.determiners:
            return False
        small = starts and self._is_small(low)
        if (not small and self._is_known(token)) or self._is_beside_saying(tokens, at):
            return True
        return not small and self._is_beside_capital(tokens, capital, at)

    def _is_beside_saying(self, tokens: Sequence[str], at: int) -> bool:
        """Whether a verb of saying stands beside a word that has no article before it."""
        verbs = self._vocabulary.verbs if self._vocabulary else frozenset[str]()
        before = tokens[at - 1].lower() if at else ""
        if before in verbs:
            return True
        after = tokens[at + 1].lower() if at + 1 < len(tokens) else ""
        return after in verbs and before not in self._lexicon.determiners

    def _is_beside_capital(self, tokens: Sequence[str], capital: Sequence[bool], at: int) -> bool:
        """Whether another part of a name may stand beside a word."""
        if at + 1 < len(tokens) and capital[at + 1] and not _NOUN.search(tokens[at + 1]):
            return True
        return at > 0 and capital[at - 1] and not self._is_small(tokens[at - 1].lower())

    def _is_small(self, low: str) -> bool:
        """Whether a word stands somewhere without a capital."""
        if low not in self._seen_small:
            self._seen_small[low] = any(_stands(text, low) for text in self._texts)
        return self._seen_small[low]

    def _is_known(self, token: str) -> bool:
        """Whether a word stands like a name somewhere."""
        if self._lexicon.nouns:
            return token in self._german
        return any(_stands_inside(text, token) for text in self._texts)

    @cached_property
    def _german(self) -> frozenset[str]:
        """The words that stand beside another capital without an article before them."""
        determiners = self._lexicon.determiners
        known: set[str] = set()
        for text in self._texts:
            for found in _RUN.finditer(text):
                before = text[max(0, found.start() - 12) : found.start()].split()
                words = [found[1], *found[2].split()]
                after_article = before and before[-1].lower() in determiners
                if not after_article and not self._is_small(words[0].lower()):
                    known.update(word for word in words if not _NOUN.search(word))
        return frozenset(known)


def _stands(text: str, word: str) -> bool:
    """Whether a word stands in a text by itself."""
    at = text.find(word)
    while at >= 0:
        end = at + len(word)
        if not (text[at - 1 : at].isalpha() or text[end : end + 1].isalpha()):
            return True
        at = text.find(word, end)
    return False


def _stands_inside(text: str, word: str) -> bool:
    """Whether a word stands in a text after another word, not at the beginning of a sentence."""
    at = text.find(f" {word}")
    while at >= 0:
        end = at + 1 + len(word)
        if text[at - 1 : at].isalpha() and not text[end : end + 1].isalpha():
            return True
        at = text.find(f" {word}", end)
    return False


def _is_after_stop(tokens: Sequence[str], at: int) -> bool:
    """Whether a sentence ends before this token; an initial or a short title ends none."""
    if at < 2 or tokens[at - 1] not in _STOPS:
        return False
    return tokens[at - 1] != "." or len(tokens[at - 2]) > 3


def is_capital(token: str) -> bool:
    """Whether a token is written with a capital."""
    return token[0].isupper() or token[0].istitle()
