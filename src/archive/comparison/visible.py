"""What a page shows a reader, and where: the body around the article, or the furniture beside it.

Only for questions that the extracted text cannot answer: does a sentence that the text lost still
stand in the page; which links went; is a line the page's furniture. A block is a run of text
between two block elements. Its region is that of the nearest element around it that tells:
``furniture`` (nav, footer, aside, form, a header that is not the article's), ``teaser`` and
``comment`` (by what their classes say), else ``body``. A block that is nothing but a link is no
body text either.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

from attrs import define, field, frozen

from archive.comparison.folding import cosmetic_key, tight_key

if TYPE_CHECKING:
    from lxml.html import HtmlElement

__all__ = ["Link", "Page", "read_page"]

LONG = 24
"""A passage of fewer characters is visible only where it is a block of its own."""

MOST_BLOCKS = 20_000
"""Blocks past so many are not read."""

MOST_INTRODUCING = 60
"""Of the blocks between headline and text no more are looked at."""


def _set(names: str) -> frozenset[str]:
    return frozenset(names.split())


_INLINE = _set(
    "a abbr acronym b bdi bdo big cite code data dfn em font i ins kbd label mark nobr q rp rt ruby"
    " s samp small span strike strong sub sup time tt u var wbr"
)
_UNSEEN = _set("script style template noscript head title svg iframe object select")
_FURNITURE = _set("nav footer aside form")
_COMMENT = re.compile(r"(?:\A|[\s_-])(?:comments?|kommentare?|disqus|replies)(?:\Z|[\s_-])", re.I)
_TEASER = re.compile(
    r"(?:\A|[\s_-])(?:related|recommend(?:ed|ations?)?|recirc|carousel|slide(?:r|s|show)?|teasers?|"
    r"promo|more-(?:on|from|stories)|read-?more|most-?(?:read|viewed|popular)|outbrain|taboola)"
    r"(?:\Z|[\s_-])",
    re.I,
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_RANDOM = re.compile(r"(?=.*\d)[\w\-.=%]{8,}\Z")


@frozen
class Link:
    """A link that a reader can see.

    Args:
        url: where it leads, absolute, without fragment, and without parameters that look random.
        text: its words, on one line.
        scope: ``article`` where it stands inside a paragraph of the text, else ``page``.
        place: of an article's link, the tight key of its paragraph; of another, the kind of place
            that it stands in: the elements around it, from the container of the article down.
    """

    url: str
    text: str
    scope: str
    place: str


@frozen
class Page:
    """What a page shows.

    Args:
        body: the tight keys of the blocks around the article, a line each.
        blocks: the same, to look one up.
        furniture: the tight keys of the blocks that are furniture and stand in no body.
        places: for each block of the page that is no furniture, teaser or comment, in the text or
            not, the elements around it, for every time it stands there: what stands at the same
            places of two pages is the same.
        lead: the longer blocks between the headline and the first paragraph of the text.
        head: the tight keys of all blocks there but comments, furniture or not, a line each: what
            a page says of its article there a reader sees, whatever the markup calls it.
        links: the links in and around the article.
    """

    body: str = field(repr=False)
    blocks: frozenset[str] = field(repr=False)
    furniture: frozenset[str] = field(repr=False)
    places: Mapping[str, tuple[str, ...]] = field(repr=False, hash=False)
    lead: tuple[str, ...]
    head: str = field(repr=False)
    links: tuple[Link, ...] = field(repr=False)

    def times(self, passage: str) -> int:
        """How often a passage stands in the body; a short one only as a block of its own."""
        key = tight_key(passage)
        return self.body.count(key) if len(key) >= LONG else int(key in self.blocks)

    def introduces(self, passage: str) -> bool:
        """Whether a passage stands between the headline and the first paragraph, or in the body."""
        key = tight_key(passage)
        return self.times(passage) > 0 or (len(key) >= LONG and key in self.head)


Causes = tuple[tuple[Any, str], ...]
"""The elements around a block that tell its region, from the outermost."""


@define
class _Block:
    element: Any
    causes: Causes
    words: list[str] = field(factory=list)
    linked: int = 0
    links: list[tuple[str, str, Any]] = field(factory=list)
    key: str = ""
    region: str = "body"

    @property
    def text(self) -> str:
        return cosmetic_key("".join(self.words))


def read_page(root: HtmlElement, url: str, text: str | None) -> Page:
    """Read what a page shows.

    Args:
        root: its tree; it is not changed.
        url: its URL, for links that are relative.
        text: the article's text, or None where there is none.
    """
    blocks, headline = _blocks(root)
    lines = frozenset(tight_key(line) for line in (text or "").split("\n")) - {""}
    tight = tight_key(text or "")
    in_text = [b.key in lines or (len(b.key) > 40 and b.key in tight) for b in blocks]
    container = _container(blocks, in_text)
    _tell_regions(blocks, container)
    body: list[str] = []
    links: list[Link] = []
    furniture: set[str] = set()
    for block, said in zip(blocks, in_text, strict=True):
        inside = container is None or _is_within(block.element, container)
        alone = 2 * block.linked > len(block.key)
        if block.region == "body" and inside and (said or not alone):
            body.append(block.key)
        elif block.region == "furniture":
            furniture.add(block.key)
        if block.region == "body" and inside and container is not None:
            links.extend(_links(block, said, container, url))
    known = frozenset(body)
    introducing = _introducing(blocks, in_text, headline)
    return Page(
        "\n".join(body),
        known,
        frozenset(furniture) - known,
        _places(blocks),
        _lead(introducing),
        "\n".join(block.key for block in introducing if block.region != "comment"),
        tuple(links),
    )


def _blocks(root: HtmlElement) -> tuple[list[_Block], int]:
    """The blocks of a page in order, and how many there are to the end of its first headline."""
    blocks: list[_Block] = []
    headline = -1
    current: _Block | None = None
    stack: list[tuple[Any, Causes, bool, int]] = [(root, (), False, 0)]
    while stack and len(blocks) < MOST_BLOCKS:
        node, region, linked, state = stack.pop()
        if state:
            current = _leave(node, region, linked, current, blocks)
            if node.tag == "h1" and headline < 0:
                headline = len(blocks) - 1
            continue
        tag = node.tag
        if not isinstance(tag, str) or tag in _UNSEEN or _is_hidden(node):
            current = _add(node.tail, node.getparent(), region, linked, current, blocks)
            continue
        told = _tells(node, tag)
        inner = (*region, (node, told)) if told else region
        if tag not in _INLINE or told:
            current = None
        inside = linked or tag == "a"
        stack.append((node, region, linked, 1))
        current = _add(node.text, node, inner, inside, current, blocks)
        if tag == "a" and node.get("href"):
            if current is None:
                current = _new(node, inner, blocks)
            current.links.append((node.get("href"), " ".join(node.text_content().split()), node))
        stack.extend((child, inner, inside, 0) for child in reversed(node))
    for block in blocks:
        block.key = tight_key("".join(block.words))
    return [block for block in blocks if block.key], sum(
        bool(block.key) for block in blocks[: headline + 1]
    )


def _new(node: Any, causes: Causes, blocks: list[_Block]) -> _Block:
    block = _Block(node, causes)
    blocks.append(block)
    return block


def _leave(
    node: Any, causes: Causes, linked: bool, current: _Block | None, blocks: list[_Block]
) -> _Block | None:
    """Go on after an element: its tail belongs to what is around it."""
    around = current if node.tag in _INLINE else None
    return _add(node.tail, node.getparent(), causes, linked, around, blocks)


def _add(
    text: str | None,
    node: Any,
    causes: Causes,
    linked: bool,
    current: _Block | None,
    blocks: list[_Block],
) -> _Block | None:
    if not text:
        return current
    if current is None or current.causes is not causes:
        if text.isspace():
            return current
        current = _new(node, causes, blocks)
    current.words.append(text)
    if linked:
        current.linked += len(text) - text.count(" ")
    return current


def _is_hidden(node: Any) -> bool:
    if node.get("hidden") is not None:
        return True
    style = node.get("style")
    return style is not None and _HIDDEN.search(style) is not None


def _tell_regions(blocks: list[_Block], container: Any) -> None:
    """The region of every block: of the outermost element that tells and is not the article's."""
    around = set() if container is None else {container, *container.iterancestors()}
    for block in blocks:
        told = [region for element, region in block.causes if element not in around]
        block.region = told[0] if told else "body"


def _tells(node: Any, tag: str) -> str | None:
    """The region that an element says its content is, or None."""
    if tag in _FURNITURE or (tag == "header" and not _is_articles(node)):
        return "furniture"
    said = f"{node.get('class') or ''} {node.get('id') or ''}"
    if len(said) == 1 or tag in ("html", "body", "main"):
        return None
    if _COMMENT.search(said):
        return "comment"
    return "teaser" if _TEASER.search(said) else None


def _is_articles(node: Any) -> bool:
    return node.get("role") != "banner" and any(
        parent.tag in ("article", "main") for parent in node.iterancestors()
    )


def _container(blocks: list[_Block], in_text: list[bool]) -> Any:
    """The deepest element that holds nine tenths of the article's text; None without a text."""
    weights: Counter[Any] = Counter()
    depth: dict[Any, int] = {}
    total = 0
    for block, said in zip(blocks, in_text, strict=True):
        if not said:
            continue
        total += len(block.key)
        line = [block.element, *block.element.iterancestors()]
        for up, element in enumerate(line):
            weights[element] += len(block.key)
            depth[element] = len(line) - up
    held = [element for element, weight in weights.items() if 10 * weight >= 9 * total]
    return max(held, key=lambda element: depth[element], default=None)


def _is_within(element: Any, container: Any) -> bool:
    while element is not None:
        if element is container:
            return True
        element = element.getparent()
    return False


def _introducing(blocks: list[_Block], in_text: list[bool], headline: int) -> list[_Block]:
    """The blocks between the headline and the first paragraph, those next to it."""
    first = next((at for at, said in enumerate(in_text) if said), 0)
    return blocks[max(headline, first - MOST_INTRODUCING) : first] if headline else []


def _lead(introducing: list[_Block]) -> tuple[str, ...]:
    """Of these blocks those that read like a sentence."""
    keys = [block for block in introducing if block.region == "body"]
    return tuple(b.text for b in keys[:8] if len(b.key) >= 40 and 2 * b.linked <= len(b.key))


def _places(blocks: list[_Block]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for block in blocks:
        if block.region == "body" and len(block.key) > LONG:
            found.setdefault(block.key, []).append(_kind(block.element, None))
    return {key: tuple(places) for key, places in found.items()}


def _links(block: _Block, said: bool, container: Any, url: str) -> Iterator[Link]:
    for href, text, node in block.links:
        target = _target(href, url)
        if target is None or not text:
            continue
        if said:
            yield Link(target, text, "article", block.key)
        else:
            yield Link(target, text, "page", _kind(node, container))


def _target(href: str, url: str) -> str | None:
    """Where a link leads; None for scripts, mail and places in the same page."""
    if href.lstrip().startswith("#"):
        return None
    try:
        parts = urlsplit(urljoin(url, href.strip()))
    except ValueError:
        return None
    if parts.scheme not in ("http", "https"):
        return None
    kept = [item for item in parts.query.split("&") if not _is_random(item)]
    query = "?" + "&".join(kept) if any(kept) else ""
    return f"//{parts.netloc.lower()}{parts.path.rstrip('/')}{query}"


def _is_random(item: str) -> bool:
    return _RANDOM.match(item.partition("=")[2]) is not None or item.startswith("utm_")


def _kind(node: Any, container: Any) -> str:
    steps: list[str] = []
    while node is not None and node is not container:
        steps.append(f"{node.tag}.{(node.get('class') or '').strip()}")
        node = node.getparent()
    return "/".join(reversed(steps))
