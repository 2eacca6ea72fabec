"""Which lines of an article are a site's furniture, by their form and by where they stand.

The forms are `archive.comparison.forms`: a counter, a time, a label. They count for nothing in the
running of an article; **never in a heading, a caption, a table, a list of terms**, and in a list
only where its other items are of such a form too: there a number is a fact. A date alone is
furniture between headline and text; anywhere else it may be a hearing's. A box that begins with a
label such as *Most read* and holds a list, or a few words, is not the article's; nor is what stands
in one element with an advertisement's label and leads to another host.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import quote, unquote, urlsplit

from archive.article.reading import Block
from archive.comparison import forms

__all__ = [
    "CAPTIONS",
    "find_advertised",
    "find_boxes",
    "is_elsewhere",
    "is_labelled_link",
    "name_furniture",
]

_FACTS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "caption", "figcaption", "summary"})
_FACTS |= {"td", "th", "dt", "dd"}
"""What stands in these is never furniture by its form,"""

CAPTIONS = frozenset({"caption", "figcaption"})
"""What tells of a picture or a table."""

_SUBHEADS = frozenset({"h2", "h3", "h4", "h5", "h6"})
"""but that these say how many minutes or hours ago something was, in a live blog."""

_SHARES = re.compile(
    r"(?:\A|[/_-])(?:sharer?|sharing|intent|shareArticle|share-offsite|submit|pin/create|dialog)"
    r"(?:\Z|[/._-])",
    re.IGNORECASE,
)
"""In the path of a link to another host: what a network is asked to share a page with."""

LABEL = 60
"""A label has no more signs."""

MOST = 14
"""A box with a label has no more blocks."""

OPENING = 3
"""A date that a page is of stands before so many blocks of its text."""

LINKED = 320
"""Nor has a label with the headline that it leads to."""

PROSE = 250
"""Words of it that are no item of a list and no link have no more signs."""


def name_furniture(blocks: Sequence[Block], at: int, language: str | None) -> str | None:
    """Which filter takes a block out: ``counter``, ``time``, ``label``; None for none.

    Args:
        blocks: the blocks of an article.
        at: which of them.
        language: the first part of its language's tag, or None.
    """
    found = _by_form(blocks[at], language)
    if found is None and _dates_the_text(blocks, at, language):
        return "time"
    if found is None or blocks[at].tag != "li":
        return found
    near = [
        blocks[other]
        for other in (at - 1, at + 1)
        if 0 <= other < len(blocks)
        and (blocks[other].tag, blocks[other].group) == ("li", blocks[at].group)
    ]
    alone = blocks[at].region == "head" or all(_by_form(one, language) for one in near)
    return found if alone else None


def _by_form(block: Block, language: str | None) -> str | None:
    text = block.text
    if len(text) > forms.LONGEST_LINE:
        return None
    if block.tag in _FACTS:
        ago = block.tag in _SUBHEADS and forms.is_clock_line(text, language)
        return "time" if ago else None
    if forms.is_advertisement_label(text, language):
        return "label"
    if forms.is_counter(text, language) or forms.is_beside_the_story(text, language):
        return "time" if _is_time(block, language) else "counter"
    return "time" if _is_time(block, language) else None


def _is_time(block: Block, language: str | None) -> bool:
    """Whether a block tells a time of the page; a date alone does in the head."""
    return (
        forms.is_relative_time(block.text, language)
        or forms.is_time_line(block.text, language)
        or (block.region == "head" and forms.is_date(block.text, language))
    )


def _dates_the_text(blocks: Sequence[Block], at: int, language: str | None) -> bool:
    """Whether a block is a date with a time of the day, between the headline and the first text."""
    block = blocks[at]
    if at >= OPENING or block.tag in _FACTS or block.tag == "li":
        return False
    short = all(len(one.key) <= LABEL and not one.text.endswith(".") for one in blocks[:at])
    follows = [len(one.key) > LABEL for one in blocks[at + 1 : at + 3]]
    timed = short and any(follows) and forms.is_timed(block.text)
    return timed and forms.is_date(block.text, language)


def find_boxes(blocks: Sequence[Block], language: str | None) -> set[int]:
    """The blocks that stand in boxes with a label.

    Args:
        blocks: all blocks of a page.
        language: the first part of its language's tag, or None.
    """
    found: set[int] = set()
    for at, block in enumerate(blocks):
        if at in found or not block.is_article or block.headline:
            continue
        if _is_strip(block, language):
            found.add(at)
        if len(block.key) > LABEL:
            continue
        end = _end(blocks, at)
        if end > at + 1 and forms.is_box_label(block.text, language):
            found.update(range(at, end))
    return found


def find_advertised(blocks: Sequence[Block], url: str, language: str | None) -> set[int]:
    """The blocks that are advertised under a label that says so.

    Args:
        blocks: all blocks of a page.
        url: the page's URL.
        language: the first part of its language's tag, or None.
    """
    found: set[int] = set()
    for at, block in enumerate(blocks):
        short = block.is_article and len(block.key) <= LABEL and block.tag not in _FACTS
        if short and forms.is_advertisement_label(block.text, language):
            found.update(range(at + 1, _end_of_advertisement(blocks, at, url)))
    return found


def _end_of_advertisement(blocks: Sequence[Block], at: int, url: str) -> int:
    """The first block that is not the advertisement's whose label this is.

    It is what stands in one element with the label, where that has a link to another host and no
    more words than a box; or the links to other hosts that follow the label.
    """
    end = blocks[at].box
    if at < end <= at + MOST:
        inside = blocks[at + 1 : end]
        plain = [block for block in inside if 2 * block.linked < len(block.key)]
        leads = any(is_elsewhere(b.target, url) for b in inside if b.target is not None)
        short = sum(len(block.key) for block in plain) <= PROSE
        if leads and short and not any(block.headline for block in inside):
            return end
    end = at + 1
    while end < len(blocks) and _is_link_elsewhere(blocks[end], url):
        end += 1
    return end


def _is_link_elsewhere(block: Block, url: str) -> bool:
    target = block.target
    return target is not None and is_elsewhere(target, url)


def is_elsewhere(href: str, url: str) -> bool:
    """Whether a link leads to a page of another host.

    Args:
        href: where it leads, as the page has it.
        url: the page's URL.
    """
    try:
        host = urlsplit(href.strip()).netloc
    except ValueError:
        return False
    return host not in ("", urlsplit(url).netloc)


def is_share_link(href: str, url: str) -> bool:
    """Whether a link leads to another host and asks it to share this page.

    Args:
        href: where it leads, as the page has it.
        url: the page's URL.
    """
    try:
        parts, own = urlsplit(href.strip()), urlsplit(url)
    except ValueError:
        return False
    if parts.scheme == "mailto":
        return own.netloc != "" and own.netloc in unquote(parts.query)
    if not is_elsewhere(href, url):
        return False
    here = f"{own.netloc}{own.path}"
    named = own.netloc != "" and (here in parts.query or quote(here, safe="") in parts.query)
    return named or _SHARES.search(parts.path) is not None


def _is_strip(block: Block, language: str | None) -> bool:
    """Whether a block is a label and links in a row: *Trending now: Ferries · Budget*."""
    if len(block.links) < 2:
        return False
    label, rest = "", block.text
    for link in block.links:
        before, found, rest = rest.partition(link.text)
        label += before if found else ""
    words = "".join(filter(str.isalnum, label + rest))
    return len(words) <= LABEL and forms.is_box_label(label + rest, language)


def is_labelled_link(block: Block, language: str | None) -> bool:
    """Whether a block is a label and a link to another story: *Read also: Old bridge closed*.

    Args:
        block: the block.
        language: the first part of its language's tag, or None.
    """
    if not block.links or block.linked == 0 or len(block.text) > LINKED:
        return False
    first = block.links[0]
    if first.href.lstrip().startswith("#") or any(one.href != first.href for one in block.links):
        return False
    label, found, rest = block.text.partition(first.text)
    if not found or any(map(str.isalnum, rest.replace(" ".join(x.text for x in block.links), ""))):
        return False
    return forms.is_box_label(label, language)


def _end(blocks: Sequence[Block], at: int) -> int:
    """The first block after a box that begins with this one; the next where there is none."""
    end = blocks[at].box
    if at < end <= at + MOST:
        inside = blocks[at + 1 : end]
        prose = [block for block in inside if block.tag != "li" and not block.linked]
        if not any(one.headline for one in inside) and sum(len(b.key) for b in prose) <= PROSE:
            return end
    end = at + 1
    while end < len(blocks) and blocks[end].tag == "li":
        end += 1
    return end if end > at + 2 else at + 1
