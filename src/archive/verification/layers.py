"""Digests by layer, recomputed from stored bytes: header, entity, content (check 3, deep).

Everything streams: neither the entity nor the content is held.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from attrs import define

from archive.errors import HttpError
from archive.http import Response, ResponseReader, State, decode_pieces
from archive.verification.records import Recomputed

__all__ = ["ALLOWED", "ALLOWED_RATIO", "Allowance", "recompute"]

ALLOWED = 1 << 30
"""Bytes of content that are decoded of one file, whatever its size."""
_NO_LIMIT = 1 << 62
ALLOWED_RATIO = 32
"""Bytes of content that are decoded beyond that for each stored byte of the file."""


@define
class Allowance:
    """How much may still come out of the content codings of one file.

    A coding reaches a thousand or a million to one, pages about ten to one: without a bound a
    small file of many bombs would take hours. Bytes under no coding cost nothing.
    """

    left: int
    _stored: int = 0

    def note_stored(self, position: int) -> None:
        """So many bytes of the file have been read."""
        self.left += ALLOWED_RATIO * (position - self._stored)
        self._stored = position

    def spend(self, pieces: Iterator[bytes]) -> Iterator[bytes]:
        """The same pieces, paid for.

        Raises:
            _SpentError: nothing is left.
        """
        for piece in pieces:
            self.left -= len(piece)
            if self.left < 0:
                raise _SpentError
            yield piece


class _SpentError(Exception):
    """The allowance is used up."""


def recompute(pieces: Iterator[memoryview], allowance: Allowance) -> Recomputed:
    """Take a response block apart and hash its layers.

    Args:
        pieces: the block; all of it is consumed.
        allowance: what may be decoded; it is taken from.
    """
    reader = ResponseReader()
    response = _read_head(reader, pieces)
    if response is None:
        _drain(pieces)
        return Recomputed(problem=reader.problem)
    entity_hash, content_hash = hashlib.sha256(), hashlib.sha256()

    def read_entity() -> Iterator[bytes]:
        while True:
            if data := reader.take():
                entity_hash.update(data)
                yield data
            piece = next(pieces, None)
            if piece is None:
                break
            reader.feed(bytes(piece))
        reader.finish()
        if data := reader.take():
            entity_hash.update(data)
            yield data

    entity = read_entity()
    content: str | None = None
    problem: str | None = None
    undecoded = False
    encodings = response.field("content-encoding")
    try:
        for part in decode_pieces(entity, encodings, _NO_LIMIT, watch=allowance.spend):
            content_hash.update(part)
        content = content_hash.hexdigest()
    except HttpError as error:
        problem = error.message
    except _SpentError:
        undecoded = True
    _drain(entity)
    return Recomputed(
        header=hashlib.sha256(response.head[response.interim :]).hexdigest(),
        heads=hashlib.sha256(response.head).hexdigest(),
        entity=entity_hash.hexdigest(),
        content=content,
        problem=problem,
        undecoded=undecoded,
        status=response.status,
    )


def _read_head(reader: ResponseReader, pieces: Iterator[memoryview]) -> Response | None:
    for piece in pieces:
        reader.feed(bytes(piece))
        if reader.state is not State.HEAD:
            break
    else:
        reader.finish()
    return reader.response(b"")


def _drain(pieces: Iterator[object]) -> None:
    for _ in pieces:
        pass
