"""Whether an edit was told to readers: true, false, or not judged, and why.

Judged is only what both pages alone can answer. What stands in a text that no reader was shown
(`archive.article.bodies`) was hidden from nobody and is not judged, nor are two texts of which one
was shown. Where either is probably not the article, or only
a part of it, or the two are not plainly one article, there is no verdict: better none than a false
one. *Told* means a later date of modification, stated to machines or in a labelled line of the
article, or a note about this article that the earlier page has not.
"""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen

from archive.article.bodies import UNSHOWN
from archive.article.signals.notes import is_remark
from archive.article.suspicion.counting import asks_consent
from archive.comparison.dated import is_later
from archive.comparison.folding import cosmetic_key, tight_key
from archive.comparison.house import asks_reader, reads_like_advertisement
from archive.comparison.identity import Identity
from archive.comparison.result import NO_ARTICLE, Change
from archive.comparison.side import Side
from archive.comparison.tickers import may_run
from archive.comparison.updates import is_updated
from archive.comparison.walled import breaks_off

__all__ = ["Silence", "judge_silence"]

_APART = frozenset({"navigation", "footer", "comments"})
"""In these regions a note is not about the article."""


@frozen
class Silence:
    """The verdict.

    Args:
        silent: whether something substantive changed and nothing tells of it; None where that is
            not judged.
        reason: why it is not judged, in a few words; None where it is.
    """

    silent: bool | None
    reason: str | None = None


def judge_silence(
    before: Side,
    after: Side,
    changes: Sequence[Change],
    identity: Identity,
    *,
    past: int | None,
    alone: bool,
) -> Silence:
    """Judge from the two sides alone.

    Args:
        before: the earlier side.
        after: the later one.
        changes: what differs in the article.
        identity: what the two sides are to each other.
        past: the block after which nothing was compared, or None.
        alone: whether no other page of the host is known.
    """
    heavy = [change for change in changes if change.significance == "substantive"]
    if past is not None:
        return Silence(None, f"not compared past block {past:,}")
    reason = _unshown(before, after, changes)
    if reason or not heavy:
        return Silence(None, reason) if reason else Silence(False)
    reason = _why_not(before, after, identity)
    reason = reason or _doubt(heavy, before.code() or after.code(), alone=alone)
    if reason:
        return Silence(None, reason)
    for name, short, whole in (("later", after, before), ("earlier", before, after)):
        if breaks_off(short, whole):
            return Silence(None, f"the {name} page may break off before a paywall")
    told = _is_told(before, after, changes) or is_updated(before, after)
    if told is None:
        return Silence(None, "the later page tells another time of update, and not whether a later")
    return Silence(not told)


def _doubt(changes: Sequence[Change], language: str | None, *, alone: bool) -> str | None:
    """Why changes that may be none of the article's accuse nobody, or None."""
    if alone and _may_advertise(changes, language):
        return "all that came or went may be an advertisement of the house"
    if _may_ask(changes, language):
        return "all that came or went may be a banner that asks for consent, or another notice"
    if _may_tick(changes):
        return "all that changed may be a line of markets, weather, a poll or a running score"
    return None


def _unshown(before: Side, after: Side, changes: Sequence[Change]) -> str | None:
    """Why nobody is accused of what stands in a text that no reader was shown, or None."""
    one, two = before.text_source, after.text_source
    if one != two:
        texts = (_SOURCES[one], _SOURCES[two])
        return f"the texts are of different sources: {texts[0]} and {texts[1]}"
    return f"the text is {UNSHOWN[one]}" if one is not None and changes else None


_SOURCES = {None: "the page as shown", "jsonld": "its JSON-LD", "state": "its scripts' state"}
_TWINS = {"amp": "an AMP page", "print": "a page for printing"}


def _why_not(before: Side, after: Side, identity: Identity) -> str | None:
    """Why the two sides are not judged, or None."""
    for name, side in (("earlier", before), ("later", after)):
        if side.suspicious:
            return f"the {name} page is {NO_ARTICLE}: {side.suspicious}"
        for limitation, words in (("cut", "was cut off"), ("unclosed", "may not be whole")):
            if limitation in side.limitations:
                return f"the {name} page {words}"
    if identity.twin is not None:
        return f"one of the two is {_TWINS[identity.twin]}"
    if identity.bilingual:
        return "the two pages are in two languages"
    return None if identity.one else "not plainly one article"


def _may_advertise(changes: Sequence[Change], language: str | None) -> bool:
    """Whether all that changed are paragraphs that read like advertisements of the house."""
    return all(
        change.part in ("text", "reading")
        and all(
            reads_like_advertisement(passage, language)
            for passage in (change.before, change.after)
            if passage
        )
        for change in changes
    )


def _may_ask(changes: Sequence[Change], language: str | None) -> bool:
    """Whether all that came or went is what banners and notices say that ask something."""
    return all(
        change.part in ("text", "reading")
        and not (change.before and change.after)
        and _asks(change.before or change.after, language)
        for change in changes
    )


def _asks(passage: str, language: str | None) -> bool:
    return asks_consent(passage) or asks_reader(passage, language)


def _may_tick(changes: Sequence[Change]) -> bool:
    """Whether all that changed are whole lines of the form of a ticker's or a poll's."""
    return all(
        change.part in ("text", "reading")
        and all(may_run(passage) for passage in (change.before, change.after) if passage)
        for change in changes
    )


def _is_told(before: Side, after: Side, changes: Sequence[Change]) -> bool:
    """Whether the later page says that it was changed."""
    if any("correction" in change.classes and change.after for change in changes):
        return True
    notes = {cosmetic_key(claim.line()) for claim in before.claims.about("correction")}
    lines = [claim.line() for claim in after.claims.about("correction")]
    if any(
        cosmetic_key(line) not in notes and not is_remark(line) and not _stands_apart(after, line)
        for line in lines
    ):
        return True
    return is_later(before, after)


def _stands_apart(side: Side, line: str) -> bool:
    """Whether a line stands only where it is not about the article."""
    if side.page is None:
        return False
    key = tight_key(line)
    places = [block for block in side.page.blocks if key in block.key or block.key in key]
    return bool(places) and all(block.region in _APART or block.listed for block in places)
