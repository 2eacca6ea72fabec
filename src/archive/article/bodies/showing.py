"""Whether a page shows its article, or a beginning of it, whatever was extracted from it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from archive.article.claims import Claims
from archive.article.keys import tight_key
from archive.article.reading.walk import Walk
from archive.article.suspicion.counting import Counted
from archive.article.suspicion.shown import fold

__all__ = ["PIECE", "TOLD", "measure_told", "shows_article"]

PIECE = 40
"""A block that has so many signs and begins as a paragraph of the body does is a piece of it."""

TOLD = 80
"""Behind its headline a page tells something where it has sentences of so many signs that are not
those of a wall, a banner or a notice."""


def measure_told(text: str, counted: Counted) -> int:
    """How many signs of a text are in lines that are not a wall's, a banner's or a notice's.

    Args:
        text: what was extracted from the page.
        counted: which of its lines say that it is no article.
    """
    walls = {line for lines in counted.stated.values() for line in lines}
    return sum(len(line) for line in text.split("\n") if fold(line) not in walls)


def shows_article(counted: Counted, blocks: Walk, claims: Claims, lines: Sequence[str]) -> bool:
    """Whether a page shows any of its article: a piece of the body, a summary, or a beginning.

    Args:
        counted: which of its lines say that it is no article.
        blocks: what it shows.
        claims: what it says about itself.
        lines: the paragraphs of the body that it states.
    """
    titles = {tight_key(claim.line()) for claim in claims.about("headline")}
    told = (claim.line() for claim in claims.about("description"))
    body = tight_key("\n".join(chain(lines, told)))
    for run in blocks.runs:
        if len(run.key) >= PIECE and run.key not in titles and run.key[:PIECE] in body:
            return True
    headed = any(run.key in titles for run in blocks.runs)
    return headed and counted.told and counted.prose >= TOLD
