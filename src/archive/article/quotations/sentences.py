"""The narration around quotations: paragraphs with the quoted words blanked out, in sentences.

Quoted words are replaced by as many fillers, so that positions stay those of the text and nothing
that a quotation says is taken for the narrator's words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from attrs import define, field

from archive.article.quotations.vocabulary import Vocabulary

__all__ = ["QUOTED", "Narration", "Sentence", "last_character"]

QUOTED = "\ue000"
"""The filler: a character of the private use area. A run of it is one token."""

_TOKEN = re.compile(rf"{QUOTED}+|[^\W_]+(?:['’.\-‑][^\W_]+)*-?|\S")
_END = re.compile(rf"[.!?…。]+[)\]]*(?=\s)|{QUOTED}(?=\s)")
_LONGEST = 2000
"""How many code points of narration one sentence may have: the rest starts another."""


@define
class Sentence:
    """One sentence as tokens, with their positions in the text; `quotes` are the quoted ones."""

    words: list[str]
    lows: list[str]
    starts: list[int]
    ends: list[int]
    quotes: list[int] = field(factory=list)

    @classmethod
    def read(cls, masked: str, start: int, end: int) -> Sentence:
        """Take a stretch of masked text apart."""
        words, starts, ends, quotes = [], [], [], []
        for match in _TOKEN.finditer(masked, start, end):
            word = match.group()
            if word[0] == QUOTED:
                quotes.append(len(words))
                word = QUOTED
            words.append(word)
            starts.append(match.start())
            ends.append(match.end())
        return cls(words, [word.lower() for word in words], starts, ends, quotes)

    @property
    def is_bare(self) -> bool:
        """Whether it has quoted words and nothing else but punctuation."""
        return bool(self.quotes) and all(not word[0].isalnum() for word in self.words)


def last_character(text: str, end: int) -> str:
    """The last character of a quotation that ends here, its closing mark aside."""
    last = text[end - 1]
    return last if last.isalnum() or last in ".,!?…" else text[end - 2]


class Narration:
    """A text's paragraphs in sentences, read when asked for and once."""

    def __init__(self, text: str, tops: Sequence[tuple[int, int]], words: Vocabulary) -> None:
        self.text = text
        self.masked = _mask(text, tops)
        self.words = words
        self.bounds = list(_lines(self.masked))
        self._read: dict[int, list[Sentence]] = {}

    def sentences(self, paragraph: int) -> list[Sentence]:
        """The sentences of the paragraph with this number, from 0."""
        if paragraph not in self._read:
            start, end = self.bounds[paragraph]
            cuts = list(self._cuts(start, end))
            pieces = zip([start, *cuts], [*cuts, end], strict=True)
            self._read[paragraph] = [
                Sentence.read(self.masked, *piece) for piece in pieces if piece[0] < piece[1]
            ]
        return self._read[paragraph]

    def _cuts(self, start: int, end: int) -> Iterator[int]:
        last = start
        for match in _END.finditer(self.masked, start, end):
            cut = match.end()
            after = self.masked[cut : cut + 24].lstrip()[:1]
            if cut - last > _LONGEST or (
                after and not after.islower() and after not in "–—-," and self._ends(match)
            ):
                yield cut
                last = cut

    def _ends(self, match: re.Match[str]) -> bool:
        """Whether a sentence ends with this mark, given that no small letter follows."""
        at = match.start()
        if match.group() == QUOTED:
            last = last_character(self.text, at + 1)
            return last in ".…。" or (last in "!?" and not self._reports(match.end()))
        if match.group()[0] != ".":
            return True
        word = self.masked[max(0, at - 12) : at].rpartition(" ")[2].lstrip("([").lower()
        if word.isdecimal():
            return not self.words.inverts
        return not (word in self.words.titles or (len(word) == 1 and word.isalpha()))

    def _reports(self, at: int) -> bool:
        """Whether a few words with a reporting verb among them follow, as after “Why?”."""
        for word in self.masked[at : at + 60].split()[:6]:
            bare = word.strip(",.;:()")
            if bare in self.words.verbs:
                return True
            if bare != word and word[-1] in ".;:":
                return False
        return False


def _mask(text: str, tops: Sequence[tuple[int, int]]) -> str:
    pieces, last = [], 0
    for start, end in tops:
        pieces += [text[last:start], QUOTED * (end - start)]
        last = end
    return "".join([*pieces, text[last:]])


def _lines(masked: str) -> Iterator[tuple[int, int]]:
    """Where paragraphs begin and end; one with a quotation over several is one paragraph."""
    start = 0
    while start < len(masked):
        end = masked.find("\n", start)
        end = len(masked) if end < 0 else end
        yield start, end
        start = end + 1
