"""Making tiles anew from the entries, with no key."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import archive
from archive.index.queries import Index
from archive.store.repair import mend_tiles
from tests.store import shelf


@pytest.fixture
def press(tmp_path: Path) -> Iterator[archive.Collection]:
    """A collection of a keyring and three texts: one tile of four."""
    with shelf.collection(tmp_path, 3) as made:
        yield made


def mend(press: archive.Collection, origin: str | None = None) -> int:
    """How many tiles are written from what the index says."""
    index = Index.open_reading(shelf.layout(press).index)
    assert index is not None
    try:
        return mend_tiles(shelf.layout(press), origin or press.origin, index)
    finally:
        index.close()


@pytest.fixture
def tile(press: archive.Collection) -> Path:
    """The log's only tile of hashes."""
    return shelf.layout(press).log / "tile" / "0" / "000.p" / "4"


@pytest.mark.parametrize("damage", ["missing", "cut", "changed"])
def test_a_damaged_tile_is_made_anew(press: archive.Collection, tile: Path, damage: str) -> None:
    """It is afterwards what it was, and only what was damaged is written."""
    before = tile.read_bytes()
    if damage == "missing":
        tile.unlink()
    else:
        tile.write_bytes(before[:-1] if damage == "cut" else bytes(len(before)))
    assert mend(press) == 1
    assert tile.read_bytes() == before
    assert mend(press) == 0


def test_what_is_not_known_to_be_the_log_is_left(press: archive.Collection, tile: Path) -> None:
    """Without a checkpoint, with another log's, or one of other entries, no tile is written."""
    tile.unlink()
    assert mend(press, "other.example/log") == 0
    checkpoint = shelf.layout(press).log / "checkpoint"
    signed = checkpoint.read_bytes()
    checkpoint.write_bytes(b"rubbish\n")
    assert mend(press) == 0
    checkpoint.write_bytes(signed.replace(b"\n4\n", b"\n3\n"))
    assert mend(press) == 0
    checkpoint.unlink()
    assert mend(press) == 0
    assert not tile.exists()
    checkpoint.write_bytes(signed)
    assert mend(press) == 1
