"""Tests of starting up: what is not imported, whose package it is, shell completion."""

from __future__ import annotations

import inspect
import shutil
import subprocess
import sys
from importlib.metadata import entry_points
from pathlib import Path

import pytest

import archive
from archive.__main__ import main
from archive.cli.verbs import VERBS
from tests.cli.program import COMMAND, Box
from tests.cli.stories import Stories

HEAVY = {"trafilatura", "pycurl", "lxml", "justext", "rich", "jinja2"}
PROBE = """
import sys
from archive.cli.main import run
code = run(sys.argv[1:])
print(*sorted({name.partition('.')[0] for name in sys.modules}), file=sys.stderr)
sys.exit(code)
"""


def imported(box: Box, *arguments: str | Path) -> set[str]:
    """The packages that are loaded when a command has run, piped."""
    done = subprocess.run(
        [sys.executable, "-c", PROBE, *map(str, arguments)],
        env=box.environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return set(done.stderr.splitlines()[-1].split())


@pytest.mark.parametrize(
    "command", ["--help", "verify", "list", "status", "history", "show", "key list"]
)
def test_light_commands_stay_light(stories: Stories, command: str, tmp_path: Path) -> None:
    """Help and the reading verbs, piped, import neither extraction, nor fetching, nor rich.

    So does `history`, where what changed is kept in the index.
    """
    verb, *more = command.split()
    indexed = shutil.copytree(stories.folder, tmp_path / "press")
    if verb == "history":
        imported(stories.box, "reindex", "-C", indexed)
    named: dict[str, list[str | Path]] = {
        "verify": [stories.folder],
        "list": ["-C", stories.folder],
        "status": ["-C", stories.folder],
        "history": ["-C", indexed, stories.story],
        "show": ["-C", stories.folder, stories.story],
    }
    loaded = imported(stories.box, verb, *more, *named.get(verb, []))
    assert "click" in loaded
    assert not HEAVY & loaded


def test_help_of_the_group_loads_no_verb(box: Box) -> None:
    """`archive --help` imports no verb and none of the library behind it."""
    assert not {"cryptography", "h11", "sqlite3", "isal", "warcio"} & imported(box, "--help")


@pytest.mark.parametrize("verb", sorted(set(VERBS) - {"demo"}))
def test_help_of_a_verb_loads_nothing_of_the_library(box: Box, verb: str) -> None:
    """Help and completion of a verb load what it takes, and none of what it works with."""
    library = {"cryptography", "h11", "sqlite3", "isal", "warcio", "pycurl", "rich", "platformdirs"}
    assert not library & imported(box, verb, "--help")


def test_importing_the_package_is_cheap() -> None:
    """`import archive` loads no dependency at all until a name is used."""
    probe = "import sys, archive; print(*{name.partition('.')[0] for name in sys.modules})"
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    assert "archive" in loaded
    assert not (HEAVY | {"click", "attrs", "attr", "cryptography", "warcio", "h11"}) & loaded


def test_the_package_is_ours() -> None:
    """`import archive` is this project, not the zip and tar tool of that name on PyPI."""
    [script] = entry_points(group="console_scripts", name="archive")
    assert script.dist is not None
    assert (script.dist.name, script.dist.version) == ("article-archive", archive.__version__)
    assert script.value == "archive.__main__:main"
    assert script.load() is main
    home = Path(str(archive.__file__)).parent
    assert home == Path(str(inspect.getsourcefile(main))).parent
    assert {"capture", "store", "verification"} <= {path.name for path in home.iterdir()}
    assert archive.__doc__ is not None
    assert "what a web article said" in archive.__doc__


def test_the_version_names_the_distribution(box: Box) -> None:
    """`--version` says which archive this is."""
    assert box.run("--version").text == (
        f"archive (article-archive), version {archive.__version__}\n"
    )


def complete(box: Box, shell: str, words: str) -> list[str]:
    """What a shell would offer after the words."""
    typed = ["archive", *words.split(" ")]
    if shell == "fish":
        asked = {"COMP_WORDS": " ".join(typed[:-1]), "COMP_CWORD": typed[-1]}
    else:
        asked = {"COMP_WORDS": " ".join(typed), "COMP_CWORD": str(len(typed) - 1)}
    done = subprocess.run(
        COMMAND,
        env=box.environment(_ARCHIVE_COMPLETE=f"{shell}_complete", **asked),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == ""
    return done.stdout.splitlines()


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_verbs_are_completed(box: Box, shell: str) -> None:
    """Each shell is offered verbs, verbs of `key`, and options."""
    for words, wanted in (
        ("s", {"show", "status"}),
        ("key t", {"trust"}),
        ("list --f", {"--failed"}),
    ):
        offered = "\n".join(complete(box, shell, words))
        assert all(word in offered for word in wanted)
        assert "reindex" not in offered


def test_completion_lists_verbs_without_importing_them(box: Box) -> None:
    """Completing a verb gives its sentence to shells that show one."""
    assert "Show one capture: text, bytes, headers, statement." in "\n".join(
        complete(box, "zsh", "sh")
    )


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script_for_the_shell_is_given(box: Box, shell: str) -> None:
    """`_ARCHIVE_COMPLETE=bash_source archive` prints a script that the shell can read."""
    done = subprocess.run(
        COMMAND,
        env=box.environment(_ARCHIVE_COMPLETE=f"{shell}_source"),
        capture_output=True,
        check=False,
    )
    assert b"_ARCHIVE_COMPLETE" in done.stdout
    if (program := shutil.which(shell)) is not None:
        read = subprocess.run([program, "-n"], input=done.stdout, check=False)
        assert read.returncode == 0


def test_verifying_a_file_loads_nothing_that_reads_pages(stories: Stories) -> None:
    """Reading begins at once: what knows pages is loaded only for a file that is no WARC."""
    file = next((stories.folder / "warc").glob("*.warc.gz"))
    probe = PROBE.replace(".partition('.')[0]", "")
    done = subprocess.run(
        [sys.executable, "-c", probe, "verify", str(file)],
        env=stories.box.environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    loaded = done.stderr.splitlines()[-1].split()
    assert "archive.verification.reading" in loaded
    assert not [name for name in loaded if name.startswith("archive.article") or name == "zipfile"]
