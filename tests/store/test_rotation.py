"""Files follow one another by size, between groups only."""

from __future__ import annotations

import re
from pathlib import Path

from archive.collection import verify_files
from archive.disk.layout import Layout
from archive.index.groups import EntryGroup, Group, read_groups
from archive.proof.statement import Warcinfo
from archive.user.keystore import Keystore
from archive.user.trusting import gather_trust
from tests.collection.press import check_verified
from tests.store import shelf

SIZE = 9000


def test_files_rotate_between_groups_and_verify_as_a_whole(tmp_path: Path) -> None:
    """Each file begins with a warcinfo and holds whole groups; the whole is one sequence."""
    with shelf.collection(tmp_path, 9, file_size=SIZE) as press:
        check_verified(press)
        files = Layout(press.path).files()
    assert len(files) >= 3
    serials = [int(re.search(r"-(\d{5})\.warc\.gz", path.name)[1]) for path in files]  # type: ignore[index]
    assert serials == list(range(1, len(files) + 1))
    sequence = []
    for path in files:
        with open(path, "rb") as file:
            first, *groups = read_groups(file, base=0, where=path.name)
        assert isinstance(first, Warcinfo)
        assert all(isinstance(item, Group | EntryGroup) for item in groups)
        said = [item.statement for item in groups if isinstance(item, Group | EntryGroup)]
        assert {item.warcinfo for item in said} == {first}
        sequence += [item.sequence for item in said]
    assert sequence == list(range(9 + len(files)))  # with the keyring, and a seal for each closed
    assert all(path.stat().st_size >= SIZE for path in files[:-1])


def test_a_file_is_not_begun_before_there_is_something_for_it(tmp_path: Path) -> None:
    """A full file is followed when the next capture comes, not earlier; opening writes nothing."""
    with shelf.collection(tmp_path, 1, file_size=1) as press:
        assert len(Layout(press.path).files()) == 2  # the first has the keyring
        shelf.writer(press)
    with shelf.collection(tmp_path, file_size=1) as press:
        shelf.writer(press)
        assert len(Layout(press.path).files()) == 2
        shelf.add_text(press, 1)
        assert len(Layout(press.path).files()) == 3


def test_unchanged_captures_refer_to_earlier_files(tmp_path: Path) -> None:
    """What is the same as in an earlier file stays readable, and the whole verifies in depth."""
    text = tmp_path / "same.txt"
    text.write_text("The same words.\nAgain.\n")
    with shelf.collection(tmp_path, file_size=1) as press:
        captures = [press.import_file(text, "https://news.example/a") for _ in range(4)]
        assert [capture.outcome for capture in captures] == ["captured", *["unchanged"] * 3]
        assert all(capture.article is not None for capture in captures)
        assert len(Layout(press.path).files()) == 5  # the first has the keyring
        check_verified(press)


def test_lone_files_verify_as_far_as_they_can(tmp_path: Path) -> None:
    """A file out of the middle passes what its own bytes can show, and says what is elsewhere."""
    with shelf.collection(tmp_path, 9, file_size=SIZE) as press:
        _, second, *_ = Layout(press.path).files()
    report = verify_files([second], gather_trust(Keystore(tmp_path / "config")))
    results = {check.name: check for check in report.checks}
    assert report.verdict == "verified"
    assert report.captures > 1
    for name in ("framing", "headers", "blocks", "signature", "coverage", "sequence"):
        assert results[name].result == "passed"
    assert "elsewhere" in (results["sequence"].reason or "")


def test_a_renamed_collection_goes_on_with_its_numbers(tmp_path: Path) -> None:
    """File names follow the folder's name, their order does not."""
    with shelf.collection(tmp_path, 2, file_size=1) as press:
        pass
    (tmp_path / "press").rename(tmp_path / "aaa")
    (tmp_path / "aaa").rename(tmp_path / "press")
    first = Layout(press.path).files()[0]
    first.rename(first.with_name(first.name.replace("press-", "zzz-")))
    Layout(press.path).index.unlink()
    with shelf.collection(tmp_path, file_size=1) as press:
        rows = [capture.row.sequence for capture in press.captures()]
        assert rows == [2, 4]  # behind the keyring, and each behind a seal
        assert shelf.add_text(press, 2).row.sequence == 6
        names = [path.name.split("-")[0] for path in Layout(press.path).files()]
    assert names == ["zzz", "press", "press", "press"]
