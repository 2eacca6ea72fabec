"""Torn tails are moved aside byte for byte; damage never is."""

from __future__ import annotations

import gzip
import shutil
from contextlib import suppress
from pathlib import Path

import pytest

import archive
from archive.disk.layout import Layout
from archive.errors import StorageError
from archive.store.quarantine import holds_envelope
from tests.collection.press import check_verified
from tests.store import shelf

pytestmark = pytest.mark.exhaustive


@pytest.fixture(scope="module")
def three(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A collection of three captures, its log, what was signed of it and its index as they were
    after two.
    """
    folder = tmp_path_factory.mktemp("three")
    with shelf.collection(folder, 2) as press:
        shutil.copytree(folder, folder / "two")
        shelf.add_text(press, 2)
    go_back(folder / "two" / "press", press.path)
    return folder


def go_back(earlier: Path, press: Path) -> None:
    """Bring log, signer's memory and index of a collection back to what they were."""
    shutil.copyfile(Layout(earlier).index, Layout(press).index)
    for old, new in (
        (Layout(earlier).log, Layout(press).log),
        (shelf.memory(earlier), shelf.memory(press)),
    ):
        shutil.rmtree(new)
        shutil.copytree(old, new)


def copy_of(folder: Path, target: Path) -> tuple[Path, Path]:
    """A copy of a collection: its folder, and its one WARC file."""
    shutil.copytree(folder, target)
    [path] = Layout(target / "press").files()
    return target, path


def check_moved(folder: Path, path: Path, end: int, tail: bytes, kept: int) -> None:
    """Insist that a writer moves this tail aside, keeps what is before, and goes on."""
    good = path.read_bytes()[:end]
    with shelf.collection(folder) as press:
        added = shelf.add_text(press, 50)
        assert added.row.sequence == 1 + kept  # the keyring is number 0
        [aside] = press.moved
        assert aside.name == f"{path.name}.{end}.torn"
        assert aside.read_bytes() == tail
        assert press.status().quarantined == (aside.name,)
        assert len(list(press.captures())) == kept + 1
        assert press.verify(keep=False).verdict == "verified"
    assert path.read_bytes().startswith(good)
    assert shelf.known_rows(press.path) == shelf.rows_in_files(press.path)


def last_group(folder: Path) -> tuple[int, int]:
    """Where the last capture begins and ends."""
    row = shelf.rows_in_files(folder / "press")[-1]
    return row.offset, row.end


@pytest.mark.parametrize("part", range(4))
def test_every_cut_of_the_last_group_is_moved_aside(three: Path, tmp_path: Path, part: int) -> None:
    """However few bytes of the last group were written, they go to quarantine and nothing else."""
    start, end = last_group(three)
    folder, path = copy_of(three, tmp_path / "copy")
    data = path.read_bytes()
    cuts = sorted(
        {*range(start + 1, end, 61), *range(start + 1, start + 12), *range(end - 12, end)}
    )
    for cut in cuts[part::4]:
        path.write_bytes(data[:cut])
        go_back(three / "press", folder / "press")
        check_moved(folder, path, start, data[start:cut], 2)
        shutil.rmtree(Layout(folder / "press").quarantine)


@pytest.mark.parametrize(
    ("written", "zeros"),
    # So few as eight zeros after a part may be the end of a good gzip member: see below.
    [(0, 1), (0, 8), (0, 100_000), (1, 9), (1, 512), (700, 512), (2000, 9), (2000, 100_000)],
)
def test_zeros_of_a_power_cut_are_moved_aside(
    three: Path, tmp_path: Path, written: int, zeros: int
) -> None:
    """Zeros after a whole group, or after a part of one, are a torn tail as well."""
    start, _ = last_group(three)
    folder, path = copy_of(three, tmp_path / "copy")
    data = path.read_bytes()[: start + written] + bytes(zeros)
    path.write_bytes(data)
    check_moved(folder, path, start, data[start:], 2)


def test_zeros_after_everything_cost_no_capture(three: Path, tmp_path: Path) -> None:
    """Zeros behind a whole group that the index has not seen leave that group where it is."""
    _, end = last_group(three)
    folder, path = copy_of(three, tmp_path / "copy")
    path.write_bytes(path.read_bytes() + bytes(4096))
    check_moved(folder, path, end, bytes(4096), 3)


def flip(path: Path, offset: int) -> None:
    """Change one bit of a file."""
    data = bytearray(path.read_bytes())
    data[offset] ^= 0x10
    path.write_bytes(bytes(data))


def refused(folder: Path, path: Path) -> None:
    """Insist that no writer touches a damaged file, and that readers still show something."""
    before = path.read_bytes()
    with shelf.collection(folder) as press:
        with pytest.raises(StorageError) as caught:
            shelf.add_text(press, 50)
        assert caught.value.exit_code == 8
        assert press.moved == []
        list(press.captures())
        assert press.verify().verdict == "failed"
    assert path.read_bytes() == before
    assert not Layout(press.path).quarantine.exists()


@pytest.mark.parametrize("indexed", [True, False])
@pytest.mark.parametrize("which", [0, 1])
def test_damage_before_good_captures_stops_the_writer(
    three: Path, tmp_path: Path, which: int, indexed: bool
) -> None:
    """A flipped bit in an earlier group, index or none, moves nothing aside: exit 8."""
    row = shelf.rows_in_files(three / "press")[which]
    harmless = 0
    for place in range(row.offset, row.end, 151):
        folder, path = copy_of(three, tmp_path / str(place))
        flip(path, place)
        if len(shelf.rows_in_files(folder / "press")) == 3:
            harmless += 1  # a bit of a gzip header without meaning
            continue
        if not indexed:
            Layout(folder / "press").index.unlink()
            refused(folder, path)
            continue
        before = path.read_bytes()
        with shelf.collection(folder) as press:
            with suppress(StorageError):  # an index that read the group before goes on behind it
                shelf.add_text(press, 50)
            assert press.moved == []
            assert press.verify().verdict == "failed"
        assert path.read_bytes().startswith(before)
    assert harmless < 5


def test_a_damaged_last_group_that_was_indexed_is_not_moved(three: Path, tmp_path: Path) -> None:
    """What the index has read once was saved: a bit flipped in it later makes no torn tail."""
    folder, path = copy_of(three, tmp_path / "copy")
    with shelf.collection(folder) as press:
        shelf.writer(press)  # reads the third capture into the index
    row = shelf.known_rows(press.path)[-1]
    for place in range(row.envelope_offset, row.end, 23):
        changed, path = copy_of(folder, tmp_path / str(place))
        flip(path, place)
        before = path.read_bytes()
        with shelf.collection(changed) as press:
            with suppress(StorageError):
                shelf.add_text(press, 50)
            assert press.moved == []
        assert path.read_bytes().startswith(before)


def test_a_damaged_envelope_at_the_very_end_is_not_called_torn(three: Path, tmp_path: Path) -> None:
    """The zero bytes that end a gzip member do not turn a wrong checksum into a power cut."""
    row = shelf.rows_in_files(three / "press")[-1]
    folder, path = copy_of(three, tmp_path / "copy")
    flip(path, row.end - 8)  # the checksum of the last member
    Layout(folder / "press").index.unlink()
    refused(folder, path)


def test_only_the_last_file_can_be_torn(tmp_path: Path) -> None:
    """A file that another follows was synced before: its cut end is damage."""
    with shelf.collection(tmp_path, 4, file_size=3000) as press:
        first, *_ = Layout(press.path).files()
    assert len(Layout(press.path).files()) > 1
    first.write_bytes(first.read_bytes()[:-30])
    Layout(press.path).index.unlink()
    refused(tmp_path, first)


def test_what_a_captured_page_brought_along_is_no_envelope_of_the_file(tmp_path: Path) -> None:
    """Envelopes of somebody's WARC file, stored in a torn capture, do not make it damage."""
    with shelf.collection(tmp_path / "other", 3) as other:
        [theirs] = Layout(other.path).files()
    with shelf.collection(tmp_path / "own", 1) as press:
        own = shelf.writer(press).index.files()
    data = theirs.read_bytes()
    [info] = [file.warcinfo for file in own.values()]
    assert not holds_envelope(data, 0, info)
    assert holds_envelope(data, 0, None)
    with shelf.collection(tmp_path / "other") as other:
        [info] = [file.warcinfo for file in shelf.writer(other).index.files().values()]
    assert holds_envelope(data, 0, info)


def test_tails_made_to_be_slow_count_as_damage() -> None:
    """Looking for envelopes ends after so many looks, and then moves nothing."""
    member = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03"
    assert not holds_envelope(member * 1000, 0, None)
    assert holds_envelope(member * 200_000, 0, None)
    type_ = b"Content-Type: application/vnd.in-toto.capture+dsse"
    head = b"WARC/1.1\r\n" + type_ + b"\r\nContent-Length: 60000\r\n\r\n"
    bomb = member[:9] + gzip.compress(head + bytes(60_000), mtime=0)[9:]
    assert not holds_envelope(bomb * 100, 0, None)
    assert holds_envelope(bomb * 6000, 0, None)


def test_a_second_tail_of_the_same_name_is_kept_beside_the_first(
    three: Path, tmp_path: Path
) -> None:
    """Nothing in quarantine is ever overwritten."""
    folder, path = copy_of(three, tmp_path / "copy")
    start, _ = last_group(three)
    data = path.read_bytes()
    for cut in (start + 100, start + 200):
        path.write_bytes(data[:cut])
        go_back(three / "press", folder / "press")
        with shelf.collection(folder) as press:
            shelf.writer(press)
    first, second = sorted(Layout(folder / "press").quarantine.iterdir())
    assert first.read_bytes() == data[start : start + 100]
    assert second.read_bytes() == data[start : start + 200]


def test_a_collection_repaired_by_a_writer_verifies_in_depth(three: Path, tmp_path: Path) -> None:
    """After a torn tail was moved aside nothing of it is left to find."""
    folder, path = copy_of(three, tmp_path / "copy")
    path.write_bytes(path.read_bytes()[:-5])
    with shelf.collection(folder) as press:
        assert press.verify().verdict == "failed"
        shelf.writer(press)
        check_verified(press)
    assert isinstance(press, archive.Collection)
