"""A kill, a full disk or a broken one at every write of what makes keys and files.

Whatever fails leaves a state that can be used, or from which there is a way on: the same command
once more. Nothing stands half made at its final name.
"""

from __future__ import annotations

import errno
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from attrs import define

import archive
from archive.collection import create_collection
from archive.disk.layout import Layout
from archive.errors import ArchiveError, StorageError
from archive.log.rekeying import KeyChange
from archive.store.stamps import Stamps
from archive.user.keystore import Keystore
from tests.collection.press import EXTRACTORS, START, Clock
from tests.store import dying, shelf

pytestmark = pytest.mark.exhaustive

FAULTS = {"full": errno.ENOSPC, "broken": errno.EIO}


@define
class Fault(dying.Disk):
    """A disk that fails at one operation: for good when it is full, once when it is broken."""

    def die(self) -> None:
        """Fail, or end the process."""
        if self.aftermath not in FAULTS:
            os._exit(0)
        if self.aftermath == "broken":
            self.count += 1
        code = FAULTS[self.aftermath]
        raise OSError(code, os.strerror(code))


def clock() -> Clock:
    """A clock an hour after the collection was made."""
    later = Clock(START)
    later.advance(3600)
    return later


def open_press(folder: Path) -> archive.Collection:
    """The collection."""
    return archive.open(
        folder / "press",
        keystore=Keystore(folder / "config"),
        effects=clock().effects,
        extractors=EXTRACTORS,
    )


def init(folder: Path) -> None:
    """`archive init`."""
    store = Keystore(folder / "config")
    create_collection(folder / "press", keystore=store, effects=clock().effects)


def new_key(folder: Path) -> None:
    """`archive key new`."""
    Keystore(folder / "config").create(os.urandom)


def rotate(folder: Path) -> None:
    """`archive key rotate`."""
    with open_press(folder) as press:
        if press.finish_rotation() is None:
            press.change_keys(KeyChange(fresh=True))


def timestamp(folder: Path) -> None:
    """What `archive log timestamp` keeps of an answer."""
    response = (folder / "response.tsr").read_bytes()
    with open_press(folder) as press:
        press.log._keep_stamp(dying.AUTHORITY, press.log.checkpoint(), response, dying.TIME)


def prepare(folder: Path, act: Callable[[Path], None]) -> None:
    """What is there before."""
    if act in (init, new_key):
        folder.mkdir()
        return
    folder.mkdir()
    init(folder)
    with open_press(folder) as press:
        shelf.add_text(press, 0)
    if act is timestamp:
        dying.prepare_stamp(folder)


def fail_once(act: Callable[[Path], None], folder: Path, deadline: int, how: str) -> bool:
    """Do it on a disk that fails; gives whether it got that far at all."""
    child = os.fork()
    if not child:
        code = 7
        try:
            disk = Fault(folder, deadline, how)
            dying.watch_files(disk)
            dying.watch_handles(disk)
            for name in ("replace", "link", "unlink", "mkdir"):
                setattr(os, name, dying.pass_by(disk, name))
            act(folder)
            code = 0 if disk.count >= deadline else 7  # some faults do not matter
        except StorageError:
            code = 0
        except BaseException as error:
            sys.stderr.write(f"{act.__name__} {how} {deadline}: {error!r}\n")
            code = 1
        os._exit(code)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert code in (0, 7)
    return code == 0


def check_keys(folder: Path) -> list[Any]:
    """Every key that is there is whole, and has its other half."""
    store = Keystore(folder / "config")
    keys = store.list()
    for key in keys:
        assert store.load(key.fingerprint, lambda: None).public == store.public(key)
    return keys


def check_press(folder: Path) -> None:
    """It can be added to, and nothing of it is failed."""
    with open_press(folder) as press:
        shelf.add_text(press, 30)
        report = press.verify(keep=False)
        assert report.findings == ()
        assert report.verdict in ("verified", "incomplete")


def go_on(act: Callable[[Path], None], folder: Path) -> None:
    """The way on: the same command once more, where it has not done its work."""
    check_keys(folder)
    layout = Layout(folder / "press")
    if act is new_key:
        act(folder)
        assert check_keys(folder) != []
        return
    if act is init:
        if not layout.exists():
            act(folder)
    else:
        check_press(folder)
        if act is rotate or not Stamps(layout.log).names():
            act(folder)
    check_keys(folder)
    check_press(folder)


@pytest.mark.parametrize("how", ["kill", *FAULTS])
@pytest.mark.parametrize("act", [init, new_key, rotate, timestamp])
def test_whatever_fails_there_is_a_way_on(
    quick: Path, act: Callable[[Path], None], how: str
) -> None:
    """At every operation of the file system a fault leaves what can be used."""
    prepare(quick / "before", act)
    count = 0
    while True:
        folder = quick / "now"
        shutil.copytree(quick / "before", folder)
        if not fail_once(act, folder, count, how):
            break
        go_on(act, folder)
        shutil.rmtree(folder)
        count += 1
    assert count >= 5


def test_a_name_that_is_taken_is_said_and_kept(tmp_path: Path) -> None:
    """A file that stands at the name already is neither replaced nor hidden by another error."""
    from archive.disk.durable import create_file

    path = tmp_path / "a"
    create_file(path, b"one")
    with pytest.raises(FileExistsError):
        create_file(path, b"two")
    assert [one.name for one in tmp_path.iterdir()] == ["a"]
    assert path.read_bytes() == b"one"


def test_a_disk_without_hard_links_will_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a second name cannot be given, the file is renamed; mode and content are the same."""
    from archive.disk.durable import create_file

    def refuse(*_: object) -> None:
        raise OSError(errno.EPERM, "no links here")

    monkeypatch.setattr(os, "link", refuse)
    create_file(tmp_path / "a", b"one", mode=0o600)
    assert (tmp_path / "a").read_bytes() == b"one"
    assert (tmp_path / "a").stat().st_mode & 0o777 == 0o600
    assert [one.name for one in tmp_path.iterdir()] == ["a"]


def test_empty_settings_are_damaged_and_not_of_a_later_version(tmp_path: Path) -> None:
    """Settings that were cut short are told as that, with the way on."""
    init(tmp_path)
    (tmp_path / "press" / "archive.toml").write_bytes(b"")
    with pytest.raises(ArchiveError, match="damaged") as raised:
        open_press(tmp_path)
    assert "newer" not in str(raised.value)
    (tmp_path / "press" / "archive.toml").write_bytes(b"format = 2\n")
    with pytest.raises(ArchiveError, match="newer"):
        open_press(tmp_path)
