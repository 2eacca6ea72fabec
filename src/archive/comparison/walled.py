"""Whether one of two pages may be the beginning of the other, up to a paywall.

A gutted article is an edit, so that a text that breaks off says nothing alone: the page has to
carry a second sign. That is what it states to machines (`isAccessibleForFree`), the mark of
somebody who makes paywalls, a field for an address or a password, or a line behind the break that
asks its reader for something. Where it is not known how a language reports speech, a line that
speaks of subscriptions and the like is one, for news of them cannot be told apart; where it is not
known what houses offer, any short line is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from archive.article.reading import Block
from archive.article.suspicion.vendors import is_paywalled
from archive.comparison.house import offers, reads_like_advertisement
from archive.comparison.side import Side
from archive.languages import read_language, read_walls

__all__ = ["breaks_off"]

LOST = 4
"""One sign in so many of the whole article is lost where it breaks off, or more."""

KEPT = 0.8
"""So much of what stands before the break is on both pages."""

NOTICE = 600
"""Behind the break no more signs are new, nor more than were lost."""

PARAGRAPH, STORY = 80, 2
"""Paragraphs of so many signs, and how many: where these are new behind the break and tell of no
wall, the story goes on."""

_NOT_FREE = re.compile(r"(?:\A|/)(?:false|no)\Z")
_ASKS = re.compile(
    rb"<input\b[^>]*\btype\s*=\s*[\"']?(?:password|email)|<input\b[^>]*\bname\s*=\s*[\"']?e-?mail",
    re.IGNORECASE,
)


def breaks_off(short: Side, whole: Side) -> bool:
    """Whether one page has the other's article up to somewhere, and signs of a paywall.

    Args:
        short: the page that may break off.
        whole: the other page.
    """
    if short.page is None or whole.page is None:
        return False
    shared, lost = _beginning(short.page.blocks, whole.page.blocks)
    if not lost:
        return False
    fresh = _behind(short.page.blocks, {block.key for block in whole.page.blocks}, shared)
    if _signs(block for block in fresh if block.is_article) > min(NOTICE, lost):
        return False
    return _is_marked(short, whole) or _is_told(fresh, short.code() or whole.code())


def _beginning(short: Sequence[Block], whole: Sequence[Block]) -> tuple[set[str], int]:
    """What is shared of an article, and how many signs of it are lost: 0 where it is whole."""
    old = [block for block in whole if block.is_article and not block.headline]
    shared = {block.key for block in old} & {block.key for block in short}
    if not shared:
        return shared, 0
    last = max(at for at, block in enumerate(old) if block.key in shared)
    before, lost = old[: last + 1], _signs(old[last + 1 :])
    kept = _signs(block for block in before if block.key in shared)
    ends = kept >= KEPT * _signs(before) and LOST * lost >= _signs(old)
    return shared, lost if ends else 0


def _signs(blocks: Iterable[Block]) -> int:
    return sum(len(block.key) for block in blocks)


def _behind(blocks: Sequence[Block], known: set[str], shared: set[str]) -> list[Block]:
    """What is new on a page behind the last block that both have of the article."""
    last = max(at for at, block in enumerate(blocks) if block.key in shared)
    return [block for block in blocks[last + 1 :] if block.key not in known]


def _is_marked(short: Side, whole: Side) -> bool:
    """Whether a page says to machines that it is not free, or has marks or new fields of a wall."""
    stated = (claim.line().casefold() for claim in short.claims.about("isAccessibleForFree"))
    if any(_NOT_FREE.search(value) for value in stated):
        return True
    content, other = (side.source[0] if side.source else b"" for side in (short, whole))
    if len(_ASKS.findall(content)) > len(_ASKS.findall(other)):
        return True
    return is_paywalled(content.decode("latin-1").lower())


def _is_told(fresh: Iterable[Block], language: str | None) -> bool:
    """Whether a new line tells of a wall, as far as it is known what walls say."""
    words = read_language(language or "")
    known = bool(words.phrases("house.subjects"))
    told_apart = reads_like_advertisement if words.words("speech.verbs") else offers
    phrases = read_walls()["paywall"]
    story = 0
    told = False
    for block in fresh:
        if (
            not known
            or told_apart(block.text, language)
            or any(phrase in block.text.casefold() for phrase in phrases)
        ):
            told = True
        elif block.is_article and len(block.key) >= PARAGRAPH:
            story += 1
    return told and story < STORY
