"""The authors: which signal is believed, people and organisations apart."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from attrs import frozen

from archive.article.bylines import names
from archive.article.claims import Claim, Claims, folded
from archive.article.derived.sites import is_site, site_keys
from archive.article.derived.view import View, indexed
from archive.article.folding import site_key
from archive.article.names import agency, is_desk, is_login, is_organisation, says_what
from archive.article.signals.table import order

__all__ = ["derive_authors"]

_PROPERTY = re.compile(r"\.(?:headline|author|creator)\b.*\Z", re.DOTALL)
"""The end of a path in JSON-LD: without it, the path of the node."""
_TYPED = re.compile(r"\(([^()]*)\)[^()]*\Z")
"""The types of a node that has a name, in the path of its claim."""


@frozen
class _Site:
    """What the publisher is called: its names as they are folded, and as names of sites are."""

    names: frozenset[str]
    keys: frozenset[str]

    def has(self, name: str) -> bool:
        """Whether a name is the publisher's."""
        return folded(name) in self.names or is_site(name, self.keys)

    def holds(self, name: str) -> bool:
        """Whether an organisation is the publisher, or a part that is called by its name."""
        key = site_key(name)
        return self.has(name) or any(key.startswith(own) for own in self.keys if len(own) > 2)


def derive_authors(claims: Claims) -> tuple[View | None, View | None]:
    """People and organisations named as author by the first signal that names any.

    Where that signal names only the publisher or another organisation, and a visible byline names
    people, the byline is taken; where it names only the publisher, the first other signal that
    names people is. The publisher beside people is left out: it publishes.
    """
    named = ((signal, _signed(claims, signal)) for signal in order("authors"))
    signal, found = next(((s, names) for s, names in named if names), ("", {}))
    if not found:
        return None, None
    site = _site(claims)
    kinds = _kinds(claims, found, site)
    rule = f"authors of {signal}"
    others, why = _others_instead(claims, signal, kinds, site)
    if others:
        found, rule = others, f"{why[0]}, for {signal} {why[1]}"
        kinds = dict.fromkeys(others, False)
    everyone = {folded(name) for name in kinds}
    losers = tuple(i for i in indexed(claims, "author") if not _said(claims[i]) <= everyone)
    people = {name: found[name] for name, kind in kinds.items() if not kind}
    organisations = {name: found[name] for name, kind in kinds.items() if kind}
    return _as_view(people, rule, losers), _as_view(organisations, rule, losers)


def _kinds(claims: Claims, found: Mapping[str, int], site: _Site) -> dict[str, bool]:
    """The names that count, each with whether it is an organisation's.

    Logins count where there is nothing else; the publisher counts where no person is named.
    """
    counting = [name for name in found if not is_login(name) or agency(name)] or list(found)
    kinds = {n: _is_organisation(claims[found[n]], n, site) for n in counting}
    if all(kinds.values()):
        return kinds
    return {n: kind for n, kind in kinds.items() if not kind or not site.holds(n)}


def _as_view(found: Mapping[str, int], rule: str, others: tuple[int, ...]) -> View | None:
    """The view of names, each with its claim; None of no name."""
    return View(tuple(found), rule, next(iter(found.values())), others) if found else None


def _others_instead(
    claims: Claims, signal: str, kinds: Mapping[str, bool], site: _Site
) -> tuple[dict[str, int], tuple[str, str]]:
    """The names that are believed rather than a signal's, from where, and why.

    Args:
        claims: all of them.
        signal: the one that names authors first.
        kinds: the names that it gives, each with whether it is an organisation's.
        site: what the publisher is called.
    """
    seen = _signed(claims, "visible-text") if signal != "visible-text" else {}
    if all(kinds.values()):
        people = _people(claims, seen, site)
        if people:
            return people, ("byline", "names no one")
        if all(map(site.has, kinds)):
            for other in order("authors"):
                people = _people(claims, _signed(claims, other), site) if other != signal else {}
                if people:
                    return people, (f"authors of {other}", "names the publisher")
    elif _is_contradicted(claims, signal, kinds, seen):
        return seen, ("byline", "names others and stands alone")
    return {}, ("", "")


def _people(claims: Claims, named: Mapping[str, int], site: _Site) -> dict[str, int]:
    """The people among names: no organisations, and no logins but initials that readers see."""
    return {
        name: index
        for name, index in named.items()
        if not _is_organisation(claims[index], name, site)
        and (claims[index].signal == "visible-text" or not is_login(name))
    }


def _is_contradicted(
    claims: Claims, signal: str, named: Iterable[str], seen: Iterable[str]
) -> bool:
    """Whether another signal has the visible byline's names too, and this one none of them."""
    keys = {folded(name) for name in seen}
    if not keys or keys & {folded(name) for name in named}:
        return False
    return any(
        {folded(name) for name in _signed(claims, other)} == keys
        for other in order("authors")
        if other not in (signal, "visible-text")
    )


def _signed(claims: Claims, signal: str) -> dict[str, int]:
    """The names that a signal gives as authors, with the first claim of each.

    Of several articles in JSON-LD, those of another headline are other stories.
    """
    found: dict[str, int] = {}
    keys: set[str] = set()
    indexes = indexed(claims, "author", signal)
    if signal == "jsonld":
        others = _other_stories(claims)
        indexes = [i for i in indexes if _node(claims[i]) not in others]
    for index in [i for i in indexes if claims[i].strength != "inferred"] or indexes:
        for name in _names(claims[index]):
            if folded(name) not in keys:
                keys.add(folded(name))
                found[name] = index
    return found


def _names(claim: Claim) -> list[str]:
    """The names in a claim; an organisation's own name is one, whatever stands in it."""
    found = names(claim.line())
    is_typed = any(kind.endswith("Organization") for kind in _types(claim))
    return [claim.line()] if found and is_typed and not all(map(agency, found)) else found


def _types(claim: Claim) -> list[str]:
    typed = _TYPED.search(claim.path) if claim.signal == "jsonld" else None
    return typed[1].split(",") if typed else []


def _node(claim: Claim) -> str:
    """The node of JSON-LD that a claim was read from, by its path."""
    return _PROPERTY.sub("", claim.path)


def _other_stories(claims: Claims) -> frozenset[str]:
    """The nodes of JSON-LD with another headline than the first that has authors."""
    headlines: dict[str, str] = {}
    for index in indexed(claims, "headline", "jsonld"):
        headlines.setdefault(_node(claims[index]), folded(claims[index].line()))
    signed = [_node(claims[index]) for index in indexed(claims, "author", "jsonld")]
    own = next((headlines[node] for node in signed if node in headlines), None)
    return frozenset(node for node, headline in headlines.items() if headline != own)


def _said(claim: Claim) -> set[str]:
    return {folded(name) for name in _names(claim)} or {folded(claim.line())}


def _site(claims: Claims) -> _Site:
    """What the publisher is called, its host too."""
    found = {folded(claim.line()) for claim in claims.about("publisher")}
    authors = {folded(claim.line()) for claim in claims.about("author")}
    found |= {folded(claim.line()) for claim in claims.about("name")} - authors
    return _Site(frozenset(found), site_keys(claims))


def _is_organisation(claim: Claim, name: str, site: _Site) -> bool:
    """Whether a name is an organisation's; the page's own type decides, but for desks."""
    types = _types(claim)
    if any(kind.endswith("Organization") for kind in types) or site.has(name) or agency(name):
        return True
    if "Person" in types:
        return is_desk(name)
    return is_organisation(name) or _is_of_site(name, site)


def _is_of_site(name: str, site: _Site) -> bool:
    """Whether a name is the publisher's with something behind it: *Tern Norhaven*.

    Of the first word of the publisher's name alone only with a department: people are called so.
    """
    first, *rest = name.split()
    key = site_key(first)
    if key in site.keys:
        return True
    if len(key) < 3 or not any(other.startswith(key) for other in site.keys):
        return False
    return all(says_what(word) or word.islower() for word in rest)
