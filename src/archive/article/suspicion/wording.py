"""What the lines of a page say, where they say little else than that this is no article.

A line that says so counts by how much else there is: one of a wall's sentences beside three of a
story is a banner, alone it is the page. Of a page that calls itself so in its title or headline
more may be left over. An invitation to subscribe counts beside the first paragraphs of a story
too, for that is where it stands, but only as a line of its own.

A page that has a headline and behind it a line that says none of this tells something, however
little: then nothing but such an invitation counts, nor whose scripts it loads.
"""

from __future__ import annotations

import re

from archive.article.suspicion import counting
from archive.article.suspicion.counting import Counted
from archive.article.suspicion.emptiness import judge_rest
from archive.article.suspicion.listing import is_listing
from archive.article.suspicion.shown import Appearance, measure
from archive.article.suspicion.vendors import judge_marks
from archive.languages import read_walls

__all__ = ["judge_long", "judge_words"]

ALONE = 60
"""Beside a wall's own lines so many signs of other sentences may stand."""

NAMED = 600
"""So many where title or headline say what it is."""

TEASER = 1_000
"""So many before an invitation to subscribe."""

LONGEST = 40_000
"""A page with more signs is not looked at."""

ANSWER = 40
"""What one presses to consent has no more signs."""

ASKED = 2
"""A long page that asks for consent does so in so many of the phrases, or more."""

_NOT_FREE = re.compile(r'"isaccessibleforfree"\s*:\s*"?false', re.IGNORECASE)
_ENDS = re.compile(r"(?<=[.!?])\s+|(?<=[。！？])")
_LISTING = "list of stories"
_CONSENT = "consent wall (its words)"


def judge_words(shown: Appearance) -> str | None:
    """Why a page is probably not the article, by what it shows; None where it may be.

    Args:
        shown: what it says.
    """
    if sum(map(measure, shown.lines)) > LONGEST:
        return None
    counted = counting.count(shown)
    if not counted.told and _asks_consent(shown, counted):
        return "consent wall (its title)" if "consent" in counted.named else _CONSENT
    if counted.prose < TEASER and _is_walled(shown, counted):
        return "soft paywall (its words)"
    if counted.told:
        return _LISTING if is_listing(shown, counted) else None
    return (
        _judge_challenge(shown, counted)
        or _judge_title(counted)
        or _judge_lines(counted)
        or (_LISTING if is_listing(shown, counted) else None)
        or judge_rest(shown, counted)
    )


def judge_long(shown: Appearance) -> str | None:
    """The same of a page that says much: a list of stories, or all that one may consent to.

    Args:
        shown: what it says.
    """
    if sum(map(measure, shown.lines)) > LONGEST:
        return None
    counted = counting.count(shown)
    if not counted.told and _asks_consent(shown, counted):
        return _CONSENT
    return _LISTING if is_listing(shown, counted) else None


def _judge_challenge(shown: Appearance, counted: Counted) -> str | None:
    """Whose challenge a page is, by the marks of who makes them."""
    most = NAMED if "challenge" in counted.named else ALONE
    told = judge_marks(shown.markup.lower()) if counted.prose < most else None
    return told if told and told.startswith("challenge") else None


def _judge_title(counted: Counted) -> str | None:
    """What title or headline call a page; an article may be called so too, which says more."""
    if counted.prose >= (ALONE if counted.marked else NAMED):
        return None
    named = (name for kind, name in counting.KINDS if kind in counted.named)
    return next((f"{name} (its title)" for name in named), None)


def _judge_lines(counted: Counted) -> str | None:
    """What the lines of a wall say, where little enough stands beside them."""
    if counted.prose >= _allowed(counted):
        return None
    stated = (name for kind, name in counting.KINDS if counted.stated[kind])
    return next((f"{name} (its words)" for name in stated), None)


def _allowed(counted: Counted) -> int:
    """How much else may stand beside a wall's lines: no more than they are, in no article."""
    if counted.marked:
        return ALONE
    lines = {line for found in counted.stated.values() for line in found}
    return max(ALONE, sum(map(measure, lines)))


def _is_walled(shown: Appearance, counted: Counted) -> bool:
    """Whether a line of its own says that the rest is for subscribers."""
    lines = [line for line in counted.stated["paywall"] if line not in shown.linked]
    if not lines:
        return False
    return bool(_NOT_FREE.search(shown.markup)) or any(_is_mostly(line) for line in lines)


def _is_mostly(line: str) -> bool:
    """Whether a sentence of a line is little else than such an invitation."""
    found = [one for one in read_walls()["paywall"] if one in line]
    return any(3 * counting.cover(one, found) >= len(one) > 0 for one in _ENDS.split(line))


def _asks_consent(shown: Appearance, counted: Counted) -> bool:
    """Whether most of what a page says is about consent, and there is something to press."""
    phrases = counted.consent
    lines = [line for line in shown.lines if line not in shown.linked]
    if len(phrases) < ASKED or not any(_is_answer(line, phrases) for line in shown.lines):
        return False
    asking = {line for line in lines if any(one in line for one in phrases)}
    other = (measure(x) for x in lines if x not in asking and measure(x) >= counting.SENTENCE)
    return sum(other) <= sum(map(measure, asking))


def _is_answer(line: str, phrases: tuple[str, ...]) -> bool:
    return measure(line) <= ANSWER and counting.is_named(line, phrases)
