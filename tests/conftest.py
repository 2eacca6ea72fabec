"""Settings for every test, and the servers that several of them talk to."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests.servers import Nginx, OddServer, nginx_server

settings.register_profile("archive", deadline=None)  # a slow machine is not a defect
settings.load_profile("archive")


@pytest.fixture(autouse=True)
def _own_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a test has seen of a log is nothing to the next."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state-of-the-user"))


@pytest.fixture(scope="session")
def nginx(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nginx]:
    """A real web server over http and https."""
    with nginx_server(tmp_path_factory.mktemp("nginx")) as server:
        yield server


@pytest.fixture(scope="session")
def odd_server() -> Iterator[OddServer]:
    """A server that sends what it is told to."""
    with OddServer() as server:
        yield server
