"""Changes of headline, byline and dates, and of claims that nothing visible follows.

What a page shows is compared as its reading; here only what it claims. A claim that was read from
what is visible changed only where that did: a name that both pages show as often, and that only one
of them claims, is a matter of markup.
"""

from __future__ import annotations

from collections.abc import Iterator

from attrs import evolve
from rapidfuzz.distance import Indel

from archive.article import Claims, Derived, dates, derive
from archive.article.claims import folded
from archive.article.reading import Reading
from archive.article.signals.notes import is_remark
from archive.article.signals.table import written_for
from archive.comparison.classification import weigh
from archive.comparison.dated import own_claims
from archive.comparison.folding import cosmetic_key, tight_key, words
from archive.comparison.result import Change, Part, Scope
from archive.comparison.side import Side

__all__ = ["compare_claims"]

_STATED = written_for("machines")
"""The signals whose claims a page makes on purpose and for machines."""

_VISIBLE = written_for("readers")
"""The signals of claims that are read from what a reader sees."""

_PROGRAMS = written_for("programs")
"""The signals of what a page carries for programs of its own."""

_LIKE = 0.5
"""How like a headline for machines an h1 must be to be the article's."""

_MACHINE = (
    "headline",
    "alternativeHeadline",
    "author",
    "editor",
    "contributor",
    "datePublished",
    "dateCreated",
    "dateModified",
    "publisher",
    "sourceOrganization",
    "description",
    "license",
    "copyrightHolder",
    "isBasedOn",
    "isAccessibleForFree",
    "correction",
)
"""The properties of which a changed claim is a change, though nothing visible follows it."""

_EXPLAINED = {
    "headline": ("headline", "alternativeHeadline"),
    "byline": ("author",),
    "published": ("datePublished", "dateCreated"),
    "modified": ("dateModified",),
    "correction": ("correction",),
    "standfirst": ("description", "alternativeHeadline"),
}
"""Which properties a class speaks for."""


def compare_claims(before: Side, after: Side, named: frozenset[str]) -> list[Change]:
    """The changes of what two sides claim.

    Args:
        before: the earlier side.
        after: the later side.
        named: the classes of what is known to have changed in the article.
    """
    owned = own_claims(before), own_claims(after)
    if before.title == after.title and _told(owned[0]) == _told(owned[1]):
        return list(_shown_headline(before, after))
    before, after = evolve(before, claims=owned[0]), evolve(after, claims=owned[1])
    old, new = derive(before.claims), derive(after.claims)
    found = list(_headline(before, after)) or list(_shown_headline(before, after))
    found += [*_byline(before, after, old, new), *_dates(before, after, old, new)]
    found += _notes(before, after)
    classes = named.union(*(change.classes for change in found))
    explained = {term for name in classes for term in _EXPLAINED.get(name, ())}
    return [*found, *_claim_only(before.claims, after.claims, explained)]


def _told(claims: Claims) -> list[tuple[str, str, str]]:
    """What an article's claims say and by what signal, wherever it stands in the page."""
    return [(claim.property, claim.signal, claim.line()) for claim in claims]


def _change(
    part: Part,
    name: str,
    before: str,
    after: str,
    scope: Scope = "article",
    term: str | None = None,
) -> Change:
    heavy = weigh([name], words(cosmetic_key(before)), words(cosmetic_key(after)))
    spans = (0, len(before)), (0, len(after))
    return Change(part, (name,), heavy, scope, before, after, *spans, property=term)


def _headline(before: Side, after: Side) -> Iterator[Change]:
    """What the reader sees decides: an h1 that is like the title, else the title as derived."""
    one, two = before.title or "", after.title or ""
    seen = _only(before.claims, after.claims, "headline", ("visible-text",))
    if len(seen[0]) == len(seen[1]) == 1 and _is_title(seen[0][0], before):
        in_title = folded(one) != folded(two)
        yield _change(
            "title" if in_title else "claims",
            "headline",
            *((one, two) if in_title else (seen[0][0], seen[1][0])),
        )
        return
    if cosmetic_key(one) == cosmetic_key(two):
        return
    kept = _lines(before.claims, "headline", ("visible-text",))
    if not any(seen) and any(_is_title(line, before) for line in kept.values()):
        return  # the visible headline stayed: what changed is a claim for machines
    if folded(one) in _lines(after.claims, "headline", None) and folded(two) in _lines(
        before.claims, "headline", None
    ):
        return  # the same claims on both sides; only which one is taken as the title changed
    yield _change("title", "headline", one, two)


def _shown_headline(before: Side, after: Side) -> Iterator[Change]:
    """A headline that changed as shown, though no claim says so: of several parts, for one."""
    if before.page is None or after.page is None:
        return
    one, two = before.page.headline, after.page.headline
    if one and two and cosmetic_key(one) != cosmetic_key(two) and _is_like(one, two):
        yield _change("title", "headline", one, two)


def _is_like(one: str, two: str) -> bool:
    """Whether two lines can be one headline, edited: one of them at least is known as a title."""
    return Indel.normalized_similarity(folded(one), folded(two)) >= _LIKE


def _is_title(line: str, side: Side) -> bool:
    """Whether a visible headline is the article's, not the site's name."""
    return any(
        folded(line) in other
        or other in folded(line)
        or Indel.normalized_similarity(folded(line), other) >= _LIKE
        for other in _lines(side.claims, "headline", _STATED)
        if other
    )


def _byline(before: Side, after: Side, old: Derived, new: Derived) -> Iterator[Change]:
    if _stays(before, after, ("author",)):
        return
    one, two = _authors(old), _authors(new)
    if [folded(name) for name in one] != [folded(name) for name in two]:
        if not {*map(folded, one)} ^ {*map(folded, two)}:
            return
        yield _change("claims", "byline", "; ".join(one), "; ".join(two))
        return
    seen = _only(before.claims, after.claims, "author", ("visible-text",))
    if len(seen[0]) == len(seen[1]) == 1:
        yield _change("claims", "byline", seen[0][0], seen[1][0])


def _stays(before: Side, after: Side, terms: tuple[str, ...]) -> bool:
    """Whether two pages state the same, and show as often what only one of them claims by that."""
    if before.page is None or after.page is None:
        return False
    stated, seen = [], []
    for side in (before, after):
        claims = [claim for term in terms for claim in side.claims.about(term)]
        stated.append(sorted((c.property, c.line()) for c in claims if c.signal not in _VISIBLE))
        seen.append({(c.signal, c.value) for c in claims if c.signal in _VISIBLE})
    if stated[0] != stated[1]:
        return False
    pages = before.page, after.page
    return all(_times(pages[0], *one) == _times(pages[1], *one) for one in seen[0] ^ seen[1])


def _times(page: Reading, signal: str, written: str) -> int:
    """How often a page shows what a claim was read from, as it is written there."""
    if signal == "time":
        return sum(value == written for value, _ in page.dated)
    key = tight_key(written)
    return sum(block.key.count(key) for block in page.blocks)


def _authors(derived: Derived) -> list[str]:
    views = [view for view in (derived.authors, derived.organisations) if view]
    return [str(name) for view in views for name in view.value]


def _dates(before: Side, after: Side, old: Derived, new: Derived) -> Iterator[Change]:
    for name in ("published", "modified"):
        views = getattr(old, name), getattr(new, name)
        values = [dates.iso(str(view.value)) if view else None for view in views]
        if values[0] and values[1] and dates.same_moment(values[0], values[1]):
            continue
        if values[0] != values[1] and not _stays(before, after, _EXPLAINED[name]):
            one, two = (str(view.value) if view else "" for view in views)
            yield _change("claims", name, one, two, _scope(name, before, after))


def _scope(name: str, before: Side, after: Side) -> Scope:
    """A line that says when an article was updated is no part of it; what machines are told is."""
    stated = _only(before.claims, after.claims, "dateModified", (*_STATED, *_PROGRAMS))
    return "page" if name == "modified" and not any(stated) else "article"


def _notes(before: Side, after: Side) -> Iterator[Change]:
    """Correction notes that a reader sees outside the text: in a footer, or an aside."""
    gone, come = _only(before.claims, after.claims, "correction", ("visible-text",))
    for line in gone:
        if not (_has(before, line) or is_remark(line)):
            yield _change("claims", "correction", line, "")
    for line in come:
        if not (_has(after, line) or is_remark(line)):
            yield _change("claims", "correction", "", line)


def _has(side: Side, line: str) -> bool:
    """Whether a line stands in the article, where it is compared as a part of it."""
    key = tight_key(line)
    if key in tight_key(side.text or ""):
        return True
    return side.page is not None and any(
        block.is_article and (key in block.key or block.key in key) for block in side.page.blocks
    )


def _lines(claims: Claims, term: str, signals: tuple[str, ...] | None) -> dict[str, str]:
    return {
        folded(claim.line()): claim.line()
        for claim in claims.about(term)
        if signals is None or claim.signal in signals
    }


def _only(
    before: Claims, after: Claims, term: str, signals: tuple[str, ...]
) -> tuple[list[str], list[str]]:
    """The values that only one side claims."""
    one, two = _lines(before, term, signals), _lines(after, term, signals)
    return (
        [line for key, line in one.items() if key not in two],
        [line for key, line in two.items() if key not in one],
    )


def _claim_only(before: Claims, after: Claims, explained: set[str]) -> Iterator[Change]:
    for term in _MACHINE:
        if term in explained:
            continue
        gone, come = _only(before, after, term, _STATED)
        for index in range(max(len(gone), len(come))):
            one = gone[index] if index < len(gone) else ""
            two = come[index] if index < len(come) else ""
            values = dates.iso(one), dates.iso(two)
            if values[0] and values[1] and dates.same_moment(values[0], values[1]):
                continue
            yield _change("claims", "claim-only", one, two, "page", term)
