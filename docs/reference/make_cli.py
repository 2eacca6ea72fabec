#!/usr/bin/env python3
"""Write cli.md, the ``--help`` of every command, from the program itself.

Give it a file to write to; by default that is cli.md beside this script.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from archive.cli.main import program

INTRODUCTION = """\
# Command line

What `archive COMMAND --help` prints, for every command. This page is written by `make_cli.py`
beside it. Data goes to stdout, everything else to stderr; [exit codes](exit-codes.md) and
[JSON output](json.md) have pages of their own.

Commands that work on a collection take `-C DIR`; else `$ARCHIVE_COLLECTION` names it; else it is
the current folder, when that is one. `init`, `demo`, `key` and `verify FILE` need none. `NO_COLOR`
takes the colours away, `ARCHIVE_DEBUG=1` shows where a defect is, `XDG_CONFIG_HOME` moves keys and
pins.
"""


def walk(command: click.Command, above: click.Context | None, name: str) -> Iterator[str]:
    """The section of a command, and those of its own commands."""
    context = command.make_context(
        name, [], above, resilient_parsing=True, terminal_width=100, max_content_width=100
    )
    yield f"## {context.command_path}\n\n```text\n{command.get_help(context)}\n```\n"
    if isinstance(command, click.Group):
        for inner in command.list_commands(context):
            found = command.get_command(context, inner)
            if found is not None:
                yield from walk(found, context, inner)


def write() -> str:
    """The whole page."""
    return "\n".join([INTRODUCTION, *walk(program, None, "archive")])


if __name__ == "__main__":
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).with_name("cli.md")
    target.write_text(write(), encoding="utf-8")
