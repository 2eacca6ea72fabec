"""Two captures side by side: what of the article changed.

Values in, values out: no clock, no disk, no randomness. ::

    folding         words as tokens
    sentences       paragraphs and sentences, with their places
    sequences       anchors, and shortest edit scripts between them
    units           sentences with their keys and words
    pairing         which of some sentences are the same, edited
    alignment       which sentence is which: edited, split, joined, moved
    denial          what denies, in many languages
    lexicon         number words, units and other closed words by language
    numbers         numbers however they are written
    names           which words are names
    meaning         single words that turn what a sentence says
    quoted          which quotations an edit touches
    classification  what kind of change an edit is, and how much it matters
    tongue          the language of a text by its own script and words
    side            one side, ready to be compared
    identity        whether two pages are one article: replaced, translated, a twin
    translation     whether one is the other in another language
    moved           which words of one article stand only beside the other
    readings        which blocks of two pages are the same, and which are the article's
    articles        an article's words as read, and where they stand in its text
    edits           the changes between two articles' words
    worded          dates and times of the day in a line of words
    dated           claims read from what is visible; which date is later
    claimed         headline, byline, dates, other claims
    linked          links
    phrases         lines as words that the data has, each with what it is for
    forms           what a line is by its form: a counter, a time, a label
    tickers         running lines of markets, weather, a score, by their form
    rights          lines that say whose the rights are, without their years
    furniture       lines of an article that are the site's, by form and place
    places          lines that are the site's where they stand: counts in headings, share bars
    footnotes       texts without the numbers of their footnotes' marks
    house           paragraphs that read like an advertisement of the house
    noise           what changes without anybody having edited
    updates         lines that tell when a page was updated
    walled          whether a page may break off before a paywall
    silence         whether an edit was told, or why that is not judged
    leads           where the standfirst stands
    echoes          edits that say no more than a change of headline, byline or date
    placing         where edits stand in texts, readings and bytes
    comparing       all of it together
    digests         one number for an article as read, and how whole its text is
    gist            both as a value, with title and words
    rules           the revision of all these rules
    result          the comparison as a value
    marked          a change's passage, cut at the words that differ
    patch           two texts as a unified diff
    passages        what two texts of different sources share
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from archive.comparison.comparing import compare_sides
    from archive.comparison.digests import reading_digest
    from archive.comparison.marked import Segment, mark
    from archive.comparison.noise import Host
    from archive.comparison.passages import Passage, Shingles, shared_passages
    from archive.comparison.patch import make_patch
    from archive.comparison.result import (
        CLASSES,
        SIGNIFICANCES,
        Change,
        Comparison,
        Significance,
    )
    from archive.comparison.rules import RULES
    from archive.comparison.side import Side, read_side

__all__ = [
    "CLASSES",
    "RULES",
    "SIGNIFICANCES",
    "Change",
    "Comparison",
    "Host",
    "Passage",
    "Segment",
    "Shingles",
    "Side",
    "Significance",
    "compare_sides",
    "make_patch",
    "mark",
    "read_side",
    "reading_digest",
    "shared_passages",
]

_HOMES = {
    "compare_sides": "comparing",
    **dict.fromkeys(("Segment", "mark"), "marked"),
    "reading_digest": "digests",
    "Host": "noise",
    **dict.fromkeys(("Passage", "Shingles", "shared_passages"), "passages"),
    "make_patch": "patch",
    "RULES": "rules",
    **dict.fromkeys(("CLASSES", "SIGNIFICANCES", "Change", "Comparison", "Significance"), "result"),
    **dict.fromkeys(("Side", "read_side"), "side"),
}


def __getattr__(name: str) -> Any:
    # Adding a page takes its passages, and must not load what comparing needs.
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
