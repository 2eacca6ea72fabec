"""The one title: which headline claim is the article's, and what the site put around it."""

from __future__ import annotations

import re

from archive.article.claims import Claim, Claims, folded
from archive.article.derived.view import View, indexed, ordered
from archive.article.signals.table import order

__all__ = ["derive_title"]

_CALLED = {"visible-text": "h1", "jsonld": "headline", "opengraph": "og:title"}
"""What a rule calls a headline, where that is not its signal's name."""
_SET_OFF = re.compile(r"(.*\S)\s+[|｜·•›»:~–—-]+\s+(\S.*?)\s*\Z", re.DOTALL)
"""A title with something short behind a spaced dash, bar or the like: `Story | Paper`."""
_SEPARATORS = "|｜-·•›»«‹*~"
"""What sets a site's name off at either end. No colon and no long dash: what stands before those is
as often a part of the headline (`Live: …`)."""
_LEAST_PART = 3
"""A headline within a longer title has at least a third of its length. A shorter one (`News`) is
found in many titles by chance, and the site's name with a section's is rarely twice as long."""
_MASTHEAD = 2
"""An h1 is a masthead where a title element with none of its words has over twice as many. An h1
that only words the story otherwise shares a name with the title, or is about as long."""
_LEAST_AGREED = 3
"""So many kinds of places make a headline the newsroom's own against og:title. Two are often filled
from one field of a template: h1 and JSON-LD."""


def derive_title(claims: Claims) -> View | None:
    """Pick a title from the headline claims.

    og:title is what the newsroom calls the article, but often has the site's name around it: where
    an h1, a JSON-LD headline or another is the same without that, it is taken. Where three kinds of
    places (the h1, JSON-LD, a third) agree on another headline, og:title is one written for
    sharing. Without og:title the title element is gone by in the same way.

    Returns:
        The title, or None when nothing claims one.
    """
    found = [i for i in indexed(claims, "headline") if claims[i].line()]
    inner = ordered(claims, "headline", order("title"))
    for signal in order("title-around"):
        outer = next((i for i in found if claims[i].signal == signal), None)
        title = None if outer is None else _title_around(claims, found, inner, outer)
        if title is not None:
            return title
    chosen = (inner or found)[:1]
    if chosen and _is_name_of_site(claims, chosen[0]):
        chosen = indexed(claims, "headline", "title")[:1]
    rule = _called(claims[chosen[0]]) if chosen else ""
    return _picked(claims, found, chosen[0], rule, cut=rule == "title") if chosen else None


def _title_around(claims: Claims, found: list[int], inner: list[int], outer: int) -> View | None:
    """The title by one that may have the site's name around it; None where an inner one is left.

    Args:
        claims: all of them.
        found: the headline claims.
        inner: those of them that stand in the article.
        outer: the one that may have more around it: og:title, or the title element.
    """
    name, is_for_sharing = _called(claims[outer]), claims[outer].signal == "opengraph"
    shorter = _without_site(claims, inner, outer)
    if shorter is None and is_for_sharing:
        agreed = _agreed(claims, found)
        if agreed is not None:
            return _picked(claims, found, agreed, "h1, headline and a third agree")
        shorter = _without_site(claims, indexed(claims, "headline", "meta"), outer, strict=True)
    if shorter is not None:
        return _picked(claims, found, shorter, f"{_called(claims[shorter])} within {name}")
    if is_for_sharing or not inner:
        return _picked(claims, found, outer, name, cut=True)
    return None


def _is_name_of_site(claims: Claims, chosen: int) -> bool:
    """Whether an h1 has no word of a title element that says much more: a page's masthead."""
    title = next(iter(indexed(claims, "headline", "title")), None)
    if title is None or claims[chosen].signal != "visible-text":
        return False
    words = set(folded(claims[chosen].line()).split())
    longer = folded(claims[title].line()).split()
    return _MASTHEAD * len(words) < len(longer) and words.isdisjoint(longer)


def _called(claim: Claim) -> str:
    return _CALLED.get(claim.signal, claim.signal)


def _without_site(
    claims: Claims, candidates: list[int], outer: int, *, strict: bool = False
) -> int | None:
    """The longest candidate that is the outer claim without something set off from it."""
    whole = folded(claims[outer].line())
    lines = [(i, folded(claims[i].line())) for i in candidates]
    inside = [i for i, line in lines if _is_set_off(line, whole) and not (strict and line == whole)]
    return max(inside, key=lambda i: len(claims[i].line()), default=None)


def _is_set_off(part: str, whole: str) -> bool:
    """Whether a text is another's beginning or end, and what is left is no part of a sentence."""
    if _LEAST_PART * len(part) < len(whole):
        return False
    before, found, after = whole.partition(part)
    before, after = before.rstrip(), after.lstrip()
    ends = not before or before[-1] in _SEPARATORS
    return bool(found) and ends and (not after or after[0] in _SEPARATORS)


def _agreed(claims: Claims, found: list[int]) -> int | None:
    """The h1 that JSON-LD and a third kind of place have too (not the title element)."""
    independent = set[str](order("title-agreed"))
    signals: dict[str, set[str]] = {}
    for index in found:
        signals.setdefault(folded(claims[index].line()), set()).add(claims[index].signal)
    for index in found:
        kinds = signals[folded(claims[index].line())] & independent
        if {"visible-text", "jsonld"} <= kinds and len(kinds) >= _LEAST_AGREED:
            return index
    return None


def _picked(
    claims: Claims, headlines: list[int], chosen: int, rule: str, *, cut: bool = False
) -> View:
    """The title of a claim; with `cut`, without the publisher's name set off at its end."""
    value = claims[chosen].line()
    key = folded(value)
    ends = _SET_OFF.match(value) if cut else None
    if ends and folded(ends[2]) in {folded(claim.line()) for claim in claims.about("publisher")}:
        value, rule = ends[1], f"{rule} without the publisher"
    others = tuple(i for i in headlines if folded(claims[i].line()) != key)
    return View(value, rule, chosen, others)
