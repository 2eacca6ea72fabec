"""Options that several verbs take, and what they stand for."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from functools import cache, wraps
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

import archive
from archive.errors import KeyRefusedError, NoCollectionError, UsageError

if TYPE_CHECKING:
    from archive.collection import Collection

__all__ = [
    "after_option",
    "as_json",
    "ask_passphrase",
    "collection_option",
    "done_by",
    "find_collection",
    "limit_option",
    "new_passphrase",
    "open_here",
    "passphrase_asker",
    "passphrase_option",
    "with_options",
]

F = TypeVar("F", bound=Callable[..., Any])
_VARIABLE = "ARCHIVE_COLLECTION"


def done_by(work: str) -> Callable[[Callable[[], None]], Callable[..., Any]]:
    """What a verb takes stands in one module, what it does in another, loaded when it is called.

    Help and completion then load nothing of the library.

    Args:
        work: a module of `archive.cli.work` and a function in it that takes what the verb takes,
            such as ``adding:add``.
    """
    module, _, name = work.partition(":")

    def declare(declaration: Callable[[], None]) -> Callable[..., Any]:
        @wraps(declaration)
        def call(**given: Any) -> Any:
            return getattr(import_module(f"archive.cli.work.{module}"), name)(**given)

        return call

    return declare


def as_json(command: F) -> F:
    """``--json``."""
    return click.option("--json", "as_json", is_flag=True, help="Write JSON.")(command)


def limit_option(command: F) -> F:
    """``--limit``, how many are shown."""
    return click.option(
        "--limit", metavar="N", type=click.IntRange(1), help="At most N, in the order shown."
    )(command)


def after_option(command: F) -> F:
    """``--after``, where a page begins."""
    return click.option(
        "--after", metavar="ID", help="Begin behind the capture with this id, in the order shown."
    )(command)


def collection_option(command: F) -> F:
    """``-C``, the collection to work on."""
    return click.option(
        "-C",
        "--collection",
        metavar="DIR",
        type=click.Path(path_type=Path),
        help=f"The collection; else ${_VARIABLE}, else the current folder if it is one.",
    )(command)


def passphrase_option(command: F) -> F:
    """``--passphrase-fd``, where the signing key's passphrase is read from."""
    return click.option(
        "--passphrase-fd",
        metavar="N",
        type=click.IntRange(0),
        help="Read the key's passphrase from this file descriptor.",
    )(command)


def find_collection(given: Path | None) -> Path:
    """The folder of the collection to work on.

    Raises:
        NoCollectionError: none was named and the current folder is none.
    """
    named = given or (Path(os.environ[_VARIABLE]) if os.environ.get(_VARIABLE) else None)
    if named is None and not Path("archive.toml").is_file():
        raise NoCollectionError(
            "no collection here",
            where=str(Path.cwd()),
            hint=f"name one with -C DIR or ${_VARIABLE}, or make one with: archive init DIR",
        )
    return named or Path()


def open_here(given: Path | None, passphrase_fd: int | None = None, **more: Any) -> Collection:
    """Open the collection to work on; keyword arguments go to `archive.open`."""
    return archive.open(find_collection(given), passphrase=passphrase_asker(passphrase_fd), **more)


def passphrase_asker(descriptor: int | None) -> Callable[[], bytes | None]:
    """What asks for a passphrase: as `ask_passphrase`, but a descriptor is read only once."""
    if descriptor is None:
        return lambda: ask_passphrase(None)
    return cache(lambda: ask_passphrase(descriptor))


def new_passphrase(descriptor: int | None) -> bytes | None:
    """The passphrase for a new key: from a descriptor, asked on a terminal, else none."""
    if descriptor is not None:
        return _read_passphrase(descriptor)
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return None
    while words := _prompt("Passphrase for the new key (empty for none)"):
        if _prompt("The same once more") == words:
            break
        click.echo("The two do not match.", err=True)
    return words.encode("utf-8") or None


def ask_passphrase(descriptor: int | None) -> bytes | None:
    """The passphrase of a key: from a descriptor, else asked on a terminal."""
    if descriptor is not None:
        return _read_passphrase(descriptor)
    if sys.stdin.isatty() and sys.stderr.isatty():
        return _prompt("Passphrase of the key").encode("utf-8") or None
    raise KeyRefusedError(
        "the key is encrypted and there is no terminal to ask on", hint="use --passphrase-fd N"
    )


def _prompt(question: str) -> str:
    words: str = click.prompt(question, default="", hide_input=True, show_default=False, err=True)
    return words


def _read_passphrase(descriptor: int) -> bytes:
    where = f"descriptor {descriptor}"
    try:
        with os.fdopen(descriptor, "rb") as file:
            words = file.readline().rstrip(b"\r\n")
    except OSError as error:
        raise UsageError(f"the passphrase cannot be read: {error.strerror}", where=where) from None
    if not words:  # whoever names a descriptor wants the key protected
        raise UsageError("the passphrase is empty", where=where, hint="its first line counts")
    return words


def with_options(options: Sequence[Callable[[F], F]]) -> Callable[[F], F]:
    """Give a command some options, in the order of its help.

    Args:
        options: what click makes of each.
    """

    def give(command: F) -> F:
        for option in reversed(options):
            command = option(command)
        return command

    return give
