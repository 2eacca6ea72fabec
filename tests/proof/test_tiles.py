"""Tiles: paths, growing logs, proved reading, a real log, and what is wrong with a log."""

from __future__ import annotations

from pathlib import Path

import pytest
from attrs import define, field
from hypothesis import given
from hypothesis import strategies as st

from archive.errors import ArchiveError, DocumentError, InputError, IntegrityError, UsageError
from archive.proof.checkpoint import read_checkpoint
from archive.proof.merkle import (
    HASH_SIZE,
    Frontier,
    check_consistency,
    check_inclusion,
    hash_leaf,
    hash_root,
)
from archive.proof.tiles import (
    Edge,
    TiledLog,
    TilePath,
    read_bundle,
    write_bundle,
)
from tests.places import shared

COUNT = 70_000  # the specification's example; three levels
LEAVES = [hash_leaf(number.to_bytes(4, "big")) for number in range(COUNT)]


@define
class Shelf:
    """Tiles in memory."""

    files: dict[str, bytes] = field(factory=dict)

    def read(self, path: str) -> bytes | None:
        """What is there."""
        return self.files.get(path)

    def grow(self, edge: Edge, leaves: list[bytes]) -> Edge:
        """Append and keep what is to be written; nothing that is there may change."""
        growth = edge.grow(leaves)
        for path, data in growth.tiles:
            assert self.files.setdefault(path.to_text(), data) == data
        return growth.edge


@pytest.fixture(scope="module")
def large() -> tuple[Shelf, Edge]:
    """A log of 70,000 entries, made at once."""
    shelf = Shelf()
    return shelf, shelf.grow(Edge(), LEAVES)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (TilePath(0, 0), "tile/0/000"),
        (TilePath(0, 0, 1), "tile/0/000.p/1"),
        (TilePath(0, 1234067), "tile/0/x001/x234/067"),
        (TilePath(63, 999, 255), "tile/63/999.p/255"),
        (TilePath(1, 1000), "tile/1/x001/000"),
        (TilePath(None, 0), "tile/entries/000"),
        (TilePath(None, 123456789, 7), "tile/entries/x123/x456/789.p/7"),
    ],
)
def test_golden_paths(path: TilePath, text: str) -> None:
    """Paths are written and read as the specification says."""
    assert path.to_text() == text
    assert TilePath.from_text(text) == path


@pytest.mark.parametrize(
    "text",
    [
        "",
        "tile",
        "tile/0",
        "tile/0/",
        "tile/0/0",
        "tile/0/0000",
        "tile/00/000",
        "tile/64/000",
        "tile/-1/000",
        "tile/0/x000/000",
        "tile/0/001/000",
        "tile/0/x001",
        "tile/0/000.p/0",
        "tile/0/000.p/01",
        "tile/0/000.p/256",
        "tile/0/000.p/",
        "tile/0/000/",
        "tile/0/000\n",
        "tile/0/../000",
        "/tile/0/000",
        "tile/Entries/000",
        "tile/0/\u0661\u0662\u0663",
        "tile/0/" + "x001/" * 2000 + "000",
    ],
)
def test_malformed_paths(text: str) -> None:
    """What is not a tile's path to the letter is refused."""
    with pytest.raises(DocumentError):
        TilePath.from_text(text)


@given(
    st.none() | st.integers(min_value=0, max_value=63),
    st.integers(min_value=0, max_value=2**55),
    st.integers(min_value=1, max_value=256),
)
def test_every_path(level: int | None, index: int, width: int) -> None:
    """Any path is read as what was written."""
    path = TilePath(level, index, width)
    assert TilePath.from_text(path.to_text()) == path


@given(st.text("tile/enrsxp.0123456789", max_size=30).map("tile/".__add__) | st.text(max_size=20))
def test_any_path(text: str) -> None:
    """Any text is a path that is written as it, or refused cleanly."""
    try:
        path = TilePath.from_text(text)
    except DocumentError:
        return
    assert path.to_text() == text


def test_the_specification_s_example(large: tuple[Shelf, Edge]) -> None:
    """70,000 entries are 273 whole tiles and one of 112, one and 17, and one of a single hash."""
    paths = [TilePath.from_text(text) for text in large[0].files]
    whole = [path.level for path in paths if path.width == 256]
    assert (whole.count(0), whole.count(1), len(whole)) == (273, 1, 274)
    assert [(path.level, path.index, path.width) for path in paths if path.width < 256] == [
        (0, 273, 112),
        (1, 1, 17),
        (2, 0, 1),
    ]


def test_the_root_is_the_tree_s(large: tuple[Shelf, Edge]) -> None:
    """The edge of a log has the root of its leaves, and is what is read back from the tiles."""
    shelf, edge = large
    root = hash_root(LEAVES)
    assert edge.root() == root
    assert Edge.load(COUNT, root, shelf) == edge


@given(st.lists(st.integers(min_value=0, max_value=700), max_size=8))
def test_growing_in_steps_is_growing_at_once(steps: list[int]) -> None:
    """However a log grew, it has the same edge and every tile that its size calls for."""
    shelf, edge = Shelf(), Edge()
    for step in steps:
        edge = shelf.grow(edge, LEAVES[edge.size : edge.size + step])
        assert Edge.load(edge.size, edge.root(), shelf) == edge
    total = sum(steps)
    assert edge.size == total
    assert edge.root() == hash_root(LEAVES[:total])
    at_once = Shelf()
    assert at_once.grow(Edge(), LEAVES[:total]) == edge
    assert at_once.files.items() <= shelf.files.items()


def test_one_by_one() -> None:
    """Each of 600 entries added alone writes at most one whole tile, and the edge that changed."""
    shelf, edge = Shelf(), Edge()
    for number in range(600):
        growth = edge.grow([LEAVES[number]])
        assert len(growth.tiles) <= 2
        for path, data in growth.tiles:
            assert shelf.files.setdefault(path.to_text(), data) == data
        edge = growth.edge
        assert edge.root() == hash_root(LEAVES[: number + 1])
    assert edge.grow([]) == type(growth)(edge, ())


def test_every_kind_of_proof(large: tuple[Shelf, Edge]) -> None:
    """Inclusion and consistency proofs made from tiles hold, also for earlier sizes."""
    shelf, edge = large
    root = edge.root()
    log = TiledLog(COUNT, root, shelf)
    for index in (0, 1, 255, 256, 65_535, 65_536, 69_887, 69_888, COUNT - 1):
        assert log.read_leaf(index) == LEAVES[index]
        proof = log.prove_inclusion(index)
        assert check_inclusion(proof, index, COUNT, LEAVES[index], root)
    for size in (1, 2, 255, 256, 257, 65_535, 65_536, 65_537, 69_888, COUNT):
        assert log.read_root(size) == hash_root(LEAVES[:size])
        proof = log.prove_consistency(size)
        assert check_consistency(proof, size, COUNT, log.read_root(size), root)
        proof = log.prove_inclusion(size - 1, size)
        assert check_inclusion(proof, size - 1, size, LEAVES[size - 1], log.read_root(size))


def test_a_whole_tile_stands_for_a_partial_one(large: tuple[Shelf, Edge]) -> None:
    """A log whose partial tiles are gone since it grew is still read at its earlier size."""
    shelf, _ = large
    size = 65_000
    log = TiledLog(size, hash_root(LEAVES[:size]), shelf)
    assert log.read_leaf(size - 1) == LEAVES[size - 1]
    assert log.prove_consistency(64_000)


def test_what_is_not_there(large: tuple[Shelf, Edge]) -> None:
    """Leaves and subtrees beyond the log's end are errors, never rubbish."""
    log = TiledLog(COUNT, large[1].root(), large[0])
    for level, index in ((0, COUNT), (0, 70_144), (1, 35_000), (8, 273), (16, 1), (60, 0)):
        with pytest.raises(InputError):
            log.read_node(level, index)
    with pytest.raises(UsageError):
        log.prove_inclusion(COUNT)
    with pytest.raises(UsageError):
        log.prove_consistency(COUNT + 1)


@pytest.mark.parametrize(
    ("path", "index"), [("tile/0/005", 5 * 256), ("tile/1/000", 5), ("tile/0/000", 3)]
)
@pytest.mark.parametrize("kind", ["missing", "cut", "longer", "changed", "empty"])
def test_damaged_whole_tiles(large: tuple[Shelf, Edge], path: str, index: int, kind: str) -> None:
    """A whole tile that is missing, cut or changed is refused, whatever it is needed for."""
    files = dict(large[0].files)
    data = files.pop(path)
    damage = {
        "cut": data[:-HASH_SIZE],
        "longer": data + bytes(HASH_SIZE),
        "changed": bytes([data[0] ^ 1]) + data[1:],
        "empty": b"",
    }
    if kind in damage:
        files[path] = damage[kind]
    log = TiledLog(COUNT, large[1].root(), Shelf(files))
    with pytest.raises((InputError, IntegrityError)):
        log.prove_inclusion(index)


@pytest.mark.parametrize("path", ["tile/0/273.p/112", "tile/1/001.p/17", "tile/2/000.p/1"])
def test_a_damaged_edge(large: tuple[Shelf, Edge], path: str) -> None:
    """A log whose edge is missing or changed is not opened at all."""
    for damage in (None, b"", bytes(HASH_SIZE), large[0].files[path][:-1] + b"x"):
        files = {**large[0].files, path: damage or b""}
        if damage is None:
            del files[path]
        with pytest.raises((InputError, IntegrityError)):
            TiledLog(COUNT, large[1].root(), Shelf(files))


@given(st.data())
def test_any_byte_changed(data: st.DataObject) -> None:
    """With any byte of any tile changed, what is read is right or refused."""
    shelf = Shelf()
    root = shelf.grow(Edge(), LEAVES[:1000]).root()
    path = data.draw(st.sampled_from(sorted(shelf.files)))
    place = data.draw(st.integers(min_value=0, max_value=len(shelf.files[path]) - 1))
    changed = bytearray(shelf.files[path])
    changed[place] ^= data.draw(st.integers(min_value=1, max_value=255))
    shelf.files[path] = bytes(changed)
    index = data.draw(st.integers(min_value=0, max_value=999))
    try:
        log = TiledLog(1000, root, shelf)
        leaf, proof = log.read_leaf(index), log.prove_inclusion(index)
    except ArchiveError:
        return
    assert leaf == LEAVES[index]
    assert check_inclusion(proof, index, 1000, leaf, root)


def test_many_tiles_are_not_all_kept() -> None:
    """Reading more tiles than are kept in memory reads the same."""
    shelf = Shelf()
    leaves = [LEAVES[number % COUNT] for number in range(256 * 1100)]
    log = TiledLog(len(leaves), shelf.grow(Edge(), leaves).root(), shelf)
    assert all(log.read_leaf(index) == leaves[index] for index in range(0, len(leaves), 256))


def test_bundles() -> None:
    """A bundle gives back its entries, of any length that two bytes can say."""
    entries = (b"", b"x", bytes(65_535))
    data = write_bundle(entries)
    assert read_bundle(data, 3) == entries
    assert data[:5] == b"\0\0\0\1x"
    assert read_bundle(b"", 0) == ()
    for bad, width in ((data, 2), (data, 4), (data[:-1], 3), (data + b"\0", 3), (b"\0", 1)):
        with pytest.raises(DocumentError):
            read_bundle(bad, width)
    with pytest.raises(OverflowError):
        write_bundle([bytes(65_536)])


@given(st.binary(max_size=60), st.integers(min_value=0, max_value=20))
def test_any_bundle(data: bytes, width: int) -> None:
    """Any bytes are a bundle that is written as them, or refused cleanly."""
    try:
        entries = read_bundle(data, width)
    except DocumentError:
        return
    assert write_bundle(entries) == data


class Folder:
    """Tiles in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def read(self, path: str) -> bytes | None:
        """What is there."""
        place = self.folder / path
        return place.read_bytes() if place.is_file() else None


def test_the_real_log() -> None:
    """The real log is read at each of its sizes: entries, leaves, roots and proofs agree."""
    reader = Folder(shared("vectors", "tessera-log", "testdata", "log"))
    heads = [
        read_checkpoint((reader.folder / f"checkpoint.{size}").read_bytes()) for size in range(16)
    ]
    for size in range(1, 16):
        log = TiledLog(size, heads[size].root, reader)
        bundle = reader.read(TilePath(None, 0, size).to_text())
        assert bundle is not None
        entries = read_bundle(bundle, size)
        assert entries[0] == b"one"
        assert [log.read_leaf(index) for index in range(size)] == list(map(hash_leaf, entries))
        for index in range(size):
            proof = log.prove_inclusion(index)
            leaf = hash_leaf(entries[index])
            assert check_inclusion(proof, index, size, leaf, heads[size].root)
        for old in range(1, size):
            proof = log.prove_consistency(old)
            assert check_consistency(proof, old, size, heads[old].root, heads[size].root)
        assert Frontier().extend(map(hash_leaf, entries)).root() == heads[size].root
        grown = Edge.load(size, heads[size].root, reader).grow([hash_leaf(b"more")])
        assert grown.edge.size == size + 1
