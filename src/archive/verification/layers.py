"""Digests by layer, recomputed from stored bytes: header, entity, content (check 3, deep).

Everything streams: neither the entity nor the content is held.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from attrs import frozen

from archive.errors import HttpError

__all__ = ["CONTENT_LIMIT", "Recomputed", "recompute"]

CONTENT_LIMIT = 1 << 30
"""The most bytes of content that are decoded from one response."""


@frozen
class Recomputed:
    """SHA-256 of the layers of one response block, None where it has no such layer.

    `problem` says why the content cannot be decoded.
    """

    header: str | None = None
    entity: str | None = None
    content: str | None = None
    problem: str | None = None


def recompute(pieces: Iterator[memoryview]) -> Recomputed:
    """Take a response block apart and hash its layers.

    Args:
        pieces: the block; all of it is consumed.
    """
    from archive.http import ResponseReader, State, decode_pieces

    reader = ResponseReader()
    for piece in pieces:
        reader.feed(bytes(piece))
        if reader.state is not State.HEAD:
            break
    else:
        reader.finish()
    response = reader.response(b"")
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
    try:
        for part in decode_pieces(entity, response.field("content-encoding"), CONTENT_LIMIT):
            content_hash.update(part)
        content = content_hash.hexdigest()
    except HttpError as error:
        problem = error.message
    for _ in entity:
        pass
    header = hashlib.sha256(response.head).hexdigest()
    return Recomputed(header, entity_hash.hexdigest(), content, problem)


def _drain(pieces: Iterator[memoryview]) -> None:
    for _ in pieces:
        pass
