"""Whether two pages are one article: another story, a translation, or the same page made otherwise.

An article whose every sentence was exchanged is told as a whole, not as a hundred edits. And an
AMP page, or a page made for printing, leaves out by its nature what the article's page shows.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Literal

from attrs import frozen

from archive.article.reading.variants import Variant
from archive.comparison.folding import tight_key
from archive.comparison.sentences import paragraph_spans, sentence_spans
from archive.comparison.side import Side

__all__ = ["Identity", "identify"]

SHARED = 0.3
"""Two pages that share this part of the shorter one's sentences are one article."""

KEPT = 0.1
"""Of an article that was replaced no more than this part of the shorter one is left in sentences
that both have, counted in signs: a headline that stayed over a short text is little."""

ALIKE = 0.3
"""Nor more than this part of its runs of signs: an article of which every sentence was edited
keeps most of them; of 2,211 pairs of unrelated real pages 999 in 1,000 share less than 0.12."""

RUN = 8
"""A run is of so many signs: two words, or a clause of Chinese."""

MOST = 2_000
"""Of no more sentences of each side it is looked up whether the other has them."""

LONGEST = 100_000
"""Nor are more signs of them looked at."""


@frozen
class Identity:
    """What two sides are to each other.

    Args:
        one: whether they are plainly one article.
        state: ``compared``; or ``replaced`` or ``translated`` where practically nothing of the
            earlier article is in the later one.
        twin: what one of the two is and the other is not: ``amp`` or ``print``; else None.
    """

    one: bool
    state: Literal["compared", "replaced", "translated"] = "compared"
    twin: Variant | None = None


def identify(before: Side, after: Side) -> Identity:
    """Say what two sides, both with an article, are to each other.

    Args:
        before: the earlier side.
        after: the later one.
    """
    old, new = dict.fromkeys(_sentences(before)), dict.fromkeys(_sentences(after))
    least = min(len(old), len(new))
    shared = old.keys() & new.keys()
    enough = least == 0 or len(shared) >= SHARED * least
    state: Literal["compared", "replaced", "translated"] = "compared"
    if not enough and not (before.suspicious or after.suspicious):
        texts = "".join(old), "".join(new)
        if sum(map(len, shared)) <= KEPT * min(map(len, texts)):
            state = _replacement(before, after, texts)
    known = before.page is not None or after.page is not None
    one = enough or not known or _is_one_address(before, after)
    twin = None if before.variant == after.variant else before.variant or after.variant
    return Identity(one, state, twin)


def _replacement(
    before: Side, after: Side, texts: tuple[str, str]
) -> Literal["compared", "replaced", "translated"]:
    """What became of an article of which hardly a sentence is left."""
    old, new = ({*_runs(text[:LONGEST])} for text in texts)
    least = min(len(old), len(new))
    if least == 0 or len(old & new) > ALIKE * least:
        return "compared"
    codes = {(*side.codes(), None)[0] for side in (before, after)}
    return "translated" if len(codes) == 2 and None not in codes else "replaced"


def _runs(text: str) -> Iterator[str]:
    return (text[at : at + RUN] for at in range(max(1, len(text) - RUN + 1)))


def _is_one_address(before: Side, after: Side) -> bool:
    """Whether both name one canonical address."""
    named = {_canonical(before), _canonical(after)}
    return len(named) == 1 and None not in named


def _canonical(side: Side) -> str | None:
    for claim in side.claims.about("url"):
        if claim.signal in ("link", "opengraph") and "//" in claim.value:
            return claim.line().partition("//")[2].rstrip("/")
    return None


def _sentences(side: Side) -> Iterator[str]:
    """The tight keys of the first sentences of an article."""
    text = "".join(f"{block.text}\n" for block in side.reading.blocks if block.is_article)
    spans = (
        span for first, last in paragraph_spans(text) for span in sentence_spans(text, first, last)
    )
    return (tight_key(text[start:end]) for start, end in islice(spans, MOST))
