"""A program that writes to a collection and dies at one operation of the file system.

Run as ``python -m tests.store.dying SCENARIO AFTERMATH FOLDER`` from the root of the checkout. For
every operation of the scenario (and for every write also in its middle and before its last byte) a
child process runs the scenario on a copy of the same collection and dies there. What the dead left
is in ``FOLDER/<n>``, with ``reported`` naming the captures it was told are saved. Of several
deaths that left the same bytes one is kept.

An aftermath says what becomes of what was not yet synced: ``kill`` keeps it, ``power`` drops it
(and files whose folder was not synced), ``zeros`` leaves its length but not its content.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from attrs import define, field

import archive
from archive.disk import durable
from archive.disk.layout import Layout
from archive.proof.timestamp import make_request
from archive.store import append, quarantine, tiles
from archive.user.keystore import Keystore
from tests.collection.press import START, Clock
from tests.proof.authority import make_authority
from tests.store import shelf

SCENARIOS = ("first", "single", "batch", "rotating", "reindex", "recovery", "empty", "stamping")
REPORTED = dict(zip(SCENARIOS, (1, 3, 4, 3, 1, 1, 1, 1), strict=True))
"""How many captures a scenario reports when nobody dies."""
AUTHORITY, TIME = "https://tsa.example/", "2026-11-22T07:01:00Z"
RUNS = [
    *((scenario, "kill") for scenario in SCENARIOS),
    *((scenario, "power") for scenario in ("batch", "rotating", "recovery", "stamping")),
    *((scenario, "zeros") for scenario in ("batch", "recovery")),
]


@define
class Disk:
    """Counts operations below a folder, and ends the process at one of them."""

    folder: Path
    deadline: int
    aftermath: str
    count: int = 0
    synced: dict[str, int] = field(factory=dict)  # length that is durable, by path
    unnamed: set[str] = field(factory=set)  # new files whose folder was not synced

    def point(self, path: str) -> None:
        """An operation is about to be done."""
        if str(path).startswith(str(self.folder)):
            if self.count == self.deadline:
                self.die()
            self.count += 1

    def die(self) -> None:
        """End without any tidying, as SIGKILL or a power cut does."""
        if self.aftermath != "kill":
            for path in written(self.folder):
                self.lose(path)
        os._exit(0)

    def lose(self, path: Path) -> None:
        """Take from a file what was not synced."""
        length = path.stat().st_size
        durable = min(self.synced.get(str(path), 0), length)
        if self.aftermath == "zeros":
            with open(path, "r+b") as file:
                file.seek(durable)
                file.write(bytes(length - durable))
        elif str(path) in self.unnamed:
            UNLINK(path)
        else:
            os.truncate(path, durable)

    def note_sync(self, path: str) -> None:
        """A file or folder has been made durable."""
        if os.path.isdir(path):
            self.unnamed = {name for name in self.unnamed if os.path.dirname(name) != path}
        else:
            self.synced[path] = os.path.getsize(path)

    def note_rename(self, old: str, new: str) -> None:
        """A file has got another name; what of it is durable stays so."""
        self.synced[new] = self.synced.pop(old, 0)
        self.unnamed.discard(old)

    def note_link(self, old: str, new: str) -> None:
        """A file has got a second name, which is durable when its folder is."""
        self.synced[new] = self.synced.get(old, 0)
        self.unnamed.add(new)

    def note_new(self, path: str) -> None:
        """A file may have come to be."""
        if not os.path.exists(path):
            self.unnamed.add(path)


def written(press: Path) -> list[Path]:
    """The files that a power cut may take something from: those of the WARC and of the log."""
    layout = Layout(press)
    logged = [path for path in layout.log.rglob("*") if path.is_file()]
    return [*layout.warc.rglob("*.gz*"), *logged]


UNLINK = os.unlink
REAL: dict[str, Callable[..., Any]] = {
    name: getattr(os, name)
    for name in ("fsync", "ftruncate", "replace", "link", "unlink", "mkdir", "open", "fdopen")
}


class WatchedFile:
    """An open file whose writes are operations of a `Disk`."""

    def __init__(self, file: Any, path: str, disk: Disk) -> None:
        self._file, self._path, self._disk = file, path, disk

    def write(self, data: Any) -> int:
        """Write; three moments to die: before, half-way, and before the last byte."""
        self._disk.point(self._path)
        for part in (len(data) // 2, len(data) - 1):
            if self._disk.count == self._disk.deadline:
                self._file.write(data[:part])
                self._file.flush()
                self._disk.die()
            self._disk.count += 1
        return int(self._file.write(data))

    def truncate(self, size: int) -> None:
        """Truncate."""
        self._disk.point(self._path)
        self._file.truncate(size)

    def __enter__(self) -> WatchedFile:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)


def watch(disk: Disk) -> None:
    """Put a disk under everything that the store writes with."""
    watch_files(disk)
    watch_handles(disk)
    watch_index(disk)
    for name in ("replace", "link", "unlink", "mkdir"):
        setattr(os, name, pass_by(disk, name))


def path_of(handle: int) -> str:
    """The path of an open file."""
    return os.readlink(f"/proc/self/fd/{handle}")


def pass_by(disk: Disk, name: str) -> Callable[..., Any]:
    """A call of the system that is an operation of a disk."""

    def call(path: Any, *rest: Any, **named: Any) -> Any:
        disk.point(str(path))
        result = REAL[name](path, *rest, **named)
        if name == "replace":
            disk.note_rename(str(path), str(rest[0]))
        elif name == "link":
            disk.note_link(str(path), str(rest[0]))
        return result

    return call


def watch_files(disk: Disk) -> None:
    """Files that are opened to be written to."""

    def open_watched(path: Any, mode: str = "r", *rest: Any, **named: Any) -> Any:
        if mode == "rb":
            return open(path, mode, *rest, **named)
        disk.point(str(path))
        disk.note_new(str(path))
        return WatchedFile(open(path, mode, *rest, **named), str(path), disk)

    def fdopen(handle: int, *rest: Any, **named: Any) -> Any:
        return WatchedFile(REAL["fdopen"](handle, *rest, **named), path_of(handle), disk)

    for module in (append, durable, quarantine, tiles):
        vars(module)["open"] = open_watched
    setattr(os, "fdopen", fdopen)  # noqa: B010 mypy forbids the plain assignment


def watch_handles(disk: Disk) -> None:
    """Calls on open files."""

    def fsync(handle: int) -> None:
        disk.point(path_of(handle))
        REAL["fsync"](handle)
        disk.note_sync(path_of(handle))

    def ftruncate(handle: int, size: int) -> None:
        disk.point(path_of(handle))
        REAL["ftruncate"](handle, size)

    def open_handle(path: Any, flags: int, *rest: Any, **named: Any) -> int:
        if flags & os.O_CREAT:
            disk.point(str(path))
            disk.note_new(str(path))
        return int(REAL["open"](path, flags, *rest, **named))

    for name, watched in (("fsync", fsync), ("ftruncate", ftruncate), ("open", open_handle)):
        setattr(os, name, watched)


def watch_index(disk: Disk) -> None:
    """Make every command to SQLite an operation too: its own writes are its own affair."""
    connect = sqlite3.connect

    class Connection(sqlite3.Connection):
        def execute(self, *rest: Any) -> Any:
            disk.point(str(disk.folder))
            return super().execute(*rest)

        def executemany(self, *rest: Any) -> Any:
            disk.point(str(disk.folder))
            return super().executemany(*rest)

        def __exit__(self, *rest: Any) -> Any:
            disk.point(str(disk.folder))
            return super().__exit__(*rest)

    def connect_watched(*rest: Any, **named: Any) -> Any:
        return connect(*rest, factory=Connection, **named)

    sqlite3.connect = connect_watched


def prepare(scenario: str, folder: Path) -> None:
    """The collection as it is before the scenario."""
    clock = Clock()
    press = archive.open(
        folder / "press",
        create=True,
        keystore=Keystore(folder / "config"),
        effects=shelf.steady_effects("prepare", clock),
    )
    with press:
        for number in range(0 if scenario == "first" else 2):
            shelf.add_text(press, number)
        if scenario == "recovery":
            index = Layout(press.path).index.read_bytes()
            shutil.copytree(Layout(press.path).log, folder / "log")
            shutil.copytree(shelf.memory(press.path), folder / "signed")
            shelf.add_text(press, 2)
    if scenario == "reindex":
        Layout(press.path).index.unlink()
    elif scenario == "recovery":
        [path] = Layout(press.path).files()
        data = path.read_bytes()
        path.write_bytes(data[:-40])
        Layout(press.path).index.write_bytes(index)
        for name, now in (("log", Layout(press.path).log), ("signed", shelf.memory(press.path))):
            shutil.rmtree(now)
            (folder / name).rename(now)
    elif scenario == "stamping":
        prepare_stamp(folder)
    elif scenario == "empty":
        (Layout(press.path).warc / "press-20261122070110-00002.warc.gz").touch()


def prepare_stamp(folder: Path) -> None:
    """An authority in the settings, and what it answers over the checkpoint."""
    authority = make_authority(folder / "authority")
    layout = Layout(folder / "press")
    (layout.root / "keys" / "root.pem").write_bytes(authority.root)
    with open(layout.root / "archive.toml", "a") as settings:
        settings.write(f'\n[[timestamp]]\nurl = "{AUTHORITY}"\nroot = "keys/root.pem"\n')
    signed = (layout.log / "checkpoint").read_bytes()
    (folder / "response.tsr").write_bytes(authority.answer(make_request(signed).data))


def act(scenario: str, folder: Path, tell: Callable[[str], None]) -> None:
    """The scenario; `tell` is given each capture's id when it is reported as saved."""
    clock = Clock(START)
    clock.advance(60)
    rotating = scenario in ("batch", "rotating")
    press = archive.open(
        folder / "press",
        keystore=Keystore(folder / "config"),
        effects=shelf.steady_effects("act", clock),
        file_size=3000 if rotating else 10**9,
    )
    with press:
        if scenario == "batch":
            drafts = [shelf.draft_text(number, clock) for number in range(10, 14)]
            for row in shelf.writer(press).commit(drafts):
                tell(row.id)
            return
        if scenario == "stamping":
            response = (folder / "response.tsr").read_bytes()
            press.log._keep_stamp(AUTHORITY, press.log.checkpoint(), response, TIME)
        for number in range(10, 13 if rotating or scenario == "single" else 11):
            tell(shelf.add_text(press, number).id)


def run_once(scenario: str, aftermath: str, folder: Path, deadline: int) -> bool:
    """Run the scenario in a child that dies; gives whether it got to its deadline at all."""
    child = os.fork()
    if not child:
        try:
            disk = Disk(folder / "press", deadline, aftermath)
            for path in written(folder / "press"):
                disk.synced[str(path)] = path.stat().st_size
            watch(disk)
            told = REAL["open"](folder / "reported", os.O_WRONLY | os.O_CREAT | os.O_APPEND)

            def tell(id_: str) -> None:
                os.write(told, f"{id_}\n".encode())

            act(scenario, folder, tell)
        except BaseException as error:
            sys.stderr.write(f"{scenario} {deadline}: {error!r}\n")
            os._exit(1)
        os._exit(7)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if code not in (0, 7):
        raise SystemExit(f"the scenario itself failed: {code}")
    return code == 0


def digest_tree(folder: Path) -> str:
    """One number for all that the dead left."""
    total = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            total.update(f"{path.relative_to(folder)}\0".encode() + path.read_bytes())
    return total.hexdigest()


def main(scenario: str, aftermath: str, folder: Path) -> None:
    """Die at every operation, once."""
    origin = folder / "origin"
    origin.mkdir(parents=True)
    prepare(scenario, origin)
    seen: set[str] = set()
    deadline, alive = 0, False
    while not alive:
        left = folder / str(deadline)
        shutil.copytree(origin, left)
        alive = not run_once(scenario, aftermath, left, deadline)
        state = digest_tree(left)
        if state in seen and not alive:
            shutil.rmtree(left)
        seen.add(state)
        deadline += 1


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], Path(sys.argv[3]).resolve())
