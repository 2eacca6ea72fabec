"""Embedded application state: the objects in it whose headline is the page's.

Pages drawn by scripts carry their article as JSON: in a script of their own (``__NEXT_DATA__``), in
an assignment (``window.__STATE__ = {…}``), as an argument (``push({…})``, ``JSON.parse("…")``). The
values are read with the standard library's decoder, which is fast but gives no positions, and then
looked for in the script's bytes as JSON may write them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Set
from typing import Any

from archive.article.claims import folded
from archive.article.names import is_job
from archive.article.signals.finder import Finder
from archive.article.signals.page import Page, xpath
from archive.article.signals.tags import Tag

__all__ = ["HEADLINES", "MOST", "find_values", "is_article", "read_state"]

LARGEST = 1_000_000
"""A longer script is not read."""

MOST = 40_000
"""How many values are looked at in one page."""

_OPENING = re.compile(r"(?:\A|=|\(|\?|,)\s*([{\[]|\"(?=[\\\[{]))")
_ROW = re.compile(r"[0-9a-f]{1,6}:(?=[\[{])")
_SPEAKS = re.compile(rb"\"(?:headline|title|headlines|newsTitle|articleTitle)\\*\"\s*:")
HEADLINES = frozenset({"headline", "title", "headlines", "newsTitle", "articleTitle"})
_AUTHOR = re.compile(r"(?:authors?|by_?lines?|writers?|reporters?)(?:_?names?)?\Z", re.IGNORECASE)
_WHEN = r"(?:ed|ing|ication)?[_-]?(?:at|on|date|time|dt|datetime|timestamp|utc)?\Z"
_PUBLISHED = re.compile(
    rf"(?:first|initial|orig\w*)?[_-]?(?:date[_-]?)?(?:publish|publ|pub|deploy|release|issu){_WHEN}|"
    r"display_?date\Z",
    re.IGNORECASE,
)
_MODIFIED = re.compile(
    rf"(?:last|re)?[_-]?(?:date[_-]?)?(?:modifi|modify|updat|edit|revis|(?<=re)deploy)(?:e)?{_WHEN}",
    re.IGNORECASE,
)
MOST_KEYS = 200
_HOLDERS = (dict, list)
_Place = tuple[Any, str | int, "_Place | None"]
"""A value, its key or index, and what holds it; the path is put together where it is needed."""
_DECODER = json.JSONDecoder(strict=False)
_NAME = ("name", "fullName", "displayName", "full_name", "title", "byline", "label", "text")


def read_state(page: Page, finder: Finder) -> None:
    """Add headline, authors and dates of each object that has the page's headline."""
    headlines = finder.headlines()
    titles = {folded(title) for title in headlines}
    budget = MOST
    for tag in page.named("script"):
        if budget <= 0:
            return
        if not _SPEAKS.search(page.source.view, tag.end, tag.until):
            continue
        for value in find_values(page, tag, headlines):
            budget = _walk(page, finder, tag, value, titles, budget)


def find_values(page: Page, tag: Tag, words: tuple[str, ...]) -> Iterator[Any]:
    """The JSON values in a script that is no JSON-LD, not too long, and has one of some words.

    Args:
        page: the page.
        tag: the script.
        words: such as headlines; the longest word of one has to stand in the script.
    """
    if not 200 < tag.until - tag.end < LARGEST or page.is_linked_data(tag):
        return
    view = page.source.view
    if any(view.find(word, tag.end, tag.until) >= 0 for word in _begins(page, words)):
        yield from _values(page.source.text(tag.end, tag.until))


def _begins(page: Page, headlines: tuple[str, ...]) -> set[bytes]:
    """How a script that has one of the headlines may write its longest word."""
    words = {max(headline.split(), key=len) for headline in headlines if headline.strip()}
    forms = {form for word in words for form in (word, json.dumps(word)[1:-1])}
    forms |= {form.replace("\\", "\\\\") for form in forms}
    return {encoded for form in forms if (encoded := page.source.encoded(form))}


def _values(text: str) -> Iterator[Any]:
    """The JSON values in a script, at most eight."""
    position = tries = 0
    while tries < 8 and (match := _OPENING.search(text, position)):
        tries += 1
        position = match.end()
        try:
            value, position = _DECODER.raw_decode(text, match.start(1))
        except (ValueError, RecursionError):
            continue
        yield from _unwrapped(value)


def _unwrapped(value: Any) -> Iterator[Any]:
    """A value, or those inside a string that is itself JSON, or rows of it."""
    inner = value[1] if isinstance(value, list) and len(value) == 2 else value
    if not isinstance(inner, str):
        yield value
        return
    for row in inner.split("\n"):
        match = _ROW.match(row)
        try:
            yield _DECODER.raw_decode(row, match.end() if match else 0)[0]
        except (ValueError, RecursionError):
            continue


def _walk(page: Page, finder: Finder, tag: Tag, root: Any, titles: set[str], budget: int) -> int:
    """Claim what the objects say that have the headline; gives what is left of the budget."""
    waiting: list[_Place] = [(root, "", None)]
    while waiting and budget > 0:
        place = waiting.pop()
        value = place[0]
        budget -= 1
        if isinstance(value, list):
            waiting += [(v, i, place) for i, v in enumerate(value) if type(v) in _HOLDERS]
        elif isinstance(value, dict):
            if not HEADLINES.isdisjoint(value) and is_article(value, titles):
                _claim_object(page, finder, tag, value, _path(place))
            waiting += [(v, k, place) for k, v in value.items() if type(v) in _HOLDERS]
    return budget


def _path(place: _Place) -> str:
    """Where a value stands, as a JSONPath."""
    steps: list[str] = []
    here: _Place | None = place
    while here is not None and here[2] is not None:
        steps.append(f"[{here[1]}]" if isinstance(here[1], int) else f".{here[1]}")
        here = here[2]
    return "$" + "".join(reversed(steps))


def _terms(members: dict[str, Any]) -> list[tuple[str, str]]:
    """The members that say something, each with its property."""
    named = ((key, _term(key)) for key in list(members)[:MOST_KEYS])
    return [(key, term) for key, term in named if term]


def _term(key: str) -> str | None:
    """The property that a member of a name holds."""
    if key in HEADLINES:
        return "headline"
    if _AUTHOR.match(key):
        return "author"
    if _MODIFIED.match(key):
        return "dateModified"
    return "datePublished" if _PUBLISHED.match(key) else None


def is_article(members: dict[str, Any], titles: Set[str]) -> bool:
    """Whether an object has one of some titles, folded, as its headline."""
    for key in HEADLINES & members.keys():
        value = members[key]
        texts = value.values() if isinstance(value, dict) else (value,)
        if any(isinstance(t, str) and 8 < len(t) < 1000 and folded(t) in titles for t in texts):
            return True
    return False


def _claim_object(page: Page, finder: Finder, tag: Tag, members: dict[str, Any], path: str) -> None:
    place = xpath("script", tag.nth)
    for key, term in _terms(members):
        for value, where in _texts(members[key], term):
            span = _span(page, tag, value)
            if span is None or (term == "author" and (is_job(value) or len(value) > 200)):
                continue
            full = f"{place}#{path}.{key}{where}"
            finder.add(term, "state", full, span, value=value, strength="parsed")
            if term == "author":
                finder.add_names("state", full, span, value)


def _texts(value: Any, term: str) -> Iterator[tuple[str, str]]:
    """The texts that a member's value holds, and where below it."""
    if isinstance(value, str) or (type(value) is int and term.startswith("date")):
        yield str(value), ""
    elif isinstance(value, list) and term == "author":
        for index, item in enumerate(value[:16]):
            if not isinstance(item, list):
                yield from ((text, f"[{index}]{where}") for text, where in _texts(item, term))
    elif isinstance(value, dict):
        for key in _NAME if term == "author" else ("basic", "main", "value", "date", "iso"):
            if isinstance(value.get(key), str) and value[key].strip():
                yield value[key], f".{key}"
                return


def _span(page: Page, tag: Tag, value: str) -> tuple[int, int] | None:
    """Where a value stands in the script, in one of the ways JSON writes it, once or twice over."""
    escaped, ascii_only = json.dumps(value, ensure_ascii=False)[1:-1], json.dumps(value)[1:-1]
    forms = [
        value,
        escaped,
        ascii_only,
        escaped.replace("/", "\\/"),
        ascii_only.replace("/", "\\/"),
    ]
    forms += [json.dumps(form, ensure_ascii=False)[1:-1] for form in forms[1:3]]
    for form in dict.fromkeys(forms):
        encoded = page.source.encoded(form)
        for before in (b'"', b""):
            at = page.source.view.find(before + encoded, tag.end, tag.until) if encoded else -1
            if encoded and at >= 0:
                at += len(before)
                return at, at + len(encoded)
    return None
