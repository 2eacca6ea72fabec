"""Checkpoints that are kept: found again, replaced as a whole, never forgotten silently."""

from __future__ import annotations

from pathlib import Path

import pytest

from archive.errors import InputError
from archive.user.checkpoints import KeptCheckpoints
from tests.proof.logs import ORIGIN, head, signed


def test_what_is_kept_is_found(tmp_path: Path) -> None:
    """The last checkpoint kept of each log is given back, byte for byte."""
    kept = KeptCheckpoints(tmp_path / "state" / "checkpoints")
    assert kept.load(ORIGIN) is None
    for size in (3, 5):
        kept.keep(ORIGIN, signed(head(size)))
        assert kept.load(ORIGIN) == signed(head(size))
    assert kept.load("../../etc/passwd") is None
    assert len(list(kept.folder.iterdir())) == 1
    assert kept.folder.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("damage", [b"", b"rubbish", signed(head(3))[:-1]])
def test_a_damaged_one_is_an_error(tmp_path: Path, damage: bytes) -> None:
    """A kept checkpoint that cannot be read is an error, as if it were not there it is never."""
    kept = KeptCheckpoints(tmp_path)
    kept.keep(ORIGIN, signed(head(3)))
    [path] = tmp_path.iterdir()
    path.write_bytes(damage)
    with pytest.raises(InputError):
        kept.load(ORIGIN)


def test_another_log_s_is_an_error(tmp_path: Path) -> None:
    """A file that holds another log's checkpoint is not taken for this one's."""
    kept = KeptCheckpoints(tmp_path)
    kept.keep("elsewhere.example", signed(head(3)))
    with pytest.raises(InputError):
        kept.load("elsewhere.example")
