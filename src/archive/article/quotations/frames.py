"""Speakers in languages without capital letters, or whose word order says who speaks.

Japanese marks the speaker with a particle, Korean too, and ties the quoted words to the verb with
another; Chinese puts subject and verb next to the marks; Arabic begins with the verb; Turkish ends
with it. What each has is a few frames: lines of the section ``speech.frames`` of its file, which
are regular expressions around ``{quote}`` for what stands before and behind the marks. In them are

    {who}     the speaker: the expression of the section ``speech.subject``
    {verb}    any verb of ``speech.verbs``
    {named}   the beginning of a group that is the speaker, where only this frame knows his form
    {q}       the filler of quoted words; {l} Latin letters and digits, wide ones too; {u} capitals:
              these three for use in a class of characters

The first frame that fits decides. One without ``{who}``, or one that finds a pronoun, stands for
the last speaker before it, and what it finds is inferred. Only the sentence and the words right
behind the marks are looked at, so many characters at most: time grows with the text, no faster.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache

from attrs import evolve, frozen

from archive.article.quotations.sentences import QUOTED, mask
from archive.article.quotations.story import Span, Voice
from archive.article.quotations.vocabulary import Vocabulary

__all__ = ["Frames"]

_BEFORE, _BEHIND = 240, 100
"""How many characters of a sentence are looked at on each side of a quotation."""
_FAR = 400
"""How many characters back the last speaker may stand for whom a sentence has no name."""
_LONGEST = 60
"""How many characters a speaker may have."""
_END = re.compile(r"[。！？\n]|[.!?؟](?=\s)")
_SLOT = re.compile(r"\{(?:who|verb|named|q|l|u)\}")
_SLOTS = {
    "{named}": "(?P<who>",
    "{q}": QUOTED,
    "{l}": "A-Za-z0-9Ａ-Ｚａ-ｚ０-９",
    "{u}": "A-ZÇĞİÖŞÜÂÎÛ",
}
_FILLED = re.compile(rf"[\n{QUOTED}]")


@frozen
class _Frame:
    """What stands before a quotation, up to it, and what stands behind it."""

    before: re.Pattern[str]
    behind: re.Pattern[str]


@cache
def _compiled(words: Vocabulary) -> tuple[tuple[_Frame, ...], tuple[re.Pattern[str], ...]]:
    """The frames of a language, and what is taken off its speakers."""
    verbs = "|".join(sorted(map(re.escape, words.verbs), key=lambda verb: (-len(verb), verb)))
    slots = {
        **_SLOTS,
        "{who}": f"(?P<who>{_fill(''.join(words.subject), _SLOTS)})",
        "{verb}": f"(?P<verb>{verbs})",
    }
    frames = []
    for line in words.frames:
        before, _, behind = _fill(line, slots).partition("{quote}")
        frames.append(_Frame(re.compile(rf"(?:{before})\Z"), re.compile(behind)))
    return tuple(frames), tuple(re.compile(_fill(trim, _SLOTS)) for trim in words.trims)


def _fill(line: str, slots: Mapping[str, str]) -> str:
    """A line of a file with what its slots stand for."""
    return _SLOT.sub(lambda slot: slots[slot.group()], line)


class Frames:
    """The speakers of one text."""

    def __init__(self, text: str, tops: Sequence[Span], words: Vocabulary) -> None:
        """Take a text, the quotations that lie in no other, and a vocabulary with frames."""
        self.text = text
        self.masked = mask(text, tops)
        self.tops = tops
        self.words = words
        self.frames, self.trims = _compiled(words)
        self.last: Voice | None = None

    def voices(self) -> dict[Span, Voice | None]:
        """A speaker or None for each quotation."""
        return {top: self._voice(top) for top in self.tops}

    def _voice(self, top: Span) -> Voice | None:
        begin = self._begin(top[0])
        before, behind = self.masked[begin : top[0]], self.masked[top[1] : self._end(top[1])]
        for frame in self.frames:
            first = frame.before.search(before)
            second = frame.behind.match(behind) if first else None
            if first and second:
                voice = self._found(top, (begin, first), (top[1], second))
                if voice and not voice.inferred:
                    self.last = voice
                return voice
        return None

    def _begin(self, at: int) -> int:
        """Where the sentence begins that a position stands in."""
        begin = max(0, at - _BEFORE)
        for end in _END.finditer(self.masked, begin, at):
            begin = end.end()
        while begin < at and self.masked[begin].isspace():
            begin += 1
        return begin

    def _end(self, at: int) -> int:
        """Where the words behind a quotation end that may tell of it."""
        end = min(len(self.masked), at + _BEHIND)
        stop = _FILLED.search(self.masked, at, end)
        return stop.start() if stop else end

    def _found(self, top: Span, *parts: tuple[int, re.Match[str]]) -> Voice | None:
        """The voice of two matches, each with where its text begins; one at most has a speaker."""
        groups: dict[str, Span] = {}
        for at, part in parts:
            for group, found in part.groupdict().items():
                if found:
                    groups[group] = (at + part.start(group), at + part.end(group))
        verb = groups.get("verb")
        if "who" not in groups:
            return self._again(top, verb)
        name = self._trimmed(groups["who"])
        if name is None:
            return None
        if self.text[slice(*name)].lower() in self.words.pronouns:
            return self._again(top, verb, person=True)
        return Voice(name, verb)

    def _again(self, top: Span, verb: Span | None, *, person: bool = False) -> Voice | None:
        """The last speaker, where he is near enough to be meant, and no body is a "he"."""
        if self.last is None or top[0] - self.last.name[1] > _FAR:
            return None
        if person and self.text[slice(*self.last.name)].endswith(tuple(self.words.things)):
            return None
        return evolve(self.last, verb=verb, inferred=True)

    def _trimmed(self, name: Span) -> Span | None:
        """A name without what the language's file takes off, or None where nothing is left."""
        start, found = name[0], self.masked[slice(*name)]
        for trim in self.trims:
            match = trim.search(found)
            if match is None:
                continue
            if match.start() == 0:
                start, found = start + match.end(), found[match.end() :]
            else:
                found = found[: match.start()]
        if len(found) > _LONGEST or QUOTED in found or not any(map(str.isalpha, found)):
            return None
        return None if found.lower() in self.words.nobody else (start, start + len(found))
