"""What a page is that says of itself nothing: by how little it shows, and by its markup."""

from __future__ import annotations

import re

from archive.article.suspicion.counting import SENTENCE, Counted
from archive.article.suspicion.shown import Appearance, measure
from archive.article.suspicion.vendors import judge_marks

__all__ = ["BARE", "judge_rest"]

NOTHING = 60
"""A page with fewer signs of sentences shows next to nothing."""

BARE = 300
"""So many on a page with a form, or a way to the front page, and nothing that articles have:
neither their elements nor a headline that is the page's title."""

_PASSWORD = re.compile(r"<input\b[^>]*\btype\s*=\s*[\"']?password", re.IGNORECASE)
_REFRESH = re.compile(r"<meta\b[^>]*http-equiv\s*=\s*[\"']?refresh[^>]*url\s*=", re.IGNORECASE)
_EMPTY = (
    (_PASSWORD, "login page (its form)"),
    (_REFRESH, "gate before the page (leads on by itself)"),
)
_SCRIPT = re.compile(r"<script\b", re.IGNORECASE)
_HOME = re.compile(r"<a\b[^>]*\bhref\s*=\s*[\"']?(?:https?://[^/\"'\s>]+)?/[\"'\s>]", re.IGNORECASE)
_FORM = re.compile(r"<(?:form|button|input|iframe)\b|\bnoindex\b", re.IGNORECASE)


def judge_rest(shown: Appearance, counted: Counted) -> str | None:
    """What a page is that tells nothing and says nothing of itself.

    Args:
        shown: what it says.
        counted: how much of that.
    """
    if counted.prose < NOTHING:
        return _judge_empty(shown)
    if counted.prose >= BARE or counted.structured or counted.told:
        return None
    if _FORM.search(shown.markup):
        return "little text beside a form"
    if shown.title and _HOME.search(shown.markup):
        return "little text beside a way to the front page"
    return None


def _judge_empty(shown: Appearance) -> str | None:
    """What a page is that shows no sentence."""
    for pattern, name in _EMPTY:
        if pattern.search(shown.markup):
            return name
    told = judge_marks(shown.markup.lower())
    nothing = sum(map(measure, shown.lines)) < SENTENCE
    if told is None and nothing and _SCRIPT.search(shown.markup):
        return "script application without text"
    return told
