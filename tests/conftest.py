"""Settings for every test, and the servers that several of them talk to.

Property tests run by a profile of hypothesis: ``random`` here, ``repeatable`` where ``CI`` is set
(a run on one checkout gives the same result twice), and what ``--hypothesis-profile`` asks for:
``fuzz`` tries twenty times as much, ``quick`` a fifth.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.cli.program import Box, Result, make_script
from tests.passed import leave_out, read_passed
from tests.servers import Nginx, OddServer, nginx_server

settings.register_profile(
    "random",
    deadline=None,  # a slow machine is not a defect
    derandomize=False,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile(
    "repeatable", settings.get_profile("random"), derandomize=True, database=None, print_blob=True
)
settings.register_profile(
    "fuzz", settings.get_profile("random"), max_examples=2000, print_blob=True
)
settings.register_profile("quick", settings.get_profile("repeatable"), max_examples=20)
settings.load_profile("repeatable" if os.environ.get("CI") else "random")

if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:
    # So it is in the background of a shell, and programs that tests start would inherit it.
    signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Options of our own."""
    parser.addoption(
        "--passed-before", metavar="REPORT", type=Path, help="leave out what this JUnit report has"
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what another run has passed, where that is asked for."""
    report: Path | None = config.getoption("--passed-before")
    if report is not None:
        config.hook.pytest_deselected(items=leave_out(read_passed(report), items))


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


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[Box, Result]:
    """The demonstration, run once by a path that has a blank, in a folder that has one too."""
    box = Box(tmp_path_factory.mktemp("a demo"))
    script = make_script(box.folder / "my tools")
    return box, box.run("demo", box.folder / "left here", command=[f"./{script}"])
