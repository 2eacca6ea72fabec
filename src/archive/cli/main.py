"""The command ``archive``: finds the verb, turns errors into words and exit codes.

Exit codes stand in ``docs/reference/exit-codes.md``.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import TYPE_CHECKING

import click

import archive
from archive.cli.output import Output, ReaderGoneError, error_to_json, prepare_streams
from archive.cli.verbs import VERBS
from archive.errors import ArchiveError, Hint, UsageError

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

__all__ = ["program", "run"]


_DEBUG = "ARCHIVE_DEBUG"
_EPILOG = """\
\b
Examples:
  archive init press                    make a collection
  archive add -C press https://news.example/story
  archive history -C press https://news.example/story
  archive verify press
  archive add --help                    what a verb takes, and examples
  archive demo                          all of it at once, on this machine

\b
Shell completion, for bash (or zsh, fish):
  eval "$(_ARCHIVE_COMPLETE=bash_source archive)"
"""


class _Verbs(click.Group):
    """Verbs that are imported when they are called, and not to be listed."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in VERBS:
            return None
        command: click.Command = import_module(f"archive.cli.{VERBS[cmd_name].module}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, VERBS[name].summary) for name in self.list_commands(ctx)])

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        from click.shell_completion import CompletionItem

        verbs = [name for name in self.list_commands(ctx) if name.startswith(incomplete)]
        found = [CompletionItem(name, help=VERBS[name].summary) for name in verbs]
        return found + click.Command.shell_complete(self, ctx, incomplete)


@click.command(
    cls=_Verbs,
    no_args_is_help=False,
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
    prepare_streams()
    output = Output(as_json="--json" in arguments)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        given = list(arguments) or ["--help"]
        result = program.main(given, prog_name="archive", standalone_mode=False)
    except click.exceptions.Exit as error:
        return error.exit_code
    except (Exception, KeyboardInterrupt) as error:
        return _explain(output, error)
    return result if isinstance(result, int) else 0


def _explain(output: Output, error: BaseException) -> int:
    """Tell what ended the program; gives the exit code."""
    if isinstance(error, KeyboardInterrupt | click.Abort):
        output.note("archive: interrupted")
        return 130
    if isinstance(error, ReaderGoneError):
        return 0  # it has what it wanted, and nothing more can be said
    if isinstance(error, click.ClickException):
        error = _restate(error)
    return _tell(output, error if isinstance(error, ArchiveError) else _admit(error))


def _tell(output: Output, error: ArchiveError) -> int:
    if output.as_json:
        output.json(error_to_json(error))
    else:
        place = f" ({error.where})" if error.where else ""
        output.note(("archive: ", "bold red"), error.message + place, hang=2)
        if hint := Hint.in_shell(error.hint or ""):
            output.note("  ", hint, hang=2)
    return error.exit_code


def _restate(error: click.ClickException) -> ArchiveError:
    """An error of click's as one of ours."""
    message = " ".join(error.format_message().rstrip(".").split())
    context = getattr(error, "ctx", None)
    hint = f"see: {context.command_path} --help" if context is not None else None
    return UsageError(message[:1].lower() + message[1:], hint=hint)


def _admit(error: BaseException) -> ArchiveError:
    """A defect of ours, with how to report it."""
    if os.environ.get(_DEBUG):
        sys.excepthook(type(error), error, error.__traceback__)
    hint = (
        "this is a defect of article-archive, and nothing that was reported as saved is lost; "
        f"please report it with what {_DEBUG}=1 makes the same command print"
    )
    failed = ArchiveError(f"{type(error).__name__}: {error}", hint=hint)
    failed.code = "defect"
    return failed
