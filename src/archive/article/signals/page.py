"""The claims in a page's tags: meta, link, title, h1, html; and the scripts' places."""

from __future__ import annotations

import re
from bisect import bisect_right
from operator import itemgetter
from typing import Literal

from attrs import field, frozen

from archive.article.signals import terms
from archive.article.signals.finder import Finder
from archive.article.signals.source import Source, clean
from archive.article.signals.table import SignalName
from archive.article.signals.tags import Tag, attributes, scan

__all__ = ["MOST_TIMES", "Page", "language_of", "parts", "read_tags", "xpath"]

_END_H1 = re.compile(rb"</h1[\s>]", re.IGNORECASE)
_INNER = re.compile(
    rb"<(?:!--.*?(?:-->|\Z)|(?:script|style)\b.*?</(?:script|style)\s*>|/?[a-z][^>]*>)",
    re.I | re.DOTALL,
)
_RELATIONS = (b"&", *(relation.encode() for relation in terms.LINKS))
_BREAK = re.compile(rb"<(?:br|/?p|/?div|/?li|/?h\d)\b", re.IGNORECASE)
_TEMPLATE = re.compile(rb"<(/?)template(?=[\s/>])", re.IGNORECASE)
_SHADOW = re.compile(rb"\bshadowroot(?:mode)?\s*=", re.IGNORECASE)
_ROOT_LINK = re.compile(
    rb"\s*(?:<span\b[^<>]*>\s*)?<a\b[^<>]*?\shref\s*=\s*[\"']?+(?:(?:https?:)?//[^/\"'\s<>]+)?/?"
    rb"(?:index\.html?)?(?=[\"'\s>])[^<>]*>(?:[^<]|<(?!/a))*</a\s*>\s*(?:</span\s*>\s*)?\Z",
    re.IGNORECASE,
)
_WORDS = re.compile(r"[^\W_]+")
MOST_TIMES = 64
"""How many h1 and time elements are looked at, the first ones."""

LONGEST_INNER = 8192
"""How many bytes after an h1 its end is looked for."""


@frozen
class Page:
    """A page's tags.

    Args:
        source: its bytes.
        tags: its saying tags; those inside a template are only there to be copied, and left out.
        markup: where there is markup, that is neither script, style, comment nor template.
    """

    source: Source
    tags: tuple[Tag, ...] = field(repr=False)
    markup: tuple[tuple[int, int], ...] = field(repr=False)

    @classmethod
    def of(cls, source: Source) -> Page:
        """Scan a page."""
        tags = scan(source.view)
        markup: list[tuple[int, int]] = []
        start = 0
        for tag in tags:
            if tag.until > tag.end:
                markup += _uncommented(source.view, start, tag.end)
                start = tag.until
        markup += _uncommented(source.view, start, len(source.view))
        inert = _templates(source.view, tags, markup)
        if inert:
            tags = tuple(tag for tag in tags if not _is_inside(tag.start, inert))
            markup = _without(markup, inert)
        return cls(source, tags, tuple(markup))

    def named(self, *names: str) -> list[Tag]:
        """The tags of these names, in order."""
        return [tag for tag in self.tags if tag.name in names]

    def attributes(self, tag: Tag) -> dict[bytes, tuple[int, int]]:
        """Where the values of a tag's attributes are."""
        return attributes(self.source.view, tag.attributes, tag.end)

    def is_linked_data(self, tag: Tag) -> bool:
        """Whether a script is JSON-LD."""
        if b"json" not in self.source.view[tag.attributes : tag.end].lower():
            return False
        return "ld+json" in self.value(self.attributes(tag).get(b"type")).lower()

    def value(self, span: tuple[int, int] | None) -> str:
        """An attribute's value; empty where there is none or it is over 4,096 bytes."""
        if span is None or span[1] - span[0] > 4096:
            return ""
        return clean(self.source.text(*span))

    def stripped(self, start: int, end: int) -> str:
        """The text between two places, tags, scripts and comments left out."""
        view = self.source.view
        pieces: list[str] = []
        for match in _INNER.finditer(view, start, end):
            pieces.append(self.source.text(start, match.start()))
            if _BREAK.match(match[0]):
                pieces.append(" ")
            start = match.end()
        pieces.append(self.source.text(start, end))
        return clean("".join(pieces))


def _templates(
    view: bytes, tags: tuple[Tag, ...], markup: list[tuple[int, int]]
) -> list[tuple[int, int]]:
    """What the page's templates hold, in order; one within another is a part of it.

    A template that declares a shadow root is shown as it stands and counts as markup. One that is
    never closed reaches to the end of the page, as it does for a browser.
    """
    opened = [tag for tag in tags if tag.name == "template"]
    shown = {tag.start for tag in opened if _SHADOW.search(view, tag.attributes, tag.end)}
    if len(opened) == len(shown):
        return []
    found: list[tuple[int, int]] = []
    stack: list[int] = []
    hidden = 0
    for start, end in markup:
        for match in _TEMPLATE.finditer(view, start, end):
            if match[1]:
                if stack and stack.pop() not in shown:
                    hidden -= 1
                    if not hidden:
                        found[-1] = (found[-1][0], match.start())
                continue
            stack.append(match.start())
            if match.start() not in shown:
                hidden += 1
                if hidden == 1:
                    found.append((match.end(), len(view)))
    return found


def _is_inside(place: int, spans: list[tuple[int, int]]) -> bool:
    """Whether a place is inside one of some spans, which are in order."""
    at = bisect_right(spans, place, key=itemgetter(0)) - 1
    return at >= 0 and place < spans[at][1]


def _without(spans: list[tuple[int, int]], holes: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans without what is inside of holes; both are in order."""
    found: list[tuple[int, int]] = []
    at = 0
    for start, end in spans:
        while at < len(holes) and holes[at][1] <= start:
            at += 1
        place, hole = start, at
        while hole < len(holes) and holes[hole][0] < end:
            if place < holes[hole][0]:
                found.append((place, holes[hole][0]))
            place = holes[hole][1]
            hole += 1
        if place < end:
            found.append((place, end))
    return found


def _uncommented(view: bytes, start: int, end: int) -> list[tuple[int, int]]:
    """A part of the view without its comments."""
    found: list[tuple[int, int]] = []
    while (comment := view.find(b"<!--", start, end)) >= 0:
        found.append((start, comment))
        close = view.find(b"-->", comment + 2, end)
        start = close + 3 if close >= 0 else end
    found.append((start, end))
    return found


def xpath(name: str, index: int, attribute: str | None = None, value: str = "") -> str:
    """An XPath to the index-th (from 0) element of a name, or to those with an attribute."""
    if attribute is None or '"' in value:
        return f"(//{name})[{index + 1}]"
    return f'//{name}[@{attribute}="{value}"]'


def read_tags(page: Page, finder: Finder) -> None:
    """Add what the tags say, in the order of the page."""
    svg_until = -1
    for tag in page.tags:
        match tag.name:
            case "meta":
                _meta(page, finder, tag)
            case "link":
                _link(page, finder, tag)
            case "title" if tag.start > svg_until:
                path = xpath("title", tag.nth)
                finder.add("headline", "title", path, (tag.end, tag.until))
            case "h1" if tag.nth < MOST_TIMES:
                _h1(page, finder, tag)
            case "html" if tag.nth == 0:
                _lang(page, finder, tag)
            case "svg" if tag.start > svg_until:
                end = page.source.view.find(b"</svg", tag.end)
                svg_until = end if end >= 0 else len(page.source.view)


def language_of(page: Page) -> str:
    """The first part of the language that the page's html element states, or nothing."""
    tag = next(iter(page.named("html")), None)
    stated = page.value(page.attributes(tag).get(b"lang")) if tag else ""
    return stated.replace("_", "-").partition("-")[0].strip().lower()


def _meta(page: Page, finder: Finder, tag: Tag) -> None:
    found = page.attributes(tag)
    content = found.get(b"content")
    if content is None:
        return
    for attribute in (b"property", b"name", b"itemprop", b"http-equiv"):
        name = page.value(found.get(attribute)).lower()
        table = terms.META_EQUIV if attribute == b"http-equiv" else terms.META
        term = table.get(name)
        if term is None or attribute == b"itemprop":
            continue
        signal: SignalName = "opengraph" if name.startswith(("og:", "article:")) else "meta"
        path = xpath("meta", tag.nth)
        path = f"{path}/@content[../@{attribute.decode()}='{name}']"
        normalized = f"{name}={page.value(content)}" if term == "usageInfo" else None
        if finder.add(term, signal, path, content, normalized=normalized) and term == "author":
            finder.add_names(signal, path, content, page.value(content))
        return


def _link(page: Page, finder: Finder, tag: Tag) -> None:
    written = page.source.view[tag.attributes : tag.end].lower()
    if not any(relation in written for relation in _RELATIONS):
        return
    found = page.attributes(tag)
    target = found.get(b"href")
    for relation in page.value(found.get(b"rel")).lower().split():
        term = terms.LINKS.get(relation)
        if term and target:
            path = f"{xpath('link', tag.nth)}/@href[../@rel='{relation}']"
            finder.add(term, "link", path, target)


def _lang(page: Page, finder: Finder, tag: Tag) -> None:
    language = page.attributes(tag).get(b"lang")
    if language:
        finder.add("inLanguage", "meta", "/html/@lang", language)


def _h1(page: Page, finder: Finder, tag: Tag) -> None:
    """The whole of an h1; and each of its parts where it has several."""
    view = page.source.view
    match = _END_H1.search(view, tag.end, tag.end + 4 * LONGEST_INNER)
    if match is None:
        return
    span, path = (tag.end, match.start()), xpath("h1", tag.nth)
    inner = page.stripped(*span)
    strength: Literal["stated", "inferred"] = "inferred" if _is_mast(view, *span) else "stated"
    finder.add("headline", "visible-text", path, span, value=inner, strength=strength)
    found_parts = parts(page, *span)
    for start, end in found_parts if len(found_parts) > 1 else ():
        if len(_WORDS.findall(clean(page.source.text(start, end)))) > 2:
            finder.add(
                "headline", "visible-text", f"{path}//text()", (start, end), strength="parsed"
            )


def _is_mast(view: bytes, start: int, end: int) -> bool:
    """Whether all of an h1 is a link to the first page of the site: a masthead, not a headline."""
    return _ROOT_LINK.match(view, start, end) is not None


def parts(page: Page, start: int, end: int) -> list[tuple[int, int]]:
    """Where the text between the tags of a part of the view stands, at most 16 pieces."""
    found: list[tuple[int, int]] = []
    for match in _INNER.finditer(page.source.view, start, end):
        found.append((start, match.start()))
        start = match.end()
    found.append((start, end))
    return [span for span in found if page.source.view[slice(*span)].strip()][:16]
