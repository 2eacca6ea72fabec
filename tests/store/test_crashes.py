"""Whatever dies, at whatever operation: what was reported as saved is there."""

from __future__ import annotations

import gzip
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import archive
from archive.disk.layout import Layout
from archive.store.stamps import Stamps
from archive.user.keystore import Keystore
from tests.collection.press import START, Clock
from tests.places import ROOT
from tests.store import dying, shelf

pytestmark = pytest.mark.exhaustive


def die_everywhere(scenario: str, aftermath: str, folder: Path) -> list[Path]:
    """What is left by a death at each operation of a scenario, where it differs."""
    command = [sys.executable, "-m", "tests.store.dying", scenario, aftermath, str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return [path for path in folder.iterdir() if path.name.isdigit()]


def open_again(left: Path, seed: str) -> archive.Collection:
    """The collection that the dead left, an hour later."""
    clock = Clock(START)
    clock.advance(3600)
    return archive.open(
        left / "press",
        keystore=Keystore(left / "config"),
        effects=shelf.steady_effects(seed, clock),
    )


def check_as_left(left: Path, reported: set[str]) -> None:
    """Before anybody repairs anything, all that was reported can be read and nothing is changed."""
    before = shelf.read_tree(left / "press")
    with open_again(left, "read") as press:
        found = {capture.id: capture for capture in press.captures()}
        assert reported <= set(found)
        assert all(capture.article is not None for capture in found.values())
        report = press.verify()
        torn = press.status().torn
    # A capture whose last gzip member only lacks its checksum is read whole, and called torn.
    assert report.captures in (len(found), len(found) + bool(torn))
    assert {finding.check for finding in report.findings} <= {"framing"}
    assert bool(report.findings) == bool(torn)
    if torn:
        assert report.verdict == "failed"
    elif found:
        unfinished = begins_anew(left / "press") or report.check("log").result == "not-checked"
        assert report.verdict == ("incomplete" if unfinished else "verified")
    else:
        assert report.verdict == "nothing"
    assert shelf.read_tree(left / "press") == before


def begins_anew(press: Path) -> bool:
    """Whether the last file has but a warcinfo record, which no statement names yet."""
    files = shelf.warc_bytes(press)
    return bool(files) and gzip.decompress(files[max(files)]).count(b"WARC/1.1\r\n") == 1


def check_repaired(left: Path, reported: set[str]) -> None:
    """The next writer loses nothing, keeps the torn tail byte for byte, and goes on; the log
    extends what the dead had published, and names each time stamp that lies beside it once.
    """
    before = shelf.warc_bytes(left / "press")
    whole = shelf.rows_in_files(left / "press")
    published, seen = left / "press" / "log" / "checkpoint", left / "seen"
    wanted = [*SURFACE, "log"]
    if published.exists():
        shutil.copy(published, seen)
        wanted.append("consistency")
    with open_again(left, "write") as press:
        added = shelf.add_text(press, 99)
        moved = press.moved
        assert added.row.sequence > len(whole)  # the keyring, and perhaps seals, count too
        assert reported <= {capture.id for capture in press.captures()}
        report = press.verify(deep=True, require=wanted, checkpoints=[seen][: seen.exists()])
        assert (report.verdict, report.findings) == ("verified", ())
        assert press.status().torn == ()
        stamps = [row.about for row in shelf.writer(press).index.entries("timestamp")]
    assert stamps == Stamps(Layout(left / "press").log).names()
    after = shelf.warc_bytes(left / "press")
    for name, data in before.items():
        end = min([len(data), *(offset for torn, offset, _ in map(split, moved) if torn == name)])
        assert after.get(name, b"").startswith(data[:end])
    for torn, offset, data in map(split, moved):
        assert data == before[torn][offset:]
    assert shelf.known_rows(left / "press") == shelf.rows_in_files(left / "press")


SURFACE = ("framing", "headers", "blocks", "signature", "coverage", "sequence")


def split(aside: Path) -> tuple[str, int, bytes]:
    """A quarantined tail: its file's name, its offset there, its bytes."""
    name, _, rest = aside.name.partition(".warc.gz.")
    return f"{name}.warc.gz", int(rest.split(".")[0]), aside.read_bytes()


@pytest.mark.parametrize(("scenario", "aftermath"), dying.RUNS)
def test_no_death_loses_what_was_reported(
    scenario: str, aftermath: str, quick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed or without power at any operation, a writer loses no capture reported as saved."""
    dead = die_everywhere(scenario, aftermath, quick)
    assert len(dead) > 5
    # The deaths reach to the end of the run: the last one has reported everything.
    last = max(dead, key=lambda path: int(path.name))
    assert len((last / "reported").read_text().split()) == dying.REPORTED[scenario]
    assert len(Layout(last / "press").files()) > (scenario in ("batch", "rotating"))
    for left in dead:
        reported = set((left / "reported").read_text().split())
        monkeypatch.setenv("XDG_STATE_HOME", str(left / "state"))  # each is a history of its own
        check_as_left(left, reported)
        check_repaired(left, reported)
