"""Time stamps that are kept: with what they are over, in order, never written over."""

from __future__ import annotations

from pathlib import Path

import pytest

from archive.errors import DocumentError, InputError
from archive.store.stamps import Stamps
from tests.proof.logs import head, signed


def test_what_is_kept_is_found(tmp_path: Path) -> None:
    """Stamps come back by size and number, each with the bytes that it is over."""
    stamps = Stamps(tmp_path)
    assert list(stamps.all()) == []
    added = [
        stamps.add(signed(head(size)), b"response %d" % number)
        for number, size in enumerate((9, 9, 10, 2))
    ]
    assert [stamp.name for stamp in added] == [
        f"timestamps/{stem}.tsr" for stem in ("9-1", "9-2", "10-1", "2-1")
    ]
    assert list(stamps.all()) == [added[3], added[0], added[1], added[2]]
    assert (tmp_path / added[0].name).read_bytes() == b"response 0"


def test_a_stamp_whose_writing_was_cut_short(tmp_path: Path) -> None:
    """A checkpoint whose stamp was never written is no stamp, and its name is not used again."""
    stamps = Stamps(tmp_path)
    stamps.add(signed(head(9)), b"response")
    (tmp_path / "timestamps/9-1.tsr").unlink()
    assert list(stamps.all()) == []
    assert stamps.add(signed(head(9)), b"again").name == "timestamps/9-2.tsr"


def test_damage_is_said(tmp_path: Path) -> None:
    """A stamp without its checkpoint, or too large, is an error; foreign files are passed over."""
    stamps = Stamps(tmp_path)
    stamps.add(signed(head(9)), b"response")
    (tmp_path / "timestamps/notes.txt").write_text("mine")
    (tmp_path / "timestamps/09-1.tsr").write_text("no name of ours")
    assert len(list(stamps.all())) == 1
    (tmp_path / "timestamps/9-1.tsr").write_bytes(bytes(100_001))
    with pytest.raises(InputError, match="larger"):
        list(stamps.all())
    (tmp_path / "timestamps/9-1.checkpoint").unlink()
    with pytest.raises(InputError, match="missing"):
        list(stamps.all())
    with pytest.raises(DocumentError):
        stamps.add(b"no checkpoint", b"response")
