"""The one title: which headline claim is the article's, and what the site put around it."""

from __future__ import annotations

import re

from archive.article.claims import Claim, Claims, folded
from archive.article.derived.sites import is_site, site_keys
from archive.article.derived.view import View, indexed, ordered
from archive.article.folding import site_key
from archive.article.names import is_organisation
from archive.article.signals.table import order

__all__ = ["derive_title"]

_CALLED = {"visible-text": "h1", "jsonld": "headline", "opengraph": "og:title"}
"""What a rule calls a headline, where that is not its signal's name."""
_BEHIND = re.compile(
    r"(.*\S)(?:\s+[|｜·•›»«/:~–—-]+\s+|\s*[|｜：»«›]\s*|:\s+)(\S.*?)\s*\Z", re.DOTALL
)
_BEFORE = re.compile(
    r"\s*(\S.*?)(?:\s+[|｜·•›»«/:~–—-]+\s+|\s*[|｜：»«›]\s*|:\s+)(\S.*)\Z", re.DOTALL
)
"""A title with something set off at its end or its beginning: `Story | Paper`, `Paper: Story`."""
_SEPARATORS = "|｜-·•›»«‹*~"
"""What sets a site's name off at either end. No colon and no long dash: what stands before those is
as often a part of the headline (`Live: …`)."""
_COLONS = ":：–—/"
"""What sets a site's name off where h1 and JSON-LD have the headline without it."""
_LEAST_PART = 3
"""A headline within a longer title has at least a third of its length. A shorter one (`News`) is
found in many titles by chance, and the site's name with a section's is rarely twice as long."""
_MASTHEAD = 2
"""An h1 is a masthead where a title element with none of its words, or with it set off at its end,
has over twice as many. An h1 that only words the story otherwise shares a name with the title, or
is about as long."""
_LONGEST_MASTHEAD = 4
"""Words that the name of a site has at most."""
_LEAST_AGREED = 3
"""So many kinds of places make a headline the newsroom's own against og:title. Two are often filled
from one field of a template: h1 and JSON-LD."""
_CUTS = 3
"""How many names of a site are cut from one title."""


def derive_title(claims: Claims) -> View | None:
    """Pick a title from the headline claims.

    Headlines that are only the name of the site, and an h1 that is a masthead, do not count.
    og:title is what the newsroom calls the article, but often has the site's name around it: where
    an h1, a JSON-LD headline or another is the same without that, it is taken. Where three kinds of
    places (the h1, JSON-LD, a third) agree on another headline, og:title is one written for
    sharing. Without og:title the title element is gone by in the same way. From what is taken the
    site's name is cut where the page itself says that it is the site's.

    Returns:
        The title, or None when nothing claims one.
    """
    sites = site_keys(claims)
    found = [i for i in indexed(claims, "headline") if claims[i].line()]
    masts = {i for i in found if _is_mast(claims, found, i, sites)}
    telling = [i for i in found if i not in masts] or found
    inner = [i for i in ordered(claims, "headline", order("title")) if i in telling]
    title = _outer_title(claims, telling, inner)
    if title is None:
        chosen = next(iter(inner or telling), None)
        title = None if chosen is None else (chosen, _called(claims[chosen]))
    return None if title is None else _picked(claims, found, *title, sites, masts)


def _outer_title(claims: Claims, telling: list[int], inner: list[int]) -> tuple[int, str] | None:
    """The title by og:title or the title element, and by which rule; None where neither tells it.

    Args:
        claims: all of them.
        telling: the headline claims that count.
        inner: those of them that stand in the article.
    """
    for signal in order("title-around"):
        outer = next((i for i in telling if claims[i].signal == signal), None)
        title = None if outer is None else _title_around(claims, telling, inner, outer)
        if title is not None:
            return title
    return None


def _title_around(
    claims: Claims, found: list[int], inner: list[int], outer: int
) -> tuple[int, str] | None:
    """The title by one that may have the site's name around it; None where an inner one is left.

    Args:
        claims: all of them.
        found: the headline claims.
        inner: those of them that stand in the article.
        outer: the one that may have more around it: og:title, or the title element.

    Returns:
        The claim that is taken, and by which rule.
    """
    name, is_for_sharing = _called(claims[outer]), claims[outer].signal == "opengraph"
    shorter = _without_site(claims, inner, outer)
    if shorter is None and is_for_sharing:
        agreed = _agreed(claims, found)
        if agreed is not None:
            return agreed, "h1, headline and a third agree"
        metas = [i for i in indexed(claims, "headline", "meta") if i in found]
        shorter = _without_site(claims, metas, outer, strict=True)
    if shorter is not None:
        return shorter, f"{_called(claims[shorter])} within {name}"
    return (outer, name) if is_for_sharing or not inner else None


def _is_mast(claims: Claims, found: list[int], index: int, sites: frozenset[str]) -> bool:
    """Whether a headline is only the name of the site: by name, as a link to it, or a masthead."""
    claim = claims[index]
    if is_site(claim.line(), sites) or (claim.signal == "visible-text" and _is_root(claim)):
        return True
    title = next((i for i in found if claims[i].signal == "title"), None)
    if claim.signal != "visible-text" or title is None:
        return False
    own, whole = folded(claim.line()), folded(claims[title].line())
    if any(folded(claims[i].line()) == own for i in found if claims[i].signal != "visible-text"):
        return False
    return _is_masthead(own, whole)


def _is_masthead(own: str, whole: str) -> bool:
    """Whether an h1 stands over a site and not an article, by the title element beside it."""
    words, longer = own.split(), whole.split()
    if _MASTHEAD * len(words) < len(longer) and set(words).isdisjoint(longer):
        return True
    ends = _BEHIND.match(whole)
    if ends is None or ends[2] != own or is_organisation(ends[1]):
        return False
    return len(words) <= _LONGEST_MASTHEAD and _MASTHEAD * len(words) < len(ends[1].split())


def _is_root(claim: Claim) -> bool:
    """Whether an h1 is a link to the site's first page, which its reader says by its strength."""
    return claim.strength == "inferred"


def _called(claim: Claim) -> str:
    return _CALLED.get(claim.signal, claim.signal)


def _without_site(
    claims: Claims, candidates: list[int], outer: int, *, strict: bool = False
) -> int | None:
    """The longest candidate that is the outer claim without something set off from it.

    A headline of JSON-LD that is the outer claim word for word does not outvote an h1 inside of it.
    """
    whole = folded(claims[outer].line())
    lines = {i: folded(claims[i].line()) for i in candidates}
    h1s, data = (
        {line for i, line in lines.items() if claims[i].signal == signal}
        for signal in ("visible-text", "jsonld")
    )
    inside = [
        i
        for i, line in lines.items()
        if _is_set_off(line, whole, by_colon=line in h1s & data) and not (strict and line == whole)
    ]
    seen = {lines[i] for i in inside if claims[i].signal == "visible-text"}
    if seen and whole not in seen:
        inside = [i for i in inside if lines[i] != whole]
    return max(inside, key=lambda i: len(claims[i].line()), default=None)


def _is_set_off(part: str, whole: str, *, by_colon: bool = False) -> bool:
    """Whether a text is another's beginning or end, and what is left is no part of a sentence."""
    if _LEAST_PART * len(part) < len(whole):
        return False
    before, found, after = whole.partition(part)
    before, after = before.rstrip(), after.lstrip()
    ends = not before or before[-1] in _SEPARATORS
    begins = not after or after[0] in _SEPARATORS or (by_colon and after[0] in _COLONS)
    return bool(found) and ends and begins


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
    claims: Claims,
    headlines: list[int],
    chosen: int,
    rule: str,
    sites: frozenset[str],
    masts: set[int],
) -> View:
    """The title of a claim, without the names of the site set off at its ends."""
    value = claims[chosen].line()
    key = folded(value)
    if claims[chosen].signal != "visible-text":
        known = sites | {site_key(claims[i].line()) for i in masts}
        cut = _cut(value, known)
        if cut != value:
            value, rule = cut, f"{rule} without the publisher"
    others = tuple(i for i in headlines if folded(claims[i].line()) != key)
    return View(value, rule, chosen, others)


def _cut(value: str, sites: frozenset[str]) -> str:
    """A title without names of the site at its end and its beginning."""
    for _ in range(_CUTS):
        behind, before = _BEHIND.match(value), _BEFORE.match(value)
        if behind and is_site(behind[2], sites):
            value = behind[1]
        elif before and is_site(before[1], sites):
            value = before[2]
        else:
            break
    return value
