"""The article: what a reader of the page was meant to read."""

from __future__ import annotations

import re
from typing import Any

from attrs import field, frozen

from archive.article.claims import Claims
from archive.article.derived import derive_title
from archive.display import escape_html

__all__ = ["UNSPACED", "Article", "count_words", "has_words"]

UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"  # Thai, Lao; Burmese; Khmer
    "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"  # kana, ideographs
)
"""Scripts written without spaces, as ranges of a character class."""
_ANY_UNSPACED = re.compile(f"[{UNSPACED}]")
_WORD = re.compile(rf"[{UNSPACED}]|[^\W{UNSPACED}]+(?:['’\u200c\u200d][^\W{UNSPACED}]+)*")
_SPACED_WORD = re.compile(
    r"\w+(?:['’\u200c\u200d]\w+)*"
)  # the same where there is none of those, and faster
_SO_MANY = (  # words as `_WORD` and what is between them, in linear time
    rf"(?:[^\w{UNSPACED}]*+"
    rf"(?:[{UNSPACED}]|[^\W{UNSPACED}]++(?>(?:['’\u200c\u200d][^\W{UNSPACED}]++)*))){{%d}}"
)

_MOST_SHOWN = 500  # paragraphs in a notebook


@frozen
class Article:
    """What the extraction found.

    Args:
        title: the derived title, one line, or None.
        title_signal: the signal of the claim it was taken from, or None.
        text: the paragraphs, one a line, the last with a line feed too.
        paragraphs: the lines of the text.
        words: how many words the text has, by `count_words`.
    """

    title: str | None
    title_signal: str | None
    text: str = field(repr=False)
    paragraphs: tuple[str, ...] = field(repr=False)
    words: int

    @classmethod
    def of(cls, text: str, claims: Claims) -> Article:
        """The article with this text, its title derived from these claims.

        Args:
            text: the text record, decoded; it ends with a line feed.
            claims: the claims of the same capture.
        """
        title = derive_title(claims)
        return cls(
            title=str(title.value) if title else None,
            title_signal=claims[title.claim].signal if title else None,
            text=text,
            paragraphs=tuple(text.removesuffix("\n").split("\n")),
            words=count_words(text),
        )

    def to_dict(self) -> dict[str, Any]:
        """Its members, but for the paragraphs, which are the lines of the text."""
        return {
            "title": self.title,
            "title_signal": self.title_signal,
            "text": self.text,
            "words": self.words,
        }

    def _repr_html_(self) -> str:
        """For notebooks: the title and the paragraphs."""
        head = f'<h3 dir="auto">{escape_html(self.title)}</h3>' if self.title else ""
        shown = self.paragraphs[:_MOST_SHOWN]
        body = "".join(f'<p dir="auto">{escape_html(line)}</p>' for line in shown)
        more = len(self.paragraphs) - len(shown)
        rest = f"<p>… and {more:,} more paragraphs</p>" if more else ""
        return f"<article>{head}{body}{rest}</article>"


def count_words(text: str) -> int:
    """How many words a text has.

    A word is a run of letters, digits and underscores, with apostrophes inside (``don't`` is one).
    In scripts written without spaces (Chinese characters, Japanese kana, Thai, Lao, Burmese, Khmer)
    every character counts as one.
    """
    word = _WORD if _ANY_UNSPACED.search(text) else _SPACED_WORD
    return len(word.findall(text))


def has_words(text: str, least: int) -> bool:
    """Whether a text has so many words or more, as `count_words` counts; reads no further."""
    return re.match(_SO_MANY % least, text) is not None
