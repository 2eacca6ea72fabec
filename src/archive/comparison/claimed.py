"""Changes of headline, byline, dates and standfirst, and of claims that nothing visible follows."""

from __future__ import annotations

from collections.abc import Iterator

from rapidfuzz.distance import Indel

from archive.article import Claims, Derived, dates, derive
from archive.article.claims import folded
from archive.article.signals.notes import is_remark
from archive.comparison.classification import weigh
from archive.comparison.folding import cosmetic_key, tight_key, words
from archive.comparison.result import Change, Part, Scope
from archive.comparison.side import Side

__all__ = ["compare_claims", "is_later"]

_STATED = ("jsonld", "opengraph", "meta", "microdata", "title")
"""The signals whose claims a page makes on purpose and for machines."""

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


def compare_claims(before: Side, after: Side, standfirst: bool) -> list[Change]:
    """The changes of what two sides claim.

    Args:
        before: the earlier side.
        after: the later side.
        standfirst: whether the standfirst is known to have changed, from the text.
    """
    if before.claims == after.claims and before.title == after.title:
        return [] if standfirst else list(_standfirst(before, after))
    old, new = derive(before.claims), derive(after.claims)
    found = [*_headline(before, after), *_byline(before, after, old, new), *_dates(old, new)]
    if not standfirst:
        found += _standfirst(before, after)
    found += _notes(before, after)
    named = {name for change in found for name in change.classes}
    explained = {term for name in named for term in _EXPLAINED.get(name, ())}
    if standfirst:
        explained |= set(_EXPLAINED["standfirst"])
    return [*found, *_claim_only(before.claims, after.claims, explained)]


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
    one, two = _authors(old), _authors(new)
    if [folded(name) for name in one] != [folded(name) for name in two]:
        if not {*map(folded, one)} ^ {*map(folded, two)}:
            return
        yield _change("claims", "byline", "; ".join(one), "; ".join(two))
        return
    seen = _only(before.claims, after.claims, "author", ("visible-text",))
    if len(seen[0]) == len(seen[1]) == 1:
        yield _change("claims", "byline", seen[0][0], seen[1][0])


def _authors(derived: Derived) -> list[str]:
    views = [view for view in (derived.authors, derived.organisations) if view]
    return [str(name) for view in views for name in view.value]


def _dates(old: Derived, new: Derived) -> Iterator[Change]:
    for name in ("published", "modified"):
        views = getattr(old, name), getattr(new, name)
        values = [dates.iso(str(view.value)) if view else None for view in views]
        if values[0] and values[1] and dates.same_moment(values[0], values[1]):
            continue
        if values[0] != values[1]:
            one, two = (str(view.value) if view else "" for view in views)
            yield _change("claims", name, one, two)


def _standfirst(before: Side, after: Side) -> Iterator[Change]:
    one, two = _descriptions(before.claims), _descriptions(after.claims)
    gone = [line for key, line in one.items() if key not in two]
    come = [line for key, line in two.items() if key not in one]
    pages = before.page, after.page
    shown = any(
        page is not None and page.introduces(_stem(line))
        for page, lines in zip(pages, (gone, come), strict=True)
        for line in lines
    )
    if gone and come and shown:
        yield _change("claims", "standfirst", gone[0], come[0])
        return
    if pages[0] is None or pages[1] is None:
        return
    left = [line for line in pages[0].lead if line not in pages[1].lead]
    here = [line for line in pages[1].lead if line not in pages[0].lead]
    if len(left) == len(here) == 1:
        yield _change("claims", "standfirst", left[0], here[0])


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
    """Whether a line stands in the text, where it is compared as a part of it."""
    return tight_key(line) in tight_key(side.text or "")


def _stem(line: str) -> str:
    """A description without its last words, which are often cut."""
    return line.rstrip(".… ") if len(line) < 80 else line[: len(line) - 12]


def _descriptions(claims: Claims) -> dict[str, str]:
    return {
        cosmetic_key(claim.line()): claim.line()
        for term in ("description", "alternativeHeadline")
        for claim in claims.about(term)
        if claim.signal in _STATED
    }


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


def is_later(before: Claims, after: Claims) -> bool:
    """Whether the later side claims a date of modification after all that the earlier one claims.

    Header fields do not count: a server's Last-Modified tells no reader anything.
    """
    old, new = _modified(before), _modified(after)
    if not new:
        return False
    return not old or max(new) > max(old)


def _modified(claims: Claims) -> list[str]:
    found: list[str] = []
    for claim in claims.about("dateModified"):
        written = dates.iso(claim.line())
        if written and claim.signal != "http-header":
            moment = dates.instant(written)
            found.append(moment.isoformat()[:19] if moment else written[:19])
    return found
