"""A text with its outer quotations, read sentence by sentence: what all rules look things up in."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from attrs import frozen

from archive.article.quotations.names import Mention
from archive.article.quotations.reporting import Reports
from archive.article.quotations.sentences import Narration, Sentence
from archive.article.quotations.vocabulary import Vocabulary

__all__ = ["Place", "Span", "Story", "Voice"]

Span = tuple[int, int]

_CAPITAL = r"[^\W\d_a-zß-ÿ]"
_FULL_NAME = re.compile(
    rf"\b(?:(?:{_CAPITAL}\.){{1,3}}|{_CAPITAL}[\w’'-]{{0,30}})\s(?=({_CAPITAL}[\w-]+))"
)
_NUMBERED = re.compile(rf"\d\s({_CAPITAL}\w+)")
_READ = 256
"""How many sentences are kept as they were read: more than any rule looks back over."""


@frozen
class Voice:
    """A speaker found: where named, with which verb, and whether that was another sentence."""

    name: Span
    verb: Span | None
    inferred: bool = False
    own_verb: bool = True


@frozen
class Place:
    """A quotation in its sentence: paragraph, sentence, token, and where it stands in the text."""

    paragraph: int
    number: int
    sentence: Sentence
    token: int
    top: Span


class Story:
    """The text, its quotations, its narration, and what of it was read already."""

    def __init__(self, text: str, tops: Sequence[Span], words: Vocabulary) -> None:
        self.text = text
        self.tops = tops
        self.words = words
        self.narration = Narration(text, tops, words)
        self._reports: dict[int, Reports] = {}
        self._surnames: set[str] | None = None
        self._counted: set[str] | None = None

    def places(self) -> Iterator[Place]:
        """Every quotation in the order of the text; several may share a token."""
        for paragraph in self._paragraphs():
            for number, piece in enumerate(self.narration.pieces(paragraph)):
                tokens = self._tokens(piece)
                if not tokens:
                    continue
                sentence = self.narration.sentence(piece)
                for token, tops in zip(sentence.quotes, tokens, strict=False):
                    yield from (Place(paragraph, number, sentence, token, top) for top in tops)

    def _paragraphs(self) -> list[int]:
        """The numbers of the paragraphs that have quotations."""
        starts = [start for start, _ in self.narration.bounds]
        return sorted({bisect_right(starts, start) - 1 for start, _ in self.tops})

    def _tokens(self, piece: Span) -> list[list[Span]]:
        """The quotations of a sentence by token: several where nothing stands between them."""
        first = bisect_left(self.tops, (piece[0], 0))
        last = bisect_left(self.tops, (piece[1], 0))
        tokens: list[list[Span]] = []
        for top in self.tops[first:last]:
            if tokens and tokens[-1][-1][1] == top[0]:
                tokens[-1].append(top)
            else:
                tokens.append([top])
        return tokens

    def read(self, sentence: Sentence) -> Reports:
        """The reporting verbs of a sentence."""
        reports = self._reports.get(sentence.start)
        if reports is None:
            if len(self._reports) >= _READ:
                del self._reports[next(iter(self._reports))]
            reports = self._reports[sentence.start] = Reports(sentence, self.words)
        return reports

    def is_person(self, sentence: Sentence, name: Mention) -> bool:
        """A name of two words, or one that stands elsewhere in the text behind another."""
        tokens = sentence.words[name.first : name.last]
        lows = sentence.lows[name.first : name.last]
        if len(tokens) == 1:
            return not tokens[0].isupper() and self._is_surname(tokens[0])
        if lows[-1] in self.words.things:
            return False
        if any(low in self.words.times for low in lows) or self._is_counted(tokens[-1]):
            return False
        return not any(word in self.words.links for word in tokens[:2])

    def _is_surname(self, word: str) -> bool:
        if self._surnames is None:
            self._surnames = set(_FULL_NAME.findall(self.text))
        return word in self._surnames

    def _is_counted(self, word: str) -> bool:
        """Whether a number stands before a word somewhere: then it is a noun and no name."""
        if self._counted is None:
            self._counted = set(_NUMBERED.findall(self.text))
        return word in self._counted
