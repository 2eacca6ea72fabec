"""What the lines of a page say, where they say little else than that this is no article.

A line that says so counts by how much else there is: one of a wall's sentences beside three of a
story is a banner, alone it is the page. Of a page that calls itself so in its title or headline
more may be left over. An invitation to subscribe counts beside the first paragraphs of a story
too, for that is where it stands, but only as a line of its own.
"""

from __future__ import annotations

import re

from attrs import frozen

from archive.article.suspicion.shown import Appearance, measure
from archive.article.suspicion.vendors import judge_marks
from archive.languages import read_walls

__all__ = ["judge_words"]

ALONE = 60
"""Beside a wall's own lines so many signs of other sentences may stand."""

NAMED = 600
"""So many where title or headline say what it is."""

BARE = 300
"""So many on a page with a form and nothing that articles have."""

TEASER = 1_000
"""So many before an invitation to subscribe."""

SENTENCE = 40
"""A line of so many signs is taken for a sentence."""

STATED = 220
"""A line of a wall's has no more signs; in a longer one such words are told of."""

SHARE = 4
"""One sign in so many of a wall's line is of its own words; with fewer they are told of."""

STORIES = 6
"""A page with so many headlines that lead elsewhere is a list of stories."""

PARAGRAPH = 300
"""A line of so many signs is an article's: a list has beginnings of stories only."""

_KINDS = (
    ("challenge", "challenge page"),
    ("paywall", "soft paywall"),
    ("consent", "consent wall"),
    ("missing", "page not found"),
    ("gate", "gate before the page"),
    ("login", "login page"),
    ("error", "error page"),
)
"""The kinds of phrases, and what a page with them is called; the first that fits is told."""

_SEPARATORS = re.compile(r"\s+[|–—·:-]\s+|\s*[|｜]\s*")
_QUOTED = re.compile('"[^"]{1,80}"')
_PASSWORD = re.compile(r"<input\b[^>]*\btype\s*=\s*[\"']?password", re.IGNORECASE)
_REFRESH = re.compile(r"<meta\b[^>]*http-equiv\s*=\s*[\"']?refresh[^>]*url\s*=", re.IGNORECASE)
_EMPTY = (
    (_PASSWORD, "login page (its form)"),
    (_REFRESH, "gate before the page (leads on by itself)"),
)
_SCRIPT = re.compile(r"<script\b", re.IGNORECASE)
_NOT_FREE = re.compile(r'"isaccessibleforfree"\s*:\s*"?false', re.IGNORECASE)
_ARTICLE = re.compile(
    r'"@type"\s*:\s*(?:\[\s*)?"(?:\w*article|\w*posting|report)"'
    r"|property\s*=\s*[\"']og:type[\"'][^>]*content\s*=\s*[\"']article",
    re.IGNORECASE,
)
_STRUCTURE = re.compile(r"<(?:article|time)\b|itemprop|rel\s*=\s*[\"']author", re.IGNORECASE)
_FORM = re.compile(r"<(?:form|button|input|iframe)\b|\bnoindex\b", re.IGNORECASE)
_STORY = re.compile(r"<h[1-6]\b[^>]*>\s*<a\b|<a\b[^>]*>\s*<h[1-6]\b", re.IGNORECASE)
_BESIDE = re.compile(r"<(aside|nav|footer)\b.*?</\1\s*>", re.IGNORECASE | re.DOTALL)


@frozen
class _Counted:
    """How much of a page says which kind of thing.

    Args:
        stated: for each kind the lines that say it.
        named: the kinds that title or headline say.
        prose: signs of the sentences that say none of it.
    """

    stated: dict[str, list[str]]
    named: frozenset[str]
    prose: int


def judge_words(shown: Appearance) -> str | None:
    """Why a page is probably not the article, by what it shows; None where it may be.

    Args:
        shown: what it says.
    """
    if sum(map(measure, shown.lines)) > 40 * TEASER:
        return None
    counted = _count(shown)
    return (
        _judge_challenge(shown, counted)
        or _judge_title(counted)
        or _judge_lines(shown, counted)
        or _judge_rest(shown, counted.prose)
    )


def _judge_challenge(shown: Appearance, counted: _Counted) -> str | None:
    """Whose challenge a page is, by the marks of who makes them."""
    most = NAMED if "challenge" in counted.named else ALONE
    told = judge_marks(shown.markup.lower()) if counted.prose < most else None
    return told if told and told.startswith("challenge") else None


def _judge_title(counted: _Counted) -> str | None:
    if counted.prose >= NAMED:
        return None
    return next((f"{name} (its title)" for kind, name in _KINDS if kind in counted.named), None)


def _judge_lines(shown: Appearance, counted: _Counted) -> str | None:
    """What the lines of a wall say, where little enough stands beside them."""
    if counted.prose < TEASER and _is_walled(shown, counted):
        return "soft paywall (its words)"
    if counted.prose >= _allowed(shown, counted):
        return None
    return next((f"{name} (its words)" for kind, name in _KINDS if counted.stated[kind]), None)


def _judge_rest(shown: Appearance, prose: int) -> str | None:
    """What a page is that says of itself nothing, by how much prose it has and its markup."""
    if prose < ALONE:
        return _judge_empty(shown)
    if prose < BARE and _is_bare(shown):
        return "little text beside a form"
    return "list of stories" if _is_listing(shown) else None


def _count(shown: Appearance) -> _Counted:
    phrases = _find_phrases(shown)
    stated: dict[str, list[str]] = {kind: [] for kind, _ in _KINDS}
    prose = 0
    for line in shown.lines:
        kinds = [kind for kind, _ in _KINDS if _says(line, phrases[kind])]
        for kind in kinds:
            stated[kind].append(line)
        if not kinds and measure(line) >= SENTENCE and line not in shown.linked:
            prose += measure(line)
    pieces = [piece for head in shown.headings for piece in _SEPARATORS.split(head)]
    named = {kind for kind, _ in _KINDS for piece in pieces if _names(piece, phrases[kind])}
    return _Counted(stated, frozenset(named), prose)


def _is_bare(shown: Appearance) -> bool:
    """Whether a page has something to fill in or to press, and nothing of an article."""
    return bool(_FORM.search(shown.markup)) and not (
        _ARTICLE.search(shown.markup) or _STRUCTURE.search(shown.markup)
    )


def _allowed(shown: Appearance, counted: _Counted) -> int:
    """How much else may stand beside a wall's lines: no more than they are, in no article."""
    if _ARTICLE.search(shown.markup):
        return ALONE
    lines = {line for found in counted.stated.values() for line in found}
    return max(ALONE, sum(map(measure, lines)))


def _find_phrases(shown: Appearance) -> dict[str, tuple[str, ...]]:
    """The phrases that stand anywhere in a page, by kind: few of the many that there are."""
    text = "\n".join((*shown.headings, *(x for x in shown.lines if measure(x) <= STATED)))
    return {
        kind: tuple(phrase for phrase in phrases if phrase in text)
        for kind, phrases in read_walls().items()
    }


def _says(line: str, phrases: tuple[str, ...]) -> bool:
    """Whether a line says it, by phrases enough; what stands in quotation marks is told of."""
    if measure(line) > STATED:
        return False
    line = _QUOTED.sub("", line)
    found = sum(len(one) for one in phrases if one in line)
    return found > 0 and SHARE * found >= len(line)


def _names(piece: str, phrases: tuple[str, ...]) -> bool:
    """Whether a piece of a title is little else than one of the phrases."""
    return any(phrase in piece and 10 * len(phrase) >= 6 * len(piece) for phrase in phrases)


def _is_walled(shown: Appearance, counted: _Counted) -> bool:
    """Whether a line of its own says that the rest is for subscribers."""
    lines = [line for line in counted.stated["paywall"] if line not in shown.linked]
    if not lines:
        return False
    return bool(_NOT_FREE.search(shown.markup)) or any(_is_mostly(line) for line in lines)


def _is_mostly(line: str) -> bool:
    return any(
        phrase in line and 3 * len(phrase) >= len(line) for phrase in read_walls()["paywall"]
    )


def _judge_empty(shown: Appearance) -> str | None:
    """What a page is that shows no sentence, by its markup."""
    for pattern, name in _EMPTY:
        if pattern.search(shown.markup):
            return name
    told = judge_marks(shown.markup.lower())
    nothing = sum(map(measure, shown.lines)) < SENTENCE
    if told is None and nothing and _SCRIPT.search(shown.markup):
        return "script application without text"
    return told


def _is_listing(shown: Appearance) -> bool:
    """Whether a page has headlines of many stories and a paragraph of none."""
    if _ARTICLE.search(shown.markup) or any(measure(line) >= PARAGRAPH for line in shown.lines):
        return False
    return len(_STORY.findall(_BESIDE.sub("", shown.markup))) >= STORIES
