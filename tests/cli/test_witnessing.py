"""Two newsrooms witness each other, each with a real process of ``archive witness serve``."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from attrs import define, frozen

from tests.cli.program import COMMAND, Box, Result


@define
class Newsroom:
    """A collection with keys and a memory of its own, and the witness that it runs."""

    name: str
    box: Box
    texts: int = 0

    @property
    def press(self) -> Path:
        """Its collection."""
        return self.box.folder / "press"

    def run(self, *arguments: str | Path) -> Result:
        """Run the program as this newsroom."""
        return self.box.run(*arguments, env={"XDG_STATE_HOME": str(self.box.folder / "state")})

    def add(self, press: Path) -> None:
        """Capture a text of its own."""
        self._add(press, self.box.folder / "state", self.box.config)

    def add_forgetting(self, press: Path) -> None:
        """The same, on a machine that has the keys and knows nothing of what they signed."""
        elsewhere = self.box.folder / f"elsewhere-{self.texts}"
        shutil.copytree(self.box.config, elsewhere, ignore=shutil.ignore_patterns("signed"))
        self._add(press, elsewhere / "state", elsewhere)

    def _add(self, press: Path, state: Path, config: Path) -> None:
        self.texts += 1
        file = self.box.folder / f"{self.texts}.txt"
        file.write_text(f"What {self.name} has to say, number {self.texts}.\n")
        url = f"https://{self.name}.example/{self.texts}"
        env = {"XDG_STATE_HOME": str(state), "XDG_CONFIG_HOME": str(config)}
        assert self.box.run("import", "-C", press, file, "--url", url, env=env).code == 0

    def list_keys(self) -> list[str]:
        """The keys of its log."""
        found: list[str] = self.run("log", "status", "-C", self.press, "--json").json["keys"]
        return found

    @contextmanager
    def serve(self, keys: Path) -> Iterator[Witness]:
        """A process that witnesses for others."""
        name = f"{self.name}.example/witness"
        process = subprocess.Popen(
            [*COMMAND, "witness", "serve", "--name", name, "--log", keys, "--port", "0", "--json"],
            stdout=subprocess.PIPE,
            env=self.box.environment(XDG_STATE_HOME=str(self.box.folder / "state")),
        )
        with process:
            try:
                assert process.stdout is not None
                said = json.loads(process.stdout.readline())
                yield Witness(said["url"], said["key"])
            finally:
                process.kill()  # what it has cosigned is kept all the same


@frozen
class Witness:
    """Where a witness answers, and its key."""

    url: str
    key: str


@pytest.fixture
def newsrooms(tmp_path: Path) -> list[Newsroom]:
    """Two newsrooms with two captures each; each has the keys of the other's log."""
    made = [Newsroom(name, Box(tmp_path / name)) for name in ("desk", "wire")]
    for one in made:
        one.box.folder.mkdir()
        assert one.run("init", "press", "--origin", f"{one.name}.example/log").code == 0
        one.add(one.press)
        one.add(one.press)
    for one, other in zip(made, reversed(made), strict=True):
        lines = "".join(f"{key}\n" for key in other.list_keys())
        (one.box.folder / "their-keys.txt").write_text(lines)
    return made


def ask(one: Newsroom, other: Witness) -> None:
    """Name a witness in the settings, and alone in a policy."""
    settings = (one.press / "archive.toml").read_text().partition("\n[[witness]]")[0]
    asked = f'\n[[witness]]\nurl = "{other.url}"\nkey = "{other.key}"\n'
    (one.press / "archive.toml").write_text(settings + asked)
    logs = "".join(f"log {key}\n" for key in one.list_keys())
    rules = f"witness other {other.key}\ngroup desks all other\nquorum desks\n"
    (one.box.folder / "policy").write_text(logs + rules)


def verify(one: Newsroom, press: Path) -> Result:
    """Verify a collection, and insist on the policy's quorum."""
    policy = one.box.folder / "policy"
    return one.run("verify", press, "--policy", policy, "--require", "witness", "--json")


def test_two_newsrooms_witness_each_other(newsrooms: list[Newsroom]) -> None:
    """Both verify with the other's cosignature; a fork of one is refused by the other's witness,
    as long or longer, also after the witness was killed; and the honest log goes on.
    """
    one, other = newsrooms
    with ExitStack() as stack:
        for room, watcher in ((one, other), (other, one)):
            keys = watcher.box.folder / "their-keys.txt"
            ask(room, stack.enter_context(watcher.serve(keys)))
            early = room.box.folder / "early"
            shutil.copytree(room.press, early)
            assert verify(room, room.press).code == 4
            room.add(room.press)
            assert room.run("log", "witness", "-C", room.press).code == 0
            found = verify(room, room.press)
            assert (found.code, found.json["verdict"]) == (0, "verified")
            assert found.json["log"]["witnesses"] == ["other"]
    with other.serve(other.box.folder / "their-keys.txt") as witness:  # another process now
        ask(one, witness)
        fork = one.box.folder / "early"
        shutil.copy(one.press / "archive.toml", fork)
        for status in ("409", "422"):  # as many entries, then more
            one.add_forgetting(fork)
            refused = one.run("log", "witness", "-C", fork, "--json")
            assert refused.code == 6
            assert f"answered {status}" in refused.json["error"]
            assert verify(one, fork).code == 1  # and it is not what was seen
        one.add(one.press)
        assert one.run("log", "witness", "-C", one.press).code == 0
        assert verify(one, one.press).code == 0


def test_a_witness_that_cannot_begin_says_why(newsrooms: list[Newsroom]) -> None:
    """A port that is taken, and the key that signs the very log: each is told in one line."""
    one, other = newsrooms
    keys = one.box.folder / "their-keys.txt"
    serve = ("witness", "serve", "--name", "desk.example/witness", "--log")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        refused = one.run(*serve, keys, "--port", port)
    assert (refused.code, b"cannot listen there" in refused.err) == (2, True)
    own = other.box.folder / "their-keys.txt"  # what the other watches: the first one's log
    refused = one.run(*serve, own, "--port", "0")
    assert (refused.code, b"nobody witnesses himself" in refused.err) == (2, True)
