"""Speech that begins with a dash instead of a mark, as "– Ja, sier hun" does.

Most paragraphs that begin with a dash or a hyphen are items of a list. One is speech only in a
language that has the habit, and only where its surroundings show it: a reporting verb behind a
comma, a reporting verb and a colon at the end of the paragraph before, or, in Norwegian, a dash
that stands in no list.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from attrs import define

from archive.article.quotations.marks import Pair
from archive.article.quotations.vocabulary import Vocabulary
from archive.typography import DASHES, LONG_DASHES

__all__ = ["find_speech"]

_LINE = re.compile(rf"^[ \t]*([{DASHES}])[ \t\u00a0]*(?=[^\s{DASHES}])[^\n]+", re.MULTILINE)
_NARRATOR = re.compile(
    rf"(?:([,!?.…»”\"])[ \u00a0]+(?:[{LONG_DASHES}][ \u00a0]?)?|[ \u00a0][{LONG_DASHES}][ \u00a0]?)"
    r"(\w[\w-]*)"
)
_RESUMED = re.compile(rf"(?<=[.!?:])[ \u00a0]+(?=[{LONG_DASHES}][ \u00a0]?\S)")
_HEADLINE = re.compile(rf"(?<=: )[{LONG_DASHES}] [^\n:]*+(?<=\w)(?=\n|\Z)")
_SHORT = 60
_NEAR = 4
"""How many words behind a verb of manner its subject is looked for."""


@define
class _Line:
    """A paragraph that begins with a dash."""

    start: int
    end: int
    mark: str
    speech: list[Pair]


def find_speech(text: str, pairs: Sequence[Pair], words: Vocabulary) -> list[Pair]:
    """Find the spoken parts of the paragraphs that begin with a dash.

    Args:
        text: the text record: a paragraph a line.
        pairs: the quotations between marks, which a narrator's words never lie in.
        words: the vocabulary of the text's language.

    Returns:
        First and last (exclusive) code point of each, the dash included, the comma before a
        reporting verb left out.
    """
    if not words.dashes:
        return []
    reader = _Reader(text, pairs, words)
    found = [pair for run in reader.runs() for pair in reader.spoken(run)]
    if words.code == "no":
        found += [
            match.span() for match in _HEADLINE.finditer(text) if reader.is_free(*match.span())
        ]
    return found


class _Reader:
    def __init__(self, text: str, pairs: Sequence[Pair], words: Vocabulary) -> None:
        self.text = text
        self.pairs = pairs
        self.words = words
        self.starts = [start for start, _ in pairs]
        self.covered = [0]
        for _, end in pairs:
            self.covered.append(max(self.covered[-1], end))

    def is_free(self, start: int, end: int) -> bool:
        """Whether no quotation reaches over either end."""
        return not (self._within(start) or self._within(end))

    def _within(self, at: int) -> bool:
        """Whether this position lies inside a quotation between marks."""
        return self.covered[bisect_right(self.starts, at - 1)] > at

    def runs(self) -> Iterator[list[_Line]]:
        """Paragraphs with dashes that follow one another."""
        run: list[_Line] = []
        for match in _LINE.finditer(self.text):
            if run and match.start() != run[-1].end + 1:
                yield run
                run = []
            start, end = match.start(1), match.end()
            run.append(_Line(start, end, match.group(1), self._parts(start, end)))
        if run:
            yield run

    def _parts(self, start: int, end: int) -> list[Pair]:
        """The spoken parts of a paragraph where a reporting verb shows that it is speech."""
        found = []
        while start < end:
            narrator = self._narrator(start, end)
            if narrator is None:
                break
            found.append((start, narrator[0]))
            resumed = _RESUMED.search(self.text, narrator[1], end)
            if resumed is None or self._within(resumed.end()):
                return found
            start = resumed.end()
        return [*found, (start, end)] if found else []

    def _narrator(self, start: int, end: int) -> Pair | None:
        """Where speech ends and a reporting verb begins."""
        for match in _NARRATOR.finditer(self.text, start + 1, end):
            verb = match.group(2)
            if not self._reports(verb, match.end(2)) or self._within(match.start(2)):
                continue
            closing = match.group(1)
            kept = closing is not None and closing != ","
            return (match.end(1) if kept else match.start()), match.end()
        return None

    def _reports(self, word: str, end: int) -> bool:
        """Whether a word that ends here reports: of manner, only with its subject behind it."""
        if not self._is_verb(word):
            return False
        words = self.words
        if word in words.verbs or word not in words.manner:
            return True
        after = re.split(r"[\n,.]", self.text[end : end + _SHORT], maxsplit=1)[0].split()[:_NEAR]
        return any(one[0].isupper() or one in words.articles | words.pronouns for one in after)

    def _is_verb(self, word: str) -> bool:
        if not word.islower():
            return False
        words = self.words
        if word in words.reporting:
            return True
        return any(
            word.endswith(ending) and word.removesuffix(ending) in words.reporting
            for ending in words.clitics
        )

    def spoken(self, run: list[_Line]) -> Iterator[Pair]:
        """The speech in a run of such paragraphs."""
        proven = any(line.speech for line in run)
        for line in run:
            whole = [(line.start, line.end)]
            speech = line.speech or (whole if self._is_likely(line, run, proven) else [])
            yield from (pair for pair in speech if self.is_free(*pair))

    def _announced(self, at: int) -> bool:
        """Whether the paragraph before ends with a colon and has a reporting verb near it."""
        line = self.text[self.text.rfind("\n", 0, max(0, at - 1)) + 1 : at].rstrip()[-200:]
        return line.endswith(":") and any(self._is_verb(word) for word in re.findall(r"\w+", line))

    def _is_likely(self, line: _Line, run: list[_Line], proven: bool) -> bool:
        last = self.text[line.end - 1]
        if last in ";,:":
            return False
        if (proven or len(run) == 1) and self._announced(line.start):
            return True
        if line.mark != "-" and proven:
            return True
        if self.words.code != "no":
            return False
        if line.mark == "-":
            return len(run) == 1 and line.end - line.start < _SHORT and last.isalnum()
        return len(run) < 3
