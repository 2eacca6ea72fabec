"""Where quoted words begin and end: pairs of marks, paragraph by paragraph.

One pass over the marks of the text with a stack for the open ones; every mark is pushed and popped
at most once. A mark stays within its paragraph, with one exception, the newspapers' convention: a
paragraph that ends without a closing mark, directly followed by one that begins with an opening
mark, continues the same quotation. A mark that finds no partner is left out and changes no pair.

What a mark can be follows from its shape and its neighbours: ``“`` opens in English and closes in
German, ``»`` closes in French and opens in German, and ``"`` and ``'`` say nothing by themselves.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from attrs import define

from archive.typography import CLOSED_BY, DOUBLE_MARKS, MARKS, SINGLE_MARKS

__all__ = ["Pair", "pair_marks"]

Pair = tuple[int, int]
"""First and last (exclusive) code point of a quotation, marks included."""

_MARK = re.compile(rf"``|''|[\n{MARKS}]")
_TYPED = {"``": "“", "''": '"'}
"""Marks of two characters, as they are typed for one, each with the mark that it is."""
_SINGLE = frozenset(SINGLE_MARKS)
_DOUBLE = frozenset(DOUBLE_MARKS)
_BEFORE_OPENING = frozenset("’ \t\u00a0\u2009\u202f([{<—–-/¿¡:=|“„«»‘‚'\"*_")
_AFTER_CLOSING = frozenset(" \t\u00a0\u2009\u202f)]}>.,;:!?…—–-/=|”“\"«»’‘'*_、。，")
_ONE_WAY = {**dict.fromkeys("„‟「『", (True, False)), **dict.fromkeys("」』", (False, True))}
_ANGLES = frozenset("«»‹›")
_ELISION = re.compile(r"(?:\d\ds|em|til|n|cause|tis|twas|cos|bout)(?!\w)", re.IGNORECASE)
_FEET = re.compile(r"\d['’]\s?\d{1,2}\Z")


@define
class _Open:
    """An opening mark: the mark, where the quotation began, a possible end not yet taken."""

    mark: str
    start: int
    doubtful_end: int | None = None


def pair_marks(text: str) -> list[Pair]:
    """Find the quotations between marks, inner ones too, in the order of their beginnings.

    Args:
        text: the text record: a paragraph a line.

    Returns:
        Pairs that lie apart or within one another, never across.
    """
    paragraphs = _Paragraphs(text)
    for found in _MARK.finditer(text):
        if found.group() == "\n":
            paragraphs.finish(found.start())
        else:
            paragraphs.take(found.group(), found.start(), found.end())
    paragraphs.finish(len(text))
    return sorted(paragraphs.pairs, key=lambda pair: (pair[0], -pair[1]))


class _Paragraphs:
    """The marks still open in the paragraph, and the quotation that runs on from the last one."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.pairs: list[Pair] = []
        self.stack: list[_Open] = []
        self.counts: dict[str, int] = {}
        self.begin = 0
        self.running: _Open | None = None
        self.resumed: _Open | None = None
        self.closed_since: set[str] = set()

    def take(self, sign: str, at: int, end: int) -> None:
        """Read one mark of the paragraph, which may be of two characters."""
        mark = _TYPED.get(sign, sign)
        before = self.text[at - 1] if at > self.begin else " "
        after = self.text[end : end + 1] or "\n"
        if mark in _SINGLE and before.isalnum() and after.isalnum():
            return
        self._resume(mark, at)
        opens, closes = _directions(mark, before, after)
        if mark in _SINGLE:
            self._take_single(mark, at, opens, closes)
        elif closes and (self._is_open(mark) or not opens):
            if mark != '"' or not _FEET.search(self.text, max(self.begin, at - 5), at):
                self._close(mark, end)
        elif opens:
            self._open(mark, at)

    def _take_single(self, mark: str, at: int, opens: bool, closes: bool) -> None:
        if opens and not _ELISION.match(self.text, at + 1):
            top = self.stack[-1] if self.stack else None
            if top is not None and top.mark == mark and top.doubtful_end is not None:
                self._settle(top)
            self._open(mark, at)
        elif closes and self.stack and self.stack[-1].mark in CLOSED_BY.get(mark, ""):
            if self._is_possessive(at):
                self.stack[-1].doubtful_end = self.stack[-1].doubtful_end or at + 1
            else:
                self._close(mark, at + 1)

    def _is_possessive(self, at: int) -> bool:
        """Whether this may be the apostrophe of "the players' room"."""
        after = self.text[at + 1 : at + 3]
        return self.text[at - 1] == "s" and after[:1] == " " and after[1:].islower()

    def _is_open(self, mark: str) -> bool:
        if not self.stack:
            return False
        return any(self.counts.get(opening) for opening in CLOSED_BY.get(mark, ""))

    def _resume(self, mark: str, at: int) -> None:
        """At the paragraph's first mark: whether it continues the quotation that runs on."""
        running, self.running = self.running, None
        continues = running and running.mark == mark and not self.text[self.begin : at].strip()
        self.resumed = running if continues else None

    def _open(self, mark: str, at: int) -> None:
        start = self.resumed.start if self.resumed else at
        self.stack.append(_Open(mark, start))
        self.counts[mark] = self.counts.get(mark, 0) + 1
        self.closed_since.discard(mark)

    def _pop(self) -> _Open:
        top = self.stack.pop()
        self.counts[top.mark] -= 1
        return top

    def _close(self, mark: str, end: int) -> None:
        """Pair the last mark that this one closes with it, up to its end; later ones stay alone."""
        if not self._is_open(mark):
            return
        opening = CLOSED_BY[mark]
        while True:
            top = self._pop()
            if top.mark in opening:
                break
            if top.doubtful_end is not None:
                self.pairs.append((top.start, top.doubtful_end))
        self.pairs.append((top.start, end))
        self.closed_since.add(top.mark)

    def _settle(self, top: _Open) -> None:
        if top.doubtful_end is not None:
            self._pop()
            self.pairs.append((top.start, top.doubtful_end))

    def finish(self, end: int) -> None:
        """End the paragraph; remember the quotation that may run on in the next one."""
        self.running = None
        while self.stack:
            top = self._pop()
            if top.doubtful_end is not None:
                self.pairs.append((top.start, top.doubtful_end))
            elif top.mark not in self.closed_since and self._runs_on(top):
                self.running = top
        self.begin = end + 1
        self.closed_since.clear()

    def _runs_on(self, top: _Open) -> bool:
        """The last double mark still open, or else the last single one, may run on.

        A straight single one may where the paragraph begins with it: elsewhere it is an apostrophe
        as often.
        """
        if top.mark in _DOUBLE:
            return self.running is None or self.running.mark not in _DOUBLE
        opening = not self.text[self.begin : top.start].strip() or top.start < self.begin
        return self.running is None and (top.mark == "‘" or (top.mark == "'" and opening))


def _directions(mark: str, before: str, after: str) -> tuple[bool, bool]:
    """Whether a mark can open, and whether it can close, between these two characters."""
    if mark in _ONE_WAY:
        return _ONE_WAY[mark]
    blank_before, blank_after = before.isspace(), after.isspace()
    opens = (blank_before or before in _BEFORE_OPENING) and not blank_after
    closes = not blank_before and (blank_after or after in _AFTER_CLOSING)
    if mark in _ANGLES:
        inside = before in "’'([{"
        return _angles(mark, opens and after not in ",.;:!?)", closes and not inside)
    if mark == "“" and not opens:
        closes = not blank_before and before not in "([{"
    return _MAY_BE.get(mark, _as_it_stands)(opens, closes)


def _as_it_stands(opens: bool, closes: bool) -> tuple[bool, bool]:
    return opens, closes


_MAY_BE: dict[str, Callable[[bool, bool], tuple[bool, bool]]] = {
    "“": lambda _, closes: (True, closes),
    "”": lambda opens, closes: (opens and not closes, not opens or closes),
    "‘": lambda opens, closes: (opens or not closes, closes and not opens),
    "’": lambda _, closes: (False, closes),
    "‚": lambda opens, _: (opens, False),
    "‛": lambda opens, _: (opens, False),
    '"': lambda opens, closes: (opens or not closes, closes or not opens),
}
"""What a mark can be where its neighbours let it open, let it close, both or neither."""


def _angles(mark: str, opens: bool, closes: bool) -> tuple[bool, bool]:
    """Guillemets: « opens and » closes, with or without spaces inside; or the other way round."""
    if opens != closes:
        return opens, closes
    outward = mark in "«‹"
    return outward, not outward
