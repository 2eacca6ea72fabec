"""The log on disk: appending, dying at every step, damage, and what is never written over."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from attrs import define, evolve, field

from archive.disk import durable
from archive.errors import ArchiveError, InputError, IntegrityError, StorageError
from archive.proof.checkpoint import Checkpoint
from archive.proof.merkle import Frontier, check_consistency, hash_leaf
from archive.proof.tiles import TiledLog, TilePath
from archive.store import tiles
from archive.store.log import Log, LogState
from archive.store.tiles import LogFolder
from tests.proof.logs import LOG, LOG_MLDSA, ORIGIN, TIME, WITNESS, entries, head, signed

LEAVES = [hash_leaf(entry) for entry in entries(1200)]


def make_log(root: Path) -> Log:
    """A log with both of its keys."""
    return Log(LogFolder(root / "log"), ORIGIN, (LOG, LOG_MLDSA), lambda: TIME)


def fill(log: Log, size: int, step: int = 256) -> LogState:
    """The log with its first entries, a few at a time."""
    state = log.load()
    while state.checkpoint.size < size:
        start = state.checkpoint.size
        state = log.append(state, LEAVES[start : min(size, start + step)])
    return state


def check_tiles(log: Log, state: LogState) -> ArchiveError | None:
    """What is wrong with any tile of the log, or None: each is read and proved."""
    try:
        tiled = TiledLog(state.checkpoint.size, state.checkpoint.root, log.folder)
        for index in range(0, state.checkpoint.size, 256):
            tiled.read_leaf(index)
    except (InputError, IntegrityError) as error:
        return error
    return None


def check(log: Log, size: int) -> None:
    """The log holds exactly its first entries, by its checkpoint and by its tiles."""
    state = log.load()
    assert state.checkpoint == Checkpoint(ORIGIN, size, Frontier().extend(LEAVES[:size]).root())
    assert check_tiles(log, state) is None


def test_appending(tmp_path: Path) -> None:
    """What was appended is there for whoever opens the log next, signed by both keys."""
    log = make_log(tmp_path)
    for size in (1, 2, 255, 256, 257, 700):
        assert fill(log, size).checkpoint.size == size
        check(make_log(tmp_path), size)
    data = log.folder.read_checkpoint()
    assert data is not None
    assert data.count(f"\u2014 {ORIGIN} ".encode()) == 2


def test_every_published_size_stays_provable(tmp_path: Path) -> None:
    """From each checkpoint ever published there is a consistency proof to the last one."""
    log = make_log(tmp_path)
    heads = [fill(log, size).checkpoint for size in (1, 5, 256, 300, 512, 700)]
    last = heads[-1]
    tree = TiledLog(last.size, last.root, log.folder)
    for old in heads:
        proof = tree.prove_consistency(old.size)
        assert check_consistency(proof, old.size, last.size, old.root, last.root)
        assert TiledLog(old.size, old.root, log.folder).read_leaf(0) == LEAVES[0]


def test_partial_tiles_go_when_the_whole_one_is_there(tmp_path: Path) -> None:
    """Partial tiles stay until theirs is whole, then none is left; nor is any temporary file."""
    log = make_log(tmp_path)
    fill(log, 255, step=51)
    names = sorted(path.name for path in log.folder.root.glob("tile/0/000.p/*"))
    assert names == ["102", "153", "204", "255", "51"]
    fill(log, 256)
    assert not (log.folder.root / "tile/0/000.p").exists()
    fill(log, 600)
    found = [
        str(path.relative_to(log.folder.root))
        for path in log.folder.root.rglob("*")
        if path.is_file()
    ]
    expected = {"checkpoint", "tile/0/000", "tile/0/001", "tile/0/002.p/88"}
    assert expected <= set(found)
    for name in set(found) - {"checkpoint"}:
        TilePath.from_text(name)


def test_an_empty_log(tmp_path: Path) -> None:
    """Before anything is published there is an empty log and no file; an empty append signs it."""
    log = make_log(tmp_path)
    state = log.load()
    assert (state.checkpoint, state.signed) == (head(0), None)
    assert not log.folder.root.exists()
    log.append(state, [])
    check(log, 0)


def test_foreign_checkpoints_are_not_gone_on_from(tmp_path: Path) -> None:
    """A checkpoint of other keys, another log, or none at all is refused, and stays as it is."""
    log = make_log(tmp_path)
    fill(log, 10)
    place = log.folder.root / "checkpoint"
    elsewhere = evolve(head(10), origin="elsewhere.example")
    for data in (
        b"",
        b"rubbish",
        b"x" * 2_000_000,
        signed(head(10), WITNESS),
        signed(elsewhere),
        place.read_bytes().replace(b"\n10\n", b"\n11\n"),
    ):
        place.write_bytes(data)
        with pytest.raises((StorageError, InputError)):
            log.load()
        with pytest.raises((StorageError, InputError)):
            log.rebuild(LEAVES[:10])
        assert place.read_bytes() == data


def test_an_earlier_key_s_checkpoint(tmp_path: Path) -> None:
    """After the keys have changed the log goes on from a checkpoint that an earlier key signed."""
    earlier = evolve(make_log(tmp_path), signers=(WITNESS,))
    fill(earlier, 10)
    with pytest.raises(StorageError):
        make_log(tmp_path).load()
    log = evolve(make_log(tmp_path), known=(WITNESS.verifier,))
    fill(log, 20)
    check(make_log(tmp_path), 20)


@pytest.mark.parametrize("name", ["tile/0/002.p/88", "tile/0/000", "tile/0/001", "tile/1/000.p/2"])
@pytest.mark.parametrize("kind", ["missing", "cut", "changed"])
def test_damaged_tiles_are_made_again(tmp_path: Path, name: str, kind: str) -> None:
    """A tile that is missing or damaged is found, and made again from the entries."""
    log = make_log(tmp_path)
    state = fill(log, 600)
    before = (log.folder.root / "checkpoint").read_bytes()
    place = log.folder.root / name
    good = place.read_bytes()
    place.unlink()
    if kind != "missing":
        place.write_bytes(good[:-1] if kind == "cut" else good[:-1] + bytes([good[-1] ^ 1]))
    assert check_tiles(log, state) is not None
    if ".p/" in name:
        with pytest.raises((InputError, IntegrityError)):
            log.load()
    assert log.rebuild(LEAVES[:600]) == state
    assert place.read_bytes() == good
    assert (log.folder.root / "checkpoint").read_bytes() == before
    check(log, 600)


def test_other_entries_do_not_become_the_log(tmp_path: Path) -> None:
    """A log is not rebuilt from entries that its checkpoint did not commit to."""
    log = make_log(tmp_path)
    fill(log, 600)
    (log.folder.root / "tile/0/000").unlink()
    swapped = [LEAVES[1], LEAVES[0], *LEAVES[2:600]]
    for leaves in (LEAVES[:599], LEAVES[:601], swapped, []):
        with pytest.raises(StorageError):
            log.rebuild(leaves)
    assert not (log.folder.root / "tile/0/000").exists()


def test_a_pipe_in_place_of_a_tile(tmp_path: Path) -> None:
    """What is no regular file is refused at once, and a folder or an unknown path is too."""
    log = make_log(tmp_path)
    fill(log, 300)
    place = log.folder.root / "tile/0/001.p/44"
    place.unlink()
    os.mkfifo(place)
    with pytest.raises(InputError):
        log.load()
    place.unlink()
    place.mkdir()
    with pytest.raises(InputError):
        log.load()
    assert log.folder.read("tile/0/000/x") is None


class DiedError(BaseException):
    """The process has ended here."""


@define
class Disk:
    """Counts operations and ends the process at one of them; then a power cut may undo some."""

    deadline: int
    count: int = 0
    renamed: list[tuple[Path, bytes | None]] = field(factory=list)  # not yet synced
    unsynced: set[Path] = field(factory=set)

    def point(self) -> None:
        """An operation is about to be done."""
        if self.count == self.deadline:
            raise DiedError
        self.count += 1

    def cut_power(self) -> None:
        """Take back what was not made durable: renames, and the content of files."""
        for path, before in reversed(self.renamed):
            path.unlink(missing_ok=True)
            if before is not None:
                path.write_bytes(before)
        for path in self.unsynced:
            if path.is_file():
                os.truncate(path, path.stat().st_size // 2)


REAL_REPLACE, REAL_FSYNC, REAL_RMTREE = os.replace, os.fsync, shutil.rmtree


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[int], Disk]]:
    """Puts a disk under everything that the log writes with."""

    def put(deadline: int) -> Disk:
        disk = Disk(deadline)

        def replace(source: Any, target: Any) -> None:
            disk.point()
            path = Path(target)
            disk.renamed.append((path, path.read_bytes() if path.exists() else None))
            REAL_REPLACE(source, target)

        def fsync(handle: int) -> None:
            disk.point()
            REAL_FSYNC(handle)
            path = Path(os.readlink(f"/proc/self/fd/{handle}"))
            disk.unsynced.discard(path)
            disk.renamed = [item for item in disk.renamed if item[0].parent != path]

        def opened(path: Any, mode: str) -> Any:
            disk.point()
            disk.unsynced.add(Path(path).resolve())
            return open(path, mode)

        def rmtree(path: Any, **named: Any) -> None:
            disk.point()
            REAL_RMTREE(path, **named)

        monkeypatch.setattr(os, "replace", replace)
        monkeypatch.setattr(os, "fsync", fsync)
        monkeypatch.setattr(shutil, "rmtree", rmtree)
        monkeypatch.setitem(vars(tiles), "open", opened)
        monkeypatch.setitem(vars(durable), "open", opened)
        return disk

    yield put
    monkeypatch.undo()


@pytest.mark.parametrize("aftermath", ["kill", "power"])
@pytest.mark.parametrize(("size", "more"), [(0, 1), (3, 4), (250, 10), (255, 1), (200, 600)])
def test_dying_at_every_operation(
    tmp_path: Path,
    disk: Callable[[int], Disk],
    monkeypatch: pytest.MonkeyPatch,
    aftermath: str,
    size: int,
    more: int,
) -> None:
    """Whatever operation a writer dies at, the log opens at its old or new size and goes on."""
    origin = tmp_path / "origin"
    fill(make_log(origin), size)
    sizes = set()
    for deadline in range(1000):
        folder = tmp_path / str(deadline)
        shutil.copytree(origin, folder) if origin.exists() else folder.mkdir()
        log = make_log(folder)
        state = log.load()
        watched = disk(deadline)
        try:
            log.append(state, LEAVES[size : size + more])
        except DiedError:
            monkeypatch.undo()
            if aftermath == "power":
                watched.cut_power()
        else:
            monkeypatch.undo()
            break
        found = make_log(folder).load().checkpoint.size
        assert found in (size, size + more)
        sizes.add(found)
        check(log, found)
        fill(log, size + more, step=more - 1 or 1)
        check(log, size + more)
        fill(log, size + more + 300, step=61)
        check(log, size + more + 300)
        assert len(list(folder.rglob("*.p"))) <= 2
        shutil.rmtree(folder)
    assert deadline >= 8
    # With the power gone, what was not told as saved is the old log in every case.
    assert sizes == ({size, size + more} if aftermath == "kill" else {size})


def test_a_failed_sync_publishes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When a tile cannot be made durable the checkpoint stays what it was."""
    log = make_log(tmp_path)
    state = fill(log, 10)
    before = log.folder.read_checkpoint()

    def fail(_: int) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(StorageError):
        log.append(state, LEAVES[10:20])
    monkeypatch.undo()
    assert log.folder.read_checkpoint() == before
    check(log, 10)
