"""Content codings undone (RFC 9110, section 8.4), in bounded memory, as far as they can be.

====================  ==========================================================================
``gzip``, ``x-gzip``  RFC 1952, one member or several; checksums are checked
``deflate``           RFC 1950 (zlib), or RFC 1951 (raw), which many servers send under that name
``br``                RFC 7932
``zstd``              RFC 8878, one frame or several; window of at most 8 MiB (RFC 9659)
``identity``          nothing
====================  ==========================================================================

``Content-Encoding: a, b`` was coded with a first, so b is undone first. An empty entity is empty in
every coding, since servers leave the field on bodies they do not send.

A stream that stops, is damaged or has a wrong checksum gives what came before, and `Notes` say so;
bytes after its end are passed over. A word that is no coding is passed over where the bytes are
text, and every coding where they begin as HTML does. What a damaged stream gives depends on its
bytes alone: it is decoded in steps that are counted from its beginning, and the step that fails
once more byte by byte.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import chain

from attrs import define, field, frozen

from archive.errors import HttpError
from archive.http.decoders import BROKEN, Brotli, Decoder, Inflate, Zstd, open_deflate
from archive.http.media import begins_as_html, is_text

__all__ = [
    "CONTENT_LIMIT",
    "MAX_CODINGS",
    "MAX_STREAMS",
    "Content",
    "Notes",
    "decode_content",
    "decode_pieces",
    "undo",
]

CONTENT_LIMIT = 1 << 28
"""The most bytes that a page's content may unpack to, and that an imported file may have."""

MAX_CODINGS = 8
"""How many codings may lie over one another."""

MAX_STREAMS = 10_000
"""How many gzip members or zstd frames may follow one another."""

_STEP = 512  # of zstd, a block of 128 KiB may be four bytes long, and the decoder has no limit
_REPLAYED = 1 << 20  # a stream that fails within so many bytes is decoded again up to there
_SNIFFED = 512
_GZIP_START = re.compile(rb"\x1f\x8b\x08")
_ZSTD_START = re.compile(rb"\x28\xb5\x2f\xfd|[\x50-\x5f]\x2a\x4d\x18")
_NEVER = re.compile(rb"(?!)")


@define
class Notes:
    """What was seen while codings were undone.

    Attributes:
        damage: why the content is not whole, None where nothing shows it.
        checked: whether a coding was undone up to its own end.
        oddities: names of `archive.http.oddities`, each once.
    """

    damage: str | None = None
    checked: bool = False
    oddities: dict[str, None] = field(factory=dict)

    def break_off(self, damage: str) -> None:
        """A coded stream is not whole; what was noticed first counts."""
        self.damage = self.damage or damage
        self.oddities["coding-broken"] = None


@frozen
class Content:
    """What came of undoing the codings of an entity.

    `data` is None where no content can be had: then `problem` says why; beside a content it says
    why that is not whole. `checked` and `oddities` are those of `Notes`.
    """

    data: bytes | None
    problem: str | None
    checked: bool
    oddities: tuple[str, ...]

    @property
    def is_damaged(self) -> bool:
        """Whether a coded stream stops, is damaged, or has a wrong checksum."""
        return "coding-broken" in self.oddities

    def value(self) -> bytes:
        """The content; HttpError where none can be had."""
        if self.data is None:
            raise HttpError(self.problem or "no content")
        return self.data


def undo(entity: bytes, encodings: str | None, limit: int = CONTENT_LIMIT) -> Content:
    """Undo the codings of an entity; nothing is raised for what it is.

    Args:
        entity: the body after transfer coding.
        encodings: the Content-Encoding field's value, or None.
        limit: the most bytes that the content, or any layer on the way to it, may have.
    """
    notes = Notes()
    try:
        data = decode_content(entity, encodings, limit, notes)
    except HttpError as error:
        return Content(None, error.message, False, tuple(notes.oddities))
    if notes.damage is not None and not data:
        return Content(None, notes.damage, False, tuple(notes.oddities))
    return Content(data, notes.damage, notes.checked, tuple(notes.oddities))


def decode_content(
    entity: bytes, encodings: str | None, limit: int = CONTENT_LIMIT, notes: Notes | None = None
) -> bytes:
    """The content of an entity whose Content-Encoding is undone, as far as it goes.

    Args:
        entity: the body after transfer coding.
        encodings: the Content-Encoding field's value, or None.
        limit: the most bytes that the content, or any layer on the way to it, may have.
        notes: gets what was seen.

    Raises:
        HttpError: too many codings, one that is not known over bytes that are no text, or over the
            limit.
    """
    if not (encodings or "").strip(" \t,") and len(entity) <= limit:
        return entity
    return b"".join(decode_pieces([entity], encodings, limit, notes))


def decode_pieces(
    pieces: Iterable[bytes],
    encodings: str | None,
    limit: int,
    notes: Notes | None = None,
    watch: Callable[[Iterator[bytes]], Iterator[bytes]] = iter,
) -> Iterator[bytes]:
    """The same in pieces, so that neither entity nor content need be held.

    Args:
        pieces: the entity, cut anywhere.
        encodings: the Content-Encoding field's value, or None.
        limit: as in `decode_content`.
        notes: as there.
        watch: what comes out of each coding passes through it.

    Returns:
        The content in pieces; what came before an error was found is already given.

    Raises:
        HttpError: as `decode_content`, while iterating.
    """
    noted = Notes() if notes is None else notes
    names = _names(encodings)
    if not names:
        yield from _limited(pieces, limit)
        return
    start, content = _peek(pieces)
    for name in reversed(_choose(names, start, noted)):
        content = watch(_limited(_LAYERS[name](content, noted), limit))
    yield from _limited(content, limit)


def _names(encodings: str | None) -> list[str]:
    """The codings that a field names, in order."""
    names = [name.strip(" \t").lower() for name in (encodings or "").split(",")]
    names = [name for name in names if name not in ("", "identity")]
    if len(names) > MAX_CODINGS:
        raise HttpError(f"more than {MAX_CODINGS} content codings")
    return names


def _choose(names: list[str], start: bytes, notes: Notes) -> list[str]:
    """Which of the codings that are named are to be undone.

    Args:
        names: of them.
        start: how the entity begins; nothing is coded in no bytes.
        notes: gets what is odd.
    """
    known = [name for name in names if name in _LAYERS]
    if len(known) < len(names):
        notes.oddities["coding-unknown"] = None
        if is_text(start):
            return []
        if not known:
            unknown = next(name for name in names if name not in _LAYERS)
            raise HttpError(f"unknown content coding {unknown[:40]!r}")
    if begins_as_html(start):
        notes.oddities["coding-absent"] = None
        return []
    return known


def _peek(pieces: Iterable[bytes]) -> tuple[bytes, Iterator[bytes]]:
    """The first bytes, and the pieces with them."""
    rest = iter(pieces)
    start = b""
    while len(start) < _SNIFFED and (piece := next(rest, None)) is not None:
        start += piece
    return start[:_SNIFFED], chain([start] if start else [], rest)


def _limited(pieces: Iterable[bytes], limit: int) -> Iterator[bytes]:
    total = 0
    for piece in pieces:
        total += len(piece)
        if total > limit:
            raise HttpError(f"content is larger than {limit} bytes")
        yield piece


class _Source:
    """Coded bytes, taken in steps of any size whatever the pieces they come in."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self._pieces = iter(pieces)
        self._held = b""
        self._at = 0

    def peek(self, size: int) -> bytes:
        """The next bytes, fewer only at the end, which stay."""
        while len(self._held) - self._at < size:
            piece = next(self._pieces, None)
            if piece is None:
                break
            self._held = self._held[self._at :] + piece
            self._at = 0
        return self._held[self._at : self._at + size]

    def take(self, size: int) -> bytes:
        """The next bytes, fewer only at the end."""
        taken = self.peek(size)
        self._at += len(taken)
        return taken

    def give_back(self, count: int) -> None:
        """So many of the bytes that were taken last were too many."""
        self._at -= count


@frozen
class _Coding:
    """One content coding.

    Attributes:
        name: for messages.
        open: makes a decoder, given a stream's first bytes (four, or all there are).
        again: how another stream begins that follows the first, other bytes being passed over.
    """

    name: str
    open: Callable[[bytes], Decoder]
    again: re.Pattern[bytes] = _NEVER

    def __call__(self, pieces: Iterable[bytes], notes: Notes) -> Iterator[bytes]:
        """Undo it."""
        source = _Source(pieces)
        ended = 0
        while start := source.peek(4):
            if ended and not self._goes_on(start, ended):
                notes.oddities["coding-tail"] = None
                return
            stream = _Stream(self, source, start)
            yield from stream.decode()
            if stream.damage is not None:
                notes.checked = False
                notes.break_off(f"{self.name} content {stream.damage}")
                return
            ended += 1
            notes.checked = True

    def _goes_on(self, start: bytes, ended: int) -> bool:
        """Whether what stands after the end of a stream is to be decoded too."""
        if not self.again.match(start):
            return False
        if ended >= MAX_STREAMS:
            raise HttpError(f"more than {MAX_STREAMS} streams of {self.name} in one content")
        return True


class _Stream:
    """One stream of a coding, decoded up to its end or to where it is damaged.

    Attributes:
        damage: what is wrong with it, None where nothing is.
    """

    def __init__(self, coding: _Coding, source: _Source, start: bytes) -> None:
        self._coding = coding
        self._source = source
        self._start = start
        self._replay: bytearray | None = bytearray()  # the steps that went well, while they are few
        self._given = 0
        self.damage: str | None = None

    def decode(self) -> Iterator[bytes]:
        """What it decodes to."""
        decoder = self._coding.open(self._start)
        while step := self._source.take(_STEP):
            try:
                for piece in decoder.pieces(step):
                    self._given += len(piece)
                    yield piece
            except BROKEN as error:
                yield from self._decode_last(step, str(error))
                return
            if decoder.eof:
                self._source.give_back(len(decoder.unused_data))
                return
            self._keep(step)
        self.damage = "ends too early"

    def _keep(self, step: bytes) -> None:
        if self._replay is not None:
            self._replay += step
            if len(self._replay) > _REPLAYED:
                self._replay = None

    def _decode_last(self, step: bytes, error: str) -> Iterator[bytes]:
        """What a step gives that cannot be taken whole: it is damaged, or the end stands in it."""
        self.damage = f"is broken: {error}"
        if self._replay is None:
            return
        decoder = self._coding.open(self._start)
        known = self._given
        steps = (self._replay[at : at + _STEP] for at in range(0, len(self._replay), _STEP))
        singly = (step[at : at + 1] for at in range(len(step)))
        try:
            for taken, data in enumerate(chain(map(bytes, steps), singly)):
                for piece in decoder.pieces(data):
                    fresh = piece[known:]
                    known = max(known - len(piece), 0)
                    yield fresh
                if decoder.eof:
                    self.damage = None
                    first = -(-len(self._replay) // _STEP)
                    self._source.give_back(len(step) - (taken - first) - 1)
                    return
        except BROKEN:
            return


_GZIP = _Coding("gzip", lambda _: Inflate(31), _GZIP_START)
_LAYERS: dict[str, _Coding] = {
    "gzip": _GZIP,
    "x-gzip": _GZIP,
    "deflate": _Coding("deflate", open_deflate),
    "br": _Coding("br", lambda _: Brotli()),
    "zstd": _Coding("zstd", lambda _: Zstd(), _ZSTD_START),
}
