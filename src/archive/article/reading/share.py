"""How whole an extracted text is: the share of the article's words, as its page shows them, it has.

Derived and unsigned: whoever has the page can count again. The share is shown and no bound is set
to it. The article's region is larger than the article now and then (captions, boxes), and a text
without these is none the worse: of 294 real pages, any bound that flags half of the texts that lack
a tenth of their article flags one in twenty of the others.
"""

from __future__ import annotations

from archive.article.article import count_words
from archive.article.keys import tight_key
from archive.article.reading.block import Reading

__all__ = ["held_share"]


def held_share(reading: Reading, text: str) -> float | None:
    """The share of the words of the article's region that a text has.

    Args:
        reading: what the page shows.
        text: the extracted text of the same page.

    Returns:
        From 0 to 1; None where the page shows no article.
    """
    tight = tight_key(text)
    whole = held = 0
    for block in reading.blocks:
        if block.region != "article" or block.headline:
            continue
        words = count_words(block.text)
        whole += words
        held += words if block.said or block.key in tight else 0
    return held / whole if whole else None
