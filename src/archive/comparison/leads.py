"""Where the standfirst of an article stands, by its place under the headline or by what it says."""

from __future__ import annotations

from attrs import evolve

from archive.comparison.articles import Article
from archive.comparison.folding import tight_key
from archive.comparison.result import Change
from archive.comparison.side import Side

__all__ = ["Leads", "widen"]

LEAD = 40
"""A line between headline and text of so many signs or more is the standfirst."""

OPENING = 1_500
"""In how many characters of an article its description is looked for."""

_CAPTIONS = frozenset({"figcaption", "caption", "td", "th", "time", "li", "dt", "dd"})
"""What stands in these between headline and text is no standfirst."""


class Leads:
    """Where the standfirsts of two articles stand."""

    def __init__(
        self,
        sides: tuple[Side, Side],
        texts: tuple[str, str],
        articles: tuple[Article, Article] | None,
    ) -> None:
        self._texts = texts
        self._articles = articles
        self._described = tuple(_described(side) for side in sides)

    def holds(self, side: int, place: int) -> bool:
        """Whether a place of one side's text is in its standfirst."""
        if self._articles is not None:
            at = self._articles[side].at(place)
            block = None if at is None else self._articles[side].blocks[at]
            if block is None:
                return False
            if block.region == "head" and block.tag not in _CAPTIONS and len(block.key) >= LEAD:
                return 2 * block.linked < len(block.key)
        described = self._described[side]
        if place > OPENING or not described:
            return False
        text = self._texts[side]
        line = tight_key(text[text.rfind("\n", 0, place) + 1 :].partition("\n")[0][:OPENING])
        return any(line in (lead, lead.rstrip(".…")) for lead in described)


def _described(side: Side) -> frozenset[str]:
    """The tight keys of what a page gives as its standfirst."""
    keys = (
        tight_key(claim.line())
        for term in ("description", "alternativeHeadline")
        for claim in side.claims.about(term)
    )
    return frozenset(key for key in keys if len(key) >= 30)


def widen(edit: Change, articles: tuple[Article, Article]) -> Change:
    """A change of the standfirst with the whole of it, where it is one block on both sides.

    Args:
        edit: any change of the text.
        articles: the two articles.
    """
    if "standfirst" not in edit.classes or not (edit.before and edit.after):
        return edit
    blocks = articles[0].within(edit.before_span), articles[1].within(edit.after_span)
    if len(blocks[0]) != 1 or len(blocks[1]) != 1:
        return edit
    starts = [
        article.starts[article.at(span[0]) or 0]
        for article, span in zip(articles, (edit.before_span, edit.after_span), strict=True)
    ]
    before, after = blocks[0][0].text, blocks[1][0].text
    return evolve(
        edit,
        before=before,
        after=after,
        before_span=(starts[0], starts[0] + len(before)),
        after_span=(starts[1], starts[1] + len(after)),
    )
