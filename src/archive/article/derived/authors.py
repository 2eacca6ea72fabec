"""The authors: which signal is believed, people and organisations apart."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from archive.article.claims import Claim, Claims, folded
from archive.article.derived.view import View, indexed
from archive.article.names import is_login, is_organisation, names
from archive.article.signals.table import order

__all__ = ["derive_authors"]

_HOST = re.compile(r"https?://(?:www\.|m\.)?([^/:?#]+)", re.IGNORECASE)

_WORD = re.compile(r"\w{3,}")
"""What may stand for a publisher by itself: of two letters (`De`) names begin."""
_PROPERTY = re.compile(r"\.(?:headline|author|creator)\b.*\Z", re.DOTALL)

"""The end of a path in JSON-LD: without it, the path of the node."""


def derive_authors(claims: Claims) -> tuple[View | None, View | None]:
    """People and organisations named as author by the first signal that names any.

    Where that signal names only the publisher or another organisation, and a visible byline names
    people, the byline is taken. The publisher beside people is left out: it publishes.
    """
    named = ((signal, _signed(claims, signal)) for signal in order("authors"))
    signal, found = next(((s, names) for s, names in named if names), ("", {}))
    if not found:
        return None, None
    ours = _publishers(claims)
    kinds = _kinds(claims, found, ours)
    rule = f"authors of {signal}"
    byline, why = _byline_instead(claims, signal, kinds, ours)
    if byline:
        found, rule = byline, f"byline, for {signal} {why}"
        kinds = dict.fromkeys(byline, False)
    everyone = {folded(name) for name in kinds}
    others = tuple(i for i in indexed(claims, "author") if not _said(claims[i]) <= everyone)
    people = {name: found[name] for name, kind in kinds.items() if not kind}
    organisations = {name: found[name] for name, kind in kinds.items() if kind}
    return _as_view(people, rule, others), _as_view(organisations, rule, others)


def _kinds(claims: Claims, found: Mapping[str, int], publishers: frozenset[str]) -> dict[str, bool]:
    """The names that count, each with whether it is an organisation's.

    Logins count where there is nothing else; the publisher counts where no person is named.
    """
    counting = [name for name in found if not is_login(name)] or list(found)
    kinds = {n: _is_organisation(claims[found[n]], n, publishers) for n in counting}
    if all(kinds.values()):
        return kinds
    return {n: kind for n, kind in kinds.items() if not kind or folded(n) not in publishers}


def _as_view(found: Mapping[str, int], rule: str, others: tuple[int, ...]) -> View | None:
    """The view of names, each with its claim; None of no name."""
    return View(tuple(found), rule, next(iter(found.values())), others) if found else None


def _byline_instead(
    claims: Claims, signal: str, kinds: Mapping[str, bool], publishers: frozenset[str]
) -> tuple[dict[str, int], str]:
    """The visible byline's names where it is believed rather than a signal, and why.

    Args:
        claims: all of them.
        signal: the one that names authors first.
        kinds: the names that it gives, each with whether it is an organisation's.
        publishers: what the publisher is called, folded.
    """
    if signal == "visible-text":
        return {}, ""
    seen = _signed(claims, "visible-text")
    if all(kinds.values()):
        people = {n: i for n, i in seen.items() if not _is_organisation(claims[i], n, publishers)}
        return people, "names no one"
    if _is_contradicted(claims, signal, kinds, seen):
        return seen, "names others and stands alone"
    return {}, ""


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
    for index in indexed(claims, "headline", "jsonld"):
        headlines.setdefault(_node(claims[index]), folded(claims[index].line()))
    signed = [_node(claims[index]) for index in indexed(claims, "author", "jsonld")]
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
