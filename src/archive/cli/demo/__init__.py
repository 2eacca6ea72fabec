"""``archive demo``: the whole story on this machine, without internet.

An article is served on loopback, captured, changed behind the reader's back, captured again,
compared, verified; then a copy of the collection is tampered with and verification shows it. ::

    site      the article, its edit, and the server
    forger    changes words in a copy, as one would without the key
    story     the command: one step after the other
"""

from archive.cli.demo.story import command

__all__ = ["command"]
