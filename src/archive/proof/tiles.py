"""Tiled logs (https://c2sp.org/tlog-tiles): a Merkle tree as static files.

::

    tile/<level>/<index>             256 hashes of 32 bytes
    tile/<level>/<index>.p/<width>   the last tile of a level while it has fewer
    tile/entries/<index>[.p/<width>] 256 entries, each behind 2 bytes of length, big-endian
    checkpoint                       see `archive.proof.checkpoint`

A tile of level 0 holds leaf hashes; a hash of level n + 1 is the root over one whole tile of level
n. An index is written in groups of three digits, all but the last behind an ``x``: 1234067 is
``x001/x234/067``. A tile, once written, never changes: a wider partial tile is another file, and
when the whole tile is there the partial ones may go.

A log of n entries has at each level floor(n / 256^level) hashes; what does not fill a tile, level
by level, is the log's *edge*. The edge has the root, is all that is needed to append, and is what
an append rewrites: O(log n) tiles, whatever n is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Protocol

from attrs import define, field, frozen

from archive.errors import DocumentError, InputError, IntegrityError
from archive.proof.bounds import MAX_ENVELOPE
from archive.proof.merkle import (
    HASH_SIZE,
    Frontier,
    hash_root,
    prove_consistency,
    prove_inclusion,
)

__all__ = [
    "HASHES_SIZE",
    "MAX_BUNDLE",
    "WIDTH",
    "Edge",
    "Growth",
    "TilePath",
    "TileReader",
    "TiledLog",
    "read_bundle",
    "write_bundle",
]

WIDTH = 256
"""Hashes of a whole tile."""
MAX_BUNDLE = WIDTH * (2 + MAX_ENVELOPE)
"""The largest bundle of entries, in bytes."""
HASHES_SIZE = WIDTH * HASH_SIZE
"""A whole tile of hashes, in bytes."""
_HEIGHT = 8  # levels of the tree that a tile stands for
_CACHED = 1024  # tiles: 8 MB
_PATH = re.compile(
    r"tile/(entries|0|[1-9][0-9]?)/((?:x[0-9]{3}/)*[0-9]{3})(?:\.p/([1-9][0-9]{0,2}))?\Z"
)


@frozen
class TilePath:
    """Where a tile, or a bundle of entries, stands.

    Attributes:
        level: from 0 to 63; None for entries.
        index: its place in the level.
        width: hashes or entries in it, 1 to 256.
    """

    level: int | None
    index: int
    width: int = WIDTH

    @classmethod
    def from_text(cls, text: str) -> TilePath:
        """Read a path below a log's folder; DocumentError when it is no tile's."""
        match = _PATH.match(text)
        if match is None:
            raise DocumentError("not the path of a tile")
        digits = match[2].replace("x", "").replace("/", "")
        path = cls(
            None if match[1] == "entries" else int(match[1]),
            int(digits) if len(digits) < 20 else -1,
            int(match[3]) if match[3] else WIDTH,
        )
        if path.to_text() != text or (path.level or 0) > 63:
            raise DocumentError("not the path of a tile")
        return path

    def to_text(self) -> str:
        """The path below a log's folder."""
        groups = [f"{self.index % 1000:03}"]
        rest = self.index // 1000
        while rest > 0:
            groups.insert(0, f"x{rest % 1000:03}")
            rest //= 1000
        level = "entries" if self.level is None else self.level
        part = f".p/{self.width}" if self.width < WIDTH else ""
        return f"tile/{level}/{'/'.join(groups)}{part}"


class TileReader(Protocol):
    """What a log is read through: a folder, a server, a dict."""

    def read(self, path: str) -> bytes | None:
        """The bytes at a path below the log's folder; None when there is nothing."""


@frozen
class Growth:
    """What appending to a log makes.

    Attributes:
        edge: the log's new edge.
        tiles: the files to write, in the order in which they were filled; partial ones last.
    """

    edge: Edge
    tiles: tuple[tuple[TilePath, bytes], ...]


@frozen
class Edge:
    """The tiles of a log that are not full.

    Attributes:
        size: entries of the log.
        tiles: the hashes of the partial tile of each level, from 0; empty where there is none.
    """

    size: int = 0
    tiles: tuple[bytes, ...] = ()

    @classmethod
    def load(cls, size: int, root: bytes, reader: TileReader) -> Edge:
        """Read the edge of a log whose checkpoint says size and root.

        Raises:
            InputError: a tile is missing.
            DocumentError: a tile has not the length that it must have.
            IntegrityError: the tiles have another root.
        """
        tiles = []
        for level in range((size.bit_length() + _HEIGHT - 1) // _HEIGHT):
            index, width = divmod(size >> _HEIGHT * level, WIDTH)
            tiles.append(_read_tile(reader, TilePath(level, index, width)) if width else b"")
        edge = cls(size, tuple(tiles))
        if edge.root() != root:
            raise IntegrityError("the tiles of the log have another root than its checkpoint")
        return edge

    def root(self) -> bytes:
        """The root over all entries."""
        nodes = [
            node for tile in reversed(self.tiles) for node in Frontier().extend(_cut(tile)).hashes
        ]
        return Frontier(self.size, tuple(nodes)).root()

    def grow(self, leaves: Iterable[bytes]) -> Growth:
        """Append leaf hashes: the new edge, and every tile that is new or wider."""
        tiles = [bytearray(tile) for tile in self.tiles]
        full: list[tuple[TilePath, bytes]] = []
        source, size = iter(leaves), self.size
        while batch := list(islice(source, WIDTH - size % WIDTH)):
            size += len(batch)
            _push(tiles, b"".join(batch), size, full)
        edge = Edge(size, tuple(bytes(tile) for tile in tiles))
        return Growth(edge, (*full, *edge._partial(self)))

    def _partial(self, before: Edge) -> list[tuple[TilePath, bytes]]:
        """The partial tiles that an earlier edge did not have."""
        found = []
        for level, tile in enumerate(self.tiles):
            path = TilePath(level, (self.size >> _HEIGHT * level) // WIDTH, len(tile) // HASH_SIZE)
            changed = before.size >> _HEIGHT * level != self.size >> _HEIGHT * level
            if tile and changed:
                found.append((path, tile))
        return found


@define
class TiledLog:
    """A log of a known size and root, read through its tiles; nothing unproved is ever given.

    Every tile is checked against the hash that stands for it one level up, and the edge against
    the root. Errors of all methods are those of `Edge.load`.

    Attributes:
        size: entries of the log, as a verified checkpoint says.
        root: its root.
        reader: gives the tiles.
    """

    size: int
    root: bytes
    reader: TileReader
    _edge: Edge = field(init=False, repr=False)
    _whole: dict[tuple[int, int], bytes] = field(init=False, factory=dict, repr=False)

    def __attrs_post_init__(self) -> None:
        self._edge = Edge.load(self.size, self.root, self.reader)

    def read_leaf(self, index: int) -> bytes:
        """The leaf hash of an entry."""
        return self.read_node(0, index)

    def read_node(self, level: int, index: int) -> bytes:
        """The hash of a complete subtree."""
        tile_level, height = divmod(level, _HEIGHT)
        first = index << height
        tile = self._tile(tile_level, first // WIDTH)
        start = first % WIDTH * HASH_SIZE
        part = tile[start : start + (HASH_SIZE << height)]
        if len(part) != HASH_SIZE << height:
            raise InputError(f"the log has no complete subtree {index} of level {level}")
        return part if height == 0 else hash_root(_cut(part))

    def prove_inclusion(self, index: int, size: int | None = None) -> tuple[bytes, ...]:
        """The inclusion proof of an entry, in the whole log or in its first `size` entries."""
        return prove_inclusion(index, self.size if size is None else size, self.read_node)

    def prove_consistency(self, old: int) -> tuple[bytes, ...]:
        """The proof that the log extends its own first `old` entries."""
        return prove_consistency(old, self.size, self.read_node)

    def read_root(self, size: int) -> bytes:
        """The root that the log had when it had `size` entries."""
        nodes, start = [], 0
        for level in range(size.bit_length() - 1, -1, -1):
            if size >> level & 1:
                nodes.append(self.read_node(level, start >> level))
                start += 1 << level
        return Frontier(size, tuple(nodes)).root()

    def _tile(self, level: int, index: int) -> bytes:
        """A tile of the log's size, proved."""
        whole, rest = divmod(self.size >> _HEIGHT * level, WIDTH)
        if index > whole or (index == whole and rest == 0):
            raise InputError(f"the log has no tile {index} of level {level}")
        if index == whole:
            return self._edge.tiles[level]
        tile = self._whole.get((level, index))
        if tile is None:
            expected = self.read_node((level + 1) * _HEIGHT, index)
            tile = _read_tile(self.reader, TilePath(level, index))
            if hash_root(_cut(tile)) != expected:
                raise IntegrityError(f"tile {index} of level {level} is not what the log committed")
            if len(self._whole) >= _CACHED:
                self._whole.clear()
            self._whole[level, index] = tile
        return tile


def write_bundle(entries: Sequence[bytes]) -> bytes:
    """A bundle of entries, each of at most `MAX_ENVELOPE` bytes."""
    return b"".join(len(entry).to_bytes(2, "big") + entry for entry in entries)


def read_bundle(data: bytes, width: int) -> tuple[bytes, ...]:
    """The entries of a bundle.

    Args:
        data: its bytes.
        width: how many entries it must have.

    Raises:
        DocumentError: another number of entries, or it is cut.
    """
    entries: list[bytes] = []
    place = 0
    for _ in range(width):
        start = place + 2
        place = start + int.from_bytes(data[place:start], "big")
        entries.append(data[start:place])
    if place != len(data):
        raise DocumentError(f"bundle has not exactly {width} entries")
    return tuple(entries)


def _push(
    tiles: list[bytearray], hashes: bytes, size: int, full: list[tuple[TilePath, bytes]]
) -> None:
    """Put hashes into the tile of level 0, which they do not overfill, and carry."""
    for level in range(_HEIGHT):
        if level == len(tiles):
            tiles.append(bytearray())
        tile = tiles[level]
        tile += hashes
        if len(tile) < WIDTH * HASH_SIZE:
            return
        whole = bytes(tile)
        full.append((TilePath(level, (size >> _HEIGHT * (level + 1)) - 1), whole))
        hashes = hash_root(_cut(whole))
        tile.clear()


def _read_tile(reader: TileReader, path: TilePath) -> bytes:
    """A tile's bytes; for a partial one that is gone, the beginning of the whole one."""
    data = reader.read(path.to_text())
    size = path.width * HASH_SIZE
    if data is None and path.width < WIDTH:
        data = reader.read(TilePath(path.level, path.index).to_text())
        if data is not None and len(data) == WIDTH * HASH_SIZE:
            data = data[:size]
    if data is None:
        raise InputError("a tile of the log is missing", where=path.to_text())
    if len(data) != size:
        raise DocumentError("a tile of the log has a wrong length", where=path.to_text())
    return data


def _cut(tile: bytes) -> list[bytes]:
    return [tile[place : place + HASH_SIZE] for place in range(0, len(tile), HASH_SIZE)]
