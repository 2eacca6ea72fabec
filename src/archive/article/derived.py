"""Derived views: one title, one set of authors, one date, each naming its rule and the losers.

A view is never stored instead of the claims: it is computed from them, and says which claim it was
taken from (``claim``) and which ones say something else (``others``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from attrs import frozen

from archive.article import dates
from archive.article.claims import Claim, Claims, folded
from archive.article.names import is_login, is_organisation, names
from archive.article.signals.table import PROPERTIES, ViewName, order

__all__ = ["Derived", "Title", "View", "derive", "derive_language", "derive_title"]


@frozen
class View:
    """One derived answer.

    Args:
        value: the answer: a string, or a tuple of them for authors, organisations, reservations.
        rule: which rule gave it.
        claim: the index among the claims of the one it was taken from, the first where several.
        others: the indexes of the claims of this property that say something else.
    """

    value: str | tuple[str, ...]
    rule: str
    claim: int
    others: tuple[int, ...]

    def to_json(self) -> dict[str, Any]:
        """Its members: ``value``, ``rule``, ``claim``, ``others``."""
        value = list(self.value) if isinstance(self.value, tuple) else self.value
        return {
            "value": value,
            "rule": self.rule,
            "claim": self.claim,
            "others": list(self.others),
        }


@frozen
class Title:
    """The title that a rule picked.

    Args:
        value: the title, one line.
        rule: which rule picked it.
        claim: the index among the claims of the one it was taken from.
        others: the indexes of the headline claims that say something else.
    """

    value: str
    rule: str
    claim: int
    others: tuple[int, ...]


@frozen
class Derived:
    """All derived views of one capture; None where nothing is claimed.

    Args:
        title: the headline.
        authors: the people named as author.
        organisations: the organisations named as author.
        publisher: who publishes.
        published: the date of publication, ISO 8601, with time and zone only if stated.
        modified: the date of the last change, the same.
        language: the language of the page.
        licence: the licence, mostly a URL.
        reservations: what is reserved or asked of machines: ``name=value`` of each claim.
    """

    title: View | None
    authors: View | None
    organisations: View | None
    publisher: View | None
    published: View | None
    modified: View | None
    language: View | None
    licence: View | None
    reservations: View | None

    def to_json(self) -> dict[str, Any]:
        """Its members, in their order, each a view's or null."""
        views = {name: getattr(self, name) for name in VIEWS}
        return {name: view.to_json() if view else None for name, view in views.items()}


VIEWS = (
    "title",
    "authors",
    "organisations",
    "publisher",
    "published",
    "modified",
    "language",
    "licence",
    "reservations",
)
"""The names of the views."""


def derive(claims: Claims) -> Derived:
    """All views of the claims."""
    title = derive_title(claims)
    people, organisations = _authors(claims)
    return Derived(
        title=View(title.value, title.rule, title.claim, title.others) if title else None,
        authors=people,
        organisations=organisations,
        publisher=_publisher(claims),
        published=_date(claims, "published"),
        modified=_date(claims, "modified"),
        language=derive_language(claims),
        licence=_first(claims, "license", order("licence")),
        reservations=_reservations(claims),
    )


def derive_language(claims: Claims) -> View | None:
    """The language of the page: its html element's first, then other metadata's."""
    return _first(claims, "inLanguage", order("language"))


_CALLED = {"visible-text": "h1", "jsonld": "headline", "opengraph": "og:title"}
"""What a rule calls a headline, where that is not its signal's name."""
_HOST = re.compile(r"https?://(?:www\.|m\.)?([^/:?#]+)", re.IGNORECASE)
_WORD = re.compile(r"\w{3,}")
_SET_OFF = re.compile(r"(.*\S)\s+[|｜·•›»:~–—-]+\s+(\S.*?)\s*\Z", re.DOTALL)
_SEPARATORS = "|｜-·•›»«‹*~"


def derive_title(claims: Claims) -> Title | None:
    """Pick a title from the headline claims.

    og:title is what the newsroom calls the article, but often has the site's name around it: where
    an h1, a JSON-LD headline or another is the same without that, it is taken. Where three kinds of
    places (the h1, JSON-LD, a third) agree on another headline, og:title is one written for
    sharing. Without og:title the title element is gone by in the same way.

    Returns:
        The title, or None when nothing claims one.
    """
    found = [i for i in _indexed(claims, "headline") if claims[i].line()]
    inner = _ordered(claims, "headline", order("title"))
    for signal in order("title-around"):
        name = _CALLED.get(signal, signal)
        outer = next((i for i in found if claims[i].signal == signal), None)
        if outer is None:
            continue
        shorter = _without_site(claims, inner, outer)
        if shorter is None and signal == "opengraph":
            agreed = _agreed(claims, found)
            if agreed is not None:
                return _picked(claims, found, agreed, "h1, headline and a third agree")
            shorter = _without_site(
                claims, _indexed(claims, "headline", "meta"), outer, strict=True
            )
        if shorter is not None:
            return _picked(claims, found, shorter, f"{_called(claims[shorter])} within {name}")
        if signal == "opengraph" or not inner:
            return _picked(claims, found, outer, name, cut=True)
    chosen = (inner or found)[:1]
    if chosen and _is_name_of_site(claims, chosen[0]):
        chosen = _indexed(claims, "headline", "title")[:1]
    rule = _called(claims[chosen[0]]) if chosen else ""
    return _picked(claims, found, chosen[0], rule, cut=rule == "title") if chosen else None


def _is_name_of_site(claims: Claims, chosen: int) -> bool:
    """Whether an h1 has no word of a title element that says much more: a page's masthead."""
    title = next(iter(_indexed(claims, "headline", "title")), None)
    if title is None or claims[chosen].signal != "visible-text":
        return False
    words = set(folded(claims[chosen].line()).split())
    longer = folded(claims[title].line()).split()
    return 2 * len(words) < len(longer) and words.isdisjoint(longer)


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
    if 3 * len(part) < len(whole):
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
        if {"visible-text", "jsonld"} <= kinds and len(kinds) >= 3:
            return index
    return None


def _picked(
    claims: Claims, headlines: list[int], chosen: int, rule: str, *, cut: bool = False
) -> Title:
    """The title of a claim; with `cut`, without the publisher's name set off at its end."""
    value = claims[chosen].line()
    key = folded(value)
    ends = _SET_OFF.match(value) if cut else None
    if ends and folded(ends[2]) in {folded(claim.line()) for claim in claims.about("publisher")}:
        value, rule = ends[1], f"{rule} without the publisher"
    others = tuple(i for i in headlines if folded(claims[i].line()) != key)
    return Title(value, rule, chosen, others)


_PROPERTY = re.compile(r"\.(?:headline|author|creator)\b.*\Z", re.DOTALL)


def _indexed(claims: Claims, term: str, signal: str | None = None) -> list[int]:
    """The indexes of the claims of a property, of one signal or of any."""
    return [
        index
        for index, claim in enumerate(claims)
        if claim.property == term and signal in (None, claim.signal)
    ]


def _ordered(claims: Claims, term: str, signals: Iterable[str]) -> list[int]:
    """The indexes of the claims of a property, by the order of signals, then as they stand."""
    return [index for signal in signals for index in _indexed(claims, term, signal)]


def _first(claims: Claims, term: str, signals: Iterable[str]) -> View | None:
    """The first claim of the first signal that has one."""
    found = _ordered(claims, term, signals)
    if not found:
        return None
    chosen = claims[found[0]]
    key = folded(chosen.line())
    others = tuple(i for i in _indexed(claims, term) if folded(claims[i].line()) != key)
    return View(chosen.line(), f"first of {chosen.signal}", found[0], others)


def _publisher(claims: Claims) -> View | None:
    found = _ordered(claims, "publisher", order("publisher"))
    found = [index for index in found if "://" not in claims[index].value]
    if not found:
        return None
    chosen = claims[found[0]]
    key = folded(chosen.line())
    others = tuple(i for i in found if folded(claims[i].line()) != key)
    return View(chosen.line(), f"first of {chosen.signal}", found[0], others)


def _reservations(claims: Claims) -> View | None:
    found = [i for i in _indexed(claims, "usageInfo") if _reserves(claims[i].line())]
    if not found:
        return None
    values = tuple(dict.fromkeys(claims[i].line() for i in found))
    return View(values, "every reservation", found[0], ())


_RESERVES = ("noai", "noimageai", "noarchive", "noindex", "nosnippet", "notranslate", "none")


def _reserves(line: str) -> bool:
    name, _, value = line.lower().partition("=")
    if name == "tdm-policy":
        return True
    if name == "tdm-reservation":
        return value.strip() == "1"
    words = value.replace(":", ",").replace(" ", ",").split(",")
    return any(word in _RESERVES for word in words)


def _authors(claims: Claims) -> tuple[View | None, View | None]:
    """People and organisations named as author by the first signal that names any.

    Where that signal names only the publisher or another organisation, and a visible byline names
    people, the byline is taken. The publisher beside people is left out: it publishes.
    """
    named = ((signal, _signed(claims, signal)) for signal in order("authors"))
    signal, found = next(((s, names) for s, names in named if names), ("", {}))
    if not found:
        return None, None
    ours = _publishers(claims)
    found = {name: index for name, index in found.items() if not is_login(name)} or found
    kinds = {n: _is_organisation(claims[index], n, ours) for n, index in found.items()}
    rule = f"authors of {signal}"
    if all(kinds.values()) and signal != "visible-text":
        seen = _signed(claims, "visible-text")
        people = {n: i for n, i in seen.items() if not _is_organisation(claims[i], n, ours)}
        if people:
            found, rule = people, f"byline, for {signal} names no one"
            kinds = dict.fromkeys(people, False)
    elif not all(kinds.values()):
        kinds = {n: kind for n, kind in kinds.items() if not kind or folded(n) not in ours}
        signed = _contradicting_byline(claims, signal, kinds)
        if signed:
            found, rule = signed, f"byline, for {signal} names others and stands alone"
            kinds = dict.fromkeys(signed, False)
    everyone = {folded(name) for name in kinds}
    others = tuple(i for i in _indexed(claims, "author") if not _said(claims[i]) <= everyone)
    views: list[View | None] = []
    for wanted in (False, True):
        chosen = tuple(name for name, kind in kinds.items() if kind is wanted)
        first = found[chosen[0]] if chosen else 0
        views.append(View(chosen, rule, first, others) if chosen else None)
    return views[0], views[1]


def _contradicting_byline(
    claims: Claims, signal: str, named: Iterable[str]
) -> dict[str, int] | None:
    """The visible byline's names, where another signal has them too and this one none of them."""
    seen = _signed(claims, "visible-text")
    keys = {folded(name) for name in seen}
    if signal == "visible-text" or not seen or keys & {folded(name) for name in named}:
        return None
    for other in order("authors"):
        if other not in (signal, "visible-text"):
            theirs = {folded(name) for name in _signed(claims, other)}
            if theirs == keys:
                return seen
    return None


def _signed(claims: Claims, signal: str) -> dict[str, int]:
    """The names that a signal gives as authors, with the first claim of each.

    Of several articles in JSON-LD, those of another headline are other stories.
    """
    found: dict[str, int] = {}
    keys: set[str] = set()
    indexes = _indexed(claims, "author", signal)
    if signal == "jsonld":
        others = _other_stories(claims)
        indexes = [i for i in indexes if _node(claims[i]) not in others]
    for index in [i for i in indexes if claims[i].strength != "inferred"] or indexes:
        for name in names(claims[index].line()):
            if folded(name) not in keys:
                keys.add(folded(name))
                found[name] = index
    return found


def _node(claim: Claim) -> str:
    """The node of JSON-LD that a claim was read from, by its path."""
    return _PROPERTY.sub("", claim.path)


def _other_stories(claims: Claims) -> frozenset[str]:
    """The nodes of JSON-LD with another headline than the first that has authors."""
    headlines: dict[str, str] = {}
    for index in _indexed(claims, "headline", "jsonld"):
        headlines.setdefault(_node(claims[index]), folded(claims[index].line()))
    signed = [_node(claims[index]) for index in _indexed(claims, "author", "jsonld")]
    own = next((headlines[node] for node in signed if node in headlines), None)
    return frozenset(node for node, headline in headlines.items() if headline != own)


def _said(claim: Claim) -> set[str]:
    return {folded(name) for name in names(claim.line())} or {folded(claim.line())}


def _publishers(claims: Claims) -> frozenset[str]:
    """What the publisher is called, its host too, folded."""
    found = {folded(claim.line()) for claim in claims.about("publisher")}
    authors = {folded(claim.line()) for claim in claims.about("author")}
    found |= {folded(claim.line()) for claim in claims.about("name")} - authors
    for claim in claims:
        host = _HOST.match(claim.value) if claim.property == "url" else None
        if host:
            found.add(host[1].lower())
    return frozenset(found)


def _is_organisation(claim: Claim, name: str, publishers: frozenset[str]) -> bool:
    key = folded(name)
    if "Organization)" in claim.path or key in publishers or is_organisation(name):
        return True
    first = key.split(" ")[0]
    return any(first == word for other in publishers for word in _WORD.findall(other)[:1])


def _date(claims: Claims, view: ViewName) -> View | None:
    """The first date, in the order of signals; a fuller one that agrees with it is preferred."""
    term = PROPERTIES[view]
    found = [i for i in _ordered(claims, term, order(view)) if _is_date(claims[i].line())]
    if not found:
        return None
    chosen = found[0]
    rule = f"first of {claims[chosen].signal}"
    for index in found[1:]:
        fuller = claims[index].line()
        if _detail(fuller) > _detail(claims[chosen].line()) and dates.same_moment(
            claims[chosen].line(), fuller
        ):
            chosen, rule = index, f"{rule}, with the time of {claims[index].signal}"
    value = claims[chosen].line()
    others = tuple(i for i in _indexed(claims, term) if not dates.agree(claims[i].line(), value))
    return View(value, rule, chosen, others)


def _is_date(line: str) -> bool:
    return dates.iso(line) is not None


def _detail(line: str) -> int:
    """How much a date states: the day, a time, a time with its zone."""
    return 0 if len(line) <= 10 else 2 if dates.instant(line) else 1
