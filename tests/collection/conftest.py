"""A fresh collection for each test that asks, with a clock of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import archive
from tests.collection.press import Clock, open_press


@pytest.fixture
def clock() -> Clock:
    """The clock of `press`."""
    return Clock()


@pytest.fixture
def press(tmp_path: Path, clock: Clock) -> Iterator[archive.Collection]:
    """An empty collection with one key, which its user holds."""
    with open_press(tmp_path, clock) as collection:
        yield collection
