"""Where edits stand: in the extracted texts, or else in the readings and the bytes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from attrs import evolve

from archive.comparison.articles import Article, Locator
from archive.comparison.result import Change
from archive.comparison.side import Side

__all__ = ["place_edits"]

Span = tuple[int, int]


def place_edits(
    edits: Sequence[Change], articles: tuple[Article, Article], sides: tuple[Side, Side]
) -> Iterator[Change]:
    """Edits with their places in the texts, or in the readings where the texts lack them.

    Args:
        edits: the edits, with their places in the words of the two articles.
        articles: the two articles.
        sides: the two sides.
    """
    locators = tuple(
        Locator(article, side.text or "") for article, side in zip(articles, sides, strict=True)
    )
    for edit in edits:
        passages, places = (edit.before, edit.after), (edit.before_span, edit.after_span)
        spans = [
            finder.in_text(span) if words else None
            for finder, span, words in zip(locators, places, passages, strict=True)
        ]
        if any(words and not span for words, span in zip(passages, spans, strict=True)):
            yield _in_reading(edit, locators, sides)
        else:
            yield _in_text(edit, locators, sides)


def _in_text(edit: Change, locators: tuple[Locator, ...], sides: tuple[Side, Side]) -> Change:
    """An edit whose passages both stand in their texts."""

    def find(side: int, span: Span) -> Span:
        found = locators[side].in_text(span) if span[0] < span[1] else None
        if found is None:
            place = locators[side].gap_in_text(span[0])
            found = place, place
        return found

    texts = sides[0].text or "", sides[1].text or ""
    spans = find(0, edit.before_span), find(1, edit.after_span)
    operations = tuple(
        evolve(
            one,
            before=texts[0][slice(*places[0])],
            after=texts[1][slice(*places[1])],
            before_span=places[0],
            after_span=places[1],
        )
        for one in edit.operations
        for places in [(find(0, one.before_span), find(1, one.after_span))]
    )
    return evolve(
        edit,
        before=texts[0][slice(*spans[0])],
        after=texts[1][slice(*spans[1])],
        before_span=spans[0],
        after_span=spans[1],
        operations=operations,
    )


def _in_reading(edit: Change, locators: tuple[Locator, ...], sides: tuple[Side, Side]) -> Change:
    """An edit that one of the texts lacks, at its places in the readings."""
    one, two = locators
    return evolve(
        edit,
        part="reading",
        before_span=one.in_reading(edit.before_span),
        after_span=two.in_reading(edit.after_span),
        operations=tuple(
            evolve(
                operation,
                before_span=one.in_reading(operation.before_span),
                after_span=two.in_reading(operation.after_span),
            )
            for operation in edit.operations
        ),
        before_bytes=_bytes(sides[0], edit.before),
        after_bytes=_bytes(sides[1], edit.after),
    )


def _bytes(side: Side, words: str) -> Span | None:
    """Where words stand in the page's bytes as they are, if they stand there once."""
    if side.source is None or not words:
        return None
    content, encoding = side.source
    try:
        sought = words.encode(encoding)
    except (LookupError, UnicodeEncodeError):
        return None
    at = content.find(sought)
    if at < 0 or content.find(sought, at + 1) >= 0:
        return None
    return at, at + len(sought)
