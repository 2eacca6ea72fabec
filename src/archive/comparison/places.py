"""Which lines are a site's furniture where they stand, though not by their form alone.

- A heading that counts (*14 comments*) is one where nothing of the story follows it but what it
  stands above, and that does not begin with a sentence; or beside links that share the page. In the
  midst of a story it is a heading of a part of it.
- A running line of markets, weather or a score is one above the headline, and so is a number there
  without any word. In the story, in its lists and tables, it is a fact.
- A number alone is a counter beside a counter's word alone (*14* over *Shares*); two names of
  networks with numbers in a row are a share bar under the headline; a link that shares the page is
  one wherever it stands, whatever it counts.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from archive.article.reading import Block
from archive.comparison import forms
from archive.comparison.articles import Article
from archive.comparison.furniture import is_elsewhere, is_share_link
from archive.comparison.tickers import is_ticker

__all__ = ["name_by_place"]

_HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6"})
_FACTS = frozenset({"caption", "figcaption", "summary", "td", "th", "dt", "dd", *_HEADINGS})

SENTENCE = 40
"""A block of so many signs is a sentence, or one that ends as a sentence does."""

NEAR = 2
"""So many blocks to both sides of a heading its share bar begins."""

_ENDS = (".", "!", "?", "。", "！", "？", "؟", "।", "”", '"', "»")
_NUMBER = re.compile(r"\W*\d[\d.,' ]*[kKmM]?\W*")
_NETWORK = re.compile(
    r"\W*(?:facebook|twitter|x|tweets?|shares?|pins?|likes?|posts?"
    r"|whatsapp|telegram|linkedin|reddit|pinterest|tumblr|vk|weibo|line|threads|bluesky|mastodon"
    r"|flipboard|pocket|xing|hatena|kakao|viber|email|e-mail|mail)"
    r"\W*\d[\d.,' ]*[km]?\W*",
    re.IGNORECASE,
)
"""A name of a network that pages are shared on, or of what is done there, and a number."""

_APART = re.compile(r"[|·•]")


def name_by_place(article: Article, at: int, language: str | None) -> str | None:
    """Which filter takes a block out where it stands: ``counter``, ``time``; None for none.

    Args:
        article: the article, its headline left out.
        at: which of its blocks.
        language: the first part of its language's tag, or None.
    """
    block = article.blocks[at]
    if len(block.text) > forms.LONGEST_LINE:
        return None
    if _shares(block, article.reading.url):
        return "counter"
    if not any(map(str.isdecimal, block.text)):
        return None
    if block.tag in _HEADINGS:
        counts = forms.is_counter(block.text, language)
        return "counter" if counts and _is_of_readers(article, at, language) else None
    if block.tag in _FACTS:
        return None
    runs = is_ticker(block.text) or _NUMBER.fullmatch(block.text) is not None
    found = (runs and _is_above(article, at)) or _is_counted(article.blocks, at, language)
    return "counter" if found else None


def _is_of_readers(article: Article, at: int, language: str | None) -> bool:
    """Whether a heading stands at the comments, behind the story, or in a share bar."""
    near = article.blocks[max(0, at - NEAR) : at + NEAR + 1]
    if any(_is_of_share_bar(block, article.reading.url, language) for block in near):
        return True
    number = article.numbers[at]
    end = max(number + 1, article.blocks[at].box)
    inside = [block for block in article.reading.blocks[number + 1 : end] if block.is_article]
    behind = article.blocks[at + 1 :]
    later = [
        block for block, no in zip(behind, article.numbers[at + 1 :], strict=True) if no >= end
    ]
    return not (inside[:1] and _is_sentence(inside[0])) and not any(map(_is_sentence, later))


def _is_sentence(block: Block) -> bool:
    return len(block.key) >= SENTENCE or (" " in block.text and block.text.endswith(_ENDS))


def _is_above(article: Article, at: int) -> bool:
    """Whether a block stands above the article's headline."""
    blocks = article.reading.blocks
    return any(blocks[no].headline for no in range(article.numbers[at] + 1, len(blocks)))


def _is_counted(blocks: Sequence[Block], at: int, language: str | None) -> bool:
    """Whether a number stands beside a counter's word, or a network's count in a row of them."""
    beside = [blocks[to] for to in (at - 1, at + 1) if 0 <= to < len(blocks)]
    beside = [one for one in beside if one.group == blocks[at].group and one.tag not in _FACTS]
    if _NUMBER.fullmatch(blocks[at].text):
        return any(forms.is_counter_word(one.text, language) for one in beside)
    counts = [part for part in _APART.split(blocks[at].text) if part.strip()]
    if len(counts) > 1 and all(map(_NETWORK.fullmatch, counts)):
        return True
    if blocks[at].region != "head" or not _NETWORK.fullmatch(blocks[at].text):
        return False
    return any(_NETWORK.fullmatch(one.text) for one in beside)


def _shares(block: Block, url: str) -> bool:
    """Whether a block is nothing but a link that shares the page that it stands on."""
    return block.target is not None and is_share_link(block.target, url)


def _is_of_share_bar(block: Block, url: str, language: str | None) -> bool:
    """Whether a block is nothing but links that share the page, or lead off it and say *Share*."""
    if not block.links or 10 * block.linked < 9 * len(block.key):
        return False
    return all(is_elsewhere(link.href, url) for link in block.links) and any(
        is_share_link(link.href, url) or forms.is_box_label(link.text, language)
        for link in block.links
    )
