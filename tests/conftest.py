"""Settings for every test, and the servers that several of them talk to."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import settings

from tests.servers import Nginx, OddServer, nginx_server

settings.register_profile("archive", deadline=None)  # a slow machine is not a defect
settings.load_profile("archive")


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
