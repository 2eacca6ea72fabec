"""``time`` elements: which date of the article each is, or of what else."""

from __future__ import annotations

import re
from typing import Literal

from archive.article.bylines import label_before, read_label
from archive.article.signals.anchor import find_anchor, is_elsewhere, is_in_head
from archive.article.signals.finder import Finder
from archive.article.signals.page import MOST_TIMES, Page, parts, xpath
from archive.article.signals.source import clean
from archive.article.signals.tags import Tag

__all__ = ["read_times"]

BEFORE = 300
"""How many bytes before an element the words are looked for that say which date it is."""

AROUND = 160
"""The same for names of classes."""

FIRST = 2
"""Before how many paragraphs have gone by a date without a label is the article's."""

_MODIFIED = re.compile(rb"modif|updat|aktuali|stand|edited|revis|maj\b", re.IGNORECASE)
_PUBLISHED = re.compile(rb"publi|posted|pubdate|issued|created|release|erschien", re.IGNORECASE)


def read_times(page: Page, finder: Finder) -> None:
    """Add what the first time elements say, but for those of other stories and of comments.

    The words right before an element, or first in it, say which date it is: one that they call
    *received* or *accepted* is not published. Without words the names of its classes do; without
    those it is taken to be of publication if it stands in the article's head.
    """
    tags = [tag for tag in page.named("time") if tag.nth < MOST_TIMES]
    if not tags:
        return
    anchor = find_anchor(page, finder.headlines())
    for tag in tags:
        place = _place(page, tag)
        if place is None or is_elsewhere(page, finder, anchor, tag.start):
            continue
        term = _said(page, tag)
        strength: Literal["stated", "inferred"] = "stated"
        if term is None:
            term, strength = _called(page, tag)
        if strength == "inferred" and not is_in_head(page, anchor, tag.start, FIRST):
            continue
        if term:
            finder.add(term, "time", place[1], place[0], strength=strength)


def _place(page: Page, tag: Tag) -> tuple[tuple[int, int], str] | None:
    """Where an element's date stands, and the path to it."""
    found = page.attributes(tag)
    if b"datetime" in found:
        return found[b"datetime"], f"{xpath('time', tag.nth)}/@datetime"
    end = page.source.view.find(b"<", tag.end, tag.end + 200)
    return ((tag.end, end), xpath("time", tag.nth)) if end >= 0 else None


def _said(page: Page, tag: Tag) -> str | None:
    """The property that words right before an element, or first in it, give; see `read_label`."""
    view, start = page.source.view, max(0, tag.start - BEFORE)
    start = max(start, view.rfind(b"</time", start, tag.start))
    opening = view.find(b">", start, tag.start)
    spans = parts(page, opening + 1 if opening >= 0 else tag.start, tag.start)
    words = "\n".join(clean(page.source.text(*span)) for span in spans[-2:])
    label = label_before(words) if spans else None
    if label is not None:
        return label
    end = view.find(b"<", tag.end, tag.end + 200)
    inner = clean(page.source.text(tag.end, end)) if end >= 0 else ""
    first = re.split(r"[\d:]", inner, maxsplit=1)[0].strip()
    label = read_label(first)
    return None if label in ("author", "contributor") else label


def _called(page: Page, tag: Tag) -> tuple[str, Literal["stated", "inferred"]]:
    """The property that names of classes give, its own before those around it."""
    view, start = page.source.view, max(0, tag.start - AROUND)
    start = max(start, view.rfind(b"</time", start, tag.start))
    for around in (view[tag.start : tag.end], view[start : tag.end]):
        modified, published = _MODIFIED.search(around), _PUBLISHED.search(around)
        if modified or published:
            return ("datePublished" if published else "dateModified"), "stated"
    return "datePublished", "inferred"
