"""From the bytes of a page to its characters, and which rule said how.

The order is that of the HTML Standard, section 13.2.3.2 (encoding sniffing): a byte order mark,
then the ``charset`` of the HTTP header, then what the first 1,024 bytes declare (``<meta
charset>``, ``<meta http-equiv>``, or an XML declaration), then strict UTF-8, then windows-1252. In
one thing we go further: bytes that are UTF-8 beat a declaration in the page of an encoding that has
one byte a character. Tools that save pages write them as UTF-8 and leave the declaration as it was,
and hardly a text in such an encoding is valid UTF-8 by chance.
Labels are those of the Encoding Standard, read by `webencodings`; an unknown label is as if it were
not there. The tables are Python's, which differ from the standard's in a few rare code points. What
cannot be decoded becomes U+FFFD: a page never fails here.
"""

from __future__ import annotations

import re
from typing import Literal

import webencodings  # type: ignore[import-untyped]
from attrs import frozen

__all__ = ["Decoded", "Decoding", "Rule", "decode", "decode_plain", "prescan"]

Rule = Literal["bom", "http", "meta", "utf-8-despite-meta", "utf-8", "windows-1252"]
"""What decided: ``meta`` stands for every declaration inside the page."""

PRESCAN = 1024
"""How many bytes are searched for a declaration (HTML Standard, 13.2.3.2, step 5)."""

_SINGLE = ("windows-", "iso-8859-", "koi8-", "macintosh", "x-mac-", "ibm866")
"""How the names of the encodings with one byte a character begin."""

_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16le"), (b"\xfe\xff", "utf-16be"))
_SPACE = rb"\t\n\f\r "
_ATTRIBUTE = re.compile(
    rb"[/%(s)s]*([^/>%(s)s][^=/>%(s)s]*)"
    rb"(?:[%(s)s]*=[%(s)s]*(?:\"([^\"]*)(?:\"|\Z)|'([^']*)(?:'|\Z)|([^\"'>%(s)s][^>%(s)s]*))?)?"
    % {b"s": _SPACE}
)
_META = re.compile(rb"<meta[/%s]" % _SPACE, re.IGNORECASE)
_TAG = re.compile(rb"</?[a-z][^>%s]*" % _SPACE, re.IGNORECASE)
_CONTENT = re.compile(
    rb"charset[%(s)s]*=[%(s)s]*(?:\"([^\"]*)\"|'([^']*)'|([^\"';%(s)s][^;%(s)s]*))"
    % {b"s": _SPACE},
    re.IGNORECASE,
)
_XML = re.compile(
    rb"<\?xml[^>]*?encoding[\x00-\x20]*=[\x00-\x20]*(?:\"([^\"\x00-\x20>]+)\"|'([^'\x00-\x20>]+)')"
)
_HTTP = re.compile(r";\s*charset\s*=\s*(?:\"([^\"]*)\"|([^;\s\"]+))", re.IGNORECASE)


@frozen
class Decoding:
    """The encoding's name (lower case, as the Encoding Standard labels it) and what decided."""

    encoding: str
    rule: Rule


@frozen
class Decoded:
    """The characters of a page and how they were come by."""

    text: str
    encoding: str
    rule: Rule

    def is_utf8(self) -> bool:
        """Whether the page's bytes are these characters in UTF-8, and nothing else."""
        return self.encoding == "utf-8" and self.rule != "bom" and "\ufffd" not in self.text

    @property
    def decoding(self) -> Decoding:
        """Encoding and rule without the text."""
        return Decoding(self.encoding, self.rule)


def decode(content: bytes, content_type: str | None = None) -> Decoded:
    """Decode a page.

    Args:
        content: its bytes, content coding undone.
        content_type: the value of the HTTP header Content-Type, or None.

    Returns:
        The text without byte order mark, the encoding and the rule. Never an error.
    """
    if not content.startswith(tuple(mark for mark, _ in _MARKS)):
        declared = _http_charset(content_type)
        if declared:
            return Decoded(decode_by_name(content, declared), declared, "http")
        declared = prescan(content[:PRESCAN])
        if declared and _has_single_bytes(declared) and (text := _proven_utf8(content)):
            return Decoded(text, "utf-8", "utf-8-despite-meta")
        if declared:
            return Decoded(decode_by_name(content, declared), declared, "meta")
    return decode_plain(content)


def _has_single_bytes(name: str) -> bool:
    """Whether an encoding has one byte a character (Encoding Standard, section 9)."""
    return name.startswith(_SINGLE)


def _proven_utf8(content: bytes) -> str | None:
    """The characters of bytes that are UTF-8 and not ASCII alone; else None."""
    if content.isascii():
        return None
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return None


def decode_plain(content: bytes) -> Decoded:
    """Decode what declares nothing: by byte order mark, else strict UTF-8, else windows-1252.

    Args:
        content: a plain text's bytes, or a page's.

    Returns:
        As `decode`.
    """
    for mark, name in _MARKS:
        if content.startswith(mark):
            return Decoded(decode_by_name(content[len(mark) :], name), name, "bom")
    try:
        return Decoded(content.decode("utf-8"), "utf-8", "utf-8")
    except UnicodeDecodeError:
        return Decoded(decode_by_name(content, "windows-1252"), "windows-1252", "windows-1252")


def prescan(head: bytes) -> str | None:
    """What the page declares about itself (HTML Standard, "prescan a byte stream").

    Args:
        head: the page's first bytes; `decode` gives it 1,024.

    Returns:
        The encoding's name, or None. UTF-16 in a declaration means UTF-8, since it was readable
        as ASCII; x-user-defined means windows-1252.
    """
    if head.startswith((b"<\0?\0x\0", b"\0<\0?\0x")):
        return "utf-16le" if head[0] else "utf-16be"
    position = head.find(b"<")
    while position >= 0:
        if head.startswith(b"<!--", position):
            end = head.find(b"-->", position + 2)
            position = end + 2 if end >= 0 else len(head)
        elif _META.match(head, position):
            name, position = _meta(head, position + 5)
            if name:
                return name
        elif tag := _TAG.match(head, position):
            _, position = _attributes(head, tag.end())
        elif head.startswith((b"<!", b"</", b"<?"), position):
            end = head.find(b">", position)
            position = end if end >= 0 else len(head)
        else:
            position += 1
        position = head.find(b"<", position)
    declared = _XML.match(head)
    return _declared(declared[1] or declared[2]) if declared else None


def _meta(head: bytes, position: int) -> tuple[str | None, int]:
    """What one meta element says, and where its attributes end."""
    found, end = _attributes(head, position)
    if end >= len(head):
        return None, end
    if b"charset" in found:
        return _declared(found[b"charset"]), end
    named = _CONTENT.search(found.get(b"content", b""))
    if not named or found.get(b"http-equiv") != b"content-type":
        return None, end
    return _declared(named[1] or named[2] or named[3] or b""), end


def _attributes(head: bytes, position: int) -> tuple[dict[bytes, bytes], int]:
    """A tag's attributes, lower case, the first of equal names; and where they end."""
    found: dict[bytes, bytes] = {}
    while match := _ATTRIBUTE.match(head, position):
        name, *values = match.groups()
        found.setdefault(name.lower(), next((v for v in values if v is not None), b"").lower())
        position = match.end()
    return found, position


def _declared(label: bytes) -> str | None:
    """The encoding that a declaration inside the page means."""
    name = _lookup(label.decode("latin-1"))
    if name in ("utf-16le", "utf-16be"):
        return "utf-8"
    return "windows-1252" if name == "x-user-defined" else name


def _http_charset(content_type: str | None) -> str | None:
    match = _HTTP.search(content_type or "")
    return _lookup(match[1] or match[2] or "") if match else None


def _lookup(label: str) -> str | None:
    """The Encoding Standard's name of a label, or None; labels are ASCII."""
    encoding = webencodings.lookup(label) if label.isascii() else None
    return encoding.name if encoding else None


def decode_by_name(content: bytes, name: str) -> str:
    """Decode by an encoding's name; GBK is read as gb18030 (Encoding Standard, 10.1.1).

    Args:
        content: bytes without byte order mark.
        name: of the Encoding Standard.
    """
    encoding = webencodings.lookup("gb18030" if name == "gbk" else name)
    text: str = encoding.codec_info.decode(content, "replace")[0]
    return text
