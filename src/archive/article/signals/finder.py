"""Collects claims: the value is always read from the bytes it points at."""

from __future__ import annotations

import re
from typing import Protocol

from archive.article import dates
from archive.article.bylines import names
from archive.article.claims import Claim, Strength
from archive.article.rosters import invert
from archive.article.signals.located import LocatedText
from archive.article.signals.source import Source, clean
from archive.article.signals.table import SignalName

__all__ = ["LARGEST", "LONGEST", "MOST", "MOST_AUTHORS", "Finder"]

MOST = 8
"""How many claims of one signal are kept for one property, the first ones."""

MOST_AUTHORS = 64
"""The same for the property ``author``."""

LONGEST = 4096
"""A longer value is left out, not cut, for a value is verbatim; so is one with a longer path."""

LARGEST = 1_000_000
"""How many characters the claims of a page may hold, so that their record can be read again."""

_SURROGATE = re.compile("[\ud800-\udfff]")
DATES = frozenset({"datePublished", "dateModified", "dateCreated", "sdDatePublished", "expires"})
NAMES = frozenset({"author", "editor", "contributor", "translator"})


class SomewhereElse(Protocol):
    """Tells whether a place of a page is about something else than its article."""

    def holds(self, place: int) -> bool:
        """Whether a place is."""


class Finder:
    """The claims found so far in one page.

    Args:
        source: the page.
        language: the first part of the BCP 47 tag that it states, or nothing.

    Attributes:
        elsewhere: tells where other stories and comments stand, once that was asked for.
    """

    def __init__(self, source: Source, language: str = "") -> None:
        self.source = source
        self.language = language
        self.elsewhere: SomewhereElse | None = None
        self.omitted = 0
        self._room = LARGEST
        self._found: list[Claim] = []
        self._count: dict[tuple[str, str], int] = {}
        self._seen: set[tuple[str, int, int]] = set()

    def add(
        self,
        term: str,
        signal: SignalName,
        path: str,
        span: tuple[int, int],
        *,
        value: str | None = None,
        strength: Strength = "stated",
        normalized: str | None = None,
    ) -> bool:
        """Add a claim, unless it says nothing, is there already, or is one too many.

        Args:
            term: the property.
            signal: the kind of place.
            path: the element.
            span: where the value stands in the view.
            value: what it says, where that is not the bytes with character references resolved.
            strength: how directly.
            normalized: its normal form, where that does not follow from the property.

        Returns:
            Whether it was added.
        """
        start, end = self._trimmed(*span)
        if start >= end or (term, start, end) in self._seen:
            return False
        if end - start > 4 * LONGEST or not self._has_room(term, signal):
            self.omitted += 1
            return False
        said = clean(self.source.text(start, end)) if value is None else value.strip()
        if not said:
            return False
        said, path = _writable(said), _writable(path)  # names in JSON stand in paths
        size = 2 * len(said) + len(path)  # the normal form is about as long as the value
        if max(len(said), len(path)) > LONGEST or size > self._room:
            self.omitted += 1
            return False
        self._room -= size
        self._seen.add((term, start, end))
        self._count[term, signal] = self._count.get((term, signal), 0) + 1
        normal = normalized or normal_form(term, said, self.language)
        form = None if normal == said else normal
        self._found.append(Claim(term, said, signal, path, (start, end), strength, form))
        return True

    def add_json(
        self,
        term: str,
        signal: SignalName,
        path: str,
        text: LocatedText,
        strength: Strength = "stated",
    ) -> bool:
        """Add what a JSON string says; see `add`."""
        span = (text.start, text.end)
        return self.add(term, signal, path, span, value=str(text), strength=strength)

    def add_names(self, signal: SignalName, path: str, span: tuple[int, int], value: str) -> None:
        """Add each name of a byline that holds more than one, or more than a name.

        Args:
            signal: the kind of place.
            path: the element.
            span: where the byline stands in the view.
            value: what it says.
        """
        said = clean(value)
        found = names(said)
        if not found or found == [said]:
            return
        for name in found:
            self.add("author", signal, path, self.within(span, name), value=name, strength="parsed")

    def within(self, span: tuple[int, int], part: str) -> tuple[int, int]:
        """Where in a span a part of its text stands; all of it where that is written otherwise."""
        encoded = self.source.encoded(part)
        at = self.source.view.find(encoded, *span) if encoded else -1
        return (at, at + len(encoded)) if encoded and at >= 0 else span

    def claims(self) -> tuple[Claim, ...]:
        """The claims, their spans in the content."""
        ends = [place for claim in self._found for place in claim.span or ()]
        where = self.source.positions(ends)
        return tuple(_moved(claim, where) for claim in self._found)

    def headlines(self) -> tuple[str, ...]:
        """The headlines claimed so far."""
        return tuple(claim.line() for claim in self._found if claim.property == "headline")

    def _has_room(self, term: str, signal: str) -> bool:
        most = MOST_AUTHORS if term == "author" else MOST
        return self._count.get((term, signal), 0) < most

    def _trimmed(self, start: int, end: int) -> tuple[int, int]:
        """The span without ASCII white space at its ends."""
        if end - start > 4 * LONGEST:
            return start, end
        piece = self.source.view[start:end]
        bare = piece.lstrip()
        start += len(piece) - len(bare)
        return start, start + len(bare.rstrip())


def _writable(text: str) -> str:
    """A text with U+FFFD for each half of a pair, which JSON may escape and UTF-8 cannot write."""
    return _SURROGATE.sub("\ufffd", text) if _SURROGATE.search(text) else text


def normal_form(term: str, value: str, language: str = "") -> str:
    """A value in normal form: a date in ISO 8601 where it can be read, else one line.

    A name with its surname first (*Fernsby, Ada*) is turned round.
    """
    if term in DATES:
        return dates.iso(clean(value), language) or value
    if term in NAMES and "," in value:
        return invert(clean(value)) or " ".join(clean(value).split())
    return " ".join(clean(value).split()) if term != "url" else value


def _moved(claim: Claim, where: dict[int, int]) -> Claim:
    span = claim.span
    placed = (where[span[0]], where[span[1]]) if span and span[1] in where else None
    if placed == span:
        return claim
    return Claim(
        claim.property,
        claim.value,
        claim.signal,
        claim.path,
        placed,
        claim.strength,
        claim.normalized,
    )
