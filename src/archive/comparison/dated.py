"""Claims that were read from what is visible, where they stand; and whether a date is later.

A name or a date that a page shows only beside its article, in a list of other stories, a comment,
the site's head or foot, is no claim about the article.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from attrs import evolve

from archive.article import Claim, Claims, dates
from archive.article.reading import Block, Reading
from archive.article.signals.table import written_for
from archive.comparison.folding import tight_key
from archive.comparison.side import Side
from archive.comparison.worded import find_clock, read_whole_day

__all__ = ["is_later", "is_of_article", "own_claims"]

_VISIBLE = frozenset(written_for("readers"))
_UNREAD = frozenset(written_for("nobody"))
_TERMS = frozenset({"author", "editor", "datePublished", "dateCreated", "dateModified"})
_DATES = frozenset({"datePublished", "dateCreated", "dateModified"})
_WEST, _EAST = timedelta(hours=12), timedelta(hours=14)
_DAY = timedelta(days=1)


def own_claims(side: Side) -> Claims:
    """The claims of a side without names and dates that its page shows only beside the article."""
    page = side.page
    if page is None:
        return side.claims
    kept = [
        claim
        for claim in side.claims
        if claim.signal not in _VISIBLE
        or claim.property not in _TERMS
        or is_of_article(page, claim)
    ]
    return (
        side.claims if len(kept) == len(side.claims) else evolve(side.claims, entries=tuple(kept))
    )


def is_of_article(page: Reading, claim: Claim) -> bool:
    """Whether what a claim was read from stands in the article or its head, or near enough.

    A date that only stands somewhere, without a label, has to stand in the article's head.
    """
    if claim.signal == "time":
        places = [page.blocks[at] for value, at in page.dated if value == claim.value and at >= 0]
    else:
        key = tight_key(claim.value)
        places = [block for block in page.blocks if key in block.key]
    if not places:
        return claim.signal != "time"
    strict = claim.strength == "inferred" and claim.property in _DATES
    return any(_is_own(block, strict) for block in places)


def _is_own(block: Block, strict: bool) -> bool:
    if block.listed:
        return False
    return block.region == "head" if strict else block.region in ("article", "head", "other")


def is_later(before: Side, after: Side) -> bool:
    """Whether the later side states a date of modification after all that the earlier one states.

    Later means later in whatever zone a time without one is. Header fields do not count: a
    server's Last-Modified tells no reader anything.
    """
    old = _stated(before, ("dateModified",)) or _stated(before, ("datePublished",))
    new = _stated(after, ("dateModified",))
    return any(all(_is_after(two, one) for one in old) for two in new)


def _stated(side: Side, terms: tuple[str, ...]) -> list[str]:
    found: list[str] = []
    for claim in own_claims(side):
        if claim.property in terms and claim.signal not in _UNREAD:
            written = dates.iso(claim.line()) or _in_words(claim.line(), side.code())
            if written:
                found.append(written)
    return found


def _in_words(line: str, language: str | None) -> str | None:
    """A date in words of another language than English, as ISO 8601."""
    told = read_whole_day(line.lower(), language)
    if told is None:
        return None
    day = date(*told[0]).isoformat()
    clock = find_clock(line.lower(), told[1])
    return f"{day}T{clock.hour:02}:{clock.minute:02}:00" if clock and clock.hour < 24 else day


def _is_after(two: str, one: str) -> bool:
    """Whether a date is later than another, whatever their zones are where none is stated."""
    moments = dates.instant(two), dates.instant(one)
    if moments[0] is None and moments[1] is None:
        size = min(len(two), len(one))
        return two[:size] > one[:size]
    return _bounds(two)[0] > _bounds(one)[1]


def _bounds(written: str) -> tuple[datetime, datetime]:
    """The first and the last moment that a date can mean."""
    moment = dates.instant(written)
    if moment is not None:
        return moment, moment
    read = datetime.fromisoformat(written[:19]).replace(tzinfo=UTC)
    length = _DAY if len(written) <= 10 else timedelta()
    return read - _EAST, read + length + _WEST
