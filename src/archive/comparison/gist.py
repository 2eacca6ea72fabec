"""The gist of a page as a value: what is asked of every capture, found where the page's tree is.

All of it is derived and unsigned: whoever has the page can find it again.
"""

from __future__ import annotations

from attrs import frozen

from archive import document
from archive.document import Members
from archive.errors import DocumentError

__all__ = ["Gist"]

_MOST = 1 << 20  # bytes


@frozen
class Gist:
    """The gist of a page.

    Args:
        title: the derived title; None without an article.
        words: how many words its text has; None without an article.
        permille: how many of a thousand words of the article the text has; None where the page
            shows no article.
        digest: of the article as read, see `archive.comparison.digests`; None where there is none.
    """

    title: str | None
    words: int | None
    permille: int | None
    digest: str | None

    def to_bytes(self) -> bytes:
        """The gist, to be handed over."""
        members = {
            "title": self.title,
            "words": self.words,
            "permille": self.permille,
            "digest": self.digest,
        }
        return document.write(members)

    @classmethod
    def from_bytes(cls, data: bytes) -> Gist:
        """Read what `to_bytes` gives.

        Raises:
            DocumentError: it is no gist.
        """
        members = Members(document.parse(data, limit=_MOST, what="gist"), "the gist")
        words, permille = (_count(members, name) for name in ("words", "permille"))
        if permille is not None and permille > 1_000:
            raise DocumentError("a share of more than the whole")
        digest = None if members.is_null("digest") else members.sha256("digest")
        return cls(members.text_or_none("title"), words, permille, digest)


def _count(members: Members, name: str) -> int | None:
    return None if members.is_null(name) else members.number(name)
