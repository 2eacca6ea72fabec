"""Files that hold an article or a picture of one, and are no text: told by how their bytes begin.

Taken as text, the headers of a saved page or the members of a JSON file would become the article's
paragraphs, and be signed so. Names do not count: they say what somebody hoped for.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
import zlib

from attrs import frozen

from archive.errors import Hint

__all__ = ["Container", "find_container"]


@frozen
class Container:
    """A kind of file that is no text: what people call it, and what to do to import from it."""

    name: str
    hint: str
    is_warc: bool = False


_TAKE_OUT = "take the text out with a program of your choice, and import that"
_UNPACK = "unpack it, and import the text or the page in it"
_ARCHIVE = Hint(
    "archives cannot be imported yet; to see what is in it: archive.verification.verify()",
    command="archives cannot be imported yet; to see what is in it: archive verify FILE",
)
_OLDER = "archives cannot be imported yet; take the page out, and import that"
_PAGE = "open it in a browser, save the page as HTML, and import that"

_WARC = Container("a WARC file", _ARCHIVE, is_warc=True)
_ARC = Container("an ARC file", _OLDER)
_WACZ = Container("a WACZ", "archives cannot be imported yet; the WARC files in it can be verified")
_ZSTD = Container("zstd (as some WARC files are packed)", _UNPACK)
_ZIP = Container("a ZIP (or a document packed as one)", _UNPACK)
_MHTML = Container("a saved page (MHTML)", _PAGE)
_MESSAGE = Container("an e-mail message", _TAKE_OUT)
_JSON = Container("JSON", "take the article's text out of it, and import that")
_HAR = Container("a browser's log (HAR)", "take the page out of it, and import that")
_XML = Container("XML", _TAKE_OUT)
_UNKNOWN = Container("a binary file", _TAKE_OUT)

_KINDS = tuple(
    (re.compile(pattern, re.DOTALL), kind)
    for pattern, kind in (
        (rb"[Ww][Aa][Rr][Cc]/[0-9]+\.[0-9]+\r?\n", _WARC),
        (rb"filedesc://", _ARC),
        (rb"%PDF-", Container("a PDF", _TAKE_OUT)),
        (rb"%!PS", Container("PostScript", _TAKE_OUT)),
        (rb"\{\\rtf", Container("RTF", _TAKE_OUT)),
        (rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Container("an old Office file", _TAKE_OUT)),
        (rb"\x89PNG\r\n\x1a\n", Container("a picture (PNG)", _TAKE_OUT)),
        (rb"\xff\xd8\xff", Container("a picture (JPEG)", _TAKE_OUT)),
        (rb"GIF8[79]a", Container("a picture (GIF)", _TAKE_OUT)),
        (rb"RIFF....WEBP", Container("a picture (WebP)", _TAKE_OUT)),
        (rb"II\*\0|MM\0\*", Container("a picture (TIFF)", _TAKE_OUT)),
        (rb"....ftyp(?:avi[fs]|hei[cfmsx]|mif1)", Container("a picture (AVIF or HEIC)", _TAKE_OUT)),
        (rb"....ftyp|\x1aE\xdf\xa3|OggS|ID3", Container("a film or a sound", _TAKE_OUT)),
        (
            rb"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!(?:DOCTYPE\s+svg|--)[^>]{0,1000}>\s*)?<svg[\s>]",
            Container("a picture (SVG)", _TAKE_OUT),
        ),
        (rb"bplist00", Container("a saved page (webarchive) or a property list", _PAGE)),
        (rb"SQLite format 3\0", Container("a database (SQLite)", _TAKE_OUT)),
        (rb"HTTP/[0-9](?:\.[0-9])? [0-9]{3}[ \r\n]", Container("an HTTP message", _TAKE_OUT)),
        (rb"\x28\xb5\x2f\xfd|[\x50-\x5f]\x2a\x4d\x18", _ZSTD),
        (rb"\xfd7zXZ\0|BZh[1-9]1AY&SY", Container("a packed file", _UNPACK)),
        (rb"7z\xbc\xaf\x27\x1c|Rar!\x1a\x07|.{257}ustar", Container("a packed folder", _UNPACK)),
    )
)
_GZIP = Container("gzip", _UNPACK)
_ZIPPED = re.compile(rb"PK(?:\x03\x04|\x05\x06|\x07\x08)")
_HEAD = 512  # bytes of what is packed that are looked at
_FIELDS = re.compile(rb"(?:[!-9;-~]{1,60}:[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*){2,200}\r?\n")
_MIME = re.compile(rb"^MIME-Version[ \t]*:", re.IGNORECASE | re.MULTILINE)
_PARTS = re.compile(rb"^Content-Type[ \t]*:\s*multipart/", re.IGNORECASE | re.MULTILINE)
_BOMS = (b"\xff\xfe", b"\xfe\xff")
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\v\f\r\x1a\x1b"))
_SHARE, _UNREADABLE_SHARE = 10, 50
"""One control character in so many is more than any text has; than one that is not UTF-8 has."""


def find_container(data: bytes, *, text: bool) -> Container | None:
    """What kind of container a file is, by its bytes; None when it may be text or a page.

    Args:
        data: a file.
        text: whether it is to be plain text: then XML, and what has a NUL or many other control
            characters, is none either, but for UTF-16, where every other byte can be a NUL.
    """
    if data.startswith(b"\x1f\x8b"):
        return _look_into_gzip(data)
    if _ZIPPED.match(data):
        return _look_into_zip(data)
    kind = next((kind for pattern, kind in _KINDS if pattern.match(data)), None)
    kind = kind or _find_message(data) or _find_json(data)
    if kind is not None or not text:
        return kind
    return _XML if data.lstrip()[:5] == b"<?xml" else _find_binary(data)


def _look_into_gzip(data: bytes) -> Container:
    """What is packed in it, where that is an archive; else that it is packed."""
    try:
        start = zlib.decompressobj(wbits=31).decompress(data[: 1 << 16], _HEAD)
    except zlib.error:
        return _GZIP
    inner = next((kind for pattern, kind in _KINDS[:2] if pattern.match(start)), None)
    return inner or _GZIP


def _look_into_zip(data: bytes) -> Container:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            names = set(packed.namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, UnicodeError):
        return _ZIP
    is_wacz = "datapackage.json" in names and any(name.startswith("archive/") for name in names)
    return _WACZ if is_wacz else _ZIP


def _find_message(data: bytes) -> Container | None:
    """Whether it begins with the fields of a MIME message (RFC 2045), as a saved page does."""
    head = _FIELDS.match(data)
    if head is None or not _MIME.search(head[0]):
        return None
    return _MHTML if _PARTS.search(head[0]) else _MESSAGE


def _find_json(data: bytes) -> Container | None:
    """Whether it is JSON, as a whole or line by line."""
    start = data.removeprefix(b"\xef\xbb\xbf").lstrip()
    if start[:1] not in (b"{", b"["):
        return None
    for told in (start, start.partition(b"\n")[0] if start[:1] == b"{" else b""):
        try:
            found = json.loads(told)
        except (ValueError, RecursionError):
            continue
        log = found.get("log") if isinstance(found, dict) else None
        return _HAR if isinstance(log, dict) and "entries" in log else _JSON
    return None


def _find_binary(data: bytes) -> Container | None:
    if data.startswith(_BOMS):
        return None
    controls = len(data) - len(data.translate(None, _CONTROLS))
    share = _SHARE if _is_utf8(data) else _UNREADABLE_SHARE
    return _UNKNOWN if b"\0" in data or controls * share > len(data) else None


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
