r"""A page's bytes as they are searched, and where in the content a place found there is.

Tags are looked for in a *view* of the content. For UTF-8 and the single-byte encodings the view is
the content itself, so that a place in it is a byte span already, invalid bytes included. Other
encodings may use the bytes of ``<`` or ``\`` inside characters (UTF-16, ISO-2022-JP, Shift_JIS,
GBK, Big5): there the view is the decoded text in UTF-8, and a place is mapped back by encoding
what stands before it, which is exact where encoding the whole text gives the content again.
"""

from __future__ import annotations

import html
from collections.abc import Iterable

import webencodings  # type: ignore[import-untyped]
from attrs import frozen

__all__ = ["Source", "clean"]

_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_WIDE = frozenset(
    {
        "utf-16le",
        "utf-16be",
        "iso-2022-jp",
        "shift_jis",
        "euc-jp",
        "euc-kr",
        "gbk",
        "gb18030",
        "big5",
    }
)


@frozen
class Source:
    """What is searched.

    Args:
        view: the bytes that are searched.
        encoding: the encoding of the view.
        foreign: the encoding that the view was made from, or None when the view is the content.
        skipped: how many bytes of the content stand before the view (a byte order mark).
    """

    view: bytes
    encoding: str
    foreign: str | None = None
    skipped: int = 0

    @classmethod
    def of(cls, content: bytes, encoding: str, text: str) -> Source:
        """The view of a page.

        Args:
            content: its bytes.
            encoding: the encoding it was decoded by, as the Encoding Standard names it.
            text: its characters, without byte order mark.
        """
        if encoding in _WIDE:
            mark = next((len(mark) for mark in _MARKS if content.startswith(mark)), 0)
            if _encoded(text, encoding) == content[mark:]:
                view = text.encode("utf-8", "surrogatepass")
                return cls(view, "utf-8", foreign=encoding, skipped=mark)
            if encoding.startswith("utf-16"):
                return cls(text.encode("utf-8", "replace"), "utf-8", foreign="", skipped=mark)
        return cls(content, encoding)

    def text(self, start: int, end: int) -> str:
        """The characters between two places of the view, character references as they stand."""
        piece = self.view[start:end]
        if self.encoding == "utf-8":
            return piece.decode("utf-8", "replace")
        decoded: str = webencodings.lookup(self.encoding).codec_info.decode(piece, "replace")[0]
        return decoded

    def encoded(self, text: str) -> bytes | None:
        """A text as it would stand in the view, or None where the encoding lacks a character."""
        return _encoded(text, self.encoding)

    def positions(self, places: Iterable[int]) -> dict[int, int]:
        """Where in the content these places of the view are; nothing where that is not known."""
        ordered = sorted(set(places))
        if self.foreign is None:
            return {place: place for place in ordered}
        found: dict[int, int] = {}
        before, position = 0, self.skipped
        for place in ordered if self.foreign else ():
            piece = self.view[before:place].decode("utf-8", "surrogatepass")
            length = _encoded(piece, self.foreign)
            position += len(length or b"")
            found[place] = position
            before = place
        return found


def _encoded(text: str, encoding: str) -> bytes | None:
    name = "gb18030" if encoding == "gbk" else encoding
    try:
        encoded: bytes = webencodings.lookup(name).codec_info.encode(text, "strict")[0]
    except UnicodeError:
        return None
    return encoded


def clean(text: str) -> str:
    """Character references resolved, white space at both ends gone."""
    return (html.unescape(text) if "&" in text else text).strip()
