"""What a reader sees of a page: its visible blocks, in order, each with where it stands.

Made once from the tree that the text was extracted from; the extraction says which part of it is
the article, and nothing else. ::

    page     all of it, in order
    block    blocks and readings as values
    walk     from a tree to blocks, whatever classes its elements have
    apart    elements that say they stand apart, and whether what is in them does
    regions  where each block stands: article, head, aside, comments, navigation, footer, other
    stories  lists of other stories
    boxes    elements that begin with a label, and those that ask for an address
    variants what a page was made for: a browser, a cache of phones, paper
    share    how much of the article's words a text has
    stored   a reading as bytes, for another process
"""

from __future__ import annotations

from archive.article.reading.block import REGIONS, Block, Link, Reading, Region
from archive.article.reading.share import held_share

__all__ = ["REGIONS", "Block", "Link", "Reading", "Region", "held_share"]
