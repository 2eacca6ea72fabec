"""A text in paragraphs and sentences, with their places.

A sentence ends with a full stop, question or exclamation mark or ellipsis, closing marks included,
when white space and no small letter follow; after a full stop not where an abbreviation, an initial
or an ordinal number stands. Chinese and Japanese stops end a sentence without white space, but not
inside brackets that close right after. A paragraph is a line. Rules that are wrong now and then do
little harm here: both sides are cut by the same ones, and alignment joins what was cut in two.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from archive.languages import all_words

__all__ = ["PLAIN", "Span", "paragraph_spans", "piece_spans", "sentence_spans"]

Span = tuple[int, int]

PLAIN = 50_000
"""A paragraph with more characters is cut into pieces, not sentences, wherever they end."""


_PIECE = re.compile(
    r"\S(?:.{24,400}?(?:(?=\s)|[、。，\u4e00-\u50ff])|[^\n]{0,400}\S{0,1000000})", re.DOTALL
)
_CLOSING = "\"'”’“»«)\\]」』）】›"
_END = re.compile(
    rf"(?:[.!?…؟۔।॥][.!?…]{{0,5}}[{_CLOSING}]{{0,4}}(?:\[\d{{1,3}}\]){{0,4}}\s+"
    rf"|[。！？｡][。！？]{{0,5}}[{_CLOSING}]{{0,4}}\s*)(?=\S)"
)
_LAST_WORD = re.compile(r"(?:[^\W\d_]\.)*[\w’']*\Z")
_ABBREVIATIONS = all_words("abbreviations")


def paragraph_spans(text: str) -> list[Span]:
    """Where the lines that are not blank begin and end, line feeds left out."""
    spans: list[Span] = []
    start = 0
    for line in text.split("\n"):
        if line and not line.isspace():
            spans.append((start, start + len(line)))
        start += len(line) + 1
    return spans


def sentence_spans(text: str, start: int, end: int) -> list[Span]:
    """Where the sentences of one paragraph begin and end, white space around them left out.

    Args:
        text: the whole text.
        start: where the paragraph begins.
        end: where it ends.
    """
    if end - start > PLAIN:
        return piece_spans(text, start, end)
    spans: list[Span] = []
    begin = start
    for found in _END.finditer(text, start, end):
        cut = found.end()
        if _is_end(text, begin, found.start(), cut):
            spans.extend(_bounded(text, begin, cut))
            begin = cut
    spans.extend(_bounded(text, begin, end))
    return spans


def piece_spans(text: str, start: int, end: int) -> list[Span]:
    """A very long passage in pieces that do not depend on where it begins, for long.

    A piece ends at the first white space, or one of some common signs, after 24 characters: both
    sides of an edit are soon cut at the same places again.
    """
    return [found.span() for found in _PIECE.finditer(text, start, end)]


def _is_end(text: str, begin: int, at: int, cut: int) -> bool:
    """Whether a sentence that began at `begin` ends with the sign at `at`."""
    after = text[cut]
    mark = text[at]
    if mark in "。！？｡":
        return after not in "」』）】、，と"
    if after.islower() or after in ",;:–—-" or text[cut : cut + 2] in ("» ", "»\u00a0"):
        return False
    if mark != "." or text[at + 1 : cut].strip(" \u00a0\t"):
        return True
    word = _LAST_WORD.search(text[max(begin, at - 24) : at])
    last = word[0].lower() if word else ""
    if last.isdecimal():
        return len(last) > 2 or not after.isalpha()
    return not ((len(last) == 1 and last.isalpha()) or "." in last or last in _ABBREVIATIONS)


def _bounded(text: str, start: int, end: int) -> Iterator[Span]:
    """A sentence without the white space around it, if anything is left."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield start, end
