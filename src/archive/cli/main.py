"""The command ``archive``: finds the verb, turns errors into words and exit codes.

Exit codes stand in ``docs/reference/exit-codes.md``.
"""

from __future__ import annotations

import os
import signal
import sys
import traceback
from collections.abc import Sequence
from importlib import import_module

import click

import archive
from archive.cli.output import Output
from archive.errors import ArchiveError

__all__ = ["VERBS", "run"]

VERBS = {
    "add": "adding",
    "demo": "demo",
    "diff": "diff",
    "history": "history",
    "import": "importing",
    "init": "init",
    "key": "key",
    "list": "listing",
    "reindex": "reindex",
    "show": "show",
    "status": "status",
    "verify": "verify",
}
"""Each verb and its module."""

_SCHEMA = "urn:article-archive:error:v1"
_DEBUG = "ARCHIVE_DEBUG"
_EPILOG = """\
\b
Examples:
  archive init press                          make a collection
  archive -h, archive VERB --help             what there is, and how
  archive add -C press https://news.example/story
  archive history -C press https://news.example/story
  archive verify press
"""


class _Verbs(click.Group):
    """Verbs that are imported when they are asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in VERBS:
            return None
        command: click.Command = import_module(f"archive.cli.{VERBS[cmd_name]}").command
        return command


@click.command(
    cls=_Verbs,
    epilog=_EPILOG,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(archive.__version__, prog_name="archive (article-archive)")
def program() -> None:
    """Keep what a web article said, let anyone check it, and show what changed."""


def run(arguments: Sequence[str]) -> int:
    """Run the command line.

    Args:
        arguments: without the program's name.

    Returns:
        The exit code.
    """
    output = Output(as_json="--json" in arguments)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        result = program.main(list(arguments), prog_name="archive", standalone_mode=False)
        sys.stdout.flush()
    except click.exceptions.Exit as error:
        return error.exit_code
    except (Exception, KeyboardInterrupt) as error:
        return _explain(output, error)
    return result if isinstance(result, int) else 0


def _explain(output: Output, error: BaseException) -> int:
    """Tell what ended the program; gives the exit code."""
    if isinstance(error, ArchiveError):
        return _tell(output, error)
    if isinstance(error, KeyboardInterrupt | click.Abort):
        output.note("archive: interrupted")
        return 130
    if isinstance(error, click.ClickException):
        return _tell_usage(output, error)
    if isinstance(error, BrokenPipeError):
        # The reader went away: nothing more can be said, and Python must not try at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return _tell_defect(output, error)


def _tell(output: Output, error: ArchiveError) -> int:
    if output.as_json:
        told = {
            "code": error.code,
            "message": error.message,
            "where": error.where,
            "hint": error.hint,
        }
        output.json({"schema": _SCHEMA, "error": told})
    else:
        place = f" ({error.where})" if error.where else ""
        output.note(("archive: ", "bold red"), error.message + place)
        if error.hint:
            output.note("  ", error.hint)
    return error.exit_code


def _tell_usage(output: Output, error: click.ClickException) -> int:
    message = error.format_message().rstrip(".")
    context = getattr(error, "ctx", None)
    hint = f"see: {context.command_path} --help" if context is not None else None
    failed = ArchiveError(message[:1].lower() + message[1:], hint=hint)
    failed.code = "usage"
    _tell(output, failed)
    return error.exit_code


def _tell_defect(output: Output, error: BaseException) -> int:
    if os.environ.get(_DEBUG):
        traceback.print_exception(error)
    hint = (
        "this is a defect of article-archive, and nothing that was reported as saved is lost; "
        f"please report it with what `{_DEBUG}=1 archive …` prints"
    )
    return _tell(output, ArchiveError(f"{type(error).__name__}: {error}", hint=hint))
