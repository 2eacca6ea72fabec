"""What changes from capture to capture without anybody having edited the article.

Nothing here knows a publisher. What a line is by its form and place is told by `furniture`,
whatever else is known of the host. Beyond that a line is boilerplate when two other pages of the
same host have it too, of other articles. One page alone says so only where no more than two are
known: a follow-up repeats a paragraph of its background. An item of a list, or a label with a
number (*Hurt: 14*), needs two pages even then, for lists of facts look alike; so does a line with a
name that stands in other lines of the article too, for it is of its story. A short line with
numbers is a counter when as many pages of the host have one with mostly the same words; never when
it is a sentence ("Police said 14 people were hurt."), nor when it names what the other does not.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

from attrs import define, field, frozen
from rapidfuzz.distance import LCSseq

from archive.article.reading import Block
from archive.comparison.articles import Article
from archive.comparison.folding import cosmetic_key, is_word, masked_key, words
from archive.comparison.furniture import CAPTIONS, name_furniture
from archive.comparison.house import LONGEST, calls_on_reader, reads_like_advertisement
from archive.comparison.lexicon import pick_lexicon
from archive.comparison.names import is_capital
from archive.comparison.places import name_by_place
from archive.comparison.rights import rights_key
from archive.comparison.side import Side

__all__ = ["Host", "Noise", "line_keys"]

COUNTER = 12
"""A counter has no more words and signs than this."""

ALIKE = 0.75
"""How much of two counters' words must be the same."""

SENTENCE = 4
"""A line of so many words that ends as a sentence does is one, not a counter."""

FEW = 2
"""Of no more other pages of the host one is enough to show that a line is none of the article's."""

COPY = 0.5
"""An other capture that has this share of the article's lines is a copy of it, and says nothing."""

# An item of a list as the extraction writes it; a label with nothing but a number after it.
_LISTED = re.compile(r"\A\s*[-–—•*·‣▪]\s|:\s*[^\w\s]?\d[\d.,\s]*\Z")
_STOP = re.compile(r"[.!?。！？｡؟۔।॥][\"')\]」』»]*\Z")


@frozen
class Host:
    """What other pages of a host have in their texts.

    Args:
        pages: for each of them the cosmetic keys of its lines.
    """

    pages: tuple[frozenset[str], ...] = field(default=(), repr=False)

    @classmethod
    def of(cls, texts: Iterable[str]) -> Host:
        """Read the texts of other pages of the host, of other articles."""
        return cls(tuple(line_keys(text) for text in texts))

    def others(self, *sides: Side) -> tuple[frozenset[str], ...]:
        """All pages but those that are copies of one of these sides."""
        if not self.pages:
            return ()
        ours = [line_keys(side.text or "") for side in sides]
        return tuple(
            page
            for page in self.pages
            if not any(len(page & own) > COPY * max(len(own), 1) for own in ours)
        )


def line_keys(text: str) -> frozenset[str]:
    """The cosmetic keys of a text's lines."""
    return frozenset(key for line in text.split("\n") if (key := cosmetic_key(line)))


@frozen
class _Line:
    """A short line with a number in it.

    Args:
        masked: its words and signs in small letters, every number as one sign.
        names: those of its words that have a capital, but the first.
        is_sentence: whether it reads like one.
    """

    masked: list[str] = field(eq=False)
    names: frozenset[str]
    is_sentence: bool

    @classmethod
    def of(cls, key: str) -> _Line:
        """Read the cosmetic key of a line."""
        found = [word for word in words(key) if is_word(word)]
        names = frozenset(word.casefold() for word in found[1:] if is_capital(word))
        ends = _STOP.search(key) is not None
        return cls(words(masked_key(key)), names, ends and len(found) >= SENTENCE)


@define
class Noise:
    """Decides what is noise, and counts it.

    Args:
        sides: the earlier and the later side.
        pages: for each other page of the host the cosmetic keys of its lines.
        counts: how often each filter said so.
    """

    sides: tuple[Side, Side]
    pages: Sequence[frozenset[str]]
    counts: dict[str, int] = field(factory=dict)
    _lines: frozenset[str] = frozenset()
    _sure: frozenset[str] = frozenset()
    _counters: list[list[_Line]] | None = None
    _articles: tuple[Article, Article] | None = None
    _code: str | None = None
    _masked: frozenset[str] | None = None
    _calls: bool = False
    _rights: tuple[set[str | None], ...] | None = None

    def __attrs_post_init__(self) -> None:
        held = Counter(line for page in self.pages for line in page)
        self._lines = frozenset(line for line, times in held.items() if self._are_enough(times))
        self._sure = frozenset(line for line, times in held.items() if times > 1)

    def _are_enough(self, times: int, line: str = "") -> bool:
        """Whether so many of the host's pages show that a line is none of the article's."""
        return times > (len(self.pages) > FEW or _LISTED.search(line) is not None)

    def count(self, name: str, times: int = 1) -> None:
        """Count differences that a filter took out."""
        if times:
            self.counts[name] = self.counts.get(name, 0) + times

    def read(self, articles: tuple[Article, Article] | None) -> None:
        """Know where the lines stand that are asked about.

        Args:
            articles: the two articles; None where the texts are known alone.
        """
        self._articles = articles
        self._code = self.sides[0].code() or self.sides[1].code()

    def is_line(self, line: str, side: int, place: int) -> bool:
        """Whether a line of one side does not count; it is counted if so.

        Args:
            line: the line.
            side: 0 for the earlier.
            place: where it begins in the side's text.
        """
        name = self._furniture(line, side, place)
        if name is not None:
            self.count(name)
            return True
        if self._is_of_rights(line, side):
            self.count("label")
            return True
        key = cosmetic_key(line)
        if self._is_held(key, line, side) or self._is_of_house(key, line):
            self.count("boilerplate")
            return True
        if self.pages and self._is_counter(line):
            self.count("counter")
            return True
        return False

    def _is_of_house(self, key: str, line: str) -> bool:
        """Whether a line advertises the house, as lines of its other pages do.

        What reads like an advertisement is one where another page has it, whatever names and
        numbers it has; what calls on its reader, where another page has a line that does.
        """
        if not self.pages or not reads_like_advertisement(line, self._code):
            return False
        if self._masked is None:
            lines = [other for page in self.pages for other in page if len(other) <= LONGEST]
            self._masked = frozenset(map(masked_key, lines))
            self._calls = any(calls_on_reader(other, self._code) for other in lines)
        if masked_key(key) in self._masked:
            return True
        return self._calls and calls_on_reader(line, self._code)

    def _furniture(self, line: str, side: int, place: int) -> str | None:
        """Which filter takes a line out by its form and place."""
        if self._articles is None:
            block = Block(line, line, "article", "p", True, 0, (), (), False, False)
            return name_furniture((block,), 0, self._code)
        article = self._articles[side]
        at = article.at(place)
        if at is None:
            return None
        found = name_furniture(article.blocks, at, self._code)
        return found or name_by_place(article, at, self._code)

    def _is_of_rights(self, line: str, side: int) -> bool:
        """Whether a line about rights differs from one of the other article in its years alone."""
        if self._articles is None or (key := rights_key(line)) is None:
            return False
        if self._rights is None:
            self._rights = tuple(
                {rights_key(one.text) for one in article.blocks if one.tag not in CAPTIONS}
                for article in self._articles
            )
        return key in self._rights[0] and key in self._rights[1]

    def _is_held(self, key: str, line: str, side: int) -> bool:
        """Whether enough other pages have a line; of list items and what is told of names, two."""
        if key in self._sure:
            return True
        return key in self._lines and not (_LISTED.search(line) or self._is_of_story(key, side))

    def _is_of_story(self, key: str, side: int) -> bool:
        """Whether a name in a line stands in other lines of its text as well.

        Where nouns have capitals, a name is two words with one.
        """
        pairs = [(one, two) for one, two in pairwise(words(key)) if is_capital(two)]
        if pick_lexicon(*self.sides[side].codes()).nouns:
            names = {f"{one} {two}" for one, two in pairs if is_capital(one)}
        else:
            names = {two for one, two in pairs if len(two) > 2 and is_word(one)}
        text = self.sides[side].text or ""
        return any(text.count(name) > key.count(name) for name in names)

    def _is_counter(self, line: str) -> bool:
        if len(line) > 120 or not any(sign.isdecimal() for sign in line):
            return False
        ours = _Line.of(cosmetic_key(line))
        if len(ours.masked) > COUNTER or ours.is_sentence:
            return False
        if self._counters is None:
            self._counters = [_short_lines(page) for page in self.pages]
        return self._are_enough(
            sum(any(_alike(ours, other) for other in page) for page in self._counters), line
        )


def _short_lines(keys: Iterable[str]) -> list[_Line]:
    """The short lines with a number, of the cosmetic keys of a page's lines."""
    return [
        line
        for key in keys
        if len(key) <= 120
        and any(sign.isdecimal() for sign in key)
        and len((line := _Line.of(key)).masked) <= COUNTER
    ]


def _alike(one: _Line, two: _Line) -> bool:
    shared = {word for word in one.masked if word[0].isalpha()} & set(two.masked)
    return (
        bool(shared)
        and one.names <= set(two.masked)
        and LCSseq.normalized_similarity(one.masked, two.masked) >= ALIKE
    )
