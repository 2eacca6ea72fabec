"""Whether a page is a list of stories: a front page, a section, an archive."""

from __future__ import annotations

import re

from archive.article.suspicion.counting import SENTENCE, Counted
from archive.article.suspicion.shown import Appearance, fold, look, measure

__all__ = ["is_listing"]

STORIES = 6
"""A page with so many headlines that lead elsewhere is a list of stories."""

FEW = 4
"""So many are one where nothing says that the page is an article."""

LINKS = 12
"""So many links of a headline's length are one, on a page that has no sentence besides."""

PARAGRAPH = 300
"""A line of so many signs is an article's: a list has beginnings of stories only."""

BEFORE = 60
"""Before its first story a list has no more signs of sentences; an article stands there."""

HEADLINE = 20
"""A link of so many signs may be a headline."""

_INSIDE = r"(?:\s*<(?!/?(?:a|h[1-6])\b)[^<>]*>[^<]{0,200}){0,8}\s*"
_STORY = re.compile(
    rf"<h[2-6]\b[^>]*>{_INSIDE}<a\b(?![^>]*href\s*=\s*[\"']?#)"
    rf"|<a\b(?![^>]*href\s*=\s*[\"']?#)[^>]*>{_INSIDE}<h[2-6]\b",
    re.IGNORECASE,
)
_LINK = re.compile(r"<a\b(?![^>]*href\s*=\s*[\"']?#)[^>]*>(.*?)</a\s*>", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_TOP = re.compile(r"<h1\b[^>]*>\s*<a\b", re.IGNORECASE)
_BESIDE = re.compile(r"<(aside|nav|footer)\b.*?</\1\s*>", re.IGNORECASE | re.DOTALL)
_ELEMENT = re.compile(r"<article\b", re.IGNORECASE)
_AUTHOR = re.compile(r"articlebody|rel\s*=\s*[\"']author", re.IGNORECASE)


def is_listing(shown: Appearance, counted: Counted) -> bool:
    """Whether a page has headlines of many stories and a paragraph of none.

    Args:
        shown: what it says.
        counted: how much of that.
    """
    if counted.marked or any(measure(line) >= PARAGRAPH for line in shown.lines):
        return False
    if not counted.told and not counted.structured and counted.prose < BEFORE:
        names = map(fold, (_TAG.sub(" ", one) for one in _LINK.findall(shown.markup)))
        links = {one for one in names if one in shown.lines and measure(one) >= HEADLINE}
        if len(links) >= LINKS:
            return True
    return _has_stories(_BESIDE.sub("", shown.markup))


def _has_stories(markup: str) -> bool:
    found = [match.start() for match in _STORY.finditer(markup)]
    top = [match.start() for match in _TOP.finditer(markup)]
    if len(top) > 1:  # one may be the article's own headline
        found = sorted(found + top)
    if len(found) < FEW or _tells_before(markup[: found[0]]):
        return False
    return len(found) >= STORIES or not _is_single(markup, len(found))


def _tells_before(markup: str) -> bool:
    """Whether something is told before the first story."""
    shown = look(markup)
    lines = (line for line in shown.lines if line not in shown.linked)
    return sum(measure(line) for line in lines if measure(line) >= SENTENCE) >= BEFORE


def _is_single(markup: str, stories: int) -> bool:
    """Whether a page has elements as of one article, and not of each story."""
    elements = len(_ELEMENT.findall(markup))
    return 0 < elements < stories or bool(_AUTHOR.search(markup))
