"""Looking at what was tampered with, and at what may not be read."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from attrs import evolve

import archive
from archive.collection import verify_files
from archive.disk.layout import Layout
from archive.index.reading import Reading
from archive.index.rows import Row
from archive.verification import Trust
from tests.builders import Member, edit_block, edit_head, put_together, take_apart
from tests.capture.settings import LOCAL
from tests.collection.press import Clock, open_press, page
from tests.servers import Nginx
from tests.store import shelf


def forge(press: archive.Collection, kind: bytes, edit: Callable[[Member], Member]) -> None:
    """Change the last record whose header contains `kind`, digests of the record included."""
    [path] = (press.path / "warc").glob("*.warc.gz")
    members = take_apart(path.read_bytes())
    place = max(number for number, member in enumerate(members) if kind in member.head)
    members[place] = edit(members[place])
    path.write_bytes(put_together(members))


@pytest.mark.parametrize(
    ("kind", "edit"),
    [
        (b"urn:text:", lambda m: edit_block(m, b"resigned", b"remained", digest=True)),
        (b"urn:claims:", lambda m: edit_block(m, b"Mayor resigns", b"Mayor remains", digest=True)),
        (b"WARC-Type: response", lambda m: edit_block(m, b"resigned", b"remained", digest=True)),
        (b"WARC-Type: request", lambda m: edit_head(m, b"127.0.0.1", b"127.0.0.2")),
    ],
    ids=["text", "claims", "response", "a header"],
)
@pytest.mark.parametrize("indexed", [True, False])
def test_what_was_forged_is_not_shown(
    tmp_path: Path, nginx: Nginx, kind: bytes, edit: Callable[[Member], Member], indexed: bool
) -> None:
    """A capture whose records are not those of its statement is refused, index or not."""
    with open_press(tmp_path) as press:
        url = nginx.publish("forged.html", page())
        press.add(url, LOCAL)
        assert press.get(url).article is not None
        forge(press, kind, edit)
        if not indexed:
            (press.path / "index.sqlite").unlink()
        capture = press.get(url)
        for look in ("article", "content"):
            with pytest.raises(archive.InputError, match="not what was signed") as caught:
                getattr(capture, look)
            assert caught.value.exit_code == 5
            assert caught.value.hint == "see: Collection.verify()"
        assert press.verify().verdict == "failed"


def test_a_forged_text_that_another_capture_repeats_is_not_shown(
    press: archive.Collection, nginx: Nginx, clock: Clock
) -> None:
    """A capture that repeats an earlier text refuses it when that was changed."""
    url = nginx.publish("repeated.html", page())
    press.add(url, LOCAL)
    clock.advance(60)
    again = press.add(url, LOCAL)
    assert again.outcome == "unchanged"
    forge(press, b"urn:text:", lambda m: edit_block(m, b"resigned", b"remained", digest=True))
    with pytest.raises(archive.InputError, match="not what was signed"):
        _ = press.get(again.id).article


def test_a_strangers_file_in_the_collection_is_found(
    press: archive.Collection, nginx: Nginx
) -> None:
    """Files among the WARC files that are none, and pipes named like one, fail the coverage."""
    press.add(nginx.publish("stranger.html", page()), LOCAL)
    folder = press.path / "warc"
    (folder / "quarantine").mkdir(exist_ok=True)
    (folder / "quarantine" / "tail.torn").write_bytes(b"moved aside")
    (folder / ".DS_Store").write_bytes(b"left by a file manager")
    assert press.verify().verdict == "verified"
    [good] = folder.glob("*.warc.gz")
    shutil.copy(good, folder / "zzz.warc")
    (folder / "notes.txt").write_text("mine")
    os.mkfifo(folder / "pipe.warc.gz")
    report = press.verify()
    assert (report.verdict, report.exit_code) == ("failed", 1)
    assert [(found.check, found.file) for found in report.findings] == [
        ("framing", "warc/pipe.warc.gz"),
        ("coverage", "warc/notes.txt"),
        ("coverage", "warc/zzz.warc"),
    ]
    check = report.check("coverage")
    told = "2 files not of the collection; files that desktops leave behind (1)"
    assert (check.result, check.reason) == ("failed", told)


@pytest.mark.parametrize("name", ["._press.warc.gz", ".DS_Store", "Thumbs.db", "desktop.ini"])
def test_what_desktops_leave_behind_is_a_note(tmp_path: Path, name: str) -> None:
    """Litter beside the WARC files takes nothing from the verdict, and stops nobody."""
    with shelf.collection(tmp_path, 1) as press:
        (press.path / "warc" / name).write_bytes(b"\0\5\26\7")
        report = press.verify(require=["coverage", "framing"])
        assert (report.verdict, report.findings) == ("verified", ())
        assert "desktops" in (report.check("coverage").reason or "")
        assert len(list(press)) == 1
    with shelf.collection(tmp_path) as press:
        shelf.add_text(press, 1)


@pytest.mark.parametrize("how", ["loop", "nowhere", "pipe"])
def test_what_cannot_be_read_under_a_name_of_ours_is_broken_framing(
    tmp_path: Path, how: str
) -> None:
    """A link in a circle, one that leads nowhere, a pipe: framing failed, and no traceback."""
    with shelf.collection(tmp_path, 1) as press:
        path = press.path / "warc" / "loop.warc.gz"
        if how == "pipe":
            os.mkfifo(path)
        else:
            path.symlink_to(path.name if how == "loop" else "none.warc.gz")
        report = press.verify()
        assert report.verdict == "failed"
        assert [(one.check, one.file) for one in report.findings] == [
            ("framing", "warc/loop.warc.gz")
        ]


def test_a_folder_with_warc_files_is_said_to_be_unchecked(tmp_path: Path) -> None:
    """Files in a folder beside the WARC files are not checked, and that is said; an empty folder
    and the quarantine are left alone.
    """
    with shelf.collection(tmp_path, 1) as press:
        (press.path / "warc" / "empty").mkdir()
        (press.path / "warc" / "quarantine").mkdir()
        (press.path / "warc" / "quarantine" / "a.warc.gz").touch()
        assert press.verify(require=["coverage"]).verdict == "verified"
        (press.path / "warc" / "old").mkdir()
        (press.path / "warc" / "old" / "a.warc.gz").touch()
        report = press.verify()
        assert (report.verdict, report.findings) == ("verified", ())
        assert "folders" in (report.check("coverage").reason or "")
        assert press.verify(require=["coverage"]).verdict == "incomplete"


def test_many_strangers_are_counted(press: archive.Collection, nginx: Nginx) -> None:
    """Of very many strangers' files a hundred are named and the rest counted."""
    press.add(nginx.publish("many.html", page()), LOCAL)
    for number in range(120):
        (press.path / "warc" / f"{number:03d}.txt").touch()
    report = press.verify()
    assert (len(report.findings), report.omitted) == (100, 20)


def test_what_is_no_file_is_called_what_it_is(tmp_path: Path) -> None:
    """A pipe, a device, a folder and a missing file are each refused by name, and never read."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    told = {
        pipe: "not a file but a pipe",
        Path("/dev/zero"): "not a file but a device",
        tmp_path: "not a file but a folder",
        tmp_path / "none": "no such file",
        pipe / "below": "no such file",
        tmp_path / ("n" * 300): "unreadable: File name too long",
    }
    for path, message in told.items():
        with pytest.raises(archive.InputError, match=message.replace("(", r"\(")):
            verify_files([path], Trust({}))


_UNPRIVILEGED = """
import os, sys, tomllib
from pathlib import Path
import archive
from archive.collection import verify_collection, verify_files
from archive.user.keystore import Keystore
from archive.disk.layout import Layout
from archive.log.anchoring import Anchoring
from archive.verification import Trust
locked = Path(sys.argv[1])
make, open_ = archive.create, archive.open  # loaded while the interpreter can still be read
if os.getuid() == 0:
    os.setgid(65534)
    os.setuid(65534)
attempts = [
    lambda: verify_files([locked / "x.warc.gz"], Trust({})),
    lambda: verify_files([locked.parent / "mine.warc.gz"], Trust({})),
    lambda: verify_collection(Layout(locked.parent / "press"), Trust({}), anchoring=Anchoring()),
    lambda: make(locked / "press", keystore=Keystore(Path("/nonexistent"))),
    lambda: open_(locked, create=True, keystore=Keystore(Path("/nonexistent"))),
    lambda: open_(locked, keystore=Keystore(Path("/nonexistent"))),
]
for attempt in attempts:
    try:
        attempt()
    except archive.ArchiveError as error:
        print(error.exit_code, error.message)
"""


def test_what_may_not_be_read_is_said(tmp_path: Path) -> None:
    """Without permission reading ends with exit code 5 and making with 8, never as a defect."""
    for folder in (tmp_path, *tmp_path.parents[:3]):
        if folder.stat().st_uid == os.getuid() and folder != Path("/tmp"):
            folder.chmod(0o755)
    locked = tmp_path / "locked"
    locked.mkdir(mode=0o700)
    (locked / "x.warc.gz").touch()
    (tmp_path / "mine.warc.gz").touch(mode=0o600)
    (tmp_path / "press" / "warc").mkdir(parents=True)
    for path in (tmp_path / "mine.warc.gz", locked, tmp_path / "press" / "warc"):
        path.chmod(0)
    done = subprocess.run(
        [sys.executable, "-c", _UNPRIVILEGED, str(locked)],
        capture_output=True,
        text=True,
        check=False,
    )
    (tmp_path / "press" / "warc").chmod(0o700)
    locked.chmod(0o700)
    lines = [line.partition(" ") for line in done.stdout.splitlines()]
    assert [code for code, _, _ in lines] == ["5", "5", "5", "8", "8", "5"], done.stderr
    assert all("Permission denied" in message for _, _, message in lines)


class Liar(Reading):
    """Reading whose index lies."""

    def __init__(self, layout: Layout, rows: dict[str, Row]) -> None:
        super().__init__(layout)
        self._lied = rows

    def find(self, name: str) -> Row | None:
        """The row that it lies about."""
        return self._lied.get(name)


def test_a_capture_can_be_told_by_its_records_alone(
    press: archive.Collection, nginx: Nginx, clock: Clock
) -> None:
    """Whatever the index says of a capture, rereading it gives what its own records say."""
    url = nginx.publish("reread.html", page())
    first = press.add(url, LOCAL)
    clock.advance(60)
    again = press.add(url, LOCAL)
    lied = [evolve(capture.row, title="Forged", words=9) for capture in (first, again)]
    liar = Liar(Layout(press.path), {row.envelope: row for row in lied})
    for row, capture in zip(lied, (first, again), strict=True):
        assert archive.Capture(row, liar).title == "Forged"
        assert archive.Capture(row, liar).reread().row == capture.row
