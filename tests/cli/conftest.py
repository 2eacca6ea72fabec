"""A collection that many tests look at, and empty homes for those that write."""

from __future__ import annotations

from pathlib import Path

import pytest

import archive
from archive.user.keystore import Keystore
from tests.cli.program import Box
from tests.cli.stories import Stories, make_stories
from tests.servers import OddServer


@pytest.fixture
def box(tmp_path: Path) -> Box:
    """An empty folder to run the program in."""
    return Box(tmp_path)


@pytest.fixture
def press(box: Box) -> Path:
    """A new, empty collection in `box`."""
    folder = box.folder / "press"
    archive.create(folder, keystore=Keystore(box.config / "article-archive"))
    return folder


@pytest.fixture(scope="session")
def stories(tmp_path_factory: pytest.TempPathFactory, odd_server: OddServer) -> Stories:
    """The collection of `Stories`; tests leave it as it is."""
    return make_stories(Box(tmp_path_factory.mktemp("stories")), odd_server)
