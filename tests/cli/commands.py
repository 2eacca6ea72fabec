"""One run at least of every command with ``--json``, and what came of it."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import click
from attrs import frozen

from archive.cli.main import program
from archive.cli.verbs import COMMANDS
from archive.collection import create_collection, open_collection
from archive.proof.authority import Authority
from archive.user.keystore import Keystore
from tests.places import ROOT
from tests.proof.authority import make_authority

__all__ = ["VIEWS", "Told", "run_every_command"]

_FIXTURES = ROOT / "fixtures"
_URL = "https://news.example/ferry-pier"
_EVERY = "https://every.example/"
_STATED = "https://stated.example/"
_TRUSTED = ("--trust", str(_FIXTURES / "golden" / "key.pub.pem"))

VIEWS = ("text", "raw", "headers", "claims", "conflicts", "quotations", "statement")
"""What `show` shows instead of everything."""

_SCRIPT = """\
import hashlib, json, os, pathlib, sys
from archive.cli.main import run

def look(folder):
    digest = hashlib.sha256()
    for path in sorted(pathlib.Path(folder).rglob("*")):
        digest.update(f"{path} {path.stat().st_size} ".encode())
        if path.is_file():
            digest.update(path.read_bytes())
    return digest.hexdigest()

for words, folder in json.loads(sys.stdin.read()):
    before = look(folder)
    file = os.open("printed", os.O_RDWR | os.O_CREAT | os.O_TRUNC)
    out = os.dup(1)
    os.dup2(file, 1)
    code = run(words)
    sys.stdout.flush()
    os.dup2(out, 1)
    os.lseek(file, 0, 0)
    with open(file, encoding="utf-8") as printed:
        lines = printed.read().splitlines()
    print(json.dumps([words, code, lines, before != look(folder)]), flush=True)
"""


@frozen
class Told:
    """A command that was run.

    Args:
        words: as typed, without the program's name and ``--json``.
        code: its exit code.
        lines: the JSON values that it printed.
        wrote: whether a file of the collection that it worked on is another one since.
    """

    words: tuple[str, ...]
    code: int
    lines: tuple[Any, ...]
    wrote: bool

    def verb(self, names: frozenset[str]) -> str:
        """The name of its command, one of these."""
        two = " ".join(self.words[:2])
        return two if two in names else self.words[0]


def run_every_command(folder: Path) -> list[Told]:
    """Run them in a new folder; whoever is asked for anything over the network does not answer.

    A command that nobody listed here is run as the first example of its help.
    """
    told = _run([[*command, "--json"] for command in _commands(folder)], folder)
    made = told[-1].lines[0]
    id_, place = made["captures"][1]["id"], made["collection"]
    again = [["show", "-C", place, id_, *view] for view in _views()]
    again += [
        ["extract", "-C", place, id_],
        ["verify", place, "--tsa", f"{place}/keys/tsa-root.pem"],
    ]
    told += _run([[*command, "--json"] for command in again], folder)
    said = {one.words[:2]: one.lines[0] for one in told}
    told += [_serve(folder, said["log", "status"]["keys"], said["key", "new"]["fingerprint"])]
    ran = {one.verb(frozenset(COMMANDS)) for one in told}
    others = [_example(name) for name, verb in COMMANDS.items() if verb.schemas and name not in ran]
    return [*told, *_run([[*command, "--json"] for command in others], folder)]


def _commands(folder: Path) -> list[list[str]]:
    """What is called first, the demo last."""
    press, text = str(folder / "press"), str(_FIXTURES / "import" / "ferry-pier.txt")
    every = str(_FIXTURES / "claims" / "pages" / "every.html")
    fixture, key = str(_FIXTURES / "press"), str(_FIXTURES / "golden" / "key.pub.pem")
    authority = make_authority(folder / "tsa").folder / "root.pem"
    keystore = Keystore(folder / "config" / "article-archive")
    create_collection(folder / "old", keystore=keystore, log=False)
    return [
        ["init", press],
        *[["import", "-C", press, text, "--url", _URL]] * 2,
        ["add", "-C", press, "http://127.0.0.1:1/", "nothing"],
        ["list", "-C", fixture],
        ["history", "-C", fixture, _URL],
        ["changes", "-C", fixture],
        *(["show", "-C", fixture, "6118e63d", *view] for view in _views()),
        ["show", "-C", fixture, "ffffffff"],
        ["diff", "-C", fixture, "06205219", "6118e63d"],
        ["import", "-C", press, text, "--url", "https://other.example/"],
        ["diff", "-C", press, _URL, "https://other.example/"],
        ["related", "-C", press, _URL],
        ["search", "-C", fixture, "ferry"],
        ["report", "-C", fixture, _URL, "--html", str(folder / "report.html")],
        ["verify", str(_FIXTURES / "tampered")],
        ["import", "-C", press, every, "--url", _EVERY],
        ["show", "-C", press, _EVERY, "--claims"],
        *_stated(folder, press),
        ["status", "-C", press],
        ["reindex", "-C", press],
        ["key", "new"],
        ["key", "trust", "--tsa", str(authority)],
        ["key", "list"],
        ["key", "forget", Authority.from_pem(authority.read_bytes()).fingerprint],
        ["key", "trust", key],
        ["key", "show", "6a12c2ba", "--pem"],
        ["key", "forget", "6a12c2ba"],
        *(["log", *verb] for verb in _log_verbs(folder, press)),
        ["key", "rotate", "-C", press],
        ["key", "revoke", "ab" * 32, "-C", press],
        ["key", "threshold", "1", "-C", press],
        ["demo", str(folder / "demo")],
    ]


def _stated(folder: Path, press: str) -> list[list[str]]:
    """Two imports of a page that an organisation wrote and that states its text as data alone."""
    words = "Of the boats at the old pier, {} were lost in the storm, the harbour master said. "
    imports = []
    for count in ("seven", "eleven"):
        node = {
            "@type": "NewsArticle",
            "headline": "Boats lost at the old pier",
            "author": {"@type": "Organization", "name": "Norhaven Harbour Office"},
            "articleBody": words.format(count) * 4,
        }
        data = f'<script type="application/ld+json">{json.dumps(node)}</script>'
        page = folder / f"stated-{count}.html"
        page.write_text(
            f"<html><head><title>Boats lost at the old pier</title>{data}</head></html>"
        )
        imports.append(["import", "-C", press, str(page), "--url", _STATED])
    views = [["show", "-C", press, _STATED, view] for view in ("--text", "--claims")]
    again = [["diff", "-C", press, _STATED], ["extract", "-C", press, _STATED]]
    return [*imports, *views, *again]


def _example(name: str) -> list[str]:
    """A command as its help shows it first, for one that is not called above.

    It is run where ``press`` is a collection with a few captures.
    """
    command: click.Command = program
    for word in name.split():
        assert isinstance(command, click.Group)
        found = command.get_command(click.Context(command), word)
        assert found is not None
        command = found
    [shown, *_] = re.findall(rf"archive ({name}\b.*)", command.epilog or "")
    return shlex.split(shown)


def _views() -> list[list[str]]:
    return [[], *([f"--{view}"] for view in VIEWS)]


def _log_verbs(folder: Path, press: str) -> list[list[str]]:
    """The verbs of ``archive log``."""
    proof, seen = folder / "first.tlog-proof", folder / "seen.txt"
    opening = folder / "first.opening"
    with open_collection(_FIXTURES / "press") as fixture:
        [first, *_] = fixture.captures()
        proof.write_bytes(fixture.log.prove(first.row).to_bytes())
        opening.write_bytes(fixture.log.open(first.row, "claim", [0]).to_bytes())
        seen.write_bytes(fixture.log.checkpoint())
    place, asking = str(_FIXTURES / "press"), folder / "asking" / "press"
    shutil.copytree(place, asking)
    asked = '[[timestamp]]\nurl = "http://127.0.0.1:1"\nroot = "none.pem"\n'
    asked += '[[witness]]\nurl = "http://127.0.0.1:1"\nkey = "none"\n'
    with open(asking / "archive.toml", "a") as settings:
        settings.write(asked)
    return [
        ["status", "-C", place],
        ["checkpoint", "-C", place],
        ["prove", "-C", place, first.id],
        ["prove", "-C", place, first.id, "--paragraph", "1"],
        ["check", str(proof)],
        ["check", str(opening)],
        ["consistency", "-C", place, str(seen)],
        ["publish", "-C", place, str(folder / "published")],
        ["follow", str(folder / "published"), "--once", "--from", "0", *_TRUSTED],
        ["follow", place, "--once", "--from", "0", *_TRUSTED],
        ["heartbeat", "-C", press],
        ["timestamp", "-C", str(asking)],
        ["witness", "-C", str(asking)],
        ["status", "-C", str(asking)],
        ["adopt", "-C", str(folder / "old")],
    ]


def _environment(folder: Path) -> dict[str, str]:
    where = {"PYTHONPATH": os.environ["PYTHONPATH"]} if "PYTHONPATH" in os.environ else {}
    return {
        **where,
        "XDG_CONFIG_HOME": str(folder / "config"),
        "XDG_STATE_HOME": str(folder / "state"),
        "LC_ALL": "C.UTF-8",
    }


def _run(commands: list[list[str]], folder: Path) -> list[Told]:
    """Run commands in one process that holds nothing of the tests."""
    result = subprocess.run(
        [sys.executable, "-c", _SCRIPT],
        input=json.dumps([(command, _collection(command, folder)) for command in commands]),
        env=_environment(folder),
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stderr
    told = (json.loads(line) for line in result.stdout.splitlines())
    return [
        Told(tuple(words[:-1]), code, tuple(map(json.loads, lines)), wrote)
        for words, code, lines, wrote in told
    ]


def _collection(command: list[str], folder: Path) -> str:
    """The collection that a command works on, or else one that it has nothing to do with."""
    if "-C" in command:
        return command[command.index("-C") + 1]
    named = [word for word in command if Path(word, "archive.toml").exists()]
    return named[0] if named else str(folder / "old")


def _serve(folder: Path, keys: list[str], own: str) -> Told:
    """Let a witness serve, with a key of its own, for a log with others, until it has said so."""
    (folder / "keys.txt").write_text("\n".join(keys) + "\n")
    words = ["witness", "serve", "--name", "witness.example", "--port", "0", "--log", "keys.txt"]
    words += ["--key", own]
    serving = subprocess.Popen(
        [sys.executable, "-m", "archive", *words, "--json"],
        env=_environment(folder),
        cwd=folder,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert serving.stdout is not None
    with serving, serving.stdout:
        line = serving.stdout.readline()
        serving.terminate()
    return Told(tuple(words), serving.returncode, (json.loads(line),), wrote=False)
