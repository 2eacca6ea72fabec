"""What changes from capture to capture without anybody having edited the article.

Nothing here knows a publisher, nor how an advertisement or a counter is worded. A line is
boilerplate when other captures of the same host, of other articles, have it too, or when both the
page's markup and its place say that it is furniture. A short line with numbers is a counter when
other captures of the host have one with mostly the same words; never when it is a sentence
("Police said 14 people were hurt."), nor when it names what the other does not. A passage is an
artefact of the extraction when the page that "lost" it still shows it in its body.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from attrs import define, field, frozen
from rapidfuzz.distance import LCSseq

from archive.comparison.folding import cosmetic_key, is_word, masked_key, tight_key, words
from archive.comparison.names import is_capital
from archive.comparison.side import Side

__all__ = ["Host", "Noise"]

COUNTER = 12
"""A counter has no more words and signs than this."""

ALIKE = 0.5
"""How much of two counters' words must be the same."""

SENTENCE = 4
"""A line of so many words that ends as a sentence does is one, not a counter."""

COPY = 0.5
"""An other capture that has this share of the article's lines is a copy of it, and says nothing."""

_STOP = re.compile(r"[.!?。！？｡؟۔।॥][\"')\]」』»]*\Z")


@frozen
class Host:
    """What other captures of a host have in their texts.

    Args:
        captures: for each of them the cosmetic keys of its lines.
    """

    captures: tuple[frozenset[str], ...] = field(default=(), repr=False)

    @classmethod
    def of(cls, texts: Iterable[str]) -> Host:
        """Read the texts of other captures of the host, of other articles."""
        return cls(tuple(_keys(text) for text in texts))

    def lines(self, *sides: Side) -> frozenset[str]:
        """The lines of all captures but those that are copies of one of these sides."""
        if not self.captures:
            return frozenset()
        ours = [_keys(side.text or "") for side in sides]
        return frozenset(
            line
            for capture in self.captures
            if not any(len(capture & own) > COPY * max(len(own), 1) for own in ours)
            for line in capture
        )


def _keys(text: str) -> frozenset[str]:
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
        lines: the lines that other captures of the host have.
        counts: how often each filter said so.
    """

    sides: tuple[Side, Side]
    lines: frozenset[str]
    counts: dict[str, int] = field(factory=dict)
    _counters: list[_Line] | None = None

    def count(self, name: str, times: int = 1) -> None:
        """Count differences that a filter took out."""
        if times:
            self.counts[name] = self.counts.get(name, 0) + times

    def is_line(self, line: str, side: int) -> bool:
        """Whether a line of one side is boilerplate or a counter; it is counted if so."""
        key = cosmetic_key(line)
        page = self.sides[side].page
        if key in self.lines or (page is not None and tight_key(line) in page.furniture):
            self.count("boilerplate")
            return True
        if self.lines and self._is_counter(line):
            self.count("counter")
            return True
        return False

    def _is_counter(self, line: str) -> bool:
        if len(line) > 120 or not any(sign.isdecimal() for sign in line):
            return False
        ours = _Line.of(cosmetic_key(line))
        if len(ours.masked) > COUNTER or ours.is_sentence:
            return False
        if self._counters is None:
            self._counters = [
                other
                for key in sorted(self.lines)
                if len(key) <= 120
                and any(sign.isdecimal() for sign in key)
                and len((other := _Line.of(key)).masked) <= COUNTER
            ]
        return any(_alike(ours, other) for other in self._counters)

    def is_artefact(self, removed: Sequence[str], added: Sequence[str]) -> bool:
        """Whether it is the extraction that differs, not the page; it is counted if so.

        Args:
            removed: sentences taken out of the text; each must show as often in the later page.
            added: sentences put in; each must show as often in the earlier page.

        A whole paragraph that only one side's text has is an artefact too where both pages have it
        at the same place, though that place is outside what the other text was taken from.
        """
        old, new = self.sides[0].page, self.sides[1].page
        if old is None or new is None:
            return False
        found = all(0 < old.times(one) <= new.times(one) for one in removed) and all(
            0 < new.times(one) <= old.times(one) for one in added
        )
        whole = tight_key(" ".join(removed or added))
        stayed = (not removed or not added) and (
            old.places.get(whole, "") == new.places.get(whole) is not None
        )
        if found or stayed:
            found = True
            self.count("extraction-artefact", max(len(removed), len(added)))
        return found


def _alike(one: _Line, two: _Line) -> bool:
    shared = {word for word in one.masked if word[0].isalpha()} & set(two.masked)
    return (
        bool(shared)
        and one.names <= set(two.masked)
        and LCSseq.normalized_similarity(one.masked, two.masked) >= ALIKE
    )
