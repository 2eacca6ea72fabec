"""The project's pages as the tests read them: fenced blocks, runnable scripts, links.

A block whose info string is ``sh run`` or ``python run`` is run. All such blocks of a page are run
in order, in one shell that stops at the first error, in a folder that holds a copy of ``fixtures``;
each Python block is a process of its own there. A ``text`` block directly after one is exactly what
it prints, on stdout and stderr together; ``…`` in it stands for anything within a line, alone on a
line for any lines. The port 8000 is replaced by a free one.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path

from attrs import frozen

from tests.places import ROOT

__all__ = ["Block", "all_pages", "read_blocks", "run_page"]

_BLOCK = re.compile(r"^(`{3,})([^\n`]*)\n(.*?)^\1[ \t]*$", re.MULTILINE | re.DOTALL)
_RUNNABLE = ("sh run", "python run")
_ELLIPSIS = re.compile(r"(^…\n|…)", re.MULTILINE)
_LOOSE = {"…": ".*", "…\n": "(?:.*\n)*"}
_MARK = "== end of block {} =="


@frozen
class Block:
    """A fenced block: its info string, its text, and the output that the page shows for it."""

    info: str
    text: str
    output: str | None


def all_pages() -> list[Path]:
    """Every Markdown page of the project."""
    return [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]


def read_blocks(page: Path) -> list[Block]:
    """The fenced blocks of a page, in order."""
    text = page.read_text(encoding="utf-8")
    found = list(_BLOCK.finditer(text))
    blocks = []
    for match, after in pairwise([*found, None]):
        assert match is not None
        output = None
        if after is not None and after[2] == "text":
            between = text[match.end() : after.start()]
            output = after[3] if not between.strip() else None
        blocks.append(Block(match[2].strip(), match[3], output))
    return blocks


def run_page(page: Path, folder: Path, environment: Mapping[str, str] | None = None) -> None:
    """Run a page's runnable blocks and compare what they print with what the page shows.

    Args:
        page: the page.
        folder: an empty folder to run in.
        environment: the whole environment; by default one with ``archive`` in its path.
    """
    blocks = [block for block in read_blocks(page) if block.info in _RUNNABLE]
    shutil.copytree(ROOT / "fixtures", folder / "fixtures")
    port = str(_free_port())
    script = ["set -eu", "exec 2>&1"]
    for number, block in enumerate(blocks):
        script += [_write_step(block), f"printf '%s\\n' '{_MARK.format(number)}'"]
    printed = _run("\n".join(script).replace("8000", port), folder, environment)
    for number, block in enumerate(blocks):
        output, mark, printed = printed.partition(_MARK.format(number) + "\n")
        assert mark, f"{page.name}: this block ended the script:\n{block.text}\n{output}"
        if block.output is not None:
            _compare(block, output.replace(port, "8000"))


def _write_step(block: Block) -> str:
    if block.info == "sh run":
        return block.text
    return f"python - <<'END_OF_PYTHON'\n{block.text}END_OF_PYTHON"


def _compare(block: Block, output: str) -> None:
    assert block.output is not None
    wanted = "".join(_LOOSE.get(part) or re.escape(part) for part in _ELLIPSIS.split(block.output))
    shown = output.rstrip("\n") + "\n"
    assert re.fullmatch(wanted, shown), f"{block.text}\nprints\n{shown}\nand not\n{block.output}"


def _run(script: str, folder: Path, environment: Mapping[str, str] | None) -> str:
    process = subprocess.Popen(
        ["/bin/sh", "-c", script],
        cwd=folder,
        env=dict(environment or _environment(folder)),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        start_new_session=True,
    )
    try:
        output, _ = process.communicate(timeout=600)
    finally:
        _end_group(process.pid)
    return output.decode("utf-8", "replace")


def _end_group(group: int) -> None:
    """End what a page left running."""
    try:
        os.killpg(group, signal.SIGKILL)
    except ProcessLookupError:
        return


def _environment(folder: Path) -> dict[str, str]:
    here = str(Path(sys.executable).parent)
    return {
        "PATH": here + os.pathsep + os.environ.get("PATH", os.defpath),
        "HOME": str(folder),
        "XDG_CONFIG_HOME": str(folder / "config"),
        "LC_ALL": "C.UTF-8",
        "COLUMNS": "100",
    }


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
