"""The narration around quotations: paragraphs with the quoted words blanked out, in sentences.

Quoted words are replaced by as many fillers, so that positions stay those of the text and nothing
that a quotation says is taken for the narrator's words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import pairwise

from archive.article.quotations.vocabulary import Vocabulary
from archive.typography import DASHES, DIRECTIONS, INVISIBLE

__all__ = ["QUOTED", "Narration", "Sentence", "last_character", "mask"]

QUOTED = "\ue000"
"""The filler: a character of the private use area. A run of it is one token."""

_TOKEN = re.compile(rf"{QUOTED}+|[^\W_]+(?:['’.\-‑][^\W_]+)*-?|(?<!\S)['’][a-z](?=\s)|\S")
_ELIDED = (
    "[cdjlmnstCJLMNST]|[Qq]u|[Ll]orsqu|[Pp]uisqu|[Jj]usqu|[Dd]ell|[Aa]ll|[Nn]ell|[Ss]ull|[Dd]all"
    "|[Cc]oll|[Uu]n|[Qq]uest|[Cc]om"
)
_ELIDING_TOKEN = re.compile(rf"\b(?:{_ELIDED})['’](?!après)(?=[^\W\d_])|{_TOKEN.pattern}")
"""The same where French or Italian "l’avocat" is two words. D’Angelo is a name, and one."""
_INVISIBLE = re.compile(f"[{INVISIBLE}{DIRECTIONS}]")
_JOINED = re.compile(rf"(?<=\w){_INVISIBLE.pattern}(?=\w)")
_END = re.compile(rf"[.!?…。)\]{QUOTED}](?=\s)")
_PLAIN = re.compile(rf"[^{QUOTED}]")
_LONGEST = 1000
"""After how many code points a sentence without an end is cut, quoted words being left whole."""
_KEPT = 256
"""How many sentences are kept as they were read: more than any rule looks back over."""


class Sentence:
    """One sentence as tokens: as they stand, in lower case, and which are quoted words."""

    def __init__(self, masked: str, start: int, end: int, *, elides: bool = False) -> None:
        """Take a stretch of masked text apart, elided words too where the language has them."""
        self._token = _ELIDING_TOKEN if elides else _TOKEN
        self.masked = masked
        self.start = start
        self.end = end
        words = self._token.findall(masked, start, end)
        self.quotes = [at for at, word in enumerate(words) if word[0] == QUOTED]
        for at in self.quotes:
            words[at] = QUOTED
        self.words: list[str] = words
        self.lows = "\n".join(words).lower().split("\n") if words else []
        self._positions: list[tuple[int, int]] | None = None

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Where these tokens stand in the text, from the first to the last, which is included."""
        if self._positions is None:
            found = self._token.finditer(self.masked, self.start, self.end)
            self._positions = [match.span() for match in found]
        return self._positions[first][0], self._positions[last][1]

    @cached_property
    def is_bare(self) -> bool:
        """Whether it has quoted words and nothing else but punctuation."""
        return bool(self.quotes) and all(not word[0].isalnum() for word in self.words)


def last_character(text: str, end: int) -> str:
    """The last character of a quotation that ends here, its closing mark aside."""
    last = text[end - 1]
    if last.isalnum() or last in ".,!?…":
        return last
    end -= 1
    while end > 1 and text[end - 1] in " \u00a0\u202f'":  # « Non. », ``No.''
        end -= 1
    return text[end - 1]


class Narration:
    """A text's paragraphs in sentences, read when asked for and once."""

    def __init__(self, text: str, tops: Sequence[tuple[int, int]], words: Vocabulary) -> None:
        self.text = text
        self.masked = mask(text, tops)
        self.words = words
        self.bounds = list(_lines(self.masked))
        self._pieces: dict[int, list[tuple[int, int]]] = {}
        self._sentences: dict[int, Sentence] = {}

    def pieces(self, paragraph: int) -> list[tuple[int, int]]:
        """Where the sentences of the paragraph with this number, from 0, begin and end."""
        if paragraph not in self._pieces:
            start, end = self.bounds[paragraph]
            cuts = [start, *self._cuts(start, end), end]
            self._pieces[paragraph] = [
                piece
                for whole in pairwise(cuts)
                for piece in self._short(*whole)
                if not self.masked[slice(*piece)].isspace()
            ]
        return self._pieces[paragraph]

    def sentence(self, piece: tuple[int, int]) -> Sentence:
        """The sentence between two positions that `pieces` gave."""
        sentence = self._sentences.get(piece[0])
        if sentence is None:
            if len(self._sentences) >= _KEPT:
                del self._sentences[next(iter(self._sentences))]
            sentence = Sentence(self.masked, *piece, elides=self.words.elides)
            self._sentences[piece[0]] = sentence
        return sentence

    def _short(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """A sentence in pieces that bound what is done for each of its words."""
        while end - start > _LONGEST:
            cut = _PLAIN.search(self.masked, start + _LONGEST, end)
            if cut is None:
                break
            yield start, cut.start()
            start = cut.start()
        if start < end:
            yield start, end

    def _cuts(self, start: int, end: int) -> Iterator[int]:
        for match in _END.finditer(self.masked, start, end):
            cut = match.end()
            after = self.masked[cut : cut + 24].lstrip()[:1]
            if after and not after.islower() and after not in f"{DASHES}," and self._ends(cut - 1):
                yield cut

    def _ends(self, at: int) -> bool:
        """Whether a sentence ends with this character, given that no small letter follows."""
        if self.masked[at] == QUOTED:
            last = last_character(self.text, at + 1)
            return last in ".…。" or (last in "!?" and not self._reports(at + 1))
        if self.masked[at] in ")]":
            return self.masked[at - 1] in ".!?…。"
        if self.masked[at] != "." or self.masked[at - 1] == ".":
            return True
        word = self.masked[max(0, at - 12) : at].rpartition(" ")[2].lstrip("([").lower()
        if word.isdecimal():
            return not self.words.inverts
        return not (word in self.words.titles or (len(word) == 1 and word.isalpha()))

    def _reports(self, at: int) -> bool:
        """Whether a few words with a reporting verb among them follow, as after “Why?”."""
        for word in self.masked[at : at + 60].split()[:6]:
            bare = word.strip(",.;:()")
            if bare in self.words.reporting:
                return True
            if bare != word and word[-1] in ".;:":
                return False
        return False


def mask(text: str, tops: Sequence[tuple[int, int]]) -> str:
    """A text with as many fillers as there are quoted characters in their place.

    Signs without a width end no word and are none: between letters they are one that no word has,
    elsewhere a blank, so that positions stay.
    """
    if _INVISIBLE.search(text):
        text = _INVISIBLE.sub(" ", _JOINED.sub("ʼ", text))
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
