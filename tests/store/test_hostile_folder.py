"""Folders made to hang, crash or exhaust who looks into them."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from archive.disk.layout import Layout, read_settings
from archive.errors import InputError
from archive.index.groups import Tail, read_groups
from archive.index.queries import Index
from archive.warc.writer import compress
from tests.store import shelf


@pytest.mark.parametrize("name", ["warc/x.warc.gz", "archive.toml", ".lock"])
def test_a_pipe_is_refused_not_waited_on(tmp_path: Path, name: str) -> None:
    """Where a file of a collection should be, a pipe ends in an InputError, at once."""
    with shelf.collection(tmp_path, 1) as press:
        path = press.path / name
    path.unlink(missing_ok=True)
    os.mkfifo(path)
    look: Callable[[], object] = partial(shelf.collection, tmp_path, 1)
    if name == "archive.toml":
        look = partial(read_settings, Layout(press.path))
    with pytest.raises(InputError):
        look()


def test_a_pipe_is_no_index(tmp_path: Path) -> None:
    """Readers do without an index that is a pipe."""
    with shelf.collection(tmp_path, 1) as press:
        layout = Layout(press.path)
    layout.index.unlink()
    os.mkfifo(layout.index)
    with shelf.collection(tmp_path) as press:
        assert len(list(press.captures())) == 1


@pytest.mark.parametrize(
    "text",
    [
        "format = 1\norigin = " + "[" * 30_000,
        "format = true\norigin = 'a'\nkey = 'b'",
        "format = 1\norigin = 'a'\nkey = 'b'\n#" + "x" * 64_000,
    ],
    ids=["deep", "format true", "large"],
)
def test_hostile_settings_are_refused(tmp_path: Path, text: str) -> None:
    """Settings that nest without end, are too large or of no format are an InputError."""
    with shelf.collection(tmp_path) as press:
        (press.path / "archive.toml").write_text(text)
    with pytest.raises(InputError):
        shelf.collection(tmp_path)


def test_an_index_of_other_objects_is_none(tmp_path: Path) -> None:
    """A view over an endless query in place of a table is never asked."""
    with shelf.collection(tmp_path, 1) as press:
        layout = Layout(press.path)
    with sqlite3.connect(layout.index) as connection:
        connection.executescript(
            "DROP TABLE capture; CREATE VIEW capture AS WITH RECURSIVE r(x) AS (SELECT 1 UNION ALL"
            " SELECT x + 1 FROM r) SELECT x AS number FROM r WHERE x < 0;"
        )
    connection.close()
    assert Index.open_reading(layout.index) is None
    assert Index.open_writing(layout.index) is None


@pytest.mark.parametrize(("size", "count"), [(17_000_000, 1), (15_000_000, 5), (0, 600)])
def test_a_group_that_would_fill_the_memory_is_damage(
    tmp_path: Path, size: int, count: int
) -> None:
    """A small block, all of a group's, or their number beyond the limit ends in a tail."""
    path = tmp_path / "a.warc.gz"
    with open(path, "wb") as file:
        for number in range(count):
            head = (
                "WARC/1.1\r\nWARC-Type: resource\r\nWARC-Record-ID:"
                f" <urn:uuid:11111111-1111-4111-8111-{number:012d}>\r\n"
                "WARC-Date: 2026-01-01T00:00:00Z\r\nWARC-Target-URI: urn:text:x\r\n"
                f"Content-Length: {size}\r\n\r\n"
            )
            file.write(compress(head.encode(), bytes(size)))
    with open(path, "rb") as file:
        [tail] = read_groups(file, base=0, where="a")
    assert isinstance(tail, Tail)
    assert not tail.torn
