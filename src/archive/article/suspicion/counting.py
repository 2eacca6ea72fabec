"""How much of a page says which kind of thing: by the phrases of walls, line by line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from attrs import frozen

from archive.article.suspicion.shown import VERSES, Appearance, fold, measure
from archive.article.suspicion.vendors import is_article
from archive.languages import read_walls

__all__ = ["KINDS", "SENTENCE", "Counted", "asks_consent", "count", "cover", "is_named"]

SENTENCE = 40
"""A line of so many signs is taken for a sentence."""

STATED = 220
"""A line of a wall's has no more signs; in a longer one such words are told of."""

SHARE = 4
"""One sign in so many of a wall's line is of its own words; with fewer they are told of."""

TOLD = 20
"""The first line behind a headline that has so many signs says whether something is told."""

VERSE = 10
"""Where no line has so many, `VERSES` of so many tell something too."""

HEADLINE = 25
"""A line that is a piece of the page's title, of so many signs, is its headline; so is an ``h1``
that is all of it. The name of a site, which stands on walls too, is shorter."""

KINDS = (
    ("challenge", "challenge page"),
    ("paywall", "soft paywall"),
    ("consent", "consent wall"),
    ("missing", "page not found"),
    ("gate", "gate before the page"),
    ("login", "login page"),
    ("error", "error page"),
)
"""The kinds of phrases, and what a page with them is called; the first that fits is told."""

_SEPARATORS = re.compile(r"\s+[|–—·:-]\s+|\s*[|｜]\s*")
_BEGINNING = 6  # signs of a phrase
_QUOTED = re.compile('"[^"]{1,80}"')
_STRUCTURE = re.compile(r"<(?:article|time)\b|itemprop|rel\s*=\s*[\"']author", re.IGNORECASE)

Phrases = dict[str, tuple[str, ...]]


@frozen
class Counted:
    """How much of a page says which kind of thing.

    Args:
        stated: for each kind the lines that say it.
        named: the kinds that title or headline say.
        consent: the phrases about consent that stand anywhere.
        prose: signs of the sentences that say none of it.
        told: whether behind a headline that says none of it stands a line that does not either.
        structured: whether the page has elements or marks that articles have.
        marked: whether it says to machines that it is an article.
    """

    stated: dict[str, list[str]]
    named: frozenset[str]
    consent: tuple[str, ...]
    prose: int
    told: bool
    structured: bool
    marked: bool


def count(shown: Appearance) -> Counted:
    """Count the lines of a page.

    Args:
        shown: what it says.
    """
    phrases = _find_phrases(shown)
    stated: dict[str, list[str]] = {kind: [] for kind, _ in KINDS}
    prose = 0
    for line in shown.lines:
        kinds = _kinds_of(line, phrases, shown)
        for kind in kinds:
            stated[kind].append(line)
        if not kinds and measure(line) >= SENTENCE and line not in shown.linked:
            prose += measure(line)
    pieces = (piece for head in _heads(shown) for piece in _SEPARATORS.split(head))
    named = {kind for piece in pieces for kind in _name(piece, phrases)}
    body = bool(_STRUCTURE.search(shown.markup))
    told = not named and _tells(shown, stated, in_article=body)
    marked = is_article(shown.markup)
    consent = phrases["consent"]
    return Counted(stated, frozenset(named), consent, prose, told, body or marked, marked)


def cover(line: str, phrases: Sequence[str]) -> int:
    """How many signs of a line stand in one of the phrases or more."""
    covered: set[int] = set()
    for phrase in phrases:
        at = line.find(phrase)
        while at >= 0:
            covered.update(range(at, at + len(phrase)))
            at = line.find(phrase, at + len(phrase))
    return len(covered)


def is_named(piece: str, phrases: Sequence[str]) -> bool:
    """Whether a piece of a title is little else than some of the phrases."""
    return 10 * cover(piece, phrases) >= 6 * len(piece) > 0


def asks_consent(text: str) -> bool:
    """Whether a paragraph says by itself what banners and walls say that ask for consent.

    Args:
        text: the paragraph, or a heading.
    """
    phrases = read_walls()["consent"]
    line = fold(text)
    return _says(line, phrases) or is_named(line, phrases)


def _heads(shown: Appearance) -> tuple[str, ...]:
    return tuple(filter(None, (shown.title, *shown.headings)))


def _find_phrases(shown: Appearance) -> Phrases:
    """The phrases that stand anywhere in a page, by kind: few of the many that there are."""
    text = "\n".join((*_heads(shown), *shown.lines))
    there = {text[at : at + _BEGINNING] for at in range(len(text))}
    return {
        kind: tuple(
            phrase
            for beginning, phrases in known.items()
            if len(beginning) < _BEGINNING or beginning in there
            for phrase in phrases
            if phrase in text
        )
        for kind, known in _beginnings().items()
    }


@cache
def _beginnings() -> dict[str, dict[str, list[str]]]:
    """All phrases by kind and by their first signs, to be done with most at a look."""
    found: dict[str, dict[str, list[str]]] = {}
    for kind, phrases in read_walls().items():
        known = found.setdefault(kind, {})
        for phrase in phrases:
            known.setdefault(phrase[:_BEGINNING], []).append(phrase)
    return found


def _kinds_of(line: str, phrases: Phrases, shown: Appearance) -> list[str]:
    """The kinds that a line says; a headline has to be little else."""
    if line in shown.headings:
        return _name(line, phrases)
    return [kind for kind, _ in KINDS if _says(line, phrases[kind])]


def _name(piece: str, phrases: Phrases) -> list[str]:
    """The kinds that a piece of a title says, by phrases of one kind or of several."""
    if not is_named(piece, [one for found in phrases.values() for one in found]):
        return []
    return [kind for kind, _ in KINDS if any(one in piece for one in phrases[kind])]


def _says(line: str, phrases: tuple[str, ...]) -> bool:
    """Whether a line says it, by phrases enough; what stands in quotation marks is told of."""
    if measure(line) > STATED:
        return False
    line = _QUOTED.sub("", line)
    found = sum(len(one) for one in phrases if one in line)
    return found > 0 and SHARE * found >= len(line)


def _tells(shown: Appearance, stated: dict[str, list[str]], *, in_article: bool) -> bool:
    """Whether the first line behind the headline is none of a wall's."""
    headline = _headline(shown, in_article=in_article)
    if headline is None:
        return False
    walls = {line for lines in stated.values() for line in lines}
    behind = shown.lines[shown.lines.index(headline) + 1 :]
    lines = [one for one in behind if one not in shown.linked and one not in shown.headings]
    first = next((one for one in lines if measure(one) >= TOLD), None)
    if first is not None:
        return first not in walls
    return not walls and sum(measure(one) >= VERSE for one in lines) >= VERSES


def _headline(shown: Appearance, *, in_article: bool) -> str | None:
    """The line of a page that is its headline, by its headings or the page's title."""
    headings = [one for one in shown.headings if in_article or _is_title(one, shown)]
    titles = [one for one in _SEPARATORS.split(shown.title) if measure(one) >= HEADLINE]
    return next((one for one in (*headings, *titles) if one in shown.lines), None)


def _is_title(heading: str, shown: Appearance) -> bool:
    """Whether the page's title is its headline, with the site's name or without."""
    if heading == shown.title:
        return measure(heading) >= HEADLINE
    return heading in shown.title or shown.title in _SEPARATORS.split(heading)
