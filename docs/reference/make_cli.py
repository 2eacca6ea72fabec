#!/usr/bin/env python3
"""Write cli.md, the ``--help`` of every command, from the program itself.

Give it a file to write to; by default that is cli.md beside this script.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from archive.cli.main import program
from archive.cli.verbs import ALWAYS, COMMANDS, Verb

SCHEMAS = Path(__file__).resolve().parent / "schemas"
INTRODUCTION = """\
# Command line

What `archive COMMAND --help` prints, for every command. This page is written by `make_cli.py`
beside it. Data goes to stdout, everything else to stderr; [exit codes](exit-codes.md) and
[JSON output](json.md) have pages of their own.

Commands that work on a collection take `-C DIR`; else `$ARCHIVE_COLLECTION` names it; else it is
the current folder, when that is one. `init`, `demo`, `key` and `verify FILE` need none. `NO_COLOR`
takes the colours away, `ARCHIVE_DEBUG=1` shows where a defect is, `XDG_CONFIG_HOME` moves keys and
pins.

Below each command stands what it may write to, the JSON that it prints, and the exit codes that it
may end with, beside those of every command: {always}.
"""
_PLACES = {
    "collection": "the collection",
    "user": "your own folders of keys, pins and what was seen",
    "files": "files that you name",
}


def walk(command: click.Command, above: click.Context | None, name: str) -> Iterator[str]:
    """The section of a command, and those of its own commands."""
    context = command.make_context(
        name, [], above, resilient_parsing=True, terminal_width=100, max_content_width=100
    )
    yield f"## {context.command_path}\n\n```text\n{command.get_help(context)}\n```\n"
    verb = COMMANDS.get(context.command_path.partition(" ")[2])
    if verb is not None and verb.schemas:
        yield tell(verb)
    if isinstance(command, click.Group):
        for inner in command.list_commands(context):
            found = command.get_command(context, inner)
            if found is not None:
                yield from walk(found, context, inner)


def tell(verb: Verb) -> str:
    """What a row of the table says: what the command writes, prints and ends with."""
    places = [_PLACES[place] for place in verb.writes]
    schemas = [json.loads((SCHEMAS / f"{name}.json").read_bytes()) for name in verb.schemas]
    printed = [f"[{one['$id']}](json.md#{one['$id'].replace(':', '')})" for one in schemas]
    codes = [f"`{code}`" for code in sorted({*verb.codes} - {*ALWAYS})]
    return (
        f"Writes to: {', '.join(places) or 'nothing'}. JSON: {', '.join(printed)}. "
        f"Exit codes: {', '.join(codes) or 'no others'}.\n"
    )


def write() -> str:
    """The whole page."""
    introduction = INTRODUCTION.format(always=", ".join(f"`{code}`" for code in ALWAYS))
    return "\n".join([introduction, *walk(program, None, "archive")])


if __name__ == "__main__":
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).with_name("cli.md")
    target.write_text(write(), encoding="utf-8")
